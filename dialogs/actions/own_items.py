"""Action items for their owners: what somebody owes, done with evidence, progress, more time, not mine, later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from config.ladders import LadderKind
from dialogs import cards, dates, owed
from dialogs.actions import item_words, own_requests
from dialogs.actions.item_words import due_words, item_line, tone_of
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import actions, snoozing
from services.coming_days import day_to_come
from services.errors import NotFound, ServiceError
from services.model import ActionItem, ActionState

OPEN, COMPLETE, MORE_TIME, PROGRESS = "action.open", "action.complete", "action.more-time", "action.progress"
ITEMS = "action-items"
ONE_SHOWN = "action-shown"
"""The one action on the card last shown: its titles may be typed without its reference."""
NOT_MINE, SNOOZE = "action.not-mine", "action.snooze"
MOST_NAMED = 3
"""People who are named where several have the same first name."""
SHOWN = 5
"""How many items stand in one card: each has a button, and a card may have six."""


async def facts(turn: Turn, item: ActionItem) -> tuple[list[str], list[cards.Element]]:
    """What is known of an item: as lines, for who sees no cards, and as a card shows it."""
    people = await turn.work.people.by_ids([item.owner_id])
    found = item_words.facts_of(item, people, turn.today, turn.rules)
    found.append(("Not theirs", await own_requests.pending(turn, item)))
    limit = item_words.limit_words(item, turn.rules)
    lines = [
        item_line(item, turn.today),
        *(f"{name}: {value}" for name, value in found if value),
        *([limit] if limit else []),
    ]
    shown = [
        cards.heading(f"{item.ref}: {item.action}"),
        cards.words(due_words(item, turn.today), tone=tone_of(item, turn.today)),
        cards.facts(found),
        *([cards.words(limit, quiet=True)] if limit else []),
    ]
    return lines, shown


def _forms(item: ActionItem, today: date) -> cards.Element:
    earliest = max(today, item.due_on or today) + timedelta(days=1)
    seen = item.due_on.isoformat() if item.due_on else ""
    later = cards.choice_input(
        "for", "Remind me again in", [("2 days", "2 days"), ("1 week", "1 week"), ("2 weeks", "2 weeks")]
    )
    forms: list[tuple[str, list[cards.Element], cards.Element]] = [
        (
            "Done",
            [cards.needed_words("evidence", "What shows that it is done? Name nobody.", say("field-needed"))],
            cards.button("Mark as done", COMPLETE, style="positive", item=item.id, due=seen),
        ),
        (
            "Progress",
            [cards.needed_words("progress", "How is it going?", say("field-needed"))],
            cards.button("Keep this note", PROGRESS, item=item.id),
        ),
        (
            "More time",
            [
                cards.required(
                    cards.date_input("until", "New date", earliest=earliest.isoformat()), say("field-later-day-needed")
                ),
                cards.needed_words("reason", "Why is more time needed?", say("field-needed")),
            ],
            cards.button("Ask for more time", MORE_TIME, item=item.id),
        ),
        (
            "Not mine",
            [
                cards.needed_words("why", "Why is it not yours?", say("field-needed")),
                cards.text_input("to", "Whose is it? Their work e-mail, if you know it"),
            ],
            cards.button("Tell the manager", NOT_MINE, item=item.id),
        ),
        ("Later", [later], cards.button("Remind me later", SNOOZE, item=item.id)),
    ]
    return cards.actions_row([cards.reveal(label, body, [press]) for label, body, press in forms])


async def _list(turn: Turn, items: Sequence[ActionItem], title: str) -> Answer:
    shown = list(items)[:SHOWN]
    rest = _rest(items[SHOWN:], turn.today)
    lines = [f"{number}. {item_line(item, turn.today)}" for number, item in enumerate(shown, 1)]
    plain = "\n".join([title, *lines, *rest, say("action-words-many", ref=shown[0].ref)])
    body: list[cards.Element] = [cards.title(title)]
    for item in shown:
        update = cards.button(f"Update {item.ref}", OPEN, item=item.id)
        row = [
            cards.heading(f"{item.ref}: {item.action}"),
            cards.words(due_words(item, turn.today), tone=tone_of(item, turn.today)),
            *([cards.words(f"Last progress: {item.progress}", quiet=True)] if item.progress else []),
        ]
        body.append(cards.panel([*row, cards.actions_row([update])]))
    body += [cards.words(line, quiet=True) for line in rest]
    state = {EXPECT: ITEMS, ITEMS: " ".join(str(item.id) for item in shown)}
    return answer(Reply(plain, cards.card(body, fallback=plain)), **state)


def _rest(items: Sequence[ActionItem], today: date) -> list[str]:
    """How many items are not shown, and whether these are overdue as well."""
    if not items:
        return []
    overdue = sum(item.overdue(today) for item in items)
    undated = sum(item.due_on is None for item in items)
    counts = {"overdue": overdue, "later": len(items) - overdue - undated, "undated": undated}
    how = ", ".join(say(f"actions-more-{key}", count=count) for key, count in counts.items() if count)
    return [say("actions-more", count=len(items), how=how)]


async def show(turn: Turn, item: ActionItem, title: str) -> Answer:
    """One item with everything its owner can do about it."""
    lines, panel = await facts(turn, item)
    is_open = item.state is ActionState.OPEN
    hint = [say("action-words", ref=item.ref)] if is_open else []
    plain = "\n".join([title, *lines, *hint])
    forms = [_forms(item, turn.today)] if is_open else []
    # Teams shows the card alone, and not the text beside it
    body = [cards.title(title), cards.panel(panel), *forms, *(cards.words(one, quiet=True) for one in hint)]
    return answer(Reply(plain, cards.card(body, fallback=plain)), **{ONE_SHOWN: str(item.id)})


async def my_actions(turn: Turn) -> Answer:
    """What the person owes, most overdue first, and below it what they owe beside actions."""
    items = await turn.work.actions.open_of(turn.known().id)
    if not items:
        return await owed.beside_actions(turn, answer(Reply(say("no-actions"))), none=True)
    if len(items) == 1:
        return await owed.beside_actions(turn, await show(turn, items[0], "Your action"), none=False)
    listed = await _list(turn, items, f"Your actions ({len(items)})")
    return await owed.beside_actions(turn, listed, none=False)


async def my_overdue(turn: Turn) -> Answer:
    """What of one's own is overdue."""
    today = turn.today
    items = [item for item in await turn.work.actions.open_of(turn.known().id) if item.overdue(today)]
    if not items:
        return answer(Reply(say("no-overdue")))
    return await _list(turn, items, f"Your overdue actions ({len(items)})")


def _changed(item: ActionItem, sentence: str, title: str) -> Answer:
    body = [cards.title(title), cards.heading(f"{item.ref}: {item.action}"), cards.words(sentence)]
    return answer(Reply(sentence, cards.card(body, [cards.button("My actions", "my-actions")], fallback=sentence)))


async def complete(turn: Turn) -> Answer:
    """Done, with the evidence; what is said of an item that is done already is kept beside the first."""
    seen = turn.field("due")
    before = await actions.find_own(turn.work, turn.known(), turn.number("item"))
    if before.state is ActionState.DONE and turn.field("evidence"):
        return await _more_evidence(turn, before)
    item = await actions.complete(
        turn.work,
        turn.known(),
        turn.number("item"),
        evidence=turn.field("evidence"),
        now=turn.now,
        rules=turn.rules,
        for_due=day_to_come(seen, turn.today) if seen else None,
    )
    if item.state is ActionState.OPEN and item.due_on is not None:
        every = item_words.every_words(item.every or "")
        return _changed(
            item, say("action-done-once", ref=item.ref, every=every, next=dates.day(item.due_on)), "Done for this time"
        )
    return _changed(item, say("action-done", ref=item.ref), "Done")


async def _more_evidence(turn: Turn, item: ActionItem) -> Answer:
    evidence = turn.field("evidence")
    new = await actions.add_evidence(
        turn.work, turn.known(), item.id, evidence=evidence, now=turn.now, rules=turn.rules
    )
    return _changed(item, say("action-evidence-added" if new else "action-done", ref=item.ref), "Done")


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
    return _changed(item, say("action-noted", ref=item.ref), "Progress kept")


def day_chosen(turn: Turn, name: str, *, since: date | None = None) -> date:
    """The day to come of a field. Raises `ServiceError` for a field left empty, and for what is no day."""
    if not turn.field(name):
        raise ServiceError("day-missing")
    return day_to_come(turn.field(name), turn.today, since=since)


async def more_time(turn: Turn) -> Answer:
    """Ask the manager for a later date; the present one stands until they agree."""
    standing = await actions.find_own(turn.work, turn.known(), turn.number("item"))
    until = day_chosen(turn, "until", since=standing.due_on)
    item = await actions.ask_more_time(
        turn.work,
        turn.known(),
        standing.id,
        until=until,
        reason=turn.field("reason"),
        now=turn.now,
        rules=turn.rules,
    )
    return _changed(item, say("action-time-asked", ref=item.ref, until=dates.day(until)), "More time asked for")


async def not_mine(turn: Turn) -> Answer:
    """It is somebody else's: tell who decides, with a suggestion if there is one."""
    # first of all, or anybody could find out by names whom the partnership knows
    await actions.find_own(turn.work, turn.known(), turn.number("item"))
    to = await whose(turn, turn.field("to"))
    item = await actions.say_not_mine(
        turn.work,
        turn.known(),
        turn.number("item"),
        reason=turn.field("why"),
        to=to,
        now=turn.now,
        rules=turn.rules,
    )
    named = (await actions.find_person(turn.work, to)).name if to else ""
    suffix = say("action-not-mine-to", name=named) if named else ""
    return _changed(item, say("action-not-mine", ref=item.ref, to=suffix), "Passed to the manager")


async def whose(turn: Turn, words: str) -> str:
    """A colleague as they are looked up: for a first name that one person has, that person.

    Raises `NotFound` where several have it.
    """
    if len(words.split()) != 1 or "@" in words:
        return words
    called = await turn.work.people.called(words)
    if len(called) > 1:
        raise NotFound("owner-whole-name", names=" or ".join(one.name for one in called[:MOST_NAMED]))
    return (called[0].email or called[0].name) if called else words


async def snooze(turn: Turn) -> Answer:
    """Remind the owner later. Only their own reminders wait."""
    person = turn.known()
    item = await actions.find_own(turn.work, person, turn.number("item"))
    if item.owner_id != person.id:
        raise ServiceError("snooze-not-yours")
    until = day_to_come(turn.field("for") or turn.field("until") or "1 week", turn.today)
    kind = LadderKind.ACTION_ITEM.value
    moment = await snoozing.snooze(turn.work, person, kind, item.id, until=until, now=turn.now, rules=turn.rules)
    day = dates.day(turn.rules.today(moment))
    return _changed(item, say("action-snoozed", ref=item.ref, until=day), "I will remind you later")
