"""Places held for a line manager who has not answered: the delegate, who booked, and the office hear before the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.bookings.telling import stamp
from services.model import Booking, BookingState, Notice, Owed, Role, Session, SessionState
from services.notices.gathered import PlacesUnconfirmed
from services.notices.kinds.booked import booked
from services.notices.kinds.climbing import Kind, Verdict, moved
from services.notices.recipients import circle_of
from services.notices.subjects import DONE, MOVED, NOT_THEIRS, TOO_LATE, PlaceUnconfirmed
from services.rulebook import Rulebook
from services.work import Work

PLACE_UNCONFIRMED, PLACES_UNCONFIRMED = "place-unconfirmed", "places-unconfirmed"
AT_THE_LATEST = timedelta(hours=2)
"""Before the session: what is told of a place that was held after the morning on which others are told."""
MORNING, LATE = "morning", "late"


def _told_at(booking: Booking, session: Session, rules: Rulebook) -> tuple[datetime, str]:
    """When it is told, and which of the two moments that is: the morning of the last working day, or shortly before."""
    morning = rules.clockwork.digest_hour(rules.workdays.add(rules.today(session.starts_at), -1))
    if booking.booked_at <= morning:
        return morning, MORNING
    return max(session.starts_at - AT_THE_LATEST, booking.booked_at), LATE


async def _due(work: Work, rules: Rulebook, now: datetime) -> list[tuple[Booking, Session, datetime, str]]:
    """The places that have to be told of by now."""
    waiting = await work.bookings.awaiting(now)
    sessions = await work.sessions.by_ids({one.session_id for one in waiting}) if waiting else {}
    told = [(one, sessions[one.session_id], *_told_at(one, sessions[one.session_id], rules)) for one in waiting]
    return [one for one in told if one[1].state is SessionState.OPEN and one[2] <= now]


async def _plan_place(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """To the delegate, and to who booked the place for them."""
    return [
        Owed(
            PLACE_UNCONFIRMED,
            booking.id,
            f"{stamp(booking)}:{rules.today(session.starts_at)}",
            person_id,
            due_at=at,
            urgent=True,
        )
        for booking, session, at, _ in await _due(work, rules, now)
        for person_id in dict.fromkeys(one for one in (booking.person_id, booking.booked_by_id) if one is not None)
    ]


async def _check_place(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    delegates = await work.people.by_ids({booking.person_id for booking, _ in found.values()})
    circle = await circle_of(work, delegates.values())
    above = await work.people.by_ids({one.line_manager_id for one in delegates.values() if one.line_manager_id})
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = found[notice.id]
        delegate = delegates[booking.person_id]
        asked = circle.approvers(delegate)
        boss = above.get(asked[0]) if asked[:1] == [delegate.line_manager_id] else None
        standing = PlaceUnconfirmed(booking, session, delegate, boss, notice.person_id in asked)
        ended = booking.state is not BookingState.AWAITING or notice.step_name != stamp(booking)
        verdicts[notice.id] = DONE if ended else _still(notice, session, rules, now) or standing
    return verdicts


def _still(notice: Notice, session: Session, rules: Rulebook, now: datetime) -> Verdict | None:
    """Why there is nothing to say of the session any more; None while there is."""
    if session.state is not SessionState.OPEN:
        return DONE
    if moved(notice, session.starts_at, rules):
        return MOVED
    return TOO_LATE if session.begun(now) else None


async def _plan_office(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """One line to each manager for each session, and one more for places held after the first was due."""
    due = await _due(work, rules, now)
    managers = await work.people.with_role(Role.MANAGER) if due else []
    lines: dict[tuple[int, str], Owed] = {}
    for _, session, at, when in due:
        step = f"{when}:{rules.today(session.starts_at)}"
        for manager in managers:
            owed = Owed(PLACES_UNCONFIRMED, session.id, step, manager.id, due_at=at, urgent=True)
            lines.setdefault((session.id, f"{step} {manager.id}"), owed)
    return list(lines.values())


async def _check_office(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    sessions = await work.sessions.by_ids({one.subject_id for one in notices})
    waiting = await work.bookings.on_sessions(sessions, [BookingState.AWAITING])
    people = await work.people.by_ids({one.person_id for one in waiting})
    managers = {one.id for one in await work.people.with_role(Role.MANAGER)}
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        session = sessions[notice.subject_id]
        names = tuple(people[one.person_id].name for one in waiting if one.session_id == session.id)
        if notice.person_id not in managers:
            verdicts[notice.id] = NOT_THEIRS
        elif not names:
            verdicts[notice.id] = DONE
        else:
            verdicts[notice.id] = _still(notice, session, rules, now) or PlacesUnconfirmed(session, names)
    return verdicts


PLACE = Kind(PLACE_UNCONFIRMED, _plan_place, _check_place)
OFFICE = Kind(PLACES_UNCONFIRMED, _plan_office, _check_office)
