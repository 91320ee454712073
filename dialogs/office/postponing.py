"""`postpone introduction to 10 January`: the form of that session with the day that was typed, or a choice of them.

Nothing is changed by words alone: the form is looked over, and tells everybody when it is sent.
"""

from __future__ import annotations

from dialogs import cards
from dialogs.office import new_day, planning, sessions, verbs
from dialogs.office.new_day import NewTime
from dialogs.turn import Answer, Turn
from dialogs.wording import say
from services.model import Role, Session

TO = "office-to"


async def of_course(turn: Turn, order: str, words: str, day: str = "") -> Answer | None:
    """The session that `words` name, with the new time that `order` names, where it names one; without one, its card.
    None for no course."""
    named = await sessions.named(turn, words, day)
    if named is None:
        return None
    meant = (named.then or named.coming)[: sessions.PAGE]
    new = [(one, _said(turn, order, one)) for one in meant]
    moved = [(one, to) for one, to in new if to is not None]
    if not moved:
        return await sessions.of_course(turn, words, day)
    if len(named.then) == 1:
        (one, to) = moved[0]
        return planning.form_of(turn, one, to)
    rows = [
        (one, sessions.line(turn, one), cards.button("This one", verbs.EDIT, session=one.id, when=str(to)))
        for one, to in moved
    ]
    return sessions.choice(say("change-which"), rows, verbs.EDIT, **{TO: " ".join(str(to) for _, to in moved)})


def _said(turn: Turn, order: str, session: Session) -> NewTime | None:
    return new_day.said(order, turn.today, turn.rules.today(session.starts_at))


async def choose(turn: Turn) -> Answer | None:
    """A number after the choice of sessions; None when the words are about something else."""
    chosen = sessions.chosen_of(turn)
    if chosen is None:
        return None
    new = dict(zip(turn.state.get(sessions.SHOWN, "").split(), turn.state.get(TO, "").split(), strict=False))
    return await planning.edit(turn.saying(session=chosen, when=new.get(chosen, "")))


async def shown(turn: Turn, session_id: str) -> Answer:
    """The form of the session that is shown, with the new time where the words name one: `move it to 3 march`."""
    turn.known(Role.MANAGER)
    session = await sessions.find(turn.saying(session=session_id))
    return planning.form_of(turn, session, _said(turn, turn.said.text, session))
