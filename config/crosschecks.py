"""What must hold between the files of a partnership's folder: ids unique, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel

from config.actions import RagState, RecordKind
from config.articles import Article
from config.catalogue import GENERAL_SCOPES, OTHER_AREA
from config.csvfile import Row
from config.data import Citation
from config.doubled import same_words
from config.draft import Draft, Placed
from config.faults import Fault
from config.ladders import LadderKind
from config.partnership import Partnership
from config.plans import PlanRow
from config.reading import Loc, Located
from config.unconfirmed import marks
from config.walkthrough import Walkthrough

M = TypeVar("M", bound=BaseModel)


def crosscheck(draft: Draft) -> Iterator[Fault]:
    """Every fault between files. References into a file that could not be read are left alone."""
    known = _Known(draft)
    yield from _lists(draft, known)
    for placed in draft.articles:
        yield from _article(placed, known)
    yield from _phrases(draft.articles)
    if draft.partnership:
        yield from _partnership(draft.partnership, known)
    if draft.walkthrough:
        levels = {level.number for level in draft.partnership.value.levels} if draft.partnership else None
        yield from _walkthrough(draft.walkthrough, known, levels)


class _Known:
    """The ids that exist, or `None` where their file could not be read and nothing can be judged."""

    def __init__(self, draft: Draft) -> None:
        def ids(file: str, values: Iterable[str]) -> Collection[str] | None:
            return None if file in draft.unread else frozenset(values)

        main = draft.partnership.value if draft.partnership else None
        self.topics = ids("topics.csv", (row.value.id for row in draft.topics))
        self.groups = ids("topics.csv", (row.value.group for row in draft.topics))
        self.group_of = {row.value.id: row.value.group for row in draft.topics}
        self.sources = ids("sources.csv", (row.value.id for row in draft.sources))
        self.foreign = {row.value.id for row in draft.sources if row.value.scope == OTHER_AREA}
        self.courses = ids("courses.csv", (row.value.id for row in draft.courses))
        self.agencies = ids("agencies.csv", (row.value.id for row in draft.agencies))
        self.contacts = frozenset(contact.key for contact in main.contacts) if main else None
        self.owners = frozenset(owner.key for owner in main.owners) if main else None
        self.scopes = GENERAL_SCOPES.union(main.partnership.local_scopes) if main else None


def _unknown(name: str, known: Collection[str] | None, what: str) -> str | None:
    return f"names {what} that does not exist: '{name}'" if known is not None and name not in known else None


def _resolve(
    located: Located, loc: Loc, names: Iterable[str], known: Collection[str] | None, what: str
) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if message := _unknown(name, known, what):
            yield located.fault((*loc, index), message)


def _own_sources(located: Located, loc: Loc, cited: Iterable[Citation], known: _Known) -> Iterator[Fault]:
    """Sources of a value that is shown as the partnership's: they exist, and are not another area's."""
    yield from _citations(located, loc, cited, known)
    for index, citation in enumerate(cited):
        if citation.ref in known.foreign:
            yield located.fault((*loc, index), f"'{citation.ref}' is another area's: say it in a note, not as a source")


def _citations(located: Located, loc: Loc, cited: Iterable[Citation], known: _Known) -> Iterator[Fault]:
    yield from _resolve(located, loc, (citation.ref for citation in cited), known.sources, "a source")


def _article(placed: Placed[Article], known: _Known) -> Iterator[Fault]:
    article, located = placed.value, placed.located
    if message := _unknown(article.id, known.topics, "a topic"):
        yield located.fault(("id",), message)
    elif known.topics is not None and article.group != known.group_of[article.id]:
        yield located.fault(("group",), f"must be '{known.group_of[article.id]}', as in topics.csv")
    if message := _unknown(article.owner, known.owners, "an owner"):
        yield located.fault(("owner",), message)
    if article.id in article.related:
        yield located.fault(("related",), "names the article itself")
    yield from _resolve(located, ("contacts",), article.contacts, known.contacts, "a contact")
    yield from _resolve(located, ("related",), article.related, known.topics, "a topic")
    yield from _citations(located, ("sources",), article.sources, known)
    if not article.sources:
        yield located.fault(("sources",), "is empty; every article says where its statements come from")


def _phrases(articles: Iterable[Placed[Article]]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for placed in articles:
        for index, phrase in enumerate(placed.value.asked):
            owner = first.setdefault(same_words(phrase), placed.value.id)
            if owner != placed.value.id:
                yield placed.located.fault(("asked", index), f"is in '{owner}' too: '{phrase}'")


def _partnership(placed: Placed[Partnership], known: _Known) -> Iterator[Fault]:
    value, located = placed.value, placed.located
    for loc, _, mark in marks(value):
        yield from _own_sources(located, (*loc, "source"), mark.source, known)
    for index, stage in enumerate(value.escalation.stages):
        if message := _unknown(stage.topic, known.topics, "a topic"):
            yield located.fault(("escalation", "stages", index, "topic"), message)
    for index, level in enumerate(value.levels):
        if message := _unknown(level.topic, known.topics, "a topic"):
            yield located.fault(("levels", index, "topic"), message)
    risk = value.escalation.immediate_risk.contacts
    yield from _resolve(located, ("escalation", "immediate_risk", "contacts"), risk, known.contacts, "a contact")
    yield from _experts(value, located, known)
    yield from _once_each(value, located)


def _experts(value: Partnership, located: Located, known: _Known) -> Iterator[Fault]:
    covered = [group for experts in value.expert_groups for group in experts.groups]
    for index, experts in enumerate(value.expert_groups):
        if message := _unknown(experts.owner, known.owners, "an owner"):
            yield located.fault(("expert_groups", index, "owner"), message)
        yield from _resolve(
            located, ("expert_groups", index, "groups"), experts.groups, known.groups, "a group of topics"
        )
    for group in sorted(set(known.groups or ())):
        if covered.count(group) != 1:
            yield located.fault(("expert_groups",), f"must cover the topic group '{group}' exactly once")


def _once_each(value: Partnership, located: Located) -> Iterator[Fault]:
    """Keys that must not be given twice, and kinds of which there must be one each."""
    lists: dict[Loc, tuple[list[Hashable], type[StrEnum] | None]] = {
        ("contacts",): ([contact.key for contact in value.contacts], None),
        ("levels",): ([level.number for level in value.levels], None),
        ("owners",): ([owner.key for owner in value.owners], None),
        ("expert_groups",): ([experts.key for experts in value.expert_groups], None),
        ("evaluation", "questions"): ([question.id for question in value.evaluation.questions], None),
        ("ladders",): ([ladder.kind for ladder in value.ladders], LadderKind),
        ("actions", "rag"): ([band.state for band in value.actions.rag], RagState),
        ("retention",): ([rule.record for rule in value.retention], RecordKind),
    }
    for loc, (names, kinds) in lists.items():
        for index, name in enumerate(names):
            if name in names[:index]:
                yield located.fault((*loc, index), f"is there twice: '{name}'")
        for kind in kinds or ():
            if kind not in names:
                yield located.fault(loc, f"has nothing for '{kind}'")


def _walkthrough(placed: Placed[Walkthrough], known: _Known, levels: Collection[int] | None) -> Iterator[Fault]:
    """Its levels are the partnership's, each described in every domain; what it names exists."""
    value, located = placed.value, placed.located
    for loc, _, mark in marks(value):
        yield from _own_sources(located, (*loc, "source"), mark.source, known)
        # Words may be another area's here: the bot says that they are.
        yield from _citations(located, (*loc, "taken_from"), getattr(mark, "taken_from", ()), known)
    for index, pathway in enumerate(value.pathways):
        yield from _resolve(located, ("pathways", index, "topics"), pathway.topics, known.topics, "a topic")
    if message := _unknown(value.referral.topic, known.topics, "a topic"):
        yield located.fault(("referral", "topic"), message)
    described: list[tuple[Loc, list[int]]] = [(("pathways",), [one.level for one in value.pathways])]
    described += [(("domains", at), [one.level for one in domain.levels]) for at, domain in enumerate(value.domains)]
    if levels is None:
        return
    for loc, numbers in described:
        missing, strange = sorted(set(levels) - set(numbers)), sorted(set(numbers) - set(levels))
        yield from (located.fault(loc, f"has nothing for level {one}") for one in missing)
        yield from (located.fault(loc, f"has level {one}, which the partnership does not have") for one in strange)


def _lists(draft: Draft, known: _Known) -> Iterator[Fault]:
    yield from _doubles("topics.csv", draft.topics, lambda topic: topic.id)
    yield from _doubles("sources.csv", draft.sources, lambda source: source.id)
    yield from _doubles("courses.csv", draft.courses, lambda course: course.id)
    yield from _doubles("agencies.csv", draft.agencies, lambda agency: agency.id)
    yield from _doubles("action-plans.csv", draft.plan_rows, lambda row: row.id)
    for source in draft.sources:
        if message := _unknown(source.value.scope, known.scopes, "a scope"):
            yield Fault("sources.csv", source.line, "scope", message)
    for course in draft.courses:
        located = Located("courses.csv", {}, {(): course.line})
        yield from _resolve(located, ("topics",), course.value.topics, known.topics, "a topic")
        yield from _resolve(located, ("after",), course.value.after, known.courses, "a course")
        yield from _own_sources(located, ("source",), course.value.source, known)
    for year, rows in draft.history:
        file = f"history/courses-{year}.csv"
        yield from _doubles(file, rows, lambda result: result.row)
        for result in rows:
            if message := _unknown(result.value.course, known.courses, "a course"):
                yield Fault(file, result.line, "course", message)
    yield from _plans(draft.plan_rows, known)


def _plans(rows: Iterable[Row[PlanRow]], known: _Known) -> Iterator[Fault]:
    first: dict[str, PlanRow] = {}
    for row in rows:
        item = row.value
        opened = first.setdefault(item.plan, item)
        if (item.plan_title, item.plan_kind) != (opened.plan_title, opened.plan_kind):
            yield Fault("action-plans.csv", row.line, "plan", f"'{item.plan}' has another title or kind in {opened.id}")
        for column, name, names, what in (
            ("lead_agency", item.lead_agency, known.agencies, "an agency"),
            ("owner", item.owner, known.owners, "an owner"),
            ("source", item.source, known.sources, "a source"),
        ):
            if name is not None and (message := _unknown(name, names, what)):
                yield Fault("action-plans.csv", row.line, column, message)


def _doubles(file: str, rows: Iterable[Row[M]], key: Callable[[M], Hashable]) -> Iterator[Fault]:
    first: dict[Hashable, int] = {}
    for row in rows:
        name = key(row.value)
        if name in first:
            yield Fault(file, row.line, "", f"'{name}' is already on line {first[name]}")
        first.setdefault(name, row.line)
