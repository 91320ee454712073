"""The office's desk in tests: writes a file as some program would, imports it, and reads what the bot says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from dialogs.wording import say
from services.imports import ImportKind, ImportReport, Progress, import_file
from services.rulebook import Rulebook
from services.work import Database
from tests.services.reports.year_2022_23 import to_csv

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)

Rows = Iterable[Sequence[object]]


@dataclass
class Desk:
    """One database, one set of rules, one folder."""

    database: Database
    rules: Rulebook
    folder: Path
    now: datetime = NOW
    tenants: tuple[str, ...] = ()

    async def file(
        self,
        kind: str,
        data: bytes | str,
        *,
        name: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
        session_ref: str | None = None,
    ) -> ImportReport:
        """Import these very bytes."""
        path = self.folder / (name or f"{kind}.csv")
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        report = await import_file(
            self.database,
            self.rules,
            ImportKind(kind),
            path,
            now=self.now,
            dry_run=dry_run,
            progress=progress,
            session_ref=session_ref,
            tenants=self.tenants,
        )
        said(report)
        return report

    async def rows(self, kind: str, head: str, rows: Rows, *, dry_run: bool = False) -> ImportReport:
        """Import a CSV; `head` names its columns with commas between."""
        return await self.file(kind, to_csv(head.split(","), rows), dry_run=dry_run)

    async def done(self, kind: str, head: str, rows: Rows) -> ImportReport:
        """Import a CSV that has no fault, and find that a second time changes nothing."""
        kept = [list(row) for row in rows]
        report = await self.rows(kind, head, kept)
        assert report.written, said(report)
        again = await self.rows(kind, head, kept)
        assert (again.added, again.changed, again.unchanged) == (0, 0, len(kept)), said(again)
        return report

    async def people(self, *names: str) -> None:
        """Make people known, as name@example.org."""
        await self.done("people", "name,email", [(name, f"{name.lower()}@example.org") for name in names])

    async def session(
        self, ref: str = "F-1", *, day: str = "2027-02-10", places: int = 20, status: str = "", reason: str = ""
    ) -> None:
        """Put a forum on, 9.30 to 12.30."""
        await self.done(
            "sessions",
            "ref,course,date,start,end,capacity,status,cancellation reason",
            [(ref, "dsl-forum", day, "09:30", "12:30", places, status, reason)],
        )

    async def states(self, ref: str = "F-1") -> dict[str, str]:
        """Who is in which state on a session, by first name."""
        async with self.database.reading() as work:
            session = await work.sessions.by_ref(ref)
            assert session is not None
            found = await work.imports.bookings_on([session.id])
            people = await work.people.by_ids([key[1] for key in found])
        return {people[person].name: one.state.value for (_, person), one in sorted(found.items())}

    async def taken(self, ref: str = "F-1") -> tuple[int, int]:
        """Places taken, and places there are."""
        async with self.database.reading() as work:
            session = await work.sessions.by_ref(ref)
            assert session is not None
            return session.taken, session.capacity


def said(report: ImportReport) -> list[str]:
    """Every fault and note as people read it."""
    lines = []
    for fault in (*report.faults, *report.notes):
        what = say(fault.code, **fault.filling)
        assert "{" not in what
        key = "import-at-cell" if fault.column else "import-at-line"
        lines.append(say(key, what=what, line=fault.line, column=fault.column) if fault.line else what)
    return lines


def codes(report: ImportReport) -> list[tuple[str, int, str]]:
    """Faults as code, line and column."""
    return [(fault.code, fault.line, fault.column) for fault in report.faults]


def noted(report: ImportReport) -> list[tuple[str, int]]:
    """Notes as code and line."""
    return [(note.code, note.line) for note in report.notes]


def to_xlsx(
    rows: Rows, *, merge: str = "", formulas: dict[str, str] | None = None, hidden_first: bool = False, sheets: int = 1
) -> bytes:
    """A workbook as Excel would save it."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        if hidden_first:
            hidden = book.add_worksheet("Secret")
            hidden.write_row(0, 0, ["name", "email"])
            hidden.hide()
        sheet = book.add_worksheet("People")
        sheet.activate()
        sheet.set_first_sheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for cell, formula in (formulas or {}).items():
            sheet.write_formula(cell, formula, None, "computed")
        if merge:
            sheet.merge_range(merge, "merged")
        for number in range(1, sheets):
            book.add_worksheet(f"More {number}").write(0, 0, "more")
    return out.getvalue()
