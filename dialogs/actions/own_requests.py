"""What an owner has asked for: how it stands, and taken back. Who decides it has `deciding`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs import dates
from dialogs.choosing import folded
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import actions
from services.model import ActionItem, ActionRequest, Person, RequestKind, RequestState

_REQUEST = r"(?:my|the|our) (?:last |open )?(?:requests?|not mine|request for more time|more time request)"
_NEWS = (
    r"(?:what (?:has |have )?(?:happened|became|become) (?:to|of|with)|(?:what's|what is) happening (?:to|with)"
    r"|how (?:is|are)|how's|status of|(?:is there )?any (?:news|word|answer|reply|update)(?: yet)? (?:on|about|to|of))"
)
_SOMEBODY = r"(?:anyone |anybody |somebody |someone |the manager )"
_DECIDED = r"(?:answered|decided|granted|agreed|approved|refused|seen)"
_ASKS = re.compile(
    rf"(?:(?:show|list|see)(?: me)? )?{_REQUEST}|{_NEWS} {_REQUEST}"
    rf"|(?:has|have|did) {_SOMEBODY}(?:answered|decided|seen|answer|decide|see) {_REQUEST}(?: yet)?"
    rf"|(?:has|have|is|was|were) {_REQUEST} (?:been )?{_DECIDED}(?: yet)?"
)
_TAKES_BACK = re.compile(
    rf"(?:please |i want to |can i |i'd like to )*(?:cancel|withdraw|take back|drop|undo) {_REQUEST}"
    r"(?: (?:for|about|on|of) \w+(?: \w+)?)?(?: please| now)*"
)


def asks_after(text: str) -> bool:
    """True for "what happened to my request" and "my requests"."""
    return _ASKS.fullmatch(folded(text)) is not None


def takes_back(text: str) -> bool:
    """True for "cancel my request"."""
    return _TAKES_BACK.fullmatch(folded(text)) is not None


async def heard(turn: Turn) -> Answer | None:
    """How their requests stand, or the one that waits taken back; None where they have asked for nothing: requests for
    places on courses are called so too."""
    asked, back = asks_after(turn.said.text), takes_back(turn.said.text)
    if not turn.personal or turn.person is None or not (asked or back):
        return None
    found = await turn.work.action_requests.asked_by(turn.person.id)
    waiting = [one for one in found if one.state is RequestState.ASKED]
    if not found or (back and not waiting):
        return None
    items = await turn.work.actions.by_ids({one.item_id for one in found})
    named = [one for one in waiting if folded(items[one.item_id].ref) in folded(turn.said.text)]
    waiting = named or waiting
    if back and len(waiting) == 1:
        return await _taken_back(turn, turn.person, waiting[0], items)
    people = await turn.work.people.by_ids({one.to_person_id for one in found})
    lines = [_line(turn, one, items[one.item_id], people) for one in (waiting if back else found)]
    which = say("own-requests-which", ref=items[waiting[0].item_id].ref) if back else say("own-requests-title")
    return answer(Reply("\n".join([which, *lines])))


def _line(turn: Turn, request: ActionRequest, item: ActionItem, people: Mapping[int, Person]) -> str:
    return say(
        f"own-request-{request.state.value}",
        what=_what(request, item, people),
        day=dates.day(turn.rules.today(request.asked_at)),
        answer=f" {request.answer}" if request.answer else "",
    )


def _what(request: ActionRequest, item: ActionItem, people: Mapping[int, Person]) -> str:
    if request.kind is RequestKind.EXTENSION and request.until is not None:
        return say("own-request-extension", ref=item.ref, until=dates.day(request.until))
    to = people.get(request.to_person_id or 0)
    return say("own-request-transfer", ref=item.ref, to=say("own-request-to", name=to.name) if to else "")


async def _taken_back(turn: Turn, person: Person, request: ActionRequest, items: Mapping[int, ActionItem]) -> Answer:
    if not await actions.withdraw_request(turn.work, person, request, now=turn.now):
        decided = (await turn.work.action_requests.by_ids([request.id]))[request.id]
        return answer(Reply(say("action-decided-already", how=say(f"request-{decided.state.value}"))))
    what = _what(request, items[request.item_id], await turn.work.people.by_ids({request.to_person_id}))
    return answer(Reply(say("own-request-taken-back", what=what)))


async def pending(turn: Turn, item: ActionItem) -> str:
    """That it was said to be somebody else's and nobody has decided yet; empty otherwise."""
    waiting = [one for one in await turn.work.action_requests.open(item_id=item.id) if one.kind is RequestKind.TRANSFER]
    if not waiting:
        return ""
    return say("own-request-pending", day=dates.day(turn.rules.today(waiting[-1].asked_at)))
