"""Attendance on the day: the people of a session as boxes to tick, for its trainer and for the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dialogs import cards
from dialogs.office import verbs
from dialogs.office.sessions import choice, chosen_of, find, state_name
from dialogs.talk import Reply
from dialogs.training.sessions import course_title, when
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.model import CAN_BE_MARKED, MARKED, BookingState, Delegate, Role, Session
from services.office import attendance
from services.office.attendance import Register
from services.rights import require_trainer

SHOWN, PAGE = 5, 60
"""Sixty names, each with a box, stay well below the 28 kB of a card."""
OPEN_FOR = timedelta(days=60)
MARKABLE = [state.value for state in CAN_BE_MARKED]


async def list_registers(turn: Turn) -> Answer:
    """The sessions of the last weeks that somebody may mark: a trainer's own, all of them for the office."""
    person = turn.known(Role.MANAGER, Role.TRAINER)
    trainer = None if person.has(Role.MANAGER) else person.name
    found = await turn.work.office.to_mark(turn.now - OPEN_FOR, turn.now, trainer=trainer, limit=SHOWN)
    if not found:
        return answer(Reply(say("register-none")))
    rows = [
        (
            one,
            f"{course_title(turn, one.course_id)}, {when(turn, one)}",
            cards.button("Mark attendance", verbs.REGISTER, session=one.id),
        )
        for one in found
    ]
    return choice(say("register-which"), rows, verbs.REGISTERS)


async def choose(turn: Turn) -> Answer | None:
    """A number after the list of registers; None when the words are about something else."""
    chosen = chosen_of(turn)
    return await open_register(turn.saying(session=chosen)) if chosen else None


async def open_register(turn: Turn) -> Answer:
    """The first page of the register, or the page that was asked for."""
    person = turn.known(Role.MANAGER, Role.TRAINER)
    session = await find(turn)
    require_trainer(person, session)
    if not session.begun(turn.now):
        raise ServiceError("session-not-begun")
    return await page(turn, session, _number(turn, "after"))


def _number(turn: Turn, name: str) -> int:
    text = turn.field(name)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


async def page(turn: Turn, session: Session, after: int, *said: str) -> Answer:
    """A page of the register, with what was just done above it."""
    found = await turn.work.office.delegates_page(session.id, after=after, limit=PAGE + 1, states=MARKABLE)
    shown = found[:PAGE]
    title = say("register-title", course=course_title(turn, session.course_id))
    if not shown:
        lines = [*said, title, say("session-nobody")]
        return answer(Reply("\n".join(lines), cards.card([cards.words(one) for one in lines], fallback=lines[-1])))
    more = len(found) > PAGE
    body = [
        *(cards.panel([cards.words(one)], style="good") for one in said),
        cards.title(title),
        cards.words(when(turn, session), quiet=True),
        cards.words(" ".join(_how(shown))),
        *(_box(one) for one in shown),
    ]
    carried: dict[str, str | int] = {"session": session.id, "after": after, "last": shown[-1].booking_id}
    label = "Save and show the next page" if more else "Save"
    buttons = [cards.button(label, verbs.MARK, style="positive", more="yes" if more else "no", **carried)]
    plain = "\n".join([*said, title, when(turn, session), say("register-needs-card"), *_lines(shown)])
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)))


def _box(one: Delegate) -> cards.Element:
    """Ticked unless they are known to have been absent, or had no place: most people come, so fewest taps."""
    unapproved = one.state is BookingState.NOT_APPROVED
    name = f"{one.name} ({state_name(one.state)})" if unapproved else one.name
    return cards.toggle(
        f"b{one.booking_id}", name, on=one.state not in (BookingState.DID_NOT_ATTEND, BookingState.NOT_APPROVED)
    )


def _how(shown: Sequence[Delegate]) -> list[str]:
    absent = any(one.state is BookingState.DID_NOT_ATTEND for one in shown)
    unapproved = any(one.state is BookingState.NOT_APPROVED for one in shown)
    others = [say("register-absent")] if absent else []
    others += [say("register-not-approved")] if unapproved else []
    return [say("register-how-others" if others else "register-how"), *others, say("register-save")]


def _lines(shown: Sequence[Delegate]) -> list[str]:
    known = MARKED | {BookingState.NOT_APPROVED}
    return [f"- {one.name}: {state_name(one.state) if one.state in known else 'not marked yet'}" for one in shown]


async def save(turn: Turn) -> Answer:
    """Keep the marks of this page. Pressed twice, it is the same register."""
    person = turn.known(Role.MANAGER, Role.TRAINER)
    given = turn.said.data.items()
    marks = {int(key[1:]): value == "true" for key, value in given if key[:1] == "b" and key[1:].isdecimal()}
    if not marks:
        raise ServiceError("register-empty")
    register = await attendance.mark(turn.work, person, turn.number("session"), marks, now=turn.now, rules=turn.rules)
    sentence = stands(register)
    if turn.field("more") == "yes":
        return await page(turn, register.session, _number(turn, "last"), sentence)
    title = say("register-title", course=course_title(turn, register.session.course_id))
    again = cards.button("Put something right", verbs.REGISTER, session=register.session.id)
    body = [cards.title(title), cards.words(sentence), cards.words(say("register-follows"), quiet=True)]
    return answer(Reply(f"{sentence} {say('register-follows')}", cards.card(body, [again], fallback=sentence)))


def stands(register: Register) -> str:
    """How many came, how many did not, and how many are not marked yet."""
    left = f" {say('register-unmarked', count=register.unmarked)}" if register.unmarked else ""
    return say("register-saved", attended=register.attended, absent=register.absent) + left
