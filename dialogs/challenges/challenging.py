"""Challenges as a conversation: one's own or everybody's, moving one on, and how it ended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import cards
from dialogs.challenges import challenge_log, endings, half_logged
from dialogs.challenges.agencies import agency_name
from dialogs.challenges.challenge_log import ask_log
from dialogs.challenges.challenge_words import doubt, in_full, line, outcome_words, panel
from dialogs.choosing import option_and_note, said_stop
from dialogs.guidance import escalating, replies
from dialogs.meanwhile import meanwhile
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Flow, Turn, answer, put_again
from dialogs.wording import say
from services import challenges
from services.errors import ServiceError
from services.model import Challenge, ChallengeOutcome, ChallengeState, Person, Role
from services.understanding import Outcome

OPEN = challenge_log.OPEN
LIST, NEXT, SETTLE, IMPACT = "challenges", "challenge.next", "challenge.settle", "challenge.impact"
IDS, ONE, ENDING, DIFFERENCE = "challenges", "challenge", "challenge-outcome", "challenge-impact"
ENDING_NOTE = "challenge-note"
MOVING = "challenge-move"
STAGE = "stage"
SHOWN = 5
"""How many challenges stand in one card: each has a button, and a card may have six."""

_NO_IMPACT = (
    r"(?:(?:without|with no|(?:that |which )?(?:have|has) (?:no|not got an?)|missing|lacking)"
    r" (?:an? |any |their |its |the |recorded )*impacts?|(?:where|whose) (?:the )?impact is (?:missing|not recorded))"
    r"(?: (?:yet|recorded|so far))*"
)
_LISTED = re.compile(
    r"^(?:(?:please )?(?:show|list|see|view)(?: me)? )?(?:(?:all|the|my|our|open|late|overdue|settled) )*"
    rf"(?:challenges|escalations|challenge log)(?: by (?:subject|stage|agency)| {_NO_IMPACT})?$"
    rf"|^which (?:of (?:my|our|the) )?(?:challenges|escalations) (?:are (?:late|overdue|open|running)|{_NO_IMPACT})$"
)
_WITHOUT_IMPACT = re.compile(rf"\b{_NO_IMPACT}$")
_ESCALATE = re.compile(r"(?:please )?escalate\b")
LONGEST_ORDER = 5
"""Words. A longer sentence tells of something, and is read as a question."""
_HOW_MANY = re.compile(r"^how many (?:challenges|escalations)\b")
_LOG = re.compile(
    r"\b(?:log|record|register|file|submit|create|raise|make|new|note down|put in)\b.*"
    r"\b(?:challenge|escalation|disagreement|dispute|that (?:i|we))\b"
)
_ENDED = re.compile(r"\b(?:outcome|impact|happened|resolved?|close|update)\b")
_MINE = re.compile(r"\b(?:challenges|escalations|(?:my|our|the) (?:\w+ )?(?:challenge|escalation))\b")
ONWARD = re.compile(r"\b(?:next stage|next level|stage up|move|further|higher|take (?:it|this) up)\b")


def flow_for(text: str) -> Flow | None:
    """The flow that words ask for by name: the list, or a new challenge. None for anything else."""
    said = bare(text)
    if _LISTED.match(said) or _HOW_MANY.match(said):
        return show_list
    logs = said in ("log", "log a challenge", "log challenge") or half_logged.begins_anew(said)
    return ask_log if logs else None


def orders_escalation(text: str) -> bool:
    """True for "escalate stage 4 since Monday": an order, though the guidance has articles on all of its words."""
    said = bare(text)
    return _ESCALATE.match(said) is not None and len(said.split()) <= LONGEST_ORDER


def bare(text: str) -> str:
    """A text without capitals, doubled spaces and the stop at its end."""
    return " ".join(text.casefold().split()).strip(" .?!")


async def escalate(turn: Turn) -> Answer:
    """`escalate` in all its wordings: log, see or end a challenge, else which stage and by when.

    Where others read along it is what the procedure is for; there it raises `ServiceError` for who wants to log one.
    """
    said = bare(turn.said.text)
    logs = _LOG.search(said) is not None and not _ENDED.search(said)
    if not turn.personal and not logs:
        return await replies.escalation(turn)
    if flow := flow_for(said):
        return await flow(turn)
    if logs:
        return await ask_log(turn)
    if (_ENDED.search(said) or _MINE.search(said)) and turn.person is not None:
        return await show_list(turn)
    if ONWARD.search(said) and turn.person and await turn.work.challenges.unfinished_of(turn.person.id):
        return await show_list(turn.saying("my challenges"))
    return await escalating.start(turn)


async def after_clock(turn: Turn) -> Answer | None:
    """`log` or `procedure` after the timetable; None when the words are about something else."""
    said = bare(turn.said.text)
    if said in ("log", "log it", "log this", "log this challenge", "yes"):
        return await ask_log(turn.saying())
    if said in ("procedure", "show the procedure", "show procedure"):
        number = turn.state.get(STAGE, "1")
        stage = turn.rules.pack.partnership.escalation.stage(int(number) if number.isdecimal() else 1)
        return await replies.show_article(turn, stage.topic if stage else "escalation-stages")
    return None


async def show_list(turn: Turn) -> Answer:
    """Everybody's for the manager, one's own for anybody else, and for the manager who asks for "my challenges"."""
    person = turn.known()
    if not turn.personal:
        raise ServiceError("personal-only")
    said = bare(turn.said.text)
    if lacks_impact(said):
        return await _unmeasured(turn, person, said)
    if person.has(Role.MANAGER) and not re.search(r"\b(?:my|our)\b", said):
        return _everybodys(turn, await challenges.all_unfinished(turn.work, person), late=bool(_late(said)))
    mine = await turn.work.challenges.unfinished_of(person.id)
    if _late(said):
        mine = [one for one in mine if one.late(turn.today)]
    if not mine:
        none = answer(Reply(say("challenge-none-late" if _late(said) else "challenge-none"), suggestions=("escalate",)))
        return _and_half_logged(turn, none)
    return _and_half_logged(turn, listed(turn, mine, say("challenge-mine-title")))


def lacks_impact(text: str) -> bool:
    """True for words that ask for challenges that have ended and of which no difference is recorded."""
    return _WITHOUT_IMPACT.search(bare(text)) is not None


async def _unmeasured(turn: Turn, person: Person, said: str) -> Answer:
    """Those that have ended and wait for their impact."""
    everybodys = person.has(Role.MANAGER) and not re.search(r"\b(?:my|our)\b", said)
    if everybodys:
        found = await challenges.all_unfinished(turn.work, person)
    else:
        found = await turn.work.challenges.unfinished_of(person.id)
    waiting = [one for one in found if one.state is ChallengeState.SETTLED]
    if not waiting:
        return answer(Reply(say("challenge-none-unmeasured"), suggestions=("challenges",)))
    return listed(turn, waiting, say("challenge-unmeasured-title", count=len(waiting)))


def _and_half_logged(turn: Turn, listed: Answer) -> Answer:
    """The list, and that there is one that was left half logged: it is theirs, and stands on no list."""
    waits = half_logged.LEFT in turn.state and turn.state.get(EXPECT) != half_logged.LOGGING
    by = [Reply(say("challenge-half-logged", chosen=half_logged.as_read(turn, half_logged.left(turn.state))))]
    return Answer((*listed.replies, *by), listed.state) if waits else listed


def _late(said: str) -> re.Match[str] | None:
    return re.search(r"\b(?:late|overdue)\b", said)


def _everybodys(turn: Turn, found: Sequence[Challenge], *, late: bool) -> Answer:
    overdue = [one for one in found if one.late(turn.today)]
    if late:
        if not overdue:
            return answer(Reply(say("challenge-none-late"), suggestions=("challenges",)))
        return listed(turn, overdue, say("challenge-late-title", count=len(overdue)))
    if not found:
        return answer(Reply(say("challenge-none-at-all")))
    running = [one for one in found if one.state is ChallengeState.OPEN]
    settled = len(found) - len(running)
    title = say("challenge-all-title", open=len(running), late=len(overdue), settled=settled)
    return listed(turn, found, title, _counts(turn, running))


def _counts(turn: Turn, running: Sequence[Challenge]) -> list[str]:
    pack = turn.rules.pack
    counted = challenges.tally(running)
    named = {
        "stage": [(f"stage {number}", count) for number, count in counted.by_stage],
        "own": [(agency_name(pack, one), count) for one, count in counted.by_agency],
        "other": [(agency_name(pack, one), count) for one, count in counted.by_other_agency],
        "subject": list(counted.by_subject),
    }
    said = {what: "; ".join(f"{one} {count}" for one, count in pairs) for what, pairs in named.items() if pairs}
    return [say("challenge-by", what=say(f"challenge-by-{what}"), counts=counts) for what, counts in said.items()]


def listed(turn: Turn, found: Sequence[Challenge], title: str, counts: Sequence[str] = ()) -> Answer:
    """The first of these challenges, to open one by its number."""
    shown = list(found)[:SHOWN]
    more = len(found) - len(shown)
    rest = [say("challenge-and-more", count=more)] if more > 0 else []
    rest += next((words for one in shown if (words := doubt(turn, one))), [])
    lines = [f"{number}. {line(turn, one)}" for number, one in enumerate(shown, 1)]
    plain = "\n".join([title, *counts, *lines, *rest, say("challenge-list-words")])
    body: list[cards.Element] = [cards.title(title)]
    body += [cards.points(counts)] if counts else []
    for one in shown:
        row = cards.actions_row([cards.button(f"Open {one.ref}", OPEN, challenge=one.id)])
        body.append(cards.panel([*panel(turn, one), row]))
    body += [cards.words(one, quiet=True) for one in rest]
    state = {EXPECT: IDS, IDS: " ".join(str(one.id) for one in shown)}
    return answer(Reply(plain, cards.card(body, fallback=plain)), **state)


async def open_one(turn: Turn) -> Answer:
    """One challenge with what can be done next."""
    return shown(turn, await challenges.find(turn.work, turn.known(), turn.number("challenge")))


def shown(turn: Turn, challenge: Challenge, lead: str = "", deeds: Sequence[cards.Element] = ()) -> Answer:
    """One challenge, as its card, with what is asked of it next. `deeds` are buttons before those it has anyhow."""
    lines = in_full(turn, challenge)
    waiting = challenge.state is ChallengeState.SETTLED
    running = challenge.state is ChallengeState.OPEN
    asked = impact_question(challenge) if waiting else open_words(turn, challenge) if running else ""
    plain = "\n".join([*([lead] if lead else []), *lines, *([asked] if asked else [])])
    body: list[cards.Element] = [cards.title(f"Challenge {challenge.ref}")]
    body += [cards.words(lead)] if lead else []
    body += [cards.panel(panel(turn, challenge)), *(cards.words(one, quiet=True) for one in doubt(turn, challenge))]
    body.append(cards.actions_row([*deeds, *_deeds(turn, challenge), cards.button("My challenges", LIST)]))
    state = {} if not asked else {EXPECT: DIFFERENCE if waiting else ONE}
    return answer(Reply(plain, cards.card(body, fallback=plain)), **state, **{ONE: str(challenge.id)})


def open_words(turn: Turn, challenge: Challenge) -> str:
    """What can be typed of a challenge that is open."""
    last = turn.rules.pack.partnership.escalation.stage(challenge.stage + 1) is None
    return say("challenge-open-words-last" if last else "challenge-open-words")


def impact_question(challenge: Challenge) -> str:
    """What difference it made."""
    return say("challenge-ask-impact", ref=challenge.ref)


def _deeds(turn: Turn, challenge: Challenge) -> list[cards.Element]:
    """What may be done with it as it stands."""
    if challenge.state is ChallengeState.CLOSED:
        return []
    hint = "No names or details, please"
    if challenge.state is ChallengeState.SETTLED:
        words = cards.text_input("impact", impact_question(challenge), placeholder=hint, lines=True, most=500)
        field = cards.required(words, say("field-needed"))
        close = cards.button("Close the challenge", IMPACT, challenge=challenge.id)
        return [cards.reveal("Record the impact", [field], [close])]
    ends = [(outcome_words(one), one.value) for one in ChallengeOutcome]
    form = [
        cards.required(
            cards.choice_input("outcome", "How did it end?", ends, expanded=True), say("field-choice-needed")
        ),
        cards.text_input("note", "In a few words, if you like", placeholder=hint, lines=True, most=500),
    ]
    deeds = [cards.reveal("Record the outcome", form, [cards.button("Settle it", SETTLE, challenge=challenge.id)])]
    following = challenge.stage + 1
    if turn.rules.pack.partnership.escalation.stage(following):
        label = f"Move to stage {following}"
        press = cards.button("Move it", NEXT, challenge=challenge.id, stage=challenge.stage)
        deeds.append(cards.reveal(label, [cards.date_input("on", say("challenge-stage-ended"))], [press]))
    return deeds


async def the_one(turn: Turn) -> Challenge:
    """The challenge that the question just put is about."""
    return await challenges.find(turn.work, turn.known(), int(turn.state.get(ONE, "0")))


def ask_outcome(challenge: Challenge, note: str = "") -> Answer:
    """How it ended. `note` was said before, and is kept with the outcome unless that brings its own."""
    beside = {ENDING_NOTE: note} if note else {}
    question = "\n".join([*([say("challenge-note-waits")] if note else []), _outcome_question(challenge)])
    return answer(Reply(question), **{EXPECT: ENDING, ONE: str(challenge.id), **beside})


def _outcome_question(challenge: Challenge) -> str:
    ends = [f"{number}. {outcome_words(one)}" for number, one in enumerate(ChallengeOutcome, 1)]
    return "\n".join([say("challenge-ask-outcome", ref=challenge.ref), *ends])


async def said_outcome(turn: Turn) -> Answer | None:
    """A number or the words beside it, and perhaps a few of one's own; None when the words are about something else."""
    if said_stop(turn.said.text):
        return answer(Reply(say("kept-as-it-was")))
    found = outcome_and_note(turn.said.text)
    if found is None:
        return await _outcome_again(turn)
    chosen, note = found
    return await end(turn, await the_one(turn), chosen, note or turn.state.get(ENDING_NOTE, ""))


def outcome_and_note(text: str) -> tuple[str, str] | None:
    """The outcome that these words begin with, by number or as it is shown, and what follows it, or that they tell of:
    then they are the note as well. None for others."""
    told = endings.told(text)
    shown = option_and_note(
        text, [one.value for one in ChallengeOutcome], [outcome_words(one) for one in ChallengeOutcome]
    )
    return shown or ((told.value, text.strip()) if told is not None else None)


async def end(turn: Turn, challenge: Challenge, outcome: str, note: str) -> Answer:
    """Settle a challenge as the words said."""
    return await settle(turn.saying(verb=SETTLE, challenge=str(challenge.id), outcome=outcome, note=note))


async def _outcome_again(turn: Turn) -> Answer | None:
    """The question once more, after what does not fit it; None for a command."""
    question = _outcome_question(await the_one(turn))
    if asked := await meanwhile(turn, question, fits=False):
        return asked
    said = turn.said.text
    if flow_for(said) or turn.guide.understand(said).outcome is Outcome.COMMAND:
        return None
    return answer(Reply(f"{say('challenge-misfit')} {question}"), **put_again(turn.state))


async def settle(turn: Turn) -> Answer:
    """How it ended; the impact is asked for at once, and again later."""
    if turn.field("outcome") not in {one.value for one in ChallengeOutcome}:
        raise ServiceError("challenge-no-such-outcome")
    challenge = await challenges.settle(
        turn.work,
        turn.known(),
        turn.number("challenge"),
        ChallengeOutcome(turn.field("outcome")),
        note=turn.field("note"),
        now=turn.now,
        rules=turn.rules,
    )
    return shown(turn, challenge)
