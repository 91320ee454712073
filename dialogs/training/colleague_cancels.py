"""`cancel bob`: the places that were booked for a colleague, by the name that the bot shows; never one's own."""

from __future__ import annotations

import re

from dialogs.choosing import folded
from dialogs.talk import Reply
from dialogs.training import cancelling
from dialogs.training.called import NAME, as_typed, colleagues_called, places_of
from dialogs.training.cancelling import CANCEL_ASK, ask_cancel, which
from dialogs.training.colleague_orders import names_one_of_ours
from dialogs.training.courses import courses_meant, wanted_in
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.colleagues import is_called
from services.understanding import Outcome, Understanding

_PLACE = r"(?:places?|bookings?|spots?|seats?|sessions?|courses?|training)"
_POLITE = (
    r"(?:(?:sorry|actually|oops|oh|no|wait|ok|so|sadly|unfortunately)[,.]? "
    r"|please |can you |could you |can i |i want to |i need to |i'd like to )*"
)
_CANCELS = re.compile(
    rf"{_POLITE}(?:cancel|unbook|remove|delete) (?:the {_PLACE} (?:of|for) )?(?P<name>{NAME})(?:'s?)?"
    rf"(?: {_PLACE})?(?: (?:on|from|for|off|at|in) (?P<course>.+?))?(?: please)?",
    re.IGNORECASE,
)
_OF_COURSE = re.compile(
    rf"{_POLITE}(?:cancel|unbook|remove|delete) (?P<course>.+?) for (?P<name>{NAME})(?: please)?", re.IGNORECASE
)

_TAKES_OFF = re.compile(
    rf"{_POLITE}(?:take|drop|pull) (?P<name>{NAME}) (?:off|out of|from) (?P<course>.+?)(?: please)?", re.IGNORECASE
)
_SO_CANCEL = (
    r"(?:[,.;]? (?:(?:so|and|please|can you|could you|just) )*(?:cancel|remove|unbook|drop|take)"
    rf" (?:them|him|her|it|that|(?:their|his|her|the) {_PLACE})(?: off(?: it)?)?(?: please)?)?"
)
_CANNOT = re.compile(
    rf"{_POLITE}(?P<name>{NAME}) (?:can'?t|cannot|can not|won'?t|will not)(?: be able to)?(?: now| longer)?"
    rf" (?:make|come|go|attend|do)(?: it)?(?: now| anymore| any more)?"
    rf"(?:(?: to| on| for)? (?P<course>.+?))??(?: now| anymore| any more| sorry)?{_SO_CANCEL}",
    re.IGNORECASE,
)
"""Says of a colleague that they do not come. A child of the same name may not come to school, so of what stands behind
it only a course of ours counts."""
_FORMS = (_CANCELS, _OF_COURSE, _TAKES_OFF, _CANNOT)


_I_CANNOT = re.compile(r"\b(?:i|we) (?:can'?t|cannot|can not|won'?t|will not)\b", re.IGNORECASE)
_THEY = frozenset({"her", "him", "hers", "his"})
"""Said of somebody else for certain, where a name could stand."""


async def heard(turn: Turn, understood: Understanding) -> Answer | None:
    """The places of the colleague who is named, to be confirmed; None where nobody of them is meant."""
    if not turn.personal or turn.person is None or understood.outcome is Outcome.EMERGENCY:
        return None
    readings = _readings(turn)
    if not readings:
        return None
    theirs = await turn.work.bookings.booked_by(turn.person.id, turn.now)
    people = await turn.work.people.by_ids({one.person_id for one in theirs})
    for found in readings:
        they = found["name"].casefold() in _THEY
        if meant := theirs if they else places_of(found["name"], theirs, people):
            sessions = await turn.work.sessions.by_ids({one.session_id for one in meant})
            wanted = wanted_in(turn, found["course"] or "")
            named = {one.id for one in courses_meant(turn.rules.pack, wanted.words)}
            kept = [one for one in meant if not named or sessions[one.session_id].course_id in named]
            if len(kept) == 1:
                return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=str(kept[0].id)))
            lead = say("cancel-which-for") if kept else say("cancel-not-booked-for")
            return await which(turn, kept or meant, sessions, [lead])
    return await _nothing_for_them(turn, understood, readings[0]["name"])


def _readings(turn: Turn) -> list[re.Match[str]]:
    said = as_typed(turn)
    found = [one for form in _FORMS if (one := form.fullmatch(said))]
    return [one for one in found if one.re is not _CANNOT or not one["course"] or _course_in(turn, one["course"])]


def _course_in(turn: Turn, words: str) -> bool:
    return bool(courses_meant(turn.rules.pack, wanted_in(turn, words).words))


async def _nothing_for_them(turn: Turn, understood: Understanding, name: str) -> Answer | None:
    """A colleague for whom nothing is booked: no case data, and nothing to cancel. Words that name a colleague never
    lead to a place of the speaker's own."""
    if understood.outcome is Outcome.IDENTIFIABLE and not understood.only_names:
        return None
    if _course_in(turn, name) or wanted_in(turn, name).span is not None:
        return None
    if name.casefold() in _THEY:
        return answer(Reply(say("cancel-nothing-for-them"), suggestions=("my bookings",)))
    if not await colleagues_called(turn, name):
        return None
    return answer(Reply(say("cancel-nothing-for"), suggestions=("my bookings",)))


async def find_to_cancel(turn: Turn) -> Answer:
    """`cancel`: a place of one's own, unless the words name a colleague ("bob and carol cannot come").

    Raises `ServiceError` as the question about one's own places does.
    """
    of_school = (said := _CANNOT.fullmatch(as_typed(turn))) is not None and not _course_in(turn, said["course"] or "")
    of_mine = _I_CANNOT.search(as_typed(turn)) is not None
    if of_school or of_mine or not await names_one_of_ours(turn, turn.said.text):
        return await cancelling.find_to_cancel(turn)
    theirs = await turn.work.bookings.booked_by(turn.known().id, turn.now)
    people = await turn.work.people.by_ids({one.person_id for one in theirs})
    words = folded(turn.said.text).split()
    meant = [one for one in theirs if any(is_called(people[one.person_id], word) for word in words)]
    if not meant:
        return answer(Reply(say("cancel-nothing-for"), suggestions=("my bookings",)))
    if len(meant) == 1:
        return await ask_cancel(turn.saying(verb=CANCEL_ASK, booking=str(meant[0].id)))
    sessions = await turn.work.sessions.by_ids({one.session_id for one in meant})
    lead = "cancel-one-at-a-time" if len({one.person_id for one in meant}) > 1 else "cancel-which-for"
    return await which(turn, meant, sessions, [say(lead)])
