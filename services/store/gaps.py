"""What the guidance did not answer, how often topics are asked about, and words that experts propose."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from services.model import Gap, GapReason, Suggestion
from services.store.rows import Inserter, Rows
from services.tables import suggested_phrases, topic_asks, unanswered


@cache
def _counting_ask(insert: Inserter) -> sa.Executable:
    more = {"how_many": topic_asks.c.how_many + 1}
    return insert(topic_asks).on_conflict_do_update(index_elements=["topic", "week"], set_=more)


class GapRows(Rows):
    """Counts of questions. No row says who asked."""

    async def note(self, question: str, topic: str, reason: GapReason, *, week: date, at: datetime) -> None:
        """Count one more time that this was not answered. Two at the same moment count as two."""
        first = {"how_many": 1, "first_at": at, "last_at": at}
        row = {"question": question, "topic": topic, "reason": reason.value, "week": week, **first}
        statement = self._upsert(unanswered).values(**row)
        key = ["question", "topic", "reason", "week"]
        again = {"how_many": unanswered.c.how_many + 1, "last_at": at}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=key, set_=again))

    async def between(self, first: date, until: date, *, limit: int | None = None) -> list[Gap]:
        """What was not answered in the weeks that begin from `first` until before `until`, most often first."""
        how_many = sa.func.sum(unanswered.c.how_many)
        last_at = sa.func.max(unanswered.c.last_at)
        statement = (
            sa.select(
                unanswered.c.question,
                unanswered.c.topic,
                unanswered.c.reason,
                how_many.label("how_many"),
                sa.func.min(unanswered.c.first_at, type_=unanswered.c.first_at.type).label("first_at"),
                sa.func.max(unanswered.c.last_at, type_=unanswered.c.last_at.type).label("last_at"),
            )
            .where(unanswered.c.week >= first, unanswered.c.week < until)
            .group_by(unanswered.c.question, unanswered.c.topic, unanswered.c.reason)
            .order_by(how_many.desc(), last_at.desc(), unanswered.c.question, unanswered.c.topic)
        )
        rows = await self._all(statement.limit(limit) if limit else statement)
        return [
            Gap(row.question, row.topic, GapReason(row.reason), int(row.how_many), row.first_at, row.last_at)
            for row in rows
        ]

    async def count_ask(self, topic: str, week: date) -> None:
        """Count one more question on a topic."""
        await self._connection.execute(_counting_ask(self._inserter), {"topic": topic, "week": week, "how_many": 1})

    async def asks(self, first: date, until: date) -> dict[str, int]:
        """How often each topic was asked about in the weeks that begin from `first` until before `until`."""
        statement = (
            sa.select(topic_asks.c.topic, sa.func.sum(topic_asks.c.how_many).label("how_many"))
            .where(topic_asks.c.week >= first, topic_asks.c.week < until)
            .group_by(topic_asks.c.topic)
        )
        return {row.topic: int(row.how_many) for row in await self._all(statement)}

    async def suggest(self, **values: Any) -> bool:
        """Keep a proposed phrase. False if this question was proposed for this topic before."""
        return await self._insert_new(suggested_phrases, values)

    async def suggestions(self, first: datetime, until: datetime) -> list[Suggestion]:
        """What was proposed from `first` until just before `until`, by topic."""
        columns = [column for column in suggested_phrases.c if column.name != "id"]
        statement = (
            sa.select(*columns)
            .where(suggested_phrases.c.suggested_at >= first, suggested_phrases.c.suggested_at < until)
            .order_by(suggested_phrases.c.topic, suggested_phrases.c.suggested_at, suggested_phrases.c.id)
        )
        return [Suggestion(**row._mapping) for row in await self._all(statement)]
