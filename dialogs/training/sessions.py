"""A session as people read it: which course, when, where, how many places, until when to cancel freely."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs import cards, dates
from dialogs.training.courses import courses_meant, only_names
from dialogs.turn import Turn
from dialogs.wording import say
from services import bookings
from services.bookings.rules import audience
from services.model import HAS_PLACE, Booking, BookingState, Person, Session

SESSIONS = "sessions"
"""The dates that were offered, to be booked by a number or a yes."""
_THE_ONE = re.compile(r"(?:(?:yes|ok|please|book),? )*(?:the )?(?P<course>.+?) one(?: please| pls)?", re.IGNORECASE)


def course_title(turn: Turn, course_id: str) -> str:
    """The course's name, or its id when the pack no longer lists it."""
    course = turn.rules.pack.course(course_id)
    return course.title if course else course_id


def when(turn: Turn, session: Session) -> str:
    """Day and hours on the partnership's wall clock."""
    return dates.session_time(session.starts_at, session.ends_at, turn.rules.pack.partnership.calendar.zone)


def places_in_words(number: int) -> str:
    """`1 place`, `20 places`."""
    return f"{number} place{'' if number == 1 else 's'}"


def places_left(session: Session, waiting: int = 0, *, colleague: bool = False) -> str:
    """How many places are left, in words; of a full session, which number somebody would be who joins now."""
    left = session.places_left
    if left == 0 or waiting:
        return say("full-now-colleague" if colleague else "full-now", position=waiting + 1)
    return f"{places_in_words(left)} left of {session.capacity}"


def place_of(session: Session, *, inside: bool = False) -> str:
    """The venue, or that it is online; `inside` a sentence, in small letters."""
    online = say("online")
    return session.venue or (online[:1].lower() + online[1:] if inside else online)


def where(session: Session, booking: Booking | None) -> str:
    """The same for somebody with this booking of it. The link itself is for those who have a place; where there is
    none yet, nobody is told that it comes with a booking."""
    if session.venue:
        return session.venue
    if not session.join_url:
        return say("link-later")
    return place_of(session) if _has_place(booking) else say("link-after-booking")


@dataclass(frozen=True)
class Standing:
    """What the person speaking has on the sessions shown, and how many others wait for them."""

    mine: Mapping[int, Booking] = field(default_factory=dict)
    position: Mapping[int, int] = field(default_factory=dict)
    waiting: Mapping[int, int] = field(default_factory=dict)
    agrees: str = ""
    """Who has still to agree, where a place of theirs is held."""
    held: Sequence[Session] = ()
    """What they have a place on, shown or not, soonest first."""
    colleague: bool = False
    """True where it is shown for a colleague, of whom nothing is told but the queue."""

    def elsewhere(self, session: Session) -> Session | None:
        """Another date of the same course on which they have a place, where this one is not theirs too."""
        others = [one for one in self.held if one.course_id == session.course_id]
        return next(iter(others), None) if self.of(session) is None else None

    def of(self, session: Session) -> Booking | None:
        """What they have on this session."""
        return self.mine.get(session.id)


async def who_agrees(turn: Turn, delegate: Person) -> str:
    """Who is asked to agree to somebody's place, in words: their line manager, or the office where there is none."""
    asked = await bookings.approvers(turn.work, delegate)
    if asked != [delegate.line_manager_id]:
        return say("agrees-office")
    return say("agrees-yours" if delegate.id == turn.known().id else "agrees-theirs")


async def standing(turn: Turn, sessions: Collection[Session]) -> Standing:
    """How the person stands to these sessions. In a channel nothing personal is looked up."""
    ids = {one.id for one in sessions}
    waiting = await turn.work.bookings.waiting_counts(ids)
    if turn.person is None or not turn.personal:
        return Standing(waiting=waiting)
    active = await turn.work.bookings.active_of(turn.person.id, turn.now)
    mine = {one.session_id: one for one in active if one.session_id in ids}
    queued = [one for one in mine.values() if one.state is BookingState.WAITING]
    position = {one.session_id: await turn.work.bookings.ahead_of(one) + 1 for one in queued}
    awaits = any(one.state is BookingState.AWAITING for one in mine.values())
    agrees = await who_agrees(turn, turn.person) if awaits else ""
    places = await turn.work.sessions.by_ids({one.session_id for one in active if one.state in HAS_PLACE})
    held = sorted(places.values(), key=lambda one: one.starts_at)
    return Standing(mine, position, waiting, agrees, held)


def places(turn: Turn, session: Session, stands: Standing) -> str:
    """Places left, or what the person has already."""
    match stands.of(session):
        case None:
            return places_left(session, stands.waiting.get(session.id, 0), colleague=stands.colleague)
        case Booking(state=BookingState.BOOKED):
            return say("yours-booked")
        case Booking(state=BookingState.AWAITING):
            return say("yours-awaiting", agrees=stands.agrees)
        case Booking(offer_until=until) if until is not None:
            return say("yours-offered", until=dates.moment(until, turn.rules.pack.partnership.calendar.zone))
        case _:
            return say("yours-waiting", position=stands.position.get(session.id, 1))


def cancel_freely(turn: Turn, session: Session) -> str:
    """The last day to cancel without being late as a sentence, or that it is over."""
    last = free_until(turn, session)
    return say("cancel-freely", day=last) if last else say("cancel-is-late")


def free_until(turn: Turn, session: Session) -> str:
    """The last day to cancel without being late; empty when it is over."""
    last = bookings.free_until(session, turn.rules)
    if last < turn.today:
        return ""
    notice = turn.rules.pack.partnership.booking.notice_working_days
    return dates.day(last) + ("" if notice.confirmed else " (notice period to be confirmed)")


def session_facts(turn: Turn, session: Session, stands: Standing | None = None) -> cards.Element:
    """What somebody needs to know before they book, with the last day to cancel as a date."""
    stands = stands or Standing()
    day = turn.rules.today(session.starts_at)
    course = turn.rules.pack.course(session.course_id)
    last = free_until(turn, session)
    return cards.facts(
        [
            ("When", when(turn, session)),
            ("That is", dates.distance(turn.today, day, turn.rules.workdays)),
            ("Where", where(session, stands.of(session))),
            ("Trainer", session.trainer or ""),
            ("For", audience(course) if course else ""),
            ("Places", places(turn, session, stands)),
            ("Cancel freely until", last) if last else ("Cancelling", say("cancel-is-late")),
            ("Already", _held_already(turn, session, stands)),
        ]
    )


def _has_place(booking: Booking | None) -> bool:
    return booking is not None and booking.state is BookingState.BOOKED


def _held_already(turn: Turn, session: Session, stands: Standing) -> str:
    other = stands.elsewhere(session)
    return say("held-already", when=when(turn, other)) if other is not None else ""


def session_line(turn: Turn, session: Session, stands: Standing | None = None) -> str:
    """A session in one line, with everything that its card says."""
    stands = stands or Standing()
    trainer = f" Trainer: {session.trainer}." if session.trainer else ""
    place = where(session, stands.of(session))
    already = _held_already(turn, session, stands)
    return (
        f"{course_title(turn, session.course_id)}, {when(turn, session)}. {place}.{trainer} "
        f"{places(turn, session, stands)}. {cancel_freely(turn, session)}{f' {already}.' if already else ''}"
    )


def joining(session: Session) -> list[cards.Element]:
    """The button that opens an online session, for somebody who has a place."""
    online = session.join_url is not None and session.join_url.startswith("https://")
    return [cards.link("Join in Teams", session.join_url or "")] if online else []


async def named_one(turn: Turn, offered: Sequence[str]) -> str | None:
    """`the child mental health one`: the one date of a list that its course names; None where it names several."""
    said = _THE_ONE.fullmatch(turn.said.text.strip().rstrip("!."))
    meant = {one.id: one for one in courses_meant(turn.rules.pack, said["course"])} if said else {}
    if said is None or not any(only_names(one, said["course"]) for one in meant.values()):
        return None
    sessions = await turn.work.sessions.by_ids({int(one) for one in offered})
    named = [one for one in offered if sessions[int(one)].course_id in meant]
    return named[0] if len(named) == 1 else None
