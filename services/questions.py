"""What people ask and the guidance did not answer, and what they ask about often. Counts only: nobody is named.

The caller has screened the words for emergencies; identifiers are looked for once more before anything is kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from services.errors import ServiceError
from services.model import Gap, GapReason, Person
from services.rulebook import Rulebook
from services.work import Work

LONGEST_KEPT = 300
"""Characters. A longer question is a story, and stories are about somebody: it is counted without its words."""
HELPED, DID_NOT_HELP = "helped", "did-not-help"
"""The verbs of who was answered, by an article or a person."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def fold(question: str) -> str:
    """The same question, however it was written: lower case, single blanks, no punctuation; empty when too long."""
    folded = " ".join(_WORD.findall(question.casefold())).replace("’", "'")
    return folded if len(folded) <= LONGEST_KEPT else ""


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


async def note_unanswered(
    work: Work, question: str, reason: GapReason, *, now: datetime, rules: Rulebook, topic: str = ""
) -> bool:
    """Count a question that was not answered. False, with nothing kept, when the words could identify somebody."""
    if question and rules.screen(question):
        return False
    await work.gaps.note(fold(question), topic, reason, week=week_of(rules.today(now)), at=now)
    return True


async def note_asked(work: Work, topic: str, *, now: datetime, rules: Rulebook) -> None:
    """Count a question on a topic, for training that is wanted and not on offer."""
    await work.gaps.count_ask(topic, week_of(rules.today(now)))


async def say_if_helped(
    work: Work, topic: str, person: Person | None, *, helped: bool, now: datetime, rules: Rulebook
) -> None:
    """Keep what somebody said of an article that answered them. Raises `ServiceError` for one there is not any more."""
    if rules.pack.article(topic) is None:
        raise ServiceError("stale-card")
    actor_id = person.id if person else None
    verb = HELPED if helped else DID_NOT_HELP
    await work.events.record(verb, ("answer", 0), at=now, actor_id=actor_id, detail={"topic": topic})


async def unanswered(work: Work, rules: Rulebook, *, now: datetime, weeks: int, limit: int | None = None) -> list[Gap]:
    """What was not answered in this week and the ones before it, most often first."""
    until = week_of(rules.today(now)) + timedelta(weeks=1)
    return await work.gaps.between(until - timedelta(weeks=weeks), until, limit=limit)
