"""Carriers that keep what they carry, and refuse what a real one would refuse. Strict, so that tests cannot drift."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.model import Notice, Person
from services.notices.subjects import Subject
from services.ports import Begin, DeliveryError, Failure, Mail, Message, Pace, Receipt, Route, at_once

LARGEST_CARD = 28_000
"""Bytes: Teams refuses more (design.md section 4)."""


def throttled(seconds: float) -> DeliveryError:
    """429: not delivered, come back in so many seconds."""
    return DeliveryError(Failure.THROTTLED, status=429, retry_after=seconds)


def transient() -> DeliveryError:
    """412 or connection refused: certainly not delivered."""
    return DeliveryError(Failure.TRANSIENT, status=412)


def blocked() -> DeliveryError:
    """403: this person blocked the bot."""
    return DeliveryError(Failure.BLOCKED, status=403, code="ConversationBlockedByUser")


def gone() -> DeliveryError:
    """404: the conversation does not exist any more."""
    return DeliveryError(Failure.GONE, status=404)


def locked_out() -> DeliveryError:
    """The bot's own secret has expired: certainly not delivered, and no letter's fault."""
    return DeliveryError(Failure.LOCKED_OUT, code="invalid_client")


def ambiguous() -> DeliveryError:
    """5xx or a timeout: it may have been delivered."""
    return DeliveryError(Failure.AMBIGUOUS, status=500)


def refused() -> DeliveryError:
    """400: Teams will never take this message."""
    return DeliveryError(Failure.REFUSED, status=400, code="BadSyntax")


@dataclass
class FakeMessenger:
    """Teams as far as `services` sees it. Takes every message, unless told what to do with the next ones."""

    delivered: list[tuple[Route, Message]] = field(default_factory=list)
    """What arrived, in order. A send that failed is not here, unless it was accepted and then failed."""
    tried: int = 0
    accepts_then_fails: bool = False
    """What is answered with an error was delivered all the same."""
    accepts_then_hangs: bool = False
    """What `hold` stops was delivered all the same."""
    pace: Pace | None = None
    _knocks: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _troubles: defaultdict[str, deque[BaseException]] = field(default_factory=lambda: defaultdict(deque))
    _next: deque[BaseException] = field(default_factory=deque)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self._open.set()

    def hold(self) -> None:
        """Let sends begin but not end, until `release`."""
        self._open.clear()

    def release(self) -> None:
        """Let the sends go on that `hold` stopped."""
        self._open.set()

    async def knocked(self) -> None:
        """Wait until a send has begun; called again, until the next one has."""
        async with asyncio.timeout(30):
            await self._knocks.acquire()

    def fail_next(self, *errors: BaseException) -> None:
        """Answer the next sends, whoever they are for, with these errors."""
        self._next.extend(errors)

    def fail_nothing(self) -> None:
        """Forget the errors that no send met."""
        self._next.clear()
        self.accepts_then_fails = False

    def fail(self, name: str, *errors: BaseException) -> None:
        """Answer the next sends to somebody's personal chat with these errors."""
        self._troubles[f"a:{name.lower()}"].extend(errors)

    def to(self, name: str) -> list[Message]:
        """The messages that somebody got in their personal chat."""
        return [message for route, message in self.delivered if route.conversation_id == f"a:{name.lower()}"]

    async def send(self, route: Route, message: Message, begin: Begin = at_once) -> Receipt:
        """Deliver once, or raise what was asked for."""
        if self.pace is not None:
            await self.pace.turn(route.tenant_id, route.conversation_id)
        await begin()
        _require_route(route)
        _require_message(message)
        self.tried += 1
        self._knocks.release()
        trouble = self._trouble(route.conversation_id or "")
        accepted = trouble is None or self.accepts_then_fails
        if accepted and self.accepts_then_hangs:
            self.delivered.append((route, message))
        await self._open.wait()
        if accepted and not self.accepts_then_hangs:
            self.delivered.append((route, message))
        if trouble is not None:
            raise trouble
        return Receipt(f"1-{next(self._ids)}", route.conversation_id)

    def _trouble(self, conversation_id: str) -> BaseException | None:
        if self._next:
            return self._next.popleft()
        theirs = self._troubles[conversation_id]
        return theirs.popleft() if theirs else None


@dataclass
class FakeMailer:
    """A mail relay. Takes every mail, unless told what to do with the next ones."""

    delivered: list[Mail] = field(default_factory=list)
    _next: deque[BaseException] = field(default_factory=deque)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def fail_next(self, *errors: BaseException) -> None:
        """Answer the next mails with these errors."""
        self._next.extend(errors)

    def fail_nothing(self) -> None:
        """Forget the errors that no mail met."""
        self._next.clear()

    def to(self, name: str) -> list[Mail]:
        """The mails that somebody got."""
        return [mail for mail in self.delivered if mail.to == f"{name.lower()}@example.org"]

    async def send(self, mail: Mail, begin: Begin = at_once) -> Receipt:
        """Deliver once, or raise what was asked for."""
        await begin()
        assert "@" in mail.to, f"not an address: {mail.to}"
        assert mail.subject.strip(), "a mail needs a subject"
        assert "\n" not in mail.subject, "a subject is one line"
        assert mail.text.strip(), "a mail needs words"
        assert mail.key, "without a key a repeat cannot be recognised"
        await asyncio.sleep(0)
        if self._next:
            raise self._next.popleft()
        self.delivered.append(mail)
        return Receipt(f"<{next(self._ids)}@example.org>")


def _require_route(route: Route) -> None:
    assert route.tenant_id, "a route needs a tenant"
    assert route.service_url.startswith("https://"), f"not a service URL: {route.service_url}"
    assert route.conversation_id or route.aad_object_id, "a route leads to a conversation or to a person"


def _require_message(message: Message) -> None:
    assert message.text.strip(), "a message needs words: they are read aloud and shown by old clients"
    assert message.summary.strip(), "a message needs a line for the activity feed"
    if message.card is not None:
        size = len(json.dumps(message.card).encode())
        assert size < LARGEST_CARD, f"Teams refuses a card of {size} bytes"


def plain_words(person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
    """A message that names the notices in it, one on a line: `kind subject step`."""
    lines = [f"{notice.kind} {notice.subject_id} {notice.step.partition(':')[0]}" for notice, _ in pairs]
    return Message("\n".join(lines), summary=f"{len(lines)} for {person.name}")
