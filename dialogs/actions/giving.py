"""`give it back to omar`: the action that is shown goes to a colleague who is known. Any other name is left alone: with
nothing in these words but "it", they may be said of a child."""

from __future__ import annotations

import re

from dialogs.actions import managing_item, own_items, passing_on
from dialogs.actions.own_items import ITEMS, ONE_SHOWN
from dialogs.actions.passing_on import A_NAME
from dialogs.choosing import said_stop, said_yes
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import actions
from services.colleagues import is_address
from services.errors import NotFound
from services.model import ActionItem, Role
from services.screening.kinds import OF_A_COLLEAGUE
from services.understanding import Understanding

GIVES, OWNER = "action-gives", "owner"
_IT = r"(?:it|this|that|this one|(?:this|the) action)"
_IT_TO = re.compile(
    r"(?:(?:no|ok|actually|sorry|please|can you|could you|can we|can i|and|so|then|oh|wait)[,.]? )*"
    rf"(?:(?:give|pass|hand|transfer|(?:re-?)?assign) (?:over )?{_IT} (?:(?:back|over|on) )*to"
    rf"|{_IT} (?:(?:should|really|now) )*(?:go|goes|be|belong|belongs) (?:back )?(?:to|with))"
    rf" (?P<whom>[^\s@]+@[^\s@,;]*[^\s@,;.!]|{A_NAME})(?: (?:please|instead|again|now))*",
    re.IGNORECASE,
)


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """It is theirs from now on, said by the manager; its owner, who cannot give it, says that it is theirs. None where
    no action is shown, and for a name that no person or post has."""
    found = _IT_TO.fullmatch(" ".join(turn.said.text.split()).rstrip(".! "))
    number = _shown(turn)
    if found is None or not number or not turn.personal or turn.person is None:
        return None
    if not understood.identifiers <= OF_A_COLLEAGUE:
        return None
    item = await actions.find_own(turn.work, turn.person, int(number))
    if turn.person.has(Role.MANAGER):
        return await _given(turn, item, found["whom"])
    return await _said_to_be_theirs(turn, item, found["whom"]) if item.owner_id == turn.person.id else None


def _shown(turn: Turn) -> str:
    """The action that was shown, given or asked about last."""
    listed = turn.state.get(ITEMS, "").split() if turn.state.get(EXPECT) == ITEMS else []
    shown = turn.state.get(ONE_SHOWN, "") if turn.state.get(EXPECT, GIVES) == GIVES else ""
    return listed[0] if len(listed) == 1 else shown


async def _given(turn: Turn, item: ActionItem, whom: str) -> Answer | None:
    """At once by a whole name, an address or a post. A first name is read back, if one person alone has it."""
    try:
        await managing_item.owner_called(turn, whom)
    except NotFound as error:
        if error.code == "owner-whole-name":
            called = await turn.work.people.called(whom)
            if len(called) == 1:
                question = say("action-give-sure", ref=item.ref, name=called[0].name)
                return answer(Reply(question), **_asked(item), **{OWNER: f"person:{called[0].id}"})
        elif not is_address(whom):
            return None
        raise
    return await managing_item.assign(turn.saying(turn.said.text, item=str(item.id), email=whom))


async def _said_to_be_theirs(turn: Turn, item: ActionItem, whom: str) -> Answer | None:
    try:
        known = await actions.find_person(turn.work, await own_items.whose(turn, whom))
    except NotFound as error:
        if error.code == "owner-whole-name" or is_address(whom):
            raise
        return None
    if turn.person is not None and known.id == turn.person.id:
        return None
    return await passing_on.pass_on(turn.saying(turn.said.text, item=str(item.id), to=whom))


def _asked(item: ActionItem) -> dict[str, str]:
    return {EXPECT: GIVES, ONE_SHOWN: str(item.id)}


async def said(turn: Turn) -> Answer | None:
    """A yes gives it; None for anything but a yes or a no: it is said of something else."""
    agreed = said_yes(turn.said.text, "give")
    if agreed is None and not said_stop(turn.said.text):
        return None
    if not agreed:
        return answer(Reply(say("kept-as-it-was")), **{ONE_SHOWN: turn.state.get(ONE_SHOWN, "")})
    item, owner = turn.state.get(ONE_SHOWN, ""), turn.state.get(OWNER, "")
    return await managing_item.assign(turn.saying(item=item, owner=owner))
