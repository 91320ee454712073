"""Any number of postmen may run: each notice is delivered exactly once, and each person gets one digest.

The control at the end runs the same race with the guards switched off and must deliver some of them twice.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.model import NoticeState, Owed
from services.notices.claiming import claim
from services.store.claims import ClaimRows
from services.tables import action_items, notices
from services.work import Database
from tests.builders import a_rulebook, add_people
from tests.services.notices.office import Office, name_them

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)
TODAY = date(2027, 1, 15)
PEOPLE, ORDINARY, URGENT = 50, 4, 2
EACH = ORDINARY + URGENT
NOTICES = PEOPLE * EACH
MESSAGES = PEOPLE * (1 + URGENT)


async def owe_three_hundred(database: Database) -> None:
    """To each of fifty people: four ordinary notices and two urgent ones, each about an item of its own."""
    people = await add_people(database, PEOPLE)
    items = [
        {
            "id": n,
            "ref": f"X-{n}",
            "plan_id": "plan",
            "action": "Act",
            "owner_id": people[n % PEOPLE].id,
            "due_on": TODAY,
        }
        for n in range(1, NOTICES + 1)
    ]
    async with database.engine.begin() as connection:
        await connection.execute(sa.insert(action_items), items)
    owed = [
        Owed("action-item", n, f"due-day:{TODAY}", people[n % PEOPLE].id, MORNING, urgent=n > PEOPLE * ORDINARY)
        for n in range(1, NOTICES + 1)
    ]
    async with database.work() as work:
        assert await work.notices.owe_all(owed, MORNING) == NOTICES
        await work.commit()


def delivered_ids(office: Office) -> list[int]:
    return [int(one) for _, message in office.messenger.delivered for one in message.text.split()]


async def require_each_sent_once(office: Office, delivered: Collection[int], messages: int) -> None:
    ledger = await office.notices()
    assert {one.state for one in ledger} == {NoticeState.SENT}
    assert sorted(delivered) == sorted(one.id for one in ledger)
    assert (len(ledger), messages) == (NOTICES, MESSAGES)


@pytest.mark.parametrize(("postmen", "rounds"), [(1, 1), (1, 4), (3, 2)])
async def test_postmen_in_one_process_deliver_each_notice_once(office: Office, postmen: int, rounds: int) -> None:
    await owe_three_hundred(office.database)
    office.render = name_them

    runs = [office.postman(f"postman {n}", people_per_round=7, rounds_at_once=rounds) for n in range(postmen)]
    counts = await asyncio.gather(*(one.deliver_due(MORNING) for one in runs))

    assert sum(one.total() for one in counts) == NOTICES
    await require_each_sent_once(office, delivered_ids(office), len(office.messenger.delivered))


async def _worker(*arguments: object) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    command = [sys.executable, "-m", "tests.services.notices.worker", *(str(one) for one in arguments)]
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.parametrize("processes", [2, 3])
async def test_postmen_in_several_processes_deliver_each_notice_once(
    postgres_url: str, tmp_path: Path, processes: int
) -> None:
    office = Office(Database.open(postgres_url), a_rulebook())
    await owe_three_hundred(office.database)
    letters = tmp_path / "letters"
    letters.touch()
    workers = await asyncio.gather(
        *(_worker(postgres_url, letters, MORNING.isoformat(), f"postman {n}") for n in range(processes))
    )

    ended = await asyncio.gather(*(worker.communicate(b"go\n") for worker in workers))

    assert [errors for _, errors in ended] == [b""] * processes
    assert sum(int(out) for out, _ in ended) == NOTICES
    lines = letters.read_text().splitlines()
    await require_each_sent_once(office, [int(one) for line in lines for one in line.split()], len(lines))
    await office.database.close()


async def test_while_one_postman_is_claiming_for_a_person_another_passes_that_person_by(
    postgres_url: str,
) -> None:
    """Else something that became due at that very moment would be a second digest."""
    office = Office(Database.open(postgres_url), a_rulebook())
    alice, bob = await office.person("Alice"), await office.person("Bob")
    await office.owe(alice, MORNING)
    await office.owe(bob, MORNING)
    lease = MORNING + timedelta(minutes=2)

    async with office.database.work() as first:
        ours = await claim(first, office.rules, worker="one", now=MORNING, lease_until=lease, limit=1)
        await office.owe(alice, MORNING)
        async with asyncio.timeout(10), office.database.work() as second:
            theirs = await claim(second, office.rules, worker="two", now=MORNING, lease_until=lease, limit=5)

    assert [letter.person_id for letter in ours.letters] == [alice.id]
    assert [letter.person_id for letter in theirs.letters] == [bob.id]
    await office.database.close()


async def test_writing_new_notices_for_a_person_does_not_hide_them_from_the_postman(postgres_url: str) -> None:
    office = Office(Database.open(postgres_url), a_rulebook())
    alice = await office.person("Alice")
    await office.owe(alice, MORNING)
    lease = MORNING + timedelta(minutes=2)

    async with office.database.work() as planning:
        await planning.notices.owe(Owed("action-item", 1, "being planned", alice.id, MORNING), MORNING)
        async with asyncio.timeout(10), office.database.work() as work:
            claimed = await claim(work, office.rules, worker="one", now=MORNING, lease_until=lease, limit=5)

    assert [letter.person_id for letter in claimed.letters] == [alice.id]
    await office.database.close()


async def test_what_is_claimed_cannot_be_claimed_again(office: Office) -> None:
    alice = await office.person("Alice")
    notice_id = await office.owe(alice, MORNING)
    async with office.database.work() as work:
        taken = [
            await work.claims.claim([notice_id], by=name, lease_until=MORNING, digest_on=None)
            for name in ("one", "two")
        ]

    assert taken == [{notice_id}, set()]


class TrustingClaims(ClaimRows):
    """The claim without its guards: holds nobody, and takes and renews whatever it is given."""

    async def lock_people_with_due(self, now: datetime, limit: int) -> list[int]:
        """People with something to send."""
        waiting = sa.select(notices.c.person_id).where(notices.c.state.in_(["due", "retry"])).distinct()
        return [row.person_id for row in await self._all(waiting.order_by(notices.c.person_id).limit(limit))]

    async def claim(self, ids: Collection[int], *, by: str, lease_until: datetime, digest_on: date | None) -> set[int]:
        """Take them all."""
        await asyncio.sleep(0.02)
        await self._set(ids, state="claimed", claimed_by=by, lease_until=lease_until, digest_on=digest_on)
        return set(ids)

    async def renew(self, ids: Collection[int], *, by: str, lease_until: datetime) -> set[int]:
        """Believe that they are still ours."""
        return set(ids)


async def test_control_without_the_guards_some_are_delivered_twice(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.work.ClaimRows", TrustingClaims)
    office = Office(Database.open(postgres_url), a_rulebook(), render=name_them)
    await owe_three_hundred(office.database)

    runs = [office.postman(f"postman {n}", people_per_round=7) for n in range(3)]
    # Without the guards they may also get into each other's way, and give up.
    await asyncio.gather(*(one.deliver_due(MORNING) for one in runs), return_exceptions=True)

    assert len(delivered_ids(office)) > NOTICES
    await office.database.close()
