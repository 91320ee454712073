"""One turn of talk: what was said, by whom, and what a flow may use to answer it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from dialogs.talk import Reply, Said
from services.errors import NotAllowed, ServiceError
from services.model import Person, Place, Role, Sender
from services.rulebook import Rulebook
from services.understanding import Understands
from services.work import Work

State = Mapping[str, str]
"""Where a conversation stands, small and readable: what is expected next, and the ids it is about."""

LONGEST_NUMBER = 9
"""Digits. No id of ours has more, and a database refuses what is longer."""
EXPECT = "expect"
ASKED_AT = "asked-at"
"""When what is expected was asked. An answer that leaves it out has asked anew."""
TOPIC, EARLIER = "topic", "earlier-topic"
"""The page just shown, and the one before a question that was not answered: the next may still be about that."""
LAST_PLACE = "last-place"
"""The booking that was spoken of last (`training.last_place`)."""
ASKED = "asked"
"""The question that was just answered or not answered, screened; it goes to a person if they want that."""


@dataclass(frozen=True)
class Turn:
    """Everything a flow is given. It answers from these alone and does no I/O but through `work`."""

    said: Said
    sender: Sender
    person: Person | None
    state: State
    work: Work
    rules: Rulebook
    guide: Understands
    now: datetime

    @property
    def today(self) -> date:
        """Today on the partnership's wall clock."""
        return self.rules.today(self.now)

    @property
    def personal(self) -> bool:
        """True where something about one person may be shown."""
        return self.said.place is Place.PERSONAL

    @property
    def known_here(self) -> bool:
        """True in the own chat of somebody the partnership knows: where a question can go to a person, a place be
        booked and a challenge logged."""
        return self.personal and self.person is not None

    @property
    def read_last(self) -> str | None:
        """The page that a short question may lean on ("how long does that take"), also after one that missed."""
        return self.state.get(TOPIC) or self.state.get(EARLIER)

    @property
    def by_mail(self) -> bool:
        """True where a file can be sent to the person speaking: it goes by e-mail alone."""
        return self.person is not None and bool(self.person.email) and self.rules.by_mail

    def known(self, *roles: Role) -> Person:
        """The person speaking, if the partnership knows them and they hold one of `roles` (if any are given).

        Raises `ServiceError` for a stranger, `NotAllowed` for a role they do not hold.
        """
        if self.person is None:
            raise ServiceError("stranger")
        if roles and not self.person.has(*roles):
            raise NotAllowed("role-missing")
        return self.person

    def number(self, name: str) -> int:
        """An id that a card carried. Raises `ServiceError` when it is not a number: cards can be forged."""
        value = self.said.data.get(name, "")
        if not value.isdecimal() or len(value) > LONGEST_NUMBER:
            raise ServiceError("stale-card")
        return int(value)

    def field(self, name: str) -> str:
        """What was typed into a card's field; empty when it was left blank."""
        return self.said.data.get(name, "").strip()

    def saying(self, text: str = "", *, verb: str | None = None, **data: str) -> Turn:
        """The same turn as if something else had been said: how one flow hands over to another."""
        return replace(self, said=replace(self.said, text=text, verb=verb, data=data))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a flow says, and where it leaves the conversation. The default leaves nothing pending."""

    replies: tuple[Reply, ...]
    state: State = field(default_factory=dict)


Flow = Callable[[Turn], Awaitable[Answer]]
AnswerReader = Callable[[Turn], Awaitable[Answer | None]]
"""Reads what may be the answer to a question of ours; None when it is something else."""

AnswerCheck = Callable[[Turn], Awaitable[bool]]
"""True for words that are surely the answer to a question of ours, whatever else they have in common with."""


def put_again(state: State) -> dict[str, str]:
    """The state of a question that is put once more: it waits from now on."""
    return {key: value for key, value in state.items() if key != ASKED_AT}


def answer(*replies: Reply, **state: str) -> Answer:
    """An answer with `state` for the next turn."""
    return Answer(replies, state)
