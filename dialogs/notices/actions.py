"""Action items."""

from __future__ import annotations

from dialogs import acting, cards
from dialogs.notices.item import Item, Occasion
from dialogs.wording import say
from services.notices.subjects import ActionDue, ActionsUnowned


def due(subject: ActionDue, occasion: Occasion) -> Item:
    """An item that is due soon, today or overdue; to others than its owner, whose it is."""
    item = subject.item
    own = occasion.person.id == item.owner_id
    lead = "" if own or subject.owner is None else say("action-owner", owner=subject.owner.name) + " "
    update = cards.button(f"Update {item.ref}", acting.OPEN, item=item.id)
    text = f"{lead}{item.action}. {acting.due_words(item, occasion.today)}."
    return Item(f"Action {item.ref}", text, (update,) if own else ())


def unowned(subject: ActionsUnowned, occasion: Occasion) -> Item:
    """Items that nobody can be reminded of yet."""
    first = " ".join(f"{item.ref}: {item.action}." for item in subject.first)
    return Item(say("unowned-title", count=subject.count), say("unowned", first=first))
