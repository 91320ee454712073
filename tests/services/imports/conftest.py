"""A desk for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.imports.desk import Desk


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, harrow_rules(), tmp_path)
