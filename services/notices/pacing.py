"""Waits for a turn to send: so many a second into a tenant, one a second into a conversation.

Teams counts what a bot sends into a tenant, from however many processes (platform.md, section 3), so the turns are
handed out by the database. They are taken for everybody who is waiting at once, which makes them cheap.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from services.errors import StoreUnavailable
from services.ports import DeliveryError, Failure
from services.store.pace import Scope
from services.work import Database

PER_SECOND = 25.0
"""Into one tenant. Teams allows 50 in a second; half is left to answers, which do not wait."""

PATIENCE = 30.0
"""Seconds. Whoever would wait longer comes back later: their claim would run out while they wait."""

_MOST_AT_ONCE = 50
_SLACK = 0.2
"""Seconds that may be caught up when nobody was ready in time: a moment late would else be a turn lost."""


@dataclass(slots=True)
class _Place:
    conversation_id: str
    at: float | None = None
    """On the clock that `elapsed` reads; None until the place has had an answer."""
    soon: bool = True


class SharedPace:
    """A `services.ports.Pace` that all processes with this database share.

    `elapsed` counts seconds from any start; `sleep` waits for some of them, and is given fewer than none when late.
    """

    def __init__(
        self,
        database: Database,
        *,
        per_second: float = PER_SECOND,
        per_conversation: float = 1.0,
        patience: float = PATIENCE,
        elapsed: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._each = 1 / per_second
        self._each_in_conversation = 1 / per_conversation
        self._patience = patience
        self._most_at_once = max(1, min(_MOST_AT_ONCE, int(patience * per_second)))
        self._elapsed = elapsed
        self._sleep = sleep
        self._queues: defaultdict[str, list[_Place]] = defaultdict(list)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def turn(self, tenant_id: str, conversation_id: str | None) -> None:
        """Return when it is our turn.

        Raises `DeliveryError`, and nothing was sent: throttled when our turn is too far off, transient when the
        database is away.
        """
        place = _Place(conversation_id or "")
        self._queues[tenant_id].append(place)
        async with self._turns[tenant_id]:
            if place.at is None:
                try:
                    await self._take_turns(tenant_id)
                except StoreUnavailable as error:
                    raise DeliveryError(Failure.TRANSIENT, code="no-turn") from error
                finally:
                    if place.at is None:
                        self._queues[tenant_id].remove(place)
        assert place.at is not None
        wait = place.at - self._elapsed()
        if not place.soon or wait > 2 * self._patience:
            raise DeliveryError(Failure.THROTTLED, code="no-turn-soon", retry_after=wait)
        await self._sleep(wait)

    async def _take_turns(self, tenant_id: str) -> None:
        """Take a turn for each of those who wait, ourselves first."""
        await asyncio.sleep(0)  # let those in who began to wait together with us
        places = self._queues[tenant_id][: self._most_at_once]
        wanted = Counter((tenant_id, place.conversation_id) for place in places if place.conversation_id)
        seconds = {scope: count * self._each_in_conversation for scope, count in wanted.items()}
        seconds[tenant_id, ""] = len(places) * self._each
        async with self._database.work() as work:
            asked = self._elapsed()
            ends = await work.pace.reserve(seconds, slack=_SLACK)
            begins = {scope: end - seconds[scope] for scope, end in ends.items()}
            soon = begins[tenant_id, ""] <= self._patience
            if soon:  # turns that nobody would wait for are left to those who come later
                await work.commit()
        for place in places:
            place.soon = soon
        self._hand_out(tenant_id, places, {scope: asked + begin for scope, begin in begins.items()})

    def _hand_out(self, tenant_id: str, places: Sequence[_Place], free: dict[Scope, float]) -> None:
        """Give each of `places` its moment. `free` says from when on the tenant and each conversation are ours."""
        del self._queues[tenant_id][: len(places)]
        for place in places:
            place.at = free[tenant_id, ""]
            free[tenant_id, ""] += self._each
            if place.conversation_id:
                theirs = (tenant_id, place.conversation_id)
                place.at = max(place.at, free[theirs])
                free[theirs] += self._each_in_conversation
