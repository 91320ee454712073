"""`escalate`: which stage, since when, and then the date by which it must be answered. Keeps nothing."""

from __future__ import annotations

import re
from datetime import date

from config.escalation import Stage
from config.pack import Pack
from dialogs import cards
from dialogs.choosing import said_number, said_stop
from dialogs.guidance import replies
from dialogs.guidance.clock import above, asking_which, clock_of, stage_title
from dialogs.meanwhile import is_command, meanwhile
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.unconfirmed import doubt_mark
from dialogs.wording import explain, say
from services.errors import ServiceError
from services.spoken_days import day_meant, past_day, says_roughly_when
from services.understanding import Outcome, Understanding, Understands

START, STAGE, DAY, LOG_ASK = "escalate", "escalate.stage", "escalate.day", "challenge.log-ask"
WHICH_STAGE, WHICH_DAY, AFTER = "escalate-stage", "escalate-day", "escalate-after"
NUMBER, SINCE = "stage", "since"
COUNTS = "clock-stage"
"""The stage that the answer just shown is about: a day that is named next is counted from."""

_STAGE = re.compile(r"\bstage\s+(\d|one|two|three|four|five)\b")
_NO = (
    r"(?:refus\w+|reject\w+|declin\w+|turned (?:it |us |me )?down|said no|ended|finished|failed|unsuccessful|over"
    r"|not agreed?|no agreement|without (?:an )?agreement|did(?: not|n't|nt) (?:work|agree|help|settle|resolve)"
    r"|disagree\w*|(?:not |un)(?:settled|resolved)|got nowhere|no luck)"
)
_A_STAGE = r"stage (?:\d|one|two|three|four|five)"
_ENDED = re.compile(
    rf"\b{_A_STAGE}(?: (?!stage )\w+){{0,9}}? {_NO}\b|\b{_NO}(?: (?!stage |we |i |now )\w+){{0,4}}? at {_A_STAGE}\b"
)
"""Stage 2 was refused, or the other side refused at stage 2: what comes now is stage 3. Without a comma: "stage 1, they
said no yesterday" names the stage and then what was decided."""
_BY_WHEN = re.compile(r"\bby when\b|\bhow (?:long|many days) (?:have|has|do) (?:i|we|they|you)\b")
_IF = re.compile(r"\b(?:if|unless|before|until|will|would|could|may|might|can)\b")
_HOLIDAY = r"(?:(?:last|the|that|august|may|easter|spring|summer) )*bank holiday(?: (?:weekend|monday|friday|tuesday))?"
_ON_HOLIDAY = re.compile(rf"\b(?:(?:on|over|at|during) )?{_HOLIDAY}\b", re.IGNORECASE)
_WRITTEN = ("one", "two", "three", "four", "five")
_NO_FURTHER_ACTION, _IMMEDIATE, _FINAL = "referral-no-further-action", "escalation-immediate-risk", "escalation-final"


def stage_said(text: str) -> int | None:
    """The stage that words are about: "stage 2", "stage two"; after "stage 2 was refused" it is the next."""
    found = _STAGE.search(text.casefold())
    if found is None:
        return None
    number = int(found[1]) if found[1].isdecimal() else _WRITTEN.index(found[1]) + 1
    return number + 1 if stage_ended(text) else number


def stage_ended(text: str) -> bool:
    """True where words tell that a stage ended without agreement, and do not ask what if."""
    said = " ".join(text.casefold().replace("’", "'").split())
    return _ENDED.search(said) is not None and _IF.search(said) is None


def with_clock(turn: Turn, topic: str, answered: Answer) -> Answer:
    """An answer on escalation, with the date above it when the question named a day."""
    if not tells_time(topic):
        return answered
    day, doubt = past_day(turn.said.text, turn.today, turn.rules.workdays)
    day = day or _kept_day(turn)
    number = stage_asked(turn.rules.pack, topic, turn.said.text)
    if doubt is not None or day is None:
        return _asking_for_the_day(turn, number, answered, explain(doubt) if doubt is not None else "")
    clock = clock_of(turn.rules.pack, turn.rules.workdays, number, day, turn.today, short=not turn.personal)
    if clock is None:
        return answered
    first, *others = answered.replies
    if not turn.personal:
        return Answer((above(first, clock), *others), answered.state)
    log = cards.button("Log this challenge", LOG_ASK, stage=number, since=day.isoformat())
    state = {**answered.state, NUMBER: str(number), SINCE: day.isoformat()}
    return Answer((above(first, clock, [log], say("clock-log-words") if turn.known_here else ""), *others), state)


def _asking_for_the_day(turn: Turn, number: int, answered: Answer, question: str) -> Answer:
    """The answer without a date: under the question which day is meant, where the words say when it happened, or ask
    by when. A day that is named next is counted from, here where the talk is kept."""
    said = turn.said.text.casefold()
    if not question and (says_roughly_when(said) or _BY_WHEN.search(said)):
        question = say("clock-which-day" if turn.personal else "clock-which-day-whole")
    first, *others = answered.replies
    state = {**answered.state, COUNTS: str(number)} if turn.personal else answered.state
    return Answer((asking_which(first, question) if question else first, *others), state)


def keep_day(turn: Turn, offered: Answer) -> Answer:
    """Several topics were offered: the day of the question is kept until one is chosen."""
    day, _ = past_day(turn.said.text, turn.today, turn.rules.workdays)
    return Answer(offered.replies, {**offered.state, SINCE: day.isoformat()}) if day and offered.state else offered


def keep_clock(turn: Turn, missed: Answer) -> Answer:
    """A question was not answered: the day may still be put right in other words ("sorry, the 3rd")."""
    clock = {key: turn.state[key] for key in (NUMBER, SINCE, COUNTS) if key in turn.state}
    return missed if SINCE in missed.state else Answer(missed.replies, {**clock, **missed.state})


def about_escalation(guide: Understands, text: str, understood: Understanding) -> Understanding:
    """What the words mean: where they name a bank holiday, what they mean without it if that is a topic with a clock.
    "They refused us on the bank holiday, by when" is no question about holidays."""
    without = _without_holiday(text)
    if without == text or understood.outcome not in (Outcome.ANSWER, Outcome.UNSURE, Outcome.OUT_OF_SCOPE):
        return understood
    meant = guide.understand(without)
    timed = meant.outcome is Outcome.ANSWER and meant.topic is not None and tells_time(meant.topic)
    return meant if timed else understood


def _without_holiday(text: str) -> str:
    """The words without "on the bank holiday monday", from which no day can be told."""
    return " ".join(_ON_HOLIDAY.sub(" ", text).split()) if _ON_HOLIDAY.search(text) else text


def _kept_day(turn: Turn) -> date | None:
    offered = turn.state.get(EXPECT) == replies.TOPICS and NUMBER not in turn.state
    return day_meant(turn.state.get(SINCE, ""), turn.today, turn.rules.workdays) if offered else None


async def chosen_topic(turn: Turn) -> Answer | None:
    """A number after several topics were offered, with the date if the question named a day."""
    answered = await replies.chosen_topic(turn)
    return with_clock(turn, answered.state[TOPIC], answered) if answered else None


async def show_topic(turn: Turn) -> Answer:
    """A pressed topic, with the date if the question before it named a day."""
    answered = await replies.show_topic(turn)
    return with_clock(turn, answered.state[TOPIC], answered)


def tells_time(topic: str) -> bool:
    """True for the topics whose answer has a clock. In immediate danger there is none: nobody waits for a stage."""
    return topic == _NO_FURTHER_ACTION or (topic.startswith("escalation-") and topic != _IMMEDIATE)


def stage_asked(pack: Pack, topic: str, text: str) -> int:
    """The stage that a question is about: the one it names, the last one for that topic, else the first."""
    last = pack.partnership.escalation.stages[-1].number
    return last if topic.startswith(_FINAL) else min(stage_said(text) or 1, last)


def _stages(turn: Turn) -> tuple[Stage, ...]:
    return turn.rules.pack.partnership.escalation.stages


async def start(turn: Turn) -> Answer:
    """`escalate`: straight to the date when stage or day were said, else one question at a time."""
    if not turn.personal:
        return await replies.escalation(turn)
    number = stage_said(turn.said.text)
    if number and number - 1 == _stages(turn)[-1].number and stage_ended(turn.said.text):
        return await _after_the_last(turn)
    day, doubt = past_day(turn.said.text, turn.today, turn.rules.workdays)
    if doubt is not None:
        return ask_day(turn, number or 1, explain(doubt))
    if day is not None:
        return timetable(turn, number or 1, day)
    return ask_day(turn, number) if number else _ask_stage(turn)


async def _after_the_last(turn: Turn) -> Answer:
    """No stage follows the last one; its article says who may still be asked."""
    last = _stages(turn)[-1]
    shown = await replies.show_article(turn, last.topic)
    said = say("escalate-after-last", number=last.number)
    return Answer((asking_which(shown.replies[0], said), *shown.replies[1:]), shown.state)


def _ask_stage(turn: Turn, problem: str = "") -> Answer:
    danger = turn.rules.pack.partnership.escalation.immediate_risk.text
    lines = [f"{stage.name}: {stage.who.value}" for stage in _stages(turn)]
    numbered = [f"{stage.number}. {line}" for stage, line in zip(_stages(turn), lines, strict=True)]
    ask = say("escalate-which-stage")
    lead = [problem] if problem else []
    plain = "\n".join(
        [danger, "", *lead, say("escalate-title"), ask, *numbered, say(f"escalate-stage-words{_whose(turn)}")]
    )
    body = [
        cards.panel([cards.words(danger)], style="attention"),
        cards.title(say("escalate-title")),
        *(cards.words(line, tone="warning") for line in lead),
        cards.words(ask),
        cards.points(f"Stage {line.replace('. ', ', ', 1)}" for line in numbered),
        cards.words(f"{say('to-be-confirmed')}: how many stages there are, and who acts in each.", quiet=True),
    ]
    # Six buttons are the most a card may have, whatever the number of stages.
    shown = _stages(turn)[: cards.MOST_ACTIONS - 2]
    buttons = [cards.button(f"Stage {stage.number}", STAGE, stage=stage.number) for stage in shown]
    buttons += [cards.button("Log a challenge", LOG_ASK), cards.button("My challenges", "challenges")]
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **{EXPECT: WHICH_STAGE})


async def pick_stage(turn: Turn) -> Answer:
    """A pressed stage."""
    return ask_day(turn, turn.number("stage"))


async def said_stage(turn: Turn) -> Answer | None:
    """A typed stage; None when the words are about something else."""
    if said_stop(turn.said.text):
        return answer(Reply(say("escalate-stopped")))
    if asked := await meanwhile(turn, say("escalate-which-stage")):
        return asked
    offered = [str(stage.number) for stage in _stages(turn)]
    chosen = said_number(turn.said.text, offered) or stage_said(turn.said.text)
    day, doubt = past_day(turn.said.text, turn.today, turn.rules.workdays)
    if doubt is not None:
        return ask_day(turn, int(chosen or 1), explain(doubt))
    if chosen is None:
        return timetable(turn, 1, day) if day else None
    return timetable(turn, int(chosen), day) if day else ask_day(turn, int(chosen))


def _whose(turn: Turn) -> str:
    """Strangers have no challenges to log or to see."""
    return "" if turn.known_here else "-stranger"


def ask_day(turn: Turn, number: int, problem: str = "") -> Answer:
    """From which day this stage counts."""
    stage = turn.rules.pack.partnership.escalation.stage(number)
    if stage is None:
        return _ask_stage(turn, say("escalate-no-stage"))
    danger = turn.rules.pack.partnership.escalation.immediate_risk.text
    ask = _when(number)
    lead = [problem] if problem else []
    plain = "\n".join([danger, "", *lead, f"{stage_title(stage)}. {ask}", say("escalate-day-words")])
    body = [
        cards.panel([cards.words(danger)], style="attention"),
        cards.title(ask),
        *(cards.words(line, tone="warning") for line in lead),
        cards.words(stage_title(stage), quiet=True),
    ]
    other = cards.reveal(
        "Another date",
        [cards.required(cards.date_input("day", "The date"), say("field-day-needed"))],
        [cards.button("Count from this date", DAY, stage=number)],
    )
    buttons = [
        cards.button("Today", DAY, stage=number, since="today"),
        cards.button("Yesterday", DAY, stage=number, since="yesterday"),
        other,
    ]
    state = {EXPECT: WHICH_DAY, NUMBER: str(number)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


def _when(number: int) -> str:
    return say("escalate-when-first") if number == 1 else say("escalate-when-later", previous=number - 1)


async def pick_day(turn: Turn) -> Answer:
    """A pressed day, or the date of the card's field."""
    number = turn.number("stage")
    day, doubt = past_day(turn.field("day") or turn.field("since"), turn.today, turn.rules.workdays)
    return ask_day(turn, number, _which(doubt)) if day is None else timetable(turn, number, day)


async def said_day(turn: Turn) -> Answer | None:
    """A typed day; None when the words are about something else."""
    if said_stop(turn.said.text):
        return answer(Reply(say("escalate-stopped")))
    number = turn.state.get(NUMBER, "1")
    if asked := await meanwhile(turn, _when(int(number))):
        return asked
    day, doubt = past_day(turn.said.text, turn.today, turn.rules.workdays)
    if day is not None:
        return timetable(turn, int(number), day)
    # A date that cannot be, or is still to come, is an answer to the question; anything else is another matter.
    tried = (
        doubt is not None
        or any(character.isdecimal() for character in turn.said.text)
        or len(turn.said.text.split()) <= 2
        or says_roughly_when(turn.said.text)
    )
    if doubt is None and is_command(turn):
        return None
    return ask_day(turn, int(number), _which(doubt)) if tried else None


def _which(doubt: ServiceError | None) -> str:
    """What is asked again when no day was found, or one of two."""
    return explain(doubt) if doubt is not None else say("escalate-no-day")


def timetable(turn: Turn, number: int, day: date) -> Answer:
    """This stage counted from a day, with what can be done next. Raises `ServiceError` for a stage that is none."""
    rules = turn.rules
    clock = clock_of(rules.pack, rules.workdays, number, day, turn.today)
    if clock is None:
        raise ServiceError("stale-card")
    record = rules.pack.partnership.escalation.record
    what = "; ".join(line[:1].lower() + line[1:] for line in record.value)
    note = say("clock-record", what=what, doubt=doubt_mark(record.confirmed))
    plain = "\n".join([clock.text, "", note, say("no-case-details"), say(f"escalate-after-words{_whose(turn)}")])
    body = [*clock.elements, cards.words(note, quiet=True), cards.words(say("no-case-details"), quiet=True)]
    stage = rules.pack.partnership.escalation.stage(number)
    topic = stage.topic if stage else "escalation-stages"
    buttons = [
        cards.button("Log this challenge", LOG_ASK, style="positive", stage=number, since=day.isoformat()),
        cards.button("Show the procedure", "topic.show", topic=topic),
        cards.button("Another date", STAGE, stage=number),
    ]
    state = {EXPECT: AFTER, NUMBER: str(number), SINCE: day.isoformat()}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)
