"""`cancel it`, `who is on it`, `write to the people on it: bring id`: of the session whose card stands right above."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.office import people, planning, postponing, sessions, verbs
from dialogs.office.capacity import just_shown
from dialogs.turn import Answer, Flow, Turn
from services.kept import kept_text
from services.office import writing

_PLEASE = r"(?:(?:please|can (?:you|we|i)|could (?:you|we|i)|i want to|i need to|i'd like to|we need to|ok|actually) )*"
_IT = r"(?:it|this|that|this one|that one|(?:this|that) (?:session|date|one|forum|event)|the (?:session|date))"
_NEW = r"(?: (?:to|until|till|from|at|by) .+)?"
_END = r"(?:,? (?:please|pls|now|thanks))*"
_ALL = (
    r"(?:them(?: all)?|all|everyone|everybody|(?:all )?(?:the )?(?:people|delegates|attendees))"
    r"(?: (?:on|of|booked on|coming to) (?:it|this|that))?"
)
_WHAT = r"(?:(?:\s*[:–-]|,| that| to say| and say)(?P<text> .+))?"
_BOOKED = r"(?:booked|coming|going|signed up)(?: (?:on|to|for))?"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_PLEASE + form + _END, re.IGNORECASE | re.DOTALL), verb)
    for form, verb in (
        (rf"(?:cancel {_IT}|call {_IT} off|call off {_IT})", verbs.CALL_OFF_ASK),
        (rf"(?:change|edit|move|postpone|reschedule|rearrange) {_IT}{_NEW}", verbs.EDIT),
        (rf"(?:change|edit|move) (?:the|its) (?:day|date|time|venue|room|link|trainer){_NEW}", verbs.EDIT),
        (rf"(?:write to|message|e-?mail|tell|text|contact) {_ALL}{_WHAT}", verbs.DELEGATES),
        (rf"(?:show (?:me )?)?who(?: is|'s|s| are)? (?:{_BOOKED}(?: {_IT})?|on {_IT})", verbs.DELEGATES),
        (r"(?:show (?:me )?)?(?:the )?(?:people|delegates|names)(?: on (?:it|this))?", verbs.DELEGATES),
        (rf"how (?:full|many)(?: (?:is|are|people|booked|places|coming|left))*(?: (?:on )?{_IT})?", verbs.SESSION),
        (rf"promote {_IT}", verbs.PROMOTE),
        (rf"(?:keep (?:the )?bookings?(?: for {_IT})? open|extend {_IT}|extend (?:the )?booking)", verbs.EXTEND),
    )
)
_FLOWS: dict[str, Flow] = {
    verbs.CALL_OFF_ASK: planning.ask_call_off,
    verbs.DELEGATES: people.list_delegates,
    verbs.SESSION: sessions.show_session,
    verbs.PROMOTE: sessions.promote,
    verbs.EXTEND: sessions.extend,
}


def read(text: str) -> tuple[str, str] | None:
    """The verb of the session's card that these words stand for, and what is to be written; None for others. Pure."""
    said = " ".join(text.replace("’", "'").split()).rstrip(".!? ")
    for form, verb in _FORMS:
        if found := form.fullmatch(said):
            return verb, (found.groupdict().get("text") or "").strip()
    return None


async def heard(turn: Turn, text: str) -> Answer | None:
    """What the button of the one session that is shown would do; None where none is shown. Raises `ServiceError` for a
    message that could identify somebody."""
    meant = read(text)
    session = just_shown(turn) if meant is not None else None
    if meant is None or session is None:
        return None
    verb, words = meant
    if verb == verbs.EDIT:
        return await postponing.shown(turn, session)
    kept = kept_text(words, turn.rules, longest=writing.LONGEST_MESSAGE)
    state = {people.MESSAGE: kept} if kept else {}
    return await _FLOWS[verb](replace(turn, state=state).saying(verb=verb, session=session))
