"""People in a chat with the bot under Harrow's own pack: typed words and pressed buttons, as Teams would send them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from config.pack import Pack, load_pack
from dialogs import cards
from dialogs.hearing import Hearing
from dialogs.talk import Reply, Said
from services.guidance.build import guide_for
from services.model import Place, Role
from services.rulebook import Rulebook, workdays_of
from services.understanding import Guide
from services.work import Database
from services.workdays import wall_clock
from tests.builders import TENANT, a_chat, a_sender, confirm

FOLDER = Path(__file__).parents[3] / "config" / "harrow"
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
"""A Friday, 9am in London."""
_activities = count(1)


@cache
def harrow() -> tuple[Pack, Guide]:
    """Harrow's pack and its guide, built once for each test process."""
    pack = load_pack(FOLDER)
    return pack, guide_for(pack)


def rules_of(pack: Pack, guide: Guide, **booking: object) -> Rulebook:
    """Harrow's rules, with these booking rules changed."""
    partnership = pack.partnership
    values = partnership.booking.model_dump() | {key: confirm(value) for key, value in booking.items()}
    changed = partnership.model_copy(update={"booking": type(partnership.booking).model_validate(values)})
    return Rulebook(replace(pack, partnership=changed), workdays_of(partnership.calendar), guide.identifiers_in)


@dataclass
class Chat:
    """Everybody's personal chat. `now` may be moved."""

    database: Database
    rules: Rulebook
    guide: Guide
    now: datetime = NOW
    last: dict[str, Sequence[Reply]] = field(default_factory=dict)

    async def join(
        self,
        name: str,
        *,
        agency: str | None = "primary-school",
        domain: str = "school.example.org",
        roles: Sequence[Role] = (),
        line_manager: int | None = None,
    ) -> int:
        """Somebody the partnership knows."""
        async with self.database.work() as work:
            person_id = await work.people.add(
                name=f"{name} Example",
                roles=roles,
                email=f"{name.lower()}@{domain}",
                agency_id=agency,
                tenant_id=TENANT,
                aad_object_id=f"aad-{name.lower()}",
                line_manager_id=line_manager,
            )
            await work.commit()
        return person_id

    async def date_of(
        self,
        course: str,
        day: date,
        *,
        at: time = time(13, 30),
        capacity: int = 20,
        venue: str | None = None,
        trainer: str = "Tilda Testerton",
        link: str | None = "https://example.org/join",
    ) -> int:
        """An open session of a course, two hours long; online with that `link` where it has no venue."""
        starts = wall_clock(day, at)
        async with self.database.work() as work:
            session_id = await work.sessions.add(
                ref=f"{course}-{day}-{at}",
                course_id=course,
                starts_at=starts,
                ends_at=starts + timedelta(hours=2),
                capacity=capacity,
                mode="in-person" if venue else "online",
                venue=venue,
                join_url=None if venue else link,
                trainer=trainer,
            )
            await work.commit()
        return session_id

    async def say(self, name: str, text: str, *, place: Place = Place.PERSONAL) -> str:
        """What the bot answers to typed words, as plain text."""
        return await self._hear(name, Said(text, place=place))

    async def press(self, who: str, label: str, **inputs: str) -> str:
        """Press a button of the last card this person got, with what they filled in."""
        verb, data = self.button(who, label)
        return await self._hear(who, Said("", verb, {**data, **inputs}))

    async def send(self, who: str, verb: str, **data: object) -> str:
        """A press of a card that is not the last one: an old card, or a forged one."""
        return await self._hear(who, Said("", verb, {key: str(value) for key, value in data.items()}))

    async def _hear(self, name: str, said: Said) -> str:
        hearing = Hearing(self.database, self.rules, self.guide)
        where = a_chat(name, said.place)
        replies = await hearing.hear(
            a_sender(name), said, where=where, activity_id=str(next(_activities)), now=self.now
        )
        self.last[name] = replies
        for reply in replies:
            _require_sound(reply)
        return "\n".join(reply.text for reply in replies)

    def buttons(self, name: str) -> list[str]:
        """The labels of every button of the last card."""
        return [str(one["title"]) for reply in self.last[name] for one in _presses(reply.card)]

    def button(self, name: str, label: str) -> tuple[str, dict[str, str]]:
        """The verb and data behind a label of the last card."""
        for reply in self.last[name]:
            for one in _presses(reply.card):
                if one["title"] == label:
                    return str(one["verb"]), dict(one["data"])
        raise AssertionError(f"no button {label!r} among {self.buttons(name)}")

    def facts(self, name: str) -> dict[str, str]:
        """The facts of the last card's first session."""
        found: dict[str, str] = {}
        for node in (one for reply in self.last[name] for one in _nodes(reply.card)):
            if node.get("type") == "FactSet" and not found:
                found = {fact["title"]: fact["value"] for fact in node["facts"]}
        return found


def _nodes(node: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key != "fallback":
                yield from _nodes(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _nodes(value)


def _presses(card: object) -> list[Mapping[str, Any]]:
    return [one for one in _nodes(card) if one.get("type") == "Action.Execute"]


def _require_sound(reply: Reply) -> None:
    """What must hold of every reply: no unfilled sentence, and a card that Teams takes."""
    assert not re.search(r"\{[a-z_]+\}|None\b(?! of these)", reply.text), reply.text
    assert len(list(_shown_at_once(reply.card))) <= cards.MOST_ACTIONS, reply.text
    assert reply.card is None or len(str(reply.card).encode()) < cards.MOST_BYTES


def _shown_at_once(node: object) -> Iterator[Mapping[str, Any]]:
    """Buttons that are there without opening anything: Teams shows six."""
    if isinstance(node, Mapping):
        if str(node.get("type", "")).startswith("Action."):
            yield node
            return
        for value in node.values():
            yield from _shown_at_once(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _shown_at_once(value)


def a_chat_under(database: Database, **booking: object) -> Chat:
    """A chat under Harrow's rules, with these booking rules changed."""
    pack, guide = harrow()
    return Chat(database, rules_of(pack, guide, **booking), guide)
