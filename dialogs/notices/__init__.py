"""The words of what is sent unasked: one urgent notice, or the day's digest of everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs import cards, dates
from dialogs.notices import actions, challenges, places, training
from dialogs.notices.item import Item, Occasion, Words
from dialogs.wording import say
from services.model import Notice, Person
from services.notices.subjects import (
    ActionDue,
    ActionsUnowned,
    ApprovalAsked,
    BookingTold,
    ChallengeDue,
    DatePublished,
    EvaluationDue,
    ImpactMissing,
    PlaceOffered,
    SessionSoon,
    Subject,
)
from services.ports import Message
from services.rulebook import Rulebook

WORDS: Mapping[type, Words] = {
    EvaluationDue: training.evaluation,
    PlaceOffered: training.offer,
    SessionSoon: training.session,
    BookingTold: places.told,
    ApprovalAsked: places.approval,
    DatePublished: places.published,
    ActionDue: actions.due,
    ActionsUnowned: actions.unowned,
    ChallengeDue: challenges.due,
    ImpactMissing: challenges.impact,
}


@dataclass(frozen=True)
class Renderer:
    """Puts what is owed into words. Built once with the rules; called with each letter."""

    rules: Rulebook

    def __call__(self, person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
        """One message for one person. The summary is the line shown in the activity feed and as a mail's subject."""
        today = self.rules.today(now)
        items = [WORDS[type(about)](about, Occasion(self.rules, person, notice, today)) for notice, about in pairs]
        title = items[0].heading if len(items) == 1 else say("digest-title", count=len(items), day=dates.day(today))
        return _message(title, items)


def _message(title: str, items: Sequence[Item]) -> Message:
    """A card of at most six buttons; what has no button any more is still there in words."""
    plain = "\n\n".join([title, *(f"{item.heading}\n{item.text}" for item in items), say("why-this")])
    left = cards.MOST_ACTIONS
    body: list[cards.Element] = [cards.title(title)]
    for item in items:
        shown = list(item.buttons)[:left]
        left -= len(shown)
        row: list[cards.Element] = [cards.heading(item.heading)] if len(items) > 1 else []
        row += [cards.words(item.text), *([cards.actions_row(shown)] if shown else [])]
        body.append(cards.panel(row))
    body.append(cards.words(say("why-this"), quiet=True))
    return Message(plain, cards.card(body, fallback=plain), summary=title)
