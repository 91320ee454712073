"""`evidence`, `purge`, `export-subject`: what an inspector is shown, what goes, what is held about somebody."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands import door
from bot.commands.house import clock, open_house
from config.settings import Settings
from dialogs.wording import say
from services import evidence, retention, subject_export


@click.command("evidence")
@click.option("--item", "item_ref", help="The reference of one action, such as BO-01.")
@click.option("--plan", help="The id or title of an action plan.")
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Write this zip.")
def evidence_command(item_ref: str | None, plan: str | None, output: Path) -> None:
    """Write the evidence pack of an action or a plan: a PDF to read, and the same as tables."""
    if (item_ref is None) == (plan is None):
        raise click.UsageError("Name one action with --item, or one plan with --plan.")
    settings = door.settings()
    door.write(output, door.run(lambda: _evidence(settings, item_ref, plan)))
    click.echo(f"{item_ref or plan}: {output}", err=True)


async def _evidence(settings: Settings, item_ref: str | None, plan: str | None) -> bytes:
    async with open_house(settings) as house, house.database.reading() as work:
        found = await evidence.gather(work, house.rules, item_ref=item_ref, plan=plan, now=clock(), say=say)
    return evidence.to_zip(found, house.rules, say)


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Say what would go, and let nothing go.")
@click.option("--include-unconfirmed", is_flag=True, help="Also purge by times that the office has still to confirm.")
def purging(dry_run: bool, include_unconfirmed: bool) -> None:
    """Let records go that have been kept long enough. Figures stay."""
    settings = door.settings()
    for line in door.run(lambda: _purge(settings, dry_run, include_unconfirmed)):
        click.echo(_purge_words(line))


async def _purge(settings: Settings, dry_run: bool, include_unconfirmed: bool) -> list[retention.PurgeLine]:
    async with open_house(settings) as house, house.database.work() as work:
        lines = await retention.purge(
            work, house.rules, now=clock(), dry_run=dry_run, include_unconfirmed=include_unconfirmed
        )
        await work.commit()
    return lines


def _purge_words(line: retention.PurgeLine) -> str:
    record = say(f"record-{line.record.value}").capitalize()
    if line.keep is None:
        return say("purge-line-undecided", record=record)
    mark = "" if line.confirmed else say("purge-to-confirm")
    counts = {"older": line.older, "purged": line.purged, "counted_from": line.counted_from}
    return say("purge-line", record=record, keep=line.keep, mark=mark, **counts)


@click.command("export-subject")
@click.argument("email")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write a zip. Default: JSON, shown.")
def exporting_subject(email: str, output: Path | None) -> None:
    """Everything that is held about one person, for that person."""
    settings = door.settings()
    export = door.run(lambda: _export(settings, email))
    if output is None:
        sys.stdout.buffer.write(f"{subject_export.to_json(export)}\n".encode())
        return
    door.write(output, subject_export.to_zip(export))
    click.echo(f"{export.email}: {output}", err=True)


async def _export(settings: Settings, email: str) -> subject_export.SubjectExport:
    async with open_house(settings) as house, house.database.work() as work:
        export = await subject_export.export_subject(work, email, now=clock())
        await work.commit()
    return export
