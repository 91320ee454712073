"""A session as people read it: which course, when, where, how many places, until when to cancel freely."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.turn import Turn
from services import bookings
from services.model import Session

YES = frozenset({"yes", "y", "yes please", "ok", "book", "book it", "confirm", "cancel it", "yep", "please"})
NO = frozenset({"no", "n", "no thanks", "keep", "keep it", "stop", "nope"})


def said_number(text: str, offered: list[str]) -> str | None:
    """The offered id that a typed number means; None when it is not a number on the list."""
    number = text.strip().rstrip(".)")
    return offered[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(offered) else None


def said_yes(text: str) -> bool | None:
    """True for yes, False for no, None for anything else."""
    word = text.strip().lower().rstrip(".!")
    return True if word in YES else False if word in NO else None


def course_title(turn: Turn, course_id: str) -> str:
    """The course's name, or its id when the pack no longer lists it."""
    course = turn.rules.pack.course(course_id)
    return course.title if course else course_id


def when(turn: Turn, session: Session) -> str:
    """Day and hours on the partnership's wall clock."""
    return dates.session_time(session.starts_at, session.ends_at, turn.rules.pack.partnership.calendar.zone)


def places(session: Session) -> str:
    """How many places are left, in words."""
    left = session.places_left
    if left == 0:
        return "Full: you can join the waiting list"
    return f"{left} place{'' if left == 1 else 's'} left of {session.capacity}"


def session_facts(turn: Turn, session: Session) -> cards.Element:
    """What somebody needs to know before they book, with the last day to cancel as a date."""
    notice = turn.rules.pack.partnership.booking.notice_working_days
    doubt = "" if notice.confirmed else " (notice period to be confirmed)"
    day = session.starts_at.astimezone(turn.rules.pack.partnership.calendar.zone).date()
    return cards.facts(
        [
            ("When", when(turn, session)),
            ("That is", dates.distance(turn.today, day, turn.rules.workdays)),
            ("Where", session.venue or "Online, in Microsoft Teams"),
            ("Trainer", session.trainer or ""),
            ("Places", places(session)),
            ("Cancel freely until", dates.day(bookings.free_until(session, turn.rules)) + doubt),
        ]
    )


def session_line(turn: Turn, session: Session) -> str:
    """A session in one line."""
    return f"{course_title(turn, session.course_id)}, {when(turn, session)}. {places(session)}."
