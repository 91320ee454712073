"""What the manager's digest of the week holds: the week behind, what is ahead, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.forward import Ahead
from services.model import NoticeState, OutOfReach
from services.related import Demand


@dataclass(frozen=True, slots=True)
class WeekSeen:
    """The manager's week. `first` to `last` is the one behind; `coming` counts by day from the day of the digest."""

    first: date
    last: date
    sent: Mapping[str, int]
    """By kind."""
    went_wrong: Mapping[NoticeState, int]
    superseded: int
    """Steps that did not go out because a later one of their ladder was due too; `went_wrong` is without them."""
    answered: int
    done: int
    items_overdue: int
    evaluations_late: int
    uncertain: int
    failed: int
    """Notices that failed, whenever that was, and that nobody has looked at."""
    unreachable: tuple[OutOfReach, ...]
    coming: Mapping[date, int]
    coming_kinds: Mapping[str, int]
    unforeseen: tuple[str, ...]
    """The kinds of notice that `coming` is without, because their forecast broke."""
    ahead: tuple[Ahead, ...]
    unanswered: int
    """Questions of the last weeks that the guidance did not answer."""
    demand: tuple[Demand, ...]
    """Topics asked about often without training on offer, most asked first."""
