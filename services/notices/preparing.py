"""Makes claimed letters ready to send: is it still owed, in which words, to which address. Sends nothing.

A notice that cannot be checked or worded fails by itself: a poison row never stops the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from services.errors import StoreUnavailable
from services.model import Notice, Person
from services.notices.checking import check
from services.notices.claiming import Letter
from services.notices.kinds.climbing import Verdict
from services.notices.outcomes import Ready
from services.notices.subjects import UNCHECKED, UNWORDED, Ended, Subject
from services.ports import Message, Route
from services.rulebook import Rulebook
from services.work import Database

log = structlog.get_logger()

Render = Callable[[Person, Sequence[tuple[Notice, Subject]], datetime], Message]
"""Words for one person: one urgent notice, or a digest of several."""
Pairs = tuple[tuple[Notice, Subject], ...]


@dataclass(slots=True)
class Prepared:
    """Letters that can be sent, and notices that must not be, with how they ended."""

    ready: list[Ready] = field(default_factory=list)
    over: list[tuple[Notice, Ended]] = field(default_factory=list)


@dataclass(frozen=True)
class Preparer:
    """Looks again at the moment of sending. Reads only, so that nobody waits for it."""

    database: Database
    rules: Rulebook
    render: Render

    async def prepare(self, letters: Sequence[Letter], now: datetime, *, by_teams: bool) -> Prepared:
        """Check, address and word these letters as things stand at `now`. Raises `StoreUnavailable`."""
        verdicts = await self._verdicts([notice for letter in letters for notice in letter.notices], now)
        people, routes = await self._addresses({letter.person_id for letter in letters}, by_teams=by_teams)
        prepared = Prepared()
        for letter in letters:
            person = people[letter.person_id]
            pairs = _still_owed(letter, verdicts, prepared)
            message, pairs = self._words(person, pairs, now, prepared)
            if message is not None:
                route = routes.get(letter.person_id)
                parts = self._apart(person, pairs, message, now) if route else [(pairs, message)]
                prepared.ready += [Ready(person, route, some, words) for some, words in parts]
        return prepared

    async def _verdicts(self, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
        try:
            async with self.database.reading() as work:
                return await check(work, self.rules, notices, now)
        except StoreUnavailable:
            raise
        except Exception:
            if len(notices) > 1:
                return await self._one_by_one(notices, now)
            log.exception("a notice could not be checked", action="check_failed", notice=notices[0].id)
            return {notices[0].id: UNCHECKED}

    async def _one_by_one(self, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
        """Something among these breaks the check: leave out what does, and check the rest together."""
        alone = {notice.id: (await self._verdicts([notice], now))[notice.id] for notice in notices}
        sound = [notice for notice in notices if alone[notice.id] is not UNCHECKED]
        if len(sound) == len(notices) or not sound:
            return alone
        return alone | await self._verdicts(sound, now)

    async def _addresses(self, person_ids: set[int], *, by_teams: bool) -> tuple[dict[int, Person], dict[int, Route]]:
        async with self.database.reading() as work:
            people = await work.people.by_ids(person_ids)
            return people, await work.conversations.routes(person_ids) if by_teams else {}

    def _words(self, person: Person, pairs: Pairs, now: datetime, prepared: Prepared) -> tuple[Message | None, Pairs]:
        """The message and what it is about, without what cannot be put into words; None if nothing is left to say."""
        if not pairs:
            return None, pairs
        try:
            return self.render(person, pairs, now), pairs
        except Exception:
            log.exception("a notice could not be worded", action="render_failed", notices=[one.id for one, _ in pairs])
        sound = tuple(pair for pair in pairs if self._can_word(person, pair, now))
        if len(sound) == len(pairs):
            # It is not one of them but the message as a whole, and that would fail again.
            sound = ()
        kept = {notice.id for notice, _ in sound}
        prepared.over += [(notice, UNWORDED) for notice, _ in pairs if notice.id not in kept]
        return self._words(person, sound, now, prepared)

    def _apart(self, person: Person, pairs: Pairs, message: Message, now: datetime) -> list[tuple[Pairs, Message]]:
        """What has a file goes by e-mail; what else the message says has buttons, and goes to who has a chat there."""
        whole = [(pairs, message)]
        if not message.attachments:
            return whole
        try:
            files = tuple(pair for pair in pairs if self.render(person, (pair,), now).attachments)
            rest = tuple(pair for pair in pairs if pair not in files)
            return [(some, self.render(person, some, now)) for some in (rest, files)] if rest else whole
        except Exception:
            log.exception("a message could not be parted", action="render_failed", notices=[one.id for one, _ in pairs])
            return whole

    def _can_word(self, person: Person, pair: tuple[Notice, Subject], now: datetime) -> bool:
        try:
            self.render(person, (pair,), now)
        except Exception:
            return False
        return True


def _still_owed(letter: Letter, verdicts: dict[int, Verdict], prepared: Prepared) -> Pairs:
    """What of a letter is to be sent; what is over is noted."""
    owed: list[tuple[Notice, Subject]] = []
    for notice in letter.notices:
        verdict = verdicts[notice.id]
        if isinstance(verdict, Ended):
            prepared.over.append((notice, verdict))
        else:
            owed.append((notice, verdict))
    return tuple(owed)
