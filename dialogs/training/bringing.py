"""Somebody comes along to what was just shown or booked: `can i bring ivan`, `and ivan`, `ivan too`.

Of a session that was just spoken of, such words are said of a colleague. With none in view they name anybody, perhaps
a child, and are refused as they stand. A name is held against the speaker's own colleagues, and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs.kin import of_a_family
from dialogs.talk import Reply
from dialogs.training import bookings_by_name, colleague_answers, finding, last_place
from dialogs.training.called import NAME, as_typed, names_in
from dialogs.training.colleague_orders import NO_NAMES
from dialogs.training.courses import courses_meant, wanted_in
from dialogs.training.sessions import SESSIONS
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say
from services import colleagues
from services.model import ACTIVE, Person
from services.understanding import Understanding

_LEAD = r"(?:(?:and|also|ok|so|yes|please),? )*"
_TOO = r"(?: (?:along|with me|with us|too|as well|also|please))"
_TO_IT = r"(?: to (?:it|that|this|the (?:course|forum|session|training)))?"
_BRINGS = re.compile(
    rf"{_LEAD}(?:(?:can|could|may) (?:i|we) |i(?:'d| would) like to |i want to |i(?:'ll| will) )?(?:also )?"
    rf"bring (?:along )?(?P<name>{NAME}){_TOO}*{_TO_IT}",
    re.IGNORECASE,
)
_COMES_TOO = re.compile(
    rf"{_LEAD}(?:can|could|may) (?P<name>{NAME}) (?:also )?(?:come|join|go|attend)"
    r"(?: (?:along|with me|with us|too|as well|please|me|us))+",
    re.IGNORECASE,
)
_AS_WELL = re.compile(
    rf"(?:(?:ok|yes|oh|please),? )*(?:(?:and|plus) (?:also )?(?P<and>{NAME}){_TOO}*"
    rf"|(?P<too>{NAME})(?: (?:too|as well|also)){_TOO}*)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_ONE_NAME = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*)?")
_CAPITALS = re.compile(r"(?:[^\W\d_a-z][\w'-]+ ?){2}")


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """That colleague on the date in view, after a yes; of several dates, which; and for somebody nobody knows, who it
    is. None for words on anything else. Raises `NotAllowed` for who may not book for others."""
    said = as_typed(turn)
    brings = _BRINGS.fullmatch(said) or _COMES_TOO.fullmatch(said)
    found = brings or _AS_WELL.fullmatch(said)
    if found is None:
        return None
    name = found["name"] if brings else found["and"] or found["too"]
    if of_a_family(name) or (not brings and _means_otherwise(turn, name)):
        return None
    shown = await _in_view(turn)
    known = [await _called(turn, one) for one in _AND.split(name)]
    if not any(known):
        return await _nobody_known(turn, understood, name, shown)
    if not shown and not brings:
        return None
    colleagues.require_may_book_for(turn.known(), turn.rules)
    return await _book(turn, known, shown or await _booked_last(turn))


def _means_otherwise(turn: Turn, name: str) -> bool:
    """True for "and may" and "the forum too": a month or a course."""
    dated = wanted_in(turn, name).span is not None or wanted_in(turn, f"in {name}").span is not None
    return name.casefold() in NO_NAMES or dated or bool(courses_meant(turn.rules.pack, name))


async def _in_view(turn: Turn) -> list[str]:
    """The dates that were shown just now, or the one that was just booked, if nothing else was spoken of since."""
    if TOPIC in turn.state or turn.state.get(EXPECT, SESSIONS) != SESSIONS:
        return []
    return await finding.just_shown(turn)


async def _booked_last(turn: Turn) -> list[str]:
    last = await last_place.of(turn)
    return [str(last.session.id)] if last is not None and last.booking.state in ACTIVE else []


async def _called(turn: Turn, name: str) -> list[Person]:
    """Whoever works with the speaker and is called so; of `bobs`, Bob."""
    found = {who.id: who for one in names_in(name) for who in await colleagues.by_name(turn.work, turn.known(), one)}
    return list(found.values())


async def _book(turn: Turn, known: Sequence[Sequence[Person]], shown: Sequence[str]) -> Answer:
    """These colleagues on that date, read back. Where a name may mean several or nobody, how to say it."""
    if shown and all(len(one) == 1 for one in known):
        named = " ".join(str(who.id) for (who,) in known)
        return await bookings_by_name.colleague_on(bookings_by_name.naming(turn, named), shown)
    if len(shown) == 1 and len(known) == 1:
        asked = await bookings_by_name.colleague_on(turn, shown)
        return colleague_answers.which(replace(turn, state=asked.state), known[0])
    return answer(Reply(say("colleague-how"), suggestions=("book a colleague",)))


async def _nobody_known(turn: Turn, understood: Understanding, name: str, shown: Sequence[str]) -> Answer | None:
    """A name, and nothing else, that no colleague has: who is it for? None where no date is in view."""
    one = _ONE_NAME.fullmatch(name) is not None and (" " not in name or _CAPITALS.fullmatch(name) is not None)
    if not shown or not one or not understood.only_names:
        return None
    colleagues.require_may_book_for(turn.known(), turn.rules)
    asked = await bookings_by_name.colleague_on(turn, shown)
    return Answer((Reply(say("colleague-name-unknown")), *asked.replies), asked.state)
