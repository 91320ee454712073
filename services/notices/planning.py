"""Computes which notices ought to exist by now and writes those that are missing.

Run as often as you like, by as many processes as you like: the ledger's unique key decides. Whatever was not
planned because nothing ran (a restart, two days of downtime) is planned at the next run, so a missed run heals.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from config.ladders import Ladder, LadderKind
from services.bookings import place_offered
from services.ladders import Rung, reach, rungs
from services.model import Booking, BookingState, EvaluationKind, NoticeState, Owed, Person, Role, Session
from services.notices.recipients import Circle, circle_of
from services.notices.subjects import SUPERSEDED, TOO_LATE
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import wall_clock

HAD_PLACE = (BookingState.BOOKED, BookingState.ATTENDED, BookingState.DID_NOT_ATTEND)
PAST_STEPS = timedelta(days=15)
"""How far back a step that never ran is still written down, as missed. Older ones tell nobody anything."""
CHASED_FOR = timedelta(days=60)
"""How long after an evaluation opened it is still chased, so that imported history wakes nobody up."""

Planner = Callable[[Work, Rulebook, datetime], Awaitable[list[Owed]]]


def midday(day: date, rules: Rulebook) -> datetime:
    """A moment that is surely on `day` on the wall clock, to count a ladder from a date."""
    return wall_clock(day, time(12), rules.pack.partnership.calendar.zone)


def newest_first(addressed: Iterable[tuple[int, Rung]], now: datetime) -> list[tuple[int, Rung, NoticeState]]:
    """For each person the newest step is due; older ones that never went out are missed, not sent late in a bunch."""
    by_person: dict[int, list[Rung]] = {}
    for person_id, rung in addressed:
        by_person.setdefault(person_id, []).append(rung)
    found = []
    for person_id, climbed in by_person.items():
        *older, newest = climbed
        found += [(person_id, rung, NoticeState.MISSED) for rung in older if rung.at >= now - PAST_STEPS]
        found.append((person_id, newest, NoticeState.DUE))
    return found


def climb(
    rules: Rulebook, ladder: Ladder, circle: Circle, *, subject_id: int, owner: Person, basis: datetime, now: datetime
) -> list[Owed]:
    """What a ladder owes by `now` for one subject, counted from `basis`."""
    steps = rungs(ladder, basis, rules.clockwork, until=now)
    addressed = [(person_id, rung) for rung in steps for person_id in circle.recipients(rung.to, owner)]
    return [
        Owed(
            ladder.kind.value,
            subject_id,
            rung.key,
            person_id,
            due_at=rung.at,
            urgent=rung.urgent,
            state=state,
            reason=SUPERSEDED.reason if state is NoticeState.MISSED else None,
        )
        for person_id, rung, state in newest_first(addressed, now)
    ]


async def _evaluations(
    work: Work, rules: Rulebook, now: datetime, kind: LadderKind, form: EvaluationKind
) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(kind)
    today = rules.today(now)
    found = await work.evaluations.unanswered(form, today - CHASED_FOR, today)
    bookings = await work.bookings.by_ids({one.booking_id for one in found})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    delegates = await work.people.by_ids({one.person_id for one in found})
    circle = await circle_of(work, delegates.values())
    owed: list[Owed] = []
    for one in found:
        session = sessions[bookings[one.booking_id].session_id]
        owner = delegates[one.person_id]
        if owner.active:
            owed += climb(rules, ladder, circle, subject_id=one.id, owner=owner, basis=session.ends_at, now=now)
    return owed


async def _impact(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return await _evaluations(work, rules, now, LadderKind.IMPACT_EVALUATION, EvaluationKind.IMPACT)


async def _course(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return await _evaluations(work, rules, now, LadderKind.COURSE_EVALUATION, EvaluationKind.COURSE)


async def _action_items(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(LadderKind.ACTION_ITEM)
    items = await work.actions.owned_and_due_by(rules.today(now + reach(ladder)))
    owners = await work.people.by_ids({item.owner_id for item in items if item.owner_id is not None})
    circle = await circle_of(work, owners.values())
    owed: list[Owed] = []
    for item in items:
        if item.owner_id is None or item.due_on is None:
            continue
        basis = midday(item.due_on, rules)
        owner = owners[item.owner_id]
        owed += climb(rules, ladder, circle, subject_id=item.id, owner=owner, basis=basis, now=now)
    return owed


async def _unowned(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """One line a week to the manager while anything cannot be chased, whatever the number of items."""
    if not await work.actions.count_without_owner_or_date():
        return []
    calendar = rules.pack.partnership.calendar
    today = rules.today(now)
    week = today - timedelta(days=(today.weekday() - calendar.manager_digest_on.value.number) % 7)
    at = wall_clock(rules.workdays.on_or_after(week), calendar.digest_at.value, calendar.zone)
    if at > now:
        return []
    managers = await work.people.with_role(Role.MANAGER)
    kind = LadderKind.ACTION_UNOWNED.value
    return [Owed(kind, 0, f"week:{week}", manager.id, due_at=at) for manager in managers]


async def _sessions(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Reminders of sessions to come; for those that have begun, the reminders that never ran, as missed."""
    ladder = rules.pack.partnership.ladder(LadderKind.SESSION_REMINDER)
    sessions = {one.id: one for one in await work.sessions.coming_by(now - PAST_STEPS, now + reach(ladder))}
    booked = await work.bookings.on_sessions(sessions, HAD_PLACE)
    owners = await work.people.by_ids({booking.person_id for booking in booked})
    circle = await circle_of(work, owners.values())
    owed: list[Owed] = []
    for booking in booked:
        owner = owners[booking.person_id]
        if owner.active:
            owed += _reminders(rules, ladder, circle, booking, sessions[booking.session_id], owner, now)
    return owed


def _reminders(
    rules: Rulebook, ladder: Ladder, circle: Circle, booking: Booking, session: Session, owner: Person, now: datetime
) -> list[Owed]:
    basis = session.starts_at
    steps = climb(rules, ladder, circle, subject_id=booking.id, owner=owner, basis=basis, now=min(now, basis))
    # A reminder that fell before they booked is not owed: they have just been told.
    steps = [step for step in steps if step.due_at >= booking.booked_at]
    if session.begun(now):
        return [replace(step, state=TOO_LATE.state, reason=TOO_LATE.reason) for step in steps]
    return steps


async def _offers(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Each offer was owed in the transaction that made it. This repairs one that came in by another way."""
    return [place_offered(booking, now) for booking in await work.bookings.offers_open(now)]


PLANNERS: tuple[Planner, ...] = (_impact, _course, _action_items, _unowned, _sessions, _offers)


async def plan(work: Work, rules: Rulebook, now: datetime) -> int:
    """Write every notice that ought to exist by `now` and does not. Returns how many were new."""
    owed = [one for planner in PLANNERS for one in await planner(work, rules, now)]
    return await work.notices.owe_all(owed, now)
