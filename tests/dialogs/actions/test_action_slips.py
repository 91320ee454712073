"""Slips about action items: half said, said of the wrong one, undone. Each gets an answer about the item it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dialogs.notices import Renderer
from services.model import ActionState, Notice, NoticeState, Person, Role
from services.notices.subjects import ActionDue
from services.work import Database
from tests.builders import IDENTIFYING
from tests.dialogs.actions.action_talk import Talk
from tests.dialogs.guidance.escalation_chat import Chat
from tests.services.harrow import harrow_rules

DUE = date(2027, 1, 29)


@pytest.mark.parametrize(
    "words", ["more time BO-01 or so", "snooze please BO-01", "give BO-01 to somebody", "grant owner BO-01"]
)
async def test_half_a_command_shows_the_item_it_names(talk: Talk, alice: Person, words: str) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    said = await talk.say(alice, words)
    assert said.startswith("I could not read all of that about BO-01, so nothing has changed.")
    assert "more time BO-01 until 14 March because" in said


@pytest.mark.parametrize(
    "words", ["I need more time on the letters one", "can i have an extension please", "need more time"]
)
async def test_who_has_one_action_and_wants_more_time_is_asked_until_when(
    talk: Talk, alice: Person, words: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "BO-01" in await talk.say(alice, words)
    assert "say why" in await talk.say(alice, "in 2 months")
    assert "I have asked the partnership manager for more time on BO-01" in await talk.say(alice, "the post is vacant")
    assert (await talk.get(item)).more_time_until is not None
    await talk.item("BO-02", owner_id=alice.id, due_on=DUE)
    assert "BO-01" not in await talk.say(alice, words)


@pytest.mark.parametrize("words", ["done BO-01", "complete BO-01"])
async def test_the_evidence_that_was_asked_for_is_taken_from_the_next_message(
    talk: Talk, alice: Person, words: str
) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "Please say what shows that it is done" in await talk.say(alice, words)
    assert "You are welcome" in await talk.say(alice, "thanks")
    assert "marked as done" in await talk.say(alice, "minutes of 3 November")
    assert (await talk.get(item)).evidence == "minutes of 3 November"


async def test_the_progress_that_was_asked_for_is_taken_from_the_next_message(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "how it is going" in await talk.say(alice, "update BO-01")
    assert "identify" in await talk.say(alice, IDENTIFYING)
    assert "progress on BO-01 is kept" in await talk.say(alice, "agenda item is agreed")
    assert (await talk.get(item)).progress == "agenda item is agreed"


@pytest.mark.parametrize(
    "answers",
    [
        ["14 March because the trainer is ill"],
        ["until 14 March, the trainer is ill"],
        ["some day", "14 March 2027", "the trainer is ill"],
    ],
)
async def test_more_time_asks_for_the_day_and_the_reason(
    talk: Talk, alice: Person, morgan: Person, answers: list[str]
) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "Until which day do you need more time for BO-01" in await talk.say(alice, "more time for BO-01")
    for words in answers:
        said = await talk.say(alice, words)
    assert "until Sunday 14 March 2027. The current date stands" in said
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.open()
    assert (request.until, request.reason) == (date(2027, 3, 14), "the trainer is ill")


async def test_what_was_asked_for_can_be_left(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "done BO-01")
    assert "Nothing has changed" in await talk.say(alice, "stop")
    await talk.say(alice, "done BO-01")
    assert "nothing booked" in await talk.say(alice, "my bookings")
    await talk.say(alice, "minutes of 3 November")
    assert await talk.get(item) == item


async def test_half_a_command_about_nothing_of_ours_is_left_to_the_guidance(talk: Talk, alice: Person) -> None:
    said = await talk.say(alice, "more time BO-09")
    assert "I can only help with safeguarding guidance" in said
    assert "BO-09" not in said


async def test_because_is_no_part_of_the_evidence(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "done BO-01 because the survey shows it")
    assert (await talk.get(item)).evidence == "the survey shows it"


async def test_the_manager_opens_again_what_was_done_by_mistake(talk: Talk, alice: Person, morgan: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "done BO-01 the wrong one")
    assert "say why" in await talk.say(morgan, "reopen BO-01")
    assert "Only the partnership manager" in await talk.say(alice, "reopen BO-01 because it was another")
    assert "BO-01 is open again" in await talk.say(morgan, "reopen BO-01 because it was another")
    again = await talk.get(item)
    assert (again.state, again.completed_at, again.evidence) == (ActionState.OPEN, None, None)
    assert "open already" in await talk.say(morgan, "reopen BO-01 because it was another")
    history = await talk.say(morgan, "history BO-01")
    assert "Morgan: Opened again - it was another" in history
    assert "the wrong one" in history


async def test_what_a_closed_item_offers_can_be_done(talk: Talk, morgan: Person) -> None:
    await talk.item("BO-01")
    assert "BO-01 is closed" in await talk.say(morgan, "close BO-01 it came to nothing")
    assert "The impact of BO-01 is kept." in await talk.say(morgan, "impact BO-01 fewer repeat referrals")
    said = await talk.say(morgan, "BO-01")
    assert "re-audit" not in said
    assert "reopen BO-01 because" in said


async def test_what_was_opened_again_is_closed_with_the_same_words(talk: Talk, morgan: Person) -> None:
    item = await talk.item("BO-01")
    assert "BO-01 is closed" in await talk.say(morgan, "close BO-01 it came to nothing")
    await talk.say(morgan, "reopen BO-01 because it was another")
    again = await talk.get(item)
    assert (again.state, again.impact) == (ActionState.OPEN, None)
    assert "BO-01 is closed" in await talk.say(morgan, "close BO-01 it came to nothing")
    assert (await talk.get(item)).state is ActionState.CLOSED


async def test_a_date_alone_is_not_said_to_belong_to_nobody(talk: Talk, morgan: Person) -> None:
    await talk.item("BO-01")
    said = await talk.say(morgan, "assign BO-01 by 1 March 2027")
    assert said == "BO-01 is now due Monday 1 March 2027. It has no owner yet, so nobody can be reminded of it."


async def test_an_owner_is_named_by_post_and_an_unknown_one_is_asked_for_again(
    database: Database, now: datetime
) -> None:
    talk = Talk(database, harrow_rules(), now)
    morgan = await talk.person("Morgan", roles=[Role.MANAGER])
    item = await talk.item("BO-01")
    post = talk.rules.pack.partnership.owners[0]
    holder = await talk.person("Hope", job_title=post.title)
    assert f"{post.title} (today Hope)" in await talk.say(morgan, f"assign BO-01 to the {post.title} by 1 March 2027")
    assert (await talk.get(item)).owner_id == holder.id
    said = await talk.say(morgan, "assign BO-01 to Hop")
    assert "I know nobody by that name, work e-mail or post." in said
    assert post.title in said


async def test_the_manager_is_not_told_that_an_unknown_item_is_not_theirs(
    talk: Talk, alice: Person, morgan: Person
) -> None:
    assert "among yours" not in await talk.say(morgan, "close XX-01 done with")
    assert "among yours" in await talk.say(alice, "close XX-01 done with")


@pytest.mark.parametrize("words", ["assign", "assign actions", "Owners and dates"])
async def test_the_card_for_owners_and_dates_has_words(talk: Talk, morgan: Person, words: str) -> None:
    await talk.item("BO-01")
    assert "Actions without an owner or a date: 1." in await talk.say(morgan, words)


@pytest.mark.parametrize("managed", [True, False])
async def test_nobody_is_told_of_a_line_manager_who_is_not_there(talk: Talk, alice: Person, managed: bool) -> None:
    bob = await talk.person("Bob")
    owner = replace(alice, line_manager_id=bob.id if managed else None)
    item = await talk.item("BO-01", owner_id=alice.id, due_on=date(2027, 1, 8))
    notice = Notice(1, "action-item", item.id, "overdue", alice.id, NoticeState.DUE, urgent=False, due_at=talk.now)
    morgan = await talk.person("Morgan", roles=[Role.MANAGER])
    write = Renderer(talk.rules)
    due = ActionDue(item, owner, frozenset({alice.id, bob.id}))
    told = {one.name: write(one, [(notice, due)], talk.now).text for one in (owner, morgan)}
    assert ("Your line manager will be told as well." in told["Alice"]) is managed
    assert ("The partnership manager will be told as well." in told["Alice"]) is not managed
    assert ("The owner and the line manager have been reminded." in told["Morgan"]) is managed
    assert ("No line manager is recorded, so this comes to you." in told["Morgan"]) is not managed


@pytest.mark.parametrize("managed", [True, False])
async def test_an_owner_who_has_left_is_not_said_to_have_been_reminded(
    talk: Talk, alice: Person, managed: bool
) -> None:
    morgan = await talk.person("Morgan", roles=[Role.MANAGER])
    owner = replace(alice, active=False, line_manager_id=morgan.id + 1 if managed else None)
    item = await talk.item("BO-01", owner_id=alice.id, due_on=date(2027, 1, 8))
    notice = Notice(1, "action-item", item.id, "overdue", morgan.id, NoticeState.DUE, urgent=False, due_at=talk.now)
    told = Renderer(talk.rules)(morgan, [(notice, ActionDue(item, owner))], talk.now).text
    assert "been reminded" not in told
    assert "Please give it an owner." in told


async def test_only_the_manager_learns_whom_the_partnership_knows(talk: Talk, alice: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id)
    known = await talk.say(alice, "assign BO-01 to alice@example.org")
    unknown = await talk.say(alice, "assign BO-01 to nobody@example.org")
    assert known == unknown == "Only the partnership manager can do that."


@pytest.mark.parametrize("words", ["digest", "forward plan", "unreachable"])
async def test_the_managers_words_tell_others_that_they_are_not_theirs(talk: Talk, alice: Person, words: str) -> None:
    assert "people with another role" in await talk.say(alice, words)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("more time BO-01 until next thurs because we need minutes", "until Thursday 4 February 2027"),
        ("more time BO-01 to 5 Feb, we need minutes", "until Friday 5 February 2027"),
        ("more time BO-01 until friday because a child is being hit right now", "Call 999 now"),
        ("done BO-01 my colleague has collapsed, send help now", "Call 999 now"),
        ("remind me BO-01 on the boy is being beaten now", "Call 999 now"),
        ("more time BO-01 until friday because Ben Smith in year 4 is ill", "could identify somebody"),
        ("more time XX-99 until friday because a child is being hit right now", "Call 999 now"),
    ],
)
async def test_an_order_about_an_item_of_ours_is_screened_by_its_free_text(
    database: Database, words: str, says: str
) -> None:
    chat = Chat(database, now=datetime(2027, 1, 29, 10, tzinfo=UTC))
    alice = await chat.person("Alice")
    async with database.work() as work:
        await work.actions.add(ref="BO-01", plan_id="plan", action="Do it", owner_id=alice.id, due_on=DUE)
        await work.commit()
    assert says in (await chat.say("Alice", words)).text


@pytest.mark.parametrize(
    "words",
    [
        "BO-01 is done: the survey shows it",
        "BO-01 has been completed, the survey shows it",
        "I've finished BO-01 because the survey shows it",
        "mark BO-01 as done - the survey shows it",
        "bo1 done the survey shows it",
        "bo 01 done the survey shows it",
    ],
)
async def test_an_item_is_done_in_whichever_order_it_is_said(talk: Talk, alice: Person, words: str) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "marked as done" in await talk.say(alice, words)
    assert (await talk.get(item)).evidence == "the survey shows it"


async def test_done_without_evidence_asks_for_it(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "what shows that it is done" in await talk.say(alice, "BO-01 is done")
    assert (await talk.get(item)).state is ActionState.OPEN


async def test_the_reference_may_come_first(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "5 February 2027" in await talk.say(alice, "BO-01 needs more time until 5 Feb because of illness")
    await talk.say(alice, "BO-01 progress: half is done")
    assert (await talk.get(item)).progress == "half is done"


@pytest.fixture
async def listening(database: Database) -> Chat:
    """Alice owns BO-01, Bob is known; what is said is read as in earnest."""
    chat = Chat(database, now=datetime(2027, 1, 15, 10, tzinfo=UTC))
    alice = await chat.person("Alice")
    await chat.person("Bob")
    async with database.work() as work:
        await work.actions.add(ref="BO-01", plan_id="plan", action="Do it", owner_id=alice.id, due_on=DUE)
        await work.commit()
    return chat


async def _kept(chat: Chat) -> str:
    """What is kept of Alice's words: the form she is in, and what was asked for."""
    async with chat.database.reading() as work:
        return f"{await chat.flow('Alice')} {await work.action_requests.open()}"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("BO-01 is not mine to do and my pupil is being beaten by his dad right now", "Call 999 now"),
        ("not mine BO-01 to my pupil Jayden Brown DOB 03/05/2015 of 5 Elm Road", "could identify somebody"),
        ("not mine XX-99 to my pupil Jayden Brown DOB 03/05/2015 of 5 Elm Road", "could identify somebody"),
        ("assign BO-01 to a boy who is being hit right now", "Call 999 now"),
    ],
)
async def test_whose_an_item_is_said_to_be_is_screened_unless_it_names_a_colleague(
    listening: Chat, words: str, says: str
) -> None:
    assert says in (await listening.say("Alice", words)).text
    kept = await _kept(listening)
    assert "pupil" not in kept
    assert "boy" not in kept


@pytest.mark.parametrize(
    "words",
    [
        "re-referral not mine, give it to mum.of.child@example.org",
        "assign follow-up to mum.of.child@example.org",
        "early-help not mine to mum.of.child@example.org because the family moved",
    ],
)
async def test_an_address_is_screened_where_the_words_only_look_like_an_order(listening: Chat, words: str) -> None:
    assert "could identify somebody" in (await listening.say("Alice", words)).text
    assert "mum.of.child" not in str(await listening.flow("Alice"))
    assert "mum.of.child" not in (await listening.say("Alice", "ask a person")).text


@pytest.mark.parametrize("words", ["assign XX-99 to bob@example.org", "not mine XX-99 to bob@example.org, they moved"])
async def test_an_address_does_not_hide_that_there_is_no_such_item(listening: Chat, words: str) -> None:
    assert "among yours" in (await listening.say("Alice", words)).text
    assert "bob@" not in await _kept(listening)


@pytest.mark.parametrize("asker", ["Bob", "Zed"])
@pytest.mark.parametrize(
    "order",
    [
        "follow-up is not mine, give it to {}",
        "BO-01 is not mine, give it to {}",
        "assign BO-01 to {}",
        "assign follow-up to {}",
    ],
)
async def test_the_screening_tells_nobody_else_whom_the_partnership_knows(
    listening: Chat, asker: str, order: str
) -> None:
    await listening.person("Carol Merrick")
    known, unknown = [
        (await listening.say(asker, order.format(name))).text for name in ("Carol Merrick", "Dora Merrick")
    ]
    assert known == unknown


@pytest.mark.parametrize("whom", ["Bob", "bob@example.org"])
async def test_a_colleague_is_named_before_the_reason(listening: Chat, whom: str) -> None:
    said = (await listening.say("Alice", f"not mine BO-01 to {whom}")).text
    assert said.startswith("Please say why it is not yours.")
    said = (await listening.say("Alice", "the team moved")).text
    assert "BO-01 is not yours, and that Bob may be the right person" in said


async def test_an_unknown_colleague_is_told_of_before_the_reason_is_asked(listening: Chat) -> None:
    said = (await listening.say("Alice", "not mine BO-01 to nobody@example.org")).text
    assert "I know nobody by that name or work e-mail" in said
    assert "or say it again without naming anybody" in said
    assert "nobody@example.org" not in await _kept(listening)
    assert "say why it is not yours" in (await listening.say("Alice", "not mine BO-01")).text
    assert "BO-01 is not yours. It stays" in (await listening.say("Alice", "the team moved")).text


async def test_help_in_between_leaves_the_question_standing(listening: Chat) -> None:
    await listening.say("Alice", "done BO-01")
    said = (await listening.say("Alice", "help")).text
    assert said.endswith("I am still waiting for what I asked you about your action. Type it now, or type stop.")
    assert "marked as done" in (await listening.say("Alice", "the minutes of 3 June")).text
    async with listening.database.reading() as work:
        item = await work.actions.by_ref("BO-01")
    assert item is not None
    assert item.evidence == "the minutes of 3 June"


async def test_a_bare_number_is_the_figure_that_was_asked_for(talk: Talk, alice: Person) -> None:
    item = await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    assert "a figure" in await talk.say(alice, "done BO-01")
    assert "marked as done" in await talk.say(alice, "95")
    assert (await talk.get(item)).evidence == "95"


async def test_a_bare_number_is_no_day(talk: Talk, alice: Person) -> None:
    await talk.item("BO-01", owner_id=alice.id, due_on=DUE)
    await talk.say(alice, "more time BO-01")
    assert "I could not read that date." in await talk.say(alice, "14")
    assert "say why more time is needed" in await talk.say(alice, "the 14th")


UNTIL_AND_WHY = [
    ("Friday, 12 March because the trainer is ill", date(2027, 3, 12), "the trainer is ill"),
    ("Friday, 12 March, the trainer is ill", date(2027, 3, 12), "the trainer is ill"),
    ("Fri. 12th of March: the trainer is ill", date(2027, 3, 12), "the trainer is ill"),
    ("Friday, March 12 as the trainer is ill", date(2027, 3, 12), "the trainer is ill"),
    ("Friday, the 12th because the trainer is ill", date(2027, 2, 12), "the trainer is ill"),
    ("12 March, 2028 because the trainer is ill", date(2028, 3, 12), "the trainer is ill"),
    ("Friday, 3 of us are ill", date(2027, 1, 22), "3 of us are ill"),
]


@pytest.mark.parametrize("asked_first", [True, False])
@pytest.mark.parametrize(("words", "until", "reason"), UNTIL_AND_WHY)
async def test_a_comma_within_a_date_does_not_end_it(
    talk: Talk, alice: Person, asked_first: bool, words: str, until: date, reason: str
) -> None:
    await talk.item("BO-09", owner_id=alice.id, due_on=date(2027, 1, 20))
    if asked_first:
        await talk.say(alice, "more time BO-09")
    await talk.say(alice, words if asked_first else f"more time BO-09 until {words}")
    async with talk.database.reading() as work:
        (request,) = await work.action_requests.open()
    assert (request.until, request.reason) == (until, reason)


@pytest.mark.parametrize("words", ["next Friday, 12 March because of illness", "Thursday, 12 March because of illness"])
async def test_a_day_of_two_minds_is_asked_for_again(talk: Talk, alice: Person, words: str) -> None:
    item = await talk.item("BO-09", owner_id=alice.id, due_on=date(2027, 1, 20))
    await talk.say(alice, f"more time BO-09 until {words}")
    assert await talk.get(item) == item
