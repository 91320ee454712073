"""The training table of 2022-23 comes out of the records exactly as the annual report printed it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogs.wording import say
from services.imports import ImportKind, import_file
from services.reports import Report, report
from services.rulebook import Rulebook
from services.work import Database
from tests.services.reports.year_2022_23 import YEAR, write_files

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)


async def import_year(database: Database, rules: Rulebook, folder: Path) -> None:
    files = write_files(folder, rules.pack)
    for kind in (ImportKind.PEOPLE, ImportKind.SESSIONS, ImportKind.BOOKINGS, ImportKind.ATTENDANCE):
        done = await import_file(database, rules, kind, getattr(files, kind.value), now=NOW)
        assert done.written, done.faults[:3]
        assert done.added + done.changed == done.rows
        again = await import_file(database, rules, kind, getattr(files, kind.value), now=NOW)
        assert (again.added, again.changed, again.unchanged) == (0, 0, done.rows), kind


@pytest.fixture
async def imported(sqlite_url: str, harrow: Rulebook, tmp_path: Path) -> AsyncIterator[Database]:
    """The year in one kind of database: the table itself is proved on both."""
    database = Database.open(sqlite_url)
    await import_year(database, harrow, tmp_path)
    yield database
    await database.close()


async def ask(database: Database, rules: Rulebook, name: str, year: str | None = YEAR) -> Report:
    async with database.reading() as work:
        return await report(work, rules, name, year=year, now=NOW, say=say)


async def test_the_imported_year_prints_the_published_table(
    database: Database, harrow: Rulebook, tmp_path: Path
) -> None:
    await import_year(database, harrow, tmp_path)
    made = await ask(database, harrow, "training")
    printed = [
        (one.row, one.title, one.booked, one.attended, one.not_attended) for one in dict(harrow.pack.history)[YEAR]
    ]
    assert [tuple(row.values())[:5] for row in made.records()] == printed
    assert len(printed) == 23
    assert made.totals is not None
    assert made.totals[2:5] == (541, 466, 75)
    assert {row["figures"] for row in made.records()} == {"from the records"}
    assert made.notes == ("Agrees in every row with the published annual report of 2022-23.",)


async def test_the_sectors_are_those_that_the_report_counts(imported: Database, harrow: Rulebook) -> None:
    made = await ask(imported, harrow, "attendance")
    whole = {row["sector"]: row["attended"] for row in made.records() if str(row["agency"]).endswith(": all")}
    assert whole == {"Education": 272, "Health": 55, "Council": 53, "Police and justice": 2, "Not known": 84}
    assert made.total()["attended"] == 466
    assert [row["attended"] for row in made.records() if row["agency"] == "GP practice"] == [55]


async def test_no_show_rates_are_those_of_the_checked_table(imported: Database, harrow: Rulebook) -> None:
    made = {row["course"]: row for row in (await ask(imported, harrow, "no-shows")).records()}
    assert len(made) == 16
    seminar = made["Safeguarding in Education Termly Seminar"]
    assert (seminar["events"], seminar["booked"], seminar["not_attended"]) == (3, 196, 32)
    assert isinstance(seminar["no_show_share"], float)
    assert round(seminar["no_show_share"], 3) == 0.163
    assert next(iter(made)) == "Digital Exploitation"
    assert made["Domestic Abuse Foundation"]["no_show_share"] == 0
    assert seminar["late_cancellations"] == 0


async def test_history_asks_nobody_for_an_evaluation(imported: Database, harrow: Rulebook) -> None:
    made = await ask(imported, harrow, "impact-funnel")
    assert [row["people"] for row in made.records()] == [466, 0, 0, 0, 0]
    assert any("466" in note for note in made.notes)
    async with imported.reading() as work:
        assert await work.evaluations.open_of(1, NOW.date()) == []


@pytest.mark.parametrize("name", ["training", "no-shows"])
async def test_a_year_without_records_shows_what_was_published_and_says_so(
    database: Database, harrow: Rulebook, name: str
) -> None:
    made = await ask(database, harrow, name)
    assert (made.total()["booked"], made.total()["attended"], made.total()["not_attended"]) == (541, 466, 75)
    assert "published annual report" in made.notes[0]
    assert "Annual" in made.sources[0] or "annual" in made.sources[0]


async def test_figures_of_two_origins_are_never_mixed(imported: Database, harrow: Rulebook) -> None:
    async with imported.work() as work:
        session = await work.sessions.by_ref("HSP-2223-01")
        assert session is not None
        await work.sessions.change(session.id, state="cancelled")
        await work.commit()
    made = await ask(imported, harrow, "training")
    assert (len(made.rows), made.total()["booked"]) == (22, 541 - 14)
    assert made.notes == (
        "Differs from the published annual report of 2022-23, which has 541 booked, 466 attended and 75 not attended.",
    )
