"""An action item in words: when it is due, whose it is, how it stands, what is known of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from config.plans import DueKind
from config.spans import Span
from dialogs import cards, dates
from dialogs.wording import say
from services.due import limit_of
from services.model import ActionItem, ActionState, Person
from services.owners import title_of
from services.rag import rag_of
from services.rulebook import Rulebook
from services.workdays import local_day

People = Mapping[int, Person]
_SAYS_NOTHING = frozenset({"", "not stated", "recurring", "unknown", "done"})


def due_words(item: ActionItem, today: date) -> str:
    """When an item is due, and how far away that is; what the plan says when there is no date; or that it is over."""
    if item.state is not ActionState.OPEN:
        return _ended_words(item)
    if item.due_on is None:
        return _undated_words(item)
    words = _dated_words(item, today)
    if item.from_period:
        words = say("action-due-period", due=words, stated=item.due_text)
    if item.due_kind == DueKind.RECURRING and item.every:
        return say("action-due-repeats", due=words, every=every_words(item.every))
    return words


def every_words(every: str) -> str:
    """`6 weeks`; `month` rather than `1 month`."""
    return every.removeprefix("1 ")


def _ended_words(item: ActionItem) -> str:
    how = "Done" if item.state is ActionState.DONE else "Closed"
    if item.completed_at is None:
        return f"{how}, on a day that was not recorded"
    return f"{how} on {dates.day(local_day(item.completed_at))}"


def _dated_words(item: ActionItem, today: date) -> str:
    if item.due_on is None:
        return ""
    if item.overdue(today):
        return f"{dates.overdue_by(today, item.due_on).capitalize()}: was due {dates.day(item.due_on)}"
    near = " (today)" if item.due_on == today else ""
    return f"Due {dates.day(item.due_on)}{near}"


def _undated_words(item: ActionItem) -> str:
    if item.due_kind == DueKind.RELATIVE and item.after_event:
        if item.after:
            return say("action-due-after", after=Span.parse(item.after), event=item.after_event)
        return say("action-due-after-event", event=item.after_event)
    stated = item.due_text.removeprefix("recurring: ").strip('"')
    return say("action-due-unknown" if stated in _SAYS_NOTHING else "action-due-plan-says", stated=stated)


def owner_words(item: ActionItem, people: People, rules: Rulebook) -> str:
    """Whose it is: a person, a post with who holds it today, or nobody yet."""
    person = people.get(item.owner_id or 0)
    if item.owner_role is not None:
        post = title_of(rules.pack, item.owner_role)
        if person is None:
            return say("action-owner-post-vacant", post=post)
        return say("action-owner-post", post=post, name=person.name)
    if person is None:
        return say("action-no-owner")
    return person.name if person.active else say("action-owner-left", name=person.name)


def rag_words(item: ActionItem, today: date, rules: Rulebook) -> str:
    """The state by the partnership's key, said to be unconfirmed while it is; empty for a closed item."""
    key = rules.pack.partnership.actions
    state = rag_of(item, today, key.due_soon_days.value)
    band = next((one for one in key.rag if one.state is state), None)
    if band is None:
        return ""
    if band.confirmed:
        return f"{band.meaning} ({band.colour})"
    return say("action-rag", meaning=band.meaning, colour=band.colour)


def tone_of(item: ActionItem, today: date) -> cards.Tone:
    """Colour for the words that say when it is due."""
    return "attention" if item.overdue(today) else "default"


def item_line(item: ActionItem, today: date) -> str:
    """An item in one line."""
    return f"{item.ref}: {item.action}. {due_words(item, today)}."


def lead_words(item: ActionItem, rules: Rulebook) -> str:
    """The lead as the plan names it, and the agency that is meant by it."""
    agency = rules.pack.agency(item.lead_agency) if item.lead_agency else None
    name = agency.name if agency else item.lead_agency or ""
    if not item.lead_named or item.lead_named.casefold() == name.casefold():
        return name
    return f"{item.lead_named}: {name}" if name else item.lead_named


def plan_words(item: ActionItem, rules: Rulebook) -> str:
    """The plan's title, or what the file called it."""
    plan = rules.pack.plan(item.plan_id)
    return plan.title if plan else item.plan_id


def source_words(item: ActionItem, rules: Rulebook) -> str:
    """The document and the heading it stands under."""
    source = rules.pack.source(item.source)
    title = source.title if source else item.source
    return f"{title}: {item.heading}" if title and item.heading else title


def facts_of(item: ActionItem, people: People, today: date, rules: Rulebook) -> list[tuple[str, str]]:
    """What is known of an item, as names and values. What is empty is not known."""
    asked = dates.day(item.more_time_until) if item.more_time_until else ""
    recommended = item.recommendation if item.recommendation != item.action else ""
    return [
        ("Status", rag_words(item, today, rules)),
        ("Owner", owner_words(item, people, rules)),
        ("Lead", lead_words(item, rules)),
        ("Plan", plan_words(item, rules)),
        ("Recommendation", recommended or ""),
        ("Milestones", item.milestones or ""),
        ("How it is measured", item.measure or ""),
        ("Progress", item.progress or ""),
        ("More time asked for, until", asked),
        ("Evidence", item.evidence or ""),
        ("Impact", item.impact or ""),
        ("Re-audit", _re_audit_words(item)),
        ("Source", source_words(item, rules)),
    ]


def _re_audit_words(item: ActionItem) -> str:
    if item.tested_on is not None:
        return f"Reported on {dates.day(item.tested_on)}"
    return f"Planned for {dates.day(item.re_audit_on)}" if item.re_audit_on else ""


def limit_words(item: ActionItem, rules: Rulebook) -> str:
    """The time limit for items of this plan with its source, if there is one; empty otherwise."""
    span = limit_of(rules.pack, item.plan_id)
    if span is None:
        return ""
    cited = rules.pack.partnership.actions.limit.source
    source = "; ".join(f"{_title(one.ref, rules)}, {one.section}" for one in cited) or say("to-be-confirmed")
    return say("action-limit", limit=span, source=source)


def _title(ref: str, rules: Rulebook) -> str:
    source = rules.pack.source(ref)
    return source.title if source else ref
