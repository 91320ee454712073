"""Carries the replies of one turn back to the person who waits for them. Notices that nobody waits for go elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from botbuilder.core import TurnContext

from bot import reading, writing
from bot.activities import Inbound, Outbound, RawActivity, mapping, words
from dialogs.talk import Reply
from services.model import Place
from services.ports import DeliveryError, Failure

log = structlog.get_logger(__name__)


class Courier:
    """Sends replies in order. All times are in seconds.

    A reply that was certainly not taken (busy, not ready) is offered once more, for a person is waiting: after as long
    as Teams asks, if that is not over `longest_pause`, else after `pause`. Any other failure is logged and left. After
    `typing_after` of work the person sees that the bot is typing, except in channels.
    """

    def __init__(self, *, pause: float = 0.5, longest_pause: float = 5.0, typing_after: float = 1.0) -> None:
        self._pause = pause
        self._longest_pause = longest_pause
        self._typing_after = typing_after
        self._later: set[asyncio.Task[None]] = set()

    async def deliver(self, context: TurnContext, replies: Sequence[Reply]) -> None:
        """Send `replies` as messages. Raises nothing for a failed delivery: what the turn did stands all the same."""
        inbound: Inbound = context.activity
        place, person = reading.place_of(inbound.raw), words(mapping(inbound.raw.get("from")).get("id"))
        for reply in replies:
            try:
                await self._post_or_words(context, reply, writing.message_of(reply, place=place, to=person))
            except DeliveryError as error:
                _log_failure(error)
                if error.failure in (Failure.BLOCKED, Failure.GONE):
                    return

    def deliver_later(self, context: TurnContext, replies: Sequence[Reply]) -> None:
        """Send `replies` when the turn has been answered. `drain` waits for them."""
        if replies:
            task = asyncio.create_task(self.deliver(context, replies), name="replies")
            self._later.add(task)  # the loop itself keeps only a weak reference
            task.add_done_callback(self._later.discard)

    async def replace(self, context: TurnContext, activity_id: str, reply: Reply) -> bool:
        """Put a reply's card in the place of one sent before. Returns False if it has to be sent as a message."""
        if reply.card is None:
            return False
        activity = Outbound(writing.card_message(reply.card, reply.text))
        activity.id = activity_id
        try:
            await context.update_activity(activity)
        except DeliveryError as error:
            _log_failure(error)
            return False
        return True

    @asynccontextmanager
    async def typing(self, context: TurnContext) -> AsyncIterator[None]:
        """Show that the bot is typing while the block takes long."""
        inbound: Inbound = context.activity
        if inbound.delivery_mode == "expectReplies" or reading.place_of(inbound.raw) is Place.CHANNEL:
            yield
            return
        loop, signs = asyncio.get_running_loop(), list[asyncio.Task[None]]()
        timer = loop.call_later(self._typing_after, lambda: signs.append(loop.create_task(self._type(context))))
        try:
            yield
        finally:
            timer.cancel()
            for sign in signs:
                sign.cancel()
            await asyncio.gather(*signs, return_exceptions=True)

    async def drain(self) -> None:
        """Wait for everything that `deliver_later` began."""
        await asyncio.gather(*self._later)

    async def _type(self, context: TurnContext) -> None:
        try:
            await context.send_activity(Outbound(writing.TYPING))
        except DeliveryError as error:
            _log_failure(error)

    async def _post_or_words(self, context: TurnContext, reply: Reply, message: RawActivity) -> None:
        try:
            await self._post(context, message)
        except DeliveryError as error:
            if reply.card is None or error.status not in (400, 413):
                raise
            _log_failure(error)  # Teams will not show this card: the words are complete, so they go instead
            await self._post(context, writing.text_message(reply.text))

    async def _post(self, context: TurnContext, message: RawActivity) -> None:
        try:
            await context.send_activity(Outbound(message))
        except DeliveryError as error:
            if error.failure not in (Failure.THROTTLED, Failure.TRANSIENT):
                raise
            pause = self._pause if error.retry_after is None else error.retry_after
            if pause > self._longest_pause:
                raise
            await asyncio.sleep(pause)
            await context.send_activity(Outbound(message))


def _log_failure(error: DeliveryError) -> None:
    log.warning(
        "a reply was not delivered",
        action="reply_failed",
        failure=error.failure.value,
        status=error.status,
        code=error.code,
    )
