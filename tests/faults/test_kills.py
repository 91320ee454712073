"""Postmen killed with SIGKILL at every point of their work, against a connector with every bad habit.

Nothing owed is lost, nothing arrives twice, and whatever may or may not have arrived is on a list. `make faults`.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import _migrate
from tests.faults.stage import Load, Outcome, Stage, seed
from tests.faults.worker import Point
from tests.postgres import Postgres, a_postgres

FRIDAY = datetime(2027, 1, 15, 9, tzinfo=UTC)
MONDAY = FRIDAY + timedelta(days=3)
LOAD = Load(persons=400)
BUSY = Load(persons=600)
TEN_THOUSAND = Load(persons=1_665, over=10)


def a_run(
    name: str,
    url: str,
    folder: Path,
    *,
    processes: int,
    kills: int,
    load: Load = LOAD,
    well: bool = False,
    meanwhile: Callable[[float], None] = lambda share: None,
) -> Outcome:
    """A Friday on which postmen die, and a Monday on which they do not."""
    stage = Stage(url, folder, FRIDAY, dice=processes)
    with stage.connector(well=well) as service_url:
        seed(url, load, service_url, FRIDAY)
        stage.work(service_url, processes=processes, kills=kills, most_seconds=240, meanwhile=meanwhile)
        stage.next_morning(MONDAY)
        stage.work(service_url, processes=1, kills=0, most_seconds=60)
    return stage.audit(name)


def require_the_promise(found: Outcome, *, kills: int, load: Load) -> None:
    assert found.notices == load.total
    assert (found.lost, found.doubles, found.two_digests) == (0, 0, 0)
    assert found.missed == load.over, "a moment that passed is shown as missed"
    assert found.delivered + len(found.uncertain) + found.blocked + found.missed == found.notices
    assert found.kills.total() >= kills
    assert found.delivered > found.notices / 2, "else the run says little"


@pytest.fixture(scope="module")
def durable() -> Iterator[Postgres]:
    """A server that keeps what it has committed, even if it is cut off: this is what a real one does."""
    with a_postgres() as server:
        server.set(synchronous_commit="on")
        yield server


@pytest.mark.faults
@pytest.mark.parametrize(("processes", "kills", "load"), [(1, 100, LOAD), (2, 100, LOAD), (3, 200, BUSY)])
def test_processes_on_postgresql_are_killed_at_every_point_and_nothing_is_lost_or_doubled(
    durable: Postgres, folder: Path, table: list[Outcome], processes: int, kills: int, load: Load
) -> None:
    url = durable.create(f"kills_{processes}")
    _migrate(url)
    found = a_run(f"PostgreSQL, {processes} at once", url, folder, processes=processes, kills=kills, load=load)
    table.append(found)
    require_the_promise(found, kills=kills, load=load)
    assert set(found.kills) == {point.value for point in Point}


@pytest.mark.faults
@pytest.mark.parametrize("kills", [0, 3])
def test_three_processes_deliver_ten_thousand_once_each_and_the_death_of_one_loses_nothing(
    durable: Postgres, folder: Path, table: list[Outcome], kills: int
) -> None:
    url = durable.create(f"ten_thousand_{kills}")
    _migrate(url)
    load = TEN_THOUSAND
    assert load.total == 10_000
    found = a_run(f"three, ten thousand, {kills} killed", url, folder, processes=3, kills=kills, load=load, well=True)
    table.append(found)
    require_the_promise(found, kills=kills, load=load)
    if kills == 0:
        assert found.delivered == load.total - load.over


@pytest.mark.faults
def test_a_process_on_sqlite_is_killed_at_every_point_and_nothing_is_lost_or_doubled(
    sqlite_url: str, folder: Path, table: list[Outcome]
) -> None:
    found = a_run("SQLite, 1 at once", sqlite_url, folder, processes=1, kills=100)
    table.append(found)
    require_the_promise(found, kills=100, load=LOAD)
    assert set(found.kills) == {point.value for point in Point}


@pytest.mark.faults
def test_the_database_is_cut_off_in_the_middle_and_nothing_is_lost_or_doubled(
    durable: Postgres, folder: Path, table: list[Outcome]
) -> None:
    url = durable.create("restarted")
    _migrate(url)
    load = Load(persons=300)
    cuts = [0.2, 0.6]

    def cut_off(share: float) -> None:
        if cuts and share >= cuts[0]:
            cuts.pop(0)
            os.kill(durable.pid, signal.SIGQUIT)  # PostgreSQL's immediate stop: as if the machine had died
            time.sleep(1.5)
            durable.start()

    name = "PostgreSQL cut off twice, 2 at once"
    found = a_run(name, url, folder, processes=2, kills=40, load=load, meanwhile=cut_off)
    table.append(found)
    assert cuts == []
    require_the_promise(found, kills=40, load=load)


def test_a_few_kills_lose_and_double_nothing(sqlite_url: str, folder: Path) -> None:
    load = Load(persons=40, over=10)
    found = a_run("smoke", sqlite_url, folder, processes=1, kills=6, load=load)
    require_the_promise(found, kills=6, load=load)
