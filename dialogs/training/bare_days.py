"""`tomorrow`, `monday`, `next week`, where nothing was asked: it is about a day, and what about it is asked back."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import cards
from dialogs.choosing import said_yes
from dialogs.talk import Reply
from dialogs.training import finding
from dialogs.training.courses import wanted_in
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services.finding import Wanted
from services.understanding import Outcome, Understanding

BARE_DAY, SEARCH = "bare-day", "search"
_LEAD = re.compile(r"(?:(?:and|ok|okay|so|hi|hello|what about|how about)\s+)+")
_UNCLEAR = (Outcome.UNSURE, Outcome.OUT_OF_SCOPE)


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """Courses on that day? None where a question of ours is open, and for words that say anything else as well."""
    if turn.state.get(EXPECT) not in (None, BARE_DAY) or understood.outcome not in _UNCLEAR:
        return None
    said = " ".join(turn.said.text.lower().split()).strip(" .,!?")
    lead = _LEAD.match(said)
    said = said[lead.end() :] if lead else said
    wanted = wanted_in(turn, said)
    if wanted.span is None or replace(wanted, span=None) != Wanted(""):
        return None
    question = say("bare-day", when=wanted.span.said)
    plain = f"{question} {say('bare-day-words')}"
    press = cards.button(f"Courses {wanted.span.said}", "courses", style="positive", search=said)
    body = [cards.title(question), cards.words(say("bare-day-words"))]
    return answer(Reply(plain, cards.card(body, [press], fallback=plain)), **{EXPECT: BARE_DAY, SEARCH: said})


async def answered(turn: Turn) -> Answer | None:
    """The yes or no to it; None when the words are about something else."""
    agreed = said_yes(turn.said.text, "show")
    if agreed is None:
        return None
    if not agreed:
        return answer(Reply(say("bare-day-no"), suggestions=("help",)))
    return await finding.list_courses(turn.saying(turn.state.get(SEARCH, "")))
