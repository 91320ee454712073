"""Action items: what somebody owes, marking it done with evidence, asking for more time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from dialogs import cards, dates
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import actions
from services.errors import ServiceError
from services.model import ActionItem

OPEN, COMPLETE, MORE_TIME, PROGRESS = "action.open", "action.complete", "action.more-time", "action.progress"
SHOWN = 5
"""How many items stand in one card: each has a button, and a card may have six."""


def due_words(item: ActionItem, today: date) -> str:
    """When an item is due, and how far away that is; what the plan says when there is no date."""
    if item.due_on is None:
        stated = f" (the plan says: {item.due_text})" if item.due_text and item.due_text != "not stated" else ""
        return f"No date set{stated}"
    if item.overdue(today):
        return f"{dates.overdue_by(today, item.due_on).capitalize()}: was due {dates.day(item.due_on)}"
    near = " (today)" if item.due_on == today else ""
    return f"Due {dates.day(item.due_on)}{near}"


def item_line(item: ActionItem, today: date) -> str:
    """An item in one line."""
    return f"{item.ref}: {item.action}. {due_words(item, today)}."


def _facts(item: ActionItem, today: date) -> list[cards.Element]:
    asked = dates.day(item.more_time_until) if item.more_time_until else ""
    return [
        cards.heading(f"{item.ref}: {item.action}"),
        cards.words(due_words(item, today), tone="attention" if item.overdue(today) else "default"),
        cards.facts(
            [
                ("Lead named", item.lead_agency or ""),
                ("Progress", item.progress or ""),
                ("More time asked, until", asked),
                ("Source", item.source),
            ]
        ),
    ]


def _forms(item: ActionItem, today: date) -> cards.Element:
    evidence = cards.text_input("evidence", "What shows that it is done?", lines=True)
    until = cards.date_input("until", "New date", earliest=max(today, item.due_on or today).isoformat())
    reason = cards.text_input("reason", "Why is more time needed?", lines=True)
    note = cards.text_input("progress", "How is it going?", lines=True)
    done = cards.button("Mark as done", COMPLETE, style="positive", item=item.id)
    ask = cards.button("Ask for more time", MORE_TIME, item=item.id)
    keep = cards.button("Keep this note", PROGRESS, item=item.id)
    return cards.actions_row(
        [
            cards.reveal("Done", [evidence], [done]),
            cards.reveal("More time", [until, reason], [ask]),
            cards.reveal("Progress", [note], [keep]),
        ]
    )


def _list(turn: Turn, items: Sequence[ActionItem], title: str, *, forms: bool) -> Answer:
    shown = list(items)[:SHOWN]
    more = len(items) - len(shown)
    rest = [f"And {more} more."] if more > 0 else []
    lines = [f"{number}. {item_line(item, turn.today)}" for number, item in enumerate(shown, 1)]
    hint = [say("action-words")] if forms else []
    plain = "\n".join([title, *lines, *rest, *hint])
    body: list[cards.Element] = [cards.title(title)]
    for item in shown:
        if forms and len(items) == 1:
            row = [_forms(item, turn.today)]
        else:
            row = [cards.actions_row([cards.button(f"Update {item.ref}", OPEN, item=item.id)])] if forms else []
        body.append(cards.panel([*_facts(item, turn.today), *row]))
    body += [cards.words(line, quiet=True) for line in rest]
    return answer(Reply(plain, cards.card(body, fallback=plain)))


async def my_actions(turn: Turn) -> Answer:
    """What the person owes, most overdue first."""
    items = await turn.work.actions.open_of(turn.known().id)
    if not items:
        return answer(Reply(say("no-actions")))
    return _list(turn, items, "Your actions", forms=True)


async def overdue(turn: Turn) -> Answer:
    """Every overdue item for the manager, one's own for anybody else."""
    items = await actions.list_overdue(turn.work, turn.known(), now=turn.now)
    if not items:
        return answer(Reply(say("no-overdue")))
    own = all(item.owner_id == turn.known().id for item in items)
    return _list(turn, items, f"Overdue actions ({len(items)})", forms=own)


async def open_one(turn: Turn) -> Answer:
    """One item with its forms."""
    item = await actions.find_own(turn.work, turn.known(), turn.number("item"))
    return _list(turn, [item], f"Action {item.ref}", forms=True)


def _changed(turn: Turn, item: ActionItem, sentence: str, title: str) -> Answer:
    body = [cards.title(title), cards.words(sentence), *_facts(item, turn.today)]
    return answer(Reply(sentence, cards.card(body, [cards.button("My actions", "my-actions")], fallback=sentence)))


async def complete(turn: Turn) -> Answer:
    """Done, with the evidence."""
    item = await actions.complete(
        turn.work,
        turn.known(),
        turn.number("item"),
        evidence=turn.field("evidence"),
        now=turn.now,
        rules=turn.rules,
    )
    return _changed(turn, item, say("action-done", ref=item.ref), "Done")


async def progress(turn: Turn) -> Answer:
    """A note on how it is going."""
    item = await actions.note_progress(
        turn.work,
        turn.known(),
        turn.number("item"),
        progress=turn.field("progress"),
        now=turn.now,
        rules=turn.rules,
    )
    return _changed(turn, item, say("action-noted", ref=item.ref), "Progress kept")


def read_date(text: str) -> date:
    """A date as a card field or a person writes it. Raises `ServiceError` when it is none."""
    for layout in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), layout).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise ServiceError("bad-date")


async def more_time(turn: Turn) -> Answer:
    """Ask the manager for a later date; the present one stands until they agree."""
    until = read_date(turn.field("until"))
    item = await actions.ask_more_time(
        turn.work,
        turn.known(),
        turn.number("item"),
        until=until,
        reason=turn.field("reason"),
        now=turn.now,
        rules=turn.rules,
    )
    return _changed(turn, item, say("action-time-asked", ref=item.ref, until=dates.day(until)), "More time asked for")
