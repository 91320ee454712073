"""Who talks about action items in these tests. A file that needs another Alice has one of its own."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.model import Person, Role
from services.work import Database
from tests.builders import a_rulebook
from tests.dialogs.actions.action_talk import Talk


@pytest.fixture
def talk(database: Database, now: datetime) -> Talk:
    return Talk(database, a_rulebook(), now)


@pytest.fixture
async def alice(talk: Talk) -> Person:
    return await talk.person("Alice", agency_id="cnwl")


@pytest.fixture
async def morgan(talk: Talk) -> Person:
    return await talk.person("Morgan", roles=[Role.MANAGER])
