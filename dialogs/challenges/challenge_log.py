"""Logging a challenge: one card with everything, or one question at a time in words. Nothing is logged before
the end; what was chosen by then is kept with the conversation (`half_logged`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from config.ladders import LadderKind
from dialogs import cards, dates
from dialogs.challenges import half_logged
from dialogs.challenges.agencies import agencies_meant, agency_name, is_agency
from dialogs.challenges.challenge_words import doubt, in_full, panel, stage_name
from dialogs.challenges.half_logged import ASKED, FOLLOWS, FORM, LOGGING, NOTE, OTHER, OWN, SINCE, STAGE, SUBJECT
from dialogs.challenges.log_answers import before, choices, mended, missing_of, value_of, without
from dialogs.choosing import goes_on, said_number, said_stop, said_yes
from dialogs.corrections import goes_back, meant
from dialogs.guidance.escalating import LOG_ASK, stage_said
from dialogs.meanwhile import asks, is_command, meanwhile
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import explain, say
from services import challenges
from services.challenges import Draft
from services.errors import ServiceError
from services.model import Challenge, challenge_ref
from services.spoken_days import day_meant, past_day

LOG, OPEN = "challenge.log", "challenge.open"
LOGGED = "challenge-logged"
"""The one that was just logged: how it ended may be told without its number, and is asked for by nobody yet."""
OFFERED = "offered"

__all__ = ["LOG", "LOGGING", "LOG_ASK", "ask_log", "log", "next_answer"]


async def ask_log(turn: Turn) -> Answer:
    """The form, with what is known already: the person's agency, stage and day after the timetable, and what was chosen
    before it was left.

    Raises `ServiceError` where others read along: a channel keeps no form, and the log names agencies.
    """
    if not turn.personal:
        raise ServiceError("own-chat-only")
    person = turn.known()
    pack = turn.rules.pack
    known = {FORM: turn.now.isoformat()}
    if person.agency_id and pack.agency(person.agency_id):
        known[OWN] = person.agency_id
    known |= await _taken_over(turn)
    stage = turn.field(STAGE) or turn.state.get(STAGE, "") or str(stage_said(turn.said.text) or "")
    if stage.isdecimal() and pack.partnership.escalation.stage(int(stage)):
        known[STAGE] = stage
    named = turn.field(SINCE) or turn.state.get(SINCE, "") or turn.said.text
    day, doubt = past_day(named, turn.today, turn.rules.workdays)
    if day is not None:
        known[SINCE] = day.isoformat()
    before = half_logged.to_go_on_with(turn, known)
    left = say("challenge-goes-on", chosen=half_logged.as_read(turn, before)) if before else _anew(turn)
    known |= before
    follows = say("challenge-follows", ref=challenge_ref(int(known[FOLLOWS]))) if FOLLOWS in known else ""
    return _form(turn, known, explain(doubt) if doubt is not None else "", [left, follows])


async def _taken_over(turn: Turn) -> dict[str, str]:
    """What a challenge that is said to follow another takes over from it: between whom, and what about."""
    if not turn.field(FOLLOWS):
        return {}
    before = await challenges.find(turn.work, turn.known(), turn.number(FOLLOWS))
    same = {OWN: before.agency_id, OTHER: before.other_agency_id, SUBJECT: before.subject}
    return {FOLLOWS: str(before.id), **half_logged.standing(turn.rules.pack, same)}


def _anew(turn: Turn) -> str:
    """That the one left before is let go for this one; nothing where none was, or where leaving it says so."""
    leaves_it = turn.said.verb is None and turn.state.get(EXPECT) == LOGGING
    return say("challenge-anew") if half_logged.left(turn.state) and not leaves_it else ""


async def gone_on_with(turn: Turn) -> Answer | None:
    """`carry on`, where a challenge was left half logged and nothing else is asked, and `carry on with my challenge`
    whatever is; None for anything else."""
    waits = turn.personal and turn.person is not None and half_logged.LEFT in turn.state
    meant = half_logged.is_named(turn.said.text) or (EXPECT not in turn.state and goes_on(turn.said.text))
    return await ask_log(turn) if waits and meant else None


def _form(turn: Turn, known: Mapping[str, str], problem: str = "", beside: Sequence[str] = ()) -> Answer:
    danger = turn.rules.pack.partnership.escalation.immediate_risk.text
    lead = [problem] if problem else []
    intro = [say("challenge-log-why"), say("no-case-details")]
    question, state = _next_question(turn, known)
    again = [one for one in beside if one]
    words = [say("challenge-log-words"), *again, question]
    plain = "\n".join([danger, "", *lead, say("challenge-log-title"), *intro, *words])
    body = [
        cards.panel([cards.words(danger)], style="attention"),
        cards.title(say("challenge-log-title")),
        *(cards.words(one, tone="warning") for one in lead),
        cards.words(intro[0]),
        cards.panel([cards.words(intro[1])], style="warning"),
        *(cards.words(one) for one in again),
        *_fields(turn, known),
    ]
    sent = {name: known[name] for name in (FORM, FOLLOWS) if name in known}
    buttons = [cards.button("Log it", LOG, style="positive", **sent)]
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


def _fields(turn: Turn, known: Mapping[str, str]) -> list[cards.Element]:
    pack = turn.rules.pack
    agencies = [(agency.name, agency.id) for agency in pack.agencies]
    escalation = pack.partnership.escalation
    stages = [(f"{stage.number}. {stage.name}", str(stage.number)) for stage in escalation.stages]
    subjects = [(subject, subject) for subject in escalation.subjects.value]
    hint = "No names or details, please"
    day = "Day of the disagreement (from stage 2: when the previous stage ended)"
    needed = partial(cards.required, error=say("field-choice-needed"))
    fields = [
        needed(cards.choice_input(OWN, "Your own agency", agencies)),
        needed(cards.choice_input(OTHER, "The agency whose decision you challenge", agencies)),
        needed(cards.choice_input(STAGE, "Stage", stages)),
        cards.required(cards.date_input(SINCE, day), say("field-day-needed")),
        needed(cards.choice_input(SUBJECT, "What it is about", subjects)),
        cards.text_input(NOTE, "In a few words, if you like", placeholder=hint, lines=True, most=500),
    ]
    return [{**one, "value": known[str(one["id"])]} if str(one["id"]) in known else one for one in fields]


def _next_question(turn: Turn, known: Mapping[str, str], problem: str = "") -> tuple[str, dict[str, str]]:
    """The first thing that is not known yet, as a question, or all of it read back; and the state that waits for it."""
    missing = missing_of(known)
    lines = [problem] if problem else []
    if missing is None:
        return "\n".join([*lines, *_read_back(turn, known)]), {EXPECT: LOGGING, **known}
    key = f"challenge-ask-{missing}"
    if missing == SINCE:
        key += "-first" if known.get(STAGE) == "1" else "-later"
    lines += [say(key), *(f"{number}. {one}" for number, one in enumerate(choices(turn.rules.pack, missing), 1))]
    return "\n".join(lines), {EXPECT: LOGGING, **known}


def _read_back(turn: Turn, known: Mapping[str, str]) -> list[str]:
    """What will be logged, before it is: afterwards neither the agency nor the day can be put right."""
    subject = known[SUBJECT][:1].lower() + known[SUBJECT][1:]
    own, other = (agency_name(turn.rules.pack, known[name]) for name in (OWN, OTHER))
    number, day = int(known[STAGE]), dates.day(date.fromisoformat(known[SINCE]))
    counted = "challenge-sure-first" if number == 1 else "challenge-sure-later"
    return [
        say("challenge-sure", own=own, other=other, subject=subject),
        say(counted, number=number, name=stage_name(turn, number), day=day, previous=number - 1),
        *([say("challenge-sure-note", note=known[NOTE])] if known[NOTE] else []),
        say("challenge-sure-words"),
    ]


async def names_agency(turn: Turn) -> bool:
    """True for the bare name of an agency where one was asked for: "ambulance" is no call for help there, nor is
    "it's the police" of what was read back."""
    said, missing = meant(turn.said.text), missing_of(turn.state)
    if missing is None:
        return said is not None and is_agency(turn.rules.pack, said)
    return missing in (OWN, OTHER) and is_agency(turn.rules.pack, said or turn.said.text)


async def next_answer(turn: Turn) -> Answer | None:
    """One typed answer; the next question, or what will be logged, or the end."""
    if said_stop(turn.said.text):
        return answer(Reply(say("challenge-stopped")))
    if half_logged.begins_anew(turn.said.text):
        return None
    known = {name: turn.state[name] for name in (FORM, FOLLOWS, *ASKED) if name in turn.state}
    if goes_back(turn.said.text):
        return _ask(turn, before(known))
    if put_right := mended(turn, known):
        return await _put_right(turn, known, *put_right)
    missing = missing_of(known)
    asked = await meanwhile(turn, _next_question(turn, known)[0])
    if asked is not None:
        return asked
    if missing is None:
        return await _agreed(turn, known)
    return await (_agency_said(turn, known, missing) if missing in (OWN, OTHER) else _said(turn, known, missing))


async def _put_right(turn: Turn, known: Mapping[str, str], name: str, said: str) -> Answer | None:
    """One answer is taken back, and the words are read as the answer to its question; then it goes on from there."""
    kept = {**without(known, name), EXPECT: LOGGING}
    answered = await next_answer(replace(turn.saying(said), state=kept))
    if answered is None or answered.state.get(EXPECT) != LOGGING or name not in known or name not in answered.state:
        return answered
    first, *others = answered.replies
    read_back = missing_of(answered.state) is None
    changed = say("challenge-changed")
    if not read_back:
        changed = f"{changed} {say('challenge-so-far', chosen=half_logged.as_read(turn, answered.state))}"
    return Answer((Reply(f"{changed}\n{first.text}"), *others), answered.state)


async def _said(turn: Turn, known: dict[str, str], missing: str) -> Answer | None:
    value = value_of(turn, missing, turn.said.text)
    doubt = past_day(turn.said.text, turn.today, turn.rules.workdays)[1] if missing == SINCE else None
    if doubt is not None:
        return _ask(turn, known, explain(doubt))
    if (value is None or missing == NOTE) and is_command(turn):
        return None
    if missing == NOTE and asks(turn.said.text):
        return _ask(turn, known, say("challenge-question"))
    if value is None:
        problem = say("escalate-no-day") if missing == SINCE else say("challenge-misfit")
        return _ask(turn, known, problem)
    return _with(turn, known, missing, value)


async def _agreed(turn: Turn, known: dict[str, str]) -> Answer | None:
    """A yes to what was read back logs it, and nothing else does."""
    agreed = said_yes(turn.said.text, "log")
    if agreed is None:
        return None if is_command(turn) else _ask(turn, known, say("challenge-misfit"))
    if not agreed:
        return answer(Reply(say("challenge-log-wrong")), **{EXPECT: LOGGING, **known})
    try:
        return await _log(turn.saying(verb=LOG, **known))
    except ServiceError as error:
        return _ask(turn, without(known, NOTE), explain(error))


async def _agency_said(turn: Turn, known: dict[str, str], name: str) -> Answer | None:
    offered = turn.state.get(OFFERED, "").split()
    chosen = said_number(turn.said.text, offered)
    if chosen:
        return _with(turn, known, name, chosen)
    found = agencies_meant(turn.rules.pack, turn.said.text)
    if len(found) == 1:
        return _with(turn, known, name, found[0].id)
    if not found:
        return None if is_command(turn) else _ask(turn, known, say("challenge-no-agency"))
    lines = [say("challenge-ask-which-agency"), *(f"{number}. {one.name}" for number, one in enumerate(found, 1))]
    state = {EXPECT: LOGGING, **known, OFFERED: " ".join(one.id for one in found)}
    return answer(Reply("\n".join(lines)), **state)


def _ask(turn: Turn, known: Mapping[str, str], problem: str = "") -> Answer:
    question, state = _next_question(turn, known, problem)
    return answer(Reply(question), **state)


def _with(turn: Turn, known: dict[str, str], name: str, value: str) -> Answer:
    """The answer is taken. A note is screened before it waits for the yes."""
    try:
        kept = challenges.kept_note(value, turn.rules) or "" if name == NOTE else value
    except ServiceError as error:
        return _ask(turn, known, explain(error))
    return _ask(turn, {**known, name: kept})


async def log(turn: Turn) -> Answer:
    """The sent form. What is wrong is said above it, and what was chosen stays chosen; a note is never echoed."""
    try:
        return await _log(turn)
    except ServiceError as error:
        turn.known()
        given = {name: value for name in (FORM, FOLLOWS, *ASKED) if name != NOTE and (value := turn.field(name))}
        return _form(turn, {FORM: turn.now.isoformat(), **given}, explain(error))


async def _log(turn: Turn) -> Answer:
    person = turn.known()
    draft = Draft(
        agency_id=turn.field(OWN),
        other_agency_id=turn.field(OTHER),
        subject=turn.field(SUBJECT),
        stage=int(turn.field(STAGE)) if turn.field(STAGE).isdecimal() else 0,
        since=_day(turn),
        form=turn.field(FORM),
        note=_note(turn),
    )
    challenge, new = await challenges.log(turn.work, person, draft, now=turn.now, rules=turn.rules)
    sentence = await _promise(turn, challenge) if new else say("challenge-logged-again", ref=challenge.ref)
    plain = "\n".join([sentence, *in_full(turn, challenge)])
    body = [
        cards.title("Logged"),
        cards.words(sentence),
        cards.panel(panel(turn, challenge)),
        *(cards.words(one, quiet=True) for one in doubt(turn, challenge)),
    ]
    buttons = [cards.button("Open it", OPEN, challenge=challenge.id), cards.button("My challenges", "challenges")]
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **{LOGGED: str(challenge.id)})


def _note(turn: Turn) -> str:
    """What somebody added, after the challenge that this one follows."""
    follows = [say("challenge-follows-note", ref=challenge_ref(turn.number(FOLLOWS)))] if turn.field(FOLLOWS) else []
    return " ".join([*follows, turn.field(NOTE)]).strip()


async def _promise(turn: Turn, challenge: Challenge) -> str:
    """That it is logged, and who will be reminded: nobody is promised what nobody can do."""
    other = agency_name(turn.rules.pack, challenge.other_agency_id)
    if challenge.late(turn.today):
        last = turn.rules.pack.partnership.escalation.stage(challenge.stage + 1) is None
        return say("challenge-logged-late-last" if last else "challenge-logged-late", ref=challenge.ref)
    if challenge.limit_on is None:
        return say("challenge-logged-untimed", ref=challenge.ref, when=_asked_after(turn))
    known = await challenges.other_side(turn.work, challenge)
    return say("challenge-logged" if known else "challenge-logged-one-side", ref=challenge.ref, other=other)


def _asked_after(turn: Turn) -> str:
    """When the manager is asked about a challenge that no date speaks for."""
    step = turn.rules.pack.partnership.ladder(LadderKind.CHALLENGE_UNTIMED).steps[0]
    again = say("challenge-asked-again", every=step.every) if step.every else ""
    return say("challenge-asked-after", first=step.at) + again


def _day(turn: Turn) -> date:
    day = day_meant(turn.field(SINCE), turn.today, turn.rules.workdays)
    if day is None:
        raise ServiceError("challenge-day-wrong")
    return day
