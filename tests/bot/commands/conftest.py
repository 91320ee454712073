from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import Postgres


@pytest.fixture
def postgres_at_nothing(postgres: Postgres) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    yield postgres.create("at_nothing")
    postgres.drop("at_nothing")
