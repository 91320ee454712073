from __future__ import annotations

from typing import Any

import pytest

from bot.answered import Answered
from dialogs.talk import Reply
from services.errors import StoreUnavailable
from services.model import Place
from tests import fakes_teams as fakes
from tests.bot.conftest import RunningBot, ScriptedCore, StartBot
from tests.fakes_teams import CHARLIE, FakeConnector, a_press, an_activity

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
ADAPTIVE = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


@pytest.fixture
async def bot(start_bot: StartBot) -> RunningBot:
    return await start_bot()


async def test_the_core_hears_the_verb_and_the_inputs_as_text(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("done")]
    data = {"session": 7, "agreed": True, "note": " as typed ", "none": None, "many": [1], "msteams": {"x": 1}}
    await bot.post(a_press("book", service_url=teams.url, **data))
    said = core.heard[0].said
    assert said is not None
    assert (said.verb, said.text, said.place) == ("book", "", Place.PERSONAL)
    assert said.data == {"session": "7", "agreed": "true", "note": " as typed ", "none": "", "many": "[1]"}


async def test_a_new_card_takes_the_place_of_the_pressed_one(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("booked", CARD), Reply("and a word more")]
    answer = await bot.post(a_press("book", service_url=teams.url))
    assert answer.status == 200
    assert answer.body == {"statusCode": 200, "type": ADAPTIVE, "value": CARD}
    await bot.rest()
    assert teams.said == ["and a word more"]


async def test_words_alone_are_shown_as_a_message(bot: RunningBot, core: ScriptedCore, teams: FakeConnector) -> None:
    core.replies = [Reply("It is full.")]
    answer = await bot.post(a_press("book", service_url=teams.url))
    assert answer.body == {"statusCode": 200, "type": MESSAGE, "value": "It is full."}
    assert teams.requests == []


async def test_a_press_is_answered_in_its_response_even_where_replies_are_expected(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("booked", CARD), Reply("more")]
    answer = await bot.post({**a_press("book", service_url=teams.url), "deliveryMode": "expectReplies"})
    assert answer.body == {"statusCode": 200, "type": ADAPTIVE, "value": CARD}
    await bot.rest()
    assert teams.said == ["more"]


async def test_the_same_press_sent_again_has_no_second_effect_and_the_same_answer(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("booked", CARD), Reply("and a word more")]
    press = a_press("book", service_url=teams.url)
    first = await bot.post(press)
    again = await bot.post(press)
    assert (
        (again.status, again.body) == (200, {"statusCode": 200, "type": ADAPTIVE, "value": CARD}) == (200, first.body)
    )
    assert len(core.heard) == 1
    await bot.rest()
    assert teams.said == ["and a word more"], "said once"


async def test_a_press_that_another_process_answered_is_said_to_be_answered(
    start_bot: StartBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    press = a_press("book", service_url=teams.url)
    await (await start_bot()).post(press)
    again = await (await start_bot()).post(press)
    assert again.body == {"statusCode": 200, "type": MESSAGE, "value": "<answered-already>"}
    assert len(core.heard) == 1


def test_the_oldest_answer_gives_way() -> None:
    answered = Answered(most=2)
    for number in range(3):
        answered.keep(("talk", str(number)), {"value": number})
    assert [answered.to(("talk", str(number))) for number in range(3)] == [None, {"value": 1}, {"value": 2}]
    assert answered.to(("another talk", "2")) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        "book",
        [],
        {},
        {"action": None},
        {"action": {"verb": ""}},
        {"action": {"verb": 7}},
        {"action": {"data": 1}},
    ],
)
async def test_a_button_without_a_verb_is_an_error_in_the_documented_shape(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector, value: object
) -> None:
    activity = an_activity("invoke", service_url=teams.url, name="adaptiveCard/action", value=value)
    answer = await bot.post(activity)
    assert (answer.status, answer.body["statusCode"], answer.body["type"]) == (200, 400, ERROR)
    assert answer.body["value"] == {"code": "BadRequest", "message": "<unknown-verb>"}
    assert core.heard == []


async def test_a_fault_is_an_error_in_the_documented_shape(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.trouble = RuntimeError("born 1 May 2019")
    answer = await bot.post(a_press("book", service_url=teams.url))
    assert (answer.status, answer.body["statusCode"], answer.body["type"]) == (200, 500, ERROR)
    assert answer.body["value"] == {"code": "InternalError", "message": "<went-wrong>"}


async def test_when_the_records_are_away_the_press_says_so(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.trouble = StoreUnavailable()
    answer = await bot.post(a_press("book", service_url=teams.url))
    assert answer.body == {"statusCode": 200, "type": MESSAGE, "value": "<store-away>"}


async def test_a_guest_cannot_press(bot: RunningBot, core: ScriptedCore, teams: FakeConnector) -> None:
    answer = await bot.post({**a_press("book", service_url=teams.url), "from": CHARLIE})
    assert answer.body == {"statusCode": 200, "type": MESSAGE, "value": "<no-identity>"}
    assert core.heard == []


async def test_feedback_is_thanked_for_and_unknown_invokes_are_not_implemented(
    bot: RunningBot, teams: FakeConnector
) -> None:
    feedback = await bot.post(an_activity("invoke", service_url=teams.url, name="message/submitAction", value={}))
    assert (feedback.status, feedback.body) == (200, {})
    for name in ("task/fetch", "composeExtension/query", None):
        unknown = await bot.post(an_activity("invoke", service_url=teams.url, name=name))
        assert (unknown.status, unknown.body) == (501, None)


def a_submit(teams: FakeConnector, **fields: Any) -> dict[str, Any]:
    """Alice presses the `Submit` fallback of a button: a message with a value."""
    value = {"verb": "book", "session": 7, "msteams": {"type": "x"}}
    return an_activity(service_url=teams.url, text=None, value=value, replyToId="card-1", **fields)


async def test_a_submit_button_is_heard_like_any_other(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("booked", CARD), Reply("more")]
    assert (await bot.post(a_submit(teams))).status == 202
    said = core.heard[0].said
    assert said is not None
    assert (said.verb, said.data) == ("book", {"session": "7"})
    replaced, message = teams.requests
    assert (replaced.method, replaced.path.rsplit("/", 1)[1], replaced.body["id"]) == ("PUT", "card-1", "card-1")
    assert (message.method, message.body["text"]) == ("POST", "more")


async def test_a_card_that_cannot_be_replaced_is_sent_as_a_new_one(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    core.replies = [Reply("booked", CARD)]
    teams.script = [fakes.GONE]
    await bot.post(a_submit(teams))
    assert [(sent.method, sent.accepted) for sent in teams.requests] == [("PUT", False), ("POST", True)]


async def test_a_submit_button_in_a_channel_needs_no_mention(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    channel = {"id": "19:channel@thread.tacv2", "conversationType": "channel"}
    await bot.post(a_submit(teams, conversation=channel))
    assert core.heard[0].where.place is Place.CHANNEL


async def test_a_value_without_a_verb_leaves_the_words(
    bot: RunningBot, core: ScriptedCore, teams: FakeConnector
) -> None:
    await bot.post(an_activity(service_url=teams.url, text="help", value={"odd": 1}))
    said = core.heard[0].said
    assert said is not None
    assert (said.text, said.verb) == ("help", None)
