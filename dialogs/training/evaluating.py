"""The short forms after a course and six weeks on: as a card, or one question at a time in words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from config.training import AnswerKind, Form, Question
from dialogs import cards, dates
from dialogs.choosing import folded, goes_on, said_mark, said_option, said_stop, said_words_of
from dialogs.meanwhile import meanwhile
from dialogs.talk import Reply
from dialogs.training.certificates import certificate_rule, what_follows
from dialogs.training.putting_by import ANSWERS, EVALUATION, PUT_BY, to_put_by
from dialogs.training.sessions import course_title
from dialogs.turn import EXPECT, Answer, Turn, answer, put_again
from dialogs.wording import explain, say
from services import evaluations
from services.errors import NotFound, ServiceError
from services.model import Evaluation, EvaluationKind
from services.understanding import Command, Outcome

OPEN, SEND, SNOOZE = "evaluation.open", "evaluation.send", "evaluation.snooze"
_LATER = frozenset({"later", "not now"})
WAIT = frozenset({"remind me", "remind me later", "remind me in a week", "snooze", "next week"})
LONGEST_COMMAND = 3
"""Words."""
NO_ANSWERS = frozenset(
    {Command.HELP, Command.COURSES, Command.MY_BOOKINGS, Command.MY_ACTIONS, Command.WAITING_LIST, Command.EVALUATE}
)
"""Unlike "escalation" or "thresholds", which may well be what somebody has used of a course."""
_KIND_NAMED = re.compile(
    r"\b(?:(?P<kind>course|impact) (?:evaluations?|forms?|feedback|questions|questionnaire|survey)|(?P<alone>impact))\b"
)
_OOPS = r"(?:(?:oops|whoops|no|wait|sorry|oh|actually|please|can i|let me|i want to),? )*"
_BACK = re.compile(
    rf"{_OOPS}(?:go back|back|previous(?: question)?|the last question|undo(?: that)?"
    r"|change (?:my|the) (?:last |previous )?answer)(?: one| a question| please)*"
)
_MEANT = re.compile(
    r"(?:(?:oops|whoops|no|wait|sorry|oh|actually),? )+i (?:meant|mean)(?: to (?:say|put|type))? (?P<what>.+)",
    re.IGNORECASE,
)
"""Corrects the answer before, and is none to the question that is asked."""
_CHANGES = re.compile(
    r"(?:(?:please|can i|could i|i want to|i need to|i'd like to|how do i) )*"
    r"(?:change|correct|edit|redo|fix|update|amend|withdraw|take back) (?:my|the) (?:last |impact |course )?"
    r"(?:comments?|answers?|evaluations?|feedback|form|scores?)(?: (?:again|please|i gave|i sent))*"
)
"""Of a form that is in. While one is being answered, its last answer is meant."""
SKIP = frozenset({"skip", "-", "pass", "none"})


def _questions(turn: Turn, evaluation: Evaluation) -> tuple[Question, ...]:
    return turn.rules.pack.partnership.evaluation.form(Form(evaluation.kind.value))


def _put_by(turn: Turn, evaluation: Evaluation, questions: Sequence[Question]) -> dict[str, str]:
    """The answers to this form that were put by, if it still asks the same in that order."""
    given = to_put_by(turn.state).get(str(evaluation.id), {})
    asked = [question.id for question in questions[:-1]]
    return given if list(given) == asked[: len(given)] else {}


def _field(question: Question, given: str = "") -> cards.Element:
    label = question.text if question.required else f"{question.text} (if you like)"
    label += f" {say('evaluation-scale', top=question.top)}" if question.kind is AnswerKind.SCALE else ""
    match question.kind:
        case AnswerKind.SCALE:
            marks = [str(mark) for mark in range(1, question.top + 1)]
            return cards.choice_input(question.id, label, [(mark, mark) for mark in marks], value=given)
        case AnswerKind.CHOICE:
            return cards.choice_input(question.id, label, [(one, one) for one in question.choices], value=given)
        case AnswerKind.TEXT:
            return cards.text_input(
                question.id, label, placeholder="No names or details, please", lines=True, value=given
            )


async def _about(turn: Turn, evaluation: Evaluation) -> tuple[str, str, str]:
    """The course, the day it was held, and who attended."""
    booking = await turn.work.bookings.by_id(evaluation.booking_id)
    session = await turn.work.sessions.by_id(booking.session_id) if booking else None
    delegate = await turn.work.people.by_id(booking.person_id) if booking else None
    if session is None or delegate is None:
        raise ServiceError("evaluation-unknown")
    zone = turn.rules.pack.partnership.calendar.zone
    held = dates.day(session.starts_at.astimezone(zone).date())
    return course_title(turn, session.course_id), held, delegate.name


_NAMES = {
    EvaluationKind.COURSE: "course evaluation",
    EvaluationKind.IMPACT: "impact evaluation",
    EvaluationKind.MANAGER: "comment as line manager",
}


def form_name(kind: EvaluationKind) -> str:
    """What people call the form."""
    return _NAMES[kind]


async def open_first(turn: Turn) -> Answer:
    """`evaluate`: the form that is named ("the impact form"), the last one left half answered, or the oldest."""
    waiting = await evaluations.open_evaluations(turn.work, turn.known(), now=turn.now, rules=turn.rules)
    if not waiting:
        return answer(Reply(say("no-evaluations")))
    named = _KIND_NAMED.search(folded(turn.said.text))
    meant = [one for one in waiting if named and one.kind.value in (named["kind"], named["alone"])] or waiting
    left = [one for number in reversed(to_put_by(turn.state)) for one in meant if str(one.id) == number]
    return await _show(turn, [*left, *meant][0])


async def gone_on_with(turn: Turn) -> Answer | None:
    """`carry on`, where a form was put by and nothing else is asked; None for anything else."""
    waits = turn.personal and turn.person is not None and PUT_BY in turn.state and EXPECT not in turn.state
    return await open_first(turn) if waits and goes_on(turn.said.text) else None


async def changed(turn: Turn) -> Answer | None:
    """`change my comment`: the form that was sent last stands. None where none was sent, and for anything else."""
    if not turn.personal or turn.person is None or not _CHANGES.fullmatch(folded(turn.said.text)):
        return None
    sent = await turn.work.evaluations.last_answered_of(turn.person.id)
    if sent is None:
        return None
    course, held, _ = await _about(turn, sent)
    return answer(Reply(say("evaluation-stands", form=form_name(sent.kind), course=course, day=held)))


async def open_one(turn: Turn) -> Answer:
    """The form whose button was pressed."""
    evaluation = await evaluations.find_own(turn.work, turn.known(), turn.number("evaluation"))
    if evaluation.answered_at is not None:
        return answer(Reply(say("evaluation-thanks")))
    return await _show(turn, evaluation)


async def _show(turn: Turn, evaluation: Evaluation) -> Answer:
    course, held, delegate = await _about(turn, evaluation)
    comment = evaluation.kind is EvaluationKind.MANAGER
    questions = _questions(turn, evaluation)
    given = _put_by(turn, evaluation, questions)
    title = f"Your {form_name(evaluation.kind)}: {course}"
    lead = say("comment-why", who=delegate, day=held) if comment else say("evaluation-attended", day=held)
    follows = [] if comment else [say("evaluation-words-certificate", rule=certificate_rule(turn.rules))]
    again = [say("evaluation-goes-on")] if given else []
    plain = "\n".join([f"{title}.", lead, *follows, say("evaluation-words"), *again, _ask(questions, len(given))])
    body = [
        cards.title(title),
        cards.words(lead),
        *(cards.words(line, quiet=True) for line in follows),
        cards.panel([cards.words(say("no-case-details"))], style="warning"),
        *(_field(question, given.get(question.id, "")) for question in questions),
    ]
    buttons = [
        cards.button("Send", SEND, style="positive", evaluation=evaluation.id),
        cards.button("Remind me in a week", SNOOZE, evaluation=evaluation.id),
    ]
    state = {EXPECT: EVALUATION, EVALUATION: str(evaluation.id), ANSWERS: json.dumps(given)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


def _ask(questions: Sequence[Question], index: int) -> str:
    question = questions[index]
    text = say("evaluation-next", number=index + 1, total=len(questions), question=question.text)
    skip = [] if question.required else [say("evaluation-skip")]
    if question.kind is AnswerKind.SCALE:
        return " ".join([text, say("evaluation-scale", top=question.top), *skip])
    numbered = [f"{number}. {choice}" for number, choice in enumerate(question.choices, 1)]
    return "\n".join([" ".join([text, *skip]), *numbered])


def _acceptable(question: Question, said: str) -> str | None:
    """The answer as it is kept, or None when it does not fit the question."""
    if question.kind is AnswerKind.SCALE:
        return said_mark(said, question.top)
    if question.kind is AnswerKind.CHOICE:
        return said_option(said, question.choices) or said_words_of(said, question.choices)
    return said or None


def _is_command(turn: Turn, question: Question, kept: str | None) -> bool:
    """True for a command: any in place of what does not fit the question, and among what may be written freely the
    few that nobody would write as an answer."""
    if kept is not None and question.kind is not AnswerKind.TEXT:
        return False
    understood = turn.guide.understand(turn.said.text)
    if kept is None:
        return understood.outcome is Outcome.COMMAND
    few = len(turn.said.text.split()) <= LONGEST_COMMAND
    return few and understood.outcome is Outcome.COMMAND and understood.command in NO_ANSWERS


async def gives_mark(turn: Turn) -> bool:
    """True for a bare mark where one was asked for: "8 now" is no call for help there."""
    number = turn.state.get(EVALUATION, "")
    evaluation = await turn.work.evaluations.by_id(int(number)) if number.isdecimal() else None
    if evaluation is None:
        return False
    asked = _questions(turn, evaluation)[len(json.loads(turn.state.get(ANSWERS, "{}"))) :][:1]
    return any(one.kind is AnswerKind.SCALE and said_mark(turn.said.text, one.top) is not None for one in asked)


async def next_answer(turn: Turn) -> Answer | None:
    """One typed answer; the next question, or the end. Nothing is stored until the last one."""
    said = turn.said.text.strip()
    number = turn.state.get(EVALUATION, "")
    if said_stop(said) or folded(said) in _LATER:
        return answer(Reply(say("evaluation-stopped")))
    if folded(said) in WAIT:
        return await snooze(turn.saying(verb=SNOOZE, evaluation=number))
    try:
        evaluation = await evaluations.find_own(turn.work, turn.known(), int(number) if number.isdecimal() else 0)
    except NotFound as gone:
        # or every word from now on would be taken for an answer to a form that is not there
        return answer(Reply(explain(gone)))
    if evaluation.answered_at is not None:
        return answer(Reply(say("evaluation-answered")))
    questions = _questions(turn, evaluation)
    given: dict[str, str] = json.loads(turn.state.get(ANSWERS, "{}"))
    question = questions[len(given)]
    skipped = said.casefold().rstrip(".! ") in SKIP and not question.required
    kept = "" if skipped else _acceptable(question, said)
    asked = _put_right(turn, questions, given)
    asked = asked or await meanwhile(turn, _ask(questions, len(given)), fits=kept is not None, lessons=True)
    if asked is not None or _is_command(turn, question, kept):
        return asked
    if kept is None:
        return answer(Reply(f"{say('answer-misfit')} {_ask(questions, len(given))}"), **put_again(turn.state))
    given[question.id] = kept
    if len(given) < len(questions):
        return answer(Reply(_ask(questions, len(given))), **{**turn.state, ANSWERS: json.dumps(given)})
    return await send(turn.saying(verb=SEND, evaluation=number, **given))


def _put_right(turn: Turn, questions: Sequence[Question], given: dict[str, str]) -> Answer | None:
    """`go back`, and `oops, i meant the other form`: the answer before is asked for once more, or changed. None for
    anything else, and where nothing was answered yet."""
    said = turn.said.text.strip()
    meant = _MEANT.fullmatch(said)
    if not given or (meant is None and _BACK.fullmatch(folded(said)) is None):
        return None
    before = questions[len(given) - 1]
    kept = _acceptable(before, meant["what"]) if meant else None
    if kept is None:
        now, lead = {key: value for key, value in given.items() if key != before.id}, say("evaluation-back")
    else:
        now, lead = {**given, before.id: kept}, say("evaluation-changed", number=len(given))
    state = {**put_again(turn.state), ANSWERS: json.dumps(now)}
    return answer(Reply(f"{lead} {_ask(questions, len(now))}"), **state)


async def send(turn: Turn) -> Answer:
    """Keep the answers of the form. Sending twice keeps the first ones."""
    person = turn.known()
    evaluation = await evaluations.find_own(turn.work, person, turn.number("evaluation"))
    questions = _questions(turn, evaluation)
    given = {question.id: turn.field(question.id) for question in questions}
    if evaluation.answered_at is None:
        _require_scores(evaluation, questions, given)
        _require_nobody_named(turn, questions, given)
    await evaluations.answer(turn.work, person, evaluation.id, given, now=turn.now, rules=turn.rules)
    course, _, _ = await _about(turn, evaluation)
    follows = await what_follows(turn, evaluation)
    plain = "\n".join([say("evaluation-thanks"), *follows])
    body = [
        cards.title(f"Your {form_name(evaluation.kind)} is in"),
        cards.words(course),
        cards.words(say("evaluation-thanks")),
        *(cards.words(line) for line in follows),
    ]
    return answer(Reply(plain, cards.card(body, fallback=plain)))


def _require_scores(evaluation: Evaluation, questions: Sequence[Question], given: Mapping[str, str]) -> None:
    """Raises `ServiceError` for a course evaluation without all of its scores: what is sent is final. Of the long form
    six weeks on, part is better than nothing."""
    scores = [one for one in questions if one.required and one.kind is AnswerKind.SCALE]
    missing = [one.text for one in scores if not given[one.id]]
    if evaluation.kind is EvaluationKind.COURSE and missing:
        raise ServiceError("evaluation-incomplete", questions=" ".join(missing))


def _require_nobody_named(turn: Turn, questions: Sequence[Question], given: Mapping[str, str]) -> None:
    """Raises `ServiceError` for an answer that could identify somebody, with the question: a form has many."""
    for question in questions:
        if turn.rules.screen(given[question.id]):
            raise ServiceError("answer-identifies-in", question=question.text)


async def snooze(turn: Turn) -> Answer:
    """Left in peace for a week. Pressing again changes nothing."""
    until = await evaluations.snooze(turn.work, turn.known(), turn.number("evaluation"), now=turn.now, rules=turn.rules)
    plain = say("evaluation-snoozed-until", day=dates.day(until))
    return answer(Reply(plain, cards.card([cards.words(plain)], fallback=plain)))
