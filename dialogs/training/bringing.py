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
from dialogs.training.called import NAME, as_typed, means_otherwise, names_in
from dialogs.training.colleague_orders import LONGEST, NO_NAMES
from dialogs.training.instead_words import is_self
from dialogs.training.sessions import SESSIONS
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say
from services import colleagues
from services.model import ACTIVE, Person
from services.understanding import Understanding

_LEAD = r"(?:(?:and|also|ok|so|yes|please|oh|can you|could you),? )*"
_TOO = r"(?: (?:along|with me|with us|too|as well|also|please))"
_TO_IT = r"(?: to (?:it|that|this|the (?:course|forum|session|training)))?"
_MINE = r"(?:(?:my|our) (?:colleague|deputy|manager|line manager|head|assistant) )?"
_SOMEBODY = rf"{_MINE}(?P<name>{NAME})"
_BRINGS = re.compile(
    rf"{_LEAD}(?:(?:(?:can|could|may) (?:i|we) |i(?:'d| would) like to |i want to |i(?:'ll| will) )?(?:also )?bring"
    rf"|(?:i'?m|i am|we're|we are) (?:also )?bringing)(?: along)? {_SOMEBODY}{_TOO}*{_TO_IT}",
    re.IGNORECASE,
)
_COMES_TOO = re.compile(
    rf"{_LEAD}(?:can|could|may) {_SOMEBODY} (?:also )?(?:come|join|go|attend)"
    r"(?: (?:along|with me|with us|too|as well|please|me|us))+",
    re.IGNORECASE,
)
_COMES = r"(?:is coming|comes|will come|is joining|(?:wants|would like) to (?:come|join))"
_AS_WELL = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:(?:ok|yes|oh|please),? )*(?:(?:and|plus|also) )+{_SOMEBODY}{_TOO}*",
        rf"{_LEAD}{_SOMEBODY} {_COMES}(?: (?:along|with me|with us|too|as well|also)){_TOO}*",
        rf"{_LEAD}(?:add|put|book) {_SOMEBODY}(?: (?:on|onto|down|to)(?: (?:it|that|this|the list))?)?{_TOO}*",
        rf"{_LEAD}(?:just )?(?P<me>me|myself) and {_SOMEBODY}(?: please)?",
        rf"{_LEAD}{_SOMEBODY}(?: (?:too|as well|also)){_TOO}*",
    )
)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_ONE_NAME = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*)?")
_CAPITALS = re.compile(r"(?:[^\W\d_a-z][\w'-]+ ?){2}")


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """That colleague on the date in view, after a yes; of several dates, which; and for somebody nobody knows, who it
    is. None for words on anything else. Raises `NotAllowed` for who may not book for others."""
    said = as_typed(turn)
    if len(said.split()) > LONGEST:
        return None
    brings = _BRINGS.fullmatch(said) or _COMES_TOO.fullmatch(said)
    found = brings or next((one for form in _AS_WELL if (one := form.fullmatch(said))), None)
    name = found["name"] if found else ""
    if found is None or of_a_family(name) or is_self(name):
        return None
    if not brings and (name.casefold() in NO_NAMES or means_otherwise(turn, name)):
        return None
    shown = await _in_view(turn)
    known = [await _called(turn, one) for one in _AND.split(name)]
    if not any(known):
        return await _nobody_known(turn, understood, name, shown)
    if not shown and not brings:
        return None
    colleagues.require_may_book_for(turn.known(), turn.rules)
    own = [[turn.known()]] if found.groupdict().get("me") else []
    return await _book(turn, [*own, *known], shown or await _booked_last(turn))


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
