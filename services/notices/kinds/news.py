"""What somebody else did to a booking, and a line manager's word that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.bookings import APPROVAL_ASKED, BOOKING_NEWS, LAPSED, News, approval_asked
from services.bookings.telling import stamp
from services.model import ACTIVE, Booking, BookingState, Notice, Owed, SessionState
from services.notices.kinds.booked import booked
from services.notices.kinds.climbing import Kind, Verdict, nothing_to_repair
from services.notices.recipients import circle_of
from services.notices.subjects import DONE, NOT_THEIRS, TOO_LATE, ApprovalAsked, BookingTold
from services.rulebook import Rulebook
from services.work import Work

ASKED_AGAIN_AFTER = 2
"""Working days after which a line manager who has not answered is asked once more."""
HOLDS_TRUE: dict[News, frozenset[BookingState]] = {
    News.BOOKED_FOR_YOU: ACTIVE,
    News.APPROVED: frozenset({BookingState.BOOKED}),
    News.NOT_APPROVED: frozenset({BookingState.CANCELLED}),
    News.CANCELLED_FOR_YOU: frozenset({BookingState.CANCELLED}),
    News.HANDED_ON: frozenset({BookingState.CANCELLED}),
    News.OFFER_OVER: frozenset({BookingState.CANCELLED}),
    News.COLLEAGUE_GAVE_UP: frozenset({BookingState.CANCELLED}),
}
"""In which states of the booking the news is still news."""


def _is_news(what: News, notice: Notice, booking: Booking) -> bool:
    return booking.state in HOLDS_TRUE[what] and notice.counted_from == stamp(booking)


async def _check_news(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    others = {one for booking, _ in found.values() for one in (booking.person_id, booking.booked_by_id) if one}
    cancelled = [one.subject_id for one in notices if News(one.step_name) is News.CANCELLED_FOR_YOU]
    actors = await work.events.latest_actors("cancelled", "booking", cancelled)
    people = await work.people.by_ids(others | set(actors.values()))
    over = await work.events.latest_detail(LAPSED, "booking", {booking.id for booking, _ in found.values()})
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = found[notice.id]
        what = News(notice.step_name)
        if session.state is not SessionState.OPEN or not _is_news(what, notice, booking):
            verdicts[notice.id] = DONE
        elif session.begun(now):
            verdicts[notice.id] = TOO_LATE
        else:
            other = booking.person_id if notice.person_id == booking.booked_by_id else booking.booked_by_id
            # the office may cancel what somebody else booked
            other = actors.get(booking.id) if what is News.CANCELLED_FOR_YOU else other
            until = over.get(booking.id, {}).get("until") if what is News.OFFER_OVER else None
            told = datetime.fromisoformat(until) if until else None
            verdicts[notice.id] = BookingTold(what, booking, session, people.get(other or 0), told)
    return verdicts


async def _plan_approvals(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Who has still to agree: asked at once, and once more after two working days. One query unless somebody has."""
    owed: list[Owed] = []
    waiting = await work.bookings.awaiting(now)
    delegates = await work.people.by_ids({booking.person_id for booking in waiting})
    circle = await circle_of(work, delegates.values())
    for booking in waiting:
        ids = circle.approvers(delegates[booking.person_id])
        owed += [approval_asked(booking, one, booking.booked_at) for one in ids]
        again = rules.workdays.add(rules.today(booking.booked_at), ASKED_AGAIN_AFTER)
        if rules.today(now) >= again:
            asked = [approval_asked(booking, one, now) for one in ids]
            owed += [replace(one, step=f"reminder:{stamp(booking)}", urgent=False) for one in asked]
    return owed


async def _check_approvals(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    delegates = await work.people.by_ids({booking.person_id for booking, _ in found.values()})
    verdicts: dict[int, Verdict] = {}
    circle = await circle_of(work, delegates.values())
    for notice in notices:
        booking, session = found[notice.id]
        delegate = delegates[booking.person_id]
        if booking.state is not BookingState.AWAITING or notice.counted_from != stamp(booking):
            verdicts[notice.id] = DONE
        elif session.begun(now):
            verdicts[notice.id] = TOO_LATE
        elif notice.person_id not in circle.approvers(delegate):
            verdicts[notice.id] = NOT_THEIRS
        else:
            verdicts[notice.id] = ApprovalAsked(booking, session, delegate)
    return verdicts


NEWS = Kind(BOOKING_NEWS, nothing_to_repair, _check_news)
APPROVAL = Kind(APPROVAL_ASKED, _plan_approvals, _check_approvals)
