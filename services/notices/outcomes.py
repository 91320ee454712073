"""What a send came to, and what that means for the notices in it (design.md section 5, rule 2). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from services.model import Notice, NoticeState, Person
from services.notices.subjects import Subject
from services.ports import Failure, Message, Receipt, Route

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
MOST_ATTEMPTS = 8
LOCKED_OUT_FOR = timedelta(minutes=10)
"""How long a notice waits that met a secret which is not taken: soon after it is renewed, everything goes out."""

TEAMS, EMAIL, NO_ROUTE = "teams", "email", "none"
"""The routes that an attempt can take."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One letter with its words and its address. Without a route it goes by e-mail. `attempts` are their ids."""

    person: Person
    route: Route | None
    pairs: tuple[tuple[Notice, Subject], ...]
    message: Message
    attempts: tuple[int, ...] = ()

    @property
    def ids(self) -> list[int]:
        """The notices in it."""
        return [notice.id for notice, _ in self.pairs]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one send. `failure` is None when the carrier took it."""

    ready: Ready
    by: str
    receipt: Receipt | None = None
    failure: Failure | None = None
    detail: str | None = None
    retry_after: float | None = None


def state_after(result: Result, notice: Notice) -> NoticeState:
    """What a failure means for one notice of the letter (design.md section 5, rule 2).

    Each has its own tries: one that has none left ends, and what shared a digest with it is tried again.
    """
    last_try = notice.attempts + 1 >= MOST_ATTEMPTS
    match result.failure:
        case None:
            return NoticeState.SENT
        case Failure.AMBIGUOUS:
            return NoticeState.UNCERTAIN
        case Failure.REFUSED:
            return NoticeState.FAILED
        case Failure.BLOCKED | Failure.GONE:
            # The route is closed from now on, so the next try goes by e-mail, or ends as blocked if there is none.
            another_way = result.by == TEAMS and not last_try
            return NoticeState.RETRY if another_way else NoticeState.BLOCKED
        case Failure.THROTTLED | Failure.LOCKED_OUT:
            return NoticeState.RETRY
        case Failure.TRANSIENT:
            return NoticeState.FAILED if last_try else NoticeState.RETRY


def wait_before_retry(result: Result) -> timedelta:
    """How long to leave a letter alone that was certainly not delivered: all of it, so that it stays one message."""
    if result.failure is Failure.THROTTLED:
        return timedelta(seconds=max(result.retry_after or 0, 1))
    if result.failure in (Failure.BLOCKED, Failure.GONE):
        return timedelta(0)
    if result.failure is Failure.LOCKED_OUT:
        return LOCKED_OUT_FOR
    tried = max(notice.attempts for notice, _ in result.ready.pairs) + 1
    back_off = BACK_OFF[min(tried, len(BACK_OFF)) - 1]
    return max(back_off, timedelta(seconds=result.retry_after or 0))
