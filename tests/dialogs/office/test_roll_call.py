"""Who came, marked in words on the register that is shown; and cards of the office that say only what is so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.office import verbs
from dialogs.office.roll_call import Called, read
from tests.dialogs.office.chat import Chat, button, inputs


@pytest.fixture
async def held(chat: Chat) -> Chat:
    """The forum of Tuesday 16 February has begun; Alice and Bob are booked, and nobody is marked yet."""
    form = await chat.press("Morgan", verbs.NEW)
    filled = {"course": "dsl-forum", "trainer": "Tilda", "link": "https://example.org/j", "day": "2027-02-16"}
    await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})
    for name in ("Alice", "Bob"):
        await chat.press(name, "session.book", session=1)
    chat.now += timedelta(days=32, hours=2)
    return chat


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("dev did come", Called(("dev",), came=True)),
        ("Bob and Alice came.", Called(("Bob", "Alice"), came=True)),
        ("bob, alice & tom o'neil were there", Called(("bob", "alice", "tom o'neil"), came=True)),
        ("bob didn’t turn up", Called(("bob",), came=False)),
        ("Bob Example was absent", Called(("Bob Example",), came=False)),
        ("mark bob as a no show", Called(("bob",), came=False)),
        ("untick bob", Called(("bob",), came=False)),
        ("everybody came", Called((), came=True, everybody=True)),
        ("all of them were there except bob", Called(("bob",), came=True, everybody=True)),
        ("everyone but bob and alice attended", Called(("bob", "alice"), came=True, everybody=True)),
        ("the social worker did not attend", None),
        ("mum never came", None),
        ("who came", None),
        ("nobody came", None),
        ("she did come", None),
        ("bob", None),
        ("cancel bob", None),
        ("when did the referral come", None),
    ],
)
def test_words_that_mark_are_told_from_others(words: str, called: Called | None) -> None:
    assert read(words) == called


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("bob did come", "Saved: 1 attended, 0 did not. Not marked yet: 1."),
        ("alice and bob came", "Saved: 2 attended, 0 did not."),
        ("everybody came except bob", "Saved: 1 attended, 1 did not."),
        ("mark Bob as absent", "Saved: 0 attended, 1 did not. Not marked yet: 1."),
    ],
)
async def test_the_register_that_is_shown_is_marked_in_words(held: Chat, words: str, stands: str) -> None:
    await held.say("Tilda", "attendance")
    await held.say("Tilda", "1")
    marked = await held.say("Tilda", words)
    assert marked.text.startswith(stands)
    assert "Save" in str(marked.card)


async def test_a_mark_is_put_right_in_words_and_an_unknown_name_changes_nothing(held: Chat) -> None:
    await held.press("Tilda", verbs.REGISTER, session=1)
    await held.say("Tilda", "everyone came")
    assert (await held.say("Tilda", "bob did not come")).text.startswith("Saved: 1 attended, 1 did not.")
    assert "nobody of that name" in (await held.say("Tilda", "dev did come")).text
    assert (await held.say("Tilda", "bob did come")).text.startswith("Saved: 2 attended, 0 did not.")


async def test_without_a_register_and_for_others_nobody_is_marked(held: Chat) -> None:
    await held.press("Tilda", verbs.REGISTER, session=1)
    await held.say("Tilda", "help")
    assert "Saved" not in (await held.say("Tilda", "bob did come")).text
    await held.press("Alice", verbs.REGISTER, session=1)
    assert "Saved" not in (await held.say("Alice", "bob did come")).text
    assert "Bob: not marked yet" in (await held.press("Tilda", verbs.REGISTER, session=1)).text


async def test_the_register_says_that_everybody_is_ticked_only_where_it_is_so(held: Chat) -> None:
    fresh = await held.press("Tilda", verbs.REGISTER, session=1)
    assert "Everybody is ticked." in str(fresh.card)
    await held.say("Tilda", "bob did not come")
    marked = await held.press("Tilda", verbs.REGISTER, session=1)
    assert inputs(marked)["b2"] == "false"
    assert "Everybody is ticked" not in str(marked.card)
    assert "Without a tick is who was marked as not having come." in str(marked.card)


async def test_a_full_session_shows_the_office_how_full_it_is_and_no_place_on_the_waiting_list(chat: Chat) -> None:
    form = await chat.press("Morgan", verbs.NEW)
    filled = {"course": "dsl-forum", "trainer": "Tilda", "day": "2027-02-16", "capacity": "1"}
    await chat.press("Morgan", **{**inputs(form), **button(form, "Publish it"), **filled})
    await chat.press("Alice", "session.book", session=1)
    shown = await chat.press("Morgan", verbs.SESSION, session=1)
    assert "You would be" not in str(shown.card)
    assert "1 of 1 places taken" in str(shown.card)
