"""A chat with the bot as people have it: Harrow's rules, the real guide, words and presses through the one core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from dialogs.button_titles import BUTTONS
from dialogs.cards import verbs_in
from dialogs.hearing import Hearing
from dialogs.router import VERBS
from dialogs.talk import Reply, Said
from dialogs.turn import ASKED_AT
from services.model import Challenge, Person, Place, Role
from services.work import Database
from tests.builders import a_chat, a_sender, add_person
from tests.services.harrow import BetweenTopics, screened_rules

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
"""A Wednesday. No bank holiday until Christmas."""
MOST_BYTES = 28_000
FIELDS: dict[str, object] = {
    "own": "secondary-school",
    "other": "children-services",
    "stage": "1",
    "since": "2026-11-24",
    "subject": "A threshold decision",
    "note": "",
    "form": "form-1",
}
"""What the card to log a challenge sends."""


@dataclass
class Chat:
    database: Database
    now: datetime = NOW
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def person(self, name: str, *, agency: str | None = None, roles: Iterable[Role] = ()) -> Person:
        async with self.database.work() as work:
            person = await add_person(work, name, roles=roles)
            if agency:
                await work.people.change(person.id, agency_id=agency)
            await work.commit()
        return person

    async def _hear(self, name: str, said: Said) -> Reply:
        hearing = Hearing(self.database, screened_rules(), BetweenTopics())
        activity_id = f"a{next(self._numbers)}"
        where = a_chat(name, said.place)
        replies = await hearing.hear(a_sender(name), said, where=where, activity_id=activity_id, now=self.now)
        # an answer to a question in between is followed by the form's own question
        reply = Reply("\n\n".join(one.text for one in replies), replies[0].card)
        if reply.card is not None:
            assert verbs_in(reply.card) <= VERBS.keys()
            assert top_actions(reply) <= 6
            assert len(str(reply.card).encode()) < MOST_BYTES
        return reply

    async def say(self, name: str, text: str, *, place: Place = Place.PERSONAL) -> Reply:
        return await self._hear(name, Said(text, place=place))

    async def press(self, name: str, verb: str, **data: object) -> Reply:
        return await self._hear(name, Said("", verb, {key: str(value) for key, value in data.items()}))

    async def press_in_channel(self, name: str, verb: str, **data: object) -> Reply:
        return await self._hear(name, Said("", verb, {key: str(value) for key, value in data.items()}, Place.CHANNEL))

    async def flow(self, name: str) -> Mapping[str, str]:
        """Where the talk stands, but for since when, and the buttons last shown."""
        async with self.database.reading() as work:
            flow = await work.conversations.flow(a_chat(name))
        return {key: value for key, value in flow.items() if key not in (BUTTONS, ASKED_AT)}

    async def challenges(self) -> list[Challenge]:
        async with self.database.reading() as work:
            return list((await work.challenges.by_ids(range(1, 100))).values())


def buttons(reply: Reply) -> list[dict[str, object]]:
    """Every button of a card, those inside forms included, in reading order."""
    return list(_presses(reply.card))


def _presses(node: object) -> Iterator[dict[str, object]]:
    if isinstance(node, Mapping):
        if node.get("type") == "Action.Execute":
            yield dict(node)
        for value in node.values():
            yield from _presses(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _presses(value)


def top_actions(reply: Reply) -> int:
    """Buttons that are seen at once: a form behind one of them counts as one, words that can be tapped as none."""
    return _shown(reply.card)


def _shown(node: object) -> int:
    if isinstance(node, Mapping):
        if str(node.get("type", "")).startswith("Action."):
            return 1
        return sum(_shown(value) for key, value in node.items() if key != "selectAction")
    return sum(_shown(value) for value in node) if isinstance(node, list | tuple) else 0
