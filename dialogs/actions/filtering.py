"""Whose overdue actions somebody wants to see: "overdue police actions", "what is gwen behind with"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.actions import managing, own_items, passing_on
from dialogs.challenges.agencies import agencies_meant
from dialogs.choosing import folded
from dialogs.kin import of_a_family
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import explain, say
from services import actions
from services.errors import NotFound
from services.model import Role
from services.screening.kinds import OF_A_COLLEAGUE
from services.understanding import Command, Understanding

_LEAD = r"(?:(?:please|show|list|see|me|give|which|what|are|is|all|the|any|of) )*"
_WHO = r"(?:the )?(?P<who>[^\W_]+(?:'[^\W_]+)?(?: [^\W_]+(?:'[^\W_]+)?){0,5}?)(?:'s|s')?"
_ITEMS = r"(?:actions?|items?|tasks?)"
_LATE = r"(?:overdue|(?:running )?(?:late|behind))"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_LEAD}(?:overdue|late) {_ITEMS} (?:for|of|by|from|with|at|owned by|that belong to) {_WHO}(?: please)?",
        rf"{_LEAD}(?:{_ITEMS} (?:are |is )?(?:overdue|late)|overdue) (?:for|with|at|by|from|of) {_WHO}(?: please)?",
        rf"{_LEAD}(?:overdue|late) {_WHO} {_ITEMS}(?: please)?",
        rf"(?:(?:please|show|list|see|me|all) )*(?!(?:what|which|the|my|are|is|all|show|list|any)\b){_WHO}"
        rf" (?:overdue|late) {_ITEMS}(?: please)?",
        rf"(?:what|which)(?: {_ITEMS})? (?:is|are|has) {_WHO} {_LATE} (?:with|on|in)(?: (?:now|please|at the moment))*",
        rf"(?:is|are) {_WHO} {_LATE} (?:with|on) (?:any of )?(?:any|his|her|their|its|the)? ?{_ITEMS}",
    )
)
_NOBODY = frozenset(
    {
        "i",
        "we",
        "me",
        "my",
        "mine",
        "us",
        "our",
        "plan",
        "agency",
        "owner",
        "everybody",
        "everyone",
        "all",
        "partnership",
    }
)

_OF_ACTIONS = re.compile(rf"\b(?:overdue|{_ITEMS})\b", re.IGNORECASE)
"""Without such a word, a name that nobody has may be a child's: "what is dave behind with"."""


def overdue_of(text: str) -> str | None:
    """Whose overdue actions the words ask for; None where they ask for all of them, one's own, or something else."""
    said = folded(text)
    found = next((one for form in _FORMS if (one := form.fullmatch(said))), None)
    who = found["who"].removesuffix("'s") if found else ""
    return who if who and not set(who.split()) & _NOBODY else None


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """The overdue actions of an agency, a plan or a person, for the manager. What is none of these is said to be
    none, rather than left out in silence; None for words that are about something else."""
    who = overdue_of(turn.said.text)
    if who is None or not turn.personal or turn.person is None or not turn.person.has(Role.MANAGER):
        return None
    if not understood.identifiers <= OF_A_COLLEAGUE:
        return None
    try:
        keys = _of_pack(turn, who) or [f"owner:{await _owner(turn, who)}"]
    except NotFound as error:
        if error.code == "owner-whole-name":
            return answer(Reply(explain(error)))
        meant = understood.command is Command.OVERDUE or (understood.identifiers and _of_a_colleague(turn, who))
        return answer(Reply(say("overdue-of-nobody"), suggestions=("overdue",))) if meant else None
    shown = [await managing.listing(turn, "overdue", key) for key in keys]
    return Answer(tuple(reply for one in shown for reply in one.replies), shown[-1].state)


def _of_a_colleague(turn: Turn, who: str) -> bool:
    """True where the name that nobody has is one, and stands with a word for actions."""
    of_actions = _OF_ACTIONS.search(turn.said.text) is not None
    return of_actions and passing_on.is_name(who) and not of_a_family(who)


def _of_pack(turn: Turn, who: str) -> Sequence[str]:
    """Agencies of that name, or else plans that are called so."""
    pack = turn.rules.pack
    agencies = [one for one in agencies_meant(pack, who) if who in map(folded, (one.name, *one.aliases, one.id))]
    if agencies:
        return [f"agency:{one.id}" for one in agencies]
    return [f"plan:{one.id}" for one in pack.plans if f" {who} " in f" {folded(one.title)} "][:1]


async def _owner(turn: Turn, who: str) -> int:
    """The person of that whole name, or of that first name where only one has it. Raises `NotFound`."""
    return (await actions.find_person(turn.work, await own_items.whose(turn, who))).id
