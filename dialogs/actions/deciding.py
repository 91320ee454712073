"""Requests of owners, for who decides them: more time, or another owner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import cards, dates
from dialogs.actions import managing_item, own_items
from dialogs.actions.item_words import due_words
from dialogs.choosing import folded
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import action_office
from services.errors import NotFound
from services.model import ActionItem, ActionRequest, Person, RequestKind, RequestState, Role

REQUESTS, GRANT, REFUSE = "requests", "request.grant", "request.refuse"
_SHOWN = 3
"""Requests on one card: each has two buttons."""

_BY_NUMBER = re.compile(
    r"(?:please )?(?:approve|grant|accept|agree(?: to)?|refuse|reject|decline)(?: (?:the|this|that|action))*"
    r" requests?(?: (?:no|number))?(?: \d+)?(?: please)?"
)


def request_words(request: ActionRequest, item: ActionItem, asker: Person, to: Person | None) -> str:
    """What is asked, by whom and why."""
    if request.kind is RequestKind.EXTENSION and request.until is not None:
        key = "request-extension" if request.due_before else "request-extension-undated"
        before = dates.day(request.due_before) if request.due_before else ""
        return say(
            key, who=asker.name, ref=item.ref, until=dates.day(request.until), before=before, reason=request.reason
        )
    if to is None:
        return say("request-transfer-open", who=asker.name, ref=item.ref, reason=request.reason)
    return say("request-transfer", who=asker.name, ref=item.ref, to=to.name, reason=request.reason)


def buttons_for(request: ActionRequest, *, assigns: bool) -> list[cards.Element]:
    """Grant it, or refuse it and say why. A transfer that names nobody is given to somebody, by who may do so."""
    label = "Grant more time" if request.kind is RequestKind.EXTENSION else "Agree"
    why = cards.text_input(f"answer-{request.id}", "Why? The owner reads this.", lines=True)
    refusal = cards.reveal(
        "Refuse",
        [cards.required(why, say("field-needed"))],
        [cards.button("Refuse", REFUSE, request=request.id)],
    )
    named = cards.text_input(f"email-{request.item_id}", "Whose is it? Their work e-mail or whole name")
    whose = cards.required(named, say("field-needed"))
    give = cards.button("Give it to them", managing_item.ASSIGN, style="positive", item=request.item_id)
    if _can_grant(request):
        return [cards.button(label, GRANT, style="positive", request=request.id), refusal]
    return [*([cards.reveal("Give it to somebody", [whose], [give])] if assigns else []), refusal]


def _can_grant(request: ActionRequest) -> bool:
    """A transfer that names nobody can be given to somebody, and not agreed to."""
    return request.kind is RequestKind.EXTENSION or request.to_person_id is not None


async def show_requests(turn: Turn) -> Answer:
    """What waits for this person's decision, oldest first."""
    waiting = await _waiting_for(turn, turn.known())
    if not waiting:
        return answer(Reply(say("requests-none")))
    return await _shown(turn, waiting, say("requests-title", count=len(waiting)))


async def _waiting_for(turn: Turn, person: Person) -> list[ActionRequest]:
    waiting = await turn.work.action_requests.open()
    return [one for one in waiting if await action_office.may_decide(turn.work, person, one)]


async def by_number(turn: Turn) -> Answer | None:
    """`approve request 2`: what waits, to be decided by reference; None where nothing of that kind waits for them."""
    if not turn.personal or turn.person is None or _BY_NUMBER.fullmatch(folded(turn.said.text)) is None:
        return None
    waiting = await _waiting_for(turn, turn.person)
    return await _shown(turn, waiting, say("requests-by-reference")) if waiting else None


async def show_others(turn: Turn, item: ActionItem, asked: Sequence[ActionRequest]) -> Answer:
    """What waits on an item when somebody decided what was not asked. Raises `NotFound` for who may decide nothing."""
    person = turn.known()
    theirs = [one for one in asked if await action_office.may_decide(turn.work, person, one)]
    if not theirs:
        raise NotFound("request-unknown")
    return await _shown(turn, theirs, say(f"request-only-{theirs[0].kind.value}", ref=item.ref))


async def _shown(turn: Turn, waiting: Sequence[ActionRequest], title: str) -> Answer:
    body: list[cards.Element] = [cards.title(title)]
    lines = []
    for request, item, words in await _described(turn, waiting[:_SHOWN]):
        what = "more time" if request.kind is RequestKind.EXTENSION else "transfer"
        key = "requests-line" if _can_grant(request) else "requests-line-open"
        lines.append(say(key, words=words, action=item.action, what=what, ref=item.ref))
        panel = [cards.heading(f"{item.ref}: {item.action}"), cards.words(words)]
        body.append(
            cards.panel([*panel, cards.actions_row(buttons_for(request, assigns=turn.known().has(Role.MANAGER)))])
        )
    more = [f"And {len(waiting) - _SHOWN} more after these."] if len(waiting) > _SHOWN else []
    plain = "\n".join([title, *lines, *more])
    return answer(Reply(plain, cards.card([*body, *(cards.words(one, quiet=True) for one in more)], fallback=plain)))


async def _described(turn: Turn, requests: Sequence[ActionRequest]) -> list[tuple[ActionRequest, ActionItem, str]]:
    items = await turn.work.actions.by_ids({one.item_id for one in requests})
    people = await turn.work.people.by_ids({i for one in requests for i in (one.asked_by, one.to_person_id)})
    return [
        (
            one,
            items[one.item_id],
            request_words(one, items[one.item_id], people[one.asked_by], people.get(one.to_person_id or 0)),
        )
        for one in requests
    ]


async def grant(turn: Turn) -> Answer:
    """Agree to what was asked."""
    return await _decide(turn, turn.number("request"), granted=True, reason="")


async def refuse(turn: Turn) -> Answer:
    """Refuse it, and say why."""
    number = turn.number("request")
    return await _decide(turn, number, granted=False, reason=turn.field(f"answer-{number}") or turn.field("answer"))


async def _decide(turn: Turn, request_id: int, *, granted: bool, reason: str) -> Answer:
    person = turn.known()
    before = (await turn.work.action_requests.by_ids([request_id])).get(request_id)
    item, request = await action_office.decide(
        turn.work, person, request_id, granted=granted, answer=reason, now=turn.now, rules=turn.rules
    )
    if before is not None and before.state is not RequestState.ASKED:
        return answer(Reply(say("action-decided-already", how=say(f"request-{request.state.value}"))))
    people = await turn.work.people.by_ids([request.asked_by, item.owner_id])
    owner = people[item.owner_id].name if item.owner_id in people else say("action-no-owner")
    if not granted:
        sentence = say("action-refused", ref=item.ref, asker=people[request.asked_by].name)
    elif request.kind is RequestKind.EXTENSION and item.due_on is not None:
        sentence = say("action-granted", ref=item.ref, due=dates.day(item.due_on), owner=owner)
    else:
        sentence = say("action-passed-on", ref=item.ref, owner=owner)
    body = [cards.heading(f"{item.ref}: {item.action}"), cards.words(sentence)]
    body.append(cards.words(due_words(item, turn.today), quiet=True))
    manages = person.has(Role.MANAGER)
    more = [cards.button("More requests", REQUESTS)] if manages else []
    state = {own_items.ONE_SHOWN: str(item.id)} if manages else {}
    return answer(Reply(sentence, cards.card(body, more, fallback=sentence)), **state)
