"""`import`, `report` and `migrate`: records in, figures out, tables made."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands import door
from bot.commands.house import House, clock, open_house
from bot.commands.import_page import in_short
from config.demo import LocalUser, load_demo
from config.settings import Settings
from dialogs.wording import say
from services import seeding
from services.imports import ImportKind, ImportReport, import_file
from services.imports.outcome import Fault, Progress, Stage
from services.reports import reporting
from services.reports.table import Report
from services.reports.workbook import to_xlsx
from services.reports.writing import to_csv, to_json
from services.work import Database

OWN = ("plans", "demo")
"""What is imported from the partnership's own folder, so needs no file."""


_PAGE = "What each column holds stands in docs/imports.md, with an example of each file."
_COLUMNS = "\n\n".join(f"{kind.value}: {in_short(kind)}" for kind in ImportKind)


@click.command("import", epilog=f"{_PAGE}\n\n{_COLUMNS}")
@click.argument("kind", type=click.Choice([*(one.value for one in ImportKind), *OWN]))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option("--session", "session_ref", help="Which session a Teams attendance report is of.")
def importing(kind: str, file: Path | None, dry_run: bool, session_ref: str | None) -> None:
    """Read records from CSV or XLSX: all of a file or nothing. `plans` and `demo` come from the pack."""
    if (file is None) != (kind in OWN):
        raise click.UsageError(_about_the_file(kind))
    settings = door.settings()
    if file is None:
        click.echo(door.run(lambda: _import_own(settings, kind)))
        return
    report = door.run(lambda: _import(settings, ImportKind(kind), file, dry_run, session_ref))
    _tell(report)
    if any(fault.code == "import-column-missing" for fault in report.faults):
        click.echo(f"{kind}: {in_short(ImportKind(kind))} {_PAGE}", err=True)
    if report.faults:
        raise SystemExit(1)


def _about_the_file(kind: str) -> str:
    """What to do about a file that is missing, with the columns it needs; or about one that is not wanted."""
    if kind in OWN:
        return f"“{kind}” comes from the partnership's folder: leave the file out."
    return f"Name the file after “{kind}”. {in_short(ImportKind(kind))} {_PAGE}"


async def _import(
    settings: Settings, kind: ImportKind, file: Path, dry_run: bool, session_ref: str | None
) -> ImportReport:
    async with open_house(settings) as house:
        return await import_file(
            house.database,
            house.rules,
            kind,
            file,
            now=clock(),
            dry_run=dry_run,
            session_ref=session_ref,
            progress=_progress(),
            tenants=settings.tenants,
        )


async def _import_own(settings: Settings, kind: str) -> str:
    async with open_house(settings) as house:
        items, people = await bring_in(house, demo=kind == "demo")
    return say("import-own-demo" if kind == "demo" else "import-own-plans", items=items, people=people)


async def bring_in(house: House, *, demo: bool) -> tuple[int, int]:
    """The pack's action plans, and with `demo` its invented people. How many items and people were new."""
    now, settings, rules = clock(), house.settings, house.rules
    async with house.database.work() as work:
        items = await seeding.bring_in_plans(work, house.pack, now=now)
        people = 0
        if demo:
            local = LocalUser(settings.demo_tenant_id, settings.demo_user_id)
            found = load_demo(house.pack, local, today=rules.today(now), add_working_days=rules.workdays.add)
            people = await seeding.bring_in_demo(work, rules, found, now=now)
        await work.commit()
    return items, people


def _progress() -> Progress | None:
    """How far an import is, on standard error, for people who look on."""
    if not sys.stderr.isatty():
        return None

    def show(stage: Stage, done: int, total: int) -> None:
        key = "import-reading" if stage is Stage.READING else "import-writing"
        click.echo(f"\r{say(key, done=done, total=total)}", nl=done >= total, err=True)

    return show


def _tell(report: ImportReport) -> None:
    for fault in (*report.faults, *report.notes):
        click.echo(_sentence(fault), err=True)
    if report.faults:
        click.echo(say("import-refused", count=len(report.faults)), err=True)
        return
    key = "import-checked" if report.dry_run else "import-done"
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged}
    click.echo(say(key, rows=report.rows, **counts))


def _sentence(fault: Fault) -> str:
    what = say(fault.code, **fault.filling)
    if not fault.line:
        return what
    key = "import-at-cell" if fault.column else "import-at-line"
    return say(key, line=fault.line, column=fault.column, what=what)


@click.command("report", epilog=f"NAME is one of: {', '.join(reporting.NAMES)}.")
@click.argument("name", type=click.Choice(reporting.NAMES), metavar="NAME")
@click.option("--year", help="A financial year, April to March, as 2022-23. Default: the current one.")
@click.option("--format", "layout", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True)
@click.option("--plan", help="For action-plan: one plan, by id or title. Default: all of them.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def reporting_command(name: str, year: str | None, layout: str, plan: str | None, output: Path | None) -> None:
    """Write a report: figures from the records, with what must be known about them."""
    settings = door.settings()
    report = door.run(lambda: _report(settings, name, year, plan))
    if layout == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("A workbook cannot be shown here. Add --output FILE.xlsx.")
    data = _written(report, layout)
    if output is not None:
        door.write(output, data)
        click.echo(f"{report.title}: {output}", err=True)
    else:
        sys.stdout.buffer.write(data)
    if layout == "csv":  # a CSV has no place for them
        click.echo("\n".join((*report.notes, *report.sources)), err=True)


async def _report(settings: Settings, name: str, year: str | None, plan: str | None) -> Report:
    async with open_house(settings) as house, house.database.reading() as work:
        return await reporting.report(work, house.rules, name, year=year, now=clock(), say=say, plan=plan)


def _written(report: Report, layout: str) -> bytes:
    if layout == "xlsx":
        return to_xlsx(report)
    return to_csv(report).encode("utf-8-sig") if layout == "csv" else f"{to_json(report)}\n".encode()


@click.command("migrate")
def migrating() -> None:
    """Bring the database to the tables of this version."""
    settings = door.settings()
    click.echo(f"The database is at revision {door.run(lambda: _migrate(settings))}.")


async def _migrate(settings: Settings) -> str | None:
    from services.migrations import current_revision, migrate

    database = Database.open(settings.database_url)
    try:
        await migrate(database.engine)
        return await current_revision(database.engine)
    finally:
        await database.close()
