"""An action that is somebody else's, said with a colleague's name: given to them, or said to be theirs. A name that
nobody has is no case detail: nothing is changed, and how to name a colleague is said."""

from __future__ import annotations

import re

from dialogs.actions import item_answers, managing_item, own_items
from dialogs.actions.item_answers import DEED, LEFT_OUT
from dialogs.kin import of_a_family
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer, put_again
from dialogs.wording import explain, say
from services import action_office, actions
from services.colleagues import is_address
from services.errors import NotFound, ServiceError
from services.model import ActionItem, Person, Role
from services.screening.kinds import OF_A_COLLEAGUE
from services.understanding import Understanding

A_NAME = r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?:\s+(?!because\b|as\b|since\b|now\b)[^\W\d_]+(?:['’-][^\W\d_]+)*){0,2}?"
_NAME = re.compile(A_NAME)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_WHOSE = re.compile(
    r"(?:(?:i|think|i['’]d say|maybe|probably|actually|sorry|no|well|oh|please)[,\s]+)*"
    r"(?:(?:it|this|that)(?:['’]?s|\s+is|\s+should|\s+belongs|\s+goes)?\s+(?:(?:be|go|back|belong|really|now|for|with|to)\s+)*"
    r"|(?:give|pass|hand|transfer|assign)\s+(?:it|this|that)\s+(?:(?:on|back|over)\s+)*to\s+|(?:ask|try)\s+)"
    rf"(?P<whom>[^\s@]+@[^\s@,;]*[^\s@,;.!]|{A_NAME})(?:['’]s)?"
    r"(?:\s+(?:instead|now|really|job|one|action))*"
    r"(?:\s*[,.]?\s+(?:because(?:\s+of)?|as|since)\s+(?P<why>.+))?\s*[.!]*",
    re.IGNORECASE | re.DOTALL,
)


def whose(text: str) -> tuple[str, str] | None:
    """The colleague in "it should be with lee" and the reason behind it, if there is one; None for other words."""
    found = _WHOSE.fullmatch(" ".join(text.split()))
    return (_POSSESSIVE.sub("", found["whom"]), found["why"] or "") if found else None


def is_name(text: str) -> bool:
    """True for what could be somebody's name and nothing more: an address, or up to three words."""
    return is_address(text) or _NAME.fullmatch(text.strip()) is not None


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """A colleague's name where it was asked why an action is not theirs; None for anything else."""
    asked = turn.state.get(EXPECT) == LEFT_OUT and turn.state.get(DEED) == "not-mine"
    told = whose(turn.said.text) if asked and turn.personal else None
    if told is None or turn.person is None or not understood.identifiers <= OF_A_COLLEAGUE:
        return None
    item = await item_answers.item_asked(turn)
    await actions.find_own(turn.work, turn.person, item.id)
    try:
        whom = await own_items.whose(turn, told[0])
        known = await actions.find_person(turn.work, whom)
    except NotFound as error:
        if of_a_family(told[0]) or (not understood.identifiers and error.code != "owner-whole-name"):
            return None
        return answer(Reply(f"{explain(error)} {say('action-still-asked')}"), **put_again(turn.state))
    return await _theirs(turn, item, whom, known, told[1])


async def _theirs(turn: Turn, item: ActionItem, whom: str, known: Person, why: str) -> Answer:
    """That it is theirs, said to who decides. Without a reason that is asked for, and whom we read is said."""
    done = await item_answers.carry_out(turn, own_items.not_mine, item, {"to": whom, "why": why})
    if EXPECT not in done.state:
        return done
    first, *others = done.replies
    noted = say("action-whose-noted", ref=item.ref, name=known.name)
    return Answer((Reply(f"{noted} {first.text}"), *others), done.state)


async def not_known(turn: Turn, words: str) -> ServiceError:
    """What is wrong with a colleague whom nobody is: how to name an owner, for the manager, or to name none."""
    if turn.person is not None and turn.person.has(Role.MANAGER):
        try:
            await managing_item.owner_called(turn, words)
        except NotFound as error:
            return error
    return NotFound("person-not-found")


async def pass_on(turn: Turn) -> Answer:
    """`give BO-01 to lee`: the manager gives it; the owner, who cannot, says that it is theirs."""
    person, to = turn.known(), turn.field("to")
    if person.has(Role.MANAGER):
        given = {"item": turn.field("item"), "email": to, "due": turn.field("due")}
        return await managing_item.assign(turn.saying(turn.said.text, **given))
    item = await actions.find_own(turn.work, person, turn.number("item"))
    whom = await own_items.whose(turn, to)
    return await _theirs(turn, item, whom, await actions.find_person(turn.work, whom), turn.field("why"))


async def remind(turn: Turn) -> Answer:
    """`remind gwen about BO-01`: its owner is reminded by the calendar, and nobody by hand."""
    item = await action_office.find(turn.work, turn.known(), turn.number("item"))
    shown = await managing_item.manage(turn, item)
    first, *others = shown.replies
    lead = say("action-reminds-itself" if item.owner_id else "action-reminds-nobody", ref=item.ref)
    return Answer((Reply(f"{lead}\n{first.text}", first.card), *others), shown.state)
