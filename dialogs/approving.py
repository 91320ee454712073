"""A line manager's word on a place that is held."""

from __future__ import annotations

from dialogs import cards
from dialogs.sessions import course_title, when
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.bookings import Placed
from services.model import BookingState

APPROVE, REFUSE_APPROVAL = "approval.give", "approval.refuse"
_SETTLED = {
    BookingState.BOOKED: "They are booked.",
    BookingState.CANCELLED: "They are not booked.",
    BookingState.ATTENDED: "They attended.",
    BookingState.DID_NOT_ATTEND: "They did not attend.",
}


async def approve(turn: Turn) -> Answer:
    """The manager agrees."""
    placed = await bookings.approve(turn.work, turn.known(), turn.number("booking"), now=turn.now)
    return await _decided(turn, placed, "approved")


async def refuse(turn: Turn) -> Answer:
    """The manager does not agree; the place goes to the next person."""
    placed = await bookings.refuse_approval(
        turn.work, turn.known(), turn.number("booking"), now=turn.now, rules=turn.rules
    )
    return await _decided(turn, placed, "approval-refused")


async def _decided(turn: Turn, placed: Placed, key: str) -> Answer:
    delegate = await turn.work.people.by_id(placed.booking.person_id)
    who = delegate.name if delegate else say("somebody")
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    if placed.repeated:
        state = _SETTLED.get(placed.booking.state, "")
        plain = say("approval-settled", who=who, course=course, when=time, state=state).strip()
    else:
        plain = say(key, who=who, course=course, when=time)
    return answer(Reply(plain, cards.card([cards.words(plain)], fallback=plain)))
