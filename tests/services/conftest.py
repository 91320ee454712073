from __future__ import annotations

from datetime import datetime

import pytest

from services.model import Person, Session
from services.work import Database
from tests.builders import a_rulebook
from tests.services.desk import SOON, Desk


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database, a_rulebook())


@pytest.fixture
async def alice(desk: Desk) -> Person:
    return await desk.person("Alice")


@pytest.fixture
async def bob(desk: Desk) -> Person:
    return await desk.person("Bob")


@pytest.fixture
async def charlie(desk: Desk) -> Person:
    return await desk.person("Charlie")


@pytest.fixture
async def session(desk: Desk, now: datetime) -> Session:
    """One place, thirty days ahead."""
    return await desk.session(now + SOON)
