"""A line manager's word on a place that is held."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import cards, dates
from dialogs.choosing import folded, said_number, said_yes, wavers
from dialogs.talk import Reply
from dialogs.training import which_place
from dialogs.training.booking import my_bookings
from dialogs.training.sessions import course_title, when, who_agrees
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import bookings
from services.bookings import Placed
from services.model import Booking, BookingState, Person

APPROVE, REFUSE_APPROVAL = "approval.give", "approval.refuse"
_WHICH = r"(?: (?:it|this|that|them|the (?:place|request|booking)))?(?: (?:number )?(?P<number>\d{1,2}))?(?: please)?"
_GIVES = re.compile(rf"(?:yes |i |please )*(?:approve|approved|agree)\b{_WHICH}")
_REFUSES = re.compile(
    r"(?:no |i |please )*(?:(?:do not|don't|dont|not) (?:approve|agree)|disapprove|(?:reject|refuse) approval)\b"
    rf"{_WHICH}"
)
_LISTS = re.compile(
    r"(?:(?:show|list|see) )?(?:me )?(?:my |the |pending |open |waiting )*approvals?"
    r"|(?:who|what)(?:'s| is| are)?(?: still)? waiting for (?:my approval|me to (?:approve|agree))"
    r"|(?:what|who) do i (?:have|need) to (?:approve|agree to)"
    r"|(?:is there |have i (?:got )?)?(?:anything|something)(?: (?:i (?:need|have)|(?:waiting )?for me))? to "
    r"(?:approve|agree to)"
)
_SAYS_SO = re.compile(
    r"(?:(?:ok|okay|yes|yep|yeah|sure|no|sorry|of course) )*(?:(?:that|it)(?:'s| is|s)? )?"
    r"(?:(?:fine|ok|okay|good|alright|all right|no problem)(?: (?:with|by|for) me)"
    r"|happy with that|i'm happy with (?:it|that)"
    r"|not this time|(?:he|she|they) can(?:'t|not)? go)(?: please| thanks)*"
)
"""An answer in other words than ours: it may be meant for what waits, and is not enough to act on."""
_BOSS = r"(?:my (?:line )?(?:manager|head|boss|supervisor)|the partnership manager)"
_PLACE = r"(?:my |the )?(?:place|booking|course|training|session|forum|request|seat)s?"
_TO_IT = rf"(?: (?:to |with |on )?(?:it|that|this|them|me|{_PLACE}))?(?: yet| now| already)?"
_OF_MINE = re.compile(
    rf"(?:has|have|did) {_BOSS} (?:already |now |still )?(?:not )?"
    rf"(?:agreed?|approved?|confirmed?|said yes|say yes|answered?|decided?|replied|reply){_TO_IT}"
    rf"|(?:has|did) any(?:one|body) (?:agreed?(?: to)?|approved?) {_PLACE}(?: yet)?"
    rf"|(?:has|have|is|are|was|were) {_PLACE} (?:already |now |still )?(?:been )?(?:approved|agreed)(?: to)?"
    rf"(?: by {_BOSS})?(?: yet| now| already)?"
    r"|(?:am i|have i been) approved(?: yet)?"
    rf"|(?:is|are) {_PLACE} (?:still )?(?:waiting for|awaiting) (?:approval|{_BOSS})"
)
"""Who asks what became of a place of their own."""
_SETTLED = {
    BookingState.BOOKED: "They are booked.",
    BookingState.CANCELLED: "They are not booked.",
    BookingState.ATTENDED: "They attended.",
    BookingState.DID_NOT_ATTEND: "They did not attend.",
    BookingState.NOT_APPROVED: "It began before anybody had agreed.",
}


async def approve(turn: Turn) -> Answer:
    """The manager agrees."""
    placed = await bookings.approve(turn.work, turn.known(), turn.number("booking"), now=turn.now)
    return await _decided(turn, placed, "approved")


async def refuse(turn: Turn) -> Answer:
    """The manager does not agree; the place goes to the next person."""
    placed = await bookings.refuse_approval(
        turn.work, turn.known(), turn.number("booking"), now=turn.now, rules=turn.rules
    )
    return await _decided(turn, placed, "approval-refused")


async def _decided(turn: Turn, placed: Placed, key: str) -> Answer:
    delegate = await turn.work.people.by_id(placed.booking.person_id)
    who = delegate.name if delegate else say("somebody")
    course, time = course_title(turn, placed.session.course_id), when(turn, placed.session)
    if placed.repeated:
        state = _SETTLED.get(placed.booking.state, "")
        plain = say("approval-settled", who=who, course=course, when=time, state=state).strip()
    else:
        plain = say(key, who=who, course=course, when=time)
    return answer(Reply(plain, cards.card([cards.words(plain)], fallback=plain)))


async def heard(turn: Turn) -> Answer | None:
    """`approvals`, `approve`, `do not approve 2`: what waits for the speaker's word. None for anything else, and for
    words that others than a line manager use of other things."""
    said = folded(turn.said.text)
    if turn.personal and turn.person is not None and _OF_MINE.fullmatch(said.rstrip("?!. ")):
        return await _of_mine(turn)
    gives, refuses = _GIVES.fullmatch(said), _REFUSES.fullmatch(said)
    words = gives or refuses
    if not turn.personal or turn.person is None:
        return None
    if words is None and _LISTS.fullmatch(said) is None and not _may_be_meant(turn, said):
        return None
    waiting = await bookings.to_approve(turn.work, turn.person, turn.now)
    if not waiting:
        if "approv" not in said:
            return None
        return answer(Reply(say("approvals-none"), suggestions=("my bookings",)))
    ids = [str(one.id) for one, _ in waiting]
    if words is None:
        return await list_waiting(turn, waiting, [say("approvals-yours")], "")
    deed = APPROVE if gives else REFUSE_APPROVAL
    chosen = said_number(words["number"], ids) if words["number"] else ids[0] if len(ids) == 1 else None
    if chosen:
        return await decide(turn, deed, chosen)
    return await list_waiting(
        turn, waiting, [say("approvals-agree-which" if gives else "approvals-refuse-which")], deed
    )


def _may_be_meant(turn: Turn, said: str) -> bool:
    """True for a yes or no that answers nothing we asked here: what waits is then shown, with the words that answer."""
    agrees_or_not = wavers(said) and said_yes(said, "approve") is not None
    return EXPECT not in turn.state and (agrees_or_not or _SAYS_SO.fullmatch(said) is not None)


async def _of_mine(turn: Turn) -> Answer:
    """Which places of the speaker's, and of those they booked for, still wait for somebody's word; else all of them."""
    me = turn.known()
    mine = [*await turn.work.bookings.active_of(me.id, turn.now), *await turn.work.bookings.booked_by(me.id, turn.now)]
    held = [one for one in mine if one.state is BookingState.AWAITING]
    if not held:
        bookings_shown = await my_bookings(turn)
        return Answer((Reply(say("approval-none-held")), *bookings_shown.replies), bookings_shown.state)
    sessions = await turn.work.sessions.by_ids({one.session_id for one in held})
    people = await turn.work.people.by_ids({one.person_id for one in held})
    lines = []
    for one in held:
        session, delegate = sessions[one.session_id], people[one.person_id]
        whose = "" if delegate.id == me.id else f"{delegate.name}: "
        course, asked = course_title(turn, session.course_id), dates.day(turn.rules.today(one.booked_at))
        agrees = await who_agrees(turn, delegate)
        line = say("approval-held", whose=whose, course=course, when=when(turn, session), agrees=agrees, asked=asked)
        lines.append(line)
    return answer(Reply("\n".join([say("approval-not-yet"), *lines]), suggestions=("my bookings",)))


async def list_waiting(turn: Turn, waiting: Sequence[tuple[Booking, Person]], lead: Sequence[str], deed: str) -> Answer:
    """What waits, numbered: a bare number answers only where it was said whether to agree."""
    sessions = await turn.work.sessions.by_ids({one.session_id for one, _ in waiting})
    lines = []
    for number, (booking, who) in enumerate(waiting, 1):
        session = sessions[booking.session_id]
        lines.append(f"{number}. {who.name}: {course_title(turn, session.course_id)}, {when(turn, session)}")
    plain = "\n".join([*lead, *lines, *([] if deed else [say("approvals-how")])])
    if not deed:
        return answer(Reply(plain))
    return answer(Reply(plain), **which_place.asked(deed, (one.id for one, _ in waiting)))


async def decide(turn: Turn, deed: str, booking: str) -> Answer:
    """What the button of that name does."""
    press = turn.saying(verb=deed, booking=booking)
    return await (approve(press) if deed == APPROVE else refuse(press))
