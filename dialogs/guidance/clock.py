"""A stage of the escalation procedure on the calendar, in words and as a card. Pure: a pack and a day in, words out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.escalation import Stage
from config.pack import Pack
from config.spans import Unit
from dialogs import cards, dates
from dialogs.guidance.articles import source_line
from dialogs.talk import Reply
from dialogs.wording import say
from services.escalation import StageDates, timetable
from services.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Clock:
    """Lines to read in this order: danger first, then the stage with its date, then what may follow."""

    danger: str
    title: str
    now: tuple[str, ...]
    then_title: str
    then: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it in plain text."""
        after = [f"{self.then_title}:", *(f"- {line}" for line in self.then)] if self.then else []
        return "\n".join([self.danger, "", f"{say('clock-title')}: {self.title}", *self.now, *after])

    @property
    def elements(self) -> list[cards.Element]:
        """All of it for a card."""
        after = [cards.heading(self.then_title), cards.points(self.then)] if self.then else []
        first, *rest = self.now
        return [
            cards.panel([cards.words(self.danger)], style="attention"),
            cards.panel(
                [
                    cards.heading(f"{say('clock-title')}: {self.title}"),
                    cards.words(first, tone="accent"),
                    *(cards.words(line) for line in rest),
                    *after,
                ]
            ),
        ]


def doubts(stage: Stage) -> list[str]:
    """What of a stage the office has still to confirm."""
    return [
        say(f"clock-doubt-{what}")
        for what, confirmed in (
            ("stage", stage.confirmed),
            ("who", stage.who.confirmed),
            ("limit", stage.limit.confirmed),
        )
        if not confirmed
    ]


def stage_title(stage: Stage) -> str:
    """A stage as people call it."""
    return say("clock-stage", number=stage.number, name=stage.name)


def clock_of(
    pack: Pack, workdays: Workdays, number: int, starts_on: date, today: date, *, short: bool = False
) -> Clock | None:
    """The stage whose clock started on `starts_on`, and what may follow. `None` for a stage that does not exist.

    `short`: for a channel, the stage alone. The article beneath says where the rest is.
    """
    escalation = pack.partnership.escalation
    stages = timetable(escalation, number, starts_on, workdays)
    if not stages:
        return None
    first, *later = stages
    over = first.over(today)
    if over:
        # What is late goes on from today: dates in the past help nobody.
        later = timetable(escalation, number + 1, today, workdays)
    missing = doubts(first.stage)
    unsure = [say("clock-unconfirmed", what=", ".join(missing))] if missing else []
    return Clock(
        danger=escalation.immediate_risk.text,
        title=stage_title(first.stage),
        now=(
            *by_when(first, today, workdays),
            say("clock-who", who=first.stage.who.value),
            *([say("clock-sooner")] if first.by and not over else []),
            _counted(first.stage, starts_on, dates.distance(today, starts_on, workdays)),
            *unsure,
            *([] if short else _sources(pack, first.stage)),
        ),
        then_title=say("clock-then-today" if over else "clock-then"),
        then=() if short else tuple(_later(one) for one in later),
    )


def _counted(stage: Stage, starts_on: date, distance: str) -> str:
    """The limit itself and the day it is counted from, so that anybody can count again."""
    limit = stage.limit.value
    if limit is None:
        return say("clock-counted-unknown", day=dates.day(starts_on), distance=distance)
    closed = say("clock-working-days") if limit.unit is Unit.WORKING_DAYS else ""
    # Who acts may rest on a document that gives no number of days: that must not look as if it did.
    stands_in = "" if stage.limit.source else say("clock-stands-in")
    return say("clock-counted", limit=limit, day=dates.day(starts_on), distance=distance) + closed + stands_in


def _sources(pack: Pack, stage: Stage) -> list[str]:
    cited = dict.fromkeys(source_line(pack, one) for one in (*stage.source, *stage.who.source, *stage.limit.source))
    return [say("clock-source", sources="; ".join(cited))] if cited else []


def by_when(one: StageDates, today: date, workdays: Workdays) -> list[str]:
    """The date by which a stage must be answered, or that it is over, or that nobody has told us."""
    if one.by is None:
        return [say("clock-no-limit")]
    near = dates.distance(today, one.by, workdays)
    if not one.over(today):
        return [say("clock-by", day=dates.day(one.by), distance=near)]
    key = "clock-over-final" if one.stage.final else "clock-over"
    return [say(key, day=dates.day(one.by), distance=near, next=one.stage.number + 1)]


def _later(one: StageDates) -> str:
    key = "clock-later-by" if one.stage.limit.confirmed else "clock-later-about"
    when = say(key, day=dates.day(one.by)) if one.by else say("clock-later-unknown")
    missing = doubts(one.stage)
    doubt = say("clock-unconfirmed-later", what=", ".join(missing)) if missing else ""
    stage = one.stage
    return say("clock-later", number=stage.number, name=stage.name, who=stage.who.value, when=when, doubt=doubt)


def above(reply: Reply, clock: Clock, buttons: Sequence[cards.Element] = (), hint: str = "") -> Reply:
    """An answer with the clock above it, and `buttons` if the card has room for them; `hint` says them in words."""
    text = "\n\n".join([clock.text, *([hint] if hint else []), reply.text])
    if reply.card is None:
        return replace(reply, text=text)
    body = reply.card.get("body")
    own = list(body) if isinstance(body, list) else []
    room = cards.MOST_ACTIONS - cards.actions_in(own)
    row = [cards.actions_row(buttons)] if buttons and len(buttons) <= room else []
    return replace(reply, text=text, card={**reply.card, "fallbackText": text, "body": [*clock.elements, *row, *own]})


def asking_which(reply: Reply, question: str) -> Reply:
    """An answer without a clock, under the question which day is meant."""
    text = f"{question}\n\n{reply.text}"
    if reply.card is None:
        return replace(reply, text=text)
    body = reply.card.get("body")
    own = list(body) if isinstance(body, list) else []
    asked = cards.words(question, tone="warning")
    return replace(reply, text=text, card={**reply.card, "fallbackText": text, "body": [asked, *own]})
