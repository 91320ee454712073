from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.terminal import CONVERSATION, Button, Field, Screen, Terminal, TerminalMessenger, buttons_of
from dialogs import cards
from dialogs.talk import Reply, Said
from services.errors import StoreUnavailable
from services.model import Sender, Whereabouts
from services.ports import DeliveryError, Failure, Message, Route

ALEX = Sender("tenant", "alex", "Alex Example")
CHOICE = cards.choice_input("how", "How?", [("By phone", "phone"), ("In writing", "letter")])
FORM = cards.card(
    [
        CHOICE,
        cards.actions_row(
            [
                cards.button("Open", "thing.open", thing=7),
                cards.reveal("More", [cards.text_input("why", "Why?")], [cards.button("Send", "thing.send", thing=7)]),
            ]
        ),
    ],
    fallback="A form",
)


@dataclass
class FakeCore:
    """Answers everything with the same reply, and keeps what it heard."""

    reply: Reply = field(default_factory=lambda: Reply("A form", FORM))
    heard: list[Said] = field(default_factory=list)
    left_at: list[Whereabouts] = field(default_factory=list)
    away: bool = False

    async def hear(
        self, sender: Sender, said: Said, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        if self.away:
            raise StoreUnavailable
        self.heard.append(said)
        return [self.reply]

    def in_danger(self, said: Said) -> Reply | None:
        return Reply("Call 999") if "danger" in said.text else None

    async def met(
        self, sender: Sender | None, *, where: Whereabouts, activity_id: str | None, now: datetime
    ) -> Sequence[Reply]:
        return [Reply("Hello")]

    async def left(self, sender: Sender | None, *, where: Whereabouts, now: datetime) -> None:
        self.left_at.append(where)


async def _talk(core: FakeCore, *lines: str) -> list[str]:
    """Type these lines; everything that was shown."""
    shown: list[str] = []
    typed: Iterator[str] = iter(lines)
    terminal = Terminal(core, ALEX, Screen(shown.append), now=lambda: datetime.now(UTC), read=lambda: next(typed, None))
    await terminal.talk(away="The records are away.")
    return shown


def test_every_button_is_found_with_the_fields_that_go_with_it() -> None:
    how = Field("how", "How?", (("By phone", "phone"), ("In writing", "letter")))

    assert buttons_of(FORM) == [
        Button("Open", "thing.open", {"thing": "7"}, (how,)),
        Button("Send", "thing.send", {"thing": "7"}, (how, Field("why", "Why?"))),
    ]
    assert buttons_of(None) == []


async def test_words_are_said_and_buttons_are_listed_by_letter() -> None:
    core = FakeCore()

    shown = await _talk(core, "what is level 3")

    assert core.heard == [Said("what is level 3")]
    assert shown == ["\nHello", "\nA form", "   [a] Open   [b] Send"]


@pytest.mark.parametrize("choice", ["2", "in writing", "letter"])
async def test_a_letter_presses_a_button_once_its_fields_are_filled_in(choice: str) -> None:
    core = FakeCore()

    await _talk(core, "hello", "b", choice, "because")

    assert core.heard[1] == Said("", verb="thing.send", data={"thing": "7", "how": "letter", "why": "because"})


async def test_a_letter_of_no_button_is_a_word() -> None:
    core = FakeCore()

    await _talk(core, "z")

    assert core.heard == [Said("z")]


@pytest.mark.parametrize("last", ["quit", "EXIT", None])
async def test_whoever_leaves_is_not_sent_anything_more(last: str | None) -> None:
    core = FakeCore()

    await _talk(core, *([last, "never said"] if last else []))

    assert core.heard == []
    assert [where.conversation_id for where in core.left_at] == [CONVERSATION]


async def test_a_database_that_is_away_is_said_and_the_talk_goes_on() -> None:
    assert await _talk(FakeCore(away=True), "one", "two") == ["\nHello", *["\nThe records are away."] * 2]


async def test_a_reminder_is_shown_here_and_nowhere_else() -> None:
    shown: list[str] = []
    messenger = TerminalMessenger(Screen(shown.append))

    receipt = await messenger.send(Route("tenant", "", CONVERSATION), Message("A reminder"))
    with pytest.raises(DeliveryError) as refused:
        await messenger.send(Route("tenant", "", "another"), Message("For somebody else"))

    assert (shown, receipt.conversation_id) == (["\nA reminder"], CONVERSATION)
    assert refused.value.failure is Failure.TRANSIENT
