"""An owner is reminded, asks for more time, the manager grants it, the owner finishes, and the proof shows it all."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.e2e.conftest import Bot, next_working_morning
from tests.e2e.teams import Teams

ALEX, MONA = "local-user", "mona-madeup"


def test_an_item_goes_from_a_reminder_to_its_evidence(bot: Bot, teams: Callable[[str], Teams], tmp_path: Path) -> None:
    alex, mona = teams(ALEX), teams(MONA)
    alex.see("I am a bot, not a person")
    alex.look()
    bot.tick(next_working_morning())
    alex.see("DEMO-01")
    alex.press("Update DEMO-01")
    alex.see("7 days overdue")
    alex.press("More time")
    alex.fill("New date", (date.today() + timedelta(days=30)).isoformat())  # noqa: DTZ011 - as a person reads a calendar
    alex.fill("Why is more time needed?", "The form is being redrawn.")
    alex.press("Ask for more time")
    alex.see("I have asked the partnership manager for more time on DEMO-01")
    mona.say("requests")
    mona.see("DEMO-01")
    mona.press("Grant more time")
    mona.see("Granted")
    alex.say("my actions")
    alex.see("DEMO-01")
    alex.say("done DEMO-01 the form is on the staff page, minutes of the last meeting")
    alex.see("DEMO-01 is marked as done")
    told = _evidence(bot, tmp_path)
    assert "sent" in told["notices.csv"]
    assert "minutes of the last meeting" in told["items.csv"]
    assert told["history.csv"].count("\n") > 3


def _evidence(bot: Bot, folder: Path) -> dict[str, str]:
    """The tables of the evidence pack, by name; the PDF must be one."""
    pack = folder / "evidence.zip"
    bot.command("evidence", "--item", "DEMO-01", "--output", str(pack))
    with zipfile.ZipFile(pack) as opened:
        assert opened.read("evidence.pdf").startswith(b"%PDF")
        tables = {name: opened.read(name).decode("utf-8-sig") for name in opened.namelist() if name.endswith(".csv")}
    assert all(list(csv.reader(io.StringIO(table))) for table in tables.values())
    return tables
