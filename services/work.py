"""One unit of work: a transaction with the rows reached through it. Leaving without `commit` rolls back."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cached_property

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.errors import ServiceError, StoreUnavailable
from services.store.action_notes import ActionNoteRows, ActionRequestRows
from services.store.actions import ActionRows
from services.store.attempts import AttemptRows
from services.store.bookings import BookingRows
from services.store.certificates import CertificateRows
from services.store.challenges import ChallengeRows
from services.store.charges import ChargeRows
from services.store.claims import ClaimRows
from services.store.conversations import ConversationRows
from services.store.doubts import DoubtRows
from services.store.engine import (
    READ_ONLY,
    first_words,
    no_writing,
    one_at_a_time,
    open_engine,
    refusing_to_write,
)
from services.store.evaluations import EvaluationRows
from services.store.events import EventRows
from services.store.gaps import GapRows
from services.store.health import HealthRows
from services.store.holders import HolderRows
from services.store.imports import ImportRows
from services.store.interests import InterestRows
from services.store.invitations import InvitationRows
from services.store.notices import NoticeRows
from services.store.office import OfficeRows
from services.store.pace import PaceRows
from services.store.people import PeopleRows
from services.store.reports import ReportRows
from services.store.retention import RetentionRows
from services.store.sessions import SessionRows
from services.store.snoozes import SnoozeRows
from services.store.subjects import SubjectRows
from services.store.tickets import TicketRows
from services.store.weeks import WeekRows

_READ_ONLY_TRANSACTION = "25006"
"""PostgreSQL's code for a server that only reads, as one does for a while that takes over from another."""
PATIENCE = 30.0
"""Seconds that a writer waits for its turn on SQLite: as long as SQLite itself would wait for another process."""


class Work:
    """The rows of one transaction, by topic. Use cases take it as their first argument and never commit."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def commit(self) -> None:
        """Make everything done through this unit of work durable, all or nothing."""
        await self._connection.commit()

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """All of what the block does, or none of it when a use case refuses; what was done before it stays either way.

        Not for use inside itself. A success is kept by the commit, so it costs no statement of its own.
        """
        savepoint = await self._connection.begin_nested()
        try:
            yield
        except ServiceError:
            await savepoint.rollback()
            raise

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        """All of what the block does, or none of it whatever breaks in it: what follows goes on as if it never ran.

        Raises what broke, and `StoreUnavailable` when the database is away, after which nothing can go on.
        """
        with _told_when_away():
            async with self._connection.begin_nested():
                yield

    async def one_at_a_time(self) -> None:
        """Wait for whoever is adding records just now. Two at once would each find one missing and add it twice."""
        await one_at_a_time(self._connection)

    @asynccontextmanager
    async def only_reading(self) -> AsyncIterator[None]:
        """While this lasts the database refuses to write, as in `Database.reading()`, and then as before."""
        async with refusing_to_write(self._connection):
            yield

    @cached_property
    def people(self) -> PeopleRows:
        """People, their roles and line managers."""
        return PeopleRows(self._connection)

    @cached_property
    def conversations(self) -> ConversationRows:
        """Where people can be reached, and where their dialogue stands."""
        return ConversationRows(self._connection)

    @cached_property
    def sessions(self) -> SessionRows:
        """Dated events and their places."""
        return SessionRows(self._connection)

    @cached_property
    def bookings(self) -> BookingRows:
        """Places taken, waited for and given back."""
        return BookingRows(self._connection)

    @cached_property
    def interests(self) -> InterestRows:
        """Who wants to be told when a course has a date."""
        return InterestRows(self._connection)

    @cached_property
    def charges(self) -> ChargeRows:
        """Charges due per policy."""
        return ChargeRows(self._connection)

    @cached_property
    def evaluations(self) -> EvaluationRows:
        """Evaluations owed and answered."""
        return EvaluationRows(self._connection)

    @cached_property
    def certificates(self) -> CertificateRows:
        """Certificates that were issued."""
        return CertificateRows(self._connection)

    @cached_property
    def office(self) -> OfficeRows:
        """Sessions and bookings a page at a time, as the office looks at them."""
        return OfficeRows(self._connection)

    @cached_property
    def invitations(self) -> InvitationRows:
        """Calendar entries as they were last sent out."""
        return InvitationRows(self._connection)

    @cached_property
    def actions(self) -> ActionRows:
        """Action items of all plans."""
        return ActionRows(self._connection)

    @cached_property
    def tickets(self) -> TicketRows:
        """Questions handed to a person."""
        return TicketRows(self._connection)

    @cached_property
    def gaps(self) -> GapRows:
        """What the guidance did not answer, and what is asked about often."""
        return GapRows(self._connection)

    @cached_property
    def holders(self) -> HolderRows:
        """Who holds the posts that own guidance."""
        return HolderRows(self._connection)

    @cached_property
    def action_notes(self) -> ActionNoteRows:
        """What was written about action items."""
        return ActionNoteRows(self._connection)

    @cached_property
    def action_requests(self) -> ActionRequestRows:
        """What the owners of action items asked for."""
        return ActionRequestRows(self._connection)

    @cached_property
    def snoozes(self) -> SnoozeRows:
        """Reminders that people asked to have later."""
        return SnoozeRows(self._connection)

    @cached_property
    def retention(self) -> RetentionRows:
        """What has been kept long enough."""
        return RetentionRows(self._connection)

    @cached_property
    def subjects(self) -> SubjectRows:
        """Everything held about one person."""
        return SubjectRows(self._connection)

    @cached_property
    def challenges(self) -> ChallengeRows:
        """Professional disagreements being escalated."""
        return ChallengeRows(self._connection)

    @cached_property
    def notices(self) -> NoticeRows:
        """The ledger of what is owed to whom."""
        return NoticeRows(self._connection)

    @cached_property
    def claims(self) -> ClaimRows:
        """Which notices are being sent, and by whom."""
        return ClaimRows(self._connection)

    @cached_property
    def attempts(self) -> AttemptRows:
        """Every attempt to deliver a notice."""
        return AttemptRows(self._connection)

    @cached_property
    def pace(self) -> PaceRows:
        """How fast may be sent, over all processes."""
        return PaceRows(self._connection)

    @cached_property
    def doubts(self) -> DoubtRows:
        """What delivery could not settle by itself."""
        return DoubtRows(self._connection)

    @cached_property
    def weeks(self) -> WeekRows:
        """What a week came to."""
        return WeekRows(self._connection)

    @cached_property
    def health(self) -> HealthRows:
        """How delivery stands."""
        return HealthRows(self._connection)

    @cached_property
    def events(self) -> EventRows:
        """Who did what, when: written in the transaction of the deed itself."""
        return EventRows(self._connection)

    @cached_property
    def imports(self) -> ImportRows:
        """Many rows at once, for files."""
        return ImportRows(self._connection)

    @cached_property
    def reports(self) -> ReportRows:
        """Figures over many rows."""
        return ReportRows(self._connection)


class Database:
    """Hands out units of work. Built once at the door."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        # SQLite has one writer at a time. Waiting for it here is fair; its own waiting is a lottery.
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    def open(cls, url: str, *, pool_size: int = 10) -> Database:
        """A database for an SQLAlchemy URL with an async driver."""
        return cls(open_engine(url, pool_size=pool_size))

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """A transaction that may write. Raises `StoreUnavailable` when the database is away."""
        async with self._own_turn(), self._connected() as connection:
            yield Work(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """A transaction that only reads, so that it never waits for a writer on SQLite.

        The database refuses to write in it: on SQLite a write would fail, but only when another came between.
        """
        async with self._connected() as connection:
            await connection.execution_options(**{READ_ONLY: True})
            with no_writing():
                yield Work(connection)

    @asynccontextmanager
    async def _own_turn(self) -> AsyncIterator[None]:
        if self._turn is None:
            yield
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turn.acquire()
        except TimeoutError as error:
            raise StoreUnavailable("no turn to write in time") from error
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        with _told_when_away():
            async with self.engine.connect() as connection:
                yield connection

    async def close(self) -> None:
        """Close every pooled connection."""
        await self.engine.dispose()


@contextmanager
def _told_when_away() -> Iterator[None]:
    """Tell a database that is away from a statement that is wrong. Raises `StoreUnavailable`."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        if _is_our_mistake(error):
            raise
        raise StoreUnavailable(first_words(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated or getattr(error.orig, "sqlstate", None) == _READ_ONLY_TRANSACTION:
            raise StoreUnavailable(first_words(error)) from error
        raise


def _is_our_mistake(error: Exception) -> bool:
    """True for a statement that SQLite cannot make sense of, which it reports as it does a file that is away."""
    return getattr(getattr(error, "orig", None), "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
