"""Brings a file in: all of it, or nothing. Reads first and on another thread, then writes in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from pathlib import Path

import structlog

from services.imports import actions, attendance, bookings, people, sessions
from services.imports.outcome import ImportKind, ImportReport, Progress, Refused, Tally
from services.imports.reading import read_sheet
from services.imports.row import Context
from services.imports.sheet import Sheet
from services.rulebook import Rulebook
from services.work import Database, Work
from services.workdays import require_aware

log = structlog.get_logger()

_Bring = Callable[[Work], Awaitable[None]]
_READERS: dict[ImportKind, Callable[[Sheet, Context, Tally], _Bring]] = {
    ImportKind.PEOPLE: people.read,
    ImportKind.SESSIONS: sessions.read,
    ImportKind.BOOKINGS: bookings.read,
    ImportKind.ATTENDANCE: attendance.read,
    ImportKind.ACTIONS: actions.read,
}


async def import_file(
    database: Database,
    rules: Rulebook,
    kind: ImportKind,
    path: Path,
    *,
    now: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    session_ref: str | None = None,
    actor_id: int | None = None,
    tenants: Collection[str] = (),
) -> ImportReport:
    """Import a CSV or XLSX file, all or nothing, and say what changed and what is wrong with which line.

    The same file a second time changes nothing. With `dry_run` everything is checked and nothing written.
    `session_ref` says which session a Teams attendance report is of, when its title and name do not.
    `actor_id` is who did it, for the audit trail. `tenants` are those whose people may use the bot.
    Raises `StoreUnavailable` when the database is away.
    """
    tally = Tally()
    context = Context(
        rules=rules,
        now=require_aware(now),
        file_name=path.name,
        write=not dry_run,
        session_ref=session_ref,
        actor_id=actor_id,
        progress=progress,
        tenants=frozenset(tenants),
    )
    try:
        bring_in = await asyncio.to_thread(_read, kind, path, context, tally)
    except Refused as refused:
        tally.faults.append(refused.fault)
        return tally.report(kind, dry_run=dry_run)
    # Also when rows are faulty: what is wrong with the others should be heard at the same time.
    async with database.work() as work:
        await bring_in(work)
        if not tally.faults and not dry_run:
            await work.commit()
    report = tally.report(kind, dry_run=dry_run)
    _log(report, kind)
    return report


def _log(report: ImportReport, kind: ImportKind) -> None:
    """That it was done, and how many rows of each fate; nothing out of the file."""
    log.info(
        "a file was imported" if report.written else "a file was checked and not imported",
        action="imported" if report.written else "import_checked",
        kind=kind.value,
        counts=[report.rows, report.added, report.changed, report.unchanged, len(report.faults)],
    )


def _read(kind: ImportKind, path: Path, context: Context, tally: Tally) -> _Bring:
    sheet = read_sheet(path)
    for code in sheet.notes:
        tally.note(code)
    bring_in = _READERS[kind](sheet, context, tally)
    if tally.rows == 0 and not tally.faults:
        tally.fault("import-no-rows")
    return bring_in
