"""One action item for the partnership manager: owner and date, more time, closing, re-audit, history, evidence pack."""

from __future__ import annotations

from datetime import date, timedelta

from config.plans import DueKind
from dialogs import cards, dates
from dialogs.actions import own_items
from dialogs.actions.item_words import due_words, owner_words
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import action_office, actions, re_audits
from services.coming_days import day_to_come
from services.due import limit_of
from services.errors import NotFound, ServiceError
from services.history import history
from services.model import ActionItem, ActionState, Role
from services.owner_choices import choices_for, chosen
from services.spoken_days import day_or_doubt

ASSIGN, EXTEND, CLOSE = "manage.assign", "manage.extend", "manage.close"
RE_AUDIT, TESTED, EVENT, REOPEN = "manage.re-audit", "manage.tested", "manage.event", "manage.reopen"
HISTORY, PACK, OPEN_AS_MANAGER = "action.history", "manage.pack", "manage.open"
_LATEST = 12
"""Lines of history in a chat. The evidence pack has them all."""


_WORDS = {
    ActionState.OPEN: "manage-words",
    ActionState.DONE: "manage-words-ended",
    ActionState.CLOSED: "manage-words-closed",
}


async def open_one(turn: Turn) -> Answer:
    """One item: for its owner with the owner's forms, for the manager with the manager's."""
    person = turn.known()
    item = await actions.find_own(turn.work, person, turn.number("item"))
    if item.owner_id == person.id and turn.said.verb != OPEN_AS_MANAGER:
        return await own_items.show(turn, item, f"Action {item.ref}")
    return await manage(turn, item)


async def manage(turn: Turn, item: ActionItem) -> Answer:
    """One item with everything the manager can do about it."""
    lines, panel = await own_items.facts(turn, item)
    is_open = item.state is ActionState.OPEN
    words = say(_WORDS[item.state], ref=item.ref)
    plain = "\n".join([*lines, words])
    body = [cards.title(f"Action {item.ref}"), cards.panel(panel)]
    forms = await _open_forms(turn, item) if is_open else _closed_forms(turn, item)
    quick = [cards.button("History", HISTORY, item=item.id), cards.button("Evidence pack", PACK, item=item.id)]
    body += [cards.actions_row([*forms, *quick]), cards.words(words, quiet=True)]
    return answer(Reply(plain, cards.card(body, fallback=plain)), **{own_items.ONE_SHOWN: str(item.id)})


async def _open_forms(turn: Turn, item: ActionItem) -> list[cards.Element]:
    (choices,) = await choices_for(turn.work, turn.rules.pack, [item])
    shown = [(f"{one.name} ({one.why})", one.value) for one in choices]
    owner = [
        cards.choice_input("owner", "Owner", shown),
        cards.text_input("email", "Or somebody else, by work e-mail"),
        cards.date_input("due", "Due date", earliest=turn.today.isoformat()),
    ]
    later = max(turn.today, item.due_on or turn.today) + timedelta(days=1)
    more = [
        cards.required(
            cards.date_input("until", "New date", earliest=later.isoformat()), say("field-later-day-needed")
        ),
        cards.needed_words("reason", "Why? Kept with your name.", say("field-needed")),
    ]
    impact = [
        cards.needed_words("impact", "What difference did it make, or why is it no longer needed?", say("field-needed"))
    ]
    forms = [cards.reveal("Owner and date", owner, [cards.button("Save", ASSIGN, style="positive", item=item.id)])]
    if item.due_on is not None:
        forms.append(cards.reveal("More time", more, [cards.button("Give more time", EXTEND, item=item.id)]))
    elif _counts_from_event(turn, item):
        event = [cards.required(cards.date_input("on", _event_label(item)), say("field-day-needed"))]
        forms.append(cards.reveal("Date the event", event, [cards.button("Save this date", EVENT, item=item.id)]))
    return [*forms, cards.reveal("Close", impact, [cards.button("Close it", CLOSE, item=item.id)])]


def _counts_from_event(turn: Turn, item: ActionItem) -> bool:
    return item.due_kind == DueKind.RELATIVE or limit_of(turn.rules.pack, item.plan_id) is not None


def _event_label(item: ActionItem) -> str:
    return f"On which day was this: {item.after_event}?" if item.after_event else "On which day was the audit?"


def _closed_forms(turn: Turn, item: ActionItem) -> list[cards.Element]:
    impact = [cards.needed_words("impact", "What difference did it make?", say("field-needed"))]
    tomorrow = (turn.today + timedelta(days=1)).isoformat()
    on = [
        cards.required(cards.date_input("on", "Day of the re-audit", earliest=tomorrow), say("field-later-day-needed"))
    ]
    changed = [("Yes", "yes"), ("Not enough: open it again", "no")]
    found = [
        cards.needed_words("found", "What did the re-audit find?", say("field-needed")),
        cards.required(cards.choice_input("changed", "Has practice changed?", changed), say("field-choice-needed")),
    ]
    why = [cards.needed_words("reason", "Why is it opened again? Kept with your name.", say("field-needed"))]
    forms = [
        cards.reveal("Impact", impact, [cards.button("Keep the impact", CLOSE, item=item.id)]),
        cards.reveal("Open it again", why, [cards.button("Open it", REOPEN, item=item.id)]),
    ]
    if item.state is ActionState.DONE and item.tested_on is None:
        forms.append(cards.reveal("Plan a re-audit", on, [cards.button("Plan it", RE_AUDIT, item=item.id)]))
        if item.re_audit_on is not None:
            forms.append(cards.reveal("Report the re-audit", found, [cards.button("Keep it", TESTED, item=item.id)]))
    return forms


def _told(item: ActionItem, sentence: str) -> Answer:
    body = [cards.heading(f"{item.ref}: {item.action}"), cards.words(sentence)]
    back = [cards.button(f"Open {item.ref}", OPEN_AS_MANAGER, item=item.id)]
    return answer(Reply(sentence, cards.card(body, back, fallback=sentence)))


async def assign(turn: Turn) -> Answer:
    """An owner, a date, or both."""
    # first of all, or anybody could find out by names and addresses whom the partnership knows
    await action_office.find(turn.work, turn.known(), turn.number("item"))
    # on a card with several requests each has a field of its own
    email = turn.field("email") or turn.field(f"email-{turn.number('item')}")
    owner, due = turn.field("owner"), turn.field("due")
    new_owner = chosen(owner) if owner else None
    if email:
        new_owner = await owner_called(turn, email)
    if new_owner is None and not due:
        return answer(Reply(say("assign-nothing")))
    item = await action_office.assign(
        turn.work,
        turn.known(),
        turn.number("item"),
        owner=new_owner,
        due_on=day_to_come(due, turn.today) if due else None,
        now=turn.now,
        rules=turn.rules,
    )
    if item.owner_id is None and item.due_on is not None:
        sentence = say("action-dated", ref=item.ref, due=dates.day(item.due_on))
        return _told(item, " ".join([sentence, *_beyond_limit(turn, item)]))
    people = await turn.work.people.by_ids([item.owner_id])
    told = "action-assigned-told" if item.due_on else "action-assigned-undated"
    sentence = say(
        "action-assigned",
        ref=item.ref,
        owner=owner_words(item, people, turn.rules),
        due=_lower(due_words(item, turn.today)),
        told=say(told),
    )
    told_of = _told(item, " ".join([sentence, *_beyond_limit(turn, item)]))
    return Answer(told_of.replies, {own_items.ONE_SHOWN: str(item.id)})


async def owner_called(turn: Turn, words: str) -> action_office.NewOwner:
    """A person by work e-mail or whole name, or a post of the partnership by its title.

    Raises `NotFound` for anything else.
    """
    said = words.casefold().removeprefix("the ")
    posts = turn.rules.pack.partnership.owners
    post = next((one for one in posts if said in (one.title.casefold(), one.key.replace("-", " "))), None)
    if post is not None:
        return action_office.NewOwner(post=post.key)
    try:
        return action_office.NewOwner(person_id=(await actions.find_person(turn.work, words)).id)
    except NotFound:
        if known := await _of_first_name(turn, words):
            raise NotFound("owner-whole-name", names=" or ".join(known)) from None
        if not posts:
            raise
        raise NotFound("owner-not-found", post=posts[0].title) from None


async def _of_first_name(turn: Turn, words: str) -> list[str]:
    """The whole names of who is called so: a first name alone may be meant for somebody we do not know."""
    if len(words.split()) != 1:
        return []
    return [one.name for one in await turn.work.people.called(words)][: own_items.MOST_NAMED]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _beyond_limit(turn: Turn, item: ActionItem) -> list[str]:
    """A word of warning, and no more: the manager may decide otherwise."""
    span = limit_of(turn.rules.pack, item.plan_id)
    if span is None or item.due_on is None:
        return []
    counted = item.anchored_on or turn.today
    beyond = item.due_on > turn.rules.clockwork.shift(counted, span)
    return [say("action-beyond-limit", limit=span)] if beyond else []


async def extend(turn: Turn) -> Answer:
    """A later date, with the reason and the manager's name. The owner who says so can give none, and asks for it."""
    person = turn.known()
    if turn.said.verb is None and not person.has(Role.MANAGER):
        owned = await turn.work.actions.by_id(turn.number("item"))
        if owned is not None and owned.owner_id == person.id:
            return await own_items.more_time(turn)
    standing = await action_office.find(turn.work, turn.known(), turn.number("item"))
    item = await action_office.extend(
        turn.work,
        turn.known(),
        standing.id,
        until=own_items.day_chosen(turn, "until", since=standing.due_on),
        reason=turn.field("reason"),
        now=turn.now,
        rules=turn.rules,
    )
    due = dates.day(item.due_on) if item.due_on else ""
    return _told(item, " ".join([say("action-extended", ref=item.ref, due=due), *_beyond_limit(turn, item)]))


async def close(turn: Turn) -> Answer:
    """The impact of what is done; or the end of what needs doing no more."""
    before = await action_office.find(turn.work, turn.known(), turn.number("item"))
    item = await action_office.close(
        turn.work, turn.known(), before.id, impact=turn.field("impact"), now=turn.now, rules=turn.rules
    )
    key = "action-closed-now" if before.state is ActionState.OPEN else "action-impact-kept"
    return _told(item, say(key, ref=item.ref))


async def reopen(turn: Turn) -> Answer:
    """Open again what was marked as done or closed by mistake."""
    before = await action_office.find(turn.work, turn.known(), turn.number("item"))
    if before.state is ActionState.OPEN:
        return _told(before, say("action-open-already", ref=before.ref))
    item = await action_office.reopen(
        turn.work, turn.known(), before.id, reason=turn.field("reason"), now=turn.now, rules=turn.rules
    )
    return _told(item, say("action-reopened", ref=item.ref))


async def re_audit(turn: Turn) -> Answer:
    """Plan the day on which it is tested whether practice changed."""
    on = own_items.day_chosen(turn, "on")
    item = await re_audits.plan(turn.work, turn.known(), turn.number("item"), on=on, now=turn.now, rules=turn.rules)
    return _told(item, say("action-re-audit-set", ref=item.ref, on=dates.day(on)))


async def tested(turn: Turn) -> Answer:
    """What the re-audit found."""
    changed = {"changed": "yes", "not changed": "no"}.get(turn.field("changed").casefold(), turn.field("changed"))
    if changed not in ("yes", "no"):
        raise ServiceError("re-audit-finding-missing")
    item = await re_audits.report(
        turn.work,
        turn.known(),
        turn.number("item"),
        found=turn.field("found"),
        changed=changed == "yes",
        now=turn.now,
        rules=turn.rules,
    )
    key = "action-re-audit-passed" if item.tested_on else "action-re-audit-failed"
    return _told(item, say(key, ref=item.ref))


def _day_of_event(turn: Turn, words: str) -> date:
    """The day an event was; one to come only where the words name none that has been, or one that is long past.

    Raises `ServiceError` for words that name no day, or a weekday and a date that do not fit.
    """
    on, doubt = day_or_doubt(words, turn.today, turn.rules.workdays)
    if doubt is not None and doubt.code != "day-to-come":
        raise doubt
    return on or day_to_come(words, turn.today)


async def event(turn: Turn) -> Answer:
    """Date the event that an item is counted from."""
    if not turn.field("on"):
        raise ServiceError("day-missing")
    on = _day_of_event(turn, turn.field("on"))
    item = await action_office.set_anchor(
        turn.work, turn.known(), turn.number("item"), on=on, now=turn.now, rules=turn.rules
    )
    if item.due_on is None:
        return _told(item, say("action-event-kept", ref=item.ref))
    return _told(item, say("action-event-dated", ref=item.ref, due=dates.day(item.due_on)))


async def show_history(turn: Turn) -> Answer:
    """What has happened to an item, newest last."""
    item = await actions.find_own(turn.work, turn.known(), turn.number("item"))
    zone = turn.rules.pack.partnership.calendar.zone
    found = await history(turn.work, turn.rules, [item.id], say)
    lines = [
        f"{dates.short_day(line.at.astimezone(zone).date())}, {line.who}: {line.what}"
        + (f" - {line.text}" * bool(line.text))
        for line in found[-_LATEST:]
    ]
    title = say("action-history-title", ref=item.ref)
    if not lines:
        return answer(Reply(say("action-history-none", ref=item.ref)))
    plain = "\n".join([title, *lines])
    return answer(Reply(plain, cards.card([cards.title(title), cards.points(lines)], fallback=plain)))


async def pack(turn: Turn) -> Answer:
    """How the evidence pack of an item is made: files do not travel well in a chat."""
    person = turn.known(Role.MANAGER)
    item = await action_office.find(turn.work, person, turn.number("item"))
    return answer(Reply(say("pack-how", ref=item.ref)))
