"""How long a question of ours waits for its answer: a working day, and until we have asked something else.

A yes that comes weeks later, or after a place was offered, is meant for something else, and would do what nobody wants.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs import button_titles, leaving
from dialogs.button_titles import BUTTONS, FRESH
from dialogs.challenges import half_logged
from dialogs.challenges.half_logged import LEFT
from dialogs.choosing import said_stop, said_yes
from dialogs.courtesies import nods
from dialogs.talk import Reply
from dialogs.training import last_place
from dialogs.training.putting_by import EVALUATION, PUT_BY, Forms, as_state, half_answered, put_by, to_put_by
from dialogs.turn import ASKED_AT, EXPECT, LAST_PLACE, Answer, State, Turn
from dialogs.wording import say
from services.notices import asking

_BESIDE = frozenset({ASKED_AT, BUTTONS, PUT_BY, LEFT, LAST_PLACE})
"""What stands with a question and is no part of it. Titles of buttons and the last place have a time of their own."""


async def current(turn: Turn) -> Turn:
    """The turn, without what had been asked too long ago; a form half answered is put by."""
    if await _waits(turn):
        return turn
    forms, chosen = as_state(to_put_by(turn.state)), half_logged.as_state(half_logged.left(turn.state))
    return replace(turn, state={**button_titles.kept(turn), **last_place.as_state(turn.state), **forms, **chosen})


async def _waits(turn: Turn) -> bool:
    asked_at = _asked_at(turn.state)
    if asked_at is None or turn.now - asked_at > FRESH:
        return False
    if EXPECT not in turn.state or not _bare(turn):
        return True
    return not await _asked_since(turn, asked_at)


async def _asked_since(turn: Turn, moment: datetime) -> bool:
    """True where a notice has asked the person speaking for something since then that a yes may well answer."""
    if turn.person is None or not turn.personal:
        return False
    return await asking.asked_since(turn.work, turn.person, moment, now=turn.now, rules=turn.rules)


def _bare(turn: Turn) -> bool:
    """True for a yes or a no without a word for what it is about. A stop is about whatever is under way."""
    said = turn.said.text
    return turn.said.verb is None and not said_stop(said) and (nods(said) or said_yes(said) is not None)


def _asked_at(state: State) -> datetime | None:
    return datetime.fromisoformat(state[ASKED_AT]) if ASKED_AT in state else None


async def told(turn: Turn, stood: State, answered: Answer) -> Answer:
    """The answer as it is kept, dated; and, where what `stood` before has lapsed, what became of it."""
    state = _dated(turn, answered.state)
    forms = await _still_put_by(turn, answered.state)
    # words that leave a form have said so; a button does what it does and knows nothing of the form
    pressed_away = forms.keys() & half_answered(turn.state).keys() - put_by(answered.state).keys()
    left = [Reply(say("form-put-by"))] if pressed_away else []
    chosen = await half_logged.still_left(turn, answered.state)
    if chosen and chosen == half_logged.half_logged(turn.state) and LEFT not in answered.state:
        left.append(Reply(say("form-put-by-challenge")))
    elif chosen and _ended_something_else(turn, answered):
        left.append(Reply(say("challenge-left-still")))
    kept = Answer((*answered.replies, *left), {**state, **as_state(forms), **half_logged.as_state(chosen)})
    if EXPECT not in stood or EXPECT in turn.state:
        return kept
    if stood[EXPECT] != EVALUATION:
        kept = Answer(leaving.told(replace(turn, state=stood), answered).replies, kept.state)
    over = _asked_at(stood)
    between = [say("asked-before")] if over is not None and turn.now - over <= FRESH else []
    by = [say("form-put-by")] if forms.keys() & half_answered(stood).keys() else []
    return Answer((*kept.replies, *(Reply(one) for one in (*between, *by))), kept.state)


def _ended_something_else(turn: Turn, answered: Answer) -> bool:
    """True where "stop" ended what was asked: what was left before that stays, though nothing of this is kept."""
    return EXPECT in turn.state and EXPECT not in answered.state and said_stop(turn.said.text)


def _dated(turn: Turn, state: State) -> dict[str, str]:
    """Where the talk stands, and since when. What stands as it stood before stands since then."""
    left = {key: value for key, value in state.items() if key not in (PUT_BY, LEFT)}
    if not left.keys() - _BESIDE:
        return {key: value for key, value in left.items() if key != ASKED_AT}
    same = _question(state) == _question(turn.state)
    return left if same and ASKED_AT in left else {**left, ASKED_AT: turn.now.isoformat()}


def _question(state: State) -> dict[str, str]:
    return {key: value for key, value in state.items() if key not in _BESIDE}


async def _still_put_by(turn: Turn, state: State) -> Forms:
    """The forms that were put by, now or before, but for what is gone on with, and what is in. A button of something
    else puts by what was being answered; words that end it do not."""
    before = put_by(turn.state) if turn.said.verb is None else to_put_by(turn.state)
    now = put_by(state)
    forms = {number: given for number, given in before.items() if number not in now} | now
    if state.get(EXPECT) == EVALUATION:
        forms.pop(state.get(EVALUATION, ""), None)
    found = {number: await turn.work.evaluations.by_id(int(number)) for number in forms if number.isdecimal()}
    still = {number for number, form in found.items() if form is not None and form.answered_at is None}
    return {number: given for number, given in forms.items() if number in still}
