"""What a partnership asks of who books: until when, for whom, after which course, with whose agreement."""

from __future__ import annotations

from datetime import date, datetime

from config.catalogue import Course
from services.errors import ServiceError
from services.model import Person, Role, Session, SessionState
from services.rulebook import Rulebook
from services.work import Work


def free_until(session: Session, rules: Rulebook) -> date:
    """The last day on which a booking can be cancelled without being late.

    The notice period is configuration; Harrow has not published one.
    """
    notice = rules.pack.partnership.booking.notice_working_days.value
    return rules.workdays.add(rules.today(session.starts_at), -notice)


def is_late(session: Session, now: datetime, rules: Rulebook) -> bool:
    """True when giving a place back now leaves fewer working days than the notice period."""
    return rules.today(now) > free_until(session, rules)


def closes_on(session: Session, rules: Rulebook) -> date:
    """The last day on which a place can be booked: as the office set it for this session, else as configured.

    How long before is not yet confirmed by Harrow.
    """
    if session.closes_on is not None:
        return session.closes_on
    before = rules.pack.partnership.booking.closes_working_days_before.value
    return rules.workdays.add(rules.today(session.starts_at), -before)


def closing_kept(session: Session, starts_at: datetime, rules: Rulebook) -> date | None:
    """The closing day that the office set, once the session starts at another time: none of its own on another day."""
    return session.closes_on if rules.today(starts_at) == rules.today(session.starts_at) else None


def require_not_over(session: Session, now: datetime) -> None:
    """Raises `ServiceError` for a session that is cancelled or has begun."""
    if session.state is SessionState.CANCELLED:
        raise ServiceError("session-cancelled")
    if session.begun(now):
        raise ServiceError("session-begun")


def require_open(session: Session, now: datetime, rules: Rulebook) -> None:
    """Raises `ServiceError` for a session that nobody can book any more."""
    require_not_over(session, now)
    closes = closes_on(session, rules)
    if rules.today(now) > closes:
        raise ServiceError("booking-closed", day=closes)


def needs_approval(course_id: str, rules: Rulebook) -> bool:
    """True if a line manager must agree: as the course says, else as the partnership does."""
    course = rules.pack.course(course_id)
    if course is not None and course.approval is not None:
        return course.approval
    return rules.pack.partnership.booking.manager_approval.value


async def require_fit(work: Work, person: Person, session: Session, rules: Rulebook, *, other: bool) -> None:
    """Whether this course is for this person, and they have the course before it.

    `other`: somebody else is asking for them, so the sentence speaks of them. Raises `ServiceError`.
    """
    course = rules.pack.course(session.course_id)
    if course is None:
        return
    who = "colleague" if other else "you"
    if course.only_for and not person.has(*(Role(role) for role in course.only_for)):
        raise ServiceError(f"not-for-{who}", course=course.title, audience=audience(course))
    if course.after and not await work.bookings.has_attended(person.id, course.after):
        raise ServiceError(f"needs-first-{who}", course=course.title, first=_titles(course, rules))


def audience(course: Course) -> str:
    """Whom a course is for, in the catalogue's words if it has any."""
    return course.audience or ", ".join(role.value for role in course.only_for)


def _titles(course: Course, rules: Rulebook) -> str:
    named = [found.title if (found := rules.pack.course(one)) else one for one in course.after]
    return " or ".join(named)


async def require_free(
    work: Work, person: Person, session: Session, rules: Rulebook, *, other: bool, leaving: int | None = None
) -> None:
    """Nobody can be in two rooms at once. Raises `ServiceError` naming what they are booked on at that time.

    `leaving`: the session whose place they give up in the same step, by id.
    The person is held until the transaction ends: two sessions booked at the same moment would each see no clash.
    """
    await work.people.lock(person.id)
    clash = await work.bookings.clash(person.id, session, leaving=leaving)
    if clash is not None:
        course = rules.pack.course(clash.course_id)
        title = course.title if course else clash.course_id
        who = "colleague" if other else "you"
        raise ServiceError(f"booking-clash-{who}", course=title, day=rules.today(clash.starts_at))
