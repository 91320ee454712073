"""Action items in words: `done BO-01 minutes of 3 June`, `more time BO-01 until 14 March because ...`, `due soon`.

A command names an item by its reference, so nothing else that people type looks like one. Everything a button does
can be said; the buttons' own flows do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from dialogs import button_titles, dates
from dialogs.actions import deciding, item_answers, loosely, managing, managing_item, own_requests, passing_on
from dialogs.actions.action_refs import marked, named
from dialogs.actions.assigning import open_batch
from dialogs.actions.sayings import DECISION, REFUSES, SAYINGS
from dialogs.actions.several import in_one_order, only_numbers, told
from dialogs.challenges import challenge_commands
from dialogs.talk import Reply
from dialogs.turn import Answer, Flow, Turn, answer
from dialogs.wording import explain, say
from services.colleagues import is_address
from services.coming_days import day_to_come, first_named
from services.errors import NotFound, ServiceError
from services.model import ActionItem, ActionRequest, RequestKind, RequestState, Role
from services.screening.kinds import OF_A_COLLEAGUE
from services.understanding import Understanding

_SO_LONG = re.compile(r"\b(?:only|just)\b.*\b(?:days?|weeks?|fortnight|months?)\b", re.IGNORECASE)
_KINDS = {"more time": RequestKind.EXTENSION, "transfer": RequestKind.TRANSFER}
_LOOSE_REF = re.compile(
    r"\b(?!(?:level|lvl|stage|step|tier|section|part|form|page|point|year|yr|age|aged|day|under|over|about|only|next|"
    r"the|and|or|for|at|by|in|is|of|on|to|has|have|had|with|my|me|we)\b)([a-z]{2,6})[ -]?(\d{1,3})\b",
    re.IGNORECASE,
)
"""`demo 3` may be DEMO-03. `level 3` is none: every question with a number in it would be looked up."""
MOST_LOOSE = 3
"""How many such words are looked up: a reference stands near the beginning."""
_LOOKS_LIKE_A_REF = re.compile(r"(?!C-\d+$)[A-Z0-9]+-[A-Z]*\d+")
"""C-1 is a challenge."""


def _listed(view: str) -> Flow:
    async def flow(turn: Turn) -> Answer:
        return await managing.listing(turn, view)

    return flow


def _grouped(by: str) -> Flow:
    async def flow(turn: Turn) -> Answer:
        return await managing.groups(turn, by)

    return flow


_WHOLE: Mapping[str, Flow] = {
    "actions": managing.overview,
    "action plans": managing.overview,
    "all actions": _listed("all"),
    "due soon": _listed("soon"),
    "unowned": _listed("unowned"),
    "unowned actions": _listed("unowned"),
    **dict.fromkeys(
        ("which actions have nobody", "which actions have no owner", "actions without an owner"), _listed("unowned")
    ),
    "set owners": open_batch,
    "set owners and dates": open_batch,
    **{words: open_batch for words in ("owners and dates", "assign", "assign actions", "assign owners")},
    "requests": deciding.show_requests,
    **dict.fromkeys(
        ("any requests", "requests for more time", "any requests for more time", "what needs my decision"),
        deciding.show_requests,
    ),
    **{f"actions by {by}": _grouped(by) for by in ("plan", "agency", "owner")},
    **{f"by {by}": _grouped(by) for by in ("plan", "agency", "owner")},
}


async def to_screen(turn: Turn, text: str) -> str:
    """What of these words is screened: all of them, but of an order about an item of ours its free text alone.

    `more time BO-01 until next Thursday because ...` is no call for help, whatever its words have in common with one;
    what stands behind "because" may be, and what stands for a colleague unless it names one. Whatever is left out here
    is answered by `heard`, or not found: nothing that was not screened goes on to those who keep what was asked.
    """
    several = await in_one_order(turn, text)
    unmarked = await _with_refs(turn, several.text if several else text)
    text = await marked(turn, unmarked)
    beside = await challenge_commands.free_text(turn, unmarked)
    if beside is not None:
        return beside
    decision = DECISION.fullmatch(text)
    if decision is not None and await named(turn, decision["ref"]) is not None:
        return decision["rest"]
    for one in SAYINGS:
        said = one.pattern.fullmatch(text)
        if said is None:
            continue
        item = await named(turn, said["ref"])
        names_one = await _names_colleague(turn, one.flow, said, item)
        if item is not None:
            return " ".join(_free_text(turn, said, without=("to",) if names_one else ()))
        if "-" not in said["ref"]:
            continue
        start, end = said.span("to") if names_one else (0, 0)
        return text[:start] + text[end:]
    return unmarked


async def _names_colleague(turn: Turn, flow: Flow, said: re.Match[str], item: ActionItem | None) -> bool:
    """True if what stands for a colleague is one e-mail address, or a person or post the partnership knows.

    Anything else there may say anything, and so may an address where the words only look like an order. Who may not
    do what the order says is not to learn from the screening who is known.
    """
    whom = said.groupdict().get("to")
    if not whom:
        return False
    if is_address(whom):
        return item is not None or _LOOKS_LIKE_A_REF.fullmatch(said["ref"]) is not None
    if item is None or not _may_name(turn, flow, item):
        return False
    try:
        await managing_item.owner_called(turn, whom)
    except NotFound as error:
        return error.code == "owner-whole-name"
    return True


def _may_name(turn: Turn, flow: Flow, item: ActionItem) -> bool:
    """True for the manager; for the owner too, but where only the manager may name somebody."""
    if turn.person is None:
        return False
    return turn.person.has(Role.MANAGER) or (flow is not managing_item.assign and item.owner_id == turn.person.id)


async def _with_refs(turn: Turn, text: str) -> str:
    """The words with `demo 3` and `demo03` written DEMO-03, where there is such an item."""
    for loose in list(_LOOSE_REF.finditer(text))[:MOST_LOOSE]:
        for number in (loose[2], loose[2].zfill(2)):
            item = await turn.work.actions.by_ref(f"{loose[1]}-{number}")
            if item is not None:
                return text[: loose.start()] + item.ref + text[loose.end() :]
    return text


def _free_text(turn: Turn, said: re.Match[str], *, without: tuple[str, ...]) -> Iterator[str]:
    """The parts of an order that may say anything: reason, evidence, a day that is none, a colleague who is none."""
    for name, part in said.groupdict().items():
        if name == "day" and part:
            try:
                day_to_come(part, turn.today)
            except ServiceError as error:
                if error.code == "bad-date":
                    yield part
        elif name not in ("ref", "changed", *without) and part:
            yield part


async def unknown_colleague(turn: Turn, understood: Understanding) -> Answer | None:
    """`give BO-01 to dora`, whom nobody knows: how to name a colleague. None for anything but one name where one may
    stand, of who may name somebody: all else that identifies is refused as it stands."""
    if not turn.personal or not understood.identifiers or not understood.identifiers <= OF_A_COLLEAGUE:
        return None
    text = await marked(turn, await _with_refs(turn, turn.said.text))
    for one in SAYINGS:
        said = one.pattern.fullmatch(text)
        whom = said.groupdict().get("to") if said else None
        item = await named(turn, said["ref"]) if said and whom and passing_on.is_name(whom) else None
        if said is None or item is None or not _may_name(turn, one.flow, item):
            continue
        if not await _names_colleague(turn, one.flow, said, item):
            return answer(Reply(explain(await passing_on.not_known(turn, whom or ""))), **button_titles.kept(turn))
    return None


async def heard(turn: Turn) -> Answer | None:
    """The answer to a command about action items; `None` when the words are about something else."""
    several = await in_one_order(turn, turn.said.text)
    answered = await _one(turn, several.text if several else turn.said.text)
    return told(answered, several) if answered is not None else only_numbers(turn)


async def _one(turn: Turn, text: str) -> Answer | None:
    """The same for an order about one item."""
    text = await marked(turn, await _with_refs(turn, text))
    turn = replace(turn, said=replace(turn.said, text=text))
    whole = _WHOLE.get(" ".join(turn.said.text.casefold().strip(" .!?").split()))
    if whole is not None and (turn.person is not None or not turn.personal):
        _require_personal(turn)
        return await whole(turn)
    decision = DECISION.fullmatch(turn.said.text)
    if decision is not None and (item := await named(turn, decision["ref"])) is not None:
        _require_personal(turn)
        kind = _KINDS.get((decision["what"] or "").lower())
        return await _decide(turn, item, kind, decision["verb"].lower() not in REFUSES, decision["rest"])
    for one in SAYINGS:
        said = one.pattern.fullmatch(turn.said.text)
        item = await named(turn, said["ref"]) if said else None
        if said is not None and item is None and one.fields and _LOOKS_LIKE_A_REF.fullmatch(said["ref"]):
            manager = turn.person is not None and turn.person.has(Role.MANAGER)
            raise NotFound("action-unknown-to-all" if manager else "action-unknown")
        if said is not None and item is not None:
            _require_personal(turn)
            found = {field: (said[group] or "").strip(" .") for field, group in one.fields.items()}
            return await item_answers.carry_out(turn.saying(turn.said.text, verb=one.verb), one.flow, item, found)
    return await own_requests.heard(turn) or await deciding.by_number(turn) or await loosely.heard(turn)


def _require_personal(turn: Turn) -> None:
    if not turn.personal:
        raise ServiceError("personal-only")


async def _decide(turn: Turn, item: ActionItem, kind: RequestKind | None, granted: bool, reason: str) -> Answer:
    """Decide what is asked about an item; when two things are, or only another one is, they are shown instead."""
    turn.known()
    asked = await turn.work.action_requests.open(item_id=item.id)
    waiting = [one for one in asked if kind in (None, one.kind)]
    if not waiting:
        if asked:
            return await deciding.show_others(turn, item, asked)
        decided = [
            one
            for one in await turn.work.action_requests.of([item.id])
            if one.state in (RequestState.GRANTED, RequestState.REFUSED)
        ]
        if decided and turn.known().has(Role.MANAGER):
            return answer(Reply(say("action-decided-already", how=say(f"request-{decided[-1].state.value}"))))
        raise NotFound("request-unknown")
    if len(waiting) > 1:
        return await deciding.show_requests(turn)
    if granted:
        _require_the_day_asked(turn, item, waiting[0], reason)
    fields = {"request": str(waiting[0].id), "answer": reason.strip()}
    if not granted:
        return await item_answers.carry_out(turn, deciding.refuse, item, fields)
    return await deciding.grant(turn.saying(turn.said.text, **fields))


def _require_the_day_asked(turn: Turn, item: ActionItem, request: ActionRequest, said: str) -> None:
    """`grant BO-01 until 7 March` of who was asked for the 14th agrees to something else. Raises `ServiceError`."""
    if request.until is None:
        return
    meant = first_named(said.casefold(), turn.today)
    if _SO_LONG.search(said) if meant is None else meant.day != request.until:
        raise ServiceError("request-other-day", ref=item.ref, until=dates.day(request.until))
