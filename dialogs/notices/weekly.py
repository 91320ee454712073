"""The manager's weekly digest."""

from __future__ import annotations

from dialogs.notices.item import Item, Occasion
from dialogs.office import overview
from dialogs.office.overview_words import week_lines
from services.notices.week_seen import WeekSeen


def week(subject: WeekSeen, occasion: Occasion) -> Item:
    """What was sent and what came of it, what will be sent, what is ahead, and buttons that lead on."""
    lines = week_lines(subject, occasion.rules)
    return Item(overview.week_title(subject), "\n\n".join(lines), tuple(overview.links()))
