from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services import action_office, actions, re_audits
from services.action_office import NewOwner
from services.errors import NotAllowed, NotFound, ServiceError
from services.model import ActionItem, ActionState, NoteKind, Person, RequestState, Role
from services.store.actions import ActionRows
from services.work import Work
from tests.builders import IDENTIFYING, a_rulebook, add_item, add_person
from tests.services.desk import Desk

TODAY = date(2027, 1, 15)


@pytest.fixture
async def item(desk: Desk, alice: Person) -> ActionItem:
    """Alice's, due today."""
    return await owned(desk, alice)


@pytest.fixture
async def morgan(desk: Desk) -> Person:
    """The partnership manager."""
    async with desk.database.work() as work:
        person = await add_person(work, "Morgan", roles=[Role.MANAGER])
        await work.commit()
    return person


async def owned(desk: Desk, owner: Person | None, ref: str = "BO-01", due_on: date | None = TODAY) -> ActionItem:
    async with desk.database.work() as work:
        added = await add_item(work, ref, owner=owner, due_on=due_on)
        await work.commit()
    return added


async def kept(desk: Desk, item: ActionItem) -> ActionItem:
    async with desk.database.reading() as work:
        found = await work.actions.by_id(item.id)
    assert found is not None
    return found


async def complete(
    desk: Desk, person: Person, item_id: int, now: datetime, evidence: str = "Audit of 12 May"
) -> ActionItem:
    async with desk.database.work() as work:
        done = await actions.complete(work, person, item_id, evidence=evidence, now=now, rules=desk.rules)
        await work.commit()
    return done


async def ask(
    desk: Desk, person: Person, item_id: int, until: date, now: datetime, reason: str = "Sickness"
) -> ActionItem:
    async with desk.database.work() as work:
        asked = await actions.ask_more_time(
            work, person, item_id, until=until, reason=reason, now=now, rules=desk.rules
        )
        await work.commit()
    return asked


async def assign(desk: Desk, person: Person, item_id: int, owner_id: int, now: datetime) -> ActionItem:
    async with desk.database.work() as work:
        assigned = await action_office.assign(
            work, person, item_id, owner=NewOwner(owner_id), due_on=date(2027, 6, 1), now=now, rules=desk.rules
        )
        await work.commit()
    return assigned


async def test_an_item_is_done_once_with_its_evidence(
    desk: Desk, alice: Person, item: ActionItem, now: datetime
) -> None:
    done = await complete(desk, alice, item.id, now, "  Audit of 12 May  ")
    again = await complete(desk, alice, item.id, now + timedelta(days=1), "Something else")

    assert (done.state, done.evidence, done.completed_at) == (ActionState.DONE, "Audit of 12 May", now)
    assert again == done


async def test_pressing_done_twice_at_the_same_moment_is_done_once_without_an_error(
    desk: Desk, alice: Person, item: ActionItem, now: datetime
) -> None:
    found = await asyncio.gather(*(complete(desk, alice, item.id, now, f"Proof {n}") for n in range(8)))

    assert {one.evidence for one in found} == {(await kept(desk, item)).evidence}


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ("", "evidence-missing"),
        (" \n", "evidence-missing"),
        ("x" * 2001, "answer-too-long"),
        (IDENTIFYING, "answer-identifies"),
    ],
)
async def test_without_evidence_that_may_be_kept_nothing_is_done(
    desk: Desk, alice: Person, item: ActionItem, now: datetime, evidence: str, code: str
) -> None:
    with pytest.raises(ServiceError, match=code) as refusal:
        await complete(desk, alice, item.id, now, evidence)

    assert "Roe" not in f"{refusal.value} {refusal.value.params}"
    assert await kept(desk, item) == item


async def test_somebody_elses_item_looks_like_one_that_does_not_exist(
    desk: Desk, alice: Person, charlie: Person, item: ActionItem, now: datetime
) -> None:
    nobodys = await owned(desk, None, "BO-02")
    for item_id in (item.id, nobodys.id, item.id + 1000):
        with pytest.raises(NotFound, match="action-unknown"):
            await complete(desk, charlie, item_id, now)
        with pytest.raises(NotFound, match="action-unknown"):
            await ask(desk, charlie, item_id, date(2027, 3, 1), now)
        async with desk.database.work() as work:
            with pytest.raises(NotFound, match="action-unknown"):
                await actions.note_progress(work, charlie, item_id, progress="Mine", now=now, rules=desk.rules)

    assert await kept(desk, item) == item


async def test_the_manager_may_complete_anybodys_item(
    desk: Desk, morgan: Person, item: ActionItem, now: datetime
) -> None:
    assert (await complete(desk, morgan, item.id, now)).state is ActionState.DONE


async def test_more_time_is_asked_for_and_the_due_date_stands(
    desk: Desk, alice: Person, item: ActionItem, now: datetime
) -> None:
    asked = await ask(desk, alice, item.id, date(2027, 3, 1), now)

    assert (asked.more_time_until, asked.due_on, asked.progress) == (date(2027, 3, 1), TODAY, None)
    async with desk.database.reading() as work:
        (request,) = await work.action_requests.open(item_id=item.id)
    assert (request.asked_by, request.reason, request.due_before) == (alice.id, "Sickness", TODAY)
    assert asked.overdue(date(2027, 1, 16))


async def test_what_was_asked_for_is_taken_back_once_and_by_who_asked(
    desk: Desk, alice: Person, morgan: Person, item: ActionItem, now: datetime
) -> None:
    await ask(desk, alice, item.id, date(2027, 2, 1), now)
    async with desk.database.work() as work:
        (request,) = await work.action_requests.open()
        with pytest.raises(NotFound):
            await actions.withdraw_request(work, morgan, request, now=now)
        assert await actions.withdraw_request(work, alice, request, now=now)
        assert not await actions.withdraw_request(work, alice, request, now=now)
        (mine,) = await work.action_requests.asked_by(alice.id)
        assert await work.action_requests.asked_by(morgan.id) == []
        await work.commit()
    assert mine.state is RequestState.WITHDRAWN
    assert (await kept(desk, item)).more_time_until is None


async def test_more_time_is_counted_on_the_partnerships_own_wall(desk: Desk, alice: Person) -> None:
    item = await owned(desk, alice, "SUMMER", date(2026, 6, 1))
    late, tomorrow = datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)
    with pytest.raises(ServiceError, match="more-time-not-later"):
        await ask(desk, alice, item.id, tomorrow, late)
    elsewhere = replace(desk, rules=a_rulebook(calendar={"time_zone": "UTC"}))
    assert (await ask(elsewhere, alice, item.id, tomorrow, late)).more_time_until == tomorrow


async def test_more_time_never_makes_a_date_earlier(
    desk: Desk, alice: Person, morgan: Person, item: ActionItem, now: datetime
) -> None:
    await ask(desk, alice, item.id, date(2027, 3, 1), now)
    async with desk.database.work() as work:
        await work.actions.change_open(item.id, due_on=date(2027, 7, 10))
        (request,) = await work.action_requests.open(item_id=item.id)
        granted, _ = await action_office.decide(
            work, morgan, request.id, granted=True, answer="", now=now, rules=desk.rules
        )
    assert (granted.due_on, granted.more_time_until) == (date(2027, 7, 10), None)


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2027, 1, 10), RequestState.WITHDRAWN),
        (date(2026, 9, 1), RequestState.GRANTED),
        (date(2026, 8, 1), RequestState.ASKED),
    ],
)
async def test_dating_the_event_settles_what_was_asked_before_it(
    desk: Desk, alice: Person, morgan: Person, item: ActionItem, now: datetime, on: date, left: RequestState
) -> None:
    async with desk.database.work() as work:
        await work.actions.change_open(item.id, due_kind="relative", after="6 months", after_event="the audit")
        await work.commit()
    await ask(desk, alice, item.id, date(2027, 3, 1), now)
    async with desk.database.work() as work:
        dated = await action_office.set_anchor(work, morgan, item.id, on=on, now=now, rules=desk.rules)
        assert [one.state for one in await work.action_requests.of([item.id])] == [left]
    assert (dated.more_time_until is not None) is (left is RequestState.ASKED)


async def test_what_the_old_owner_asked_for_does_not_follow_the_item(
    desk: Desk, alice: Person, morgan: Person, item: ActionItem, now: datetime
) -> None:
    await ask(desk, alice, item.id, date(2027, 3, 1), now)
    async with desk.database.work() as work:
        await actions.say_not_mine(work, alice, item.id, reason="Moved", to="Morgan", now=now, rules=desk.rules)
        transfer = (await work.action_requests.open(item_id=item.id))[-1]
        given, _ = await action_office.decide(
            work, morgan, transfer.id, granted=True, answer="", now=now, rules=desk.rules
        )
        states = [one.state for one in await work.action_requests.of([item.id])]
    assert (given.owner_id, given.due_on, given.more_time_until) == (morgan.id, TODAY, None)
    assert states == [RequestState.WITHDRAWN, RequestState.GRANTED]


@pytest.mark.parametrize("until", [date(2027, 1, 14), TODAY, date(2020, 1, 1)])
async def test_more_time_must_end_after_today(
    desk: Desk, alice: Person, item: ActionItem, now: datetime, until: date
) -> None:
    with pytest.raises(ServiceError, match="more-time-not-later"):
        await ask(desk, alice, item.id, until, now)
    assert await kept(desk, item) == item


async def test_more_time_must_end_after_the_present_date(desk: Desk, alice: Person, now: datetime) -> None:
    later = await owned(desk, alice, "BO-03", date(2027, 5, 1))

    with pytest.raises(ServiceError, match="more-time-not-later"):
        await ask(desk, alice, later.id, date(2027, 5, 1), now)
    assert (await ask(desk, alice, later.id, date(2027, 5, 2), now)).more_time_until == date(2027, 5, 2)


@pytest.mark.parametrize(("reason", "code"), [("", "reason-missing"), (IDENTIFYING, "answer-identifies")])
async def test_a_reason_is_needed_and_may_identify_nobody(
    desk: Desk, alice: Person, item: ActionItem, now: datetime, reason: str, code: str
) -> None:
    with pytest.raises(ServiceError, match=code):
        await ask(desk, alice, item.id, date(2027, 3, 1), now, reason)
    assert await kept(desk, item) == item


async def test_what_a_re_audit_opened_again_is_closed_though_the_impact_reads_the_same(
    desk: Desk, item: ActionItem, alice: Person, morgan: Person, now: datetime
) -> None:
    await complete(desk, alice, item.id, now)
    async with desk.database.work() as work:
        close, rules = action_office.close, desk.rules
        await close(work, morgan, item.id, impact="Fewer repeats", now=now, rules=rules)
        await re_audits.plan(work, morgan, item.id, on=TODAY + timedelta(days=9), now=now, rules=rules)
        await re_audits.report(work, morgan, item.id, found="No change", changed=False, now=now, rules=rules)
        closed = await close(work, morgan, item.id, impact="Fewer repeats", now=now, rules=rules)
        again = await close(work, morgan, item.id, impact="Fewer repeats", now=now, rules=rules)
        await work.commit()
    assert (closed.state, again) == (ActionState.CLOSED, closed)


@pytest.mark.parametrize("noted", [True, False])
async def test_a_re_audit_that_failed_leaves_the_evidence_in_the_notes_and_tells_the_owner(
    desk: Desk, item: ActionItem, alice: Person, morgan: Person, now: datetime, noted: bool
) -> None:
    if noted:
        await complete(desk, alice, item.id, now)
    else:
        async with desk.database.work() as work:
            done = {"state": ActionState.DONE.value, "evidence": "Audit of 12 May"}
            await work.actions.change_open(item.id, **done)
            await work.commit()
    async with desk.database.work() as work:
        await re_audits.plan(work, morgan, item.id, on=TODAY + timedelta(days=9), now=now, rules=desk.rules)
        opened = await re_audits.report(
            work, morgan, item.id, found="No change", changed=False, now=now, rules=desk.rules
        )
        evidence = [one.text for one in await work.action_notes.of([item.id]) if one.kind is NoteKind.EVIDENCE]
        told = [one.person_id for one in await work.notices.about(actions.ASSIGNED, [item.id])]
    assert (opened.state, opened.evidence) == (ActionState.OPEN, None)
    assert (evidence, told) == (["Audit of 12 May"], [alice.id])


class LateRows(ActionRows):
    """Reads an item once as it was before somebody else changed it: a race that is lost at every run."""

    async def by_id(self, item_id: int) -> ActionItem | None:
        """The item as it was, and from then on as it is."""
        before: list[ActionItem] = vars(self).setdefault("before", [])
        return before.pop() if before else await super().by_id(item_id)


def read_late(work: Work, before: ActionItem) -> None:
    rows = LateRows(work.actions._connection)
    vars(rows)["before"] = [before]
    vars(work)["actions"] = rows


async def history_of(work: Work, item: ActionItem) -> list[tuple[str, int | None]]:
    deeds = [(one.verb, one.actor_id) for one in await work.events.about("action", [item.id])]
    return deeds + [(one.kind.value, one.person_id) for one in await work.action_notes.of([item.id])]


async def test_a_re_audit_is_not_planned_for_what_was_closed_meanwhile(
    desk: Desk, item: ActionItem, morgan: Person, now: datetime
) -> None:
    async with desk.database.work() as work:
        await action_office.close(work, morgan, item.id, impact="Not needed", now=now, rules=desk.rules)
        before = await history_of(work, item)
        read_late(work, item)
        with pytest.raises(ServiceError, match="action-closed"):
            await re_audits.plan(work, morgan, item.id, on=TODAY + timedelta(days=9), now=now, rules=desk.rules)
        assert await history_of(work, item) == before


async def test_a_re_audit_planned_twice_at_the_same_moment_is_planned_once(
    desk: Desk, item: ActionItem, morgan: Person, now: datetime
) -> None:
    async def plan(work: Work) -> ActionItem:
        on = TODAY + timedelta(days=9)
        return await re_audits.plan(work, morgan, item.id, on=on, now=now, rules=desk.rules)

    async with desk.database.work() as work:
        planned = await plan(work)
        before = await history_of(work, item)
        read_late(work, item)
        assert (await plan(work), await history_of(work, item)) == (planned, before)


@pytest.mark.parametrize("changed", [True, False])
async def test_a_re_audit_reported_twice_at_the_same_moment_is_reported_once(
    desk: Desk, item: ActionItem, alice: Person, morgan: Person, now: datetime, changed: bool
) -> None:
    async def report(work: Work, changed: bool) -> ActionItem:
        return await re_audits.report(
            work, morgan, item.id, found="A third of forms", changed=changed, now=now, rules=desk.rules
        )

    await complete(desk, alice, item.id, now)
    async with desk.database.work() as work:
        planned = await re_audits.plan(work, morgan, item.id, on=TODAY + timedelta(days=9), now=now, rules=desk.rules)
        reported, before = await report(work, changed), await history_of(work, item)
        read_late(work, planned)
        if changed:
            assert await report(work, not changed) == reported
        else:
            with pytest.raises(ServiceError, match="re-audit-not-set"):
                await report(work, not changed)
        assert await history_of(work, item) == before


async def test_what_a_published_report_said_of_an_item_is_kept_when_it_is_opened_again(
    desk: Desk, item: ActionItem, morgan: Person, now: datetime
) -> None:
    async with desk.database.work() as work:
        said = {"state": ActionState.DONE.value, "evidence": "Audit of 12 May", "impact": "Fewer repeats"}
        await work.actions.change_open(item.id, **said)
        opened = await action_office.reopen(work, morgan, item.id, reason="Too early", now=now, rules=desk.rules)
        notes = {(one.kind, one.text) for one in await work.action_notes.of([item.id])}
    assert (opened.evidence, opened.impact) == (None, None)
    assert notes >= {(NoteKind.EVIDENCE, "Audit of 12 May"), (NoteKind.IMPACT, "Fewer repeats")}


async def test_a_closed_item_does_not_change_any_more(
    desk: Desk, alice: Person, morgan: Person, item: ActionItem, now: datetime
) -> None:
    async with desk.database.work() as work:
        await work.actions.change_open(item.id, state=ActionState.CLOSED.value)
        await work.commit()
    closed = await kept(desk, item)

    with pytest.raises(ServiceError, match="action-closed"):
        await complete(desk, alice, item.id, now)
    with pytest.raises(ServiceError, match="action-closed"):
        await ask(desk, alice, item.id, date(2027, 3, 1), now)
    with pytest.raises(ServiceError, match="action-closed"):
        await assign(desk, morgan, item.id, alice.id, now)
    assert await kept(desk, item) == closed


async def test_a_progress_note_is_kept(desk: Desk, alice: Person, item: ActionItem, now: datetime) -> None:
    async with desk.database.work() as work:
        noted = await actions.note_progress(work, alice, item.id, progress="Half way", now=now, rules=desk.rules)
        with pytest.raises(ServiceError, match="answer-identifies"):
            await actions.note_progress(work, alice, item.id, progress=IDENTIFYING, now=now, rules=desk.rules)
        await work.commit()

    assert (noted.progress, (await kept(desk, item)).progress) == ("Half way", "Half way")


async def test_only_the_manager_gives_an_item_an_owner_and_a_date(
    desk: Desk, alice: Person, bob: Person, morgan: Person, item: ActionItem, now: datetime
) -> None:
    await ask(desk, alice, item.id, date(2027, 3, 1), now)
    with pytest.raises(NotAllowed, match="manager-only"):
        await assign(desk, alice, item.id, bob.id, now)

    assigned = await assign(desk, morgan, item.id, bob.id, now)

    assert (assigned.owner_id, assigned.due_on, assigned.more_time_until) == (bob.id, date(2027, 6, 1), None)


async def test_an_owner_must_be_known_and_still_be_here(
    desk: Desk, bob: Person, morgan: Person, item: ActionItem, now: datetime
) -> None:
    async with desk.database.work() as work:
        await work.people.change(bob.id, active=False)
        await work.commit()
    for owner_id in (bob.id, bob.id + 1000):
        with pytest.raises(NotFound, match="person-unknown"):
            await assign(desk, morgan, item.id, owner_id, now)
    assert await kept(desk, item) == item
