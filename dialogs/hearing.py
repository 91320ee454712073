"""Hears one activity from beginning to end: once, as one transaction, for whoever is really speaking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from dialogs import about, lapsing
from dialogs.danger import calls_for_help
from dialogs.guidance.articles import emergency_reply
from dialogs.router import VERBS, respond
from dialogs.talk import Reply, Said
from dialogs.turn import Turn
from services import people
from services.errors import DuplicateActivity
from services.introductions import Introductions
from services.model import Place, Sender, Whereabouts
from services.rulebook import Rulebook
from services.understanding import Understands
from services.work import Database

log = structlog.get_logger()


@dataclass(frozen=True)
class Hearing:
    """The core that every front end calls: Teams, the terminal, the tests."""

    database: Database
    rules: Rulebook
    guide: Understands
    introductions: Introductions | None = None
    """Who asks who a stranger is; None where there is nobody to ask."""

    async def hear(
        self, sender: Sender, said: Said, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        """Answer words or a press. What was heard, what it changed and where the talk stands are kept together.

        Raises `DuplicateActivity` if this activity was heard before, `StoreUnavailable` if the database is away.
        """
        replies = await self._answered(sender, said, where, activity_id, now, meeting=True)
        if replies is None and self.introductions is not None:
            await self.introductions.meet_once(sender, where, now=now)
            replies = await self._answered(sender, said, where, activity_id, now, meeting=False)
        verb = said.verb if said.verb in VERBS else said.verb and "unknown"  # a card may carry anything, a name too
        log.info("answered", action="turn_answered", verb=verb, place=said.place.value)
        return replies or ()

    async def _answered(
        self,
        sender: Sender,
        said: Said,
        where: Whereabouts,
        activity_id: str | None,
        now: datetime,
        *,
        meeting: bool,
    ) -> Sequence[Reply] | None:
        """The answer; with `meeting`, None for a stranger about whom to ask first: then nothing has been kept."""
        async with self.database.work() as work:
            if activity_id and not await work.conversations.first_hearing(where, activity_id, now):
                raise DuplicateActivity
            seen = await people.seen(work, sender, where, now=now)
            if meeting and seen.person is None and self._to_meet(sender, where, now):
                return None
            stood = seen.flow if where.place is Place.PERSONAL else {}
            turn = await lapsing.current(Turn(said, sender, seen.person, stood, work, self.rules, self.guide, now))
            answered = await lapsing.told(turn, stood, await respond(turn))
            if turn.personal and dict(answered.state) != dict(stood):
                await work.conversations.set_flow(where, answered.state)
            await work.commit()
        return answered.replies

    def in_danger(self, said: Said) -> Reply | None:
        """Whom to call, for words that call for help. It needs no records: it is said also when `hear` fails."""
        pack = self.rules.pack
        return emergency_reply(pack) if calls_for_help(said, pack, self.guide) else None

    def _to_meet(self, sender: Sender, where: Whereabouts, now: datetime) -> bool:
        return self.introductions is not None and self.introductions.due(sender, where, now)

    async def met(
        self, sender: Sender | None, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        """The bot was installed or added: remember the route and say what it is.

        Raises `DuplicateActivity` if this activity was heard before: nobody is welcomed twice.
        """
        async with self.database.work() as work:
            if activity_id and not await work.conversations.first_hearing(where, activity_id, now):
                raise DuplicateActivity
            seen = await people.seen(work, sender, where, now=now)
            await work.commit()
        if self.introductions is not None and sender is not None and seen.person is None:
            await self.introductions.meet_once(sender, where, now=now)
        return [about.welcome(self.rules.pack, personal=where.place is Place.PERSONAL)]

    async def left(self, sender: Sender | None, *, where: Whereabouts, now: datetime) -> None:
        """The bot was removed: nothing more is sent into this conversation."""
        async with self.database.work() as work:
            await people.uninstalled(work, where)
            await work.commit()
