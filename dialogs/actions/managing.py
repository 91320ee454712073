"""Action plans for the partnership manager: lists by every view, page by page, and what to open from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from dialogs import cards
from dialogs.actions import item_words, own_items
from dialogs.actions.assigning import BATCH_OPEN
from dialogs.actions.deciding import REQUESTS
from dialogs.actions.item_words import due_words, tone_of
from dialogs.actions.managing_item import OPEN_AS_MANAGER
from dialogs.choosing import folded
from dialogs.talk import Reply
from dialogs.turn import LONGEST_NUMBER, Answer, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.model import ActionItem, ActionsGrouped, ActionsWanted, Role

OVERVIEW, LIST, GROUPS = "manage.overview", "manage.list", "manage.groups"
PAGE = 5
_GROUP_COLUMNS = {"plan": "plan_id", "agency": "lead_agency", "owner": "owner_id"}


async def overview(turn: Turn) -> Answer:
    """How all plans stand, with a way to every list. For anybody but the manager, their own items."""
    if not turn.known().has(Role.MANAGER):
        return await own_items.my_actions(turn)
    soon = turn.rules.pack.partnership.actions.due_soon_days.value
    counts = {view: await turn.work.actions.count(_wanted(turn, view, "")) for view in _VIEWS}
    requests = len(await turn.work.action_requests.open())
    waiting = say("actions-requests-some", count=requests) if requests else say("actions-requests-none")
    text = say(
        "actions-overview",
        open=counts["all"],
        overdue=counts["overdue"],
        soon=counts["soon"],
        unowned=counts["unowned"],
        days=soon,
        requests=waiting,
    )
    plain = "\n".join([say("actions-title"), text, say("actions-words")])
    by = [cards.button(f"By {one}", GROUPS, by=one) for one in _GROUP_COLUMNS]
    presses = [
        cards.button(f"Overdue ({counts['overdue']})", LIST, view="overdue"),
        cards.button(f"Due soon ({counts['soon']})", LIST, view="soon"),
        cards.button(f"Set owners and dates ({counts['unowned']})", BATCH_OPEN),
        *([cards.button(f"Answer requests ({requests})", REQUESTS)] if requests else []),
        cards.reveal("By plan, agency or owner", [], by),
    ]
    body = [cards.title(say("actions-title")), cards.words(text)]
    return answer(Reply(plain, cards.card(body, presses, fallback=plain)))


_VIEWS = ("overdue", "soon", "unowned", "all")


def _wanted(turn: Turn, view: str, key: str) -> ActionsWanted:
    """The items of a view. Raises `ServiceError` for a view that a forged card made up."""
    today = turn.today
    soon = timedelta(days=turn.rules.pack.partnership.actions.due_soon_days.value + 1)
    if view == "overdue" and key:
        # "overdue" of one agency, plan or owner: the key says which of these, and which one
        by, _, which = key.partition(":")
        if by == "agency":
            return ActionsWanted(due_before=today, owing_agency=which)
        return replace(_wanted(turn, by if by in _GROUP_COLUMNS else "", which), due_before=today)
    known = {
        "overdue": ActionsWanted(due_before=today),
        "soon": ActionsWanted(due_from=today, due_before=today + soon),
        "unowned": ActionsWanted(not_chased=True),
        "all": ActionsWanted(),
        "plan": ActionsWanted(plan_id=key),
        "agency": ActionsWanted(agency=key),
        "owner": ActionsWanted(owner_id=int(key) if key.isdecimal() and len(key) <= 9 else 0),
    }
    if view not in known:
        raise ServiceError("stale-card")
    return known[view]


async def _title(turn: Turn, view: str, key: str, count: int) -> str:
    if view == "overdue" and key:
        by = "agency" if key.startswith("agency:") else "title"
        return say(f"actions-overdue-of-{by}", what=await _named_by(turn, key), count=count)
    if view in _GROUP_COLUMNS:
        return say("actions-of-title", what=await _name(turn, view, key), count=count)
    return say(f"actions-{view}-title", count=count, days=turn.rules.pack.partnership.actions.due_soon_days.value)


async def _named_by(turn: Turn, key: str) -> str:
    """What the key of a narrower list names, in words."""
    by, _, which = key.partition(":")
    return await _name(turn, by, which)


async def _name(turn: Turn, by: str, key: str | int | None) -> str:
    """A plan, an agency or a person in words."""
    pack = turn.rules.pack
    if by == "plan":
        plan = pack.plan(str(key))
        return plan.title if plan else str(key)
    if by == "agency":
        agency = pack.agency(str(key)) if key else None
        return agency.name if agency else str(key or say("actions-no-agency"))
    number = str(key or "")
    person = await turn.work.people.by_id(int(number)) if number.isdecimal() and len(number) <= LONGEST_NUMBER else None
    return person.name if person else say("action-no-owner")


async def show_list(turn: Turn) -> Answer:
    """One page of a view."""
    return await listing(turn, turn.field("view"), turn.field("key"), _page(turn))


def _page(turn: Turn) -> int:
    value = turn.field("page")
    return int(value) if value.isdecimal() and len(value) <= 6 else 0


def _within(page: int, count: int) -> int:
    """The page, or the last one where a list has become shorter since its card was shown."""
    return min(page, max(count - 1, 0) // PAGE)


async def listing(turn: Turn, view: str, key: str = "", page: int = 0) -> Answer:
    """One page of a view, each item with a button to open it, and a button for the next page."""
    turn.known(Role.MANAGER)
    wanted = _wanted(turn, view, key)
    count = await turn.work.actions.count(wanted)
    if not count and view == "overdue" and key:
        return answer(Reply(say("no-overdue-of", what=await _named_by(turn, key)), suggestions=("overdue",)))
    if not count:
        return answer(Reply(say("no-overdue" if view == "overdue" else "actions-list-empty")))
    page = _within(page, count)
    start = page * PAGE
    items = await turn.work.actions.listed(wanted, limit=PAGE, offset=start)
    people = await turn.work.people.by_ids({item.owner_id for item in items})
    title = await _title(turn, view, key, count)
    where = say("actions-page", first=start + 1, last=start + len(items), count=count)
    lines = [f"{item_words.item_line(item, turn.today)} {_owner(turn, item, people)}" for item in items]
    plain = "\n".join([title, where, *lines, f"To open one, type action {items[0].ref}."])
    body: list[cards.Element] = [cards.title(title), cards.words(where, quiet=True)]
    for item in items:
        words = cards.words(due_words(item, turn.today), tone=tone_of(item, turn.today))
        panel = [
            cards.heading(f"{item.ref}: {item.action}"),
            words,
            cards.words(_owner(turn, item, people), quiet=True),
        ]
        body.append(
            cards.panel([*panel, cards.actions_row([cards.button(f"Open {item.ref}", OPEN_AS_MANAGER, item=item.id)])])
        )
    more = [cards.button("More", LIST, view=view, key=key, page=page + 1)] if start + len(items) < count else []
    return answer(Reply(plain, cards.card(body, more, fallback=plain)))


def _owner(turn: Turn, item: ActionItem, people: item_words.People) -> str:
    return f"Owner: {item_words.owner_words(item, people, turn.rules)}."


async def show_groups(turn: Turn) -> Answer:
    """Plans, agencies or owners with how many open items each has."""
    return await groups(turn, turn.field("by"), _page(turn))


async def groups(turn: Turn, by: str, page: int = 0) -> Answer:
    """One page of plans, agencies or owners, most overdue first."""
    turn.known(Role.MANAGER)
    if by not in _GROUP_COLUMNS:
        raise ServiceError("stale-card")
    found = await turn.work.actions.grouped(_GROUP_COLUMNS[by], turn.today)
    page = _within(page, len(found))
    shown: Sequence[ActionsGrouped] = found[page * PAGE : (page + 1) * PAGE]
    title = say(f"actions-by-{by}")
    named = [(one, await _name(turn, by, one.key)) for one in shown]
    lines = [say("actions-group-line", name=name, open=one.open, overdue=one.overdue) for one, name in named]
    plain = "\n".join([title, *lines]) if lines else say("actions-list-empty")
    body: list[cards.Element] = [cards.title(title)]
    for (one, name), line in zip(named, lines, strict=True):
        press = cards.button(f"Show {_brief(name)}", LIST, view=by, key=str(one.key or ("0" if by == "owner" else "")))
        body.append(cards.panel([cards.words(line), cards.actions_row([press])]))
    more = [cards.button("More", GROUPS, by=by, page=page + 1)] if (page + 1) * PAGE < len(found) else []
    return answer(Reply(plain, cards.card(body, more, fallback=plain)))


def _brief(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:37]}..."


async def overdue(turn: Turn) -> Answer:
    """Every overdue item for the manager, one's own for anybody else, and for the manager who says "my"."""
    everybodys = turn.known().has(Role.MANAGER) and not {"my", "mine"} & set(folded(turn.said.text).split())
    return await listing(turn, "overdue") if everybodys else await own_items.my_overdue(turn)
