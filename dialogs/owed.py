"""What somebody owes beside their actions: forms and comments, a word on a colleague's place, an answer to a question
or an offer, marks of attendance. Whoever asks what there is to do is never told "nothing" while one of these waits."""

from __future__ import annotations

from dialogs.office.registers import OPEN_FOR
from dialogs.talk import Reply
from dialogs.training import offering
from dialogs.training.evaluating import form_name
from dialogs.training.sessions import course_title, when
from dialogs.turn import Answer, Turn
from dialogs.wording import say
from services import bookings, evaluations
from services.experts import waiting_for
from services.model import Role
from services.rights import runs


async def beside_actions(turn: Turn, answered: Answer, *, none: bool) -> Answer:
    """The answer about one's actions, and below it what else waits. `none`: there are no actions, which is then said
    without a thank you."""
    lines = await _lines(turn)
    if not lines:
        return answered
    title = say("owed-only" if none else "owed-too")
    told = Reply("\n".join([title, *(f"- {line}" for line in lines)]), suggestions=("evaluate", "approvals"))
    return Answer((told,) if none else (*answered.replies, told), answered.state)


async def _lines(turn: Turn) -> list[str]:
    asked = [*await _forms(turn), *await _words_asked(turn), *await _questions(turn)]
    return [*asked, *await _offers(turn), *await _registers(turn)]


async def _forms(turn: Turn) -> list[str]:
    """Forms that may be answered today, each with its course."""
    owed = await evaluations.open_evaluations(turn.work, turn.known(), now=turn.now, rules=turn.rules)
    behind = await turn.work.bookings.by_ids({one.booking_id for one in owed})
    sessions = await turn.work.sessions.by_ids({one.session_id for one in behind.values()})
    return [
        say("owed-form", form=form_name(one.kind), course=course_title(turn, session.course_id))
        for one in owed
        if (session := sessions.get(behind[one.booking_id].session_id)) is not None
    ]


async def _words_asked(turn: Turn) -> list[str]:
    count = len(await bookings.to_approve(turn.work, turn.known(), turn.now))
    return [say("owed-approvals", count=count)] if count else []


async def _questions(turn: Turn) -> list[str]:
    """Questions of colleagues that an expert is asked to answer."""
    count = len(await waiting_for(turn.work, turn.known(), turn.rules))
    return [say("owed-questions", count=count)] if count else []


async def _offers(turn: Turn) -> list[str]:
    offered = await offering.open_offers(turn)
    return [say("owed-offer", course=course_title(turn, session.course_id)) for _, session in offered]


async def _registers(turn: Turn) -> list[str]:
    """Sessions with somebody on them whom nobody has marked: a trainer's own, and all of them for the office."""
    person = turn.known()
    if not person.has(Role.TRAINER, Role.MANAGER):
        return []
    found = await turn.work.office.unmarked(turn.now - OPEN_FOR, turn.now)
    mine = [one for one in found if runs(person, one)]
    return [say("owed-register", course=course_title(turn, one.course_id), when=when(turn, one)) for one in mine]
