"""`office`: where everything the office can do begins. `verify certificate`, `attendance` and `report` lead on."""

from __future__ import annotations

import re

from dialogs import cards, dates
from dialogs.office import (
    bare_changes,
    capacity,
    new_session,
    on_a_session,
    postponing,
    registers,
    reporting,
    roll_call,
    sessions,
    shown_session,
    verbs,
    who_comes,
)
from dialogs.talk import Reply
from dialogs.training import certificates
from dialogs.training.sessions import course_title
from dialogs.turn import Answer, Flow, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.evaluations import overdue_impact
from services.model import Person, Role

_VERIFY = re.compile(
    r"(?:verify|check)\s+(?:the |a )?certificate(?:\s+number)?:?(?:\s+(?P<said>.{1,60}))?"
    r"|(?:verify|check)\s+(?P<number>[A-Z0-9-]{6,60})",
    re.IGNORECASE,
)
_MINE = re.compile(r"(?:show )?my certificates?", re.IGNORECASE)
_ONE = re.compile(
    r"(?:(?:please|can i|i want to|i need to|where can i|how do i) )?"
    r"(?:(?:show|see|get|view|open|find|download|print|send|re-?send|e-?mail)(?: me)? )?"
    r"(?:(?:a|the|my|copy of|another|again) )*certificates?(?: again| please| pdf| download| copy)?",
    re.IGNORECASE,
)
"""`download certificate`: theirs for who has one, and how to come by one for anybody else."""
_OFFICE = re.compile(r"(?:the )?(?:training )?office|office help", re.IGNORECASE)
_MISSING = re.compile(
    r"(?:impact )?(?:evaluations )?not evaluated(?: in time)?|missing evaluations"
    r"|who (?:still )?(?:owes|has(?:n't|nt| not) (?:done|answered|sent|filled in|completed))"
    r"(?: an| a| the| their)? (?:impact )?(?:evaluations?|forms?)",
    re.IGNORECASE,
)
_SESSIONS = re.compile(r"(?:office |all )?sessions", re.IGNORECASE)
_REGISTER = re.compile(
    r"(?:take |mark )?(?:attendance|(?:the )?register)|mark who (?:came|attended|was there|turned up)"
    r"|(?:take|mark|do) (?:the )?(?:attendance|register) (?:for|of|on) .+",
    re.IGNORECASE,
)
_SET = r"set (?:the )?(?:capacity|places|venue|trainer|time|date) (?:of|for)"
_CHANGES = re.compile(
    rf"(?:please )?(?:(?:call off|postpone|reschedule|promote|{_SET})\s+(?P<named>.+?)"
    r"|(?:cancel|move|change|edit|open)\s+(?P<session>.+?)\s+(?:session|event))"
    r"(?:\s+on\s+(?P<day>(?:(?!\s(?:to|until|till|at)\s).)+))?(?:\s+(?:to|until|till|at)\s+.*)?",
    re.IGNORECASE,
)
"""`postpone introduction to 10 January`, `cancel the forum session`: without "session" it may be one's own place."""
_IN_OUR_CHAT = re.compile(
    r"(?:the )?(?:training )?office|office help|attendance|(?:the )?register|not evaluated|new session|my certificates?"
    r"|reports?(?: .+)?",
    re.IGNORECASE,
)
"""Said in company: each of these is shown in one's own chat only."""
SHOWN = 10


async def home(turn: Turn) -> Answer:
    """Everything there is for the office, one button each."""
    turn.known(Role.MANAGER)
    body = [cards.title(say("office-title")), cards.words(say("office-lead")), cards.points(_ways())]
    buttons = [
        cards.button("Sessions", verbs.SESSIONS),
        cards.button("New session", verbs.NEW),
        cards.button("Attendance", verbs.REGISTERS),
        cards.button("Not evaluated in time", verbs.MISSING),
        cards.button("Reports", verbs.REPORT),
    ]
    plain = "\n".join([say("office-title"), say("office-lead"), *(f"- {line}" for line in _ways())])
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)))


def _ways() -> list[str]:
    return [
        say("office-way-sessions"),
        say("office-way-new"),
        say("office-way-attendance"),
        say("office-way-missing"),
        say("office-way-report"),
        say("office-way-verify"),
    ]


async def missing(turn: Turn) -> Answer:
    """Who attended and has not answered within 8 weeks, with the response rate."""
    turn.known(Role.MANAGER)
    found = await overdue_impact(turn.work, now=turn.now, rules=turn.rules, limit=SHOWN)
    if not found.first:
        return answer(Reply(say("missing-none")))
    percent = round(100 * found.answered / found.owed) if found.owed else 0
    rate = say("missing-rate", answered=found.answered, owed=found.owed, percent=percent)
    lines = []
    for one in found.first:
        agency = turn.rules.pack.agency(one.agency_id or "")
        held = dates.short_day(turn.rules.today(one.held_at))
        lines.append(f"{one.name}, {agency.name if agency else '-'}: {course_title(turn, one.course_id)}, {held}")
    more = [say("missing-more", count=found.overdue - SHOWN)] if found.overdue > SHOWN else []
    plain = "\n".join([say("missing-title"), rate, *lines, *more])
    body = [cards.title(say("missing-title")), cards.words(rate), cards.points(lines), *map(cards.words, more)]
    return answer(Reply(plain, cards.card(body, [cards.button("Office", verbs.HOME)], fallback=plain)))


_FOR_OFFICE: tuple[tuple[re.Pattern[str], Flow], ...] = (
    (_OFFICE, home),
    (_MISSING, missing),
    (_SESSIONS, sessions.list_sessions),
)


async def by_words(turn: Turn) -> Answer | None:
    """An answer to words that only mean one thing; None when they mean something else, or are not for this person."""
    text = " ".join(turn.said.text.split()).rstrip("?!.")
    if not turn.personal and _IN_OUR_CHAT.fullmatch(text):
        raise ServiceError("personal-only")
    return await _heard(turn, turn.person, text) if turn.person is not None and turn.personal else None


async def _heard(turn: Turn, person: Person, text: str) -> Answer | None:
    if _MINE.fullmatch(text):
        return await certificates.mine(turn)
    if _ONE.fullmatch(text) and await turn.work.certificates.of_person(person.id, limit=1):
        return await certificates.mine(turn)
    if person.has(Role.MANAGER, Role.TRAINER) and (register := await _register(turn, text)) is not None:
        return register
    verified = _VERIFY.fullmatch(text)
    if verified is not None and (number := _number_in(verified)) is not None:
        return await certificates.verify(turn, number) if number else answer(Reply(say("certificate-number-missing")))
    if not person.has(Role.MANAGER):
        # "sessions" and "new session" are ordinary questions from anybody else
        if _OFFICE.fullmatch(text):
            return await home(turn)
        return await capacity.heard(turn, text) or await who_comes.heard(turn, text)
    return await _of_office(turn, text) or await who_comes.heard(turn, text)


async def _register(turn: Turn, text: str) -> Answer | None:
    """Who came: the mark that is said, of the register that is shown, or the registers to choose from."""
    return await roll_call.heard(turn, text) or (
        await registers.list_registers(turn) if _REGISTER.fullmatch(text) else None
    )


async def _of_office(turn: Turn, text: str) -> Answer | None:
    if (form := await new_session.heard(turn, text)) is not None:
        return form
    flow = next((flow for form, flow in _FOR_OFFICE if form.fullmatch(text)), None)
    if flow is not None:
        return await flow(turn)
    if (resized := await capacity.heard(turn, text)) is not None:
        return resized
    if (done := await shown_session.heard(turn, text)) is not None:
        return done
    if (changes := _CHANGES.fullmatch(text)) is not None:
        named = changes["named"] or changes["session"]
        return await postponing.of_course(turn, text, named, changes["day"] or "")
    if (opened := await bare_changes.heard(turn, text)) is not None:
        return opened
    return await on_a_session.heard(turn, text) or await reporting.by_words(turn, text)


def _number_in(verified: re.Match[str]) -> str | None:
    """The number that was typed, empty for none; None for words that neither hold one nor speak of a certificate."""
    number = verified["number"]
    if number is None:
        return verified["said"] or ""
    return number if any(mark.isdigit() for mark in number) else None
