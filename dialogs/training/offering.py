"""A place offered from the waiting list, taken or declined in words: `accept`, `decline the place`, `i'll take it`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dialogs import cards
from dialogs.choosing import folded, said_yes, wavers
from dialogs.talk import Reply
from dialogs.training import which_place
from dialogs.training.booking import ACCEPT, DECLINE, accept, decline, placed_sentence
from dialogs.training.cancelling import CANCEL_ASK, ask_cancel, find_to_cancel
from dialogs.training.courses import courses_meant, only_names
from dialogs.training.sessions import course_title, when
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services.bookings import LAPSED, Placed, is_refusal
from services.errors import ServiceError
from services.model import Booking, BookingState, Session

_FORM = re.compile(
    r"(?:(?:please|yes|yep|ok|okay|no|sorry|thanks|i|i'd|i'll|i'm|id|ill|im|will|would|want|wish|like|happy|glad|to|have"
    r"|must) )*"
    r"(?P<deed>accept|take|decline|turn down|refuse|reject)\b(?P<rest>.*)"
)
_WANTS = re.compile(
    r"(?:(?:please|yes|yep|yeah|ok|okay|i|i'd|i'll|id|ill|will|would|do|still|definitely) )*(?:want|like|have|love)"
    r"(?: to have)? (?:the|that|my)(?: free| offered)* (?:place|offer|spot|seat)(?: please| thanks| then)*"
)
"""Takes it too, where a place is offered; elsewhere it may be an order to book one."""
_HOW_LONG = re.compile(
    r"(?:(?:and|so|ok|but) )*(?:how long (?:have|do|did|will) i (?:got|have|get)(?: left| to \w+)*"
    r"|(?:by )?when do i (?:have to|need to|must) (?:answer|decide|accept|say|reply)(?: by)?"
    r"|(?:can|could|may) i (?:decide|answer|tell you|let you know|think about it) .+"
    r"|(?:hm+ )?(?:let me|i(?:'ll| will| need to| have to)?|ill) think(?: about it)?"
    r"|(?:have|was|were|what) (?:i|did i|have i|was i|am i) ?(?:been|get|got)? ?offered(?: anything| a place)?)"
)
"""Asks about an offer, or puts it off: until when it stands is what there is to say."""
_TAKES = frozenset({"accept", "take"})
_PLAIN = frozenset({"accept", "decline"})
_ANSWERS = re.compile(r"(?:please )?(?:accept|decline)(?: (?:the|this|that|my) (?:place|offer))?(?: please)?")
_PLACE = re.compile(r"\b(?:place|offer|spot|seat)\b")
_OFFERED = re.compile(r"\b(?:place|offer|spot|seat|course|training|forum|session|seminar)\b")
"""A word for what we offer: without one, a sentence with a course's topic in it is about the topic."""
_NOISE = re.compile(
    r"\b(?:the|my|this|that|your|an?|it|offered|free|place|offer|spot|seat|you|of|on|for|at|please|thanks|thank|now|"
    r"course|down|up|me|made|with)\b"
)


async def answered(turn: Turn) -> Answer | None:
    """What answers an offer and nothing else, as the notice of it says to type: whatever we had asked for before."""
    if not turn.personal or turn.person is None or _ANSWERS.fullmatch(folded(turn.said.text)) is None:
        return None
    return await heard(turn) if await open_offers(turn) else None


async def heard(turn: Turn) -> Answer | None:
    """Take or decline the offered place that the words mean; None when they are about something else."""
    if not turn.personal or turn.person is None:
        return None
    words = folded(turn.said.text)
    said = _FORM.fullmatch(words)
    if said is not None and re.search(r"\b(?:off|away)\b", said["rest"]):
        # "take me off the lado course" is no wish to have it
        return None
    if said is None:
        return await _otherwise(turn, words)
    deed = ACCEPT if said["deed"] in _TAKES else DECLINE
    which = " ".join(_NOISE.sub(" ", said["rest"]).split())
    named = courses_meant(turn.rules.pack, which)
    if not _OFFERED.search(said["rest"]):
        named = [course for course in named if only_names(course, which)]
    if which and not named:
        return None
    courses = {course.id for course in named}
    offers = await open_offers(turn)
    meant = [one for one in offers if not which or one[1].course_id in courses]
    # "i'll take it" beneath a list of dates means one of these
    certain = which or said["deed"] in _PLAIN or _PLACE.search(said["rest"]) or EXPECT not in turn.state
    if meant and certain:
        return await _act(turn, deed, meant)
    # "i'll take a place" may well be an order to book one
    spoken_of = "offer" in said["rest"] or (said["deed"] != "take" and bool(_PLACE.search(said["rest"])))
    sure = spoken_of or (not which and said["deed"] in _PLAIN)
    if sure and deed == ACCEPT and await _ran_out(turn, courses):
        raise ServiceError("offer-over")
    return answer(Reply(say("no-offer"), suggestions=("my bookings",))) if sure else None


async def _otherwise(turn: Turn, words: str) -> Answer | None:
    if _WANTS.fullmatch(words):
        return await _wanted(turn)
    if _HOW_LONG.fullmatch(words):
        # beneath an article it is asked of what the article says
        return None if turn.read_last else await _stands(turn)
    return await _bare_answer(turn)


async def _stands(turn: Turn) -> Answer | None:
    """What is offered and until when; None where nothing is, or where another question of ours is open."""
    if EXPECT in turn.state:
        return None
    offers = [
        await placed_sentence(turn, Placed(booking, session, repeated=True))
        for booking, session in await open_offers(turn)
    ]
    return answer(Reply("\n".join(offers), suggestions=("accept", "decline"))) if offers else None


async def _wanted(turn: Turn) -> Answer | None:
    offers = await open_offers(turn)
    if offers and EXPECT not in turn.state:
        return await _act(turn, ACCEPT, offers)
    if not offers and await _ran_out(turn, ()):
        raise ServiceError("offer-over")
    return None


async def _bare_answer(turn: Turn) -> Answer | None:
    """`no thanks`, where no question of ours is open and a place is offered: it may well be meant, but a place that is
    let go is gone, so the words that answer the offer are named."""
    if EXPECT in turn.state or said_yes(turn.said.text, "take") is None or not wavers(turn.said.text):
        return None
    return await _stands(turn)


async def refused(turn: Turn) -> Answer | None:
    """`no thanks` or `i don't want it`, where no question of ours is open and somebody else booked a place for the
    speaker, who may still say no to it: whether to cancel is asked, since the words may be about something else."""
    said = turn.said.text
    if not turn.personal or turn.person is None or EXPECT in turn.state or said_yes(said, "cancel") is not False:
        return None
    if not wavers(said) and not folded(said).startswith("i "):
        return None
    mine = await turn.work.bookings.active_of(turn.person.id, turn.now)
    sent = [one for one in mine if is_refusal(one, turn.person, turn.now, turn.rules)]
    if len(sent) == 1:
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=str(sent[0].id)))
    return await find_to_cancel(turn.saying("cancel")) if sent else None


async def open_offers(turn: Turn) -> list[tuple[Booking, Session]]:
    """What is offered to the person speaking and may still be taken."""
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now)
    offered = [one for one in mine if one.state is BookingState.OFFERED and not one.offer_over(turn.now)]
    sessions = await turn.work.sessions.by_ids({one.session_id for one in offered})
    return [(one, sessions[one.session_id]) for one in offered]


async def _ran_out(turn: Turn, courses: Collection[str]) -> bool:
    """True where an offer to the person speaking ran out, on one of these courses if any was named."""
    over = await turn.work.bookings.offer_ran_out(turn.known().id, turn.now, lapsed=LAPSED)
    sessions = await turn.work.sessions.by_ids({one.session_id for one in over}) if over else {}
    return any(not courses or one.course_id in courses for one in sessions.values())


async def _act(turn: Turn, deed: str, offers: Sequence[tuple[Booking, Session]]) -> Answer:
    if len(offers) == 1:
        return await _do(turn, deed, str(offers[0][0].id))
    title = say("offer-which-accept" if deed == ACCEPT else "offer-which-decline")
    rows = [
        (f"{number}. {course_title(turn, session.course_id)}", when(turn, session), booking.id)
        for number, (booking, session) in enumerate(offers, 1)
    ]
    lines = [f"{name}, {time}" for name, time, _ in rows]
    plain = "\n".join([title, *lines])
    buttons = [
        cards.button(name, ACCEPT, booking=booking) if deed == ACCEPT else cards.button(name, DECLINE, booking=booking)
        for name, _, booking in rows
    ]
    body = [cards.title(title), *(cards.words(line) for line in lines)]
    state = which_place.asked(deed, (booking for _, _, booking in rows))
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def _do(turn: Turn, deed: str, booking: str) -> Answer:
    press = turn.saying(verb=deed, booking=booking)
    return await (accept(press) if deed == ACCEPT else decline(press))
