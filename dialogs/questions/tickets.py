"""A question to a person, as both sides read it. Pure."""

from __future__ import annotations

import re

from dialogs import cards, dates
from dialogs.courtesies import plain
from dialogs.turn import Turn
from dialogs.wording import say
from services.experts import group_called
from services.model import Person, Ticket, TicketState
from services.rulebook import Rulebook

SHOW, HELPED, NOT_HELPED, WITHDRAW = "question.show", "question.helped", "question.not-helped", "question.withdraw"
OPEN, TAKE, ANSWER, GIVE_BACK = "question.open", "question.take", "question.answer", "question.give-back"
SUGGEST, PASS_ON = "question.suggest", "question.pass-on"
TICKET = "ticket"
"""The question of one's own that was just shown, in the state of a talk: "it did not help" is about its answer."""
HELD, ANSWERING = "held", "question-answer"
"""The question of somebody else that an expert was just shown, and that its answer is what they type next."""
SOMEBODY = "A colleague"

_THING = r"(?:it|this|that|one|(?:(?:the|an|any|my|this|that) )?(?:answer|reply|response|question))"
_TAIL = r"(?: (?:any ?more|any longer|now|after all|please|thanks|thank you))*"
_UNNEEDED = re.compile(
    r"(?:(?:ok|okay|actually|sorry|please|thanks|no)[,.]? )*"
    rf"(?:(?:i |we )?(?:no longer|don't|dont|do not) (?:need|want)(?: {_THING})?"
    rf"|(?:{_THING} |it's |its |that's )?(?:is )?(?:no longer|not) (?:needed|wanted)){_TAIL}"
)
_WITHDRAWN = re.compile(
    rf"(?:(?:please|oops|whoops|oh|no|sorry|actually|wait)[,.!]? )*(?:withdraw|cancel|drop|take back) {_THING}{_TAIL}"
)
_WITHDRAWS_ONE = re.compile(
    r"(?:(?:please|oops|oh|no|sorry|actually|wait|i want to|can i|can you)[,.!]? )*(?:withdraw|cancel|drop|take back) "
    r"(?P<which>(?:the |number )?(?:\d|one|two|three|four|five|first|second|third|fourth|fifth)(?: one| question)?)"
    rf"{_TAIL}"
)


def unneeded(text: str) -> bool:
    """True for "I no longer need it" and the like, which name nothing but perhaps an answer."""
    return _UNNEEDED.fullmatch(plain(text)) is not None


def withdrawn(text: str) -> bool:
    """True for "withdraw it", "cancel my question": of the question just shown, if there is one."""
    return _WITHDRAWN.fullmatch(plain(text)) is not None


def withdraws_one(text: str) -> str:
    """Which of a list, in "withdraw the first" and "cancel 2"; empty for anything else."""
    found = _WITHDRAWS_ONE.fullmatch(plain(text))
    return found["which"].removesuffix(" question") if found else ""


def group_name(rules: Rulebook, key: str) -> str:
    """What the expert group is called in the middle of a sentence."""
    group = group_called(rules.pack, key)
    return f"the group “{group.name}”" if group else "the partnership office"


def name_of(person: Person | None) -> str:
    """A person's name, or words that stand in for it."""
    return person.name if person else SOMEBODY


def on_day(turn: Turn, ticket: Ticket) -> str:
    """The day on which it was answered, in words."""
    return dates.day(turn.rules.today(ticket.answered_at or ticket.asked_at))


def standing(turn: Turn, ticket: Ticket, taker: Person | None) -> str:
    """How a question stands, to whoever asked it."""
    who = name_of(taker)
    match ticket.state:
        case TicketState.TAKEN if ticket.helped is False:
            return say("standing-unhelped", who=who)
        case TicketState.ANSWERED | TicketState.CLOSED:
            return say(f"standing-{ticket.state.value}", who=who, day=on_day(turn, ticket))
        case _:
            return say(f"standing-{ticket.state.value}", who=who)


def quoted(ticket: Ticket, most: int = 120) -> str:
    """The question, shortened for a line of a list."""
    text = ticket.question if len(ticket.question) <= most else f"{ticket.question[: most - 1].rstrip()}…"
    return f"“{text}”"


def asked_facts(turn: Turn, ticket: Ticket, asker: Person | None) -> cards.Element:
    """Who asked, when, and what guidance is near."""
    article = turn.rules.pack.article(ticket.topic or "")
    agency = turn.rules.pack.agency((asker.agency_id if asker else None) or "")
    zone = turn.rules.pack.partnership.calendar.zone
    group = group_called(turn.rules.pack, ticket.group_key)
    return cards.facts(
        [
            ("From", ", ".join([name_of(asker), *([agency.name] if agency else [])])),
            ("Asked", dates.moment(ticket.asked_at, zone)),
            ("For", group.name if group else ""),
            ("Nearest guidance", article.title if article else ""),
        ]
    )
