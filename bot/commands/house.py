"""Builds the product out of its settings: what every command that needs records shares."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from config.pack import Pack, load_pack
from config.setting_kinds import sender_of
from config.settings import Settings
from services.guidance.build import guide_for
from services.rulebook import Rulebook, workdays_of

if TYPE_CHECKING:
    from dialogs.hearing import Hearing
    from services.notices.delivery import Postman
    from services.ports import Mailer, Messenger
    from services.understanding import Guide
    from services.work import Database


log = structlog.get_logger(__name__)


class NotReady(Exception):
    """The command cannot work as things are. The message says what to do, and is for the operator."""


def clock() -> datetime:
    """The one place where the time is read (aware, UTC). Everything behind the door is told the time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class House:
    """The product without a way in or out: records, rules, and the dialogs over them."""

    settings: Settings
    pack: Pack
    guide: Guide
    rules: Rulebook
    database: Database
    hearing: Hearing

    def postman(self, messenger: Messenger | None, *, name: str, ignore_quiet: bool = False) -> Postman | None:
        """Who delivers what is due; None when there is neither Teams nor a mail server to deliver by."""
        from dialogs.notices import Renderer
        from services.notices.delivery import Postman

        mailer = mailer_of(self.settings, self.database)
        if messenger is None and mailer is None:
            return None
        _, organiser = sender_of(self.settings.mail_from) or ("", "")
        return Postman(
            self.database,
            self.rules,
            Renderer(self.rules, organiser),
            messenger,
            mailer,
            name,
            ignore_quiet=ignore_quiet,
        )


def mailer_of(settings: Settings, database: Database) -> Mailer | None:
    """The way out by e-mail, where a mail server or a mailbox is set."""
    from services.mail.smtp import SmtpMailer

    if settings.graph_mailbox:
        return _graph_mailer(settings, database)
    if settings.smtp_url is None:
        return None
    return SmtpMailer(settings.smtp_url.get_secret_value(), sender=settings.mail_from, clock=clock)


def _graph_mailer(settings: Settings, database: Database) -> Mailer:
    from services.entra import EntraToken
    from services.mail.graph import GRAPH_SCOPE, PER_MINUTE, GraphMailer
    from services.notices.pacing import SharedPace

    token = EntraToken(
        app_id=settings.app_id,
        credential=settings.app_password.get_secret_value() if settings.app_password else "",
        tenant_id=settings.graph_tenant_id or settings.app_tenant_id,
        scope=GRAPH_SCOPE,
    )
    pace = SharedPace(database, per_second=PER_MINUTE / 60)
    return GraphMailer(token, mailbox=settings.graph_mailbox, clock=clock, pace=pace)


def rules_of(settings: Settings) -> tuple[Pack, Guide, Rulebook]:
    """The partnership's folder, what reads messages against it, and its rules. Raises `PackError`."""
    pack = load_pack(settings.pack)
    guide = guide_for(pack)
    workdays = workdays_of(pack.partnership.calendar)
    return pack, guide, Rulebook(pack, workdays, guide.identifiers_in, by_mail=settings.sends_mail)


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """The house with its database open and at the tables that this version expects.

    SQLite is brought there at once, for it belongs to this process; another database is only looked at.
    Raises `NotReady`, `PackError`, `StoreUnavailable`.
    """
    from dialogs.hearing import Hearing
    from services.work import Database

    pack, guide, rules = rules_of(settings)
    database = Database.open(settings.database_url)
    try:
        await _at_this_version(database)
        yield House(settings, pack, guide, rules, database, Hearing(database, rules, guide))
    finally:
        await database.close()


def _say_if_new(path: Path) -> None:
    """A mistyped path would otherwise pass for an installation that has lost everything."""
    if not path.exists():
        log.info("a new, empty database is made", action="database_made", path=str(path))


async def _at_this_version(database: Database) -> None:
    from services.migrations import current_revision, head, migrate

    if database.engine.dialect.name == "sqlite":
        _say_if_new(Path(str(database.engine.url.database)))
        await migrate(database.engine)
    elif await current_revision(database.engine) != head():
        raise NotReady("The database is not at this version's tables. Run `python -m bot migrate` first.")
