"""Action items: reminders that climb, requests and what came of them, new owners, re-audits, and what nobody owns."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.actions import deciding, managing_item, own_items
from dialogs.actions.assigning import fields
from dialogs.actions.item_words import due_words
from dialogs.notices.item import Item, Occasion
from dialogs.wording import say
from services.model import ActionItem, Person, RequestKind, RequestState, Role
from services.notices.gathered import ActionsGiven, PurgeDue
from services.notices.subjects import (
    ActionAsked,
    ActionDecided,
    ActionDue,
    ActionsUnowned,
    ActionYours,
    ReAuditDue,
)

GIVEN_SHOWN = 10
"""Items of a file that stand in the message about it."""


def due(subject: ActionDue, occasion: Occasion) -> Item:
    """An item that is due soon, today or overdue. Each step is more pressing, and others are told whose it is."""
    item = subject.item
    words = due_words(item, occasion.today)
    here = subject.owner is not None and subject.owner.active
    owner = subject.owner.name if subject.owner is not None and here else say("action-no-owner")
    managed = subject.owner is not None and subject.owner.line_manager_id is not None
    text = say(
        _tone(subject, occasion),
        action=item.action,
        due=words,
        owner=owner,
        who=say("action-told-line-manager" if managed else "action-told-office"),
        reminded=say(_reminded(subject) if here else "action-reminded-nobody"),
    )
    own = occasion.person.id == item.owner_id
    manages = occasion.person.has(Role.MANAGER)
    buttons = (_update(item),) if own else (_open(item),) if manages else ()
    return Item(f"Action {item.ref}", text, buttons, own=own)


def _reminded(subject: ActionDue) -> str:
    """Which sentence tells the office who has been reminded: nobody whom no reminder was sent to."""
    above = subject.owner.line_manager_id if subject.owner is not None else None
    if subject.owner is None or subject.owner.id not in subject.told:
        return "action-reminded-not-yet"
    if above is None:
        return "action-reminded-owner"
    return "action-reminded-both" if above in subject.told else "action-reminded-owner-only"


def _open(item: ActionItem) -> cards.Element:
    return cards.button(f"Open {item.ref}", managing_item.OPEN_AS_MANAGER, item=item.id)


def _tone(subject: ActionDue, occasion: Occasion) -> str:
    """Which sentence: by how late it is, and by who reads it."""
    person, owner, item = occasion.person, subject.owner, subject.item
    if person.id == item.owner_id:
        late = (occasion.today - item.due_on).days if item.due_on else 0
        if late <= 0:
            return "action-due-day" if late == 0 else "action-before"
        return "action-overdue-again" if late >= 14 and person.id in subject.told else "action-overdue"
    if owner is not None and owner.line_manager_id == person.id:
        return "action-late-for-manager-of"
    is_office = person.has(Role.MANAGER) or owner is None or owner.agency_id != person.agency_id
    return "action-late-for-office" if is_office else "action-late-for-lead"


def yours(subject: ActionYours, occasion: Occasion) -> Item:
    """An item that has just been given to somebody, or has a new date."""
    item = subject.item
    code = "action-yours" if item.due_on else "action-yours-undated"
    text = say(code, action=item.action, due=due_words(item, occasion.today))
    return Item(say("action-yours-title", ref=item.ref), text, (_update(item),))


def given(subject: ActionsGiven, occasion: Occasion) -> Item:
    """Everything that a file gave to somebody, in one list; the rest of a long one is a question away."""
    lines = [
        say("actions-given-line", ref=one.ref, action=one.action, due=due_words(one, occasion.today))
        for one in subject.items[:GIVEN_SHOWN]
    ]
    more = len(subject.items) - len(lines)
    lines += [say("actions-given-more", count=more)] if more > 0 else []
    text = "\n".join([say("actions-given"), *lines, say("actions-given-how")])
    return Item(say("actions-given-title", count=len(subject.items)), text, (_mine(),), own=True)


def _mine() -> cards.Element:
    return cards.button("My actions", "my-actions")


def _update(item: ActionItem) -> cards.Element:
    return cards.button(f"Update {item.ref}", own_items.OPEN, item=item.id)


def asked(subject: ActionAsked, occasion: Occasion) -> Item:
    """A request, for who decides it."""
    item = subject.item
    words = deciding.request_words(subject.request, item, subject.asker, subject.to)
    if subject.weeks_ago > 0:
        weeks = f"{subject.weeks_ago} week{'' if subject.weeks_ago == 1 else 's'}"
        words = say("action-asked-again", weeks=weeks, what=words)
    buttons = deciding.buttons_for(subject.request, assigns=occasion.person.has(Role.MANAGER))
    if occasion.person.has(Role.MANAGER):
        buttons.append(_open(item))
    return Item(say("action-asked-title", ref=item.ref), f"{words} ({item.action})", tuple(buttons))


def decided(subject: ActionDecided, occasion: Occasion) -> Item:
    """What came of a request, for who asked."""
    item, request = subject.item, subject.request
    due_on = due_words(item, occasion.today)
    buttons = (_update(item),) if item.owner_id == occasion.person.id else ()
    title = say("action-decided-title", ref=item.ref)
    if request.state is RequestState.REFUSED:
        return Item(
            title, say("action-decided-refused", ref=item.ref, answer=request.answer or "", due=due_on), buttons
        )
    if request.kind is RequestKind.TRANSFER:
        return Item(title, say("action-decided-moved", ref=item.ref))
    granted = dates.day(request.until) if request.until else due_on
    return Item(title, say("action-decided-granted", ref=item.ref, due=granted), buttons)


def re_audit(subject: ReAuditDue, occasion: Occasion) -> Item:
    """A re-audit that is near, due or late."""
    item = subject.item
    on = dates.day(item.re_audit_on) if item.re_audit_on else ""
    late = item.re_audit_on is not None and item.re_audit_on < occasion.today
    text = say("re-audit-late" if late else "re-audit-soon", on=on, action=item.action, owner=_name(subject.owner))
    return Item(say("re-audit-title", ref=item.ref), text, (_open(item),) if occasion.person.has(Role.MANAGER) else ())


def _name(owner: Person | None) -> str:
    return owner.name if owner and owner.active else say("action-no-owner")


def unowned(subject: ActionsUnowned, occasion: Occasion) -> Item:
    """Items that nobody can be reminded of yet, with an owner and a date to fill in for the first few."""
    first = " ".join(f"{item.ref}: {item.action}." for item in subject.first)
    words = f"{say('unowned', first=first)} {say('assign-words', ref=subject.first[0].ref)}"
    heading = say("unowned-title", count=subject.count)
    form = tuple(fields(subject.first, subject.candidates, occasion.rules)) if subject.candidates else ()
    return Item(heading, words, form=form)


def purge(subject: PurgeDue, occasion: Occasion) -> Item:
    """Records that have been kept longer than the rules allow."""
    counts = ", ".join(f"{count:,} {say(f'record-{kind}')}" for kind, count in subject.counts)
    return Item(say("purge-title"), say("purge-due", counts=counts))
