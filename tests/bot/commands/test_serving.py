"""What `serve` puts together, and what becomes of the notices under way when it is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import SecretStr

from bot.commands import serving
from bot.commands.house import open_house
from bot.commands.serving import hearing_of, teams_of
from config.settings import Settings
from dialogs.notices import Renderer
from services.notices.pacing import SharedPace
from services.work import Database
from tests.builders import a_rulebook
from tests.fakes_teams import APP_ID, HOME_TENANT
from tests.services.notices.office import Office
from tests.services.notices.test_postmen import MORNING, NOTICES, owe_three_hundred


@asynccontextmanager
async def deaf(*_: object) -> AsyncIterator[None]:
    yield


async def test_what_waits_for_its_turn_when_the_process_is_to_stop_is_given_back_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_listening", deaf)
    monkeypatch.setattr(serving, "clock", lambda: MORNING)
    office = Office(database, a_rulebook())
    office.messenger.pace = SharedPace(database, per_second=10, per_conversation=1000, patience=4)
    await owe_three_hundred(database)
    house = SimpleNamespace(
        settings=SimpleNamespace(dangerously_allow_unauthenticated_local_requests=True),
        database=database,
        rules=office.rules,
        postman=lambda *_, **__: office.postman(rounds_at_once=4),
    )

    async with serving.serving(cast(Any, house), cast(Any, SimpleNamespace(messenger=None))):
        async with asyncio.timeout(30):
            for _ in range(5):
                await office.messenger.knocked()
        begun = office.messenger.tried

    # Forty have a turn in these four seconds. Turns that come until the process has heard that it is to stop are used:
    # on a busy machine that takes it a while.
    assert office.messenger.tried <= begun + 20
    async with database.reading() as work:
        counts = await work.notices.counts()
    told = sum(len(message.text.splitlines()) for _, message in office.messenger.delivered)
    assert counts["sent"] == told > 0
    assert sum(counts.get(state, 0) for state in ("sent", "due", "retry")) == NOTICES


async def test_strangers_are_asked_about_in_teams_and_not_in_the_local_client(sqlite_url: str) -> None:
    secret = SecretStr("a-secret")
    real = Settings(database_url=sqlite_url, app_id=APP_ID, app_password=secret, app_tenant_id=HOME_TENANT)
    local = Settings(database_url=sqlite_url, dangerously_allow_unauthenticated_local_requests=True)
    async with open_house(real) as house:
        assert hearing_of(house, teams_of(real, house)).introductions is not None
        assert hearing_of(house, teams_of(local, house)).introductions is None


async def test_invitations_come_from_the_mailbox_of_the_sender_whatever_marks_its_name_has(sqlite_url: str) -> None:
    secret = SecretStr("smtp://127.0.0.1:25")
    settings = Settings(database_url=sqlite_url, smtp_url=secret, mail_from="Harrow, Partnership <bot@harrow.example>")
    async with open_house(settings) as house:
        postman = house.postman(None, name="worker")
        assert postman is not None
        assert cast(Renderer, postman.render).organiser == "bot@harrow.example"
