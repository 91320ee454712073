"""Design.md section 5, rule 4: a poison row never stops the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.typing import EventDict

from services.errors import StoreUnavailable
from services.model import Notice, NoticeState, Owed, Person, Role
from services.notices import checking, planning
from services.notices.kinds import KINDS, actions, dates
from services.notices.kinds.climbing import Kind, Planner, Verdict
from services.notices.subjects import Subject
from services.ports import Message
from services.rulebook import Rulebook
from services.work import Work
from tests.builders import add_item, add_session
from tests.fakes import plain_words
from tests.services.notices.office import Office

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)


async def poison(office: Office, person: Person, kind: str, subject_id: int = 999_999) -> int:
    """A notice that cannot be checked. Returns its id."""
    async with office.database.work() as work:
        assert await work.notices.owe(Owed(kind, subject_id, "step:2027-01-15", person.id, due_at=MORNING), MORNING)
        await work.commit()
    return next(one.id for one in await office.notices() if one.kind == kind and one.subject_id == subject_id)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("kind-of-a-later-version", id="unknown kind"),
        pytest.param("action-item", id="no such action item"),
        pytest.param("session-reminder", id="no such booking"),
        pytest.param("place-offered", id="no such offer"),
    ],
)
async def test_what_cannot_be_checked_fails_alone_and_is_logged(
    office: Office, alice: Person, bob: Person, kind: str, logged: list[EventDict]
) -> None:
    sound = [await office.owe(person, MORNING) for person in (alice, bob, alice)]
    bad = await poison(office, alice, kind)

    assert await office.deliver(MORNING) == Counter({("action-item", "sent"): 3}) + Counter([(kind, "failed")])

    assert [await office.state(one) for one in sound] == [NoticeState.SENT] * 3
    failed = await office.notice(bad)
    assert (failed.state, failed.reason) == (NoticeState.FAILED, "could-not-be-checked")
    assert [line["notice"] for line in logged if line["action"] == "check_failed"] == [bad]
    assert [len(message.text.splitlines()) for message in office.messenger.to("Alice")] == [2]
    assert await office.deliver(MORNING + timedelta(days=3)) == {}


async def test_several_poison_notices_of_one_person_leave_the_others_their_digest(
    office: Office, alice: Person
) -> None:
    sound = await office.owe(alice, MORNING)
    bad = [await poison(office, alice, "kind-of-a-later-version", number) for number in range(3)]

    await office.deliver(MORNING)

    assert await office.state(sound) is NoticeState.SENT
    assert {await office.state(one) for one in bad} == {NoticeState.FAILED}


async def test_a_person_with_nothing_but_poison_gets_nothing_and_keeps_their_digest(
    office: Office, alice: Person
) -> None:
    await poison(office, alice, "kind-of-a-later-version")
    await office.deliver(MORNING)
    sound = await office.owe(alice, MORNING + timedelta(hours=1))

    await office.deliver(MORNING + timedelta(hours=1))

    assert await office.state(sound) is NoticeState.SENT


class _Words:
    """Cannot word the subjects it is told."""

    def __init__(self, *unspeakable: int, together: bool = False) -> None:
        self.unspeakable = unspeakable
        self.together = together

    def __call__(self, person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
        if any(notice.id in self.unspeakable for notice, _ in pairs) or (self.together and len(pairs) > 1):
            raise KeyError("no sentence for this")
        return plain_words(person, pairs, now)


async def test_what_cannot_be_worded_fails_alone(office: Office, alice: Person, bob: Person) -> None:
    first, bad, last = [await office.owe(alice, MORNING) for _ in range(3)]
    his = await office.owe(bob, MORNING)
    office.render = _Words(bad)

    await office.deliver(MORNING)

    states = [await office.state(one) for one in (first, bad, last, his)]
    assert states == [NoticeState.SENT, NoticeState.FAILED, NoticeState.SENT, NoticeState.SENT]
    assert (await office.notice(bad)).reason == "could-not-be-worded"
    assert await office.attempts(bad) == []


async def test_a_digest_that_cannot_be_worded_as_a_whole_fails_and_stops_nobody_else(
    office: Office, alice: Person, bob: Person
) -> None:
    hers = [await office.owe(alice, MORNING) for _ in range(2)]
    his = await office.owe(bob, MORNING)
    office.render = _Words(together=True)

    await office.deliver(MORNING)

    assert {await office.state(one) for one in hers} == {NoticeState.FAILED}
    assert await office.state(his) is NoticeState.SENT


async def test_a_database_that_goes_away_while_checking_fails_no_notice(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice_id = await office.owe(alice, MORNING)

    async def away(*_: object) -> dict[int, Verdict]:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setitem(checking.CHECKS, "action-item", away)
        with pytest.raises(StoreUnavailable):
            await office.deliver(MORNING)
    assert await office.state(notice_id) is NoticeState.CLAIMED

    await office.deliver(MORNING + timedelta(minutes=3))

    assert await office.state(notice_id) is NoticeState.SENT


async def raises(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    raise KeyError([one.name for one in await work.people.with_role(Role.PRACTITIONER)])


async def owes_nobody(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    return [Owed("re-audit", 1, "step:2027-01-15", 999_999, due_at=now)]


async def is_refused(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """By the database; PostgreSQL then takes nothing more before a rollback."""
    await work.notices.owe_all(await owes_nobody(work, rules, now), now)
    return []


def plant(patch: pytest.MonkeyPatch, *planted: Kind) -> None:
    """Put these kinds in the places of those of their names."""
    names = {one.name: one for one in planted}
    patch.setattr(planning, "KINDS", tuple(names.get(one.name, one) for one in KINDS))


@pytest.mark.parametrize("breaks", [raises, is_refused, owes_nobody])
async def test_a_kind_that_cannot_be_planned_stops_no_other_and_is_named(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch, breaks: Planner, logged: list[EventDict]
) -> None:
    async with office.database.work() as work:
        await add_item(work, "X-1", owner=alice, due_on=MORNING.date())
        await work.commit()
    plant(monkeypatch, *(Kind(name, breaks, actions.ITEM.check) for name in ("re-audit", "article-review")))

    assert await office.plan_and_deliver(MORNING) == Counter({("action-item", "sent"): 1})

    failed = [line for line in logged if line["action"] == "plan_failed"]
    assert sorted(line["kind"] for line in failed) == ["article-review", "re-audit"]
    assert "Alice" not in str(failed), "what an error says may be about somebody"
    async with office.database.reading() as work:
        assert await work.health.broken_since(MORNING) == ("article-review", "re-audit")


async def test_what_broke_is_planned_once_it_is_mended(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.database.work() as work:
        await add_item(work, "X-1", owner=alice, due_on=MORNING.date())
        await work.commit()
    with monkeypatch.context() as patch:
        plant(patch, replace(actions.ITEM, plan=raises))
        assert await office.plan(MORNING) == 0

    assert await office.plan(MORNING + timedelta(minutes=1)) == 1


async def test_nobody_is_noted_as_told_whose_notice_could_not_be_written(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.database.work() as work:
        session = await add_session(work, MORNING + timedelta(days=30))
        await work.interests.register(alice.id, session.course_id, MORNING)
        await work.commit()

    async def tells_and_breaks(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
        assert dates.PUBLISHED.write is not None
        return [replace(one, person_id=999_999) for one in await dates.PUBLISHED.write(work, rules, now)]

    with monkeypatch.context() as patch:
        plant(patch, replace(dates.PUBLISHED, write=tells_and_breaks))
        assert await office.plan(MORNING) == 0

    assert await office.plan(MORNING + timedelta(minutes=1)) == 1


async def test_a_database_that_goes_away_while_planning_plans_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
        raise StoreUnavailable

    plant(monkeypatch, replace(actions.ITEM, plan=away))
    with pytest.raises(StoreUnavailable):
        await office.plan(MORNING)
