"""What owners do with their action items, by button and in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.model import ActionState, NoticeState, Person, Place, RequestKind, RequestState
from tests.builders import IDENTIFYING
from tests.dialogs.actions.action_talk import Talk

SOON = date(2027, 1, 29)


@pytest.fixture
async def alice(talk: Talk) -> Person:
    return await talk.person("Alice")


async def test_an_item_says_when_it_is_due_and_what_can_be_done_with_it(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON, lead_named="HSCB")
    said = await talk.say(alice, "my actions")
    assert "BO-01: Do BO-01. Due Friday 29 January 2027." in said
    assert "Lead: HSCB" in said
    assert said == await talk.press(alice, "action.open", item=item.id) or "done BO-01" in said


async def test_done_in_words_is_done_with_that_evidence(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    assert "marked as done" in await talk.say(alice, "Done bo-01: minutes of the board of 3 June")
    done = await talk.get(item)
    assert (done.state, done.evidence) == (ActionState.DONE, "minutes of the board of 3 June")


async def test_further_evidence_is_kept_beside_the_first(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    first = await talk.say(alice, "done BO-01 minutes of 3 June")
    said = await talk.say(alice, "done BO-01 the signed list is in the office")
    assert "was marked as done already. What you have added is kept" in said
    assert await talk.say(alice, "done BO-01 minutes of 3 June") == first
    async with talk.database.reading() as work:
        notes = await work.action_notes.of([item.id])
    assert [note.text for note in notes] == ["minutes of 3 June", "the signed list is in the office"]
    assert (await talk.get(item)).evidence == "minutes of 3 June"
    history = await talk.say(alice, "history BO-01")
    assert "Alice: Further evidence added" in history
    assert "the signed list is in the office" in history


async def test_further_evidence_that_identifies_is_refused(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "done BO-01 minutes of 3 June")
    assert "identify" in await talk.press(alice, "action.complete", item=item.id, evidence=IDENTIFYING)
    async with talk.database.reading() as work:
        assert len(await work.action_notes.of([item.id])) == 1


async def test_one_occurrence_of_a_recurring_item_is_done_and_the_next_falls_due(talk: Talk, alice: Person) -> None:
    item = await talk.item("CM-01", owner_id=alice.id, due_on=SOON, due_kind="recurring", every="6 weeks")
    said = await talk.press(alice, "action.complete", item=item.id, due=SOON.isoformat(), evidence="Register kept")
    assert "next due Friday 12 March 2027" in said
    again = await talk.press(alice, "action.complete", item=item.id, due=SOON.isoformat(), evidence="Pressed twice")
    found = await talk.get(item)
    assert (found.state, found.due_on, "12 March" in again) == (ActionState.OPEN, date(2027, 3, 12), True)
    async with talk.database.reading() as work:
        notes = await work.action_notes.of([item.id])
    assert [note.text for note in notes] == ["Register kept"]


async def test_a_late_occurrence_does_not_move_the_others(talk: Talk, alice: Person) -> None:
    late = date(2026, 11, 2)
    item = await talk.item("CM-02", owner_id=alice.id, due_on=late, due_kind="recurring", every="6 weeks")
    await talk.say(alice, "done CM-02 held at last")
    due_on = (await talk.get(item)).due_on
    assert due_on is not None
    assert due_on > talk.now.date()
    assert (due_on - late).days % 42 == 0


async def test_progress_notes_are_all_kept_with_their_author(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id)
    await talk.say(alice, "progress BO-01 a date is set")
    await talk.press(alice, "action.progress", item=item.id, progress="half the team is trained")
    async with talk.database.reading() as work:
        notes = await work.action_notes.of([item.id])
    assert [(note.person_id, note.text) for note in notes] == [
        (alice.id, "a date is set"),
        (alice.id, "half the team is trained"),
    ]
    history = await talk.say(alice, "history BO-01")
    assert "Alice: Progress noted" in history
    assert "half the team is trained" in history


@pytest.mark.parametrize("why", ["because of leave", ", because of leave", "because leave"])
async def test_a_reason_is_kept_without_the_words_that_lead_to_it(
    talk: Talk, alice: Person, morgan: Person, why: str
) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, f"more time BO-01 until 14 March {why}")
    assert "Reason: leave" in await talk.say(morgan, "requests")


async def test_more_time_in_words_reaches_the_manager_and_the_date_stands(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    said = await talk.say(alice, "more time BO-01 until 14 March because the trainer is ill")
    assert "until Sunday 14 March 2027. The current date stands" in said
    await talk.say(alice, "more time BO-01 until 14 March because the trainer is ill")
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.open()
        owed = await work.notices.in_states([NoticeState.DUE])
    assert (request.kind, request.until, request.reason) == (
        RequestKind.EXTENSION,
        date(2027, 3, 14),
        "the trainer is ill",
    )
    assert [(one.kind, one.step, one.person_id) for one in owed] == [("action-request", "asked", morgan.id)]
    assert (await talk.get(item)).due_on == SOON


async def test_a_newer_wish_for_time_replaces_the_older(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 1 March because of illness")
    await talk.say(alice, "more time BO-01 until 8 March because of illness")
    async with talk.database.reading() as work:
        found = await work.action_requests.of([item.id])
    assert [one.state for one in found] == [RequestState.WITHDRAWN, RequestState.ASKED]


async def test_not_mine_names_a_colleague_whom_the_screening_does_not_stop(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    bob = await talk.person("Bob")
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    said = await talk.say(alice, "not mine BO-01 to bob@example.org because the team moved")
    assert "Bob may be the right person" in said
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.open()
    assert (request.kind, request.to_person_id, request.reason) == (RequestKind.TRANSFER, bob.id, "the team moved")
    assert (await talk.get(item)).owner_id == alice.id


async def test_not_mine_to_somebody_unknown_changes_nothing(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id)
    said = await talk.press(alice, "action.not-mine", item=item.id, why="wrong team", to="nobody@example.org")
    assert "know nobody" in said
    async with talk.database.reading() as work:
        assert await work.action_requests.open() == []


@pytest.mark.parametrize("words", ["progress BO-01", "done BO-01", "not mine BO-01 because"])
async def test_words_that_identify_are_refused_and_not_kept(talk: Talk, alice: Person, words: str) -> None:
    item = await talk.item("BO-01", owner_id=alice.id)
    said = await talk.say(alice, f"{words} {IDENTIFYING}")
    assert "identify" in said
    assert "Roe" not in said
    assert await talk.get(item) == item


async def test_snooze_says_until_when_and_that_the_date_stands(talk: Talk, alice: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    assert "not remind you of BO-01 before Friday 22 January 2027" in await talk.say(alice, "snooze BO-01 1 week")


@pytest.mark.parametrize("until", ["3 weeks", "14 March 2028", "15 January 2027"])
async def test_snooze_reaches_two_weeks_and_no_further(talk: Talk, alice: Person, until: str) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    assert "up to 14 days" in await talk.say(alice, f"snooze BO-01 until {until}")


async def test_somebody_elses_item_looks_like_one_that_does_not_exist(talk: Talk, alice: Person) -> None:
    bob = await talk.person("Bob")
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    nothing = await talk.say(bob, "done BO-99 something")
    for said in (
        await talk.say(bob, "done BO-01 something"),
        await talk.say(bob, "BO-01"),
        await talk.say(bob, "history BO-01"),
        await talk.press(bob, "action.snooze", item=item.id, **{"for": "1 week"}),
        await talk.press(bob, "manage.open", item=item.id),
    ):
        assert said == nothing
    assert await talk.get(item) == item


async def test_only_the_manager_can_press_what_is_the_managers(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    for verb in ("manage.assign", "manage.extend", "manage.close", "manage.re-audit", "manage.event", "manage.pack"):
        said = await talk.press(
            alice,
            verb,
            item=item.id,
            owner=f"person:{alice.id}",
            until="2027-05-01",
            reason="x",
            impact="x",
            on="2027-05-01",
        )
        assert "Only the partnership manager" in said or "another role" in said, verb
    assert "another role" in await talk.press(alice, "assign.save", items=item.id)
    assert await talk.get(item) == item


async def test_nothing_about_items_is_said_in_a_channel(talk: Talk, alice: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    for words in ("done BO-01 it is done", "BO-01", "actions", "due soon"):
        assert "our own chat" in await talk.say(alice, words, place=Place.CHANNEL)


async def test_a_plan_that_says_a_period_is_not_taken_for_certain(talk: Talk, alice: Person) -> None:
    end = date(2027, 3, 31)
    await talk.item("D24-01", owner_id=alice.id, due_on=end, period_ends=end, due_kind="period", due_text="2026/27")
    said = await talk.say(alice, "D24-01")
    assert "The plan says “2026/27”; whether that means this day is to be confirmed by the partnership office" in said


async def test_many_items_are_shown_five_at_a_time_most_overdue_first(talk: Talk, alice: Person) -> None:
    for number in range(7):
        await talk.item(f"A-{number}", owner_id=alice.id, due_on=SOON - timedelta(days=number * 10))
    said = await talk.say(alice, "my actions")
    assert said.index("A-6") < said.index("A-5")
    assert "And 2 more: 2 due later." in said


async def test_what_is_not_shown_of_many_items_is_not_said_to_be_due_later_when_it_is_overdue(
    talk: Talk, alice: Person
) -> None:
    for number in range(1, 7):
        await talk.item(f"A-{number}", owner_id=alice.id, due_on=talk.now.date() - timedelta(days=number))
    assert "And 1 more: 1 overdue." in await talk.say(alice, "overdue")
    await talk.item("A-7", owner_id=alice.id, due_on=talk.now.date() + timedelta(days=1))
    await talk.item("A-8", owner_id=alice.id)
    assert "And 3 more: 1 overdue, 1 due later, 1 without a date." in await talk.say(alice, "my actions")


@pytest.mark.parametrize(("words", "opened"), [("1", "A-1"), ("2.", "A-0"), ("the second one", "A-0")])
async def test_one_of_a_list_opens_by_its_number(talk: Talk, alice: Person, words: str, opened: str) -> None:
    for number in range(2):
        await talk.item(f"A-{number}", owner_id=alice.id, due_on=SOON - timedelta(days=number * 10))
    said = await talk.say(alice, "my actions")
    assert "Type the number of one to open it" in said
    assert (await talk.say(alice, words)).startswith(f"Action {opened}\n")
    await talk.say(alice, "my actions")
    assert "not the number of anything" in await talk.say(alice, "3")


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("until friday week", "Friday 29 January 2027"),
        ("by two weeks", "Friday 29 January 2027"),
        ("for another week", "Friday 22 January 2027"),
        ("until the 28th", "Thursday 28 January 2027"),
        ("until 20.01.27", "Wednesday 20 January 2027"),
        ("until end of january", "Sunday 31 January 2027"),
        ("until Friday 29 January", "Friday 29 January 2027"),
    ],
)
async def test_more_time_is_asked_for_in_the_words_people_use(talk: Talk, alice: Person, until: str, day: str) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=talk.now.date())
    said = await talk.say(alice, f"more time BO-01 {until} because the trainer is ill")
    assert day in said


async def test_two_more_weeks_are_counted_from_the_due_date(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    assert "Friday 12 February 2027" in await talk.say(alice, "more time BO-01 by two weeks because of illness")
    await talk.say(morgan, "extend BO-01 by two weeks because of illness")
    assert (await talk.get(item)).due_on == date(2027, 2, 12)


async def test_a_weekday_that_does_not_fit_its_date_moves_nothing(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    said = await talk.say(alice, "more time BO-01 until Monday 14 March because of illness")
    assert "Sunday 14 March 2027 is not a Monday" in said
    assert "Monday 15 March 2027" in said
    assert (await talk.get(item)).more_time_until is None
