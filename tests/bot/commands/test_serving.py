"""What `serve` puts together."""

from __future__ import annotations

from pydantic import SecretStr

from bot.commands.house import open_house
from bot.commands.serving import hearing_of, teams_of
from config.settings import Settings
from tests.fakes_teams import APP_ID, HOME_TENANT


async def test_strangers_are_asked_about_in_teams_and_not_in_the_local_client(sqlite_url: str) -> None:
    secret = SecretStr("a-secret")
    real = Settings(database_url=sqlite_url, app_id=APP_ID, app_password=secret, app_tenant_id=HOME_TENANT)
    local = Settings(database_url=sqlite_url, dangerously_allow_unauthenticated_local_requests=True)
    async with open_house(real) as house:
        assert hearing_of(house, teams_of(real, house)).introductions is not None
        assert hearing_of(house, teams_of(local, house)).introductions is None
