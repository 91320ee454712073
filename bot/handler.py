"""One turn: from what Teams sent, through the product's core, to what is said back. Knows no rule of the product."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus

import structlog
from botbuilder.core import ActivityHandler, TurnContext

from bot import reading, writing
from bot.activities import Inbound, Outbound, RawActivity, mapping, words
from bot.answered import Answered, Press
from bot.courier import Courier
from bot.faults import fault_place
from bot.metrics import Fault
from dialogs.talk import Core, Reply, Said
from services.errors import DuplicateActivity, StoreUnavailable

SENTENCES = ("store-away", "no-identity", "went-wrong", "unknown-verb", "answered-already")
"""Keys of the sentences that this room needs when the core cannot speak for itself."""

log = structlog.get_logger(__name__)


class TeamsHandler(ActivityHandler):
    """Answers the activities that matter; edits, deletions, reactions and receipts run no command.

    `now` is the product's only clock while it listens (aware, UTC). `say` gives a sentence by its key. `count` is
    told of each turn that ends in an apology.
    """

    def __init__(
        self,
        core: Core,
        *,
        now: Callable[[], datetime],
        say: Callable[[str], str],
        courier: Courier | None = None,
        count: Callable[[Fault], None] = lambda fault: None,
    ) -> None:
        self._core = core
        self._count = count
        self._now = now
        self._sentences = {key: Reply(say(key)) for key in SENTENCES}
        self._courier = courier or Courier()
        self._answered = Answered()

    async def close(self) -> None:
        """Wait for what is still being sent."""
        await self._courier.drain()

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Answer words, or the press of a `Submit` button. Raises `DuplicateActivity` if they were heard before."""
        activity: Inbound = turn_context.activity
        if not reading.is_for_us(activity.raw):
            return
        said = reading.said_of(activity.raw)
        async with self._courier.typing(turn_context):
            replies = await self._heard(activity, said)
        card_id = words(activity.raw.get("replyToId"))
        if said.verb and card_id and replies and await self._courier.replace(turn_context, card_id, replies[0]):
            replies = replies[1:]
        await self._courier.deliver(turn_context, replies)

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """Answer the press of an `Execute` button. The answer comes first; what else is to be said follows it."""
        activity: Inbound = turn_context.activity
        if activity.name == "adaptiveCard/action":
            body, rest = await self._pressed(activity)
            await _answer(turn_context, HTTPStatus.OK, body)
            self._courier.deliver_later(turn_context, rest)
        elif activity.name == "message/submitAction":
            await _answer(turn_context, HTTPStatus.OK, {})
        else:
            await _answer(turn_context, HTTPStatus.NOT_IMPLEMENTED, None)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """Installed or uninstalled. An upgrade keeps the route and needs no second welcome."""
        action = turn_context.activity.raw.get("action")
        if action in ("add", "add-upgrade"):
            await self._met(turn_context, welcome=action == "add")
        elif action == "remove":
            await self._left(turn_context.activity)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """The bot joined or left. Other people's comings and goings in a group are not our business.

        Teams sends this along with `installationUpdate`, which has the welcome: two would be one too many.
        """
        activity: Inbound = turn_context.activity
        if _names_bot(activity.raw, "membersAdded"):
            await self._met(turn_context, welcome=False)
        elif _names_bot(activity.raw, "membersRemoved"):
            await self._left(activity)

    async def _pressed(self, activity: Inbound) -> tuple[Mapping[str, object], Sequence[Reply]]:
        said = reading.pressed(activity.raw)
        if said is None:
            sentence = self._sentences["unknown-verb"].text
            return writing.error_answer(HTTPStatus.BAD_REQUEST, "BadRequest", sentence), ()
        try:
            replies = await self._hear(activity, said)
        except DuplicateActivity:
            said_before = writing.card_answer(self._sentences["answered-already"])
            return self._answered.to(_press(activity)) or said_before, ()
        except Exception as error:
            self._broke(error, activity)
            if danger := self._in_danger(said):
                return writing.card_answer(danger), ()
            sentence = self._sentences["went-wrong"].text
            return writing.error_answer(HTTPStatus.INTERNAL_SERVER_ERROR, "InternalError", sentence), ()
        body = writing.card_answer(replies[0] if replies else Reply(""))
        self._answered.keep(_press(activity), body)
        return body, replies[1:]

    async def _heard(self, activity: Inbound, said: Said) -> Sequence[Reply]:
        try:
            return await self._hear(activity, said)
        except DuplicateActivity:
            raise
        except Exception as error:
            self._broke(error, activity)
            return (self._in_danger(said) or self._sentences["went-wrong"],)

    async def _hear(self, activity: Inbound, said: Said) -> Sequence[Reply]:
        sender = reading.sender_of(activity.raw, activity.tenant_id)
        if sender is None:
            return (self._in_danger(said) or self._sentences["no-identity"],)
        where = reading.whereabouts_of(activity.raw, activity.tenant_id)
        try:
            return await self._core.hear(sender, said, where=where, activity_id=activity.id, now=self._now())
        except StoreUnavailable as error:
            log.error("the database is away", action="store_away", kind=activity.type, driver=error.said)
            self._count(Fault.STORE_AWAY)
            return (self._in_danger(said) or self._sentences["store-away"],)

    def _broke(self, error: Exception, activity: Inbound) -> None:
        _log_fault(error, activity)
        self._count(Fault.BROKEN)

    def _in_danger(self, said: Said) -> Reply | None:
        """Whom to call, whatever else fails; None also where that itself cannot be read."""
        try:
            return self._core.in_danger(said)
        except Exception as error:
            log.error("cannot tell whether it is urgent", action="turn_failed", error=type(error).__name__)
            return None

    async def _met(self, context: TurnContext, *, welcome: bool) -> None:
        activity: Inbound = context.activity
        sender = reading.sender_of(activity.raw, activity.tenant_id)
        where = reading.whereabouts_of(activity.raw, activity.tenant_id)
        try:
            replies = await self._core.met(sender, where=where, activity_id=activity.id, now=self._now())
        except DuplicateActivity:
            raise
        except Exception as error:  # the next message from here teaches us the route as well
            _log_fault(error, activity)
            return
        if welcome:
            await self._courier.deliver(context, replies)

    async def _left(self, activity: Inbound) -> None:
        sender = reading.sender_of(activity.raw, activity.tenant_id)
        where = reading.whereabouts_of(activity.raw, activity.tenant_id)
        try:
            await self._core.left(sender, where=where, now=self._now())
        except DuplicateActivity:
            raise
        except Exception as error:  # the first notice sent there will be told 403, and marks the route itself
            _log_fault(error, activity)


async def _answer(context: TurnContext, status: HTTPStatus, body: Mapping[str, object] | None) -> None:
    await context.send_activity(Outbound({"type": "invokeResponse", "status": int(status), "body": body}))


def _press(activity: Inbound) -> Press:
    return reading.whereabouts_of(activity.raw, activity.tenant_id).conversation_id, activity.id or ""


def _names_bot(raw: RawActivity, members: str) -> bool:
    listed, bot_id = raw.get(members), reading.bot_id_of(raw)
    return isinstance(listed, list) and any(mapping(member).get("id") == bot_id for member in listed)


def _log_fault(error: Exception, activity: Inbound) -> None:
    log.error(
        "a turn failed",
        action="turn_failed",
        kind=activity.type,
        error=type(error).__name__,
        place=fault_place(error),
    )
