"""What difference a challenge made, which closes it for good: read back before it is recorded, or asked again later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from config.ladders import LadderKind
from dialogs.button_titles import FRESH
from dialogs.challenges.agencies import is_only_agencies
from dialogs.challenges.challenging import DIFFERENCE, IMPACT, ONE, flow_for, impact_question, shown, the_one
from dialogs.choosing import folded, said_stop, said_yes
from dialogs.courtesies import courteous, nods, plain
from dialogs.meanwhile import asks, is_command, meanwhile
from dialogs.not_yet import not_yet
from dialogs.talk import Reply
from dialogs.turn import ASKED_AT, EXPECT, Answer, Turn, answer, put_again
from dialogs.wording import say
from services import challenges
from services.errors import ServiceError
from services.model import Challenge, ChallengeState

DRAFT = "impact"
"""What was typed as the impact, screened, until a yes records it."""
_FORM = frozenset({"impact", "record impact", "record the impact", "close the challenge", "keep it"})

_PLAIN_DANGER = re.compile(
    r"\b(?:knif\w*|kniv\w*|guns?|weapons?|stab\w*|shot|hitting|beat\w*|attack\w*|kill\w*|die|dies|dying|dead|bleed\w*"
    r"|unconscious|collaps\w*|breath\w*|chok\w*|strangl\w*|overdos\w*|suicid\w*|threat\w*|scream\w*|drown\w*"
    r"|danger|ambulance|999)\b"
)
"""With one of these a call for help is one, and nobody is asked whether it was the impact of something."""
IN_DANGER = "challenge-impact-danger"
_RECORDS = re.compile(r"(?:(?:yes|ok|okay|please|no|nobody is in danger|just) )*record (?:it|that|this)(?: please)?")
_NAMED = re.compile(
    r"(?:(?:please|record|log|the)\s+)*impact(?:\s+(?:of|for|on))?\s+(?:challenge\s+)?c\s?[-–]?\s?(?P<challenge>\d{1,9})"
    r"(?:\s*[:,;–-]\s*|\s+(?:is|was)(?:\s+that)?\s+|\s+)(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
STILL_ASKED = timedelta(weeks=4)
"""So long after a notice words that tell of a difference are its answer."""
LEAST_WORDS = 2
_TELLS = re.compile(
    r"(?:it|this|that|(?:the|my|our|this|that) challenge)(?: has| have| had|'s)?(?: really| certainly)?"
    r" (?:made|led|meant|changed|helped|brought|improved|taught)\b.*"
    r"|(?:the |its )?(?:difference|impact)(?: it (?:has )?made)?(?: is| was|:).*"
    r"|(?:they|we|(?:the |both |all |our )*(?:agencies|sides|teams|schools|services)) (?!will |would |should |must )"
    r"(?:now \w+|\w+(?: \w+){0,6} (?:now|earlier|sooner|faster|better)(?: now)?$).*"
)
"""How people begin to tell what difference something made."""
_SOMEBODY = re.compile(
    r"\b(?:he|him|his|she|her|i|i'm|im|me|child|boy|girl|baby|mum|dad|worr\w+|worse|hurt|refus\w+|unsafe"
    r"|what|who|how|when|where|which|should|could|can)\b"
)
"""With one of these the words may be a worry or a question, and go where those go."""
_CHANGED = re.compile(
    r"\b(?:now|sooner|earlier|faster|quicker|better|no longer|in the end|came off|(?:the|that) same (?:day|week))\b"
)
"""With one of these words on which there is a page as well may tell what came of something."""
_NO_IMPACT = re.compile(
    r"\b(?:worr\w*|worse\w*|unsafe|hurt\w*|harm\w*|hit|hits|bruis\w*|abus\w*|neglect\w*|refus\w+|scared|afraid"
    r"|frighten\w*|disclos\w+|advice|help|please|pls|(?:i|we) (?:want|need|think|would like)|should|could|can)\b"
    r"|\b(?:what|who|how|where|when|why)(?: (?:now|next|then|do|does|if|about|else|to do)\b|$)"
)
"""A worry, a plea or a question: it goes where those go, though an impact was asked for just before."""
_WANTS = re.compile(
    r"(?:(?:please|ok|now|and|just|can you|could you|i want to|i need to) )*"
    r"(?:(?:show|list|see|view|open|find|display|count|export) (?:me|us|all|every|any|the|my|our|late|challenges)\b.*"
    r"|(?:\w+ ){0,2}(?:challenges|escalations)(?: (?:by|without|with|of|in|at|for|from|per|since)(?: \w+){1,3})?)"
)
"""Orders for a list, however they are put: "challenges by subject"."""


def _wants_something(words: str) -> bool:
    return _WANTS.fullmatch(words) is not None


async def said(turn: Turn) -> Answer | None:
    """The impact in words, read back first. A command typed here is a command, and "later" is an answer."""
    words = plain(turn.said.text).strip(" .?!")
    draft = turn.state.get(DRAFT, "")
    agreed = said_yes(turn.said.text, "record")
    if draft and agreed:
        return await impact(turn.saying(verb=IMPACT, challenge=turn.state.get(ONE, ""), impact=draft))
    if said_stop(words) or not_yet(words):
        return answer(Reply(say("challenge-impact-later", ref=(await the_one(turn)).ref)))
    if words in _FORM:
        return shown(turn, await the_one(turn))
    if agreed is not None or nods(turn.said.text):
        return await _ask_again(turn)
    if courteous(turn.said.text):
        return None
    if asked := await meanwhile(turn, impact_question(await the_one(turn))):
        return asked
    if flow_for(words) or _wants_something(words) or asks(turn.said.text, lessons=True) or is_command(turn):
        return None
    return read_back(turn, await the_one(turn), turn.said.text)


async def told(turn: Turn) -> Answer | None:
    """What difference it made, told after a notice has asked for it: read back. None where none has, or for words that
    may be about anything else."""
    words = plain(turn.said.text).strip(" .!")
    if EXPECT in turn.state or not _tells(turn, words):
        return None
    waiting = await _asked_of(turn, since=turn.now - STILL_ASKED)
    return _told_of(turn, waiting) if waiting else None


async def told_at_once(turn: Turn, *, page: bool) -> Answer | None:
    """Any statement that is the first thing said after the notice: it is most likely what was asked for, so it is read
    back, with how to put it if it is not. None for a question, a worry or an order, for words on which there is a
    `page` and that tell of no change, and where something else was spoken of since."""
    words = plain(turn.said.text).strip(" .!")
    later = not_yet(words)
    waiting = await _asked_of(turn, since=_spoken_last(turn)) if later or _states(words, page=page) else []
    if later and waiting:
        return answer(Reply(say("challenge-impact-later", ref=waiting[0].ref)))
    return _told_of(turn, waiting) if waiting else None


async def beside_danger(turn: Turn) -> Answer | None:
    """What was written as the impact where it reads like a call for help ("the police now ring us back"): it waits for
    its own words, and nothing else that is said after the emergency is taken for it. None for what is no impact."""
    number, text = impact_of(turn.said.text) or (turn.state.get(ONE, ""), turn.said.text)
    asked = number and (text != turn.said.text or turn.state.get(EXPECT) in (DIFFERENCE, IN_DANGER))
    words = plain(text)
    if not turn.personal or turn.person is None or _PLAIN_DANGER.search(words) or not _states(words, page=False):
        return None
    if asked:
        mine = await turn.work.challenges.unfinished_of(turn.person.id)
        waiting = [one for one in mine if one.state is ChallengeState.SETTLED and str(one.id) == number]
    else:
        waiting = await _asked_of(turn, since=_spoken_last(turn))
    return _waits(turn, waiting[0], text) if len(waiting) == 1 else None


def _waits(turn: Turn, challenge: Challenge, text: str) -> Answer:
    try:
        words = challenges.kept_note(text, turn.rules) or ""
    except ServiceError:
        return answer(Reply(say("challenge-impact-danger-again", ref=challenge.ref)))
    state = {EXPECT: IN_DANGER, ONE: str(challenge.id), DRAFT: words}
    return answer(Reply(say("challenge-impact-danger", ref=challenge.ref, impact=words)), **state)


async def said_after_danger(turn: Turn) -> Answer | None:
    """Records what waited beside the emergency, at "record it" and nothing less: a bare yes may be about the danger."""
    if _RECORDS.fullmatch(folded(turn.said.text)):
        draft = {"challenge": turn.state.get(ONE, ""), "impact": turn.state.get(DRAFT, "")}
        return await impact(turn.saying(verb=IMPACT, **draft))
    let_go = said_stop(turn.said.text) or not_yet(turn.said.text) or said_yes(turn.said.text, "record") is False
    if not let_go and not nods(turn.said.text):
        return None
    challenge = await the_one(turn)
    if let_go:
        return answer(Reply(f"{say('danger-999')} {say('challenge-impact-later', ref=challenge.ref)}"))
    again = say("challenge-impact-danger", ref=challenge.ref, impact=turn.state.get(DRAFT, ""))
    return answer(Reply(f"{say('danger-999')} {again}"), **put_again(turn.state))


def impact_of(text: str) -> tuple[str, str] | None:
    """The number and the words of "impact C-1: they ring us now"; None for any other words."""
    found = _NAMED.fullmatch(" ".join(text.split()).replace("’", "'"))
    return (found["challenge"], found["rest"]) if found is not None else None


def _states(words: str, *, page: bool) -> bool:
    if len(words.split()) < LEAST_WORDS or _NO_IMPACT.search(words) or _wants_something(words) or asks(words):
        return False
    return not page or _CHANGED.search(words) is not None


def _spoken_last(turn: Turn) -> datetime:
    """When something was last spoken of in this chat; at most a working day ago."""
    asked_at = turn.state.get(ASKED_AT)
    return max(datetime.fromisoformat(asked_at) if asked_at else turn.now - FRESH, turn.now - FRESH)


async def _asked_of(turn: Turn, since: datetime) -> list[Challenge]:
    """Their challenges that wait for their impact, where a notice has asked for one since then."""
    if not turn.personal or turn.person is None:
        return []
    if not await turn.work.notices.sent_since(turn.person.id, {LadderKind.CHALLENGE_IMPACT.value}, since):
        return []
    mine = await turn.work.challenges.unfinished_of(turn.person.id)
    return [one for one in mine if one.state is ChallengeState.SETTLED]


def _told_of(turn: Turn, waiting: Sequence[Challenge]) -> Answer:
    """The words read back as the impact of the one that waits for it, with how to put what is none; of several it is
    asked which."""
    otherwise = say("challenge-impact-else")
    if len(waiting) > 1:
        whose = say("challenge-impact-whose", refs=", ".join(one.ref for one in waiting))
        return answer(Reply(f"{whose}\n{otherwise}"))
    read = read_back(turn, waiting[0], turn.said.text)
    return Answer((Reply(f"{read.replies[0].text}\n{otherwise}"),), read.state)


def _tells(turn: Turn, words: str) -> bool:
    if asks(turn.said.text) or _SOMEBODY.search(words):
        return False
    who, now, _ = words.partition(" now ")
    return _TELLS.fullmatch(words) is not None or (bool(now) and is_only_agencies(turn.rules.pack, who))


async def _ask_again(turn: Turn) -> Answer:
    """A bare yes, no or ok tells no difference."""
    challenge = await the_one(turn)
    return answer(Reply(impact_question(challenge)), **{EXPECT: DIFFERENCE, ONE: str(challenge.id)})


def read_back(turn: Turn, challenge: Challenge, text: str) -> Answer:
    """The words as they would be recorded, for a yes."""
    words = challenges.kept_note(text, turn.rules) or ""
    state = {EXPECT: DIFFERENCE, ONE: str(challenge.id), DRAFT: words}
    return answer(Reply(say("challenge-impact-sure", ref=challenge.ref, impact=words)), **state)


async def impact(turn: Turn) -> Answer:
    """What difference it made, which ends it. Raises `ServiceError` for a remark that tells none."""
    words = plain(turn.field("impact")).strip(" .?!")
    if said_stop(words) or not_yet(words) or nods(words) or courteous(words):
        raise ServiceError("impact-missing")
    challenge = await challenges.record_impact(
        turn.work,
        turn.known(),
        turn.number("challenge"),
        impact=turn.field("impact"),
        now=turn.now,
        rules=turn.rules,
    )
    return shown(turn, challenge, say("challenge-impact-kept", ref=challenge.ref))
