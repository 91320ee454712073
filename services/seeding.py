"""Puts what a pack brings with it into the database: the partnership's action plans, and the fictional demo.

Both may be repeated. What the database already holds is left as people have changed it since.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from config.demo import PLAN, Demo, DemoBooking, DemoPerson
from config.pack import Pack
from config.plans import ItemKind
from services import handover
from services.bookings import record_attendance
from services.model import HOLDS_PLACE, ActionState, BookingState, Role
from services.plans import load_plans
from services.rulebook import Rulebook
from services.work import Work

_WENT = (BookingState.ATTENDED, BookingState.DID_NOT_ATTEND)


async def bring_in_plans(work: Work, pack: Pack, *, now: datetime) -> int:
    """Write every line of the pack's action plans that is not there yet. Returns how many were new.

    Owner and date stay unknown where the published plan names none: the manager is asked to set them.
    """
    return (await load_plans(work, pack, now)).added


async def bring_in_demo(work: Work, rules: Rulebook, demo: Demo, *, now: datetime) -> int:
    """Fill a database with invented people and what they have booked and owe. Returns how many people were new.

    A database in which the demo stands already is left as it is.
    """
    first = demo.people[0] if demo.people else None
    if first is None or await work.people.by_email(first.email) is not None:
        return 0
    people = await _people(work, demo)
    await _sessions(work, rules, demo, people)
    for item in demo.actions:
        done = item.state == ActionState.DONE.value
        await work.actions.add(
            ref=item.id,
            plan_id=PLAN,
            action=item.action,
            kind=ItemKind.ACTION.value,
            lead_agency=item.lead_agency,
            owner_id=people.get(item.owner or ""),
            due_on=item.due_on,
            state=item.state,
            progress=item.progress or None,
            evidence=item.progress if done else None,
            completed_at=now if done else None,
            source=PLAN,
        )
    await _questions(work, rules, demo, people)
    return len(people)


async def _questions(work: Work, rules: Rulebook, demo: Demo, people: Mapping[str, int]) -> None:
    """Questions that wait for an answer, asked as a chat would have asked them."""
    for one in demo.questions:
        asker = await work.people.by_id(people[one.person])
        if asker is not None:
            await handover.ask(work, asker, one.question, topic=one.topic, now=one.asked_at, rules=rules)


async def _people(work: Work, demo: Demo) -> dict[str, int]:
    ids = {person.id: await _add_person(work, person) for person in demo.people}
    for person in demo.people:
        if person.line_manager is not None:
            await work.people.change(ids[person.id], line_manager_id=ids[person.line_manager])
        if person.owner_of:
            await work.holders.set_keys(ids[person.id], person.owner_of)
    return ids


async def _add_person(work: Work, person: DemoPerson) -> int:
    return await work.people.add(
        name=person.name,
        roles=[Role(role) for role in person.roles],
        email=person.email,
        agency_id=person.agency,
        job_title=person.job_title,
        tenant_id=person.tenant_id,
        aad_object_id=person.aad_object_id,
        active=person.active,
    )


async def _sessions(work: Work, rules: Rulebook, demo: Demo, people: Mapping[str, int]) -> None:
    for session in demo.sessions:
        session_id = await work.sessions.add(
            ref=session.id,
            course_id=session.course,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            capacity=session.capacity,
            mode=session.mode,
            venue=session.venue,
            join_url=session.join_url,
            trainer=session.trainer,
        )
        for booking in demo.bookings:
            if booking.session == session.id:
                await _booking(work, rules, session_id, people[booking.person], booking, session.ends_at)


async def _booking(
    work: Work, rules: Rulebook, session_id: int, person_id: int, demo: DemoBooking, ended_at: datetime
) -> None:
    """One booking as it came to be: who came was booked first, was marked as it ended, and owes their evaluations."""
    state = BookingState(demo.state)
    kept = BookingState.BOOKED if state in _WENT else state
    if kept in HOLDS_PLACE:
        await work.sessions.take_place(session_id)
    waiting = kept is BookingState.WAITING
    booking_id = await work.bookings.add(
        session_id=session_id,
        person_id=person_id,
        state=kept.value,
        booked_at=demo.booked_at,
        queue_no=await work.sessions.next_queue_no(session_id) if waiting else None,
        cancelled_at=demo.booked_at if kept is BookingState.CANCELLED else None,
    )
    booking = await work.bookings.by_id(booking_id)
    if booking is not None and state in _WENT:
        await record_attendance(work, booking, attended=state is BookingState.ATTENDED, at=ended_at, rules=rules)
