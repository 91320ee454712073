"""The answer to "who is it for?" or "who goes instead?": the name of one of the speaker's own colleagues.

The name itself is never kept: what is remembered are the ids of whom it can mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs.choosing import folded, said_stop
from dialogs.courtesies import courteous, nods
from dialogs.meanwhile import asks
from dialogs.talk import Reply
from dialogs.training import bookings_by_name, colleague_dates, colleagues
from dialogs.training.colleagues import CHOICES, FOR, FOR_COLLEAGUE, INSTEAD, LONGEST_NAME, NEWCOMER
from dialogs.turn import EXPECT, Answer, Turn, answer, put_again
from dialogs.wording import say
from services.colleagues import by_name, may_book_for
from services.model import Person
from services.understanding import Outcome, Understanding

_LEAD = re.compile(
    r"^(?:\d{1,2}[.)]\s*)?(?:(?:it's|its|it is|for|please|send|book|choose|i mean|my colleague|put)\s+)*", re.IGNORECASE
)
_END = re.compile(r"(?:\s+(?:please|thanks|instead|goes|can go|will go))*[\s.!,]*$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:['.-]+[^\W\d_]+)*\.?(?:,? [^\W\d_]+(?:['.-]+[^\W\d_]+)*\.?){0,2}")
_NAMES = re.compile(r"(?:[^\W\d_]+|[ ,&'.-]){3,120}")
_NO_NAME = frozenset({Outcome.ANSWER, Outcome.COMMAND, Outcome.EMERGENCY})
_ASKED_FOR_ONE = frozenset({FOR, INSTEAD, NEWCOMER})


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """`omar`, `for Omar Example`: that colleague; of several, which; and for another name, how else to say it. None
    where nobody was asked for, and for words on something else."""
    if several := await _several(turn):
        return several
    name = _asked(turn)
    if not name:
        return None
    if turn.state.get(EXPECT) == FOR_COLLEAGUE:
        return colleague_dates.date_first(turn) if understood.only_names else None
    turn = _as_first_asked(turn)
    found = await by_name(turn.work, turn.known(), name)
    if len(found) == 1:
        return await colleagues.taken(turn, colleague=str(found[0].id))
    if found:
        return which(turn, found)
    return _by_other_means(turn) if understood.only_names else None


async def _several(turn: Turn) -> Answer | None:
    """`bob and carol`, or `me and bob`, where it was asked who a date is booked for."""
    asked = turn.personal and turn.person is not None and turn.state.get(EXPECT) == FOR
    if asked and (anew := await bookings_by_name.chosen_anew(turn)) is not None:
        return anew
    if asked and await bookings_by_name.leaves_out(turn):
        return answer(Reply(f"{say('colleague-not-them')} {say('colleague-typed')}"), **put_again(turn.state))
    if not asked or _NAMES.fullmatch(turn.said.text.strip(" .!?")) is None:
        return None
    named = bookings_by_name.with_me(turn, await bookings_by_name.named_in(turn, turn.said.text))
    session = turn.state.get(FOR, "")
    known = len(named.split()) > 1 and session.isdecimal()
    return await bookings_by_name.read_back(turn, int(session), named) if known else None


def unknown(turn: Turn, understood: Understanding) -> Answer | None:
    """The same for a few words that mean nothing else to us either: most likely they are a name."""
    if not _asked(turn) or turn.state.get(EXPECT) not in _ASKED_FOR_ONE:
        return None
    unread = understood.outcome not in _NO_NAME and not asks(turn.said.text)
    return _by_other_means(_as_first_asked(turn)) if unread else None


def _asked(turn: Turn) -> str:
    """The name in the words, where a colleague was asked for; else nothing."""
    if not turn.personal or turn.person is None or turn.state.get(EXPECT) not in _ASKED_FOR_ONE | {FOR_COLLEAGUE}:
        return ""
    said = turn.said.text
    return "" if said_stop(said) or courteous(said) or nods(said) else _name(said)


def _as_first_asked(turn: Turn) -> Turn:
    """The turn as if the question for a colleague were still open, where it went on to an address nobody knows."""
    if turn.state.get(EXPECT) != NEWCOMER:
        return turn
    kind, subject = (INSTEAD, "booking") if "booking" in turn.state else (FOR, "session")
    return replace(turn, state={EXPECT: kind, kind: turn.state.get(subject, "")})


def _name(text: str) -> str:
    """What stands in the words where a name would; empty for anything longer or with other signs in it."""
    said = " ".join(text.replace("’", "'").split())
    said = _END.sub("", _LEAD.sub("", said))
    return said if _NAME.fullmatch(said) and len(folded(said).split()) <= LONGEST_NAME + 1 else ""


def which(turn: Turn, found: Sequence[Person]) -> Answer:
    """Several share the name: by number for who sees the list of colleagues, else by address."""
    if not may_book_for(turn.known(), turn.rules):
        return answer(Reply(say("colleague-name-shared")), **_nobody_chosen(turn))
    lines = [f"{number}. {one.name}, {one.email}" for number, one in enumerate(found, 1)]
    state = _nobody_chosen(turn) | {CHOICES: " ".join(str(one.id) for one in found)}
    return answer(Reply("\n".join([say("colleague-name-which"), *lines])), **state)


def _by_other_means(turn: Turn) -> Answer:
    listed = bool(turn.state.get(CHOICES))
    plain = f"{say('colleague-name-unknown')} {say('colleague-typed' if listed else 'colleague-typed-email')}"
    return answer(Reply(plain), **_nobody_chosen(turn))


def _nobody_chosen(turn: Turn) -> dict[str, str]:
    """The question as it stands, put again: a yes from now on is meant for nobody who was read back before."""
    return {key: value for key, value in put_again(turn.state).items() if key != bookings_by_name.NAMED}
