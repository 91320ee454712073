"""Design.md section 5, rule 2: what is uncertain waits for a person, who says what happens to it, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.errors import NotAllowed
from services.model import NoticeState, OutOfReach, Person
from services.notices import settling
from services.notices.outcomes import BACK_OFF, MOST_ATTEMPTS
from services.notices.settling import Doubt
from services.store.conversations import BLOCKED, GONE
from tests.builders import TENANT, a_chat, a_sender, add_booking, add_session
from tests.fakes import ambiguous, refused, transient
from tests.services.notices.office import Office

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)


async def uncertain(office: Office, person: Person, *, count: int = 2) -> list[int]:
    ids = [await office.owe(person, MORNING) for _ in range(count)]
    office.messenger.fail(person.name, ambiguous())
    await office.deliver(MORNING)
    return ids


async def doubts(office: Office, manager: Person) -> list[Doubt]:
    async with office.database.reading() as work:
        return await settling.doubts(work, manager)


async def settle(office: Office, manager: Person, notice_id: int, *, told: bool, at: datetime = MORNING) -> int:
    act = settling.mark_told if told else settling.send_again
    async with office.database.work() as work:
        settled = await act(work, manager, notice_id, now=at)
        await work.commit()
    return len(settled)


async def test_one_message_is_one_doubt_whatever_was_in_it(office: Office, alice: Person, morgan: Person) -> None:
    ids = await uncertain(office, alice)
    urgent = await office.owe(alice, MORNING, urgent=True)
    office.messenger.fail("Alice", ambiguous())
    await office.deliver(MORNING)

    found = await doubts(office, morgan)

    assert [(one.person.id, [notice.id for notice in one.notices]) for one in found] == [
        (alice.id, ids),
        (alice.id, [urgent]),
    ]


async def test_what_the_person_knows_of_is_closed_as_told_with_who_said_so(
    office: Office, alice: Person, morgan: Person
) -> None:
    ids = await uncertain(office, alice)

    assert await settle(office, morgan, ids[1], told=True) == 2

    assert await doubts(office, morgan) == []
    assert {await office.state(one) for one in ids} == {NoticeState.SENT}
    assert (await office.notice(ids[0])).reason == settling.TOLD
    await office.deliver(MORNING + timedelta(days=3))
    assert office.messenger.tried == 1


async def test_what_is_sent_again_goes_out_once_and_never_as_a_second_digest(
    office: Office, alice: Person, morgan: Person
) -> None:
    ids = await uncertain(office, alice)

    assert await settle(office, morgan, ids[0], told=False) == 2
    await office.deliver(MORNING)
    await office.deliver(MORNING + timedelta(days=3))

    assert len(office.messenger.to("Alice")) == 1
    assert {await office.state(one) for one in ids} == {NoticeState.SENT}
    assert [one.outcome for one in await office.attempts(ids[0])] == ["uncertain", "sent"]


@pytest.mark.parametrize(("first", "second"), [(True, True), (True, False), (False, True), (False, False)])
async def test_a_second_click_changes_nothing(
    office: Office, alice: Person, morgan: Person, first: bool, second: bool
) -> None:
    ids = await uncertain(office, alice)
    await settle(office, morgan, ids[0], told=first)
    before = await office.notices()

    assert await settle(office, morgan, ids[0], told=second) == 0
    assert await office.notices() == before


async def failed(office: Office, person: Person) -> list[int]:
    ids = [await office.owe(person, MORNING) for _ in range(2)]
    office.messenger.fail(person.name, refused())
    await office.deliver(MORNING)
    return ids


async def leave(office: Office, manager: Person, notice_id: int) -> int:
    async with office.database.work() as work:
        left = await settling.leave(work, manager, notice_id, now=MORNING)
        await work.commit()
    return len(left)


async def failed_in_queue(office: Office) -> int:
    async with office.database.reading() as work:
        return (await work.health.queue())[NoticeState.FAILED]


async def test_what_failed_is_on_the_list_below_what_is_uncertain(
    office: Office, alice: Person, morgan: Person
) -> None:
    beyond = await failed(office, alice)
    maybe = await uncertain(office, await office.person("Carol"))

    found = await doubts(office, morgan)

    assert [(one.failed, [notice.id for notice in one.notices]) for one in found] == [(False, maybe), (True, beyond)]
    assert await settle(office, morgan, beyond[0], told=True) == 0, "who was certainly not told cannot know of it"


async def test_what_failed_is_sent_again_with_all_its_tries(office: Office, alice: Person, morgan: Person) -> None:
    notice_id = await office.owe(alice, MORNING, urgent=True)
    office.messenger.fail("Alice", *[transient() for _ in range(MOST_ATTEMPTS)])
    at = MORNING
    for _ in range(MOST_ATTEMPTS):
        await office.deliver(at)
        at += BACK_OFF[-1]
    assert await office.state(notice_id) is NoticeState.FAILED
    office.messenger.fail("Alice", transient())

    assert await settle(office, morgan, notice_id, told=False, at=at) == 1

    await office.deliver(at)
    assert await office.state(notice_id) is NoticeState.RETRY
    await office.deliver(at + BACK_OFF[0])
    assert await office.state(notice_id) is NoticeState.SENT
    assert await failed_in_queue(office) == 0


async def test_what_failed_and_is_left_stays_failed_and_is_counted_no_more(
    office: Office, alice: Person, morgan: Person
) -> None:
    ids = await failed(office, alice)
    assert await failed_in_queue(office) == 2

    assert await leave(office, morgan, ids[1]) == 2

    assert await leave(office, morgan, ids[1]) == 0
    assert await settle(office, morgan, ids[0], told=False) == 0
    assert {await office.state(one) for one in ids} == {NoticeState.FAILED}
    assert (await doubts(office, morgan), await failed_in_queue(office)) == ([], 0)
    async with office.database.reading() as work:
        kept = await work.events.about("notice", ids)
    assert [(one.verb, one.actor_id) for one in kept] == [("left-by-hand", morgan.id)] * 2


async def test_what_is_uncertain_cannot_be_left(office: Office, alice: Person, morgan: Person) -> None:
    ids = await uncertain(office, alice)
    assert await leave(office, morgan, ids[0]) == 0
    assert len(await doubts(office, morgan)) == 1


async def test_only_the_manager_may_look_and_settle(office: Office, alice: Person, bob: Person) -> None:
    ids = await uncertain(office, alice)
    with pytest.raises(NotAllowed):
        await doubts(office, bob)
    for told in (True, False):
        with pytest.raises(NotAllowed):
            await settle(office, bob, ids[0], told=told)
    with pytest.raises(NotAllowed):
        await leave(office, bob, ids[0])
    assert await office.state(ids[0]) is NoticeState.UNCERTAIN


async def test_what_is_not_owed_any_more_is_not_sent_again(office: Office, alice: Person, morgan: Person) -> None:
    (notice_id,) = await uncertain(office, alice, count=1)
    await settle(office, morgan, notice_id, told=False)
    async with office.database.work() as work:
        notice = await office.notice(notice_id)
        await work.actions.change_open(notice.subject_id, state="done")
        await work.commit()

    await office.deliver(MORNING + timedelta(days=3))

    assert office.messenger.tried == 1
    assert await office.state(notice_id) is NoticeState.CANCELLED


async def test_who_can_be_reached_in_no_way_is_known_before_their_session(office: Office) -> None:
    async def out_of_reach(*, by_mail: bool = True) -> list[OutOfReach]:
        async with office.database.reading() as work:
            return await work.doubts.out_of_reach(MORNING, by_mail=by_mail)

    await office.person("Reached")
    await office.person("Mailed", in_teams=False)
    never = await office.person("Never", email=False, in_teams=False)
    blocked = await office.person("Blocked", email=False)
    gone = await office.person("Gone", email=False)
    left = await office.person("Left", email=False, in_teams=False)
    async with office.database.work() as work:
        await work.conversations.close(TENANT, "a:blocked", BLOCKED)
        await work.conversations.close(TENANT, "a:gone", GONE)
        await work.people.change(left.id, active=False)
        session = await add_session(work, MORNING + timedelta(days=5))
        await add_booking(work, blocked, session, MORNING)
        await work.commit()
    await office.owe(never, MORNING)

    found = await out_of_reach()

    assert [(one.name, one.chat, one.next_session, one.waiting) for one in found] == [
        ("Blocked", "blocked", MORNING + timedelta(days=5), 0),
        ("Gone", "gone", None, 0),
        ("Never", None, None, 1),
    ]
    assert "Mailed" in {one.name for one in await out_of_reach(by_mail=False)}, "without a mail server, nor is Mailed"
    async with office.database.work() as work:
        await work.conversations.remember(a_chat("Gone"), a_sender("Gone"), MORNING)
        await work.commit()
    assert gone.id not in {one.person_id for one in await out_of_reach()}
