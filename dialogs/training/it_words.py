"""What is said of the place that was spoken of last, without its name: `cancel it`, `move it to another date`, `put me
back`, `no, the mental health one`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs import button_titles
from dialogs.choosing import folded
from dialogs.questions.tickets import TICKET
from dialogs.talk import Reply
from dialogs.training import finding, last_place, other_dates, swapping
from dialogs.training.cancelling import CANCEL_ASK, ask_cancel, find_to_cancel
from dialogs.training.courses import content, courses_meant, only_names, short_name, wanted_then
from dialogs.training.last_place import CLOSE
from dialogs.training.sessions import course_title, when
from dialogs.turn import EXPECT, TOPIC, Answer, Turn
from dialogs.wording import say
from services.bookings import Placed
from services.model import ACTIVE, HAS_PLACE, BookingState, SessionState

CANCELS, MOVES, BACK = "cancels", "moves", "back"
_LEAD = (
    r"(?:(?:no|actually|oh|oops|sorry|wait|hang on|hmm|well|ok|okay|please|pls|but|and|can|could|may|i|you|we|to|want"
    r"|need|like|would|id|i'd|just|so|then|on second thoughts?|changed my mind|i've changed my mind) )*"
)
_END = r"(?: (?:please|then|now|instead|after all|again|if possible|if i can|thanks))*"
_OLD = r"(?:old|first|original|previous|former|other)"
_IT = rf"(?:it|that|this|that one|this one|my place|(?:my|the) {_OLD} (?:date|day|place|one|session|booking))"
_CANCEL = re.compile(
    rf"{_LEAD}(?:cancel|unbook|remove|delete) {_IT}(?: (?:place|booking|one))?{_END}"
    rf"|{_LEAD}(?:that's |thats |that is )?not (?:that|this|the|the right) (?:one|course|date)"
    r"(?: i (?:want|wanted|meant))?"
    rf"|{_LEAD}(?:take|get|remove) me (?:off|from|out of) {_IT}{_END}"
    rf"|{_LEAD}(?:don't|dont|do not|no longer) want (?:{_IT}|to (?:go|come)(?: to it)?)(?: any ?more)?{_END}"
)
_MOVE = re.compile(
    rf"{_LEAD}(?:change|move|sw[ao]p|switch|reschedule|rearrange|rebook|postpone)"
    rf"(?: {_IT}| the date)(?: (?:to|for|into|onto|on) (?P<to>.+?))?{_END}"
)
_PUT_BACK = re.compile(
    rf"{_LEAD}(?:put|book|add|sign|place|pop|stick) me back(?: (?:up|down))?"
    rf"(?: (?:on ?to|on|in ?to|in|to|for) (?P<what>.+?))?{_END}"
    rf"|{_LEAD}(?:have|get|keep|take|want) {_IT} back{_END}|{_LEAD}(?:give|let) me (?:have )?{_IT} back{_END}"
    rf"|{_LEAD}(?:re ?book|book) {_IT} again{_END}"
    rf"|(?:(?:no|oh|actually|wait|sorry) )*i (?:do )?(?:still )?want (?:it|my place|to go|to come){_END}"
    rf"|{_LEAD}undo (?:the|my) cancellation{_END}|(?:no |actually |wait |sorry |oh )*i(?: have|'ve|ve)? changed my mind"
)
_LET_GO = re.compile(rf"\b(?:it|there|the list|waiting list|course|place|(?:same|{_OLD}) (?:one|date|day|session))\b")
_RATHER = re.compile(
    r"(?:(?:no|actually|sorry|wait|oh|oops|hmm|i meant|i mean|not that(?: one)?|make it) )+(?:the |my )?(?P<course>.+?)"
    r"(?: (?:one|course|training|session))?(?: (?:instead|rather|please))*"
)
LONGEST = 12
"""Words. What is longer tells something else as well."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be done with it, and to or on what, if that was said."""

    deed: str
    what: str = ""


def read(text: str) -> Said | None:
    """What these words would do to the place that was spoken of last; None for words on anything else. Pure."""
    said = folded(text)
    if len(said.split()) > LONGEST:
        return None
    if _CANCEL.fullmatch(said):
        return Said(CANCELS)
    if (found := _MOVE.fullmatch(said)) is not None:
        return Said(MOVES, found["to"] or "")
    found = _PUT_BACK.fullmatch(said)
    return Said(BACK, found["what"] or "") if found is not None else None


async def heard(turn: Turn) -> Answer | None:
    """That place, to be cancelled, changed or booked again, each after a question; None for any other words, and where
    something else was spoken of since."""
    if not turn.personal or turn.person is None or TOPIC in turn.state or TICKET in turn.state:
        return None
    said = read(turn.said.text)
    if said is None:
        return await _rather(turn)
    last = await last_place.of(turn, within=CLOSE)
    listed = last is None and button_titles.shows(turn, CANCEL_ASK)
    if said.deed == CANCELS and listed:
        return await find_to_cancel(turn.saying("cancel"))
    if said.deed == CANCELS and last is not None and last.booking.state in ACTIVE:
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=str(last.booking.id)))
    if said.deed == MOVES:
        return await _moved(turn, last, said.what, listed=listed)
    return await _back(turn, last, said.what) if said.deed == BACK and last is not None else None


async def _moved(turn: Turn, last: Placed | None, to: str, *, listed: bool) -> Answer | None:
    """Other dates for the place; without one in mind, for the only one there is, or of which, if their places were just
    `listed` or a date is spoken of."""
    span = wanted_then(turn, to).span if to else None
    if to and span is None and not other_dates.is_another(to):
        return None
    if last is not None and last.booking.state in ACTIVE:
        return await swapping.others(turn, last.booking, span)
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now) if to or listed else []
    held = [one for one in mine if one.state in HAS_PLACE] or mine
    if not held:
        return None
    sessions = await turn.work.sessions.by_ids({one.session_id for one in held})
    return await (swapping.others(turn, held[0], span) if len(held) == 1 else swapping.which(turn, held, sessions))


async def _back(turn: Turn, last: Placed, what: str) -> Answer | None:
    """The date that was given up, to be booked again, or another date of the place that was changed."""
    if last.booking.person_id != turn.known().id:
        return None
    wanted = wanted_then(turn, what)
    named = [one.id for one in courses_meant(turn.rules.pack, wanted.words)]
    if named and last.session.course_id not in named:
        return None
    if what and not named and wanted.span is None and not _LET_GO.search(what):
        return None
    if last.booking.state in HAS_PLACE:
        return await swapping.others(turn, last.booking, wanted.span)
    open_still = last.session.state is SessionState.OPEN and not last.session.begun(turn.now)
    if last.booking.state is not BookingState.CANCELLED or not open_still:
        return None
    return await finding.offer_again(turn, last.session)


async def undone(turn: Turn) -> Answer | None:
    """`undo that` right after a place was given up or changed: that date again, after a question. None else."""
    last = await last_place.of(turn, within=0)
    return await _back(turn, last, "") if last is not None else None


async def _rather(turn: Turn) -> Answer | None:
    """`no, the mental health one` after another course was booked: that one, and that the first is booked still."""
    found = _RATHER.fullmatch(folded(turn.said.text)) if EXPECT not in turn.state else None
    last = await last_place.of(turn, within=CLOSE - 1) if found is not None else None
    if found is None or last is None or last.booking.state not in ACTIVE:
        return None
    left = " ".join(sorted(content(found["course"])))
    named = [one for one in courses_meant(turn.rules.pack, left) if only_names(one, left)] if left else []
    if not named or last.session.course_id in {one.id for one in named}:
        return None
    course = turn.rules.pack.course(last.session.course_id)
    words = f"cancel {short_name(turn.rules.pack, course) if course else ''}".strip()
    title, time = course_title(turn, last.session.course_id), when(turn, last.session)
    still = Reply(say("still-booked", course=title, when=time, words=words), suggestions=(words,))
    shown = await finding.find_to_book(turn.saying(f"book {found['course']}"))
    return Answer((*shown.replies, still), shown.state)
