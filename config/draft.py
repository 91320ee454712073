"""A partnership's folder as it is read: typed values that still know the line they came from. Compares nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from config.articles import Article, read_article
from config.catalogue import Agency, Course, CourseResult, Source, Topic
from config.csvfile import Row, read_rows
from config.faults import Fault
from config.partnership import Partnership
from config.plans import PlanRow
from config.reading import Located, build
from config.tomlfile import read_toml
from config.walkthrough import Walkthrough

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A typed value and where its parts stand."""

    value: T
    located: Located


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be read. A part that could not be read is empty, and its file is in `unread`."""

    partnership: Placed[Partnership] | None = None
    topics: tuple[Row[Topic], ...] = ()
    articles: tuple[Placed[Article], ...] = ()
    courses: tuple[Row[Course], ...] = ()
    agencies: tuple[Row[Agency], ...] = ()
    plan_rows: tuple[Row[PlanRow], ...] = ()
    sources: tuple[Row[Source], ...] = ()
    history: tuple[tuple[str, tuple[Row[CourseResult], ...]], ...] = ()
    walkthrough: Placed[Walkthrough] | None = None
    unread: frozenset[str] = frozenset()
    """Files with faults: what refers to them cannot be judged, and would be reported for nothing."""


def read_draft(folder: Path, faults: list[Fault]) -> Draft:
    """Read every file of a pack; what is wrong inside a file is added to `faults`."""
    if not folder.is_dir():
        faults.append(Fault(str(folder), 0, "", "is not a folder; a pack is a folder with a partnership.toml"))
        return Draft()
    located = read_toml(folder / "partnership.toml", faults)
    partnership = build(Partnership, located, faults) if located else None
    return Draft(
        partnership=Placed(partnership, located) if partnership and located else None,
        topics=read_rows(folder, "topics.csv", Topic, faults),
        articles=tuple(_articles(folder, faults)),
        courses=read_rows(folder, "courses.csv", Course, faults),
        agencies=read_rows(folder, "agencies.csv", Agency, faults),
        plan_rows=read_rows(folder, "action-plans.csv", PlanRow, faults),
        sources=read_rows(folder, "sources.csv", Source, faults),
        history=tuple(
            (path.stem.removeprefix("courses-"), read_rows(folder, f"history/{path.name}", CourseResult, faults))
            for path in sorted((folder / "history").glob("courses-*.csv"))
        ),
        walkthrough=_walkthrough(folder, faults),
        unread=frozenset(fault.file for fault in faults),
    )


def _walkthrough(folder: Path, faults: list[Fault]) -> Placed[Walkthrough] | None:
    """A partnership may have none: the walk-through is then its article on the levels."""
    path = folder / "walkthrough.toml"
    located = read_toml(path, faults) if path.exists() else None
    value = build(Walkthrough, located, faults) if located else None
    return Placed(value, located) if value and located else None


def _articles(folder: Path, faults: list[Fault]) -> Iterator[Placed[Article]]:
    for path in sorted((folder / "guidance").glob("*.md")):
        if read := read_article(path, f"guidance/{path.name}", faults):
            yield Placed(*read)
