"""Charges due per policy: one's own, and for the partnership manager all of them, to let them go with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import cards, dates
from dialogs.choosing import folded
from dialogs.guidance.articles import bulleted
from dialogs.talk import Reply
from dialogs.training.sessions import course_title
from dialogs.turn import Answer, Turn, answer
from dialogs.unconfirmed import amount_words
from dialogs.wording import say
from services import charges
from services.model import Charge, ChargeState

_OWN = re.compile(
    r"(?:(?:please )?(?:show|see|list) )?(?:me )?my charges"
    r"|how much (?:money )?do i owe(?: you| the partnership| for .+)?"
    r"|(?:do|will) i (?:have|owe)(?: you)?(?: any| a)? (?:fees?|charges?|money)(?: to pay| outstanding)?"
    r"|(?:do i have|have i (?:got )?)(?: any(?:thing)?)? (?:fees? |charges? )?to pay(?: for| you)?"
    r"|(?:have i been|was i|am i(?: being)?|have you|did you) charged?(?: me)?"
    r"(?: anything| a fee| for (?!cancel|miss).+)?"
)
"""Money of one's own: what there is to do is owed too, and a charge as such is a question of policy."""
LIST, WAIVE = "charges", "charge.waive"
SHOWN = 6


async def list_due(turn: Turn) -> Answer:
    """What is due, oldest first."""
    due = await charges.list_due(turn.work, turn.known())
    if not due:
        return answer(Reply(say("charges-none")))
    lines = await _lines(turn, due)
    title = say("charges-title", count=len(due))
    plain = "\n".join([title, say("charges-how"), bulleted(lines)])
    body: list[cards.Element] = [cards.title(title), cards.words(say("charges-how"), quiet=True)]
    for charge, line in zip(due[:SHOWN], lines, strict=False):
        reason = cards.text_input("reason", "Why is it waived?", most=charges.LONGEST_REASON)
        let_go = cards.button("Waive it", WAIVE, charge=charge.id)
        body.append(cards.panel([cards.words(line), cards.actions_row([cards.reveal("Waive", [reason], [let_go])])]))
    if len(due) > SHOWN:
        body.append(cards.points(lines[SHOWN : SHOWN + 20]))
    return answer(Reply(plain, cards.card(body, fallback=plain)))


async def heard(turn: Turn) -> Answer | None:
    """`have i been charged`, `how much do i owe`: what is recorded for one's own places. None for anything else."""
    if not turn.personal or turn.person is None or _OWN.fullmatch(folded(turn.said.text)) is None:
        return None
    due = await charges.own(turn.work, turn.person)
    if not due:
        return answer(Reply(say("charges-none-of-yours"), suggestions=("my bookings",)))
    return answer(Reply("\n".join([say("charges-yours"), bulleted(await _lines(turn, due))])))


async def _lines(turn: Turn, due: Sequence[Charge]) -> list[str]:
    bookings = await turn.work.bookings.by_ids({one.booking_id for one in due})
    sessions = await turn.work.sessions.by_ids({one.session_id for one in bookings.values()})
    people = await turn.work.people.by_ids({one.person_id for one in bookings.values()})
    lines = []
    for charge in due:
        booking = bookings[charge.booking_id]
        session = sessions[booking.session_id]
        lines.append(
            say(
                "charge-line",
                who=people[booking.person_id].name,
                course=course_title(turn, session.course_id),
                day=dates.day(turn.rules.today(session.starts_at)),
                kind=say(f"charge-{charge.kind.value}"),
                amount=amount_words(charge.amount, turn.rules),
            )
        )
    return lines


async def waive(turn: Turn) -> Answer:
    """Let it go. Pressing twice keeps the first reason."""
    reason = turn.field("reason")
    before = await turn.work.charges.by_id(turn.number("charge"))
    charge = await charges.waive(
        turn.work, turn.known(), turn.number("charge"), reason=reason, now=turn.now, rules=turn.rules
    )
    (line,) = await _lines(turn, [charge])
    if before is not None and before.state is not ChargeState.DUE:
        why = f"Reason: {charge.reason}" if charge.reason else ""
        plain = say("charge-settled", line=line, state=charge.state.value, reason=why).strip()
    else:
        plain = say("charge-waived", line=line, reason=charge.reason)
    return answer(Reply(plain, cards.card([cards.words(plain)], [cards.button("Charges due", LIST)], fallback=plain)))
