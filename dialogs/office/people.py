"""The people of one session: who they are, moving one of them, writing to all of them, and the list by e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import cards
from dialogs.office import verbs
from dialogs.office.sessions import PEOPLE_PAGE, find, state_name
from dialogs.talk import Reply
from dialogs.training.sessions import course_title, when
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.model import ACTIVE, Delegate, Role, Session
from services.office import exporting, moving, writing
from services.rights import require_trainer

MESSAGE = "message"
"""What was typed to be written to them: it stands in the form, to be looked over and sent."""


async def list_delegates(turn: Turn) -> Answer:
    """A page of the people of a session, with the forms to move one and to write to all.

    Whoever trains it sees who comes, and can write to them; moving people is for the office.
    """
    person = turn.known(Role.MANAGER, Role.TRAINER)
    session = await find(turn)
    require_trainer(person, session)
    text = turn.state.get(MESSAGE, "")
    return await _show(turn, session, *([say("message-filled-in")] if text else []), text=text)


async def _show(turn: Turn, session: Session, *said: str, text: str = "") -> Answer:
    raw = turn.field("after")
    after = int(raw) if raw.isdecimal() and len(raw) < 10 else 0
    found = await turn.work.office.delegates_page(session.id, after=after, limit=PEOPLE_PAGE + 1)
    shown = found[:PEOPLE_PAGE]
    title = say("people-title", course=course_title(turn, session.course_id))
    lines = [_line(turn, one) for one in shown] or [say("session-nobody")]
    taken = say("session-taken", taken=session.taken, capacity=session.capacity)
    plain = "\n".join([*said, title, f"{when(turn, session)}. {taken}.", *lines])
    body = [
        *(cards.panel([cards.words(one)], style="good") for one in said),
        cards.title(title),
        cards.words(f"{when(turn, session)}. {taken}.", quiet=True),
        cards.points(lines),
    ]
    return answer(Reply(plain, cards.card(body, await _actions(turn, session, found, text), fallback=plain)))


def _line(turn: Turn, one: Delegate) -> str:
    agency = turn.rules.pack.agency(one.agency_id or "")
    return f"{one.name}, {agency.name if agency else say('agency-unknown')}: {state_name(one.state)}"


async def _actions(turn: Turn, session: Session, found: Sequence[Delegate], text: str) -> list[cards.Element]:
    shown = found[:PEOPLE_PAGE]
    office = turn.known().has(Role.MANAGER)
    actions = await _moving(turn, session, shown) if office else []
    actions.append(_write_form(session, text))
    if office:
        actions.append(cards.button("E-mail me the list (CSV)", verbs.EXPORT, session=session.id))
    if len(found) > PEOPLE_PAGE:
        actions.append(cards.button("More people", verbs.DELEGATES, session=session.id, after=shown[-1].booking_id))
    back = cards.button("Back to the session", verbs.SESSION, session=session.id)
    mark = cards.button("Mark attendance", verbs.REGISTER, session=session.id)
    return [*actions, *([back] if office else [mark] if session.begun(turn.now) else [])]


async def _moving(turn: Turn, session: Session, shown: Sequence[Delegate]) -> list[cards.Element]:
    """The form to move somebody, where there is another date with room."""
    if session.begun(turn.now):
        return []
    coming = await turn.work.sessions.coming(turn.now, course_ids=[session.course_id], limit=10)
    others = [one for one in coming if one.id != session.id and one.places_left]
    standing = [one for one in shown if one.state in ACTIVE]
    return [_move_form(turn, session, standing, others)] if others and standing else []


def _move_form(turn: Turn, session: Session, standing: Sequence[Delegate], others: Sequence[Session]) -> cards.Element:
    who = cards.choice_input("booking", "Who", [(one.name, str(one.booking_id)) for one in standing])
    where = cards.choice_input("to", "To which date", [(when(turn, one), str(one.id)) for one in others])
    press = cards.button("Move them", verbs.MOVE, style="positive", session=session.id)
    return cards.reveal("Move somebody", [who, where], [press])


def _write_form(session: Session, begun: str) -> cards.Element:
    text = cards.text_input(
        "text", "Your message", placeholder=say("message-hint"), lines=True, most=writing.LONGEST_MESSAGE, value=begun
    )
    waiting = cards.toggle("waiting", "Also to the waiting list", on=False)
    at_once = cards.toggle("at_once", "Send it now, not with the next daily message", on=False)
    return cards.reveal(
        "Write to everybody",
        [text, waiting, at_once],
        [cards.button("Send", verbs.WRITE, style="positive", session=session.id)],
    )


async def move(turn: Turn) -> Answer:
    """Move one person to another date of the course."""
    person = turn.known(Role.MANAGER)
    moved = await moving.move(
        turn.work, person, turn.number("booking"), turn.number("to"), now=turn.now, rules=turn.rules
    )
    delegate = await turn.work.people.by_id(moved.booking.person_id)
    who = delegate.name if delegate else ""
    return await _show(turn, moved.before, say("moved", who=who, when=when(turn, moved.after)))


async def write(turn: Turn) -> Answer:
    """Write to the people of a session. Pressed twice, they are written to once."""
    person = turn.known(Role.MANAGER, Role.TRAINER)
    session = await find(turn)
    told = await writing.write_to_delegates(
        turn.work,
        person,
        session.id,
        turn.field("text"),
        waiting_too=turn.field("waiting") == "true",
        at_once=turn.field("at_once") == "true",
        now=turn.now,
        rules=turn.rules,
    )
    sentence = say("wrote" if told else "wrote-nobody", count=told)
    if person.has(Role.MANAGER):
        return await _show(turn, session, sentence)
    return answer(Reply(sentence, cards.card([cards.words(sentence)], fallback=sentence)))


async def export(turn: Turn) -> Answer:
    """The whole list as a CSV file, by e-mail: a bot cannot hand over a file in Teams."""
    person = turn.known(Role.MANAGER)
    session = await find(turn)
    await exporting.ask_for_list(turn.work, person, session.id, now=turn.now)
    return await _show(turn, session, say("export-coming", email=person.email or ""))
