"""Design.md section 5, rule 2: what each answer of a carrier means, and rule 5: every attempt is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services import people
from services.model import NoticeState, Person
from services.notices.outcomes import BACK_OFF, MOST_ATTEMPTS
from services.notices.standing import standing
from services.ports import DeliveryError, Failure
from tests.builders import TENANT, a_chat, a_sender
from tests.fakes import ambiguous, blocked, gone, locked_out, refused, throttled, transient
from tests.services.notices.office import Office

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)
MONDAY = MORNING + timedelta(days=3)
MINUTE = timedelta(minutes=1)


async def test_what_was_delivered_is_recorded_with_route_time_and_receipt(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING)

    await office.deliver(MORNING)

    (attempt,) = await office.attempts(notice_id)
    assert (attempt.route, attempt.outcome, attempt.receipt) == ("teams", "sent", "1-1")
    assert (attempt.started_at, attempt.ended_at) == (MORNING, MORNING)


async def test_a_throttled_notice_waits_as_long_as_teams_asked(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING)
    office.messenger.fail("Alice", throttled(90))

    assert await office.deliver(MORNING) == {("action-item", "retry"): 1}
    await office.deliver(MORNING + timedelta(seconds=89))
    assert office.messenger.tried == 1
    await office.deliver(MORNING + timedelta(seconds=90))

    assert await office.state(notice_id) is NoticeState.SENT
    assert [one.outcome for one in await office.attempts(notice_id)] == ["retry", "sent"]


@pytest.mark.parametrize("asked", [None, 0.0, -5.0, 0.2])
async def test_a_throttled_notice_waits_at_least_a_second(office: Office, alice: Person, asked: float | None) -> None:
    await office.owe(alice, MORNING)
    office.messenger.fail("Alice", DeliveryError(Failure.THROTTLED, status=429, retry_after=asked))

    await office.deliver(MORNING)
    await office.deliver(MORNING + timedelta(milliseconds=999))
    assert office.messenger.tried == 1
    await office.deliver(MORNING + timedelta(seconds=1))
    assert office.messenger.tried == 2


async def test_throttling_stops_the_run_and_slows_the_whole_tenant_for_every_postman(office: Office) -> None:
    people = [await office.person(f"Person{number}") for number in range(6)]
    for person in people:
        await office.owe(person, MORNING)
    office.messenger.fail_next(throttled(60))

    await office.postman(people_per_round=2).deliver_due(MORNING)
    assert office.messenger.tried == 2
    await office.postman("another").deliver_due(MORNING + timedelta(seconds=59))
    assert office.messenger.tried == 2
    await office.postman("another").deliver_due(MORNING + MINUTE)

    assert len(office.messenger.delivered) == 6
    assert {line.split()[-1] for line in await office.ledger()} == {"sent"}


async def test_another_tenant_is_not_slowed(office: Office, alice: Person) -> None:
    dora = await office.person("Dora")
    async with office.database.work() as work:
        await work.people.change(dora.id, tenant_id="elsewhere")
        await work.commit()
    await office.owe(alice, MORNING)
    office.messenger.fail("Alice", throttled(600))
    await office.deliver(MORNING)
    theirs = await office.owe(dora, MORNING)

    await office.deliver(MORNING + MINUTE)

    assert await office.state(theirs) is NoticeState.SENT


async def test_a_throttled_notice_is_never_given_up(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING, urgent=True)
    office.messenger.fail("Alice", *[throttled(1) for _ in range(MOST_ATTEMPTS + 3)])

    for second in range(MOST_ATTEMPTS + 4):
        await office.deliver(MORNING + timedelta(seconds=second))

    assert await office.state(notice_id) is NoticeState.SENT


@pytest.mark.parametrize("by_mail", [False, True], ids=["teams", "email"])
async def test_an_expired_secret_holds_everything_back_and_once_it_is_renewed_each_goes_out_once(
    office: Office, by_mail: bool
) -> None:
    owed = []
    for name in ("Ada", "Beth", "Cora"):
        owed.append(await office.owe(await office.person(name, in_teams=not by_mail), MORNING))
    carrier = office.mailer if by_mail else office.messenger
    carrier.fail_next(*(locked_out() for _ in range(1000)))
    minutes = range(0, 23 * 60, 15)
    for minute in minutes:
        await office.plan_and_deliver(MORNING + minute * MINUTE)

    assert {await office.state(one) for one in owed} == {NoticeState.RETRY}
    assert {(await office.notice(one)).attempts for one in owed} == {0}
    async with office.database.reading() as work:
        shown = (await standing(work, MORNING + timedelta(hours=23))).as_json()
    assert shown["retry_because"] == {"locked-out invalid_client": 3}
    carrier.fail_nothing()
    for day in (3, 4):  # the day after is a Saturday
        await office.deliver(MORNING + timedelta(days=day))

    assert {await office.state(one) for one in owed} == {NoticeState.SENT}
    assert [len(carrier.to(name)) for name in ("Ada", "Beth", "Cora")] == [1, 1, 1]


async def test_a_send_that_certainly_failed_is_tried_again_later_and_later_and_then_fails_visibly(
    office: Office, alice: Person
) -> None:
    notice_id = await office.owe(alice, MORNING, urgent=True)
    office.messenger.fail("Alice", *[transient() for _ in range(MOST_ATTEMPTS)])
    at = MORNING
    for number in range(MOST_ATTEMPTS):
        await office.deliver(at)
        assert office.messenger.tried == number + 1
        wait = BACK_OFF[min(number, len(BACK_OFF) - 1)]
        await office.deliver(at + wait - timedelta(seconds=1))
        assert office.messenger.tried == number + 1
        at += wait

    await office.deliver(at)

    assert await office.state(notice_id) is NoticeState.FAILED
    assert office.messenger.tried == len(await office.attempts(notice_id)) == MOST_ATTEMPTS


async def _fresh_beside_its_last_try(office: Office, alice: Person) -> int:
    """Tries what is due on Friday until one try is left, and owes another notice that is due on Monday with it."""
    for number in range(MOST_ATTEMPTS - 1):
        await office.deliver(MORNING + number * BACK_OFF[-1])
    return await office.owe(alice, MONDAY)


async def test_a_fresh_notice_does_not_end_with_one_it_shared_a_digest_with(office: Office, alice: Person) -> None:
    old = await office.owe(alice, MORNING)
    office.messenger.fail("Alice", *[transient() for _ in range(MOST_ATTEMPTS)])
    fresh = await _fresh_beside_its_last_try(office, alice)

    assert await office.deliver(MONDAY) == {("action-item", "failed"): 1, ("action-item", "retry"): 1}

    assert [await office.state(one) for one in (old, fresh)] == [NoticeState.FAILED, NoticeState.RETRY]
    assert (await office.attempts(old))[-1].outcome == "failed"
    assert [one.outcome for one in await office.attempts(fresh)] == ["retry"]
    await office.deliver(MONDAY + BACK_OFF[-1])
    assert [await office.state(one) for one in (old, fresh)] == [NoticeState.FAILED, NoticeState.SENT]


@pytest.mark.parametrize("trouble", [blocked, gone])
async def test_a_fresh_notice_takes_the_other_way_when_one_of_its_digest_has_no_try_left(
    office: Office, alice: Person, trouble: Callable[[], DeliveryError]
) -> None:
    old = await office.owe(alice, MORNING)
    office.messenger.fail("Alice", *[transient() for _ in range(MOST_ATTEMPTS - 1)], trouble())
    fresh = await _fresh_beside_its_last_try(office, alice)

    await office.deliver(MONDAY)

    assert [await office.state(one) for one in (old, fresh)] == [NoticeState.BLOCKED, NoticeState.SENT]
    assert len(office.mailer.to("Alice")) == 1


async def test_who_blocked_the_bot_is_written_to_by_email_in_the_same_run_and_from_then_on(
    office: Office, alice: Person
) -> None:
    first = await office.owe(alice, MORNING, urgent=True)
    office.messenger.fail("Alice", blocked())

    counts = await office.deliver(MORNING)
    second = await office.owe(alice, MORNING + MINUTE, urgent=True)
    await office.deliver(MORNING + MINUTE)

    assert counts == {("action-item", "retry"): 1, ("action-item", "sent"): 1}
    assert (office.messenger.tried, len(office.mailer.to("Alice"))) == (1, 2)
    assert [(one.route, one.outcome) for one in await office.attempts(first)] == [("teams", "retry"), ("email", "sent")]
    assert [one.route for one in await office.attempts(second)] == ["email"]


async def test_a_chat_that_is_gone_is_dropped_and_email_is_used(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING)
    office.messenger.fail("Alice", gone())

    await office.deliver(MORNING)

    assert [one.route for one in await office.attempts(notice_id)] == ["teams", "email"]
    async with office.database.reading() as work:
        assert await work.conversations.routes([alice.id]) == {}


@pytest.mark.parametrize("why", [blocked, gone])
async def test_who_can_be_reached_by_no_route_is_on_the_blocked_list(
    office: Office, why: Callable[[], DeliveryError]
) -> None:
    dora = await office.person("Dora", email=False)
    notice_id = await office.owe(dora, MORNING)
    office.messenger.fail("Dora", why())

    await office.deliver(MORNING)
    await office.deliver(MORNING + timedelta(days=3))

    assert await office.state(notice_id) is NoticeState.BLOCKED
    assert office.messenger.tried == 1
    assert [one.route for one in await office.attempts(notice_id)] == ["teams", "none"]


async def test_without_a_mailer_who_blocked_the_bot_is_on_the_blocked_list(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING)
    office.messenger.fail("Alice", blocked())

    await office.deliver_without_mail(MORNING)

    assert await office.state(notice_id) is NoticeState.BLOCKED


async def test_what_was_blocked_goes_out_when_the_person_writes_again(office: Office) -> None:
    dora = await office.person("Dora", email=False)
    notice_id = await office.owe(dora, MORNING)
    office.messenger.fail("Dora", blocked())
    await office.deliver(MORNING)
    later = MORNING + timedelta(hours=3)
    async with office.database.work() as work:
        await people.seen(work, a_sender("Dora"), a_chat("Dora"), now=later)
        await work.commit()

    await office.deliver(later)

    assert await office.state(notice_id) is NoticeState.SENT
    assert len(office.messenger.to("Dora")) == 1


async def test_the_other_chat_of_somebody_is_tried_before_email(office: Office, alice: Person) -> None:
    async with office.database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("laptop"), now=MORNING)
        await work.commit()
    notice_id = await office.owe(alice, MORNING)
    office.messenger.fail("laptop", gone())

    await office.deliver(MORNING)

    assert len(office.messenger.to("Alice")) == 1
    assert [one.route for one in await office.attempts(notice_id)] == ["teams", "teams"]


async def test_chats_that_block_one_after_the_other_do_not_go_on_for_ever(office: Office) -> None:
    dora = await office.person("Dora", email=False)
    async with office.database.work() as work:
        for number in range(MOST_ATTEMPTS * 2):
            await people.seen(work, a_sender("Dora"), a_chat(f"chat{number}"), now=MORNING)
        await work.commit()
    notice_id = await office.owe(dora, MORNING)
    office.messenger.fail_next(*[blocked() for _ in range(MOST_ATTEMPTS * 2)])

    await office.deliver(MORNING)

    assert await office.state(notice_id) is NoticeState.BLOCKED
    assert office.messenger.tried == MOST_ATTEMPTS


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_may_have_arrived_is_uncertain_and_never_repeated(
    office: Office, alice: Person, arrived: bool
) -> None:
    notice_id = await office.owe(alice, MORNING, urgent=True)
    office.messenger.accepts_then_fails = arrived
    office.messenger.fail("Alice", ambiguous())

    await office.deliver(MORNING)
    async with office.database.work() as work:
        await people.seen(work, a_sender("Alice"), a_chat("Alice"), now=MORNING + MINUTE)
        await work.commit()
    for days in range(4):
        await office.plan_and_deliver(MORNING + timedelta(days=days))

    assert office.messenger.tried == 1 + len([one for one in await office.notices() if one.id != notice_id])
    assert await office.state(notice_id) is NoticeState.UNCERTAIN
    async with office.database.reading() as work:
        listed = await work.notices.in_states([NoticeState.UNCERTAIN])
    assert [one.id for one in listed] == [notice_id]
    assert [one.outcome for one in await office.attempts(notice_id)] == ["uncertain"]


async def test_an_error_nobody_foresaw_counts_as_perhaps_delivered(office: Office, alice: Person, bob: Person) -> None:
    hers, his = await office.owe(alice, MORNING), await office.owe(bob, MORNING)
    office.messenger.fail("Alice", ZeroDivisionError("a bug in the carrier"))

    await office.deliver(MORNING)

    assert (await office.state(hers), await office.state(his)) == (NoticeState.UNCERTAIN, NoticeState.SENT)
    assert [one.detail for one in await office.attempts(hers)] == ["ZeroDivisionError"]


async def test_an_error_nobody_foresaw_in_the_mail_does_not_stop_the_others(
    office: Office, alice: Person, bob: Person
) -> None:
    dora = await office.person("Dora", in_teams=False)
    theirs, his = await office.owe(dora, MORNING), await office.owe(bob, MORNING)
    office.mailer.fail_next(ZeroDivisionError("a bug in the mailer"))

    await office.deliver(MORNING)

    assert (await office.state(theirs), await office.state(his)) == (NoticeState.UNCERTAIN, NoticeState.SENT)


async def test_a_message_teams_will_never_take_fails_for_all_to_see(office: Office, alice: Person) -> None:
    notice_id = await office.owe(alice, MORNING)
    office.messenger.fail("Alice", refused())

    await office.deliver(MORNING)
    await office.deliver(MORNING + timedelta(days=3))

    assert (await office.state(notice_id), office.messenger.tried) == (NoticeState.FAILED, 1)
    (attempt,) = await office.attempts(notice_id)
    assert attempt.detail == "refused 400 BadSyntax"


async def test_who_is_not_in_teams_is_written_to_by_email(office: Office) -> None:
    dora = await office.person("Dora", in_teams=False)
    notice_id = await office.owe(dora, MORNING)

    await office.deliver(MORNING)

    (mail,) = office.mailer.to("Dora")
    assert (mail.subject, mail.key) == ("1 for Dora", str(notice_id))
    assert [one.route for one in await office.attempts(notice_id)] == ["email"]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (transient, NoticeState.RETRY),
        (blocked, NoticeState.BLOCKED),
        (gone, NoticeState.BLOCKED),
        (ambiguous, NoticeState.UNCERTAIN),
        (refused, NoticeState.FAILED),
    ],
)
async def test_a_mail_that_fails_ends_as_what_it_is(
    office: Office, error: Callable[[], DeliveryError], state: NoticeState
) -> None:
    dora = await office.person("Dora", in_teams=False)
    notice_id = await office.owe(dora, MORNING)
    office.mailer.fail_next(error())

    await office.deliver(MORNING)

    assert await office.state(notice_id) is state


async def test_the_same_letter_has_the_same_key_when_it_is_tried_again(office: Office) -> None:
    dora = await office.person("Dora", in_teams=False)
    ids = [await office.owe(dora, MORNING) for _ in range(2)]
    office.mailer.fail_next(transient())

    await office.deliver(MORNING)
    await office.deliver(MORNING + timedelta(hours=1))

    assert [mail.key for mail in office.mailer.to("Dora")] == ["-".join(str(one) for one in ids)]


async def test_a_retry_waits_from_the_moment_the_answer_came_not_from_the_start_of_the_run(
    office: Office, alice: Person
) -> None:
    """A run of 300 seconds: what it was asked to wait for must not be over when it ends."""
    await office.owe(alice, MORNING)
    office.messenger.fail("Alice", throttled(60))
    seconds = iter(range(0, 3000, 100))
    slow = replace(office.postman(), elapsed=lambda: float(next(seconds)))

    await slow.deliver_due(MORNING)
    await office.deliver(MORNING + timedelta(seconds=100))

    assert office.messenger.tried == 1


async def test_a_person_may_be_in_no_tenant_at_all(office: Office) -> None:
    dora = await office.person("Dora", in_teams=False)
    async with office.database.work() as work:
        await work.people.change(dora.id, tenant_id=None, aad_object_id=None)
        await work.commit()
    notice_id = await office.owe(dora, MORNING)
    async with office.database.work() as work:
        assert await work.claims.hold_back(TENANT, MORNING + timedelta(days=1)) == 0

    await office.deliver(MORNING)

    assert await office.state(notice_id) is NoticeState.SENT
