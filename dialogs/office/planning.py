"""Making a session and changing one, each in one card; calling one off, with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

from dialogs import cards, dates
from dialogs.choosing import folded, said_option, said_stop, said_yes
from dialogs.office import new_day, verbs
from dialogs.office.new_day import NewTime
from dialogs.office.new_words import Draft, draft_lines
from dialogs.office.sessions import SHOWN, find, show
from dialogs.talk import Reply
from dialogs.training.sessions import course_title, places_in_words, when
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.coming_days import day_to_come
from services.errors import ServiceError
from services.model import ACTIVE, MOST_PLACES, Role, Session
from services.office import cancelling, running
from services.office.cancelling import Reason

USUAL_CAPACITY = "20"
SURE = "sure"
_TOLD = (
    (
        Reason.TRAINER,
        re.compile(
            r"(?:because |as )?(?:(?:the|our) )?trainer(?:'s)?(?: (?:is|has|is off|has gone))?"
            r" (?:ill|sick|unwell|unavailable|not available|away|off|can't (?:come|make it)|cant (?:come|make it))"
        ),
    ),
    (
        Reason.TOO_FEW,
        re.compile(
            r"(?:because |as )?(?:there are )?(?:too few|not enough)(?: (?:people|bookings|booked|delegates))*"
            r"|low numbers"
        ),
    ),
    (Reason.WEATHER, re.compile(r"(?:because of |the |bad )*(?:weather|snow|storm|ice|flood(?:ing)?)")),
)
"""Why, as people say it."""


async def new(turn: Turn) -> Answer:
    """The form of a session to be."""
    return drafted(turn, Draft())


def drafted(turn: Turn, draft: Draft) -> Answer:
    """The form of a session to be, filled in with what was said of it, which is read back."""
    turn.known(Role.MANAGER)
    courses = sorted((course.title, course.id) for course in turn.rules.pack.courses)
    title = say("new-session")
    read = draft_lines(draft)
    chosen = draft.course.id if draft.course else ""
    body = [
        cards.title(title),
        *map(cards.words, read),
        cards.filled(cards.choice_input("course", "Course", courses), chosen),
        *_fields(turn, _values_of(draft)),
        _places(str(draft.places) if draft.places else USUAL_CAPACITY),
    ]
    buttons = [cards.button("Publish it", verbs.CREATE, style="positive")]
    plain = "\n".join([say("new-session-words"), *read])
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)))


def _values_of(draft: Draft) -> dict[str, str]:
    """What the fields begin with. Where only the start was said, the end is left to be chosen."""
    starts, ends = draft.starts or time(9, 30), draft.ends or (time(12, 30) if draft.starts is None else None)
    return {
        "day": draft.day.isoformat() if draft.day else "",
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}" if ends else "",
        "venue": draft.venue,
        "link": draft.link,
        "trainer": draft.trainer,
    }


def _values_now(turn: Turn, session: Session) -> dict[str, str]:
    zone = turn.rules.pack.partnership.calendar.zone
    starts, ends = (at.astimezone(zone) for at in (session.starts_at, session.ends_at))
    return {
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "venue": session.venue or "",
        "link": session.join_url or "",
        "trainer": session.trainer or "",
    }


def _fields(turn: Turn, values: Mapping[str, str]) -> list[cards.Element]:
    return [
        cards.filled(cards.date_input("day", "Day", earliest=turn.today.isoformat()), values["day"]),
        cards.time_input("starts", "From", value=values["starts"]),
        cards.time_input("ends", "To", value=values["ends"]),
        cards.filled(_text("venue", "Venue (leave empty if it is online)"), values["venue"]),
        cards.filled(_text("link", "Teams link"), values["link"]),
        cards.filled(_text("trainer", "Trainer's name"), values["trainer"]),
    ]


def _places(value: str) -> cards.Element:
    return cards.filled(cards.text_input("capacity", "Places", most=4), value)


def _capacity(turn: Turn) -> int:
    """What was typed as the number of places; -1 for what is no number, which no session can have."""
    places = turn.field("capacity")
    return int(places) if places.isdecimal() and len(places) < 6 else -1


def _text(id: str, label: str) -> cards.Element:
    return cards.text_input(id, label, most=2000 if id == "link" else 200)


def _time(turn: Turn, name: str) -> time:
    try:
        return time.fromisoformat(turn.field(name))
    except ValueError as error:
        raise ServiceError("bad-time") from error


def _plan(turn: Turn) -> running.Plan:
    return running.Plan(
        day_to_come(turn.field("day"), turn.today),
        _time(turn, "starts"),
        _time(turn, "ends"),
        turn.field("venue"),
        turn.field("link"),
        turn.field("trainer"),
    )


async def create(turn: Turn) -> Answer:
    """Publish the session; on a day when offices are closed, once it is certain. Pressed twice, it is one session."""
    person = turn.known(Role.MANAGER)
    day = day_to_come(turn.field("day"), turn.today)
    if not turn.field(SURE) and day >= turn.today and not turn.rules.workdays.is_working(day):
        return _on_a_closed_day(turn, day)
    ran = await running.create(
        turn.work,
        person,
        turn.field("course"),
        _plan(turn),
        capacity=_capacity(turn),
        now=turn.now,
        rules=turn.rules,
    )
    return await show(turn, ran.session, say("session-created-again" if ran.repeated else "session-created"))


def _on_a_closed_day(turn: Turn, day: date) -> Answer:
    """Is that day meant? Nothing is published before a yes."""
    weekend = day.weekday() not in turn.rules.workdays.week
    question = say("session-at-weekend" if weekend else "session-on-holiday", day=dates.day(day))
    # what was typed stays on the card: nobody has screened it
    names = ("course", "starts", "ends", "venue", "link", "trainer", "capacity")
    filled = {**{name: turn.field(name) for name in names}, "day": day.isoformat(), SURE: "yes"}
    buttons = [
        cards.button("Yes, publish it", verbs.CREATE, style="positive", **filled),
        cards.button("No, another day", verbs.NEW),
    ]
    return answer(Reply(question, cards.card([cards.words(question)], buttons, fallback=question)))


async def edit(turn: Turn) -> Answer:
    """The form of a session that there is, filled in."""
    turn.known(Role.MANAGER)
    return form_of(turn, await find(turn), new_day.sent(turn.field("when")))


def form_of(turn: Turn, session: Session, new: NewTime | None = None) -> Answer:
    """That form; with the `new` time that words named, which is read back."""
    title = say("change-session", course=course_title(turn, session.course_id))
    values = _values_now(turn, session)
    read = []
    if new is not None:
        zone = turn.rules.pack.partnership.calendar.zone
        values |= new_day.values(new, session.starts_at.astimezone(zone), session.ends_at.astimezone(zone))
        read = new_day.read_back(turn, new, when(turn, session))
    tells = [*read, say("change-session-tells")]
    body = [cards.title(title), *map(cards.words, tells), *_fields(turn, values), _places(str(session.capacity))]
    buttons = [
        cards.button("Save and tell everybody", verbs.CHANGE, style="positive", session=session.id),
        cards.button("Leave it as it is", verbs.SESSION, session=session.id),
    ]
    plain = " ".join([f"{title}.", *tells])
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)))


async def change(turn: Turn) -> Answer:
    """Save it; whoever is on it is told, once, of what is new."""
    person = turn.known(Role.MANAGER)
    await _require_possible_capacity(turn)
    ran = await running.change(turn.work, person, turn.number("session"), _plan(turn), now=turn.now, rules=turn.rules)
    before = ran.session.capacity
    session = await _resized(turn, ran.session)
    said = [] if ran.repeated else [say("session-changed-told", count=ran.told)]
    if session.capacity != before:
        said.append(resized(before, session.capacity))
    return await show(turn, session, *(said or [say("session-unchanged")]))


def resized(before: int, after: int) -> str:
    """How many places there are now. Only of new ones it is said to whom they go."""
    key = "session-resized" if after > before else "session-resized-fewer"
    return say(key, before=before, after=places_in_words(after))


async def _require_possible_capacity(turn: Turn) -> None:
    """Refused before anything is saved: half a form must never stand."""
    session = await bookings.locked(turn.work, turn.number("session"))
    if not turn.field("capacity") or _capacity(turn) == session.capacity:
        return
    if not 0 <= _capacity(turn) <= MOST_PLACES:
        raise ServiceError("capacity-impossible", most=MOST_PLACES)
    if _capacity(turn) < session.taken:
        raise ServiceError("capacity-below-taken", taken=session.taken)


async def _resized(turn: Turn, session: Session) -> Session:
    """The session with the number of places that was typed. New places are offered to those who wait."""
    if not turn.field("capacity") or _capacity(turn) == session.capacity:
        return session
    return await bookings.change_capacity(
        turn.work, session.id, _capacity(turn), actor=turn.known(Role.MANAGER), now=turn.now, rules=turn.rules
    )


async def ask_call_off(turn: Turn) -> Answer:
    """Are you sure, and why: before anything changes."""
    turn.known(Role.MANAGER)
    session = await find(turn)
    concerned = await turn.work.bookings.on_session(session.id, ACTIVE)
    question = say("call-off-sure", course=course_title(turn, session.course_id), when=when(turn, session))
    what = say("call-off-tells", count=len(concerned))
    reasons = [(say(f"report-reason-{one.value}"), one.value) for one in Reason]
    body = [
        cards.title(question),
        cards.words(what),
        cards.choice_input("reason", "Why", reasons, expanded=True),
    ]
    buttons = [
        cards.button("Yes, cancel the session", verbs.CALL_OFF, style="destructive", session=session.id),
        cards.button("No, keep it", verbs.SESSION, session=session.id),
    ]
    plain = "\n".join([f"{question} {what}", _why()])
    state = {EXPECT: verbs.CALL_OFF, SHOWN: str(session.id)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


def _why() -> str:
    """The reasons to choose from, in words."""
    shown = [f"{number}. {say(f'report-reason-{one.value}')}" for number, one in enumerate(Reason, 1)]
    return "\n".join([*shown, say("call-off-how")])


async def said_why(turn: Turn) -> Answer | None:
    """The reason after `cancel the session?`, or that it stays; None when the words are about something else."""
    said, session = turn.said.text, turn.state.get(SHOWN, "")
    agreed = said_yes(said, "cancel")
    if said_stop(said) or agreed is False:
        return await show(turn, await find(turn.saying(session=session)), say("call-off-kept"))
    if agreed:
        return answer(Reply("\n".join([say("call-off-reason"), _why()])), **dict(turn.state))
    named = [say(f"report-reason-{one.value}") for one in Reason]
    told = next((one.value for one, form in _TOLD if form.fullmatch(folded(said))), None)
    chosen = said_option(said, [one.value for one in Reason], named) or told
    return await call_off(turn.saying(verb=verbs.CALL_OFF, session=session, reason=chosen)) if chosen else None


async def call_off(turn: Turn) -> Answer:
    """Call it off, and say what happens now."""
    person = turn.known(Role.MANAGER)
    chosen = turn.field("reason")
    if chosen not in {one.value for one in Reason}:
        raise ServiceError("call-off-reason")
    called = await cancelling.cancel_session(turn.work, person, turn.number("session"), Reason(chosen), now=turn.now)
    if called.repeated:
        return await show(turn, called.session, say("call-off-again"))
    lines = [say("call-off-done", count=called.told, reason=say(f"report-reason-{chosen}").lower())]
    if called.following is not None:
        zone = turn.rules.pack.partnership.calendar.zone
        lines.append(say("call-off-next", day=dates.day(called.following.starts_at.astimezone(zone).date())))
    else:
        lines.append(say("call-off-no-next"))
    return await show(turn, called.session, *lines)
