"""Talking to the bot about action items: whole turns, through the same door as Teams."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from config.words import Command
from dialogs import cards
from dialogs.hearing import Hearing
from dialogs.router import VERBS
from dialogs.talk import Reply, Said
from services.commands import CommandBook
from services.model import ActionItem, Person, Place, Role
from services.rulebook import Rulebook
from services.screening.kinds import IdentifierKind
from services.understanding import Outcome, Understanding
from services.work import Database
from tests.builders import a_chat, a_screen, a_sender, add_person
from tests.fakes import LARGEST_CARD


class PlainGuide:
    """Knows commands word for word, sees the one identifier of the tests, and no guidance."""

    book = CommandBook([])

    def identifiers_in(self, text: str) -> frozenset[IdentifierKind]:
        return a_screen(text)

    def understand(self, text: str, *, topic: str | None = None) -> Understanding:
        command: Command | None = self.book.exactly(text.lower().replace("-", " ").split())
        if command is not None:
            return Understanding(Outcome.COMMAND, command=command)
        if "@" in text or a_screen(text):
            return Understanding(Outcome.IDENTIFIABLE, identifiers=frozenset({IdentifierKind.EMAIL}))
        return Understanding(Outcome.OUT_OF_SCOPE)


@dataclass
class Talk:
    database: Database
    rules: Rulebook
    now: datetime
    _numbers: count[int] = field(default_factory=lambda: count(1))

    async def person(self, name: str, *, roles: Iterable[Role] = (), **more: object) -> Person:
        """Somebody in Teams; `more` are columns of the people table."""
        async with self.database.work() as work:
            person = await add_person(work, name, roles=roles)
            if more:
                await work.people.change(person.id, **more)
            await work.commit()
            found = await work.people.by_id(person.id)
        assert found is not None
        return found

    async def item(self, ref: str, **values: object) -> ActionItem:
        """An open action item; `values` are columns of its table."""
        async with self.database.work() as work:
            item_id = await work.actions.add(**{"ref": ref, "plan_id": "plan", "action": f"Do {ref}", **values})
            await work.commit()
        return await self.get(item_id)

    async def get(self, item: int | ActionItem) -> ActionItem:
        """An item as it stands."""
        async with self.database.reading() as work:
            found = await work.actions.by_id(item if isinstance(item, int) else item.id)
        assert found is not None
        return found

    async def say(self, who: Person, text: str, *, place: Place = Place.PERSONAL) -> str:
        """What the bot answers to words."""
        return (await self._hear(who, Said(text, place=place), place)).text

    async def press(self, who: Person, verb: str, **data: object) -> str:
        """What the bot answers to a button, in words."""
        return (await self.pressed(who, verb, **data)).text

    async def pressed(self, who: Person, verb: str, **data: object) -> Reply:
        """The whole answer to a button."""
        fields = {key.replace("__", "-"): str(value) for key, value in data.items()}
        return await self._hear(who, Said("", verb, fields), Place.PERSONAL)

    async def shown(self, who: Person, text: str) -> Reply:
        """The whole answer to words."""
        return await self._hear(who, Said(text), Place.PERSONAL)

    async def _hear(self, who: Person, said: Said, place: Place) -> Reply:
        hearing = Hearing(self.database, self.rules, PlainGuide())
        number = str(next(self._numbers))
        replies = await hearing.hear(
            a_sender(who.name), said, where=a_chat(who.name, place), activity_id=number, now=self.now
        )
        reply = Reply("\n\n".join(one.text for one in replies), replies[0].card)
        if reply.card is not None:
            assert len(json.dumps(reply.card).encode()) < LARGEST_CARD
            assert cards.verbs_in(reply.card) <= set(VERBS)
        return reply
