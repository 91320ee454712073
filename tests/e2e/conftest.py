"""A bot process with a database of its own, a browser, and a seat at a local Teams client for each person."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from config.settings import Settings
from services.workdays import Workdays, wall_clock
from tests.e2e.playground import Seat, playground
from tests.e2e.processes import ROOT, free_port, running
from tests.e2e.teams import Teams

RESULTS = ROOT / "test-results"
_FAILED = pytest.StashKey[bool]()
_MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", _MAC_CHROME)
# The last five keep the browser from calling home, which a closed network refuses many times over.
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(slots=True)
class Bot:
    """The product as a process. `env` is what its commands need to see the same database."""

    url: str
    env: dict[str, str]
    log: Path
    days: int = 0
    """How many days later than today the product lives."""
    _served: ExitStack = field(default_factory=ExitStack)

    def live(self, days: int = 0) -> None:
        """Serve, so many days later than today; what served before ends."""
        self.stop()
        self.days = days
        self._served.enter_context(
            running(self._call("serve"), env=self.env, ready=f"{self.url}/healthz", log=self.log)
        )

    def stop(self) -> None:
        """Serve no more."""
        self._served.close()

    def command(self, *words: str) -> str:
        """Run one command of the product to its end; what it printed."""
        done = subprocess.run(
            self._call(*words),
            cwd=ROOT,
            env={**os.environ, **self.env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def _call(self, *words: str) -> list[str]:
        later = ("tests.e2e.at_another_time", str(self.days)) if self.days else ("bot",)
        return [sys.executable, "-m", *later, *words]

    def tick(self, at: str | None = None) -> dict[str, Any]:
        """Run everything due now, or at that moment, once."""
        counts: dict[str, Any] = json.loads(self.command("tick", "--json", *(("--at", at) if at else ())))
        return counts


def next_working_morning(days: int = 0) -> str:
    """Ten o'clock in London on the next working day, `days` days later than today, when reminders may go out."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=days + 1)
    day = Workdays.closed_on(()).on_or_after(tomorrow)
    return wall_clock(day, time(10)).isoformat()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """The bot in its local mode, with Harrow's pack and the demo people around today."""
    port = free_port()
    env = {
        "PARTNERSHIP_BOT_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/e2e.db",
        "PARTNERSHIP_BOT_PORT": str(port),
        "PARTNERSHIP_BOT_DANGEROUSLY_ALLOW_UNAUTHENTICATED_LOCAL_REQUESTS": "true",
        "PARTNERSHIP_BOT_LOG_FORMAT": "console",
    }
    one = Bot(f"http://127.0.0.1:{port}", env, tmp_path / "bot.log")
    one.command("import", "demo")
    one.live()
    yield one
    one.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system: none is downloaded."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    assert found, "Chromium is needed: apt-get install chromium, or set CHROMIUM to a browser's path"
    # as root, which CI is, Chromium has no sandbox; it only ever opens pages of this machine
    flags = [*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=flags)
        yield opened
        opened.close()


def _seats() -> dict[str, Seat]:
    tenant = str(Settings.model_fields["demo_tenant_id"].default)
    local = str(Settings.model_fields["demo_user_id"].default)
    with (ROOT / "config/harrow/demo/people.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Seat(tenant, local if row["aad_object_id"] == "local" else row["aad_object_id"], row["name"])
            for row in csv.DictReader(file)
        }


Sit = Callable[[str], Teams]


@pytest.fixture
def teams(request: pytest.FixtureRequest, bot: Bot, browser: Browser, tmp_path: Path) -> Iterator[Sit]:
    """Open a client in which a demo person, named by id, talks to the bot."""
    pages: dict[str, Page] = {}
    with ExitStack() as stack:

        def sit(person: str) -> Teams:
            url = stack.enter_context(playground(_seats()[person], bot.url, tmp_path))
            context = stack.enter_context(browser.new_context(viewport={"width": 1400, "height": 1000}))
            pages[person] = context.new_page()
            return Teams(pages[person], url)

        yield sit
        if request.node.stash.get(_FAILED, False) or "KEEP_PICTURES" in os.environ:
            _keep(request.node.name, pages, tmp_path)


def _keep(test: str, pages: dict[str, Page], folder: Path) -> None:
    kept = RESULTS / test
    kept.mkdir(parents=True, exist_ok=True)
    for person, page in pages.items():
        page.screenshot(path=kept / f"{person}.png")
    for log in folder.glob("*.log"):
        shutil.copy(log, kept)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure until the fixtures end, so that they can keep what was on the screen."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report
