"""What the partnership manager sees and does with all action items."""

from __future__ import annotations

from datetime import date

import pytest

from services.model import ActionState, NoticeState, Person, RequestState, Role
from tests.dialogs.actions.action_talk import Talk

SOON = date(2027, 1, 29)


@pytest.fixture
async def alice(talk: Talk) -> Person:
    return await talk.person("Alice", agency_id="cnwl", job_title="Named nurse")


async def owed(talk: Talk) -> list[tuple[str, str, int]]:
    async with talk.database.reading() as work:
        found = await work.notices.in_states([NoticeState.DUE])
    return [(one.kind, one.step.partition(":")[2] or one.step, one.person_id) for one in found]


async def test_the_overview_counts_and_leads_to_every_list(talk: Talk, alice: Person, morgan: Person) -> None:
    await talk.item("A-1", owner_id=alice.id, due_on=date(2027, 1, 1))
    await talk.item("A-2", owner_id=alice.id, due_on=SOON)
    await talk.item("A-3", kind="R")
    said = await talk.say(morgan, "actions")
    assert "3 open: 1 overdue, 1 due in the next 30 days, 1 without an owner or a date" in said
    assert "A-1" in await talk.say(morgan, "overdue")
    assert "A-2" in await talk.say(morgan, "due soon")
    assert "A-3" in await talk.say(morgan, "unowned")
    assert "Alice: 2 open, 1 overdue" in await talk.say(morgan, "actions by owner")
    assert "A-1" in await talk.press(morgan, "manage.list", view="owner", key=alice.id)
    assert "A-3" in await talk.press(morgan, "manage.list", view="owner", key="0")


async def test_lists_come_page_by_page(talk: Talk, morgan: Person) -> None:
    for number in range(12):
        await talk.item(f"A-{number}", due_on=SOON)
    first = await talk.press(morgan, "manage.list", view="all", page=0)
    last = await talk.press(morgan, "manage.list", view="all", page=2)
    assert "1 to 5 of 12" in first
    assert "11 to 12 of 12" in last
    assert "A-11" in last


async def test_a_page_that_is_not_there_any_more_is_the_last_one(talk: Talk, alice: Person, morgan: Person) -> None:
    for number in range(7):
        await talk.item(f"A-{number}", due_on=SOON, plan_id=f"plan-{number}")
    assert "6 to 7 of 7" in await talk.press(morgan, "manage.list", view="all", page=2)
    last = await talk.press(morgan, "manage.groups", by="plan", page=1)
    assert await talk.press(morgan, "manage.groups", by="plan", page=9) == last
    assert last.count("plan-") == 2


@pytest.mark.parametrize("view", ["", "everything", "owner; drop"])
async def test_a_forged_view_is_refused(talk: Talk, morgan: Person, view: str) -> None:
    assert "out of date" in await talk.press(morgan, "manage.list", view=view)


async def test_owners_and_dates_are_set_for_several_items_with_one_press(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    items = [await talk.item(f"R-{number}", kind="R", lead_agency="cnwl") for number in range(7)]
    card = await talk.pressed(morgan, "assign.open")
    assert "Actions without an owner or a date: 7." in card.text
    assert "Alice (Named nurse)" in str(card.card)
    fields = {f"owner__{item.id}": f"person:{alice.id}" for item in items[:3]}
    fields |= {f"due__{item.id}": "2027-03-01" for item in items[:2]}
    said = await talk.press(morgan, "assign.save", items=" ".join(str(one.id) for one in items[:5]), **fields)
    assert "Saved: 3. Still without an owner or a date: 5." in said
    assert "R-2" in said, "an owner alone is not enough"
    assert "R-0" not in said
    found = [await talk.get(item) for item in items]
    assert [one.due_on for one in found[:3]] == [date(2027, 3, 1), date(2027, 3, 1), None]
    dated = ("action-assigned", "2027-03-01", alice.id)
    assert sorted(await owed(talk)) == [dated, dated, ("action-assigned", "None", alice.id)]


async def test_one_bad_row_does_not_hold_up_the_others(talk: Talk, alice: Person, morgan: Person) -> None:
    one, two = await talk.item("R-1", kind="R"), await talk.item("R-2", kind="R")
    said = await talk.press(
        morgan,
        "assign.save",
        items=f"{one.id} {two.id}",
        **{
            f"owner__{one.id}": "person:99999",
            f"owner__{two.id}": f"person:{alice.id}",
            f"due__{two.id}": "2027-03-01",
        },
    )
    assert "R-1 was not changed" in said
    assert (await talk.get(two)).owner_id == alice.id


@pytest.mark.parametrize("verb", ["assign", "reassign", "re-assign"])
async def test_assigning_in_words_names_somebody_by_e_mail(
    talk: Talk, alice: Person, morgan: Person, verb: str
) -> None:
    item = await talk.item("R-1")
    said = await talk.say(morgan, f"{verb} R-1 to alice@example.org by 1 March 2027")
    assert "R-1 now belongs to Alice, due Monday 1 March 2027. I will tell them and remind them." in said
    found = await talk.get(item)
    assert (found.owner_id, found.due_on) == (alice.id, date(2027, 3, 1))


@pytest.mark.parametrize("words", ["assign R-1 to dana", "give R-1 to Dana by 1 March 2027"])
async def test_a_first_name_alone_is_no_case_data_and_gets_the_whole_name_back(
    talk: Talk, morgan: Person, words: str
) -> None:
    dana = await talk.person("Dana")
    async with talk.database.work() as work:
        await work.people.change(dana.id, name="Dana Sample")
        await work.commit()
    item = await talk.item("R-1")
    said = await talk.say(morgan, words)
    assert "Please write the whole name, so that the right person gets it: Dana Sample. Nothing has changed." in said
    assert (await talk.get(item)).owner_id is None
    assert "R-1 now belongs to Dana Sample" in await talk.say(morgan, words.lower().replace("dana", "Dana Sample"))


@pytest.mark.parametrize("ref", ["A3", "1.1", "12", "Q2/4"])
async def test_an_item_is_called_by_whatever_reference_its_plan_gives_it(
    talk: Talk, alice: Person, morgan: Person, ref: str
) -> None:
    await talk.item("DEMO-03", owner_id=morgan.id, due_on=SOON)
    item = await talk.item(ref)
    assert f"Do {ref}" in await talk.say(morgan, f"action {ref.lower()}")
    said = await talk.say(morgan, f"assign {ref} to alice@example.org by 1 March 2027")
    assert f"{ref} now belongs to Alice, due Monday 1 March 2027." in said
    await talk.say(alice, f"more time {ref} until 14 March because the trainer is ill")
    assert "is now due Sunday 14 March 2027" in await talk.say(morgan, f"grant {ref}")
    await talk.say(alice, f"done {ref} minutes of 3 June")
    found = await talk.get(item)
    assert (found.state, found.evidence) == (ActionState.DONE, "minutes of 3 June")


async def test_a_number_alone_and_a_word_with_one_are_no_references(talk: Talk, morgan: Person) -> None:
    await talk.item("3")
    for words, says in (
        ("3", "That is not the number of anything I have just listed"),
        ("remind me 3 days before", "there is nothing to put off"),
        ("action A3", "I can only help with safeguarding guidance"),
    ):
        said = await talk.say(morgan, words)
        assert says in said
        assert "Do 3" not in said


async def test_words_about_no_item_of_ours_are_screened_whole(talk: Talk, alice: Person, morgan: Person) -> None:
    assert "could identify" in await talk.say(morgan, "assign A9 to alice@example.org by 1 March 2027")


async def test_a_granted_extension_moves_the_date_and_tells_the_owner(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 14 March because the trainer is ill")
    assert "Alice asks for more time on BO-01: until Sunday 14 March 2027" in await talk.say(morgan, "requests")
    assert "Granted: BO-01 is now due Sunday 14 March 2027" in await talk.say(morgan, "grant BO-01")
    assert "decided already: granted" in await talk.say(morgan, "refuse BO-01 no")
    found = await talk.get(item)
    assert (found.due_on, found.more_time_until) == (date(2027, 3, 14), None)
    assert ("action-request", "decided", alice.id) in await owed(talk)


@pytest.mark.parametrize("words", ["agree BO-01 until 7 March", "grant more time BO-01 but only one week"])
async def test_agreeing_to_another_day_than_was_asked_for_grants_nothing(
    talk: Talk, alice: Person, morgan: Person, words: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 14 March because the trainer is ill")
    said = await talk.say(morgan, words)
    assert "until Sunday 14 March 2027, and you named another day, so nothing has changed" in said
    assert (await talk.get(item)).due_on == SOON
    assert "Granted" in await talk.say(morgan, "agree BO-01 until 14 March, fine by me")


async def test_a_refusal_needs_a_reason_which_the_owner_reads(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 14 March because the trainer is ill")
    assert "say why" in await talk.say(morgan, "refuse BO-01")
    assert "Refused" in await talk.say(morgan, "refuse BO-01 the board meets in February")
    found = await talk.get(item)
    assert (found.due_on, found.more_time_until) == (SOON, None)
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.of([item.id])
    assert (request.state, request.answer) == (RequestState.REFUSED, "the board meets in February")


async def test_an_owner_who_says_not_mine_is_refused_and_keeps_the_item(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "not mine BO-01 because I changed team")
    assert "Refused" in await talk.say(morgan, "refuse transfer BO-01 please keep it")
    assert (await talk.get(item)).owner_id == alice.id
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.of([item.id])
    assert (request.state, request.answer) == (RequestState.REFUSED, "please keep it")
    assert ("action-request", "decided", alice.id) in await owed(talk)


@pytest.mark.parametrize("words", ["refuse transfer BO-01 no", "grant transfer BO-01"])
async def test_deciding_what_was_not_asked_shows_what_was(
    talk: Talk, alice: Person, morgan: Person, words: str
) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 14 March because the trainer is ill")
    shown = await talk.shown(morgan, words)
    assert "The only request waiting on BO-01 is for more time" in shown.text
    assert "request.grant" in str(shown.card)


async def test_the_agencys_lead_may_pass_an_item_on_within_the_agency(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    lead = await talk.person("Lena", roles=[Role.DSL], agency_id="cnwl")
    other = await talk.person("Otto", roles=[Role.DSL], agency_id="rnoh")
    bob = await talk.person("Bob", agency_id="cnwl")
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "not mine BO-01 to bob@example.org because the team moved")
    assert "No request is waiting" in await talk.say(other, "requests")
    assert "cannot find that request" in await talk.say(other, "grant BO-01")
    assert "BO-01 now belongs to Bob" in await talk.say(lead, "grant BO-01")
    assert (await talk.get(item)).owner_id == bob.id
    assert ("action-assigned", str(SOON), bob.id) in await owed(talk)


@pytest.mark.parametrize(
    "words",
    [
        "not mine BO-01 because I moved to planning, give to bob@example.org",
        "BO-01 is not mine, as I moved to planning. Please give it to bob@example.org.",
        "not mine BO-01 because I moved to planning, and pass it on to Bob",
    ],
)
async def test_the_reason_may_stand_before_the_colleague(talk: Talk, alice: Person, morgan: Person, words: str) -> None:
    bob = await talk.person("Bob")
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, words)
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.of([item.id])
    assert (request.to_person_id, request.reason) == (bob.id, "I moved to planning")


async def test_a_lead_may_not_grant_time(talk: Talk, alice: Person, morgan: Person) -> None:
    lead = await talk.person("Lena", roles=[Role.DSL], agency_id="cnwl")
    await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    assert "cannot find that request" in await talk.say(lead, "grant BO-01")


async def test_two_requests_about_one_item_are_told_apart(talk: Talk, alice: Person, morgan: Person) -> None:
    bob = await talk.person("Bob")
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    await talk.say(alice, "not mine BO-01 to bob@example.org because the team moved")
    assert "grant transfer BO-01" in await talk.say(morgan, "grant BO-01")
    assert (await talk.get(item)).owner_id == alice.id
    await talk.say(morgan, "grant transfer BO-01")
    found = await talk.get(item)
    assert (found.owner_id, found.due_on) == (bob.id, SOON)


@pytest.mark.parametrize(
    "order", ["assign BO-01 by 14 March 2027", "extend BO-01 until 14 March 2027, the board moved"]
)
async def test_a_new_date_does_not_decide_whose_an_item_is(
    talk: Talk, alice: Person, morgan: Person, order: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "BO-01 is not mine because it belongs to housing")
    await talk.say(morgan, order)
    assert (await talk.get(item)).due_on == date(2027, 3, 14)
    assert "it belongs to housing" in await talk.say(morgan, "requests")
    assert ("action-request", "decided", alice.id) not in await owed(talk)
    await talk.person("Bob")
    await talk.say(morgan, "assign BO-01 to bob@example.org")
    assert ("action-request", "decided", alice.id) in await owed(talk)
    assert "belongs to housing" not in await talk.say(morgan, "requests")


async def test_another_date_than_the_one_asked_for_overtakes_the_wish(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "more time BO-01 until 14 March because of illness")
    await talk.say(morgan, "assign BO-01 by 1 March 2027")
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.of([item.id])
    assert request.state is RequestState.WITHDRAWN
    assert ("action-assigned", "2027-03-01", alice.id) in await owed(talk)


async def test_an_event_that_the_manager_dates_sets_the_due_date(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item(
        "WNB-02", owner_id=alice.id, due_kind="relative", after="12 months", after_event="the policy is shared"
    )
    assert "due 12 months after the policy is shared" in await talk.say(morgan, "manage WNB-02")
    assert "now due Wednesday 3 March 2027" in await talk.say(morgan, "event WNB-02 3 March 2026")
    assert (await talk.get(item)).due_on == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("was on 3 January", "Monday 3 January 2028"),
        ("on Monday", "Tuesday 11 January 2028"),
        ("was yesterday", "Friday 14 January 2028"),
        ("on 3 March 2027", "Friday 3 March 2028"),
        ("on 20 January", "Thursday 20 January 2028"),
        ("on next Wednesday", "Thursday 20 January 2028"),
        ("on 12 January 2025", "Monday 12 January 2026"),
    ],
)
async def test_an_event_is_dated_by_the_day_it_was_before_one_to_come(
    talk: Talk, alice: Person, morgan: Person, words: str, due: str
) -> None:
    await talk.item("WNB-02", owner_id=alice.id, due_kind="relative", after="12 months", after_event="it is shared")
    assert f"now due {due}" in await talk.say(morgan, f"event WNB-02 {words}")


async def test_an_event_whose_weekday_does_not_fit_is_asked_about(talk: Talk, alice: Person, morgan: Person) -> None:
    await talk.item("WNB-02", owner_id=alice.id, due_kind="relative", after="12 months", after_event="it is shared")
    assert "do not fit" in await talk.say(morgan, "event WNB-02 was on Friday 3 January")


async def test_extending_keeps_reason_and_approver(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(morgan, "extend BO-01 until 1 March because the board moved")
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.of([item.id])
    assert (request.decided_by, request.reason, request.due_before, request.until) == (
        morgan.id,
        "the board moved",
        SOON,
        date(2027, 3, 1),
    )


async def test_closing_and_re_auditing(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "done BO-01 audit of June")
    await talk.say(morgan, "impact BO-01 forms are filled in by all teams")
    assert "planned for Tuesday 1 June 2027" in await talk.say(morgan, "re-audit BO-01 on 1 June 2027")
    assert "practice has changed" in await talk.say(morgan, "re-audited BO-01 changed: 9 of 10 files")
    found = await talk.get(item)
    assert (found.state, found.impact, found.tested_on) == (
        ActionState.DONE,
        "forms are filled in by all teams",
        date(2027, 1, 15),
    )


async def test_a_re_audit_that_finds_nothing_changed_opens_the_item_again(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    await talk.say(alice, "done BO-01 audit of June")
    await talk.say(morgan, "re-audit BO-01 on 1 June 2027")
    await talk.say(morgan, "re-audited BO-01 not changed: 2 of 10 files")
    found = await talk.get(item)
    assert (found.state, found.due_on, found.owner_id) == (ActionState.OPEN, None, alice.id)


async def test_an_open_item_that_nobody_needs_any_more_is_closed_with_the_reason(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=SOON)
    assert "say what difference" in await talk.say(morgan, "close BO-01")
    assert "BO-01 is closed" in await talk.say(morgan, "close BO-01 replaced by the new plan")
    assert (await talk.get(item)).state is ActionState.CLOSED
