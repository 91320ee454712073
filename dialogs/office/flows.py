"""The office's part of the router: which flow answers which verb, and which words need no guessing."""

from __future__ import annotations

from dialogs.office import (
    capacity,
    home,
    overview,
    people,
    planning,
    postponing,
    registers,
    reporting,
    sessions,
    verbs,
    who_comes,
)
from dialogs.office.home import by_words
from dialogs.turn import AnswerReader, Flow

__all__ = ["EXPECTED", "FLOWS", "by_words"]

FLOWS: dict[str, Flow] = {
    verbs.HOME: home.home,
    verbs.MISSING: home.missing,
    verbs.REPORT: reporting.show,
    verbs.SESSIONS: sessions.list_sessions,
    verbs.SESSION: sessions.show_session,
    verbs.PROMOTE: sessions.promote,
    verbs.EXTEND: sessions.extend,
    verbs.NEW: planning.new,
    verbs.CREATE: planning.create,
    verbs.EDIT: planning.edit,
    verbs.CHANGE: planning.change,
    verbs.PLACES_ASK: capacity.ask,
    verbs.PLACES: capacity.change_places,
    verbs.CALL_OFF_ASK: planning.ask_call_off,
    verbs.CALL_OFF: planning.call_off,
    verbs.DELEGATES: people.list_delegates,
    verbs.MOVE: people.move,
    verbs.WRITE: people.write,
    verbs.EXPORT: people.export,
    verbs.REGISTERS: registers.list_registers,
    verbs.REGISTER: registers.open_register,
    verbs.MARK: registers.save,
    overview.WEEK: overview.show_week,
    overview.AHEAD: overview.show_ahead,
    overview.REACH: overview.show_unreachable,
    overview.DOUBTS: overview.show_doubts,
    overview.TOLD: overview.told,
    overview.AGAIN: overview.again,
    overview.LEFT: overview.left,
}

EXPECTED: dict[str, AnswerReader] = {
    verbs.SESSIONS: sessions.choose,
    verbs.REGISTERS: registers.choose,
    verbs.DELEGATES: who_comes.choose,
    verbs.PLACES_ASK: capacity.choose,
    verbs.PLACES: capacity.sure,
    verbs.CALL_OFF: planning.said_why,
    verbs.EDIT: postponing.choose,
}
"""Who takes the answer to what was asked last."""
