"""Another date instead of the one that is booked: which one, then one question, then both at once. Never a question
whether to cancel, which would lose the place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs import cards
from dialogs.choosing import folded, said_number, said_stop, said_yes, wavers
from dialogs.talk import Reply
from dialogs.training import other_dates
from dialogs.training.booking import BOOK
from dialogs.training.cancelling import KEEP, keep, late_warning
from dialogs.training.courses import courses_meant, only_course, wanted_in, wanted_then
from dialogs.training.interests import ADD, INTEREST
from dialogs.training.other_dates import POLITE
from dialogs.training.sessions import (
    SESSIONS,
    Standing,
    cancel_freely,
    course_title,
    joining,
    session_line,
    standing,
    when,
    where,
    who_agrees,
)
from dialogs.turn import EXPECT, LAST_PLACE, Answer, Turn, answer, put_again
from dialogs.wording import say
from services import bookings
from services.bookings import Swapped
from services.errors import ServiceError
from services.finding import Span
from services.model import HAS_PLACE, Booking, BookingState, Person, Session

ASK, SWAP, DATES = "swap.ask", "swap.do", "swap.dates"
HELD, OTHERS, SURE, FROM = "swap-held", "swap-others", "swap-sure", "swap-from"
SHOWN = 4
"""Other dates in one answer."""
MOST_LOOKED_AT = 100
_MINE = r"(?:my|me|our|the (?:forum|training))"
_DATE = r"(?:dates?|day|sessions?|time|one|month|week)"
_MOVES = re.compile(
    rf"{POLITE}(?:change|move|sw[ao]p|switch|reschedule|rearrange|rebook|postpone)\b"
    rf"(?: (?:(?:the )?{_DATE} (?:of|for|on) )?{_MINE}\b| (?:the )?{_DATE}\b| (?:to|for)\b)"
    r".*"
)
_OF_A_PLACE = re.compile(
    rf"\b(?:{_DATE}|booking|bookings|place|course|training|forum)\b|reschedule|rearrange|rebook|postpone"
)
_A_BOOKING = re.compile(r"\bmy (?:booking|bookings|place|training|course|forum)\b")
_SENDS = re.compile(r"\b(?:colleague|someone|somebody|with)\b")
"""The same date for somebody else."""
_TO = re.compile(r"^(?P<held>.*)\b(?:to|for|into) (?P<to>.+?)$")
_INSTEAD = re.compile(
    rf"{POLITE}(?:go (?:on|to)|come to|attend|do|book|have) (?:the )?(?P<to>.+?) instead"
    r"(?: of (?:my |the )?(?P<held>.+?))?(?: please)?"
)
_RATHER = re.compile(
    rf"{POLITE}(?:rather|prefer(?: to)?)(?: (?:do|have|go (?:on|to)|come to|attend))? (?:the )?(?P<to>.+?)(?: please)?"
)
"""Another date without a word of moving: only a day makes it one."""
_NOISE = re.compile(
    r"\b(?:change|move|sw[ao]p|switch|reschedule|rearrange|rebook|postpone|ones?|bookings?|actually|later|earlier|sorry)\b"
)
"""Words of the order, none of which names a course."""


async def heard(turn: Turn) -> Answer | None:
    """`move my forum booking to may`: that date, to be confirmed, or which there are. None for anything else."""
    said = folded(turn.said.text)
    if (asked := await _other_of_mine(turn, said)) is not None:
        return asked
    if turn.personal and turn.person is not None and await _to_another_course(turn, said):
        raise ServiceError("swap-other-course")
    put = _put_otherwise(turn, said)
    said = put or said
    if not turn.personal or turn.person is None or not _MOVES.fullmatch(said) or _SENDS.search(said):
        return None
    wanted = wanted_in(turn, said)
    if not _OF_A_PLACE.search(said) and wanted.span is None:
        return None
    mine = await turn.work.bookings.active_of(turn.person.id, turn.now)
    sessions = await turn.work.sessions.by_ids({one.session_id for one in mine})
    named = {one.id for one in courses_meant(turn.rules.pack, _NOISE.sub(" ", wanted.words))}
    meant = [one for one in mine if sessions[one.session_id].course_id in named]
    meant = meant or (mine if not named else [])
    if not meant:
        # who has nothing booked may speak of anything; with a word for a place of theirs, they are told
        ours = not mine and not put and (named or _A_BOOKING.search(said))
        return answer(Reply(say("swap-nothing"), suggestions=("courses",))) if ours else None
    meant = [one for one in meant if one.state in HAS_PLACE] or meant
    before, to = _days(turn, said, wanted.span, [sessions[one.session_id] for one in meant])
    on_day = [one for one in meant if before is None or _holds(turn, before, sessions[one.session_id])]
    meant = on_day or meant
    return await (others(turn, meant[0], to) if len(meant) == 1 else which(turn, meant, sessions))


async def _to_another_course(turn: Turn, said: str) -> bool:
    """True for `swap the forum for lado` of who has a place on the forum."""
    order = other_dates.ordered(said)
    held, to = (only_course(turn, words) for words in order or ("", ""))
    if not held or not to or held & to:
        return False
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now)
    sessions = await turn.work.sessions.by_ids({one.session_id for one in mine})
    return any(one.course_id in held for one in sessions.values())


async def _other_of_mine(turn: Turn, said: str) -> Answer | None:
    """`is there another date for lado` of who has a place on it: which there are beside it. None for the rest."""
    named = only_course(turn, other_dates.asked_of(said)) if turn.personal and turn.person is not None else set()
    mine = await turn.work.bookings.active_of(turn.known().id, turn.now) if named else []
    sessions = await turn.work.sessions.by_ids({one.session_id for one in mine})
    meant = [one for one in mine if sessions[one.session_id].course_id in named]
    if not meant:
        return None
    return await (others(turn, meant[0], None) if len(meant) == 1 else which(turn, meant, sessions))


def _put_otherwise(turn: Turn, said: str) -> str:
    """`can i go on the march one instead of the december forum` as an order to move it; empty for anything else."""
    held, to = other_dates.ordered(said) or ("", "")
    if only_course(turn, held):
        dated = wanted_then(turn, to).span is not None
        return f"move my {held} booking to {to}" if dated or other_dates.is_another(to) else ""
    found = _INSTEAD.fullmatch(said) or _RATHER.fullmatch(said)
    if found is None or wanted_then(turn, found["to"]).span is None:
        return ""
    return f"move my {found.groupdict().get('held') or 'booking'} to {found['to']}"


def _days(turn: Turn, said: str, any_span: Span | None, held: Sequence[Session]) -> tuple[Span | None, Span | None]:
    """The days of the date that is held and of the one that is wanted, as far as they are said.

    A day without "to" is the wanted one, unless the place that is held is on it.
    """
    parts = _TO.match(said)
    to = wanted_then(turn, parts["to"]).span if parts is not None else None
    if parts is not None and to is not None:
        return wanted_in(turn, parts["held"]).span, to
    if any_span is not None and any(_holds(turn, any_span, one) for one in held):
        return any_span, None
    return None, any_span


def _holds(turn: Turn, span: Span, session: Session) -> bool:
    return span.holds(turn.rules.today(session.starts_at))


async def which(turn: Turn, held: Sequence[Booking], sessions: Mapping[int, Session]) -> Answer:
    """Several places could be meant: by button or by number."""
    people = await turn.work.people.by_ids({one.person_id for one in held})
    labels = []
    for one in held:
        session = sessions[one.session_id]
        whose = f"{people[one.person_id].name}: " if one.person_id != turn.known().id else ""
        labels.append(f"{whose}{course_title(turn, session.course_id)}, {when(turn, session)}")
    lines = [f"{number}. {label}" for number, label in enumerate(labels, 1)]
    plain = "\n".join([say("swap-which"), *lines])
    pairs = enumerate(zip(labels, held, strict=True), 1)
    buttons = [cards.button(f"{number}. {label}", DATES, booking=one.id) for number, (label, one) in pairs]
    body = [cards.words(line) for line in plain.split("\n")]
    state = {EXPECT: HELD, HELD: " ".join(str(one.id) for one in held)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def show_dates(turn: Turn) -> Answer:
    """The other dates of the course of one booking."""
    held = (await bookings.find_own(turn.work, turn.known(), turn.number("booking"))).booking
    return await others(turn, held, None)


async def _held(turn: Turn) -> Booking:
    """The place that is to be changed, the speaker's own or one that they may cancel. Raises `ServiceError` where it
    is none any more."""
    booking = (await bookings.find_own(turn.work, turn.known(), turn.number("booking"))).booking
    if booking.state not in HAS_PLACE:
        raise ServiceError(_of("swap-no-place", turn, booking))
    return booking


def _of(key: str, turn: Turn, held: Booking) -> str:
    """The sentence or the refusal as it is said of a colleague's place, where it is one."""
    return key if held.person_id == turn.known().id else f"{key}-for"


async def _whose(turn: Turn, held: Booking) -> Person:
    person = await turn.work.people.by_id(held.person_id)
    if person is None:
        raise ServiceError("booking-unknown")
    return person


async def _session(turn: Turn, session_id: int) -> Session:
    session = await turn.work.sessions.by_id(session_id)
    if session is None:
        raise ServiceError("session-unknown")
    return session


async def others(turn: Turn, held: Booking, to: Span | None) -> Answer:
    """The other dates of the course to choose from; straight to the question where only one can be meant."""
    session = await _session(turn, held.session_id)
    coming = await turn.work.sessions.coming(turn.now, course_ids=[session.course_id], limit=MOST_LOOKED_AT)
    active = {one.session_id for one in await turn.work.bookings.active_of(held.person_id, turn.now)}
    free = [one for one in coming if one.id not in active]
    then = [one for one in free if to is not None and _holds(turn, to, one)]
    if len(then) == 1 and held.state in HAS_PLACE:
        return await ask(turn.saying(verb=ASK, booking=str(held.id), session=str(then[0].id)))
    course, who = course_title(turn, session.course_id), (await _whose(turn, held)).name
    lead = say(_of("swap-stands", turn, held), who=who, course=course, when=when(turn, session))
    lead += f" {say('swap-none-then', when=to.said)}" if to is not None and not then else ""
    if not free:
        return _none(turn, held, session, lead)
    return await _listed(turn, held, lead, (then or free)[:SHOWN])


def _none(turn: Turn, held: Booking, session: Session, lead: str) -> Answer:
    """No other date is open: shall they be told when there is one? Of a colleague's only that there is none."""
    kept = {LAST_PLACE: str(held.id)}
    if held.person_id != turn.known().id:
        return answer(Reply(f"{lead} {say('swap-none')}", suggestions=("my bookings",)), **kept)
    plain = f"{lead} {say('swap-none')} {say('swap-none-tell')}"
    buttons = [cards.button("Tell me when there is one", ADD, course=session.course_id)]
    card = cards.card([cards.words(plain)], [*buttons, cards.button("My bookings", "my-bookings")], fallback=plain)
    return answer(Reply(plain, card), **{EXPECT: INTEREST, INTEREST: session.course_id, **kept})


async def _listed(turn: Turn, held: Booking, lead: str, dates: Sequence[Session]) -> Answer:
    own, has_place = held.person_id == turn.known().id, held.state in HAS_PLACE
    stands = replace(await standing(turn, dates), held=())  # the lead has named it
    stands = stands if own else Standing(waiting=stands.waiting, colleague=True)
    lines = [f"{number}. {session_line(turn, one, stands)}" for number, one in enumerate(dates, 1)]
    if not own and not has_place:
        return answer(Reply("\n".join([lead, say("swap-others"), *lines, say("swap-how-waiting-for")])))
    plain = "\n".join([lead, say("swap-others"), *lines, say("swap-how" if has_place else "swap-how-waiting")])
    labels = [(f"{number}. {when(turn, one)}", one.id) for number, one in enumerate(dates, 1)]
    change = [cards.button(label, ASK, booking=held.id, session=one) for label, one in labels]
    # who only waits gives nothing up: a place elsewhere is simply booked
    buttons = change if has_place else [cards.button(label, BOOK, session=one) for label, one in labels]
    body = [cards.words(line) for line in plain.split("\n")]
    kind = OTHERS if has_place else SESSIONS
    state = {EXPECT: kind, kind: " ".join(str(one.id) for one in dates), FROM: str(held.id)}
    state[LAST_PLACE] = str(held.id)
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def ask(turn: Turn) -> Answer:
    """Are you sure, and whether giving up the old date is late: before anything changes."""
    held = await _held(turn)
    before, after = await _session(turn, held.session_id), await _session(turn, turn.number("session"))
    waiting = await turn.work.bookings.waiting_counts([after.id])
    if not after.places_left or waiting.get(after.id):
        return await _full(turn, held, before, after)
    who, course = await _whose(turn, held), course_title(turn, before.course_id)
    question = say(
        _of("swap-sure", turn, held), who=who.name, course=course, old=when(turn, before), new=when(turn, after)
    )
    late = bookings.counts_as_late(held, before, turn.known(), turn.now, turn.rules)
    warning = [late_warning(turn)] if late else []
    key = "swap-asked-anew" if held.state is BookingState.AWAITING else "swap-given-up"
    what = say(_of(key, turn, held), agrees=await who_agrees(turn, who))
    plain = "\n".join([question, what, *warning, say("type-yes-or-no")])
    body = [
        cards.title(question),
        cards.words(what),
        *(cards.panel([cards.words(line)], style="warning") for line in warning),
    ]
    buttons = [
        cards.button("Yes, change it", SWAP, style="positive", booking=held.id, session=after.id),
        cards.button("No, keep my place" if who.id == turn.known().id else "No, keep it", KEEP, booking=held.id),
    ]
    state = {EXPECT: SURE, SURE: str(after.id), FROM: str(held.id), LAST_PLACE: str(held.id)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def _full(turn: Turn, held: Booking, before: Session, after: Session) -> Answer:
    """No place there: the one here stays, and the waiting list is offered, or how to ask for it for a colleague."""
    who, course = await _whose(turn, held), course_title(turn, before.course_id)
    key = _of("swap-full-wait", turn, held)
    plain = say(key, who=who.name, course=course, old=when(turn, before), new=when(turn, after))
    if who.id != turn.known().id:
        return answer(Reply(plain, suggestions=("book a colleague",)))
    button = cards.button("Join the waiting list", BOOK, session=after.id)
    card = cards.card([cards.words(plain)], [button, cards.button("My bookings", "my-bookings")], fallback=plain)
    return answer(Reply(plain, card), **{EXPECT: SESSIONS, SESSIONS: str(after.id)})


async def swap(turn: Turn) -> Answer:
    """Book the new date and give up the old one. Pressing twice is one change."""
    booking, session = turn.number("booking"), turn.number("session")
    held = (await bookings.find_own(turn.work, turn.known(), booking)).booking
    who = await _whose(turn, held)
    by = turn.known() if who.id != turn.known().id else None
    try:
        done = await bookings.swap(turn.work, who, booking, session, now=turn.now, rules=turn.rules, by=by)
    except ServiceError as error:
        if error.code != "swap-full":
            raise
        # Nothing was written: somebody else took the last place since it was shown.
        held = await _held(turn)
        return await _full(turn, held, await _session(turn, held.session_id), await _session(turn, session))
    return await _swapped(turn, done, who)


async def _swapped(turn: Turn, done: Swapped, who: Person) -> Answer:
    new, own = done.placed, who.id == turn.known().id
    awaiting = new.booking.state is BookingState.AWAITING
    key = "swapped-again" if new.repeated else "swapped-awaiting" if awaiting else "swapped"
    plain = say(
        _of(key, turn, new.booking),
        who=who.name,
        course=course_title(turn, new.session.course_id),
        old=when(turn, done.given_up.session),
        new=when(turn, new.session),
        agrees=await who_agrees(turn, who),
    )
    theirs = own and not awaiting
    links = joining(new.session) if theirs else []
    plain += f" {where(new.session, new.booking)}. {cancel_freely(turn, new.session)}" if theirs else ""
    plain += f" {say('calendar-comes')}" if theirs and turn.by_mail else ""
    buttons = [*links, cards.button("My bookings", "my-bookings")]
    card = cards.card([cards.words(plain)], buttons, fallback=plain)
    return answer(Reply(plain, card), **{LAST_PLACE: str(new.booking.id)})


async def choose_held(turn: Turn) -> Answer | None:
    """Which place it is about, by number; None for words on something else."""
    chosen = said_number(turn.said.text, turn.state.get(HELD, "").split())
    if chosen:
        return await show_dates(turn.saying(verb=DATES, booking=chosen))
    return await _not_chosen(turn, HELD, turn.state.get(HELD, "").partition(" ")[0])


async def choose_date(turn: Turn) -> Answer | None:
    """Which date instead, by number or by its day, or a yes where there is one; None for words on something else."""
    offered, held = turn.state.get(OTHERS, "").split(), turn.state.get(FROM, "")
    chosen = said_number(turn.said.text, offered)
    if not chosen and len(offered) == 1 and said_yes(turn.said.text, "change"):
        chosen = offered[0]
    chosen = chosen or await _by_its_day(turn, offered)
    if chosen:
        return await ask(turn.saying(verb=ASK, booking=held, session=chosen))
    return await _not_chosen(turn, OTHERS, held)


async def _by_its_day(turn: Turn, offered: Sequence[str]) -> str | None:
    wanted = wanted_then(turn, folded(turn.said.text))
    if wanted.span is None or set(wanted.words.split()) - {"the", "one", "date", "please", "in", "on"}:
        return None
    sessions = await turn.work.sessions.by_ids({int(one) for one in offered})
    meant = [one for one in offered if int(one) in sessions and _holds(turn, wanted.span, sessions[int(one)])]
    return meant[0] if len(meant) == 1 else None


async def _not_chosen(turn: Turn, kind: str, held: str) -> Answer | None:
    said = turn.said.text
    if said_stop(said) or said_yes(said, "change") is False:
        return await keep(turn.saying(verb=KEEP, booking=held))
    if said_yes(said, "change") or said.strip().rstrip(".)").isdecimal():
        most = len(turn.state.get(kind, "").split())
        return answer(Reply(say("which-number", most=most)), **put_again(turn.state))
    return None


async def sure(turn: Turn) -> Answer | None:
    """`yes` or `no` to the change; None for words on something else."""
    agreed, held = said_yes(turn.said.text, "change"), turn.state.get(FROM, "")
    if agreed:
        return await swap(turn.saying(verb=SWAP, booking=held, session=turn.state.get(SURE, "")))
    if agreed is False or said_stop(turn.said.text):
        return await keep(turn.saying(verb=KEEP, booking=held))
    return answer(Reply(say("yes-or-no")), **put_again(turn.state)) if wavers(turn.said.text) else None
