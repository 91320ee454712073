"""Figures over many rows, counted by the database. Knows no words and no years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from config.ladders import LadderKind
from services.model import HAS_PLACE, ActionState, BookingState, EvaluationKind, NoticeState, SessionState
from services.store.actions import ASKS_NOBODY, OWNER_HERE
from services.store.rows import Rows
from services.tables import action_items, bookings, certificates, evaluations, events, notices, people, sessions

_CONDUCTED = (BookingState.ATTENDED.value, BookingState.DID_NOT_ATTEND.value)
_UNMARKED = tuple(sorted(one.value for one in HAS_PLACE))


@dataclass(frozen=True, slots=True)
class Held:
    """Places on one session. `unmarked` are booked places whose attendance nobody recorded."""

    course_id: str
    starts_at: datetime
    attended: int
    not_attended: int
    unmarked: int
    late: int

    @property
    def marked(self) -> bool:
        """True when somebody recorded attendance, which is what makes it a session that took place."""
        return self.attended + self.not_attended > 0

    @property
    def booked(self) -> int:
        """Places booked and not given back."""
        return self.attended + self.not_attended + self.unmarked


@dataclass(frozen=True, slots=True)
class ByAgency:
    """Places on sessions that took place, by the delegates' agency. `None`: the agency is not known."""

    agency_id: str | None
    attended: int
    not_attended: int
    unmarked: int


@dataclass(frozen=True, slots=True)
class CancelledSession:
    """A session that did not take place. `reason` is a code, or empty when none was recorded."""

    ref: str
    course_id: str
    starts_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """People at each stage of the impact evaluation, for sessions that began in a period."""

    attended: int
    owed: int
    invited: int
    answered: int
    commented: int
    certified: int


@dataclass(frozen=True, slots=True)
class Answers:
    """One form that was sent in, by question id, and which course it is about. Never whose it is."""

    course_id: str
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlanCount:
    """The items of one plan. Overdue, unowned and undated ones are open, and so are those that ask nobody for anything,
    which are neither unowned nor undated: they are `unchased`."""

    plan_id: str
    open: int
    done: int
    closed: int
    overdue: int
    unowned: int
    undated: int
    unchased: int


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """How many notices of a kind are in a state, for a reason if there is one."""

    kind: str
    state: str
    reason: str | None
    how_many: int


def _sum(condition: sa.ColumnElement[bool], label: str) -> sa.Label[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0).label(label)


def _in_state(state: BookingState) -> sa.ColumnElement[bool]:
    return bookings.c.state == state.value


_PLACES = (
    _sum(_in_state(BookingState.ATTENDED), "attended"),
    _sum(_in_state(BookingState.DID_NOT_ATTEND), "not_attended"),
    _sum(bookings.c.state.in_(_UNMARKED), "unmarked"),
)


def _began(first: datetime, until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Sessions that were not cancelled and begin from `first` until just before `until`."""
    return (
        sessions.c.starts_at >= first,
        sessions.c.starts_at < until,
        # Named one by one, so that the index on state and start finds them among the sessions of all years.
        sessions.c.state.in_([one.value for one in SessionState if one is not SessionState.CANCELLED]),
    )


def _whole(row: Row[Any]) -> dict[str, Any]:
    """PostgreSQL sums to decimals; these are counts."""
    return {
        key: int(value) if not isinstance(value, str | datetime | None) else value
        for key, value in row._mapping.items()
    }


class ReportRows(Rows):
    """Queries for reports. Periods are moments in UTC, the first included and the last not."""

    async def held(self, first: datetime, until: datetime) -> list[Held]:
        """Sessions of a period with the places on them, in the order in which they began."""
        late = _sum(sa.and_(_in_state(BookingState.CANCELLED), bookings.c.late), "late")
        statement = (
            sa.select(sessions.c.course_id, sessions.c.starts_at, *_PLACES, late)
            .outerjoin(bookings, bookings.c.session_id == sessions.c.id)
            .where(*_began(first, until))
            .group_by(sessions.c.id, sessions.c.course_id, sessions.c.starts_at)
            .order_by(sessions.c.starts_at, sessions.c.id)
        )
        return [Held(**_whole(row)) for row in await self._all(statement)]

    async def by_agency(self, first: datetime, until: datetime) -> list[ByAgency]:
        """Places on sessions of a period where attendance was recorded, by agency."""
        marked = bookings.alias("marked")
        took_place = sa.exists().where(marked.c.session_id == sessions.c.id, marked.c.state.in_(_CONDUCTED))
        statement = (
            sa.select(people.c.agency_id, *_PLACES)
            .select_from(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .join(people, people.c.id == bookings.c.person_id)
            .where(*_began(first, until), took_place)
            .where(bookings.c.state.in_((*_CONDUCTED, *_UNMARKED)))
            .group_by(people.c.agency_id)
            .order_by(people.c.agency_id)
        )
        return [ByAgency(**_whole(row)) for row in await self._all(statement)]

    async def cancelled(self, first: datetime, until: datetime) -> list[CancelledSession]:
        """Cancelled sessions of a period, with the reason that was recorded last."""
        statement = (
            sa.select(sessions.c.ref, sessions.c.course_id, sessions.c.starts_at, events.c.detail)
            .outerjoin(
                events,
                sa.and_(
                    events.c.subject_kind == "session",
                    events.c.subject_id == sessions.c.id,
                    events.c.verb == SessionState.CANCELLED.value,
                ),
            )
            .where(
                sessions.c.starts_at >= first,
                sessions.c.starts_at < until,
                sessions.c.state == SessionState.CANCELLED.value,
            )
            .order_by(sessions.c.starts_at, sessions.c.id, events.c.id)
        )
        found: dict[str, CancelledSession] = {}
        for row in await self._all(statement):
            reason = str((row.detail or {}).get("reason") or "")
            found[row.ref] = CancelledSession(row.ref, row.course_id, row.starts_at, reason)
        return list(found.values())

    async def funnel(self, first: datetime, until: datetime) -> Funnel:
        """How far people who attended in a period came with the impact evaluation."""
        told = sa.exists().where(
            notices.c.kind == LadderKind.IMPACT_EVALUATION.value,
            notices.c.subject_id == evaluations.c.id,
            notices.c.person_id == evaluations.c.person_id,
            notices.c.state == NoticeState.SENT.value,
        )
        comment = evaluations.alias("comment")
        of_manager = sa.and_(comment.c.booking_id == bookings.c.id, comment.c.kind == EvaluationKind.MANAGER.value)
        impact = sa.and_(evaluations.c.booking_id == bookings.c.id, evaluations.c.kind == EvaluationKind.IMPACT.value)
        statement = (
            sa.select(
                sa.func.count(bookings.c.id).label("attended"),
                sa.func.count(evaluations.c.id).label("owed"),
                _sum(told, "invited"),
                sa.func.count(evaluations.c.answered_at).label("answered"),
                sa.func.count(comment.c.answered_at).label("commented"),
                sa.func.count(certificates.c.id).label("certified"),
            )
            .select_from(bookings)
            .join(sessions, sessions.c.id == bookings.c.session_id)
            .outerjoin(evaluations, impact)
            .outerjoin(comment, of_manager)
            .outerjoin(certificates, certificates.c.booking_id == bookings.c.id)
            .where(*_began(first, until), _in_state(BookingState.ATTENDED))
        )
        return Funnel(**_whole((await self._all(statement))[0]))

    async def answers(self, first: datetime, until: datetime) -> list[Answers]:
        """What was answered about sessions of a period: impact evaluations and line managers' comments."""
        asked = (EvaluationKind.IMPACT.value, EvaluationKind.MANAGER.value)
        of_booking = sa.and_(evaluations.c.booking_id == bookings.c.id, evaluations.c.kind.in_(asked))
        statement = (
            sa.select(sessions.c.course_id, evaluations.c.answers)
            .select_from(sessions)
            .join(bookings, bookings.c.session_id == sessions.c.id)
            # Outer, so that every database begins with the year's sessions and not with all evaluations there are.
            .outerjoin(evaluations, of_booking)
            .where(*_began(first, until), _in_state(BookingState.ATTENDED))
            .order_by(sessions.c.starts_at, evaluations.c.id)
        )
        return [Answers(row.course_id, row.answers) for row in await self._all(statement) if row.answers]

    async def plans(self, today: date) -> list[PlanCount]:
        """Action items by plan, as they stand."""
        is_open = action_items.c.state == ActionState.OPEN.value
        to_chase = sa.and_(is_open, sa.not_(ASKS_NOBODY))
        statement = (
            sa.select(
                action_items.c.plan_id,
                _sum(is_open, "open"),
                _sum(action_items.c.state == ActionState.DONE.value, "done"),
                _sum(action_items.c.state == ActionState.CLOSED.value, "closed"),
                _sum(sa.and_(is_open, action_items.c.due_on < today), "overdue"),
                _sum(sa.and_(to_chase, sa.not_(OWNER_HERE)), "unowned"),
                _sum(sa.and_(to_chase, action_items.c.due_on.is_(None)), "undated"),
                _sum(sa.and_(is_open, ASKS_NOBODY), "unchased"),
            )
            .group_by(action_items.c.plan_id)
            .order_by(sa.func.min(action_items.c.id))
        )
        return [PlanCount(**_whole(row)) for row in await self._all(statement)]

    async def notices(self, first: datetime, until: datetime) -> Sequence[NoticeCount]:
        """Notices that fell due in a period, by kind, state and the reason of it."""
        by = (notices.c.kind, notices.c.state, notices.c.reason)
        statement = (
            sa.select(*by, sa.func.count().label("how_many"))
            .where(notices.c.due_at >= first, notices.c.due_at < until)
            .group_by(*by)
            .order_by(notices.c.kind, notices.c.state, sa.func.coalesce(notices.c.reason, ""))
        )
        return [NoticeCount(**_whole(row)) for row in await self._all(statement)]
