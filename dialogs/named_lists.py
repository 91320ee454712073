"""Lists that the partnership manager asks for by these very words."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.choosing import folded
from dialogs.office import overview
from dialogs.training import charging
from dialogs.turn import Flow

FOR_MANAGERS: Mapping[str, Flow] = {
    "charges": charging.list_due,
    "charges due": charging.list_due,
    "show charges": charging.list_due,
    "digest": overview.show_week,
    "weekly digest": overview.show_week,
    "my week": overview.show_week,
    **dict.fromkeys(("what's new", "whats new", "what's new this week", "whats new this week"), overview.show_week),
    "forward plan": overview.show_ahead,
    "forward planner": overview.show_ahead,
    "uncertain": overview.show_doubts,
    "uncertain messages": overview.show_doubts,
    **dict.fromkeys(("not delivered", "failed messages", "failed notices"), overview.show_doubts),
    "unreachable": overview.show_unreachable,
    "who cannot be reached": overview.show_unreachable,
}


def names_list(text: str) -> bool:
    """True for the name of such a list and nothing more."""
    return folded(text) in FOR_MANAGERS
