"""Somebody imported by address writes for the first time: from the file to the answer, over the adapter."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.connector import Connector
from bot.roster import TeamsRoster
from dialogs.hearing import Hearing
from dialogs.talk import Reply, Said
from services.imports import ImportKind, import_file
from services.introductions import AGAIN_AFTER, Introductions
from services.model import Person, Place, Sender, Whereabouts
from services.work import Database
from tests.bot.conftest import MORNING, RunningBot, StartBot
from tests.dialogs.training.training_chat import harrow, rules_of
from tests.fakes_teams import ALICE, BROKEN, HARROW, Behaviour, FakeConnector, an_activity

NOBODY = "The partnership does not know you yet"
BOOKINGS = "You have nothing booked"
IN_DIRECTORY = {
    **ALICE,
    "tenantId": HARROW,
    "userPrincipalName": "Alice.Owner@Harrow.example.org",
    "email": "alice.owner@harrow.example.org",
    "userRole": "user",
}


@pytest.fixture
def core(database: Database, connector: Connector) -> Hearing:
    pack, guide = harrow()
    introductions = Introductions(database, TeamsRoster(connector), patience=0.2)
    return Hearing(database, rules_of(pack, guide), guide, introductions)


@pytest.fixture
async def bot(start_bot: StartBot) -> RunningBot:
    return await start_bot()


async def imported(core: Hearing, folder: Path, *rows: str) -> None:
    path = folder / "people.csv"
    path.write_text("\n".join(("name,email,active,object id,tenant", *rows)), encoding="utf-8")
    report = await import_file(core.database, core.rules, ImportKind.PEOPLE, path, now=MORNING)
    assert report.written


async def ask(bot: RunningBot, teams: FakeConnector, **fields: Any) -> str:
    """What is said to "my bookings", typed into a personal chat."""
    await bot.post(an_activity(service_url=teams.url, **{"text": "my bookings", **fields}))
    return teams.said[-1]


async def person(core: Hearing, email: str = "alice.owner@harrow.example.org") -> Person:
    async with core.database.reading() as work:
        found = await work.people.by_email(email)
    assert found is not None
    return found


async def test_who_was_imported_by_address_is_known_from_their_first_message(
    bot: RunningBot, core: Hearing, teams: FakeConnector, tmp_path: Path
) -> None:
    await imported(core, tmp_path, "Alice Owner,ALICE.owner@harrow.example.org,,,")
    teams.members = [IN_DIRECTORY]
    assert BOOKINGS in await ask(bot, teams)
    alice = await person(core)
    assert (alice.tenant_id, alice.aad_object_id) == (HARROW, ALICE["aadObjectId"])
    async with core.database.reading() as work:
        deeds = [(one.verb, one.actor_id) for one in await work.events.about("person", [alice.id])]
        reached = await work.conversations.routes([alice.id])
    assert deeds[-1] == ("linked", alice.id)
    assert reached[alice.id].conversation_id == "a:alice-and-bot"
    teams.members = []
    assert BOOKINGS in await ask(bot, teams)
    assert teams.looked_up == ["29:alice"], "afterwards the directory is not asked again"


async def test_an_installation_that_teams_tells_of_twice_is_welcomed_once(
    bot: RunningBot, teams: FakeConnector
) -> None:
    arrival = an_activity("installationUpdate", service_url=teams.url, action="add")
    for _ in range(2):
        await bot.post(arrival)
    assert len(teams.said) == 1
    await bot.post(an_activity("installationUpdate", service_url=teams.url, action="add"))
    assert len(teams.said) == 2, "installed anew"


@pytest.mark.parametrize(
    "arrival",
    [{"kind": "installationUpdate", "action": "add"}, {"kind": "conversationUpdate", "membersAdded": [{"id": "bot"}]}],
)
async def test_whoever_installs_the_bot_is_known_before_they_write(
    bot: RunningBot, core: Hearing, teams: FakeConnector, tmp_path: Path, arrival: dict[str, Any]
) -> None:
    await imported(core, tmp_path, "Alice Owner,alice.owner@harrow.example.org,,,")
    teams.members = [IN_DIRECTORY]
    fields = {**arrival, "recipient": {"id": "bot"}}
    await bot.post(an_activity(fields.pop("kind"), service_url=teams.url, **fields))
    assert (await person(core)).aad_object_id == ALICE["aadObjectId"]


@pytest.mark.parametrize(
    "directory",
    [
        pytest.param({"aadObjectId": "00000000-0000-0000-0000-0000000000b1"}, id="somebody else"),
        pytest.param({"tenantId": "99999999-0000-0000-0000-000000000000"}, id="another tenant"),
        pytest.param({"userRole": "guest"}, id="a guest"),
        pytest.param({"userPrincipalName": "alice.owner_harrow.example.org#EXT#@x.example"}, id="a guest by name"),
        pytest.param({"userPrincipalName": "someone@elsewhere.example"}, id="an address of another domain"),
        pytest.param({"userPrincipalName": None}, id="no principal name"),
    ],
)
async def test_what_the_directory_does_not_vouch_for_makes_nobody_known(
    bot: RunningBot, core: Hearing, teams: FakeConnector, tmp_path: Path, directory: dict[str, Any]
) -> None:
    await imported(core, tmp_path, "Alice Owner,alice.owner@harrow.example.org,,,")
    teams.members = [IN_DIRECTORY | {"id": "29:alice"} | directory]
    assert NOBODY in await ask(bot, teams)
    assert teams.looked_up == ["29:alice"]
    assert (await person(core)).aad_object_id is None


async def test_an_address_of_the_same_domain_stands_in_for_the_principal_name(
    bot: RunningBot, core: Hearing, teams: FakeConnector, tmp_path: Path
) -> None:
    await imported(core, tmp_path, "Alice Owner,alice.owner@harrow.example.org,,,")
    teams.members = [IN_DIRECTORY | {"userPrincipalName": "aowner1@harrow.example.org"}]
    assert BOOKINGS in await ask(bot, teams)


OTHER_ID = "00000000-0000-0000-0000-0000000000c1"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["Alice,alice.owner@harrow.example.org,left,,"], id="who has left"),
        pytest.param([f"Alice,alice.owner@harrow.example.org,,{OTHER_ID},{HARROW}"], id="who has an id"),
        pytest.param(
            ["Alice,alice.owner@harrow.example.org,,,", "Al,aowner1@harrow.example.org,,,"], id="one of two people"
        ),
        pytest.param(
            [
                "Alice,alice.owner@harrow.example.org,,,",
                f"Before,before@harrow.example.org,left,{ALICE['aadObjectId']},{HARROW}",
            ],
            id="whose id somebody had who left",
        ),
    ],
)
async def test_who_cannot_be_told_for_certain_stays_a_stranger(
    bot: RunningBot, core: Hearing, teams: FakeConnector, tmp_path: Path, rows: list[str]
) -> None:
    await imported(core, tmp_path, *rows)
    before = await person(core)
    teams.members = [IN_DIRECTORY | {"email": "aowner1@harrow.example.org"}]
    assert NOBODY in await ask(bot, teams)
    assert await person(core) == before


@pytest.mark.parametrize("trouble", [BROKEN, Behaviour(200, hang=True), Behaviour(404, "MemberNotFound")])
async def test_a_directory_that_fails_costs_nobody_their_answer(
    bot: RunningBot, core: Hearing, teams: FakeConnector, tmp_path: Path, trouble: Behaviour
) -> None:
    await imported(core, tmp_path, "Alice Owner,alice.owner@harrow.example.org,,,")
    teams.members, teams.directory = [IN_DIRECTORY], trouble
    assert NOBODY in await ask(bot, teams)


async def test_the_directory_is_asked_once_an_hour_however_much_a_stranger_writes(
    core: Hearing, teams: FakeConnector, tmp_path: Path
) -> None:
    teams.members = [IN_DIRECTORY]
    where = Whereabouts("a:alice", teams.url, Place.PERSONAL, HARROW)
    sender = Sender(HARROW, ALICE["aadObjectId"], "", "29:alice")

    async def write(number: int, *, minutes: int = 0) -> Reply:
        later = MORNING + timedelta(minutes=minutes)
        said = Said("my bookings")
        return (await core.hear(sender, said, where=where, activity_id=str(number), now=later))[0]

    await asyncio.gather(*(write(number) for number in range(5)))
    assert NOBODY in (await write(6, minutes=59)).text
    assert teams.looked_up == ["29:alice"]
    await imported(core, tmp_path, "Alice Owner,alice.owner@harrow.example.org,,,")
    after = int(AGAIN_AFTER.total_seconds() // 60)
    assert BOOKINGS in (await write(7, minutes=after)).text


async def test_nobody_is_looked_up_in_a_group_or_where_there_is_no_directory(
    core: Hearing, teams: FakeConnector
) -> None:
    sender = Sender(HARROW, ALICE["aadObjectId"], "", "29:alice")
    group = Whereabouts("19:group", teams.url, Place.GROUP, HARROW)
    await core.hear(sender, Said("courses", place=Place.GROUP), where=group, activity_id="1", now=MORNING)
    chat = replace(group, conversation_id="a:alice", place=Place.PERSONAL)
    alone = replace(core, introductions=None)
    replies = await alone.hear(sender, Said("my bookings"), where=chat, activity_id="2", now=MORNING)
    assert NOBODY in replies[0].text
    assert teams.looked_up == []
