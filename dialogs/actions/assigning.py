"""Owners and dates for items that have none: five on a card, one press of Save, then the next five."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import cards, dates
from dialogs.actions.item_words import item_line, lead_words
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import explain, say
from services import action_office
from services.coming_days import day_to_come
from services.due import limit_date
from services.errors import ServiceError
from services.model import ActionItem, Role
from services.notices.kinds.actions import BATCH
from services.notices.subjects import OwnerChoice
from services.owner_choices import choices_for, chosen
from services.rulebook import Rulebook

BATCH_OPEN, BATCH_SAVE, BATCH_SKIP = "assign.open", "assign.save", "assign.skip"


def fields(
    items: Sequence[ActionItem],
    choices: Sequence[Sequence[OwnerChoice]],
    rules: Rulebook,
    *,
    start: int = 0,
) -> list[cards.Element]:
    """For each item an owner and a date to fill in, and one button that saves them all."""
    body: list[cards.Element] = []
    for item, theirs in zip(items, choices, strict=True):
        body += [
            cards.heading(f"{item.ref}: {_short(item.action)}"),
            cards.words(_known(item, rules), quiet=True),
            cards.choice_input(f"owner-{item.id}", "Owner", [(f"{one.name} ({one.why})", one.value) for one in theirs]),
            cards.date_input(f"due-{item.id}", "Due date"),
        ]
    ids = " ".join(str(item.id) for item in items)
    save = cards.button("Save", BATCH_SAVE, style="positive", items=ids, start=start)
    skip = cards.button("Skip these for now", BATCH_SKIP, start=start + len(items))
    return [*body, cards.actions_row([save, skip])]


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:197]}..."


def _known(item: ActionItem, rules: Rulebook) -> str:
    lead = lead_words(item, rules)
    owner = "" if item.owner_id is None else "It has an owner; the date is missing."
    stated = f"The plan says: {item.due_text}." if item.due_text and item.due_text != "not stated" else ""
    return (
        " ".join(part for part in (f"Lead named: {lead}." if lead else "", owner, stated) if part) or "No lead named."
    )


async def _batch(turn: Turn, start: int, lead: Sequence[str]) -> Answer:
    """The items from `start` on, with what has just been done said first."""
    turn.known(Role.MANAGER)
    count = await turn.work.actions.count_without_owner_or_date()
    if not count:
        plain = "\n".join([*lead, say("assign-finished")])
        return answer(Reply(plain))
    items = await turn.work.actions.without_owner_or_date(limit=BATCH, offset=start % count)
    choices = await choices_for(turn.work, turn.rules.pack, items)
    how = say("assign-how", count=count)
    limits = [words for item in items if (words := _proposal(turn, item))]
    lines = [item_line(item, turn.today) for item in items]
    plain = "\n".join([*lead, how, *lines, *limits, say("assign-words", ref=items[0].ref)])
    body = [
        cards.title(say("assign-title")),
        *(cards.words(line) for line in (*lead, how)),
        *(cards.words(line, quiet=True) for line in limits),
        *fields(items, choices, turn.rules, start=start % count),
    ]
    return answer(Reply(plain, cards.card(body, fallback=plain)))


def _proposal(turn: Turn, item: ActionItem) -> str:
    """For an item under the partnership's limit, the date that the limit would give."""
    proposed = limit_date(turn.rules.pack, item, turn.today, turn.rules.workdays)
    if proposed is None or item.due_on is not None:
        return ""
    return say(
        "assign-limit", ref=item.ref, limit=turn.rules.pack.partnership.actions.limit.value, day=dates.day(proposed)
    )


async def open_batch(turn: Turn) -> Answer:
    """The first items without an owner or a date."""
    return await _batch(turn, _start(turn), [])


async def save_batch(turn: Turn) -> Answer:
    """Save what was filled in, item by item: one that cannot be saved does not hold up the others."""
    person = turn.known(Role.MANAGER)
    ids = [int(one) for one in turn.field("items").split() if one.isdecimal() and len(one) <= 9][:BATCH]
    told: list[str] = []
    saved = 0
    for item_id in ids:
        owner, due = turn.field(f"owner-{item_id}"), turn.field(f"due-{item_id}")
        if not owner and not due:
            continue
        item = await action_office.find(turn.work, person, item_id)
        try:
            await action_office.assign(
                turn.work,
                person,
                item_id,
                owner=chosen(owner) if owner else None,
                due_on=day_to_come(due, turn.today) if due else None,
                now=turn.now,
                rules=turn.rules,
            )
            saved += 1
        except ServiceError as error:
            told.append(say("assign-fault", ref=item.ref, why=explain(error)))
    left = await turn.work.actions.count_without_owner_or_date()
    first = say("assign-saved", done=saved, left=left) if saved else say("assign-nothing")
    return await _batch(turn, _start(turn), [first, *told])


def _start(turn: Turn) -> int:
    """Where in the list a card stood; the beginning when it does not say."""
    value = turn.field("start")
    return int(value) if value.isdecimal() and len(value) <= 9 else 0
