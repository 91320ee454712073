from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.guidance.build import guide_for
from services.model import Role
from services.rulebook import Rulebook, workdays_of
from services.understanding import Guide
from services.work import Database
from tests.builders import add_person
from tests.dialogs.office.chat import Chat
from tests.services.harrow import harrow_rules


@pytest.fixture(scope="session")
def guide() -> Guide:
    return guide_for(harrow_rules().pack)


@pytest.fixture
async def chat(database: Database, guide: Guide) -> Chat:
    """Harrow's bot on a Friday morning. Morgan is the office, Tilda trains, Alice is managed by Bob."""
    pack = harrow_rules().pack
    rules = Rulebook(pack, workdays_of(pack.partnership.calendar), guide.identifiers_in)
    async with database.work() as work:
        await add_person(work, "Morgan", roles=[Role.MANAGER])
        await add_person(work, "Tilda", roles=[Role.TRAINER])
        bob = await add_person(work, "Bob")
        await add_person(work, "Alice", line_manager=bob)
        await work.commit()
    return Chat(database, rules, guide, datetime(2027, 1, 15, 9, tzinfo=UTC))
