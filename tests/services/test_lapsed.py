"""Old challenges, questions and certificates lose their words and their people; what reports count stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from config.actions import RecordKind
from services.model import BookingState, ChallengeOutcome, GapReason, TicketState
from services.store.former import FORMER
from services.work import Database, Work
from services.workdays import wall_clock
from tests.builders import add_booking, add_person, add_session
from tests.services.test_retention import NEW, NOW, OLD, keeping, purged

LAST_DAY_KEPT = date(2021, 1, 15)
"""Six years before the day of the purge."""


async def a_challenge(work: Work, settled_on: date, *, form: str = "form", name: str = "Alice") -> int:
    person = await add_person(work, name)
    await work.people.change(person.id, agency_id="cnwl")
    challenge, _ = await work.challenges.add_once(
        person.id,
        form,
        agency_id="cnwl",
        other_agency_id="mash",
        subject="decision",
        raised_on=settled_on - timedelta(days=9),
        stage=1,
        stage_since=settled_on - timedelta(days=9),
        state="closed",
        note="What was said",
        outcome=ChallengeOutcome.DECISION_CHANGED.value,
        outcome_note="How it ended",
        settled_on=settled_on,
        impact="What came of it",
        impact_on=settled_on,
        created_at=OLD,
    )
    return challenge


async def test_an_old_challenge_keeps_its_figures_and_loses_words_and_names(database: Database) -> None:
    async with database.work() as work:
        old = await a_challenge(work, LAST_DAY_KEPT - timedelta(days=1))
        # the same form from somebody else of the agency: both become the same former delegate's
        other = await a_challenge(work, LAST_DAY_KEPT - timedelta(days=1), name="Bob")
        new = await a_challenge(work, LAST_DAY_KEPT, name="Carol")
        await work.commit()

    rules = keeping(RecordKind.CHALLENGE)
    assert (await purged(database, rules))[RecordKind.CHALLENGE].purged == 2

    async with database.reading() as work:
        found = await work.challenges.by_ids([old, other, new])
        former = await work.people.by_id(found[old].raised_by_id)
    assert former is not None
    assert (former.name, former.agency_id) == (FORMER, "cnwl")
    assert (found[old].note, found[old].outcome_note, found[old].impact) == (None, None, "")
    assert (found[old].outcome, found[old].impact_on) == (ChallengeOutcome.DECISION_CHANGED, found[old].settled_on)
    assert found[other].raised_by_id == former.id
    assert found[new].note == "What was said"
    assert (await purged(database, rules))[RecordKind.CHALLENGE].older == 0


async def test_a_challenge_whose_impact_is_owed_is_kept_and_chased_until_it_is_said(database: Database) -> None:
    async with database.work() as work:
        settled = await a_challenge(work, LAST_DAY_KEPT - timedelta(days=90))
        before = await work.challenges.by_id(settled)
        assert before is not None
        await work.challenges.change(before, state="settled", impact=None, impact_on=None)
        await work.commit()

    rules = keeping(RecordKind.CHALLENGE)
    line = (await purged(database, rules))[RecordKind.CHALLENGE]

    assert (line.older, line.purged) == (0, 0)
    async with database.work() as work:
        kept = await work.challenges.by_id(settled)
        assert kept is not None
        assert (kept.note, kept.outcome_note) == ("What was said", "How it ended")
        assert [one.id for one in await work.challenges.settled_by(rules.today(NOW))] == [settled]
        await work.challenges.change(kept, state="closed", impact="At last", impact_on=LAST_DAY_KEPT)
        await work.commit()
    assert (await purged(database, rules))[RecordKind.CHALLENGE].older == 0, (
        "its time counts from the day it was closed"
    )
    a_day_later = NOW + timedelta(days=1)
    assert (await purged(database, rules, now=a_day_later, dry_run=True))[RecordKind.CHALLENGE].older == 1


async def test_a_challenge_ends_on_a_day_of_the_wall_clock(database: Database) -> None:
    """In summer the day begins in London an hour before it does in UTC: its challenges are not a day older there."""
    async with database.work() as work:
        await a_challenge(work, date(2021, 7, 14))
        await work.commit()
    rules = keeping(RecordKind.CHALLENGE)
    on_its_day, a_day_later = (wall_clock(date(2027, 7, day), time(0, 30)) for day in (14, 15))
    assert (await purged(database, rules, now=on_its_day, dry_run=True))[RecordKind.CHALLENGE].older == 0
    assert (await purged(database, rules, now=a_day_later, dry_run=True))[RecordKind.CHALLENGE].older == 1


@pytest.mark.parametrize(
    ("state", "gone"), [(TicketState.CLOSED, True), (TicketState.WITHDRAWN, True), (TicketState.OPEN, False)]
)
async def test_an_old_question_loses_its_words_and_still_counts(
    database: Database, state: TicketState, gone: bool
) -> None:
    async with database.work() as work:
        asker, taker = await add_person(work, "Alice"), await add_person(work, "Bob")
        values = {"asker_id": asker.id, "group_key": "office", "question": "Who pays?", "asked_at": OLD}
        ticket, _ = await work.tickets.open("who pays", OLD.date(), **values)
        changes = {"taker_id": taker.id, "answer": "We do.", "answered_at": OLD, "helped": True}
        done = changes if state is TicketState.CLOSED else {}
        await work.tickets.change_in(ticket.id, [TicketState.OPEN], state=state.value, **done)
        suggestion = {"ticket_id": ticket.id, "topic": "contacts", "phrase": "who pays", "suggested_by_id": taker.id}
        await work.gaps.suggest(**suggestion, suggested_at=OLD)
        await work.commit()

    rules = keeping(RecordKind.QUESTION_TICKET)
    assert (await purged(database, rules))[RecordKind.QUESTION_TICKET].purged == (1 if gone else 0)

    async with database.reading() as work:
        [kept] = await work.tickets.asked_between(OLD, NEW)
        suggested = await work.gaps.suggestions(OLD, NEW)
    assert (kept.question == "", kept.asker_id != asker.id, suggested == []) == (gone, gone, gone)
    if state is TicketState.CLOSED:
        assert (kept.answer, kept.helped, kept.answered_at, kept.taker_id) == ("", True, OLD, None)
    assert (await purged(database, rules))[RecordKind.QUESTION_TICKET].older == 0


async def test_what_was_not_answered_goes_unless_it_is_still_asked(database: Database) -> None:
    week = OLD.date() - timedelta(days=OLD.weekday())
    async with database.work() as work:
        await work.gaps.note("who pays", "", GapReason.UNSURE, week=week, at=OLD)
        await work.gaps.note("who pays", "", GapReason.UNSURE, week=NEW.date(), at=NEW)
        await work.commit()
    assert (await purged(database, keeping(RecordKind.UNANSWERED)))[RecordKind.UNANSWERED].purged == 1
    async with database.reading() as work:
        assert [gap.how_many for gap in await work.gaps.between(week, NOW.date())] == [1]


async def test_an_old_certificate_keeps_its_number_and_loses_its_name(database: Database) -> None:
    long_ago = datetime(2020, 3, 2, 9, tzinfo=UTC)
    async with database.work() as work:
        alice = await add_person(work, "Alice")
        session = await add_session(work, OLD)
        booking = await add_booking(work, alice, session, OLD, state=BookingState.ATTENDED)
        await work.certificates.issue(booking.id, alice.id, "HSSP-1", rule="attendance", at=long_ago)
        await work.commit()
    rules = keeping(RecordKind.CERTIFICATE)
    assert (await purged(database, rules))[RecordKind.CERTIFICATE].purged == 1
    async with database.reading() as work:
        kept = await work.certificates.by_number("HSSP-1")
        funnel = await work.reports.funnel(OLD - timedelta(days=1), NOW)
    assert kept is not None
    assert kept.person_id != alice.id
    assert funnel.certified == 1
    assert (await purged(database, rules))[RecordKind.CERTIFICATE].older == 0
