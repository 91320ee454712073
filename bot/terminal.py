"""The same dialogs in a terminal: words in, words out, and a letter for each button."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_lowercase

from bot.activities import mapping, words
from dialogs.cards import parts_of
from dialogs.talk import Card, Core, Reply, Said
from services.errors import StoreUnavailable
from services.model import Place, Sender, Whereabouts
from services.ports import Begin, DeliveryError, Failure, Message, Receipt, Route, at_once

CONVERSATION = "terminal"


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a card: what is asked, and the answers there are, as shown and as sent."""

    id: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """One button of a card, with the fields that go with it."""

    title: str
    verb: str
    data: Mapping[str, str]
    fields: tuple[Field, ...]


def buttons_of(card: Card | None) -> list[Button]:
    """Every button of a card that does something here, those inside forms included, in their order."""
    return list(_buttons(card, ())) if card is not None else []


def _buttons(card: Mapping[str, object], outer: tuple[Field, ...]) -> Iterator[Button]:
    fields = (*outer, *(_field(node) for node in parts_of(card) if words(node.get("type")).startswith("Input.")))
    for node in parts_of(card):
        if node.get("type") == "Action.Execute":
            data = {key: words(value) for key, value in mapping(node.get("data")).items()}
            yield Button(words(node.get("title")), words(node.get("verb")), data, fields)
        elif node.get("type") == "Action.ShowCard":
            yield from _buttons(mapping(node.get("card")), fields)


def _field(node: Mapping[str, object]) -> Field:
    listed = node.get("choices")
    pairs = [mapping(one) for one in listed] if isinstance(listed, list) else []
    choices = tuple((words(one.get("title")), words(one.get("value"))) for one in pairs)
    return Field(words(node.get("id")), words(node.get("label")), choices)


class Screen:
    """Shows replies, and remembers the buttons of the newest: they are what a letter presses."""

    def __init__(self, write: Callable[[str], None] = print) -> None:
        self._write = write
        self._buttons: list[Button] = []

    def show(self, text: str, card: Card | None = None) -> None:
        """One message."""
        self._write(f"\n{text}")
        self._buttons = buttons_of(card)[: len(ascii_lowercase)]
        if self._buttons:
            listed = [f"[{letter}] {one.title}" for letter, one in zip(ascii_lowercase, self._buttons, strict=False)]
            self._write("   " + "   ".join(listed))

    def say(self, text: str) -> None:
        """A line that takes no buttons away."""
        self._write(text)

    def pressed(self, typed: str) -> Button | None:
        """The button that this letter presses; None when it is no letter of one."""
        at = ascii_lowercase.find(typed.lower()) if len(typed) == 1 else -1
        return self._buttons[at] if 0 <= at < len(self._buttons) else None


class Terminal:
    """One person at a terminal. `read` gives their next line, or None at the end."""

    def __init__(
        self, core: Core, sender: Sender, screen: Screen, *, now: Callable[[], datetime], read: Callable[[], object]
    ) -> None:
        self._core = core
        self._sender = sender
        self._screen = screen
        self._now = now
        self._read = read
        self._where = Whereabouts(CONVERSATION, "", Place.PERSONAL, sender.tenant_id)

    async def talk(self, *, away: str) -> None:
        """Talk until the input ends or the person types quit. `away` is said when the database is not there."""
        self._show(await self._core.met(self._sender, where=self._where, activity_id=None, now=self._now()))
        try:
            while (line := await self._next_line()) is not None and line.strip().lower() not in ("quit", "exit"):
                said = await self._said(line.strip())
                try:
                    self._show(
                        await self._core.hear(self._sender, said, where=self._where, activity_id=None, now=self._now())
                    )
                except StoreUnavailable:
                    self._show([self._core.in_danger(said) or Reply(away)])
        finally:
            # or reminders would be carried to a terminal that nobody sits at
            await self._core.left(self._sender, where=self._where, now=self._now())

    async def _said(self, line: str) -> Said:
        button = self._screen.pressed(line)
        if button is None:
            return Said(line)
        typed = {field.id: await self._fill_in(field) for field in button.fields}
        return Said("", verb=button.verb, data={**button.data, **typed})

    async def _fill_in(self, field: Field) -> str:
        shown = [title for title, _ in field.choices]
        listed = "".join(f"\n   {number}. {title}" for number, title in enumerate(shown, 1))
        self._screen.say(f"{field.label}{listed}")
        given = (await self._next_line() or "").strip()
        if given.isdecimal() and 0 < int(given) <= len(shown):
            return field.choices[int(given) - 1][1]
        return next((value for title, value in field.choices if title.lower() == given.lower()), given)

    async def _next_line(self) -> str | None:
        line = self._read()
        found = await line if isinstance(line, asyncio.Future) else line
        return found if isinstance(found, str) else None

    def _show(self, replies: Sequence[Reply]) -> None:
        for reply in replies:
            self._screen.show(reply.text, reply.card)


class TerminalMessenger:
    """Carries notices to the person at the terminal, and to nobody else."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    async def send(self, route: Route, message: Message, begin: Begin = at_once) -> Receipt:
        """Show the message. Raises `DeliveryError` for a conversation that is not this one."""
        await begin()
        if route.conversation_id != CONVERSATION:
            raise DeliveryError(Failure.TRANSIENT, code="another-client")
        self._screen.show(message.text, message.card)
        return Receipt(CONVERSATION, CONVERSATION)


def typed_lines() -> Callable[[], asyncio.Future[str | None]]:
    """A function that waits for the next line of standard input; None at its end.

    A thread reads, for a terminal cannot be waited for. It is a daemon: one that waits for a line must not keep the
    process from ending.
    """
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="typed-lines", daemon=True).start()
    return lambda: asyncio.ensure_future(lines.get())
