"""`cancel bob`: the places that were booked for a colleague, by the name that the bot shows; never one's own."""

from __future__ import annotations

import re

from dialogs.talk import Reply
from dialogs.training.called import NAME, as_typed, is_colleague, places_of
from dialogs.training.cancelling import CANCEL_ASK, ask_cancel, which
from dialogs.training.courses import courses_meant, wanted_in
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.understanding import Outcome, Understanding

_PLACE = r"(?:places?|bookings?|spots?|seats?|sessions?|courses?|training)"
_POLITE = r"(?:please |can you |could you |can i |i want to |i need to |i'd like to )*"
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
_CANNOT = re.compile(
    rf"(?:sorry,? )?(?P<name>{NAME}) (?:can'?t|cannot|can not|won'?t|will not)(?: be able to)?(?: now| longer)?"
    rf" (?:make|come|go|attend|do)(?: it)?(?: now| anymore| any more)?"
    rf"(?:(?: to| on| for)? (?P<course>.+?))?(?: now| anymore| any more| sorry)?",
    re.IGNORECASE,
)
"""Says of a colleague that they do not come. A child of the same name may not come to school, so of what stands behind
it only a course of ours counts."""
_FORMS = (_CANCELS, _OF_COURSE, _TAKES_OFF, _CANNOT)


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
        if meant := places_of(found["name"], theirs, people):
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
    if not await is_colleague(turn, name):
        return None
    return answer(Reply(say("cancel-nothing-for"), suggestions=("my bookings",)))
