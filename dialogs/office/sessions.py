"""The office's sessions a page at a time, and one of them with everything that can be done to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs import cards, dates
from dialogs.choosing import said_number
from dialogs.office import verbs
from dialogs.talk import Reply
from dialogs.training.courses import courses_meant, wanted_in
from dialogs.training.sessions import course_title, free_until, place_of, when
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.unconfirmed import doubt_mark
from dialogs.wording import say
from services.bookings.rules import audience
from services.errors import NotFound, ServiceError
from services.model import BookingState, Role, Session, SessionState
from services.office import filling

PAGE, PEOPLE_PAGE, LOOKED_AT = 5, 25, 500
SHOWN = "office-shown"
_NAMES = {
    BookingState.BOOKED: "booked",
    BookingState.AWAITING: "waiting for their line manager's approval",
    BookingState.OFFERED: "offered a place",
    BookingState.WAITING: "waiting",
    BookingState.ATTENDED: "attended",
    BookingState.DID_NOT_ATTEND: "did not attend",
    BookingState.NOT_APPROVED: "not approved in time",
}


def state_name(state: BookingState) -> str:
    """A state of a booking in words."""
    return _NAMES.get(state, state.value.replace("-", " "))


def _after(turn: Turn) -> tuple[datetime, int] | None:
    """The last row of the page before. A card can be forged: what cannot be read begins at the first page."""
    moment, _, number = turn.field("after").partition("|")
    try:
        return datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None


def line(turn: Turn, session: Session) -> str:
    """A session as the office reads it: how full it is comes with it."""
    few = f" {say('session-too-few')}" if filling.too_few(session, turn.rules) and not session.begun(turn.now) else ""
    count = say("session-taken", taken=session.taken, capacity=session.capacity)
    return f"{course_title(turn, session.course_id)}, {when(turn, session)}. {count}.{few}"


async def list_sessions(turn: Turn) -> Answer:
    """What is coming up, soonest first."""
    turn.known(Role.MANAGER)
    after = _after(turn)
    if after is not None and after[0].tzinfo is None:
        after = None
    found = await turn.work.office.sessions_page(turn.now, after=after, limit=PAGE + 1)
    if not found:
        reply = Reply(say("office-no-sessions"))
        new = cards.button("New session", verbs.NEW)
        return answer(Reply(reply.text, cards.card([cards.words(reply.text)], [new], fallback=reply.text)))
    shown = found[:PAGE]
    return _listed(turn, shown, [_more(shown[-1])] if len(found) > PAGE else [])


def _listed(turn: Turn, shown: Sequence[Session], buttons: Sequence[cards.Element] = ()) -> Answer:
    lines = [line(turn, session) for session in shown]
    numbered = [f"{number}. {one}" for number, one in enumerate(lines, 1)]
    plain = "\n".join([say("office-sessions"), *numbered, say("office-sessions-how")])
    body: list[cards.Element] = [cards.title(say("office-sessions"))]
    for session, words in zip(shown, lines, strict=True):
        opened = cards.button("Open", verbs.SESSION, session=session.id)
        body.append(cards.panel([cards.words(words), cards.actions_row([opened])]))
    return answer(Reply(plain, cards.card(body, list(buttons), fallback=plain)), **listed(verbs.SESSIONS, shown))


@dataclass(frozen=True, slots=True)
class Named:
    """The sessions of a course that is named: those of the day that was said, and all that are coming."""

    then: Sequence[Session]
    coming: Sequence[Session]


async def named(turn: Turn, words: str, day: str = "") -> Named | None:
    """The sessions of the course that these words name, and of the `day` where one is; None for no course."""
    turn.known(Role.MANAGER)
    wanted = wanted_in(turn, words)
    meant = courses_meant(turn.rules.pack, wanted.words) or courses_meant(turn.rules.pack, words)
    if not meant:
        return None
    found = await turn.work.sessions.coming(turn.now, course_ids=[one.id for one in meant], limit=LOOKED_AT)
    span = wanted.span or (wanted_in(turn, f"on {day}").span if day else None)
    return Named([one for one in found if span is None or span.holds(turn.rules.today(one.starts_at))], found)


async def of_course(turn: Turn, words: str, day: str = "") -> Answer | None:
    """The session of a course that is named, and of the `day` where one is, to be changed on its card, or the choice of
    them; None for no course. A day on which there is none is told of by the choice.

    Nothing is changed by words alone: a day and a number are too easily misread for what many people are told of.
    """
    found = await named(turn, words, day)
    if found is None:
        return None
    if len(found.then) == 1:
        return await show(turn, found.then[0], say("office-change-here"))
    return _listed(turn, (found.then or found.coming)[:PAGE]) if found.coming else None


def listed(verb: str, shown: Sequence[Session]) -> dict[str, str]:
    """What is kept of a list, by the verb that shows it, so that a number opens what it stands for."""
    return {EXPECT: verb, SHOWN: " ".join(str(session.id) for session in shown)}


def choice(question: str, rows: Sequence[tuple[Session, str, cards.Element]], asks: str, **data: str) -> Answer:
    """Sessions to choose from, each with its line and its button; a number is the answer to `asks`."""
    lines = [f"{number}. {words}" for number, (_, words, _) in enumerate(rows, 1)]
    plain = "\n".join([question, *lines, say("office-sessions-how")])
    body: list[cards.Element] = [cards.title(question)]
    body += [cards.panel([cards.words(words), cards.actions_row([opened])]) for _, words, opened in rows]
    state = {**listed(asks, [session for session, _, _ in rows]), **data}
    return answer(Reply(plain, cards.card(body, fallback=plain)), **state)


async def choose(turn: Turn) -> Answer | None:
    """A number after the list of sessions; None when the words are about something else."""
    chosen = chosen_of(turn)
    return await show_session(turn.saying(session=chosen)) if chosen else None


def chosen_of(turn: Turn) -> str | None:
    """The session of the last list that a typed number stands for."""
    return said_number(turn.said.text, turn.state.get(SHOWN, "").split())


def _more(last: Session) -> cards.Element:
    return cards.button("Later ones", verbs.SESSIONS, after=f"{last.starts_at.isoformat()}|{last.id}")


async def find(turn: Turn) -> Session:
    """The session that a card names. Raises `NotFound`."""
    session = await turn.work.sessions.by_id(turn.number("session"))
    if session is None:
        raise NotFound("session-unknown")
    return session


async def show_session(turn: Turn) -> Answer:
    """One session as it stands now, with what can still be done to it."""
    turn.known(Role.MANAGER)
    return await show(turn, await find(turn))


async def show(turn: Turn, session: Session, *said: str) -> Answer:
    """The session's card, with what was just done above it."""
    counts = await turn.work.office.counts_on(session.id)
    stands = [say("session-count", count=count, state=_NAMES[one]) for one in _NAMES if (count := counts.get(one))]
    title = course_title(turn, session.course_id)
    cancelled = session.state is SessionState.CANCELLED
    notes = [say("session-is-cancelled")] if cancelled else []
    if not cancelled and not session.begun(turn.now) and filling.too_few(session, turn.rules):
        notes.append(_minimum(turn))
    if session.closes_on is not None:
        notes.append(say("session-closes-on", day=dates.day(session.closes_on)))
    people = ", ".join(stands) or say("session-nobody")
    plain = "\n".join([*said, f"{title}, {when(turn, session)}.", people, *notes])
    body = [
        *(cards.panel([cards.words(one)], style="good") for one in said),
        cards.title(title),
        _facts(turn, session),
        cards.words(people),
        *(cards.words(one, tone="attention") for one in notes),
    ]
    return answer(Reply(plain, cards.card(body, [] if cancelled else _buttons(turn, session), fallback=plain)))


def _facts(turn: Turn, session: Session) -> cards.Element:
    """What the office knows of it: how full it is, and not what somebody would get who books it."""
    course = turn.rules.pack.course(session.course_id)
    last = free_until(turn, session)
    return cards.facts(
        [
            ("When", when(turn, session)),
            ("That is", dates.distance(turn.today, turn.rules.today(session.starts_at), turn.rules.workdays)),
            ("Where", place_of(session)),
            ("Trainer", session.trainer or ""),
            ("For", audience(course) if course else ""),
            ("Places", say("session-taken", taken=session.taken, capacity=session.capacity)),
            ("Cancel freely until", last),
        ]
    )


def _minimum(turn: Turn) -> str:
    minimum = turn.rules.pack.partnership.booking.minimum_booked
    return say("session-minimum", minimum=minimum.value) + doubt_mark(minimum.confirmed)


def _buttons(turn: Turn, session: Session) -> list[cards.Element]:
    people = cards.button("People and messages", verbs.DELEGATES, session=session.id)
    if session.begun(turn.now):
        return [people, cards.button("Attendance", verbs.REGISTER, session=session.id)]
    return [
        people,
        cards.button("Change it", verbs.EDIT, session=session.id),
        cards.button("Promote it", verbs.PROMOTE, session=session.id),
        cards.button("Keep booking open", verbs.EXTEND, session=session.id),
        cards.button("Cancel the session", verbs.CALL_OFF_ASK, style="destructive", session=session.id),
    ]


async def promote(turn: Turn) -> Answer:
    """Invite who may want it."""
    person = turn.known(Role.MANAGER)
    session = await find(turn)
    invited = await filling.promote(turn.work, person, session.id, now=turn.now)
    return await show(turn, session, say("promoted" if invited else "promoted-nobody", count=invited))


async def extend(turn: Turn) -> Answer:
    """Keep booking open until the day."""
    person = turn.known(Role.MANAGER)
    session = await filling.extend(turn.work, person, turn.number("session"), now=turn.now, rules=turn.rules)
    if session.closes_on is None:
        raise ServiceError("stale-card")
    return await show(turn, session, say("extended", day=dates.day(session.closes_on)))
