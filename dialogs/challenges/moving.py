"""A challenge on to its next stage, or to its end: by its card, by its number, or where only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dialogs import dates
from dialogs.challenges.challenge_words import stage_name
from dialogs.challenges.challenging import (
    IDS,
    MOVING,
    NEXT,
    ONE,
    ONWARD,
    OPEN,
    STAGE,
    ask_outcome,
    bare,
    flow_for,
    lacks_impact,
    listed,
    open_one,
    open_words,
    show_list,
    shown,
    the_one,
)
from dialogs.challenges.half_logged import SINCE
from dialogs.challenges.onward import is_over, moves_on
from dialogs.choosing import said_number, said_stop, said_yes
from dialogs.guidance import escalating
from dialogs.meanwhile import meanwhile
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import explain, say
from services import challenges
from services.errors import ServiceError
from services.model import Challenge, ChallengeState
from services.spoken_days import day_meant, past_day
from services.understanding import Outcome

DEED, MOVE, END = "challenge-deed", "move", "end"
"""What a choice of several challenges is asked for."""
_SETTLED = re.compile(r"\b(?:outcome|settled?|resolved|sorted|agreed|withdrawn?)\b")


async def said_of_one(turn: Turn) -> Answer | None:
    """`next stage` or `outcome` about the challenge just shown; None when the words are about something else."""
    said = bare(turn.said.text)
    if said_stop(turn.said.text):
        return answer(Reply(say("kept-as-it-was")))
    challenge = await the_one(turn)
    if asked := await meanwhile(turn, open_words(turn, challenge)):
        return asked
    if ONWARD.search(said) or said.startswith("next") or escalating.stage_said(said) == challenge.stage + 1:
        return await onward(turn, challenge)
    if _SETTLED.search(said):
        return ask_outcome(challenge)
    if said.startswith("impact"):
        raise ServiceError("challenge-no-outcome")
    return None


def _has_next(turn: Turn, challenge: Challenge) -> bool:
    following = turn.rules.pack.partnership.escalation.stage(challenge.stage + 1)
    return challenge.state is ChallengeState.OPEN and following is not None


async def onward(turn: Turn, challenge: Challenge) -> Answer:
    """On to the next stage where the words name the day; else that is asked."""
    if day_meant(turn.said.text, turn.today, turn.rules.workdays) is None and _has_next(turn, challenge):
        return _ask_move(turn, challenge)
    return await _move_on(turn, challenge)


def _ask_move(turn: Turn, challenge: Challenge, problem: str = "", since: date | None = None) -> Answer:
    """From which day: the time limit of the next stage counts from it."""
    question = _move_question(turn, challenge, since)
    state = {EXPECT: MOVING, ONE: str(challenge.id), **({SINCE: since.isoformat()} if since else {})}
    return answer(Reply(f"{problem} {question}".strip()), **state)


def _move_question(turn: Turn, challenge: Challenge, since: date | None = None) -> str:
    number, name = challenge.stage + 1, stage_name(turn, challenge.stage + 1)
    key = "challenge-ask-move-since" if since else "challenge-ask-move"
    return say(key, ref=challenge.ref, number=number, name=name, day=dates.day(since or turn.today))


async def _move_on(turn: Turn, challenge: Challenge) -> Answer:
    onward = {"challenge": str(challenge.id), STAGE: str(challenge.stage)}
    return await move(turn.saying(turn.said.text, verb=NEXT, **onward))


async def said_move(turn: Turn) -> Answer | None:
    """Yes for today, or the day on which the stage ended; None for a command."""
    said = turn.said.text
    if said_stop(turn.said.text) or said_yes(said, "move") is False:
        return answer(Reply(say("kept-as-it-was")))
    challenge = await the_one(turn)
    if asked := await meanwhile(turn, _move_question(turn, challenge)):
        return asked
    day, doubt = past_day(said, turn.today, turn.rules.workdays)
    if said_yes(said, "move") or day:
        kept = turn.state.get(SINCE, "") if day is None else ""
        return await _move_on(turn.saying(kept or said), challenge)
    if doubt is not None:
        return _ask_move(turn, challenge, explain(doubt))
    if flow_for(said) or turn.guide.understand(said).outcome is Outcome.COMMAND:
        return None
    return _ask_move(turn, challenge, say("escalate-no-day"))


async def move(turn: Turn) -> Answer:
    """On to the next stage, today or on the day that the words or the card name. Pressing twice moves once."""
    picked = turn.field("on")
    day = day_meant(picked or turn.said.text, turn.today, turn.rules.workdays)
    if picked and day is None:
        raise ServiceError("challenge-day-wrong")
    challenge = await challenges.next_stage(
        turn.work,
        turn.known(),
        turn.number("challenge"),
        from_stage=turn.number("stage"),
        on=day,
        now=turn.now,
        rules=turn.rules,
    )
    stage = turn.rules.pack.partnership.escalation.stage(challenge.stage)
    if challenge.state is not ChallengeState.OPEN or stage is None:
        return shown(turn, challenge)
    name = stage_name(turn, challenge.stage)
    who = stage.who.value
    return shown(turn, challenge, say("challenge-moved", ref=challenge.ref, number=stage.number, name=name, who=who))


async def choose(turn: Turn) -> Answer | None:
    """A number after a list, or "which have no impact"; None when the words are about something else."""
    chosen = said_number(turn.said.text, turn.state.get(IDS, "").split())
    if chosen is None:
        return await show_list(turn) if lacks_impact(turn.said.text) else None
    deed = turn.state.get(DEED, "")
    if not deed:
        return await open_one(turn.saying(verb=OPEN, challenge=chosen))
    challenge = await challenges.find(turn.work, turn.known(), int(chosen))
    return _ask_move(turn, challenge) if deed == MOVE and _has_next(turn, challenge) else ask_outcome(challenge)


async def heard(turn: Turn) -> Answer | None:
    """`escalate to stage 3`, `we still disagree` or `it was resolved` of who has such a challenge open: read back,
    for nobody named it. None for anything else, and where none of theirs can be meant."""
    moves, over = moves_on(turn.said.text), is_over(turn.said.text)
    if not turn.personal or turn.person is None or not (moves or over):
        return None
    mine = await turn.work.challenges.unfinished_of(turn.person.id)
    meant = [one for one in mine if one.state is ChallengeState.OPEN and (over or _may_follow(turn, one))]
    if len(meant) > 1:
        return _which(turn, meant, END if over else MOVE)
    if not meant:
        return None
    if over:
        return ask_outcome(meant[0])
    day, doubt = past_day(turn.said.text, turn.today, turn.rules.workdays)
    return _ask_move(turn, meant[0], explain(doubt) if doubt is not None else "", day)


def _may_follow(turn: Turn, challenge: Challenge) -> bool:
    """True where the stage that was said is the one that follows, or none was said."""
    number = escalating.stage_said(turn.said.text)
    return _has_next(turn, challenge) and number in (None, challenge.stage + 1)


def _which(turn: Turn, meant: Sequence[Challenge], deed: str) -> Answer:
    asked = listed(turn, meant, say("challenge-which"))
    return Answer(asked.replies, {**asked.state, DEED: deed})
