"""Finding a date: by topic, course, time, role, level, places left; and what is offered where there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from config.catalogue import Course, CourseKind
from dialogs import button_titles, cards
from dialogs.choosing import books_it, said_number, said_yes
from dialogs.guidance.articles import ask_person
from dialogs.guidance.replies import as_asked, way_on
from dialogs.meanwhile import asks
from dialogs.talk import Reply
from dialogs.training import last_place, session_questions
from dialogs.training.booking import BOOK, book
from dialogs.training.booking import waiting_list as own_waiting_list
from dialogs.training.bookings_by_name import carried, colleague_on, goes_too, named_in, naming, without_names
from dialogs.training.colleague_orders import names_colleague
from dialogs.training.colleagues import BOOK_COLLEAGUE, COLLEAGUE_WORDS, FOR_COLLEAGUE
from dialogs.training.courses import catalogue_words, content, short_name, wanted_in
from dialogs.training.interests import offer_interest
from dialogs.training.one_at_a_time import in_one_order, then, told
from dialogs.training.series import SERIES_BOOK, book_whole_series, series_length, wants_series
from dialogs.training.sessions import SESSIONS, course_title, named_one, session_facts, session_line, standing
from dialogs.training.wishes import Sought, sought, with_kin
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services.colleagues import may_book_for, require_may_book_for
from services.errors import ServiceError
from services.finding import Wanted
from services.manner import on_any_such_weekday
from services.model import ACTIVE, Session

SERIES = "series"
MORE = "courses.more"
SHOWN = 5
"""Dates in one card: each has a button, and one more button shows the rest."""
MOST_LOOKED_AT = 500
_JOINS = re.compile(
    r"(?:please |can you |could you |can i |could i |may i |i want to |i'd like to |i would like to |how do i )*"
    r"(?:join|go on|get on|wait ?list me|(?:put|add|stick|pop) (?:me|my name)|sign (?:me )?up)\b"
)
_THE_LIST = re.compile(r"\b(?:down |up )?(?:(?:on|onto|to|for) )?(?:the |a )?wait(?:ing)?[ -]?list\b", re.IGNORECASE)


async def _coming(turn: Turn, courses: Sequence[Course]) -> list[Session]:
    ids = [course.id for course in courses] or None
    return await turn.work.sessions.coming(turn.now, course_ids=ids, limit=MOST_LOOKED_AT)


def _fits(turn: Turn, session: Session, wanted: Wanted, *, levels: bool) -> bool:
    course = turn.rules.pack.course(session.course_id)
    if wanted.places and not session.places_left:
        return False
    if wanted.level and levels and (course is None or course.level.removeprefix("Level ").strip() != wanted.level):
        return False
    if wanted.role and course is not None and course.audience and not _is_for(course, wanted.role):
        return False
    starts = turn.rules.local(session.starts_at)
    if not wanted.manner.fits(starts, in_room=bool(session.venue)):
        return False
    return wanted.span is None or wanted.span.holds(starts.date())


def _is_for(course: Course, role: str) -> bool:
    return role.lower() in course.audience.lower()


def _matching(turn: Turn, sessions: Sequence[Session], wanted: Wanted) -> list[Session]:
    """Those that fit; meant for the role first. A course whose audience nobody has told us is left in."""
    levels = any(course.level for course in turn.rules.pack.courses)
    fitting = [one for one in sessions if _fits(turn, one, wanted, levels=levels)]
    role = wanted.role
    if role is None:
        return fitting
    aimed = {course.id for course in turn.rules.pack.courses if _is_for(course, role)}
    return sorted(fitting, key=lambda one: one.course_id not in aimed)


def _lead(turn: Turn, looked: Sought) -> str:
    notes = []
    if looked.unknown_topic:
        notes.append(say("found-topic-unknown"))
    if looked.wanted.level and not any(course.level for course in turn.rules.pack.courses):
        notes.append(say("levels-unknown"))
    if looked.wanted.term_unknown:
        notes.append(say("terms-unknown"))
    role = looked.wanted.role
    if role and any(not course.audience for course in looked.courses or turn.rules.pack.courses):
        notes.append(say("audience-unknown"))
    if looked.unknown_topic:
        notes += way_on(turn, "found-person")
    return " ".join(notes)


async def list_courses(turn: Turn, *, colleague: bool = False) -> Answer:
    """What is coming up, all of it or what the words mean; the nearest else, or to be told, where there is nothing."""
    text = turn.said.text or turn.field("search") or turn.field("words")
    looked = with_kin(turn, sought(turn, text))
    listed = await _listed(turn, looked, text, colleague=colleague)
    return _or_a_person(turn, listed) if looked.unknown_topic and turn.known_here else listed


def _or_a_person(turn: Turn, listed: Answer) -> Answer:
    """Words that name no course of ours may be a question, which can go to a person as it stands."""
    reply, *others = listed.replies
    if SESSIONS not in listed.state or reply.card is None:
        return listed
    body = reply.card.get("body")
    own = list(body) if isinstance(body, list) else []
    room = cards.actions_in(own) < cards.MOST_ACTIONS
    card = {**reply.card, "body": [*own, cards.actions_row([ask_person()])]} if room else reply.card
    return Answer((replace(reply, card=card), *others), {**listed.state, **as_asked(turn.said.text)})


async def _listed(turn: Turn, looked: Sought, text: str, *, colleague: bool) -> Answer:
    sessions = await _coming(turn, looked.courses)
    found = _matching(turn, sessions, looked.wanted)
    if found:
        title = say("found", about=looked.about)
        note = _lead(turn, looked)
        return await _session_list(turn, found, title, note=note, words=text, colleague=colleague)
    if later := await _on_such_a_weekday(turn, sessions, looked, text, colleague=colleague):
        return later
    if sessions and looked.wanted.narrowed:
        return await _instead(turn, sessions, looked, colleague=colleague)
    return await _no_dates(turn, looked)


async def _on_such_a_weekday(
    turn: Turn, sessions: Sequence[Session], looked: Sought, text: str, *, colleague: bool
) -> Answer | None:
    """`on tuesday`, with nothing on the next one: what there is on any other. None where no weekday stands alone."""
    such = on_any_such_weekday(text)
    found = _matching(turn, sessions, wanted_in(turn, such)) if such != text.lower() else []
    if not found:
        return None
    title, note = say("found-later", about=looked.about), _lead(turn, looked)
    return await _session_list(turn, found, title, note=note, words=such, colleague=colleague)


async def _instead(turn: Turn, sessions: Sequence[Session], looked: Sought, *, colleague: bool) -> Answer:
    """Nothing fits: what comes after that, else what there is."""
    last = looked.wanted.span.last if looked.wanted.span else None
    later = [one for one in sessions if last is not None and turn.rules.today(one.starts_at) > last]
    title = say("found-later" if later else "found-earlier", about=looked.about)
    shown = later or sessions
    start = sessions.index(shown[0])
    # Without the dates: what follows in the list is more of the same courses.
    note, words = _lead(turn, looked), looked.wanted.words
    return await _session_list(turn, shown, title, note=note, words=words, start=start, colleague=colleague)


async def more_dates(turn: Turn) -> Answer:
    """The next few of the same search."""
    start, text = turn.number("start"), turn.field("search") or turn.field("words")
    looked = with_kin(turn, sought(turn, text))
    found = _matching(turn, await _coming(turn, looked.courses), looked.wanted)[start:]
    if not found:
        return answer(Reply(say("no-more-dates"), suggestions=("courses",)))
    title, colleague = say("found", about=looked.about), _for_colleague(text)
    return await _session_list(turn, found, title, words=text, start=start, colleague=colleague)


def _for_colleague(text: str) -> bool:
    return not COLLEAGUE_WORDS.isdisjoint(text.lower().split())


async def _session_list(
    turn: Turn,
    sessions: Sequence[Session],
    title: str,
    *,
    note: str = "",
    words: str = "",
    start: int = 0,
    colleague: bool = False,
) -> Answer:
    """Dates to choose from, by button or by number."""
    shown = list(sessions)[:SHOWN]
    more = len(sessions) - len(shown)
    stands = await standing(turn, shown)
    body: list[cards.Element] = [cards.title(title), *([cards.words(note)] if note else [])]
    for session in shown:
        row = [cards.heading(course_title(turn, session.course_id)), session_facts(turn, session, stands)]
        had = stands.of(session) is not None and not colleague
        press = [] if had else [_button(session, colleague=colleague)]
        body.append(cards.panel([*row, *([cards.actions_row(press)] if press else [])]))
    lines = [f"{number}. {session_line(turn, one, stands)}" for number, one in enumerate(shown, 1)]
    rest = [say("found-more", more=more)] if more else []
    hint = [say("choose-by-number")] if turn.known_here else []
    plain = "\n".join([title, *([note] if note else []), *lines, *rest, *hint])
    buttons = [cards.button("More dates", MORE, **_again(turn, words), start=start + SHOWN)] if more else []
    body += [cards.words(line, quiet=True) for line in rest]
    kind = FOR_COLLEAGUE if colleague else SESSIONS
    state = {EXPECT: kind, kind: " ".join(str(session.id) for session in shown)}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


def _again(turn: Turn, words: str) -> dict[str, str]:
    """The same search once more: as `search` where all of its words are our own, as `words` where somebody may be
    named in them."""
    wanted = wanted_in(turn, words)
    ours = catalogue_words(turn.rules.pack)
    return {"search" if content(wanted.words) <= ours else "words": words}


def _button(session: Session, *, colleague: bool) -> cards.Element:
    if colleague:
        return cards.button("Choose a colleague", BOOK_COLLEAGUE, session=session.id)
    return cards.button("Book" if session.places_left else "Join the waiting list", BOOK, session=session.id)


async def _no_dates(turn: Turn, looked: Sought) -> Answer:
    if not looked.courses:
        return answer(Reply(say("no-sessions-at-all")))
    return await offer_interest(turn, looked.courses)


async def find_to_book(turn: Turn) -> Answer:
    """`book dsl forum`: the next date of the course that is meant, ready to book, or the whole series at once."""
    person, text = turn.known(), turn.said.text
    named = await named_in(turn, text)
    with_me = str(person.id) in named.split()
    colleague = with_me or _for_colleague(text) or await names_colleague(turn, text)
    if colleague:
        require_may_book_for(person, turn.rules)
    if colleague and named:
        text = await without_names(turn, named, text)
        turn = turn.saying(text)
    looked = sought(turn, text)
    if colleague and not looked.courses and looked.wanted.span is None and (shown := await just_shown(turn)):
        return await colleague_on(naming(turn, named), shown)
    if joined := in_one_order(turn.rules.pack, looked.wanted.words):
        first = await _to_book(turn, replace(looked, courses=(joined[0],)), colleague=colleague)
        return told(turn, first, joined[1:], colleague=colleague)
    found = await _to_book(turn, looked, colleague=colleague)
    return goes_too(turn, text, await carried(turn, found, named, looked.wanted.span)) if colleague else found


async def just_shown(turn: Turn) -> list[str]:
    """The dates that "can you book bob on as well" is about: those last listed, or the one that was just booked."""
    booked = button_titles.ids_of(turn, BOOK_COLLEAGUE, "session")
    if listed := turn.state.get(SESSIONS, "").split() or (booked if len(booked) == 1 else []):
        return listed
    last = await last_place.of(turn, within=last_place.CLOSE)
    return [str(last.session.id)] if last is not None and last.booking.state in ACTIVE else []


async def _to_book(turn: Turn, looked: Sought, *, colleague: bool) -> Answer:
    text = turn.said.text
    if not looked.courses and wants_series(text):
        # "book all the forums": there is one series of forums, and nothing else comes as a series.
        looked = Sought(looked.wanted, tuple(one for one in turn.rules.pack.courses if one.kind is CourseKind.FORUM))
    if looked.courses and not colleague and wants_series(text):
        return await book_whole_series(turn, looked.courses[0].id, text)
    found = _matching(turn, await _coming(turn, looked.courses), looked.wanted)
    if not found or (looked.unknown_topic and not looked.courses):
        return await list_courses(turn, colleague=colleague)
    if looked.courses and not colleague and len({session.course_id for session in found}) == 1:
        return await _next_date(turn, found, looked)
    title = say("which-course") if not looked.courses else say("found", about=looked.about)
    return await _session_list(turn, found, title, note=_lead(turn, looked), words=text, colleague=colleague)


async def waiting_list(turn: Turn) -> Answer:
    """`waiting list`: where one stands. `join the waiting list for lado`: that course, which says if it is full."""
    words = " ".join(turn.said.text.lower().split())
    joins = _JOINS.match(words)
    if joins is None:
        return await own_waiting_list(turn)
    return await find_to_book(turn.saying(f"book {_THE_LIST.sub(' ', words[joins.end() :])}"))


async def _next_date(turn: Turn, found: Sequence[Session], looked: Sought, *, title: str = "") -> Answer:
    """One date with its button; a forum can be booked for the whole year beside it."""
    session = found[0]
    stands = await standing(turn, [session])
    course = looked.courses[0]
    span = f", {looked.wanted.span.said}" if looked.wanted.span else ""
    title = title or f"The next {'forum' if course.kind is CourseKind.FORUM else 'date'}{span}"
    count = await series_length(turn, course)
    mine = stands.of(session)
    buttons = [] if mine else [_button(session, colleague=False)]
    if count > 1:
        buttons.append(cards.button("Book the whole year", SERIES_BOOK, course=course.id))
    if may_book_for(turn.known(), turn.rules):
        buttons.append(cards.button("Book a colleague", BOOK_COLLEAGUE, session=session.id))
    if len(found) > 1:
        buttons.append(cards.button("Other dates", MORE, search=course.title, start=1))
    hints = [] if mine else [say("book-by-yes" if session.places_left else "wait-by-yes")]
    both = [say("held-both", course=short_name(turn.rules.pack, course))] if stands.elsewhere(session) else []
    hints += both
    hints += [say("book-series-both" if count == 2 else "book-series-too", count=count)] if count > 1 else []
    plain = "\n".join([title, f"1. {session_line(turn, session, stands)}", *hints])
    body = [cards.title(title), cards.heading(course_title(turn, session.course_id))]
    body += [session_facts(turn, session, stands)]
    body += [cards.words(line, quiet=True) for line in both]
    state = {EXPECT: SESSIONS, SESSIONS: str(session.id), SERIES: course.id}
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **state)


async def offer_again(turn: Turn, session: Session) -> Answer:
    """The date that was given up just now, ready to be booked again."""
    course = turn.rules.pack.course(session.course_id)
    if course is None:
        raise ServiceError("course-unknown")
    return await _next_date(turn, [session], Sought(Wanted(""), (course,)), title=say("booked-back"))


async def press_book(turn: Turn) -> Answer:
    """The button of a date. What else was asked for with a date that was just shown is not forgotten."""
    shown = turn.field("session") in turn.state.get(SESSIONS, "").split()
    return then(turn, await book(turn)) if shown else await book(turn)


async def choose_session(turn: Turn) -> Answer | None:
    """`yes`, `whole year` or a number after a list of dates; None when the words are about something else."""
    offered = turn.state.get(SESSIONS, "").split()
    series = turn.state.get(SERIES, "")
    if series and wants_series(turn.said.text):
        return await book_whole_series(turn, series, turn.said.text)
    agreed = books_it(turn.said.text) or said_yes(turn.said.text)
    if agreed is False:
        return answer(Reply(say("nothing-booked")))
    chosen = offered[0] if agreed and len(offered) == 1 else said_number(turn.said.text, offered)
    # who asks whether there is such a one has not chosen it
    chosen = chosen or (None if asks(turn.said.text) else await named_one(turn, offered))
    if chosen:
        return then(turn, await book(turn.saying(verb=BOOK, session=chosen)))
    if agreed or turn.said.text.strip().rstrip(".)").isdecimal():
        return answer(Reply(say("which-number", most=len(offered))), **dict(turn.state))
    return await session_questions.heard(turn, offered)
