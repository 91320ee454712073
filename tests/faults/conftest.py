from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.faults.stage import Outcome
from tests.faults.table import drawn

_outcomes: list[Outcome] = []


@pytest.fixture(scope="session")
def table() -> Iterator[list[Outcome]]:
    """Where each run leaves its line. The whole table is printed at the end."""
    yield _outcomes
    print("\n\n" + drawn(_outcomes))


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What the runs log would drown the table."""
    with capture_logs():
        yield


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="pb-faults-") as name:
        yield Path(name)
