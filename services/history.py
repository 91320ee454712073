"""The history of action items, readable: every change, by whom and when, with what was written. Words are handed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.model import ActionRequest, Event, Person
from services.owners import title_of
from services.reports.asking import Say
from services.rulebook import Rulebook
from services.work import Work
from services.workdays import in_words

_Moment = tuple[int, datetime, int | None]
"""What tells which words belong to which deed: the item, when, and by whom."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to an item. `text` is what somebody wrote, if they did."""

    item_id: int
    at: datetime
    who: str
    what: str
    text: str = ""


@dataclass(frozen=True)
class _Teller:
    """What is needed to put events into words."""

    rules: Rulebook
    say: Say
    people: Mapping[int, Person]

    def name(self, person_id: object) -> str:
        person = self.people.get(person_id) if isinstance(person_id, int) else None
        return person.name if person else self.say("history-nobody")

    def value(self, name: str, value: object) -> str:
        """A value of an event's detail as people read it."""
        if value is None:
            return self.say("history-nobody" if name.startswith("owner") else "history-no-date")
        if name == "owner_role":
            return title_of(self.rules.pack, str(value))
        return self.name(value) if name == "owner_id" else spoken(str(value))

    def changes(self, event: Event) -> str:
        """`Owner: nobody, now Alice; due: no date, now Monday 1 March 2027`."""
        names = [key.removesuffix("_to") for key in event.detail if key.endswith("_to")]
        told = [
            self.say(
                f"history-field-{name.replace('_', '-')}",
                before=self.value(name, event.detail.get(f"{name}_from")),
                after=self.value(name, event.detail.get(f"{name}_to")),
            )
            for name in names
            if name in _FIELDS
        ]
        return "; ".join(told)

    def what(self, event: Event) -> str:
        """The deed in words."""
        if event.verb not in _VERBS:
            return event.verb
        detail = event.detail
        return self.say(
            f"history-{event.verb}",
            changes=self.changes(event),
            due=self.value("due_on", detail.get("due")),
            next=self.value("due_on", detail.get("next")),
            until=self.value("due_on", detail.get("until")),
            to=self.name(detail.get("to")),
            role=title_of(self.rules.pack, str(detail.get("role") or "")),
        ).strip(" :")


_FIELDS = frozenset({"owner_id", "owner_role", "due_on", "re_audit_on", "anchored_on", "state"})
_VERBS = frozenset(
    [
        "imported",
        "changed",
        "assigned",
        "progress",
        "completed",
        "completed-once",
        "added-evidence",
        "asked-more-time",
        "said-not-mine",
        "extension-taken-back",
        "transfer-taken-back",
        "extension-granted",
        "extension-refused",
        "transfer-granted",
        "transfer-refused",
        "extended",
        "closed",
        "impact",
        "reopened",
        "re-audit-set",
        "re-audit-passed",
        "re-audit-failed",
        "event-dated",
        "followed-role",
    ]
)


def spoken(text: str) -> str:
    """A date as `Monday 1 March 2027`; other words as they are."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return in_words(day)


async def history(work: Work, rules: Rulebook, item_ids: Collection[int], say: Say) -> list[HistoryLine]:
    """Everything that happened to these items, oldest first."""
    events = await work.events.about("action", item_ids)
    notes = await work.action_notes.of(item_ids)
    requests = await work.action_requests.of(item_ids)
    people = await work.people.by_ids(_mentioned(events))
    teller = _Teller(rules, say, people)
    written: dict[_Moment, str] = {(note.item_id, note.at, note.person_id): note.text for note in notes} | _reasons(
        requests
    )
    return [
        HistoryLine(
            event.subject_id,
            event.at,
            teller.name(event.actor_id) if event.actor_id else say("history-service"),
            teller.what(event),
            written.get((event.subject_id, event.at, event.actor_id), ""),
        )
        for event in events
    ]


def _reasons(requests: Collection[ActionRequest]) -> dict[_Moment, str]:
    """What was written with a request, and with its answer, by the moment and the hand of either."""
    asked: dict[_Moment, str] = {(one.item_id, one.asked_at, one.asked_by): one.reason for one in requests}
    answered: dict[_Moment, str] = {
        (one.item_id, one.decided_at, one.decided_by): one.answer for one in requests if one.decided_at and one.answer
    }
    return asked | answered


def _mentioned(events: Collection[Event]) -> set[int]:
    keys = ("owner_id_from", "owner_id_to", "to", "from")
    named = [event.detail.get(key) for event in events for key in keys]
    return {one for one in (*named, *(event.actor_id for event in events)) if isinstance(one, int)}
