"""Talks with the bot as people do: words and presses in, replies out, each turn through the real hearing."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.hearing import Hearing
from dialogs.notices import Renderer
from dialogs.office import verbs
from dialogs.talk import Reply, Said
from services.notices.delivery import Postman
from services.notices.planning import plan
from services.rulebook import Rulebook
from services.understanding import Guide
from services.work import Database
from tests.builders import a_chat, a_sender
from tests.fakes import LARGEST_CARD, FakeMailer, FakeMessenger

MOST_ACTIONS = 6


@dataclass
class Chat:
    """The bot with its clock in the test's hand."""

    database: Database
    rules: Rulebook
    guide: Guide
    now: datetime
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    _last: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def again(self, name: str, /, verb: str, **data: object) -> Reply:
        """The press of just now, sent once more by Teams."""
        said = Said("", verb, {key: str(value) for key, value in data.items()})
        return await self._hear(name, said, self._last)

    async def _hear(self, name: str, said: Said, activity: str = "") -> Reply:
        hearing = Hearing(self.database, self.rules, self.guide)
        activity = activity or f"activity-{next(self._ids)}"
        self._last = activity
        heard = await hearing.hear(a_sender(name), said, where=a_chat(name), activity_id=activity, now=self.now)
        (reply,) = heard
        if reply.card is not None:
            assert len(json.dumps(reply.card).encode()) < LARGEST_CARD
            assert all(len(row) <= MOST_ACTIONS for row in _rows(reply.card))
        return reply

    async def say(self, name: str, text: str) -> Reply:
        return await self._hear(name, Said(text))

    async def press(self, name: str, /, verb: str, **data: object) -> Reply:
        return await self._hear(name, Said("", verb, {key: str(value) for key, value in data.items()}))

    async def sweep(self) -> None:
        """Plan and send what is due, as the timetable does every minute."""
        async with self.database.work() as work:
            await plan(work, self.rules, self.now)
            await work.commit()
        renderer = Renderer(self.rules, "training@example.org")
        postman = Postman(
            self.database,
            self.rules,
            renderer,
            self.messenger,
            self.mailer,
            "postman",
            ignore_quiet=True,
            elapsed=lambda: 0.0,
        )
        await postman.deliver_due(self.now)


def nodes(node: object) -> Iterator[Mapping[str, Any]]:
    """Every element of a card, those inside forms included."""
    if isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key != "fallback":
                yield from nodes(value)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from nodes(one)


def _rows(card: object) -> Iterator[list[object]]:
    return (node["actions"] for node in nodes(card) if "actions" in node)


def labels(reply: Reply) -> list[str]:
    """What can be pressed, in order."""
    return [str(one["title"]) for one in nodes(reply.card) if str(one.get("type", "")).startswith("Action.")]


def button(reply: Reply, label: str) -> dict[str, Any]:
    """The verb and data of the button with this label: `await chat.press(name, **button(reply, label))`."""
    for one in nodes(reply.card):
        if one.get("type") == "Action.Execute" and one["title"] == label:
            return {"verb": one["verb"], **one["data"]}
    raise AssertionError(f"no button {label!r} among {labels(reply)}")


def inputs(reply: Reply) -> dict[str, str]:
    """What each field of a card holds before anybody touches it."""
    return {
        str(one["id"]): str(one.get("value", ""))
        for one in nodes(reply.card)
        if str(one.get("type", "")).startswith("Input.")
    }


async def publish(chat: Chat, day: str = "2027-02-16", **values: str) -> Reply:
    """Put a session on, as the office does with its form; `values` are what is filled in otherwise."""
    form = await chat.press("Morgan", verbs.NEW)
    filled = {"course": "dsl-forum", "trainer": "Tilda", "link": "https://example.org/j", "day": day, **values}
    return await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})
