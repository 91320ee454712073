"""Guidance articles: approved text under fixed headings, with owner, sources and review date. Judges no content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from config.data import Citation, Data, Day, Slug, Status, Text
from config.dates import add_months, months
from config.faults import Fault
from config.frontmatter import Document, read_document
from config.reading import Loc, Located, build
from config.spans import Span, SpanText


class Heading(StrEnum):
    """The headings an article may have, in their order."""

    IN_SHORT = "In short"
    DO_NOW = "What to do now"
    WHO_DECIDES = "Who decides"
    GOOD = "What good looks like"
    MISTAKES = "Common mistakes"
    TO_CONFIRM = "To be confirmed"


REQUIRED = (Heading.IN_SHORT, Heading.DO_NOW, Heading.WHO_DECIDES)
_FIELD = {heading: heading.name.lower() for heading in Heading}
_BULLET = re.compile(r"^\s*[-*]\s+")


def _whole_months(span: Span) -> Span:
    if months(span) < 1:
        raise ValueError(f"must be at least a month, not '{span}'")
    return span


class Article(Data):
    """One approved topic. Every section but `in_short` is a list of points; a missing section is empty."""

    id: Slug
    title: Text
    group: Slug
    owner: Slug
    status: Status
    reviewed_on: Day
    review_every: Annotated[SpanText, AfterValidator(_whole_months)]
    contacts: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()
    sources: tuple[Citation, ...]
    asked: tuple[Text, ...]
    in_short: Text
    do_now: tuple[Text, ...]
    who_decides: tuple[Text, ...]
    good: tuple[Text, ...] = ()
    mistakes: tuple[Text, ...] = ()
    to_confirm: tuple[Text, ...] = ()

    @property
    def review_due(self) -> date:
        """The day by which the owner must have looked at it again."""
        return add_months(self.reviewed_on, months(self.review_every))

    def past_review(self, today: date) -> bool:
        """True when the text must be shown as out of date."""
        return today > self.review_due

    @property
    def sections(self) -> Mapping[Heading, tuple[str, ...]]:
        """What the article says, by heading, in the order of the headings; empty ones are left out."""
        said = {heading: getattr(self, _FIELD[heading]) for heading in Heading}
        said[Heading.IN_SHORT] = (self.in_short,)
        return {heading: points for heading, points in said.items() if points}


def heading_field(heading: Heading) -> str:
    """The name of the article's field that holds what stands under `heading`."""
    return _FIELD[heading]


def read_article(path: Path, file: str, faults: list[Fault]) -> tuple[Article, Located] | None:
    """Read one article and where its parts stand; `None` with everything that is wrong added to `faults`."""
    document = read_document(path, file, faults)
    if document is None:
        return None
    before = len(faults)
    body = _read_body(document, faults)
    given = {key: value for key, value in document.head.data.items() if value != ""}
    located = Located(file, {**given, **body.data}, {**document.head.lines, **body.lines})
    faults.extend(document.head.fault((key,), "is a section, not a key") for key in given.keys() & set(_FIELD.values()))
    article = build(Article, located, faults)
    if article is not None and article.id != path.stem:
        faults.append(located.fault(("id",), f"must be the name of its file, '{path.stem}'"))
    return (article, located) if article is not None and len(faults) == before else None


def _read_body(document: Document, faults: list[Fault]) -> Located:
    """The sections by field name. One that is missing or empty is reported here and filled, so as to be told once."""
    file = document.head.file
    body: dict[str, object] = {}
    lines: dict[Loc, int] = {}
    found: list[Heading] = []
    for line, title, text in _sections(document):
        if title not in list(Heading):
            faults.append(Fault(file, line, "", f"has a heading that articles do not have: '{title}'"))
            continue
        heading = Heading(title)
        points = _points(text)
        if not points:
            faults.append(Fault(file, line, "", f"has nothing under '{title}'"))
        found.append(heading)
        lines[(_FIELD[heading],)] = line
        body[_FIELD[heading]] = _field_value(heading, points or ["-"])
    faults.extend(_order_faults(document, found))
    missing = {_FIELD[heading]: _field_value(heading, ["-"]) for heading in REQUIRED if heading not in found}
    return Located(file, missing | body, lines)


def _field_value(heading: Heading, points: list[str]) -> object:
    return "\n\n".join(points) if heading is Heading.IN_SHORT else points


def _order_faults(document: Document, found: list[Heading]) -> Iterator[Fault]:
    def fault(message: str) -> Fault:
        return Fault(document.head.file, document.body_line, "", message)

    yield from (fault(f"has no '{heading}'") for heading in REQUIRED if heading not in found)
    yield from (fault(f"has '{heading}' twice") for heading in set(found) if found.count(heading) > 1)
    if found != sorted(found, key=list(Heading).index):
        yield fault("has its headings in the wrong order")


def _sections(document: Document) -> list[tuple[int, str, list[str]]]:
    sections: list[tuple[int, str, list[str]]] = []
    for line, text in enumerate(document.body.splitlines(), start=document.body_line):
        if text.startswith("#"):
            sections.append((line, text.lstrip("#").strip(), []))
        elif sections:
            sections[-1][2].append(text)
        elif text.strip():
            sections.append((line, text.strip(), []))
    return sections


def _points(lines: list[str]) -> list[str]:
    """Bullets and paragraphs alike, each as one line; a line that continues one is joined to it."""
    points: list[str] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
        elif _BULLET.match(line) or fresh:
            points.append(_BULLET.sub("", line).strip())
            fresh = False
        else:
            points[-1] += " " + line.strip()
    return points
