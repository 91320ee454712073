"""A form that cannot do without an answer says so beneath its field, before anything is sent and lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from dialogs import cards
from services.model import ActionState, Role
from services.work import Database
from tests.dialogs.training.training_chat import Chat, harrow, rules_of


@pytest.fixture
async def chat(database: Database) -> Chat:
    """Lee owns BO-01; BO-02 is done; Mona is the partnership manager."""
    pack, guide = harrow()
    chat = Chat(database, rules_of(pack, guide), guide)
    lee = await chat.join("Lee")
    await chat.join("Mona", roles=[Role.MANAGER])
    async with database.work() as work:
        due = date(2027, 1, 29)
        await work.actions.add(ref="BO-01", plan_id="p", action="Brief them", owner_id=lee, due_on=due)
        done = {"state": ActionState.DONE.value, "completed_at": chat.now, "re_audit_on": date(2027, 3, 1)}
        await work.actions.add(ref="BO-02", plan_id="p", action="Audit it", owner_id=lee, **done)
        await work.commit()
    return chat


def _forms(node: object) -> Iterator[Mapping[str, object]]:
    """Every card within a card, and the card itself."""
    if isinstance(node, Mapping):
        if node.get("type") == "AdaptiveCard":
            yield node
        for key, value in node.items():
            if key != "fallback":
                yield from _forms(value)
    elif isinstance(node, list):
        for one in node:
            yield from _forms(one)


def _own_parts(form: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """What stands in a form itself, and not in one that opens on it."""

    def parts(node: object) -> Iterator[Mapping[str, object]]:
        if isinstance(node, Mapping):
            yield node
            for key, value in node.items():
                if key not in ("fallback", "card"):
                    yield from parts(value)
        elif isinstance(node, list):
            for one in node:
                yield from parts(one)

    yield from parts([form.get("body", []), form.get("actions", [])])


def _needed(chat: Chat, who: str) -> dict[str, set[str]]:
    """The fields that must be filled in, by the button that sends them, in the last card."""
    found: dict[str, set[str]] = {}
    for reply in chat.last[who]:
        for form in _forms(reply.card):
            parts = list(_own_parts(form))
            wanted = {str(one["id"]) for one in parts if one.get("isRequired")}
            assert all(one.get("errorMessage") for one in parts if one.get("isRequired"))
            presses = [str(one["title"]) for one in parts if one.get("type") == "Action.Execute"]
            # a button that does something else would wait for these fields too
            assert not wanted or len(presses) == 1
            found |= {press: wanted for press in presses if wanted}
    return found


@pytest.mark.parametrize(
    ("who", "words", "needed"),
    [
        (
            "Lee",
            "BO-01",
            {
                "Mark as done": {"evidence"},
                "Keep this note": {"progress"},
                "Ask for more time": {"until", "reason"},
                "Tell the manager": {"why"},
            },
        ),
        ("Mona", "BO-01", {"Give more time": {"until", "reason"}, "Close it": {"impact"}}),
        (
            "Mona",
            "BO-02",
            {"Keep the impact": {"impact"}, "Open it": {"reason"}, "Plan it": {"on"}, "Keep it": {"found", "changed"}},
        ),
        ("Lee", "log a challenge", {"Log it": {"own", "other", "stage", "since", "subject"}}),
        ("Lee", "ask a person", {"Send my question": {"question"}}),
    ],
)
async def test_what_a_form_cannot_do_without_is_marked(
    chat: Chat, who: str, words: str, needed: dict[str, set[str]]
) -> None:
    await chat.say(who, words)
    assert _needed(chat, who) == needed


async def test_who_decides_a_request_must_say_why_it_is_refused(chat: Chat) -> None:
    await chat.say("Lee", "not mine BO-01 because the team moved")
    await chat.say("Mona", "requests")
    assert _needed(chat, "Mona") == {"Refuse": {"answer-1"}, "Give it to them": {"email-1"}}


async def test_an_old_client_that_sends_no_day_is_asked_for_one(chat: Chat) -> None:
    await chat.say("Lee", "BO-01")
    said = await chat.press("Lee", "Ask for more time", reason="illness")
    assert said == "Please choose a day. Nothing has changed."


def test_a_field_that_is_needed_says_what_is_missing() -> None:
    field = cards.required(cards.date_input("on", "Day"), "Please choose a day.")
    assert (field["isRequired"], field["errorMessage"], field["id"]) == (True, "Please choose a day.", "on")
