"""Names of lists that the partnership manager asks for by these very words. Pure; `listening` knows which each is."""

from __future__ import annotations

from dialogs.choosing import folded

OF_MANAGERS = frozenset(
    {
        "charges",
        "charges due",
        "show charges",
        "digest",
        "weekly digest",
        "my week",
        "what's new",
        "whats new",
        "what's new this week",
        "whats new this week",
        "forward plan",
        "forward planner",
        "uncertain",
        "uncertain messages",
        "not delivered",
        "failed messages",
        "failed notices",
        "unreachable",
        "who cannot be reached",
    }
)


def names_list(text: str) -> bool:
    """True for the name of such a list and nothing more."""
    return folded(text) in OF_MANAGERS
