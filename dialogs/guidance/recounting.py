"""The day after an answer on escalation: the one asked for, or one put right ("sorry, it was last Thursday")."""

from __future__ import annotations

import re

from dialogs import dates
from dialogs.corrections import corrected
from dialogs.guidance import replies
from dialogs.guidance.escalating import AFTER, COUNTS, NUMBER, SINCE, ask_day, timetable
from dialogs.talk import Reply
from dialogs.turn import ASKED, EXPECT, TOPIC, Answer, Turn, answer, put_again
from dialogs.wording import explain, say
from services.spoken_days import is_only_a_day, past_day, says_roughly_when

_IF = re.compile(r"(?:(?:and|so|but|then|ok|okay|what) )*if ")
_FILLERS = re.compile(r"\b(?:so|i think|i guess|maybe|probably)\b")
_ASKED = (None, AFTER, replies.TOPICS)
"""What may be asked when the day is put right: nothing, what now, or which topic is meant."""


async def heard(turn: Turn) -> Answer | None:
    """The clock once more, from the day that is named now; None where the answer had no clock, or no day is named."""
    if not turn.personal or not turn.state.keys() & {SINCE, COUNTS} or turn.state.get(EXPECT) not in _ASKED:
        return None
    said = _FILLERS.sub(" ", _IF.sub("", " ".join(turn.said.text.casefold().split()), count=1))
    meant = corrected(said)
    day, doubt = past_day(said, turn.today, turn.rules.workdays)
    number = int(turn.state.get(NUMBER) or turn.state.get(COUNTS, "1"))
    if doubt is not None and meant is not None:
        return ask_day(turn, number, explain(doubt))
    if not is_only_a_day(meant or said):
        return None
    if day is None:
        return ask_day(turn, number, say("escalate-no-day")) if says_roughly_when(said) else None
    if turn.state.get(EXPECT) == replies.TOPICS and NUMBER not in turn.state:
        kept = {**put_again(turn.state), SINCE: day.isoformat()}
        return answer(Reply(say("clock-day-kept", day=dates.day(day))), **kept)
    counted = timetable(turn, number, day)
    about = {key: turn.state[key] for key in (TOPIC, ASKED) if key in turn.state}
    return Answer(counted.replies, {**about, **counted.state})
