"""Whether a notice has put a question to somebody that a bare yes or no may well answer."""

from __future__ import annotations

from datetime import datetime

from config.ladders import LadderKind
from services.actions import ASSIGNED, GIVEN, REQUEST
from services.bookings import APPROVAL_ASKED, BOOKING_NEWS, PLACE_OFFERED, is_refusal
from services.handover import ANSWERED
from services.model import DATE_PUBLISHED, MAY_HAVE_BEEN_READ, BookingState, Person
from services.notices.kinds.office import DID_NOT_ATTEND
from services.office.cancelling import SESSION_CANCELLED
from services.office.filling import SESSION_PROMOTED
from services.office.running import SESSION_CHANGED
from services.rulebook import Rulebook
from services.work import Work

ASKS_FOR_SOMETHING = frozenset(
    {
        DATE_PUBLISHED,
        SESSION_PROMOTED,
        SESSION_CANCELLED,
        SESSION_CHANGED,
        ASSIGNED,
        GIVEN,
        ANSWERED,
        DID_NOT_ATTEND,
        REQUEST,
        LadderKind.QUESTION_TICKET.value,
        LadderKind.COURSE_EVALUATION.value,
        LadderKind.IMPACT_EVALUATION.value,
        LadderKind.MANAGER_COMMENT.value,
        LadderKind.ACTION_ITEM.value,
    }
)
"""Kinds of notice that end in a question or a button: book this date, ask again for your place, answer this form, is
it done, did it help. Those of places and approvals are looked at one by one: a place that was answered asks nothing
any more."""


async def asked_since(work: Work, person: Person, moment: datetime, *, now: datetime, rules: Rulebook) -> bool:
    """True where a notice that this person may have read has asked something of them since then."""
    if await work.notices.sent_since(person.id, ASKS_FOR_SOMETHING, moment):
        return True
    return await _asked_of_places(work, person, moment, now, rules)


async def _asked_of_places(work: Work, person: Person, moment: datetime, now: datetime, rules: Rulebook) -> bool:
    """True where it is still open whether they take a place that is offered, or that somebody booked for them, or
    whether they agree to somebody's."""
    mine = await work.bookings.active_of(person.id, now)
    subjects = {
        PLACE_OFFERED: [one.id for one in mine if one.state is BookingState.OFFERED],
        BOOKING_NEWS: [one.id for one in mine if is_refusal(one, person, now, rules)],
        APPROVAL_ASKED: [one.id for one in await work.bookings.awaiting(now)],
    }
    told = [one for kind, ids in subjects.items() for one in await work.notices.about(kind, ids)]
    read = [one.id for one in told if one.person_id == person.id and one.state in MAY_HAVE_BEEN_READ]
    attempts = await work.attempts.of_all(read)
    return any(one.ended_at is not None and one.ended_at >= moment for tries in attempts.values() for one in tries)
