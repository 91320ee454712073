"""Writes down what came of the sends of one round: in few statements, for this is done thousands of times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog

from services.model import Notice, NoticeState
from services.notices.outcomes import TEAMS, Result, state_after, wait_before_retry
from services.ports import Failure
from services.store.attempts import Finished
from services.store.conversations import BLOCKED, GONE
from services.work import Work

log = structlog.get_logger()

_NO_TRY = (Failure.THROTTLED, Failure.LOCKED_OUT)
"""Who was only told to wait has not failed: else a busy day would use up the tries of what is last in the queue, and
an expired secret, within a night, those of everything that is due."""
_Ending = tuple[NoticeState, datetime | None, str | None, bool]
"""How notices ended: in which state, not to be tried again before when, why, and whether it counts as a try."""


async def record(work: Work, results: Sequence[Result], *, by: str, at: datetime, start: datetime) -> None:
    """Keep the outcomes of what the run called `by`, begun at `start`, has sent. The caller commits."""
    endings: dict[_Ending, list[int]] = {}
    for result in results:
        for notice, _ in result.ready.pairs:
            endings.setdefault(_ending(result, notice, at, start), []).append(notice.id)
    for (state, not_before, reason, counts), ids in endings.items():
        if not_before is not None:
            kept = await work.claims.put_back(ids, by=by, not_before=not_before, reason=reason, counts=counts)
        else:
            kept = await work.claims.settle(ids, state, by=by, at=at, reason=reason)
        if late := sorted(set(ids) - kept):
            log.warning("an outcome came too late", action="late_outcome", notices=late, outcome=state.value)
    # After the notices, as who recovers a claim does it: two that go opposite ways wait for each other for ever.
    await work.attempts.finish([one for result in results for one in _finished(result)], at=at)
    for result in results:
        await _close_route(work, result)
        await _hold_back_tenant(work, result, at)


def _finished(result: Result) -> list[Finished]:
    receipt = result.receipt.id if result.receipt else None
    # Without attempts, nothing of it was begun.
    begun = zip(result.ready.attempts, result.ready.pairs, strict=bool(result.ready.attempts))
    return [
        Finished(attempt, state_after(result, notice).value, result.detail, receipt) for attempt, (notice, _) in begun
    ]


def _ending(result: Result, notice: Notice, at: datetime, start: datetime) -> _Ending:
    state = state_after(result, notice)
    if state is not NoticeState.RETRY:
        return state, None, result.detail, True
    wait = wait_before_retry(result)
    return state, at + wait if wait else start, result.detail, result.failure not in _NO_TRY


async def _close_route(work: Work, result: Result) -> None:
    """A blocked or vanished conversation is not tried again until the person writes there."""
    route = result.ready.route
    state = {Failure.BLOCKED: BLOCKED, Failure.GONE: GONE}.get(result.failure) if result.failure else None
    if state and result.by == TEAMS and route is not None and route.conversation_id is not None:
        await work.conversations.close(route.tenant_id, route.conversation_id, state)


async def _hold_back_tenant(work: Work, result: Result, at: datetime) -> None:
    """Teams counts what a bot sends into a tenant, so one throttled send slows all workers (design.md section 5)."""
    if result.failure is Failure.THROTTLED and result.by == TEAMS and result.ready.route is not None:
        await work.claims.hold_back(result.ready.route.tenant_id, at + wait_before_retry(result))
