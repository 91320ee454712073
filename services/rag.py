"""The state an action item is in, derived and never typed in. The colour for it is the partnership's choice. Pure."""

from __future__ import annotations

from datetime import date

from config.actions import RagState
from services.model import ActionItem, ActionState


def rag_of(item: ActionItem, today: date, due_soon_days: int) -> RagState | None:
    """Where an item stands; `None` when it was closed because nobody needs it any more."""
    if item.state is ActionState.CLOSED:
        return None
    if item.state is ActionState.DONE:
        return RagState.TESTED if item.tested_on else RagState.COMPLETE
    if item.overdue(today):
        return RagState.OVERDUE
    if item.due_on is not None and (item.due_on - today).days <= due_soon_days and not item.evidence:
        return RagState.AT_RISK
    return RagState.ON_TRACK if item.progress else RagState.NOT_STARTED
