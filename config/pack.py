"""A partnership's folder as one value. Loads everything, reports every fault, and answers look-ups; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from config.articles import Article
from config.catalogue import Agency, Course, CourseResult, Source, Topic
from config.crosschecks import crosscheck
from config.csvfile import Row
from config.draft import read_draft
from config.faults import Fault, PackError, Unconfirmed
from config.partnership import Contact, Partnership
from config.plans import ActionPlan, PlanRow
from config.unconfirmed import list_unconfirmed
from config.walkthrough import Walkthrough

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Pack:
    """Everything one partnership has told us, checked. Values are frozen; look-ups of unknown ids give `None`."""

    folder: Path
    partnership: Partnership
    topics: tuple[Topic, ...]
    articles: tuple[Article, ...]
    courses: tuple[Course, ...]
    agencies: tuple[Agency, ...]
    plans: tuple[ActionPlan, ...]
    sources: tuple[Source, ...]
    history: tuple[tuple[str, tuple[CourseResult, ...]], ...]
    """Past years' course tables, by year as written in the file's name (`2022-23`)."""
    _unconfirmed: tuple[Unconfirmed, ...]
    walkthrough: Walkthrough | None = None
    """`None`: the partnership has no walk-through, only its articles."""

    def unconfirmed(self) -> tuple[Unconfirmed, ...]:
        """Every value the partnership has still to confirm, by file and line."""
        return self._unconfirmed

    def article(self, topic: str) -> Article | None:
        """The article on `topic`."""
        return self._articles_by_id.get(topic)

    def course(self, id: str) -> Course | None:
        """The course called `id`."""
        return next((course for course in self.courses if course.id == id), None)

    def courses_on(self, topic: str) -> tuple[Course, ...]:
        """Courses that cover `topic`, the core offer first."""
        return tuple(sorted((c for c in self.courses if topic in c.topics), key=lambda course: not course.core))

    def agency(self, id: str) -> Agency | None:
        """The agency called `id`."""
        return next((agency for agency in self.agencies if agency.id == id), None)

    def source(self, ref: str) -> Source | None:
        """The source called `ref`."""
        return self._sources_by_id.get(ref)

    def plan(self, id: str) -> ActionPlan | None:
        """The action plan called `id`."""
        return next((plan for plan in self.plans if plan.id == id), None)

    def contact(self, key: str) -> Contact | None:
        """The contact called `key`."""
        return self.partnership.contact(key)

    @cached_property
    def _articles_by_id(self) -> Mapping[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def _sources_by_id(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}


def load_pack(folder: Path) -> Pack:
    """Load and check a partnership's folder. Raises `PackError` with every fault in it."""
    faults: list[Fault] = []
    draft = read_draft(folder, faults)
    faults.extend(crosscheck(draft))
    if faults or draft.partnership is None:
        raise PackError(faults)
    return Pack(
        folder=folder,
        partnership=draft.partnership.value,
        topics=_values(draft.topics),
        articles=tuple(placed.value for placed in draft.articles),
        courses=_values(draft.courses),
        agencies=_values(draft.agencies),
        plans=_plans(_values(draft.plan_rows)),
        sources=_values(draft.sources),
        history=tuple((year, _values(rows)) for year, rows in draft.history),
        _unconfirmed=list_unconfirmed(draft),
        walkthrough=draft.walkthrough.value if draft.walkthrough else None,
    )


def _plans(rows: tuple[PlanRow, ...]) -> tuple[ActionPlan, ...]:
    first = {row.plan: row for row in reversed(rows)}
    ids = dict.fromkeys(row.plan for row in rows)
    return tuple(
        ActionPlan(
            id=id,
            title=first[id].plan_title,
            kind=first[id].plan_kind,
            items=tuple(row for row in rows if row.plan == id),
        )
        for id in ids
    )


def _values(rows: tuple[Row[M], ...]) -> tuple[M, ...]:
    return tuple(row.value for row in rows)
