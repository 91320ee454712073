"""Fictional people, sessions, bookings and action items around today, to try the product with. Stores nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.csvfile import Row, read_rows
from config.dates import AddWorkingDays
from config.demo_rows import ActionRow, BookingRow, PersonRow, QuestionRow, SessionRow
from config.faults import Fault, PackError
from config.pack import Pack

LOCAL_USER = "local-user"
PLAN = "Demo action plan (fictional)"
"""A plan that the pack does not list goes by its title, as one that is imported does."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional professional. `roles` are the words of design.md section 2."""

    id: str
    name: str
    email: str
    agency: str
    job_title: str
    roles: tuple[str, ...]
    line_manager: str | None
    tenant_id: str
    aad_object_id: str
    active: bool
    owner_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoSession:
    """A session with its times in UTC. `mode` is online or in-person."""

    id: str
    course: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    mode: str
    venue: str | None
    join_url: str | None
    trainer: str


@dataclass(frozen=True, slots=True)
class DemoBooking:
    """One person's place on one session, or place in its queue; earlier `booked_at` was first."""

    session: str
    person: str
    state: str
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class DemoAction:
    """One item of the fictional plan. Owner and date may be unknown, as in real plans."""

    id: str
    action: str
    lead_agency: str
    owner: str | None
    due_on: date | None
    state: str
    progress: str


@dataclass(frozen=True, slots=True)
class DemoQuestion:
    """A question that somebody handed to a person."""

    person: str
    topic: str
    question: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything to put into an empty database before trying the product. Bookings are in order of arrival."""

    people: tuple[DemoPerson, ...]
    sessions: tuple[DemoSession, ...]
    bookings: tuple[DemoBooking, ...]
    actions: tuple[DemoAction, ...]
    questions: tuple[DemoQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalUser:
    """Who the local Teams client says its user is; every demo person lives in the same tenant."""

    tenant_id: str
    aad_object_id: str


@dataclass(frozen=True, slots=True)
class _Rows:
    people: tuple[Row[PersonRow], ...]
    sessions: tuple[Row[SessionRow], ...]
    bookings: tuple[Row[BookingRow], ...]
    actions: tuple[Row[ActionRow], ...]
    questions: tuple[Row[QuestionRow], ...]


def load_demo(pack: Pack, local: LocalUser, *, today: date, add_working_days: AddWorkingDays) -> Demo:
    """Load the pack's `demo` folder as it stands on `today`. Raises `PackError` with every fault in it."""
    faults: list[Fault] = []
    rows = _Rows(
        people=read_rows(pack.folder, "demo/people.csv", PersonRow, faults),
        sessions=read_rows(pack.folder, "demo/sessions.csv", SessionRow, faults),
        bookings=read_rows(pack.folder, "demo/bookings.csv", BookingRow, faults),
        actions=read_rows(pack.folder, "demo/actions.csv", ActionRow, faults),
        questions=_if_there(pack, "demo/questions.csv", faults),
    )
    faults = faults or [*_lost_references(rows, pack), *_overfull(rows)]
    if faults:
        raise PackError(faults)
    zone = pack.partnership.calendar.zone

    def moment(row: BookingRow | QuestionRow) -> datetime:
        return row.when.moment(today, add_working_days, zone)

    return Demo(
        people=tuple(_person(row.value, local) for row in rows.people),
        sessions=tuple(
            # nobody trains on a Sunday
            _session(row.value, row.value.when.working_moment(today, add_working_days, zone))
            for row in rows.sessions
        ),
        bookings=tuple(sorted((_booking(row.value, moment(row.value)) for row in rows.bookings), key=_arrival)),
        actions=tuple(_action(row.value, today, add_working_days) for row in rows.actions),
        questions=tuple(_question(row.value, moment(row.value)) for row in rows.questions),
    )


def _if_there(pack: Pack, name: str, faults: list[Fault]) -> tuple[Row[QuestionRow], ...]:
    """Questions are not needed to try the product, so their file may be missing."""
    return read_rows(pack.folder, name, QuestionRow, faults) if (pack.folder / name).exists() else ()


def _question(row: QuestionRow, asked_at: datetime) -> DemoQuestion:
    return DemoQuestion(person=row.person, topic=row.topic, question=row.question, asked_at=asked_at)


def demo_faults(pack: Pack, *, today: date, add_working_days: AddWorkingDays) -> tuple[Fault, ...]:
    """What is wrong in the pack's `demo` folder."""
    try:
        load_demo(pack, LocalUser("", ""), today=today, add_working_days=add_working_days)
    except PackError as error:
        return error.faults
    return ()


def _person(row: PersonRow, local: LocalUser) -> DemoPerson:
    return DemoPerson(
        id=row.id,
        name=row.name,
        email=row.email,
        agency=row.agency,
        job_title=row.job_title,
        roles=row.roles,
        line_manager=row.line_manager,
        tenant_id=local.tenant_id,
        aad_object_id=local.aad_object_id if row.id == LOCAL_USER else row.aad_object_id,
        active=row.active,
        owner_of=row.owner_of,
    )


def _session(row: SessionRow, starts_at: datetime) -> DemoSession:
    return DemoSession(
        id=row.id,
        course=row.course,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=row.minutes),
        capacity=row.capacity,
        mode=row.mode,
        venue=row.venue or None,
        join_url=row.join_url or None,
        trainer=row.trainer,
    )


def _booking(row: BookingRow, booked_at: datetime) -> DemoBooking:
    return DemoBooking(session=row.session, person=row.person, state=row.state, booked_at=booked_at)


def _arrival(booking: DemoBooking) -> datetime:
    return booking.booked_at


def _action(row: ActionRow, today: date, add_working_days: AddWorkingDays) -> DemoAction:
    return DemoAction(
        id=row.id,
        action=row.action,
        lead_agency=row.lead_agency,
        owner=row.owner,
        due_on=row.due.day(today, add_working_days) if row.due else None,
        state=row.state,
        progress=row.progress,
    )


def _lost_references(rows: _Rows, pack: Pack) -> Iterator[Fault]:
    people = {row.value.id for row in rows.people}
    sessions = {row.value.id for row in rows.sessions}
    agencies = {agency.id for agency in pack.agencies}
    courses = {course.id for course in pack.courses}
    owners = {owner.key for owner in pack.partnership.owners}
    topics = {topic.id for topic in pack.topics}
    named = (
        *(("people", row.line, "agency", row.value.agency, agencies) for row in rows.people),
        *(("people", row.line, "line_manager", row.value.line_manager, people) for row in rows.people),
        *(("people", row.line, "owner_of", key, owners) for row in rows.people for key in row.value.owner_of),
        *(("questions", row.line, "person", row.value.person, people) for row in rows.questions),
        *(("questions", row.line, "topic", row.value.topic, topics) for row in rows.questions),
        *(("sessions", row.line, "course", row.value.course, courses) for row in rows.sessions),
        *(("bookings", row.line, "session", row.value.session, sessions) for row in rows.bookings),
        *(("bookings", row.line, "person", row.value.person, people) for row in rows.bookings),
        *(("actions", row.line, "lead_agency", row.value.lead_agency, agencies) for row in rows.actions),
        *(("actions", row.line, "owner", row.value.owner, people) for row in rows.actions),
    )
    for file, line, column, name, known in named:
        if name is not None and name not in known:
            yield Fault(f"demo/{file}.csv", line, column, f"names what does not exist: '{name}'")


def _overfull(rows: _Rows) -> Iterator[Fault]:
    taken = Counter(row.value.session for row in rows.bookings if row.value.state not in ("waiting", "cancelled"))
    for row in rows.sessions:
        if taken[row.value.id] > row.value.capacity:
            yield Fault("demo/sessions.csv", row.line, "capacity", f"is less than the {taken[row.value.id]} booked")
