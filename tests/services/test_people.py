from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from services import people
from services.model import NoticeState, Owed, Person, Place, Role, Sender
from services.store.conversations import BLOCKED
from services.work import Database
from tests.builders import SERVICE_URL, TENANT, a_chat, a_sender, add_person


async def test_a_person_is_known_by_tenant_and_directory_id(database: Database) -> None:
    async with database.work() as work:
        alice = await add_person(work, "Alice", roles=[Role.DSL, Role.TRAINER])

        found = await people.recognise(work, a_sender("Alice"))

    assert found == alice
    assert found is not None
    assert found.roles == {Role.PRACTITIONER, Role.DSL, Role.TRAINER}


@pytest.mark.parametrize(
    "sender",
    [
        pytest.param(Sender(TENANT, "aad-charlie", "Alice"), id="another id under a known name"),
        pytest.param(Sender("99999999-0000-0000-0000-000000000000", "aad-alice", "Alice"), id="another tenant"),
        pytest.param(Sender(TENANT, "", "Alice"), id="no id at all"),
        pytest.param(Sender(TENANT, "alice@example.org", "Alice"), id="an address in place of the id"),
    ],
)
async def test_a_stranger_is_nobody_whatever_they_call_themselves(database: Database, sender: Sender) -> None:
    async with database.work() as work:
        await add_person(work, "Alice")

        assert await people.recognise(work, sender) is None


async def test_who_has_left_is_nobody(database: Database) -> None:
    async with database.work() as work:
        alice = await add_person(work, "Alice")
        await work.people.change(alice.id, active=False)

        assert await people.recognise(work, a_sender("Alice")) is None


async def test_an_administrator_may_do_everything_and_a_practitioner_only_that(database: Database) -> None:
    async with database.work() as work:
        admin = await add_person(work, "Adela", roles=[Role.ADMIN])
        alice = await add_person(work, "Alice")

    assert admin.has(Role.MANAGER)
    assert alice.has(Role.PRACTITIONER)
    assert not alice.has(Role.MANAGER, Role.DSL, Role.TRAINER, Role.ADMIN)


async def test_roles_are_replaced_and_only_active_holders_are_found(database: Database) -> None:
    async with database.work() as work:
        morgan = await add_person(work, "Morgan", roles=[Role.MANAGER])
        gone = await add_person(work, "Gone", roles=[Role.MANAGER])
        await work.people.change(gone.id, active=False)
        assert [one.id for one in await work.people.with_role(Role.MANAGER)] == [morgan.id]

        await work.people.set_roles(morgan.id, [Role.TRAINER])

        assert await work.people.with_role(Role.MANAGER) == []


async def test_a_work_address_is_found_in_any_letter_case(database: Database) -> None:
    async with database.work() as work:
        alice = await add_person(work, "Alice")

        assert await work.people.by_email(" ALICE@Example.org ") == alice
        assert await work.people.by_email("charlie@example.org") is None


async def route_of(database: Database, person: Person) -> str | None:
    async with database.reading() as work:
        route = (await work.conversations.routes([person.id])).get(person.id)
    return route.conversation_id if route else None


async def alice_in(database: Database) -> Person:
    async with database.work() as work:
        alice = await add_person(work, "Alice", in_teams=False)
        await work.commit()
    return alice


async def test_who_writes_in_a_personal_chat_can_be_reached_there(database: Database, now: datetime) -> None:
    alice = await alice_in(database)
    assert await route_of(database, alice) is None

    async with database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("Alice"), now=now)
        await work.commit()

    async with database.reading() as work:
        route = (await work.conversations.routes([alice.id]))[alice.id]
    assert (route.tenant_id, route.service_url, route.conversation_id) == (TENANT, SERVICE_URL, "a:alice")


@pytest.mark.parametrize("place", [Place.CHANNEL, Place.GROUP])
async def test_nobody_is_reached_in_a_channel_or_a_group(database: Database, now: datetime, place: Place) -> None:
    alice = await alice_in(database)
    async with database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("Alice", place), now=now)
        await work.commit()

    assert await route_of(database, alice) is None


async def test_the_newest_chat_is_used_and_another_when_that_is_closed(database: Database, now: datetime) -> None:
    alice = await alice_in(database)
    async with database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("newer"), now=now)
        await people.seen(work, a_sender("Alice"), a_chat("older"), now=now - timedelta(days=1))
        await work.commit()
    assert await route_of(database, alice) == "a:newer"

    async with database.work() as work:
        await work.conversations.close(TENANT, "a:newer", BLOCKED)
        await work.commit()
    assert await route_of(database, alice) == "a:older"


async def test_removing_the_bot_closes_the_chat_until_they_write_again(database: Database, now: datetime) -> None:
    alice = await alice_in(database)
    async with database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("Alice"), now=now)
        await people.uninstalled(work, a_chat("Alice"))
        await work.commit()
    assert await route_of(database, alice) is None

    async with database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("Alice"), now=now + timedelta(days=1))
        await work.commit()
    assert await route_of(database, alice) == "a:alice"


async def test_an_activity_that_names_nobody_does_not_make_us_forget_whose_chat_it_is(
    database: Database, now: datetime
) -> None:
    alice = await alice_in(database)
    async with database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("Alice"), now=now)
        await people.seen(work, None, a_chat("Alice"), now=now)
        await people.seen(work, Sender(TENANT, "", ""), a_chat("Alice"), now=now)
        await work.commit()

    assert await route_of(database, alice) == "a:alice"


async def test_what_was_blocked_becomes_due_when_they_write_and_nothing_else_does(
    database: Database, now: datetime
) -> None:
    ended = (NoticeState.BLOCKED, NoticeState.FAILED, NoticeState.UNCERTAIN, NoticeState.SENT, NoticeState.MISSED)
    async with database.work() as work:
        alice, bob = await add_person(work, "Alice"), await add_person(work, "Bob")
        for subject, state in enumerate(ended):
            for person in (alice, bob):
                await work.notices.owe(Owed("kind", subject, "step", person.id, due_at=now, state=state), now)

        await people.seen(work, a_sender("Alice"), a_chat("Alice", Place.CHANNEL), now=now)
        assert await work.notices.in_states([NoticeState.DUE]) == []
        await people.seen(work, a_sender("Alice"), a_chat("Alice"), now=now)

        due = await work.notices.in_states([NoticeState.DUE])
        assert [(one.person_id, one.subject_id, one.reason) for one in due] == [(alice.id, 0, None)]
        assert (await work.notices.counts())["uncertain"] == 2


async def test_an_activity_is_heard_once(database: Database, now: datetime) -> None:
    async with database.work() as work:
        assert await work.conversations.first_hearing(a_chat("Alice"), "1", now)
        await work.commit()
    async with database.work() as work:
        assert not await work.conversations.first_hearing(a_chat("Alice"), "1", now)
        assert await work.conversations.first_hearing(a_chat("Alice"), "2", now)
        assert await work.conversations.first_hearing(a_chat("Bob"), "1", now)
        assert await work.conversations.forget_heard_before(now + timedelta(seconds=1)) == 3
        assert await work.conversations.first_hearing(a_chat("Alice"), "1", now)


async def test_where_a_dialogue_stands_is_kept_per_conversation(database: Database, now: datetime) -> None:
    async with database.work() as work:

        async def stands(name: str) -> Mapping[str, Any]:
            return (await people.seen(work, a_sender(name), a_chat(name), now=now)).flow

        assert await stands("Alice") == {}
        await work.conversations.set_flow(a_chat("Alice"), {"expect": "booking"})

        assert await stands("Alice") == {"expect": "booking"}
        assert await stands("Bob") == {}
        await work.conversations.set_flow(a_chat("Alice"), {})
        assert await stands("Alice") == {}
