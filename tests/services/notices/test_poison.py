"""Design.md section 5, rule 4: a poison row never stops the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from structlog.typing import EventDict

from services.errors import StoreUnavailable
from services.model import Notice, NoticeState, Owed, Person
from services.notices import checking
from services.notices.kinds.climbing import Verdict
from services.notices.subjects import Subject
from services.ports import Message
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
