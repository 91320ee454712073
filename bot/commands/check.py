"""`check`: everything there is to say about the partnership's folder."""

from __future__ import annotations

from collections.abc import Iterable

import click

from bot.commands import door
from bot.commands.house import clock
from config.check import CheckReport, check_pack
from services.rulebook import workdays_of
from services.workdays import local_day


@click.command("check")
@click.option("--brief", is_flag=True, help="Leave out the ladders and the list of what is still to confirm.")
def command(brief: bool) -> None:
    """Check the partnership's folder: faults, findings, ladders, and everything still to be confirmed."""
    settings = door.settings()
    if not settings.pack.is_dir():
        door.fail(f"There is no folder {settings.pack}. Set PARTNERSHIP_BOT_PACK to a partnership's folder.")
    today = local_day(clock())
    report = check_pack(settings.pack, today=today, counting=lambda calendar: workdays_of(calendar).add)
    _section("Faults: the bot will not start until these are fixed", map(str, report.faults))
    _section("Findings: fix these before people rely on it", map(str, report.findings))
    _section("Past review: the bot says so, and chases the owner", map(str, report.notes))
    if not brief:
        _section("Ladders, as they would fall from today", map(str, report.ladders))
        _section("Still to be confirmed by the partnership office", _questions(report))
    click.echo(_summary(report))
    if not report.clean:
        raise SystemExit(1)


def _section(title: str, lines: Iterable[str]) -> None:
    shown = list(lines)
    if shown:
        click.secho(f"{title} ({len(shown)})", bold=True)
        click.echo("\n".join(f"  {line}" for line in shown) + "\n")


def _questions(report: CheckReport) -> Iterable[str]:
    return (f"{one.file}:{one.line}: {one.key}: {one.note}" for one in report.unconfirmed)


def _summary(report: CheckReport) -> str:
    ages = [one.age for one in report.reading]
    reading = f", reading age {min(ages):.0f} to {max(ages):.0f}" if ages else ""
    verdict = "clean" if report.clean else f"{len(report.faults)} faults, {len(report.findings)} findings"
    return f"{verdict}: {len(ages)} articles{reading}, {len(report.unconfirmed)} values still to be confirmed"
