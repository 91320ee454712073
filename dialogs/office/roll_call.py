"""`dev did come`, `everybody came except bob`: marks in words, of the register that was just shown.

A name is only held against the people on that register, and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs import button_titles
from dialogs.office import registers, verbs
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.colleagues import name_fits
from services.model import BookingState, Delegate, Role
from services.office import attendance

MOST = 500
_WORD = r"[^\W\d_][\w'.-]*"
_NAMES = rf"(?P<names>{_WORD}(?:(?:,| and|, and| &)? {_WORD}){{0,9}}?)"
_BUT = rf"(?:,? (?:except|but|apart from|other than|bar|without)(?: for)?(?: not)? {_NAMES})?"
_CAME = (
    r"(?:(?:(?:actually|all|both|did in fact|did) )?"
    r"(?:did come|came|come|has come|have come|(?:was|were|is|are) (?:there|here|present|in)|attended|attend|did attend"
    r"|turned up|turn up|did turn up|showed up|show up|joined|made it))"
)
_NOT = r"(?:did ?n[o']?t|did not|has ?n[o']?t|has not|have not|haven't|never|could ?n[o']?t|could not|didnt)"
_STAYED = (
    rf"(?:(?:actually )?(?:{_NOT} (?:come|came|attend|attended|turn(?:ed)? up|show(?:ed)?(?: up)?|join|make it)"
    r"|(?:(?:was|were|is|are) (?:absent|missing|away|off|a no[ -]?show|not (?:there|here|present|in))"
    r"|(?:was|were|is|are)n'?t (?:there|here|present|in))|no[ -]?show(?:ed)?))"
)
_ALL = r"(?:everyone|everybody|(?:they )?all(?: of them)?)"
_END = r"(?:,? (?:too|as well|after all|in the end|please|thanks))*"
_MARK, _AS = r"(?:mark|put|set)", r"(?:as |down as )?(?:a )?"
_ABSENT = r"(?:absent|not attended|no[ -]?show|not there|away)"
_FORMS: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(form + _END, re.IGNORECASE), came)
    for form, came in (
        (rf"(?P<all>{_ALL}) {_CAME}{_BUT}", True),
        (rf"(?P<all>{_ALL}){_BUT} {_CAME}", True),
        (rf"{_NAMES} {_STAYED}", False),
        (rf"{_NAMES} {_CAME}", True),
        (rf"{_MARK} {_NAMES} {_AS}{_ABSENT}", False),
        (rf"{_MARK} {_NAMES} {_AS}(?:attended|present|there|here|having come)", True),
        (rf"(?:un-?tick|take the tick (?:off|from)) {_NAMES}", False),
        (rf"tick {_NAMES}", True),
    )
)
_NOBODY = re.compile(
    r"\b(?:the|a|an|my|his|her|our|their|he|she|it|they|we|you|i|who|what|nobody|no one|none|some|somebody|mum|dad"
    r"|mother|father|parents?|family|child|children|police|school|social|worker|help|people)\b",
    re.IGNORECASE,
)
"""Of these no register speaks."""
_AND = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Called:
    """Who came or did not: those who are named, or `everybody` but them."""

    names: tuple[str, ...]
    came: bool
    everybody: bool = False


def read(text: str) -> Called | None:
    """Who is said to have come, or not; None for words on something else. Pure."""
    said = " ".join(text.replace("’", "'").split()).rstrip(".! ")
    for form, came in _FORMS:
        if (found := form.fullmatch(said)) is None:
            continue
        named = found.groupdict().get("names") or ""
        everybody = found.groupdict().get("all") is not None
        if _NOBODY.search(named):
            continue
        return Called(tuple(filter(None, _AND.split(named))), came, everybody)
    return None


async def heard(turn: Turn, text: str) -> Answer | None:
    """The register with these marks; None where no register is shown, or for words on something else."""
    called, session = read(text), _shown(turn)
    if called is None or session is None:
        return None
    turn.known(Role.MANAGER, Role.TRAINER)
    found = await turn.work.office.delegates_page(int(session), limit=MOST, states=registers.MARKABLE)
    meant = list[Delegate]()
    for name in called.names:
        by_name = [one for one in found if name_fits(one.name, name)]
        if len(by_name) != 1:
            return answer(Reply(say("register-who-several" if by_name else "register-who")), **dict(turn.state))
        meant += by_name
    return await _marked(turn, int(session), _marks(called, found, meant))


def _shown(turn: Turn) -> str | None:
    """The one session of the register that stands right above, or of the card that leads to it."""
    found = {one for verb in (verbs.MARK, verbs.REGISTER) for one in button_titles.ids_of(turn, verb, "session")}
    return found.pop() if len(found) == 1 else None


def _marks(called: Called, found: Sequence[Delegate], meant: Sequence[Delegate]) -> dict[int, bool]:
    marks = {one.booking_id: called.came != called.everybody for one in meant}
    if called.everybody:
        # as the card does, it ticks nobody whose place was not approved
        others = {one.booking_id for one in found if one.state is not BookingState.NOT_APPROVED} - set(marks)
        marks |= dict.fromkeys(others, called.came)
    return marks


async def _marked(turn: Turn, session: int, marks: dict[int, bool]) -> Answer:
    register = await attendance.mark(turn.work, turn.known(), session, marks, now=turn.now, rules=turn.rules)
    return await registers.page(turn, register.session, 0, registers.stands(register))
