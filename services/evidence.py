"""The evidence pack: what an inspector asks for about an action item or a plan, as one zip with a PDF and tables.

Who was told what, when, by which route and with what result; every change; what was done and what came of it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from config.ladders import LadderKind
from services.actions import ASSIGNED, GIVEN, REQUEST, given_notice, gives_by_file
from services.errors import NotFound
from services.history import HistoryLine, history
from services.model import ActionItem, ActionNote, Attempt, NoteKind, Notice, Person
from services.owners import title_of
from services.reports.asking import Say
from services.reports.plans import plan_called, plan_title
from services.reports.writing import harmless
from services.rulebook import Rulebook
from services.work import Work

KINDS = (LadderKind.ACTION_ITEM.value, ASSIGNED, LadderKind.RE_AUDIT.value)
"""Kinds of notice whose subject is the item itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice, and one try to deliver it (or none yet)."""

    item_id: int
    notice: Notice
    person: Person
    attempt: Attempt | None


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """Everything about one item. `owner` is in words."""

    item: ActionItem
    plan: str
    owner: str
    agency: str
    history: tuple[HistoryLine, ...]
    notes: tuple[tuple[ActionNote, str], ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence about one item or all items of a plan, as it stood at `made_at` (UTC)."""

    title: str
    partnership: str
    made_at: datetime
    items: tuple[ItemEvidence, ...]


async def gather(
    work: Work,
    rules: Rulebook,
    *,
    item_ref: str | None = None,
    plan: str | None = None,
    now: datetime,
    say: Say,
) -> Evidence:
    """Collect the evidence about one item, by its reference, or about a plan, by id or title.

    `say` gives the words (`dialogs.wording.say`). Raises `NotFound` when there is no such item or plan.
    """
    items = await _items(work, rules, item_ref, plan)
    ids = [item.id for item in items]
    people = await work.people.by_ids({item.owner_id for item in items})
    lines = await history(work, rules, ids, say)
    notes = await work.action_notes.of(ids)
    authors = await work.people.by_ids({note.person_id for note in notes})
    told = await _told(work, items)
    pack = rules.pack
    found = tuple(
        ItemEvidence(
            item,
            plan_title(pack, item.plan_id),
            _owner(rules, item, people, say),
            agency.name if item.lead_agency and (agency := pack.agency(item.lead_agency)) else item.lead_agency or "",
            tuple(line for line in lines if line.item_id == item.id),
            tuple((note, _name(authors, note.person_id, say)) for note in notes if note.item_id == item.id),
            tuple(one for one in told if one.item_id == item.id),
        )
        for item in items
    )
    title = f"{items[0].ref}: {items[0].action}" if item_ref else plan_title(pack, items[0].plan_id)
    return Evidence(title, pack.partnership.partnership.name.value, now, found)


async def _items(work: Work, rules: Rulebook, item_ref: str | None, plan: str | None) -> list[ActionItem]:
    if item_ref is not None:
        item = await work.actions.by_ref(item_ref)
        if item is None:
            raise NotFound("evidence-no-item", ref=item_ref[:40])
        return [item]
    items = await work.actions.of_plan(plan_called(rules.pack, plan or ""))
    if not items:
        raise NotFound("report-no-such-plan", plan=(plan or "")[:60])
    return items


def _owner(rules: Rulebook, item: ActionItem, people: Mapping[int, Person], say: Say) -> str:
    name = _name(people, item.owner_id, say)
    return f"{title_of(rules.pack, item.owner_role)} ({name})" if item.owner_role else name


def _name(people: Mapping[int, Person], person_id: int | None, say: Say) -> str:
    person = people.get(person_id or 0)
    return person.name if person else say("history-nobody")


async def _told(work: Work, items: Sequence[ActionItem]) -> list[Told]:
    """Every notice about these items with every attempt, in the order in which they fell due."""
    ids = [item.id for item in items]
    requests = {one.id: one.item_id for one in await work.action_requests.of(ids)}
    by_kind = {kind: {one: one for one in ids} for kind in KINDS} | {REQUEST: requests}
    notices = [
        (subjects[notice.subject_id], notice)
        for kind, subjects in by_kind.items()
        for notice in await work.notices.about(kind, list(subjects))
    ]
    notices += await _of_files(work, items)
    attempts = await work.attempts.of_all([notice.id for _, notice in notices])
    people = await work.people.by_ids({notice.person_id for _, notice in notices})
    told = []
    for item_id, notice in sorted(notices, key=lambda pair: (pair[1].due_at, pair[1].id)):
        tries: Sequence[Attempt | None] = attempts.get(notice.id) or [None]
        told += [Told(item_id, notice, people[notice.person_id], attempt) for attempt in tries]
    return told


async def _of_files(work: Work, items: Sequence[ActionItem]) -> list[tuple[int, Notice]]:
    """The news of files, with the item that it told of. There is one for each owner, and it is about them: which items
    it was of follows from the deeds of the file."""
    told: dict[tuple[int, str], list[int]] = {}
    owners = {item.id: item.owner_id for item in items}
    for deed in reversed(await work.events.about("action", list(owners))):
        owner = owners[deed.subject_id]
        if owner is not None and gives_by_file(deed):
            told.setdefault((owner, given_notice(owner, deed.at).step), []).append(deed.subject_id)
        before = deed.detail.get("owner_id_from", owner)
        owners[deed.subject_id] = before if isinstance(before, int) else None
    notices = await work.notices.about(GIVEN, {owner for owner, _ in told})
    return [(item_id, one) for one in notices for item_id in told.get((one.person_id, one.step), ())]


def to_zip(evidence: Evidence, rules: Rulebook, say: Say) -> bytes:
    """One zip: the PDF to read, and the same as tables to count with. The same evidence gives the same bytes."""
    from services.printing.evidence import evidence_pdf

    files: dict[str, bytes] = {
        "evidence.pdf": evidence_pdf(evidence, rules, say),
        "items.csv": _csv(_item_rows(evidence, rules, say)),
        "history.csv": _csv(_history_rows(evidence, rules, say)),
        "notes.csv": _csv(_note_rows(evidence, rules, say)),
        "notices.csv": _csv(notice_rows(evidence, rules, say)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # A zip knows only local time without a zone, from 1980 on.
            made = rules.local(evidence.made_at)
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[harmless(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def local(moment: datetime | None, rules: Rulebook) -> str:
    """A moment on the partnership's wall clock, as tables show it."""
    return f"{rules.local(moment):%d/%m/%Y %H:%M}" if moment else ""


def _item_rows(evidence: Evidence, rules: Rulebook, say: Say) -> Iterable[list[str]]:
    yield [say(f"evidence-{key}") for key in ("ref", *_FIELDS)]
    for one in evidence.items:
        facts = fields_of(one, rules)
        yield [one.item.ref, *(facts[key] for key in _FIELDS)]


_FIELDS = (
    "plan",
    "recommendation",
    "action",
    "lead",
    "owner",
    "due",
    "due-text",
    "state",
    "evidence",
    "completed",
    "impact",
    "re-audit",
    "source",
)


def fields_of(one: ItemEvidence, rules: Rulebook) -> dict[str, str]:
    """What is known of an item, in words, by the key of its heading. Empty: not known."""
    item = one.item
    source = rules.pack.source(item.source)
    day = rules.today(item.completed_at) if item.completed_at else None
    tested = f"{item.tested_on:%d/%m/%Y}" if item.tested_on else ""
    planned = f"{item.re_audit_on:%d/%m/%Y}" if item.re_audit_on else ""
    document = source.title if source else item.source
    found = {
        "plan": one.plan,
        "recommendation": item.recommendation or "",
        "action": item.action,
        "lead": ": ".join(part for part in dict.fromkeys((item.lead_named, one.agency)) if part),
        "owner": one.owner,
        "due": f"{item.due_on:%d/%m/%Y}" if item.due_on else "",
        "due-text": item.due_text,
        "state": item.state.value,
        "evidence": item.evidence or "; ".join(note.text for note, _ in one.notes if note.kind is NoteKind.EVIDENCE),
        "completed": f"{day:%d/%m/%Y}" if day else "",
        "impact": item.impact or "",
        "re-audit": f"{planned} / {tested}" if tested else planned,
        "source": ": ".join(part for part in (document, item.heading) if part),
    }
    return {key: found[key] for key in _FIELDS}


def _history_rows(evidence: Evidence, rules: Rulebook, say: Say) -> Iterable[list[str]]:
    yield [say(f"evidence-{key}") for key in ("ref", "when", "who", "what", "text")]
    for one in evidence.items:
        for line in one.history:
            yield [one.item.ref, local(line.at, rules), line.who, line.what, line.text]


def _note_rows(evidence: Evidence, rules: Rulebook, say: Say) -> Iterable[list[str]]:
    yield [say(f"evidence-{key}") for key in ("ref", "when", "who", "what", "text")]
    for one in evidence.items:
        for note, author in one.notes:
            yield [one.item.ref, local(note.at, rules), author, say(f"evidence-note-{note.kind.value}"), note.text]


def notice_rows(evidence: Evidence, rules: Rulebook, say: Say) -> Iterable[list[str]]:
    """Every notice and every attempt: to whom, about which step, when, by which route, with what result."""
    keys = ("ref", "due-at", "to", "about", "step", "result", "reason", "tried-at", "route", "outcome", "receipt")
    yield [say(f"evidence-{key}") for key in keys]
    for one in evidence.items:
        for told in one.told:
            attempt = told.attempt
            yield [
                one.item.ref,
                local(told.notice.due_at, rules),
                told.person.name,
                say(f"evidence-kind-{told.notice.kind}"),
                told.notice.step_name,
                say(f"evidence-state-{told.notice.state.value}"),
                told.notice.reason or "",
                local(attempt.started_at, rules) if attempt else "",
                attempt.route if attempt else "",
                attempt.outcome if attempt else "",
                (attempt.receipt or attempt.detail or "") if attempt else "",
            ]
