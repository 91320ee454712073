from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.model import Role
from services.work import Database
from tests.builders import add_person
from tests.dialogs.office.chat import Chat
from tests.services.harrow import harrow_guide, screened_rules


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Harrow's bot on a Friday morning. Morgan is the office, Tilda trains, Alice is managed by Bob."""
    async with database.work() as work:
        await add_person(work, "Morgan", roles=[Role.MANAGER])
        await add_person(work, "Tilda", roles=[Role.TRAINER])
        bob = await add_person(work, "Bob")
        await add_person(work, "Alice", line_manager=bob)
        await work.commit()
    return Chat(database, screened_rules(), harrow_guide(), datetime(2027, 1, 15, 9, tzinfo=UTC))
