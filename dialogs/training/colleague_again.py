"""What is said of a colleague by name beside the orders to book, move and cancel: `leave pat on it`, `rebook pat`,
`what courses has priya done`. A name is held against the speaker's own colleagues, and never kept."""

from __future__ import annotations

import re

from dialogs.talk import Reply
from dialogs.training import bookings_by_name, bringing, finding, going_instead, last_place
from dialogs.training.called import NAME, as_typed, places_of
from dialogs.training.cancelling import BOOKING, KEEP, keep
from dialogs.training.colleague_orders import LONGEST, ORDERS
from dialogs.training.courses import content, courses_meant
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import bookings, colleagues
from services.bookings import Placed
from services.errors import NotFound
from services.model import ACTIVE, BookingState, Role, SessionState
from services.understanding import Outcome, Understanding

_OOPS = (
    r"(?:(?:sorry|actually|oops|oh|no|wait|ok|hang on|please|can you|could you|can i|i want to|i need to|i'd like to"
    r"|just|but|and|changed my mind)[,.]? )*"
)
_ON_IT = (
    r"(?:on|in|there|it|that|the list|the waiting list|the course|booked|as is|as it is|as they are|where they are)"
)
_STAYS = re.compile(rf"{_OOPS}(?:leave|keep) (?P<name>{NAME})(?: {_ON_IT})+(?: please)?", re.IGNORECASE)
_AGAIN = re.compile(
    rf"{_OOPS}(?:re-?book (?P<re>{NAME})|(?:re-?book|book|put|add|sign|place) (?P<name>{NAME})(?: up)? (?:back|again))"
    rf"(?: (?:back|again|please|{_ON_IT}))*",
    re.IGNORECASE,
)
_HAS_DONE = re.compile(
    rf"(?:what|which) (?:courses?|training)(?: courses?)? (?:has|have|did) {NAME}"
    r" (?:done|attended|completed|been on|had|do|attend|complete|go on)(?: so far| already| this year)?"
    rf"|(?:show (?:me )?|what is |what's |see )?{NAME}'s (?:training|course) (?:record|history)",
    re.IGNORECASE,
)
_AS_WELL = frozenset({"too", "also", "well"})
_THEY = frozenset({"her", "him", "them"})


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """The answer to such words; None for any others, and for a name that is no colleague's."""
    if not turn.personal or turn.person is None or understood.outcome is Outcome.EMERGENCY:
        return None
    said = as_typed(turn)
    if understood.outcome is Outcome.IDENTIFIABLE and not understood.only_names:
        return None
    if (stays := _STAYS.fullmatch(said)) is not None:
        return await _kept(turn, stays["name"])
    if (again := _AGAIN.fullmatch(said)) is not None:
        return await _booked_again(turn, again["re"] or again["name"])
    if (ordered := await bringing.heard(turn, understood) or await going_instead.heard(turn, understood)) is not None:
        return ordered
    if _HAS_DONE.fullmatch(said) is not None and understood.outcome is Outcome.IDENTIFIABLE:
        office = [say("record-of-another-office")] if turn.person.has(Role.MANAGER) else []
        return answer(Reply(" ".join([say("record-of-another"), *office]), suggestions=("my training record",)))
    return None


async def ordered(turn: Turn, understood: Understanding) -> Answer | None:
    """`book pat and ivan on lado`, where the screening has read a name: the order, if it names colleagues of the
    speaker and a course or the place in view, and nothing else. None for any other words."""
    if not turn.personal or turn.person is None or not understood.only_names:
        return None
    said = turn.said.text.strip()
    named = await bookings_by_name.named_in(turn, said) if ORDERS.match(said) and len(said.split()) <= LONGEST else ""
    rest = await bookings_by_name.without_names(turn, named, said) if named else ""
    if not rest or turn.guide.identifiers_in(rest):
        return None
    in_view = not content(rest) - _AS_WELL and await last_place.of(turn, within=last_place.CLOSE) is not None
    return await finding.find_to_book(turn) if in_view or courses_meant(turn.rules.pack, rest) else None


async def _theirs(turn: Turn, name: str) -> Placed | None:
    """The place that is asked about, or was spoken of last, if it is of a colleague who is called so."""
    placed = await last_place.of(turn, within=last_place.CLOSE)
    if turn.state.get(EXPECT) == BOOKING:
        try:
            placed = await bookings.find_own(turn.work, turn.known(), int(turn.state.get(BOOKING, "0")))
        except NotFound:
            placed = None
    if placed is None or placed.booking.person_id == turn.known().id:
        return None
    people = await turn.work.people.by_ids({placed.booking.person_id})
    called = name.casefold() in _THEY or bool(places_of(name, [placed.booking], people))
    return placed if called else None


async def _kept(turn: Turn, name: str) -> Answer | None:
    """`leave pat on it`: nothing changes; where the place was cancelled just now, whether to book it again."""
    placed = await _theirs(turn, name)
    if placed is None:
        return None
    if placed.booking.state in ACTIVE:
        return await keep(turn.saying(verb=KEEP, booking=str(placed.booking.id)))
    return await _read_back(turn, placed)


async def _booked_again(turn: Turn, name: str) -> Answer | None:
    placed = await _theirs(turn, name)
    gone = placed is not None and placed.booking.state is BookingState.CANCELLED
    return await _read_back(turn, placed) if placed is not None and gone else None


async def _read_back(turn: Turn, placed: Placed) -> Answer | None:
    if placed.session.state is not SessionState.OPEN or placed.session.begun(turn.now):
        return None
    colleagues.require_may_book_for(turn.known(), turn.rules)
    return await bookings_by_name.read_back(turn, placed.session.id, str(placed.booking.person_id))
