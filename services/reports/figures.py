"""Training figures of a year: from the records, or as published when the records know nothing. Never from both."""

from __future__ import annotations

from dataclasses import dataclass

from services.reports.asking import Asking
from services.store.reports import Held

RECORDED, PUBLISHED = "recorded", "published"


@dataclass(frozen=True, slots=True)
class Event:
    """One course event. `late` cancellations are not in what is published."""

    title: str
    booked: int
    attended: int
    not_attended: int
    late: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The events of a year in their order, where they are from, and what must be known about them."""

    events: tuple[Event, ...]
    origin: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def booked(self) -> int:
        """Places booked on all events."""
        return sum(event.booked for event in self.events)

    @property
    def attended(self) -> int:
        """Places used."""
        return sum(event.attended for event in self.events)

    @property
    def not_attended(self) -> int:
        """Places booked and not used."""
        return sum(event.not_attended for event in self.events)


async def figures_of(asking: Asking) -> Figures:
    """The figures of the year. A session counts once somebody has recorded attendance at it."""
    held = await asking.work.reports.held(asking.year.first, asking.year.until)
    published = _published(asking)
    if not any(one.marked for one in held) and published is not None:
        note = asking.say("report-note-published", year=asking.year.label)
        return Figures(published.events, PUBLISHED, (note,), published.sources)
    events = tuple(
        Event(asking.course(one.course_id), one.booked, one.attended, one.not_attended, one.late)
        for one in held
        if one.marked
    )
    found = Figures(events, RECORDED, (), (asking.records,))
    return Figures(events, RECORDED, (*_gaps(asking, held), *_compared(asking, found, published)), found.sources)


def _published(asking: Asking) -> Figures | None:
    results = dict(asking.rules.pack.history).get(asking.year.label)
    if not results:
        return None
    events = tuple(Event(one.title, one.booked, one.attended, one.not_attended, None) for one in results)
    return Figures(events, PUBLISHED, (), tuple(dict.fromkeys(asking.cited(one.source) for one in results)))


def _gaps(asking: Asking, held: list[Held]) -> list[str]:
    """What the table does not show: sessions and places whose attendance nobody recorded."""
    begun = [one for one in held if one.starts_at <= asking.now]
    left_out = [one for one in begun if one.booked and not one.marked]
    unmarked = sum(one.unmarked for one in begun if one.marked)
    notes = []
    if left_out:
        notes.append(asking.say("report-note-left-out", count=len(left_out)))
    if unmarked:
        notes.append(asking.say("report-note-unmarked", count=unmarked))
    if not any(one.marked for one in held):
        notes.append(asking.say("report-note-nothing", year=asking.year.label))
    return notes


def _compared(asking: Asking, found: Figures, published: Figures | None) -> list[str]:
    """Whether the records and the annual report agree, when there are both."""
    if published is None:
        return []
    same = sorted(map(_numbers, found.events)) == sorted(map(_numbers, published.events))
    key = "report-note-agrees" if same else "report-note-differs"
    numbers = {"booked": published.booked, "attended": published.attended, "not_attended": published.not_attended}
    return [asking.say(key, year=asking.year.label, **numbers)]


def _numbers(event: Event) -> tuple[str, int, int, int]:
    return event.title, event.booked, event.attended, event.not_attended
