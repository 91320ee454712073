"""Creating a session and changing it. Whoever is on it is told of a new day, time or place in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from services.bookings import bring_offers_forward, closing_kept, locked
from services.errors import NotFound, ServiceError
from services.model import ACTIVE, MOST_PLACES, BookingState, Owed, Person, Session
from services.office.rights import still_to_come
from services.rights import require_manager
from services.rulebook import Rulebook
from services.work import Work

SESSION_CHANGED = "session-changed"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """A session as the office wants it. Times are of the partnership's wall clock."""

    day: date
    starts: time
    ends: time
    venue: str = ""
    join_url: str = ""
    trainer: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """A session after it was created or changed. `told` counts the people who are told of it."""

    session: Session
    told: int = 0
    repeated: bool = False


def _values(plan: Plan, rules: Rulebook) -> dict[str, Any]:
    try:
        starts_at, ends_at = (rules.at(plan.day, at) for at in (plan.starts, plan.ends))
    except ValueError as error:
        raise ServiceError("session-small-hours") from error
    if ends_at <= starts_at:
        raise ServiceError("session-ends-first")
    if any(len(text) > _LONGEST for text in (plan.venue, plan.trainer)):
        raise ServiceError("answer-too-long", longest=_LONGEST)
    link = plan.join_url.strip()
    if link and (not link.startswith("https://") or len(link) > 2000 or any(mark in link for mark in " <>\"'")):
        raise ServiceError("session-bad-link")
    venue = " ".join(plan.venue.split())
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "venue": venue or None,
        "join_url": link or None,
        "trainer": " ".join(plan.trainer.split()) or None,
        "mode": "in-person" if venue and not link else "online",
    }


async def create(
    work: Work, person: Person, course_id: str, plan: Plan, *, capacity: int, now: datetime, rules: Rulebook
) -> Ran:
    """Publish a session. The same course at the same time is the same session, so a double press makes one.

    Raises `NotAllowed` for anybody but the office, `ServiceError` for a plan that cannot be.
    """
    require_manager(person)
    if rules.pack.course(course_id) is None:
        raise NotFound("course-unknown-office")
    values = _values(plan, rules)
    if not 1 <= capacity <= MOST_PLACES:
        raise ServiceError("session-bad-capacity", most=MOST_PLACES)
    _require_to_come(values, now)
    # One at a time, so that two presses cannot both find that there is none yet.
    await work.one_at_a_time()
    same = await work.office.at(course_id, rules.at(plan.day, plan.starts))
    if same is not None:
        return Ran(same, repeated=True)
    ref = await work.office.free_ref(f"{course_id}-{plan.day:%Y%m%d}")
    session_id = await work.sessions.add(ref=ref, course_id=course_id, capacity=capacity, **values)
    await work.events.record("created", ("session", session_id), at=now, actor_id=person.id, detail={"ref": ref})
    return Ran(await locked(work, session_id))


def _require_to_come(values: dict[str, object], now: datetime) -> None:
    starts_at = values["starts_at"]
    if isinstance(starts_at, datetime) and starts_at <= now:
        raise ServiceError("session-in-the-past")


async def change(work: Work, person: Person, session_id: int, plan: Plan, *, now: datetime, rules: Rulebook) -> Ran:
    """Give a session another day, time, place, link or trainer. What is the same already tells nobody.

    Raises `NotAllowed`, `NotFound`, and `ServiceError` once it is cancelled or has begun.
    """
    session = await still_to_come(work, person, session_id, now)
    values = _values(plan, rules)
    values["closes_on"] = closing_kept(session, values["starts_at"], rules)
    changed = {key: value for key, value in values.items() if getattr(session, key) != value}
    if not changed:
        return Ran(session, repeated=True)
    _require_to_come({"starts_at": session.starts_at, **changed}, now)
    await work.sessions.change(session_id, **changed)
    detail = what_changed(session, changed)
    await work.events.record("changed", ("session", session_id), at=now, actor_id=person.id, detail=detail)
    moved = await locked(work, session_id)
    await bring_offers_forward(work, moved, now, rules)
    told = 0 if changed.keys() <= {"trainer", "mode"} else await _tell(work, session_id, ACTIVE, now)
    told += await tell_unapproved(work, moved, now) if "starts_at" in changed else 0
    return Ran(moved, told)


def what_changed(before: Session, changed: Collection[str]) -> dict[str, str]:
    """What is recorded of a change: the names of the values, and what people had planned for, so that they need not
    look it up."""
    was = {"starts_at": before.starts_at.isoformat(), "ends_at": before.ends_at.isoformat()}
    return {"what": " ".join(sorted(changed)), **was}


async def tell_unapproved(work: Work, session: Session, now: datetime) -> int:
    """A session was put on a day to come: whose place was not approved in time hears of it, and may ask again.

    Nothing else reaches them: they hold no place, so they get neither an invitation nor a reminder.
    """
    return 0 if session.begun(now) else await _tell(work, session.id, {BookingState.NOT_APPROVED}, now)


async def _tell(work: Work, session_id: int, states: Collection[BookingState], now: datetime) -> int:
    concerned = await work.bookings.on_session(session_id, states)
    step = f"at-{now:%Y%m%d%H%M%S}"
    return await work.notices.owe_all(
        [Owed(SESSION_CHANGED, session_id, step, one.person_id, due_at=now, urgent=True) for one in concerned], now
    )
