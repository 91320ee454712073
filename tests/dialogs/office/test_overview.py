"""The partnership manager asks for the week, the forward plan, what is uncertain and who is out of reach, in a chat."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.named_lists import manager_list
from dialogs.wording import SENTENCES
from services.model import NoticeState, Owed, Role
from services.notices.kinds import KINDS
from services.notices.planning import plan
from services.work import Database
from tests.builders import add_item
from tests.dialogs.training.training_chat import NOW, Chat, a_chat_under


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Mona runs the partnership, Alice is a teacher."""
    chat = a_chat_under(database)
    await chat.join("Mona", agency="children-services", roles=[Role.MANAGER])
    await chat.join("Alice")
    return chat


async def an_uncertain_notice(chat: Chat, to: str = "Alice") -> int:
    return await a_notice(chat, NoticeState.UNCERTAIN, to=to)


async def a_notice(chat: Chat, ended: NoticeState, *, reason: str | None = None, to: str = "Alice") -> int:
    async with chat.database.work() as work:
        person = await work.people.by_email(f"{to.lower()}@school.example.org")
        assert person is not None
        item = await add_item(work, f"U-{ended.value}", owner=person, due_on=NOW.date())
        await work.notices.owe(Owed("action-item", item.id, f"due-day:{NOW.date()}", person.id, NOW), NOW)
        [notice] = await work.notices.in_states([NoticeState.DUE])
        await work.claims.end([notice.id], ended, at=NOW, reason=reason)
        await work.commit()
    return notice.id


async def state(chat: Chat, notice_id: int) -> NoticeState:
    async with chat.database.reading() as work:
        found = await work.notices.in_states(list(NoticeState))
    return next(one.state for one in found if one.id == notice_id)


async def test_the_manager_asks_for_the_week_and_goes_on_from_there(chat: Chat) -> None:
    await an_uncertain_notice(chat)
    told = await chat.say("Mona", "digest")
    assert "The week from Friday 8 January 2027 to Thursday 14 January 2027" in told
    assert "Uncertain whether they arrived: 1" in told
    assert "Alice Example" in await chat.press("Mona", "Uncertain messages")


async def test_a_look_at_the_week_keeps_no_invitation_back(chat: Chat) -> None:
    await chat.date_of("dsl-forum", date(2027, 2, 9))
    await chat.say("Alice", "book dsl forum")
    await chat.press("Alice", "Book")
    await chat.say("Mona", "digest")

    async with chat.database.work() as work:
        await plan(work, chat.rules, NOW)
        owed = await work.notices.in_states([NoticeState.DUE])

    assert "invitation" in {one.kind for one in owed}


async def test_what_is_uncertain_is_marked_as_told_once(chat: Chat) -> None:
    notice_id = await an_uncertain_notice(chat)
    shown = await chat.say("Mona", "uncertain")
    assert "Messages that may or may not have arrived: 1" in shown
    verb, data = chat.button("Mona", "They know of it")

    assert "Marked as told: Alice Example" in await chat.press("Mona", "They know of it")
    assert "settled before" in await chat.send("Mona", verb, **data)
    assert await state(chat, notice_id) is NoticeState.SENT
    assert "Nothing is uncertain" in await chat.say("Mona", "uncertain")


async def test_what_is_uncertain_is_sent_again_when_the_manager_says_so(chat: Chat) -> None:
    notice_id = await an_uncertain_notice(chat)
    await chat.say("Mona", "uncertain messages")
    assert "Alice Example will get it again" in await chat.press("Mona", "Send it again")
    assert await state(chat, notice_id) is NoticeState.DUE


async def test_what_was_not_delivered_is_listed_with_the_reason_and_left_once(chat: Chat) -> None:
    notice_id = await a_notice(chat, NoticeState.FAILED, reason="refused 400 BadSyntax")
    assert "Not delivered, and nobody has looked at it yet: 1" in await chat.say("Mona", "digest")
    shown = await chat.say("Mona", "not delivered")
    assert "Messages that were not delivered: 1" in shown
    assert "refused for good (refused 400 BadSyntax)" in shown
    verb, data = chat.button("Mona", "Leave it")

    assert "stays on record as not delivered" in await chat.press("Mona", "Leave it")

    assert "settled before" in await chat.send("Mona", verb, **data)
    assert await state(chat, notice_id) is NoticeState.FAILED
    assert "Nothing is uncertain" in await chat.say("Mona", "uncertain")
    assert "nobody has looked" not in await chat.say("Mona", "digest")


@pytest.mark.parametrize(
    "words",
    ["what could not be delivered?", "which notices failed", "undelivered messages", "what hasn't been delivered"]
    + ["which reminders didn't arrive", "show me failed emails", "messages that bounced"],
)
async def test_what_was_not_delivered_is_asked_for_in_other_words(chat: Chat, words: str) -> None:
    await a_notice(chat, NoticeState.FAILED, reason="refused 400 BadSyntax")
    assert "Messages that were not delivered: 1" in await chat.say("Mona", words)
    assert "were not delivered" not in await chat.say("Alice", words)


@pytest.mark.parametrize("words", ["what failed", "which actions failed", "which courses were not delivered"])
def test_words_on_something_else_than_messages_name_no_list(words: str) -> None:
    assert manager_list(words) is None


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("could-not-be-checked", "could not look up whether it is still owed"),
        ("could-not-be-worded", "could not put it into words"),
        ("transient 503", "however often I tried (transient 503)"),
    ],
)
async def test_what_was_not_delivered_is_sent_again_when_the_manager_says_so(
    chat: Chat, reason: str, said: str
) -> None:
    notice_id = await a_notice(chat, NoticeState.FAILED, reason=reason)
    assert said in await chat.say("Mona", "uncertain")
    assert "Alice Example will get it again" in await chat.press("Mona", "Send it again")
    assert await state(chat, notice_id) is NoticeState.DUE


async def test_what_failed_stands_below_what_is_uncertain(chat: Chat) -> None:
    await an_uncertain_notice(chat)
    await a_notice(chat, NoticeState.FAILED, reason="refused 400")
    shown = await chat.say("Mona", "uncertain")
    assert shown.index("may or may not have arrived: 1") < shown.index("were not delivered: 1")
    assert "Left as it is: Alice Example" in await chat.press("Mona", "Leave it")


async def test_a_card_gives_nobody_else_the_right(chat: Chat) -> None:
    notice_id = await an_uncertain_notice(chat)
    for verb in (
        "uncertain.told",
        "uncertain.again",
        "failed.left",
        "overview.uncertain",
        "overview.week",
        "overview.unreachable",
    ):
        told = await chat.send("Alice", verb, notice=notice_id)
        assert "Example" not in told
        assert "week from" not in told
    assert await state(chat, notice_id) is NoticeState.UNCERTAIN
    assert "may or may not" not in await chat.say("Alice", "uncertain")


async def test_the_forward_plan_names_sessions_reviews_and_items(chat: Chat) -> None:
    await chat.date_of("dsl-forum", date(2027, 2, 3), capacity=30)
    async with chat.database.work() as work:
        alice = await work.people.by_email("alice@school.example.org")
        await add_item(work, "BO-07", owner=alice, due_on=date(2027, 2, 10))
        await work.commit()

    told = await chat.say("Mona", "forward plan")

    assert "0 of 30 places taken" in told
    assert "Wed 10 Feb 2027: actions due: BO-07" in told


async def test_who_cannot_be_reached_is_listed_with_the_reason(chat: Chat) -> None:
    assert "Everybody can be reached" in await chat.say("Mona", "unreachable")
    async with chat.database.work() as work:
        await work.people.add(name="Dan Example", agency_id="primary-school")
        await work.commit()
    told = await chat.say("Mona", "who cannot be reached?")
    assert "People who cannot be reached: 1" in told
    assert "Dan Example" in told
    assert "has never opened a chat with me" in told


def test_every_kind_of_notice_has_a_name_that_people_use() -> None:
    assert [kind.name for kind in KINDS if f"notice-kind-{kind.name}" not in SENTENCES] == []
