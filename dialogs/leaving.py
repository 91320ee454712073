"""What became of what was answered so far when somebody leaves a form for something else.

An evaluation is put by, and so is what was chosen of a challenge; the impact of one is let go. They are told so.
"""

from __future__ import annotations

from dialogs.challenges import challenge_impact, challenging, half_logged
from dialogs.choosing import goes_on
from dialogs.talk import Reply
from dialogs.training import putting_by
from dialogs.turn import EXPECT, Answer, State, Turn, answer
from dialogs.wording import say


def _given(state: State) -> tuple[str, ...]:
    """What was answered by the person, in a form of several questions; empty where nothing was."""
    if state.get(EXPECT) == putting_by.EVALUATION:
        answers = state.get(putting_by.ANSWERS, "{}")
        return () if answers == "{}" else (state.get(putting_by.EVALUATION, ""), answers)
    if chosen := half_logged.half_logged(state):
        return tuple(chosen.get(name, "") for name in half_logged.ASKED)
    if state.get(EXPECT) == challenging.DIFFERENCE and challenge_impact.DRAFT in state:
        return (state.get(challenging.ONE, ""), state[challenge_impact.DRAFT])
    return ()


def told(turn: Turn, answered: Answer) -> Answer:
    """The answer to something else, and one sentence on the form if that ended it."""
    given = _given(turn.state)
    if not given or _given(answered.state) == given:
        return answered
    if putting_by.half_answered(turn.state):
        kept = putting_by.as_state(putting_by.to_put_by(turn.state))
        return Answer((*answered.replies, Reply(say("form-put-by"))), {**answered.state, **kept})
    chosen = half_logged.half_logged(turn.state)
    if chosen and answered.state.get(EXPECT) != half_logged.LOGGING:
        by = Reply(say("form-put-by-challenge"))
        return Answer((*answered.replies, by), {**answered.state, **half_logged.as_state(chosen)})
    anew = answered.state.get(EXPECT) == turn.state.get(EXPECT)
    again = [] if anew else [say("form-left-impact")]
    return Answer((*answered.replies, Reply(" ".join([say("form-left"), *again]))), answered.state)


def both_left(turn: Turn) -> Answer | None:
    """`carry on` where an evaluation and a challenge were left: which of them; None for anything else."""
    left = putting_by.PUT_BY in turn.state and half_logged.LEFT in turn.state and EXPECT not in turn.state
    if not left or not turn.personal or not goes_on(turn.said.text):
        return None
    return answer(Reply(say("left-both"), suggestions=("evaluate", "log a challenge")))


def told_of_card(turn: Turn, answered: Answer) -> Answer:
    """The same where what was filled into a card was answered with something else, and the card is gone with it."""
    left = told(turn, answered)
    kept = putting_by.PUT_BY in left.state or half_logged.LEFT in left.state
    if left is not answered and not kept:
        return left
    return Answer((*left.replies, Reply(say("form-left-card"))), left.state)
