"""The walk-through of the levels of need: it shows what is written, says who decides, and keeps nothing."""

from __future__ import annotations

import re
from itertools import product

import pytest

from dialogs.guidance.walk_said import Aside, aside
from dialogs.talk import Reply
from services.model import Person, Place
from services.tables import metadata
from services.work import Database
from tests.dialogs.guidance.escalation_chat import Chat, buttons

DANGER = "If somebody is in danger now, call 999 first."
JUDGES = re.compile(
    r"\b(?:the|this|your|a) child (?:is at|meets|does not meet|reaches|scores)\b|\bmeets the threshold\b|\bscore[sd]?:",
    re.IGNORECASE,
)


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


@pytest.fixture
async def alice(chat: Chat) -> Person:
    return await chat.person("Alice")


async def rows(database: Database) -> dict[str, int]:
    """How many rows every table holds."""
    async with database.engine.connect() as connection:
        return {
            table.name: int((await connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}")).scalar_one())
            for table in metadata.sorted_tables
        }


async def test_by_domain_then_level_it_ends_with_the_guidance_the_way_and_the_referral(
    chat: Chat, alice: Person
) -> None:
    asked = await chat.say("Alice", "walk me through the thresholds")
    assert asked.text.startswith(DANGER)
    assert "I do not score or judge" in asked.text
    assert "3. Family and environment" in asked.text

    levels = await chat.say("Alice", "3")
    assert levels.text.startswith(DANGER)
    assert "Level 2: Early help\nAt level 2 on the London scale, a child's needs are starting to show" in levels.text
    assert "Harrow's own descriptions are still to be confirmed by the partnership office" in levels.text

    end = await chat.say("Alice", "level 3")
    assert end.text.startswith(DANGER)
    for part in (
        "It decides nothing about any child.",
        "Who decides\n- The MASH decides what should happen with the referral.",
        "The usual way from here\n1. Talk with the family",
        "What to write in a referral\n- All you know about the worry",
        "Write it on the referral form, never in this chat.",
        "still to be confirmed by the partnership office",
        "Where this comes from",
        "Owner: MASH Manager",
    ):
        assert part in end.text, part

    assert (await chat.say("Alice", "article")).text.startswith("Level 3: complex or multiple needs")


async def test_the_same_by_buttons(chat: Chat, alice: Person) -> None:
    asked = await chat.say("Alice", "thresholds walkthrough")
    assert [one["title"] for one in buttons(asked)][:3] == [
        "The child's development",
        "Parenting capacity",
        "Family and environment",
    ]
    levels = await chat.press("Alice", "walk.domain", domain="child")
    titles = [one["title"] for one in buttons(levels)]
    assert titles == ["Level 1", "Level 2", "Level 3", "Level 4", "Another part of the child's life"]
    end = await chat.press("Alice", "walk.level", domain="child", level=4)
    assert "Significant harm" in str(buttons(end)) or "significant harm" in str(buttons(end))
    assert buttons(end)[-1]["title"] == "Another level"


async def test_words_of_another_area_are_never_shown_as_the_partnerships(chat: Chat, alice: Person) -> None:
    levels = await chat.press("Alice", "walk.domain", domain="child")

    for line in levels.text.splitlines():
        if "milestones" in line or "truancy" in line or "suicide attempts" in line:
            assert line.startswith("Elsewhere in England, for example ")
        if "trafficked" in line:
            assert line.startswith("Harrow LSCB Multi-Agency Threshold Guidance (2016-11): ")


async def test_where_no_document_describes_a_level_it_says_so(chat: Chat, alice: Person) -> None:
    levels = await chat.press("Alice", "walk.domain", domain="parenting")

    assert levels.text.count("No document that we hold describes this.") == 2


async def every_page(chat: Chat) -> list[Reply]:
    found = [await chat.say("Alice", "walk me through the levels")]
    domains = ("child", "parenting", "family")
    found += [await chat.press("Alice", "walk.domain", domain=domain) for domain in domains]
    return found + [
        await chat.press("Alice", "walk.level", domain=domain, level=level)
        for domain, level in product(domains, (1, 2, 3, 4))
    ]


async def test_it_never_judges_or_scores_and_every_page_begins_with_danger(chat: Chat, alice: Person) -> None:
    for page in await every_page(chat):
        assert page.text.startswith(DANGER)
        assert not JUDGES.search(page.text)
        assert page.card is not None
        for block in page.text.split("\n\n")[:2]:
            assert block.splitlines()[0] in str(page.card).replace("\\'", "'")


async def test_nothing_is_stored_but_the_step(chat: Chat, alice: Person) -> None:
    await chat.say("Alice", "help")
    before = await rows(chat.database)

    await every_page(chat)
    await chat.say("Alice", "back")
    await chat.say("Alice", "stop")
    after = await rows(chat.database)

    changed = {name for name, count in after.items() if count != before[name]}
    # `heard` marks that an activity was heard, so that it is not answered twice; it holds no words.
    assert changed <= {"heard"}


async def test_the_conversation_keeps_the_step_and_no_words(chat: Chat, alice: Person) -> None:
    await chat.say("Alice", "walk me through the thresholds")
    assert await chat.flow("Alice") == {"expect": "walk-domain"}
    await chat.say("Alice", "the child's development")
    assert await chat.flow("Alice") == {"expect": "walk-level", "domain": "child"}
    await chat.say("Alice", "2")
    read = {"expect": "walk-read", "domain": "child", "read": "2", "topic": "level-2-early-help"}
    assert await chat.flow("Alice") == read
    await chat.say("Alice", "stop")
    assert await chat.flow("Alice") == {}


async def test_one_can_go_back_and_ask_something_else(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "walk.level", domain="family", level=2)

    assert "Family and environment: what is described" in (await chat.say("Alice", "back")).text
    assert "Which part of a child's life" in (await chat.say("Alice", "back")).text
    assert "nothing booked" in (await chat.say("Alice", "my bookings")).text


async def test_identifiers_are_refused_and_the_step_stands(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "walk.domain", domain="child")

    refused = await chat.say("Alice", "It is about Jane Roe, NHS number 943 476 5919")

    assert "could identify somebody" in refused.text
    assert "Roe" not in str(await chat.flow("Alice"))
    assert "What the guidance says about level 2" in (await chat.say("Alice", "2")).text


async def test_danger_ends_it(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "walk.domain", domain="child")

    assert (await chat.say("Alice", "he is hitting her right now please help")).text.startswith("Call 999 now")
    assert await chat.flow("Alice") == {}


async def test_in_a_channel_the_article_is_shown_instead(chat: Chat, alice: Person) -> None:
    reply = await chat.say("Alice", "walk me through the thresholds", place=Place.CHANNEL)

    assert reply.text.startswith("The four levels of need")
    assert "our own chat" in (await chat.press_in_channel("Alice", "walk.domain", domain="child")).text


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("walk.domain", {"domain": "money"}),
        ("walk.level", {"domain": "child", "level": 9}),
        ("walk.level", {"domain": "money", "level": 1}),
        ("walk.level", {"domain": "child", "level": "x"}),
    ],
)
async def test_a_forged_card_is_refused(chat: Chat, alice: Person, verb: str, data: dict[str, object]) -> None:
    assert "out of date" in (await chat.press("Alice", verb, **data)).text


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("next", 4),
        ("the next one", 4),
        ("Next level please", 4),
        ("previous", 2),
        ("the one before", 2),
        ("level 1", 1),
    ],
)
async def test_from_a_level_one_goes_on_to_the_one_beside_it(chat: Chat, words: str, level: int) -> None:
    for said in ("walk me through the thresholds", "parenting", "level 3"):
        await chat.say("Alice", said)

    assert f"What the guidance says about level {level}:" in (await chat.say("Alice", words)).text


async def test_after_the_last_level_all_of_them_are_shown_again(chat: Chat) -> None:
    for said in ("walk me through the thresholds", "parenting", "level 4"):
        await chat.say("Alice", said)

    assert "what is described at each level" in (await chat.say("Alice", "next")).text
    assert "about level 1:" in (await chat.say("Alice", "next")).text


async def test_back_at_the_first_question_asks_it_again(chat: Chat) -> None:
    await chat.say("Alice", "walk me through the thresholds")

    assert "Which part of a child's life" in (await chat.say("Alice", "back")).text
    assert "Parenting capacity: what is described" in (await chat.say("Alice", "2")).text


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        *((one, Aside.UNSURE) for one in ("not sure", "I'm not sure", "um, not really sure which one", "i dont know")),
        *(
            (one, Aside.UNSURE)
            for one in ("I don’t know yet", "dunno", "no idea sorry", "hard to say", "could be both")
        ),
        *(
            (one, Aside.UNSURE)
            for one in ("maybe 2 or 3", "between level 2 and 3", "What do you mean?", "can't decide")
        ),
        *((one, Aside.UNSURE) for one in ("not sure which level it is", "I don't understand the question", "unsure")),
        *(
            (one, Aside.BACK)
            for one in ("back", "Go back please", "can i go back", "the previous question", "one back")
        ),
        *((one, Aside.BACK) for one in ("another part", "another level", "go back one step", "again")),
        *((one, Aside.ANEW) for one in ("start again", "i want to start again", "Can we start over?", "restart")),
        *((one, Aside.ANEW) for one in ("from the beginning", "back to the start", "begin again please")),
        *((one, None) for one in ("2", "level 3", "next", "parenting", "stop", "none of these", "ask a person", "")),
        *((one, None) for one in ("not sure he is safe at home", "i dont know if i need consent to refer", "his back")),
        *((one, None) for one in ("when do they go back to court", "how do we start a referral again", "my bookings")),
        *(
            (one, None)
            for one in ("what is the difference between section 17 and 47", "2 or 3 bruises", "both parents")
        ),
    ],
)
def test_words_that_choose_nothing_are_told_from_choices_and_questions(words: str, meant: Aside | None) -> None:
    assert aside(words) is meant


@pytest.mark.parametrize(
    ("steps", "meaning"),
    [
        ((), "only asks which descriptions to show first"),
        (("parenting",), "only asks which level's guidance you want to read"),
        (("parenting", "level 2"), "describes a level and decides nothing"),
    ],
)
async def test_not_sure_is_told_what_is_asked_and_the_step_stands(
    chat: Chat, alice: Person, steps: tuple[str, ...], meaning: str
) -> None:
    for said in ("walk me through the thresholds", *steps):
        await chat.say("Alice", said)
    before = await chat.flow("Alice")

    told = (await chat.say("Alice", "I'm not sure")).text

    assert told.startswith(DANGER)
    assert meaning in told
    assert await chat.flow("Alice") == before
    assert "Which part of a child's life" in (await chat.say("Alice", "I want to start again")).text


@pytest.mark.parametrize(
    "between", ["do i need consent", "what is a lead practitioner", "article", "how is the weather"]
)
async def test_what_is_asked_on_the_way_is_answered_and_the_walk_goes_on(
    chat: Chat, alice: Person, between: str
) -> None:
    for said in ("walk me through the thresholds", "parenting", "level 2"):
        await chat.say("Alice", said)
    assert "you last read about level 2" in (await chat.say("Alice", between)).text

    assert "What the guidance says about level 3:" in (await chat.say("Alice", "next")).text
    await chat.say("Alice", between)
    assert "Parenting capacity: what is described" in (await chat.say("Alice", "back")).text


async def test_after_a_question_on_the_way_article_is_still_that_of_the_level(chat: Chat, alice: Person) -> None:
    for said in ("walk me through the thresholds", "parenting", "level 2", "do i need consent"):
        await chat.say("Alice", said)

    assert (await chat.say("Alice", "article")).text.startswith("Level 2: early help")
    assert "What the guidance says about level 3:" in (await chat.say("Alice", "carry on")).text


async def test_a_button_to_a_page_on_the_way_leaves_the_walk_standing(chat: Chat, alice: Person) -> None:
    await chat.press("Alice", "walk.level", domain="child", level=3)
    await chat.press("Alice", "topic.show", topic="consent-to-refer")

    assert "What the guidance says about level 4:" in (await chat.say("Alice", "next")).text


@pytest.mark.parametrize(
    ("steps", "question", "next_page"),
    [
        ((), "Which part of a child's life is your worry about?\n1. ", "Parenting capacity: what is described"),
        (("parenting",), "Which level do you want to read about?", "What the guidance says about level 2"),
    ],
)
async def test_a_question_before_a_choice_is_answered_and_the_choice_is_put_again(
    chat: Chat, alice: Person, steps: tuple[str, ...], question: str, next_page: str
) -> None:
    for said in ("walk me through the thresholds", *steps):
        await chat.say("Alice", said)

    answered = (await chat.say("Alice", "do i need consent")).text
    assert answered.startswith("Do I need consent to refer?")
    assert question in answered
    assert next_page in (await chat.say("Alice", "2")).text


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("home", "Family and environment"),
        ("relations and money", "Family and environment"),
        ("family", "Family and environment"),
        ("Feelings", "The child's development"),
        ("the boundaries", "Parenting capacity"),
    ],
)
async def test_a_part_is_chosen_by_the_words_it_was_shown_with(chat: Chat, words: str, part: str) -> None:
    await chat.say("Alice", "walk me through the thresholds")

    assert f"{part}: what is described at each level" in (await chat.say("Alice", words)).text


async def test_help_and_to_carry_on_before_a_choice_leave_the_walk_where_it_is(chat: Chat) -> None:
    await chat.say("Alice", "walk me through the thresholds")
    for words in ("help", "carry on", "keep going"):
        assert "Which part of a child's life is your worry about?" in (await chat.say("Alice", words)).text
    await chat.say("Alice", "parenting")
    for words in ("help", "carry on", "keep going"):
        assert "Which level do you want to read about?" in (await chat.say("Alice", words)).text
    await chat.say("Alice", "2")
    assert "you last read about level 2" in (await chat.say("Alice", "help")).text
    assert "What the guidance says about level 3:" in (await chat.say("Alice", "keep going")).text


@pytest.mark.parametrize("words", ["escalate", "log a challenge"])
async def test_what_asks_a_question_of_its_own_ends_the_walk_and_says_so(chat: Chat, alice: Person, words: str) -> None:
    for said in ("walk me through the thresholds", "parenting", "level 2"):
        await chat.say("Alice", said)

    assert "To come back to the levels of need, type: thresholds." in (await chat.say("Alice", words)).text
    assert "To come back to the levels of need" not in (await chat.say("Alice", "stop")).text


async def test_a_whole_question_joined_on_is_asked_for_itself(chat: Chat, alice: Person) -> None:
    for said in ("walk me through the thresholds", "parenting", "level 3"):
        await chat.say("Alice", said)

    assert (await chat.say("Alice", "also how do i escalate")).text.startswith("I disagree with another agency.")
    assert "What the guidance says about level 4:" in (await chat.say("Alice", "next")).text


async def test_where_something_else_is_asked_on_the_way_it_is_said_how_to_come_back(chat: Chat, alice: Person) -> None:
    for said in ("walk me through the thresholds", "parenting", "level 2"):
        await chat.say("Alice", said)

    unsure = (await chat.say("Alice", "consent stuff for the form")).text
    assert "Is it one of these?" in unsure
    assert "To come back to the levels of need, type: thresholds." in unsure
    assert "Which part of a child's life" in (await chat.say("Alice", "thresholds")).text
