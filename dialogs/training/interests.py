"""A course without a date: asking to be told when there is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.catalogue import Course
from dialogs import cards
from dialogs.choosing import folded, said_number, said_stop, said_yes
from dialogs.talk import Reply
from dialogs.training.courses import courses_meant, only_names, short_name
from dialogs.turn import EXPECT, Answer, Turn, answer, put_again
from dialogs.wording import say
from services import interests
from services.errors import ServiceError

ADD, DROP = "interest.add", "interest.drop"
INTEREST, LISTED = "interest", "interests-listed"
SHOWN = 4
MOST_LOOKED_AT = 100
MOST_BUTTONS = 6
_POLITE = r"(?:(?:please|can you|could you|can i|i want you to|i want to|i'd like to|show|list|see|what are) )*"
_MINE = re.compile(rf"{_POLITE}(?:me )?(?:all )?my (?:registered )?interests?(?: in courses)?(?: please)?")
_TOLD = r"(?:tell(?:ing)?|notify(?:ing)?|inform(?:ing)?|messag(?:e|ing)|remind(?:ing)?|updat(?:e|ing)) me"
_GONE = r"(?: (?:any ?more|any longer|now|please))*"
_HESITATES = r"(?:(?:actually|ok|okay|oh|no|nah|well) )*"
_THERE_IS = r"there(?: is| are|'s|s)"
_DROPS = re.compile(
    rf"{_HESITATES}{_POLITE}(?:stop|no more|don't|dont|do not|quit)(?: bother)? {_TOLD} "
    rf"(?:about|of|when {_THERE_IS}) (?P<told>.+?){_GONE}"
    rf"|{_POLITE}(?:remove|drop|delete|cancel|withdraw|forget|take back|end) (?:all )?"
    rf"(?:my|the) interests?(?: (?:in|for|about|on) (?P<mine>.+?))?{_GONE}"
    rf"|{_HESITATES}(?:(?:i'm|i am|im) )?(?:not|no longer) interested in (?P<lost>.+?){_GONE}"
)
"""Not "i no longer want to hear": that may be of anything."""
_WANTS = re.compile(
    rf"{_HESITATES}{_POLITE}(?:tell me|let me know|notify me|message me|give me a shout) (?:when|if|once|as soon as) "
    rf"(?:{_THERE_IS} |(?:you|they) (?:run|have|do|put on|get) )?(?:(?:a|an|the|any|next|another|new) )*"
    r"(?:dates? (?:for|of|on) )?(?:the )?(?P<wanted>.+?)"
    r"(?: (?:course|training|session|workshop|one))?(?: dates?)?"
    r"(?: (?:comes? (?:up|back|round)|is (?:on|open|back|running|available)(?: again)?|runs?(?: again)?|has a date"
    r"|opens?))?"
    r"(?: please| thanks)*"
)


async def offer_interest(turn: Turn, courses: Sequence[Course]) -> Answer:
    """No date is open: shall I tell you when there is one? In a channel only that there is none."""
    first = courses[0]
    if not turn.personal or turn.person is None:
        return answer(Reply(say("no-sessions", course=first.title), suggestions=("courses",)))
    plain = say("interest-offer", course=first.title)
    buttons = [cards.button(_label(one, courses), ADD, course=one.id) for one in courses[:SHOWN]]
    buttons.append(cards.button("All dates", "courses"))
    body = [cards.title(f"No date yet: {first.title}"), cards.words(plain)]
    state = {EXPECT: INTEREST, INTEREST: first.id}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain), suggestions=("courses",)), **state)


def _label(course: Course, courses: Sequence[Course]) -> str:
    return "Tell me when there is a date" if len(courses) == 1 else f"Tell me: {course.title}"


def _title(turn: Turn, course_id: str) -> str:
    course = turn.rules.pack.course(course_id)
    if course is None:
        raise ServiceError("course-unknown")
    return course.title


async def add(turn: Turn) -> Answer:
    """Keep the interest. Pressing twice keeps it once."""
    course_id = turn.field("course")
    title = _title(turn, course_id)
    new = await interests.register(turn.work, turn.known(), course_id, now=turn.now, rules=turn.rules)
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now)
    held = {one.course_id for one in (await turn.work.sessions.by_ids({one.session_id for one in mine})).values()}
    which = say("interest-another" if course_id in held else "interest-a")
    plain = say("interest-kept" if new else "interest-kept-again", course=title, which=which)
    buttons = [cards.button("I do not want to hear", DROP, course=course_id), cards.button("All dates", "courses")]
    return answer(Reply(plain, cards.card([cards.words(plain)], buttons, fallback=plain)))


async def drop(turn: Turn) -> Answer:
    """Forget it."""
    course_id = turn.field("course")
    title = _title(turn, course_id)
    await interests.drop(turn.work, turn.known(), course_id, now=turn.now)
    return answer(Reply(say("interest-dropped", course=title)))


async def said(turn: Turn) -> Answer | None:
    """`yes` or `no` after the question; None when the words are about something else."""
    agreed = said_yes(turn.said.text, "tell")
    if agreed is None:
        return None
    if not agreed:
        return answer(Reply(say("interest-not-kept")))
    return await add(turn.saying(verb=ADD, course=turn.state.get(INTEREST, "")))


async def heard(turn: Turn) -> Answer | None:
    """`my interests`, `stop telling me about advanced risk`; None for words on something else."""
    said = folded(turn.said.text)
    if not turn.personal or turn.person is None:
        return None
    if _MINE.fullmatch(said):
        return await mine(turn)
    if (wanted := _WANTS.fullmatch(said)) is not None:
        return await _wanted(turn, wanted["wanted"])
    found = _DROPS.fullmatch(said)
    if found is None:
        return None
    which = found["told"] or found["mine"] or found["lost"] or ""
    named = courses_meant(turn.rules.pack, which)
    gone = [one for one in named if await interests.drop(turn.work, turn.person, one.id, now=turn.now)]
    if gone:
        return answer(Reply("\n".join(say("interest-dropped", course=one.title) for one in gone)))
    if named:
        return answer(Reply(say("interest-was-none", course=named[0].title), suggestions=("my interests",)))
    # what is no course of ours is a question about something else, unless it speaks of an interest
    return await mine(turn) if "interest" in said else None


async def _wanted(turn: Turn, which: str) -> Answer | None:
    """Keep an interest in the one course that is named by its own words. None for anything else. Where it has dates
    that are not theirs already, these are what is wanted."""
    named = [one for one in courses_meant(turn.rules.pack, which) if only_names(one, which)]
    if len(named) != 1:
        return None
    coming = await turn.work.sessions.coming(turn.now, course_ids=[named[0].id], limit=MOST_LOOKED_AT)
    mine = {one.session_id for one in await turn.work.bookings.active_of(turn.known().id, turn.now)}
    if any(one.id not in mine for one in coming):
        words = f"book {short_name(turn.rules.pack, named[0])}"
        return answer(Reply(say("interest-open", course=named[0].title, words=words), suggestions=(words,)))
    return await add(turn.saying(verb=ADD, course=named[0].id))


async def mine(turn: Turn) -> Answer:
    """Of which courses the person waits to hear, each to be taken back by button or number."""
    hoped = await turn.work.interests.of(turn.known().id)
    titles = [found.title for one in hoped if (found := turn.rules.pack.course(one.course_id))]
    kept = [one.course_id for one in hoped if turn.rules.pack.course(one.course_id)]
    if not kept:
        return answer(Reply(say("interests-none"), suggestions=("courses",)))
    lines = [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    plain = "\n".join([say("interests-title"), *lines, say("interests-how")])
    buttons = [
        cards.button(f"{number}. Do not tell me", DROP, course=course)
        for number, course in enumerate(kept[:MOST_BUTTONS], 1)
    ]
    body = [cards.title(say("interests-title")), *(cards.words(line) for line in [*lines, say("interests-how")])]
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **{EXPECT: LISTED, LISTED: " ".join(kept)})


async def choose(turn: Turn) -> Answer | None:
    """A number of that list; None for words on something else."""
    listed = turn.state.get(LISTED, "").split()
    chosen = said_number(turn.said.text, listed)
    if chosen:
        return await drop(turn.saying(verb=DROP, course=chosen))
    if said_stop(turn.said.text) or said_yes(turn.said.text, "tell") is False:
        return answer(Reply(say("interests-stay")))
    if turn.said.text.strip().rstrip(".)").isdecimal():
        return answer(Reply(say("which-number", most=len(listed))), **put_again(turn.state))
    return None
