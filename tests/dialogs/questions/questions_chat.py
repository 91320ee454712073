"""A chat with the bot under Harrow's own pack, and the post that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from dialogs import cards
from dialogs.hearing import Hearing
from dialogs.notices import Renderer
from dialogs.router import VERBS
from dialogs.talk import Reply, Said
from services.model import Person, Place, Role, Ticket, Whereabouts
from services.ports import Message
from services.work import Database
from tests.builders import SERVICE_URL, TENANT, a_chat, a_sender, add_person
from tests.services.harrow import BetweenTopics, screened_rules
from tests.services.notices.office import Office

NOW = datetime(2027, 1, 15, 11, tzinfo=UTC)
"""A Friday, 11am in London."""
CHANNEL = Whereabouts("19:channel", SERVICE_URL, Place.CHANNEL, TENANT, "28:bot")
_activities = count(1)


@dataclass
class Chat:
    """Everybody's personal chat, and one channel. `now` may be moved."""

    database: Database
    now: datetime = NOW
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        rules = screened_rules()
        self.office = Office(self.database, rules, render=Renderer(rules))

    async def join(self, name: str, *, owns: Iterable[str] = (), roles: Iterable[Role] = ()) -> Person:
        async with self.database.work() as work:
            person = await add_person(work, name, roles=roles)
            await work.holders.set_keys(person.id, list(owns))
            await work.commit()
        return person

    async def types(self, name: str, text: str, place: Place = Place.PERSONAL) -> Reply:
        return await self._hear(name, Said(text, place=place))

    async def sends(self, name: str, said: Said) -> Reply:
        """Anything that can be said: words with a picture, for one."""
        return await self._hear(name, said)

    async def presses(self, name: str, verb: str, place: Place = Place.PERSONAL, **data: str | int) -> Reply:
        return await self._hear(name, Said("", verb, {key: str(value) for key, value in data.items()}, place))

    async def _hear(self, name: str, said: Said) -> Reply:
        hearing = Hearing(self.database, screened_rules(), BetweenTopics())
        where = a_chat(name) if said.place is Place.PERSONAL else CHANNEL
        activity = f"q{next(_activities)}"
        replies = await hearing.hear(a_sender(name), said, where=where, activity_id=activity, now=self.now)
        # what became of a form that was left stands in a reply of its own
        reply = Reply("\n\n".join(one.text for one in replies), replies[0].card)
        if reply.card is not None:
            assert cards.verbs_in(reply.card) <= VERBS.keys()
            assert len(str(reply.card)) < cards.MOST_BYTES
            assert buttons(reply).count("") == 0
            assert len(buttons(reply)) <= cards.MOST_ACTIONS
        return reply

    async def post(self) -> None:
        """Plan and deliver what is due now."""
        await self.office.plan_and_deliver(self.now)

    def inbox(self, name: str) -> list[Message]:
        """What somebody was sent unasked, oldest first."""
        return self.office.messenger.to(name)

    async def ticket(self, number: int = 1) -> Ticket:
        async with self.database.reading() as work:
            found = await work.tickets.by_id(number)
        assert found is not None
        return found

    async def tickets(self) -> list[Ticket]:
        async with self.database.reading() as work:
            return await work.tickets.waiting()


def buttons(reply: Reply) -> list[str]:
    """The titles of the buttons of a card, in their order; those that a button reveals are not counted."""

    def walk(node: object) -> list[str]:
        if isinstance(node, dict):
            if str(node.get("type", "")).startswith("Action."):
                return [str(node["title"])]
            return [title for value in node.values() for title in walk(value)]
        return [title for value in node for title in walk(value)] if isinstance(node, list) else []

    return walk(dict(reply.card or {}))


def verbs(reply: Reply) -> set[str]:
    return cards.verbs_in(reply.card)


async def everything_stored(database: Database) -> str:
    """Every cell of every table, to look for what must not be there."""
    from services.tables import metadata

    async with database.engine.connect() as connection:
        cells = [str(row) for table in metadata.sorted_tables for row in (await connection.execute(table.select()))]
    return "\n".join(cells)
