"""The manager asks for the overdue actions of one agency or person, and never gets all of them for it in silence."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions.filtering import overdue_of
from services.model import Role
from services.work import Database
from tests.dialogs.questions.questions_chat import everything_stored
from tests.dialogs.training.training_chat import Chat, harrow, rules_of

LATE = date(2027, 1, 8)


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Mona is the partnership manager; Gwen's DEMO-03 of the police and Alex's DEMO-01 are overdue."""
    pack, guide = harrow()
    chat = Chat(database, rules_of(pack, guide), guide)
    gwen, alex = await chat.join("Gwen", agency="met-police-nw"), await chat.join("Alex", agency="cnwl")
    await chat.join("Mona", roles=[Role.MANAGER])
    async with database.work() as work:
        add = work.actions.add
        await add(ref="DEMO-03", plan_id="p", action="Share", owner_id=gwen, due_on=LATE, lead_agency="met-police-nw")
        await add(ref="DEMO-01", plan_id="p", action="Check", owner_id=alex, due_on=LATE, lead_agency="cnwl")
        await add(ref="DEMO-04", plan_id="p", action="Audit", owner_id=gwen, due_on=date(2027, 3, 8))
        await work.commit()
    return chat


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("overdue police actions", "police"),
        ("what is overdue for gwen", "gwen"),
        ("Which actions are overdue for the police?", "police"),
        ("gwen's overdue actions", "gwen"),
        ("show me the overdue actions of children's services", "children's services"),
        ("which actions is gwen behind on", "gwen"),
        ("what is gwen late with?", "gwen"),
        ("what are the police running late with", "police"),
        ("is gwen behind on her actions", "gwen"),
    ],
)
def test_whose_overdue_actions_are_asked_for(words: str, who: str) -> None:
    assert overdue_of(words) == who


@pytest.mark.parametrize(
    "words",
    [
        "overdue",
        "overdue actions",
        "what is overdue",
        "show me all overdue actions",
        "my overdue actions",
        "overdue actions by agency",
        "what is overdue for me",
        "late challenges",
        "late for school",
        "what am i behind on",
        "which actions are we behind with",
        "is gwen behind",
        "gwen is behind on her maths",
    ],
)
def test_words_that_narrow_nothing(words: str) -> None:
    assert overdue_of(words) is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("overdue police actions", "Overdue actions of Metropolitan Police, North West Basic Command Unit (1)"),
        ("what is overdue for gwen", "Overdue actions of Gwen Example (1)"),
        ("what is overdue for Gwen Example?", "Overdue actions of Gwen Example (1)"),
        ("which actions is gwen behind on", "Overdue actions of Gwen Example (1)"),
        ("what is gwen late with", "Overdue actions of Gwen Example (1)"),
        ("what is gwen behind with now", "Overdue actions of Gwen Example (1)"),
        ("is gwen example behind with any of her actions?", "Overdue actions of Gwen Example (1)"),
    ],
)
async def test_only_these_are_listed(chat: Chat, words: str, title: str) -> None:
    said = await chat.say("Mona", words)
    assert title in said
    assert "DEMO-03" in said
    assert "DEMO-01" not in said
    assert "DEMO-04" not in said


async def test_what_an_agency_owes_goes_by_who_owns_it_and_without_an_owner_by_who_leads(chat: Chat) -> None:
    async with chat.database.work() as work:
        pat = await work.people.add(name="Pat", agency_id="met-police-nw")
        nell = await work.people.add(name="Nell", agency_id="cnwl")
        noa = await work.people.add(name="Noa")
        for ref, owner, lead in (
            ("OWN-1", nell, "met-police-nw"),
            ("LED-1", None, "cnwl"),
            ("LED-2", noa, "cnwl"),
            ("GIVEN-1", pat, "cnwl"),
            ("NONE-1", None, None),
        ):
            await work.actions.add(ref=ref, plan_id="p", action="Do", owner_id=owner, due_on=LATE, lead_agency=lead)
        await work.commit()
    said = await chat.say("Mona", "overdue for CNWL")
    heading = said.splitlines()[0]
    assert heading.endswith("(4): by the agency of who owns them, or where that is not known by the lead agency")
    assert all(ref in said for ref in ("OWN-1", "LED-1", "LED-2", "DEMO-01"))
    assert not any(ref in said for ref in ("GIVEN-1", "NONE-1", "DEMO-03"))
    assert "GIVEN-1" in await chat.say("Mona", "overdue police actions")


async def test_a_manager_who_asks_for_their_own_gets_their_own(chat: Chat) -> None:
    assert "DEMO-01" not in await chat.say("Mona", "my overdue actions")
    assert "DEMO-01" in await chat.say("Mona", "overdue actions")


async def test_nothing_overdue_is_said_of_whom(chat: Chat) -> None:
    assert "Nothing is overdue for Housing." in await chat.say("Mona", "overdue housing actions")


@pytest.mark.parametrize(
    "words", ["overdue actions of bert", "overdue widget actions", "which actions is jayden behind on"]
)
async def test_what_is_no_agency_plan_or_person_is_said_to_be_none(chat: Chat, words: str) -> None:
    said = await chat.say("Mona", words)
    assert "I know no agency, plan or owner by those words" in said
    assert "DEMO-01" not in said


async def test_a_narrower_list_goes_on_page_by_page(chat: Chat) -> None:
    async with chat.database.work() as work:
        for number in range(7):
            await work.actions.add(
                ref=f"MET-{number}", plan_id="p", action="Do", due_on=LATE, lead_agency="met-police-nw"
            )
        await work.commit()
    await chat.say("Mona", "overdue police actions")
    said = await chat.press("Mona", "More")
    assert "6 to 8 of 8" in said
    assert "DEMO-01" not in said


async def test_nobody_but_the_manager_sees_what_others_owe(chat: Chat) -> None:
    for words in ("overdue police actions", "what is overdue for gwen", "which actions is gwen behind on"):
        assert "DEMO-03" not in await chat.say("Alex", words)


@pytest.mark.parametrize(
    "words",
    ["what is jayden behind with", "what is jayden late with", "what is my pupil gwen behind with"]
    + ["which tasks is jayden in year 4 behind on", "which tasks is jayden's brother behind on"]
    + ["what is gwen's daughter late with", "gwen is behind on her maths because her dad hits her"],
)
async def test_a_child_who_is_behind_is_refused_and_kept_nowhere(chat: Chat, words: str) -> None:
    said = await chat.say("Mona", words)
    assert "could identify somebody" in said or "999" in said
    assert "DEMO" not in said
    assert "jayden" not in (await everything_stored(chat.database)).casefold()


async def test_a_report_says_which_columns_its_card_leaves_out(chat: Chat) -> None:
    await chat.say("Mona", "report actions")
    card = str(chat.last["Mona"][0].card)
    assert "'Overdue'" in card
    assert "Left out here for want of room: Closed; Open without an owner; Open without a date." in card
