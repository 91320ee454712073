from __future__ import annotations

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from services.model import Person, Role
from services.work import Database
from tests.builders import a_rulebook
from tests.services.notices.office import Office


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """What was logged, unrendered: drawing a traceback takes a second."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, a_rulebook())


@pytest.fixture
async def morgan(office: Office) -> Person:
    """The partnership manager."""
    return await office.person("Morgan", roles=[Role.MANAGER])


@pytest.fixture
async def bob(office: Office) -> Person:
    """Alice's line manager."""
    return await office.person("Bob")


@pytest.fixture
async def alice(office: Office, bob: Person) -> Person:
    return await office.person("Alice", line_manager=bob)
