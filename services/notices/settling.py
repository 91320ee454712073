"""What the manager does about notices that may or may not have arrived (design.md section 5, rule 2), or that failed.

Nothing is repeated by itself. A person looks, or asks, and says: they know of it, or send it again. What failed has
certainly not arrived, so nobody can know of it: it is sent again, or left, and then stays on record as failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.model import Notice, NoticeState, Person
from services.rights import require_manager
from services.store.doubts import LEFT_ALONE
from services.work import Work

TOLD, AGAIN = "told-by-hand", "sent-again-by-hand"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One message that may not have arrived, or that failed: to whom, and the notices in it, oldest first."""

    person: Person
    notices: tuple[Notice, ...]

    @property
    def id(self) -> int:
        """Names the message: the first of its notices."""
        return self.notices[0].id

    @property
    def failed(self) -> bool:
        """True if it has certainly not arrived."""
        return self.notices[0].state is NoticeState.FAILED


async def doubts(work: Work, manager: Person) -> list[Doubt]:
    """Every message that is uncertain, longest first; then those that failed and that nobody has looked at.

    Raises `NotAllowed` for all but the manager.
    """
    require_manager(manager)
    messages: dict[tuple[int, object, NoticeState], list[Notice]] = {}
    for notice in await work.doubts.open():
        messages.setdefault((notice.person_id, notice.digest_on or notice.id, notice.state), []).append(notice)
    people = await work.people.by_ids({person_id for person_id, *_ in messages})
    return [Doubt(people[person_id], tuple(theirs)) for (person_id, *_), theirs in messages.items()]


async def mark_told(work: Work, manager: Person, notice_id: int, *, now: datetime) -> list[Notice]:
    """The person knows of it: close the message that this notice was in. Empty when it was settled before."""
    return await _settle(work, manager, notice_id, told=True, now=now)


async def send_again(work: Work, manager: Person, notice_id: int, *, now: datetime) -> list[Notice]:
    """Send that message once more, at the next chance and if it is still owed. Empty when it was settled before."""
    return await _settle(work, manager, notice_id, told=False, now=now)


async def leave(work: Work, manager: Person, notice_id: int, *, now: datetime) -> list[Notice]:
    """That message failed and is not sent again: it stays failed, off the list. Empty when it was settled before."""
    require_manager(manager)
    left = [one for one in await work.doubts.same_message(notice_id) if one.state is NoticeState.FAILED]
    for notice in left:
        await work.events.record(LEFT_ALONE, ("notice", notice.id), at=now, actor_id=manager.id)
    return left


async def _settle(work: Work, manager: Person, notice_id: int, *, told: bool, now: datetime) -> list[Notice]:
    require_manager(manager)
    message = await work.doubts.same_message(notice_id)
    verb = TOLD if told else AGAIN
    settled = await work.doubts.settle([one.id for one in message], told=told, at=now, reason=verb)
    changed: Sequence[Notice] = [one for one in message if one.id in settled]
    for notice in changed:
        await work.events.record(verb, ("notice", notice.id), at=now, actor_id=manager.id)
    return list(changed)
