"""Colleagues named by their first name in an order about an action: read, or asked for, and never taken for a child."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions.passing_on import is_name, whose
from dialogs.named_lists import FOR_MANAGERS, names_list
from services.model import ActionItem, ActionRequest, Role
from services.work import Database
from tests.dialogs.questions.questions_chat import everything_stored
from tests.dialogs.training.training_chat import Chat, harrow, rules_of

REFUSED = "could identify somebody"
UNKNOWN = "I know nobody by that name"


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Lee owns DEMO-02; Mona is the partnership manager; what they say is screened as in earnest."""
    pack, guide = harrow()
    chat = Chat(database, rules_of(pack, guide), guide)
    lee = await chat.join("Lee")
    for name, roles in (("Mona", [Role.MANAGER]), ("Alex", []), ("Gwen", []), ("Dev", [])):
        await chat.join(name, roles=roles)
    async with database.work() as work:
        due = date(2027, 1, 29)
        await work.actions.add(ref="DEMO-02", plan_id="demo", action="Brief them", owner_id=lee, due_on=due)
        await work.commit()
    return chat


async def the_item(chat: Chat) -> ActionItem:
    async with chat.database.reading() as work:
        item = await work.actions.by_ref("DEMO-02")
    assert item is not None
    return item


async def the_requests(chat: Chat) -> list[ActionRequest]:
    async with chat.database.reading() as work:
        return await work.action_requests.open()


@pytest.mark.parametrize(
    ("words", "whom", "why"),
    [
        ("it should be with lee", "lee", ""),
        ("It's Lee Loremipsum's", "Lee Loremipsum", ""),
        ("i think it belongs to alex", "alex", ""),
        ("give it to alex@example.org, because the team moved", "alex@example.org", "the team moved"),
        ("its alex example because of the move", "alex example", "the move"),
        ("ask gwen", "gwen", ""),
    ],
)
def test_words_that_say_whose_it_is(words: str, whom: str, why: str) -> None:
    assert whose(words) == (whom, why)


@pytest.mark.parametrize(
    "words", ["the team moved", "my pupil is being hit right now", "it was done 3 years ago", "lee"]
)
def test_words_that_say_whose_it_is_in_no_such_form(words: str) -> None:
    assert whose(words) is None


@pytest.mark.parametrize("words", ["a boy who is being hit", "bob, born 3 May", "5 Elm Road"])
def test_words_that_are_more_than_a_name(words: str) -> None:
    assert not is_name(words)


@pytest.mark.parametrize("words", ["it should be with gwen", "it belongs to gwen example", "give it to gwen"])
async def test_whose_it_is_may_be_the_answer_and_the_reason_is_still_asked(chat: Chat, words: str) -> None:
    await chat.say("Lee", "not mine DEMO-02")
    said = await chat.say("Lee", words)
    assert said.startswith("Gwen Example may be the right person for DEMO-02. Please say why it is not yours.")
    assert "that Gwen Example may be the right person" in await chat.say("Lee", "the team moved")
    (request,) = await the_requests(chat)
    assert request.reason == "the team moved"


async def test_somebody_nobody_knows_is_no_case_detail(chat: Chat) -> None:
    await chat.say("Lee", "not mine DEMO-02")
    said = await chat.say("Lee", "it should be with bert")
    assert UNKNOWN in said
    assert "MASH" not in said
    assert "right person" not in await chat.say("Lee", "the team moved")
    (request,) = await the_requests(chat)
    assert request.to_person_id is None


async def test_what_else_identifies_is_refused_there_too(chat: Chat) -> None:
    await chat.say("Lee", "not mine DEMO-02")
    assert REFUSED in await chat.say("Lee", "my pupil Jayden Brown, born 03/05/2015, has moved")
    assert not await the_requests(chat)


@pytest.mark.parametrize(
    "words",
    ["give DEMO-02 to alex", "transfer demo-02 to alex@school.example.org", "DEMO-02 should be with alex"],
)
async def test_an_owner_who_gives_it_to_a_colleague_says_that_it_is_theirs(chat: Chat, words: str) -> None:
    before = await the_item(chat)
    assert "Alex Example may be the right person for DEMO-02" in await chat.say("Lee", words)
    await chat.say("Lee", "the team moved")
    (request,) = await the_requests(chat)
    assert request.reason == "the team moved"
    assert request.to_person_id is not None
    assert (await the_item(chat)).owner_id == before.owner_id


async def test_the_manager_gives_it_at_once_by_the_whole_name(chat: Chat) -> None:
    assert "write the whole name" in await chat.say("Mona", "give DEMO-02 to alex")
    said = await chat.say("Mona", "transfer DEMO-02 to Alex Example by 5 February")
    assert "DEMO-02 now belongs to Alex Example, due Friday 5 February 2027" in said


@pytest.mark.parametrize("who", ["Lee", "Mona"])
@pytest.mark.parametrize("words", ["give DEMO-02 to bert", "DEMO-02 should be with bert"])
async def test_who_may_name_a_colleague_is_told_how_to(chat: Chat, who: str, words: str) -> None:
    before = await the_item(chat)
    said = await chat.say(who, words)
    assert UNKNOWN in said
    assert "Nothing has changed" in said
    assert await the_item(chat) == before


@pytest.mark.parametrize(
    "words",
    ["give it back to gwen", "no, pass it on to Gwen please", "reassign this to gwen", "it should go back to gwen"],
)
async def test_the_action_that_is_shown_is_given_by_a_first_name_after_a_yes(chat: Chat, words: str) -> None:
    before = await the_item(chat)
    await chat.say("Mona", "open DEMO-02")
    assert await chat.say("Mona", words) == "Give DEMO-02 to Gwen Example? Type yes or no."
    assert await the_item(chat) == before
    assert "Nothing has changed" in await chat.say("Mona", "no")
    await chat.say("Mona", words)
    assert "DEMO-02 now belongs to Gwen Example" in await chat.say("Mona", "yes")


async def test_what_was_given_just_now_is_given_back(chat: Chat) -> None:
    await chat.say("Mona", "give DEMO-02 to gwen example")
    assert "DEMO-02 now belongs to Lee Example" in await chat.say("Mona", "sorry, give it back to Lee Example")
    assert "DEMO-02 now belongs to Gwen Example" in await chat.say("Mona", "give it back to gwen@school.example.org")
    assert "write the whole name" in await chat.say("Mona", "give DEMO-02 back to lee")


async def test_what_was_asked_for_and_decided_is_given_back(chat: Chat) -> None:
    await chat.say("Lee", "not mine DEMO-02, give it to gwen, because the team moved")
    await chat.say("Mona", "agree transfer DEMO-02")
    assert "Give DEMO-02 to Lee Example?" in await chat.say("Mona", "give it back to lee")


async def test_its_owner_says_of_the_action_that_is_shown_whose_it_is(chat: Chat) -> None:
    before = await the_item(chat)
    await chat.say("Lee", "open DEMO-02")
    assert "Gwen Example may be the right person for DEMO-02" in await chat.say("Lee", "give it back to gwen")
    assert "that Gwen Example may be the right person" in await chat.say("Lee", "the team moved")
    assert (await the_item(chat)).owner_id == before.owner_id
    await chat.say("Lee", "not mine DEMO-02")
    assert "Alex Example may be the right person" in await chat.say("Lee", "it should go back to alex")


async def test_of_a_first_name_that_two_have_the_whole_is_asked_for(chat: Chat) -> None:
    async with chat.database.work() as work:
        await work.people.add(name="Gwen Sample", email="g.sample@school.example.org")
        await work.commit()
    await chat.say("Mona", "open DEMO-02")
    said = await chat.say("Mona", "give it to gwen")
    assert "Gwen Example or Gwen Sample" in said
    assert "DEMO-02 now belongs to Gwen Sample" in await chat.say("Mona", "give it to gwen sample")


@pytest.mark.parametrize("who", ["Lee", "Mona"])
@pytest.mark.parametrize(
    "words",
    ["give gwen back to her mum", "give it back to jayden", "give it back to jayden's mum", "give it to jayden brown"]
    + ["give jayden back to his mum", "give it back to gwen, her mum hit her", "give the action to jayden in year 4"]
    + ["it should be with jayden", "this belongs to jayden's dad"],
)
async def test_a_child_is_refused_though_an_action_is_shown(chat: Chat, who: str, words: str) -> None:
    before = await the_item(chat)
    await chat.say(who, "open DEMO-02")
    said = await chat.say(who, words)
    assert REFUSED in said or "999" in said
    await chat.say(who, "yes")
    assert await the_item(chat) == before
    assert "jayden" not in (await everything_stored(chat.database)).casefold()


@pytest.mark.parametrize("who", ["Mona", "Lee", "Dev"])
async def test_with_no_action_shown_a_name_is_refused(chat: Chat, who: str) -> None:
    assert REFUSED in await chat.say(who, "give it back to gwen")
    await chat.say(who, "what is neglect")
    assert REFUSED in await chat.say(who, "give it back to gwen")


async def test_nobody_else_learns_who_is_known(chat: Chat) -> None:
    known, unknown = [await chat.say("Dev", f"give DEMO-02 to {name}") for name in ("alex", "bert")]
    assert known == unknown


async def test_an_order_to_remind_the_owner_shows_the_action_and_sends_nothing(chat: Chat) -> None:
    said = await chat.say("Mona", "remind lee about DEMO-02")
    assert "The owner of DEMO-02 will be reminded" in said
    assert "Owner: Lee Example" in said
    assert UNKNOWN in await chat.say("Mona", "remind bert about DEMO-02")
    assert "Only the partnership manager" in await chat.say("Lee", "chase DEMO-02")


@pytest.mark.parametrize(
    "words", ["give DEMO-02 to a boy who is being hit right now", "remind the boy being hit right now about DEMO-02"]
)
async def test_a_call_for_help_comes_first(chat: Chat, words: str) -> None:
    assert "Call 999 now" in await chat.say("Mona", words)


@pytest.mark.parametrize(
    "words", ["digest", "challenges", "forward plan", "what's new this week", "my challenges", "office", "my questions"]
)
async def test_the_name_of_a_list_is_no_evidence(chat: Chat, words: str) -> None:
    before = await the_item(chat)
    for who in ("Lee", "Mona"):
        await chat.say(who, "done DEMO-02")
        await chat.say(who, words)
        await chat.say(who, "minutes of 3 June")
    assert await the_item(chat) == before


@pytest.mark.parametrize(
    "words", ["walk me through the thresholds", "show me my bookings please", "please escalate to stage 2 today"]
)
async def test_an_order_in_so_many_words_is_evidence_after_a_yes_alone(chat: Chat, words: str) -> None:
    before = await the_item(chat)
    await chat.say("Lee", "done DEMO-02")
    assert "reads like something else you want me to do" in await chat.say("Lee", words)
    assert await the_item(chat) == before
    assert "is marked as done" in await chat.say("Lee", "yes")
    assert (await the_item(chat)).evidence == words


@pytest.mark.parametrize(
    "words", ["minutes of 3 June", "the briefing was held for all staff", "sign-in sheet, 34 of 34"]
)
async def test_evidence_is_kept_at_once(chat: Chat, words: str) -> None:
    await chat.say("Lee", "done DEMO-02")
    assert "is marked as done" in await chat.say("Lee", words)


def test_every_list_of_the_manager_is_known_by_its_names() -> None:
    assert all(map(names_list, FOR_MANAGERS))
    assert names_list("Digest!")
    assert not names_list("the digest of June")
