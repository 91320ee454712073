"""People of a school, their partnership and others, who book, hand on and say no in a chat."""

from __future__ import annotations

from datetime import date

from dialogs.notices import Renderer
from services.model import EvaluationKind, NoticeState, Role
from services.notices.checking import check
from services.notices.planning import plan
from services.notices.subjects import Ended
from services.work import Database
from tests.dialogs.training.training_chat import Chat, a_chat_under

FORUM, LADO = "dsl-forum", "managing-allegations-lado"
DAY = date(2027, 2, 3)


async def a_chat_with_people(database: Database, **booking: object) -> Chat:
    """Pat is head of the school, Alice its Designated Safeguarding Lead, Bob a teacher; Mona runs the partnership."""
    chat = a_chat_under(database, **booking)
    pat = await chat.join("Pat")
    await chat.join("Alice", roles=[Role.DSL], line_manager=pat)
    await chat.join("Bob", line_manager=pat)
    await chat.join("Mona", agency="children-services", domain="office.example.org", roles=[Role.MANAGER])
    await chat.join("Tilda", agency="children-services", domain="office.example.org", roles=[Role.TRAINER])
    await chat.join("Charlie", agency="cnwl", domain="trust.example.org")
    return chat


async def letters(chat: Chat) -> dict[str, list[str]]:
    """What each person would be sent now, in words."""
    async with chat.database.work() as work:
        await plan(work, chat.rules, chat.now)
        await work.commit()
    async with chat.database.reading() as work:
        notices = await work.notices.in_states([NoticeState.DUE])
        verdicts = await check(work, chat.rules, notices, chat.now)
        people = await work.people.by_ids({one.person_id for one in notices})
    sent: dict[str, list[str]] = {}
    for notice in sorted(notices, key=lambda one: one.id):
        about = verdicts[notice.id]
        if not isinstance(about, Ended):
            person = people[notice.person_id]
            message = Renderer(chat.rules)(person, [(notice, about)], chat.now)
            sent.setdefault(person.name.split()[0], []).append(message.text)
    return sent


async def an_impact_form(chat: Chat) -> int:
    """An impact evaluation that Alice owes."""
    session = await chat.date_of(LADO, DAY)
    await chat.send("Alice", "session.book", session=session)
    async with chat.database.work() as work:
        (alice,) = await work.people.with_role(Role.DSL)
        (booking,) = await work.bookings.active_of(alice.id, chat.now)
        await work.evaluations.owe(booking.id, alice.id, EvaluationKind.IMPACT, chat.now.date())
        found = await work.evaluations.of_bookings([booking.id])
        await work.commit()
    return found[booking.id][0].id
