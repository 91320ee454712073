"""What was left out of a command about an action item, asked for and taken from the next message: `done BO-01`, and
then the minutes that show it. Nothing is kept before that."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs import asides, spoken
from dialogs.actions import deciding, managing_item, own_items
from dialogs.challenges.challenging import flow_for
from dialogs.choosing import said_number, said_stop, said_yes
from dialogs.meanwhile import asks, is_command, meanwhile
from dialogs.named_lists import names_list
from dialogs.not_yet import not_yet
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Flow, Turn, answer, put_again
from dialogs.wording import explain, say
from services import action_office, actions
from services.calendar_words import MONTH_NAME
from services.coming_days import WEEKDAY, day_to_come
from services.errors import ServiceError
from services.kept import kept_text
from services.model import ActionItem
from services.understanding import Outcome

LEFT_OUT = "action-left-out"
DEED, FIELD, UNTIL = "deed", "field", "until"
DRAFT = "draft"
"""Words put as a question, screened, until a yes says that they are the answer."""
DEEDS: Mapping[str, tuple[Flow, str]] = {
    "done": (own_items.complete, "evidence"),
    "progress": (own_items.progress, "progress"),
    "more-time": (own_items.more_time, "reason"),
    "not-mine": (own_items.not_mine, "why"),
    "extend": (managing_item.extend, "reason"),
    "close": (managing_item.close, "impact"),
    "reopen": (managing_item.reopen, "reason"),
    "refuse": (deciding.refuse, "answer"),
}
"""Which words each of these cannot do without, by the field of its form."""
_MISSING_OF: Mapping[str, str] = {
    "done": "evidence-missing",
    "progress": "progress-missing",
    "more-time": "reason-missing",
    "not-mine": "not-mine-reason-missing",
    "extend": "reason-missing",
    "close": "action-impact-missing",
    "reopen": "reopen-reason-missing",
    "refuse": "refusal-reason-missing",
}
_MISSING = frozenset(_MISSING_OF.values())
_ENDS_IT = frozenset({"done", "close"})
"""What is not to be done on a "not yet": nobody is reminded of it any more."""
_MONTH = rf"{MONTH_NAME}\b\.?"
_DATE = rf"(?:\d{{1,2}}(?:(?:st|nd|rd|th)\b|(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}|[/.-]\d)|{_MONTH}\s+(?:the\s+)?\d)"
DAY = rf"(?P<day>(?:(?:(?:on|next|this|coming)\s+)*(?:{WEEKDAY})[,.]?\s+(?:the\s+)?(?={_DATE}))?.+?)"
"""A day that a reason may follow. The comma of "Friday, 12 March" does not end it."""
_BECAUSE = r"\bbecause\b(?:\s+of\b)?"
WHY = (
    rf"(?:\s*(?:(?:,(?!\s*20\d\d\b)|[.:-])(?!\d)\s*(?:{_BECAUSE})?|{_BECAUSE}|\bas\b|\bsince\b)"
    r"\s*(?P<why>.+))?"
)
_DAY_AND_WHY = re.compile(
    r"\s*(?:(?:please|can|could|i|we|i['’]d|have|need|want|would|like|it|get|make it)\s+)*"
    rf"(?:(?:until|till|to|by)\s+)?{DAY}{WHY}\s*",
    re.IGNORECASE | re.DOTALL,
)

_OF_THE_ANSWER = re.compile(
    r"\b(?:who|what|when|will|does|do|is|can|should|must)\b.*"
    r" (?:that|this|it|evidence|reason|note|answer|words)(?: off| then)?\W*$"
    r"|\bwho (?:sees|reads|gets|decides|checks|signs|looks at|is told|will (?:see|read|decide))\b"
    r"(?! (?:if|whether|about|a|how)\b)"
    r"|\bwhat happens (?:if|when|after) (?:i|we) (?:say|type|do|answer|stop)\b|\bsigns? (?:this|it|that) off\b"
)


_ORDERS = re.compile(
    r"(?:(?:please|can|could|you|i|i'd|want|like|would|to|now|ok|just)\s+)*"
    r"(?:show|walk|take me|escalate|book|cancel|list|open|log|start|evaluate|find|(?:give|sign|put|get|tell) me)\b"
)


def orders(text: str) -> bool:
    """True for words put as an order: "show me my bookings please". What was done is told in the past: "booked it"."""
    return _ORDERS.match(" ".join(text.casefold().replace("’", "'").split())) is not None


def asks_of_the_answer(text: str) -> bool:
    """True for "who decides that": what becomes of the answer is asked, and nothing of the guidance."""
    return asks(text) and _OF_THE_ANSWER.search(" ".join(text.casefold().split())) is not None


async def carry_out(
    turn: Turn, flow: Flow, item: ActionItem, fields: Mapping[str, str], *, sure: bool = False
) -> Answer:
    """Do what the command says; where its words are missing, ask for them and take the next message for them.

    Words put as a question are kept as nobody's evidence or reason before a yes (`sure`).
    """
    deed = _deed_of(flow)
    otherwise = "" if deed is None or sure else _reads_otherwise(turn, fields.get(DEEDS[deed][1], ""))
    if deed is not None and otherwise:
        return await _question_put(turn, item, deed, fields, otherwise)
    try:
        return await flow(turn.saying(turn.said.text, verb=turn.said.verb, item=str(item.id), **fields))
    except ServiceError as error:
        if error.code not in _MISSING or deed is None:
            raise
        return _ask(f"{explain(error)} {say('action-type-it')}", item.id, deed, DEEDS[deed][1], _beside(deed, fields))


def _beside(deed: str, fields: Mapping[str, str]) -> dict[str, str]:
    """What was said beside the words that are asked for: until when, or to whom."""
    return {name: value for name, value in fields.items() if value and name != DEEDS[deed][1]}


async def _question_put(turn: Turn, item: ActionItem, deed: str, fields: Mapping[str, str], otherwise: str) -> Answer:
    """What becomes of the words that we ask for, which is what people ask about, and our question once more."""
    # or a question would tell anybody which actions there are
    if deed == "refuse":
        await action_office.find_to_decide(turn.work, turn.known(), int(fields["request"]))
    else:
        await actions.find_own(turn.work, turn.known(), item.id)
    words = kept_text(fields[DEEDS[deed][1]], turn.rules)
    becomes = say(f"action-becomes-{deed}", ref=item.ref)
    lead = f"{say(otherwise, becomes=becomes)} {explain(ServiceError(_MISSING_OF[deed]))}"
    beside = {**_beside(deed, fields), DRAFT: words}
    return _ask(f"{lead} {say('action-question-yes')}", item.id, deed, DEEDS[deed][1], beside)


async def of_title(press: Turn, flow: Flow) -> Answer | None:
    """What the form behind a typed title would have held is asked for, as after the same command; None where it held
    none."""
    deed, data = _deed_of(flow), press.said.data
    if deed is None:
        return None
    item_id = press.number("item") if deed != "refuse" else await _asked_about(press)
    item = await press.work.actions.by_id(item_id)
    if item is None:
        return None
    if deed in ("more-time", "extend"):
        return ask_day(item, deed)
    return await carry_out(press, flow, item, {key: data[key] for key in data if key != "item"})


async def _asked_about(press: Turn) -> int:
    """The id of the item that the request of a button is about."""
    request = await action_office.find_to_decide(press.work, press.known(), press.number("request"))
    return request.item_id


def _deed_of(flow: Flow) -> str | None:
    return next((name for name, (known, _) in DEEDS.items() if known is flow), None)


def ask_day(item: ActionItem, deed: str = "more-time") -> Answer:
    """Until when, and why?"""
    return _ask(say("action-ask-until", ref=item.ref), item.id, deed, UNTIL, {})


def _ask(question: str, item: int, deed: str, field: str, others: Mapping[str, str]) -> Answer:
    return answer(Reply(question), **{**others, EXPECT: LEFT_OUT, "item": str(item), DEED: deed, FIELD: field})


async def choose(turn: Turn) -> Answer | None:
    """A number after a list of one's actions; None when the words are about something else."""
    chosen = said_number(turn.said.text, turn.state.get(own_items.ITEMS, "").split())
    return await managing_item.open_one(turn.saying(item=chosen)) if chosen else None


async def said(turn: Turn) -> Answer | None:
    """The next message: the words that were asked for; None when it is a command."""
    if said_stop(turn.said.text):
        return answer(Reply(say("kept-as-it-was")))
    if draft := turn.state.get(DRAFT, ""):
        agreed = said_yes(turn.said.text, "save")
        if agreed is not None:
            return await _take(turn.saying(draft), sure=True) if agreed else await _ask_again(turn)
    if spoken.read(turn.said.text) is not None:
        return None
    # before commands: help is one, and no other matter
    of_it = asks_of_the_answer(turn.said.text)
    if not of_it and (asked := await meanwhile(turn, say("action-still-asked"))):
        return asked
    if is_command(turn) or names_list(turn.said.text) or flow_for(turn.said.text) is not None:
        return None
    # no list was shown: a number is a figure, or no day
    beside = None if turn.said.text.strip().rstrip(".)").isdecimal() else await asides.heard(turn)
    if beside is None and turn.state.get(DEED) in _ENDS_IT and not_yet(turn.said.text):
        return answer(Reply(say("kept-as-it-was")))
    return beside or await _take(turn)


def _reads_otherwise(turn: Turn, words: str) -> str:
    """What the words read like, if it is no answer: a question, or an order in so many words; empty for an answer."""
    if asks(words):
        return "action-question"
    waited = turn.state.get(EXPECT) == LEFT_OUT and orders(words)
    return "action-order" if waited and turn.guide.understand(words).outcome is Outcome.COMMAND else ""


async def _ask_again(turn: Turn) -> Answer:
    """The question as it was first put, after words that were no answer to it."""
    deed, item = turn.state.get(DEED, ""), await item_asked(turn)
    lead = explain(ServiceError(_MISSING_OF[deed])) if deed in DEEDS else ""
    state = {key: value for key, value in put_again(turn.state).items() if key != DRAFT}
    question = say("action-ask-until", ref=item.ref) if turn.state.get(FIELD) == UNTIL else lead
    return answer(Reply(f"{question} {say('action-type-it')}"), **state)


async def item_asked(turn: Turn) -> ActionItem:
    """The action that the open question is about."""
    number = turn.state.get("item", "")
    item = await turn.work.actions.by_id(int(number)) if number.isdecimal() else None
    if item is None:
        raise ServiceError("stale-card")
    return item


async def _take(turn: Turn, *, sure: bool = False) -> Answer:
    deed, field = turn.state.get(DEED, ""), turn.state.get(FIELD, "")
    if deed not in DEEDS:
        raise ServiceError("stale-card")
    item = await item_asked(turn)
    flow, _ = DEEDS[deed]
    names = ("to", "request", UNTIL, field)
    fields = {name: turn.state[name] for name in names if name in turn.state}
    if field == UNTIL:
        when = _day_and_why(turn)
        if when is None:
            return answer(Reply(_until_question(item, deed)), **put_again(turn.state))
        fields |= when
    else:
        fields |= {field: turn.said.text.strip()}
    return await carry_out(turn, flow, item, fields, sure=sure)


def _until_question(item: ActionItem, deed: str) -> str:
    becomes = say(f"action-becomes-{deed}", ref=item.ref)
    return f"{say('action-question', becomes=becomes)} {say('action-ask-until', ref=item.ref)}"


def _day_and_why(turn: Turn) -> dict[str, str] | None:
    """None for a question in which no day can be read. Raises `ServiceError` for other words without one; it is asked
    for again."""
    found = _DAY_AND_WHY.fullmatch(turn.said.text)
    day = found["day"].strip(" .") if found else ""
    try:
        day_to_come(day, turn.today)
    except ServiceError as error:
        if error.code == "bad-date" and asks(turn.said.text):
            return None
        raise
    return {UNTIL: day, "reason": ((found["why"] if found else "") or "").strip()}
