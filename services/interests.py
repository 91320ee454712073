"""Interest in a course that has no date: kept, counted by the office, and answered once there is one."""

from __future__ import annotations

from datetime import datetime

from services.errors import ServiceError
from services.model import DATE_PUBLISHED, Interest, Owed, Person
from services.rulebook import Rulebook
from services.work import Work


def date_published(interest: Interest, session_id: int, now: datetime) -> Owed:
    """The notice that a course has a date. A date that is cancelled makes room for the notice of another one."""
    return Owed(DATE_PUBLISHED, interest.id, f"session-{session_id}", interest.person_id, due_at=now)


async def register(work: Work, person: Person, course_id: str, *, now: datetime, rules: Rulebook) -> bool:
    """Keep that this person wants to hear of a date. False if that stood already.

    Raises `ServiceError` for a course that is not in the catalogue.
    """
    if rules.pack.course(course_id) is None:
        raise ServiceError("course-unknown")
    new = await work.interests.register(person.id, course_id, now)
    if new:
        detail = {"course": course_id}
        await work.events.record("interested", ("person", person.id), at=now, actor_id=person.id, detail=detail)
    return new


async def drop(work: Work, person: Person, course_id: str, *, now: datetime) -> bool:
    """They do not want to hear any more. False if there was nothing to forget."""
    gone = await work.interests.drop(person.id, course_id)
    if gone:
        detail = {"course": course_id}
        await work.events.record("not-interested", ("person", person.id), at=now, actor_id=person.id, detail=detail)
    return gone
