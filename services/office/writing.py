"""A message of the office, or of the trainer, to the people of one session: screened, kept, owed to each of them."""

from __future__ import annotations

from datetime import datetime

from services.bookings import locked
from services.kept import kept_text
from services.model import ACTIVE, HAS_PLACE, BookingState, Owed, Person
from services.office.rights import require_open
from services.rights import require_trainer
from services.rulebook import Rulebook
from services.work import Work

SESSION_MESSAGE = "session-message"
LONGEST_MESSAGE = 1000


async def write_to_delegates(
    work: Work,
    person: Person,
    session_id: int,
    text: str,
    *,
    waiting_too: bool = False,
    at_once: bool = False,
    now: datetime,
    rules: Rulebook,
) -> int:
    """Write to everybody who has a place or came, and if wanted to who waits. Returns how many are told now.

    The same words to the same session are the same message, so that a double press writes once. `at_once` leaves
    the day's digest aside. Raises `NotFound` for a session that is not theirs, `ServiceError` for words that are
    missing, too long, or identify somebody: such words are not kept.
    """
    session = await locked(work, session_id)
    require_trainer(person, session)
    require_open(session)
    words = kept_text(text, rules, longest=LONGEST_MESSAGE, missing="message-empty")
    states = HAS_PLACE | {BookingState.ATTENDED} | (ACTIVE if waiting_too else frozenset())
    people = await work.bookings.on_session(session_id, states)
    message_id, new = await work.office.keep_message(session_id, person.id, words, now)
    if new:
        detail = {"message": message_id, "people": len(people)}
        await work.events.record("wrote", ("session", session_id), at=now, actor_id=person.id, detail=detail)
    owed = [Owed(SESSION_MESSAGE, message_id, "message", one.person_id, due_at=now, urgent=at_once) for one in people]
    return await work.notices.owe_all(owed, now)
