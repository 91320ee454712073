"""Every report counts what it says it counts, on both databases."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dialogs.wording import say
from services import bookings, evaluations, handover, questions
from services.errors import ServiceError
from services.model import BookingState, EvaluationKind, GapReason, NoticeState, Owed, Role
from services.office import cancelling
from services.office.cancelling import Reason
from services.reports import NAMES, Report, report
from services.reports.asking import year_at, year_called
from services.rulebook import Rulebook
from services.work import Database, Work
from services.workdays import LONDON
from tests.builders import add_booking, add_item, add_person, add_session
from tests.services.imports.desk import Desk

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
YEAR = "2026-27"
HELD = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


async def ask(database: Database, rules: Rulebook, name: str, year: str | None = YEAR) -> Report:
    async with database.reading() as work:
        made = await report(work, rules, name, year=year, now=NOW, say=say)
    assert all(len(row) == len(made.columns) for row in made.rows)
    return made


async def attend(work: Work, name: str, rules: Rulebook, *, ref: str, starts: datetime, attended: bool = True) -> int:
    """Somebody of that name on a session of their own; the booking's id."""
    person = await add_person(work, name)
    session = await add_session(work, starts, ref=ref)
    booking = await add_booking(work, person, session, starts - timedelta(days=9))
    await bookings.record_attendance(work, booking, attended=attended, at=session.ends_at, rules=rules)
    return booking.id


@pytest.mark.parametrize("name", NAMES)
async def test_every_report_can_be_made_of_nothing(database: Database, harrow: Rulebook, name: str) -> None:
    made = await ask(database, harrow, name, None)
    assert (made.name, made.year) == (name, YEAR)
    assert made.title
    if name not in ("unconfirmed", "impact-funnel"):
        assert made.rows == ()


@pytest.mark.parametrize("name", NAMES)
async def test_the_day_on_which_a_report_stands_is_said_with_its_weekday(
    database: Database, harrow: Rulebook, name: str
) -> None:
    made = await ask(database, harrow, name)
    said = " ".join((*made.notes, *made.sources))
    assert not re.search(r"\d/\d", said)
    if "stood on" in said or "stands on" in said:
        assert "on Friday 15 January 2027" in said


async def test_a_report_that_does_not_exist_is_refused_with_the_list(database: Database, harrow: Rulebook) -> None:
    with pytest.raises(ServiceError) as caught:
        await ask(database, harrow, "profits")
    assert "training" in say(caught.value.code, **caught.value.params)


@pytest.mark.parametrize("year", ["2022", "2022-2023", "2022-24", "22-23", "1999-00", "", "2022-23; drop"])
async def test_a_year_that_is_none_is_refused(database: Database, harrow: Rulebook, year: str) -> None:
    with pytest.raises(ServiceError) as caught:
        await ask(database, harrow, "training", year)
    assert caught.value.code == "report-bad-year"


def test_a_year_runs_from_the_first_of_april_on_the_london_wall_clock() -> None:
    year = year_called("2026-27", LONDON)
    assert (year.first, year.until) == (
        datetime(2026, 3, 31, 23, tzinfo=UTC),
        datetime(2027, 3, 31, 23, tzinfo=UTC),
    )
    assert year_at(year.first, LONDON).label == "2026-27"
    assert year_at(year.first - timedelta(seconds=1), LONDON).label == "2025-26"
    assert year_at(datetime(2099, 12, 31, tzinfo=UTC), LONDON).label == "2099-00"
    assert year_called("2099-00", LONDON).label == "2099-00"


async def test_training_leaves_out_what_nobody_recorded_and_says_so(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        await attend(work, "Alice", harrow, ref="A", starts=HELD)
        await attend(work, "Bob", harrow, ref="B", starts=HELD + timedelta(days=1), attended=False)
        silent = await add_session(work, HELD + timedelta(days=2))
        await add_booking(work, await add_person(work, "Charlie"), silent, HELD)
        half = await work.sessions.by_ref("A")
        assert half is not None
        await add_booking(work, await add_person(work, "Dora"), half, HELD)
        coming = await add_session(work, NOW + timedelta(days=20))
        await add_booking(work, await add_person(work, "Ed"), coming, HELD)
        await attend(work, "Fay", harrow, ref="OLD", starts=HELD - timedelta(days=365))
        await work.commit()
    made = await ask(database, harrow, "training")
    assert [(row["booked"], row["attended"], row["not_attended"]) for row in made.records()] == [(2, 1, 0), (1, 0, 1)]
    assert made.notes == (
        "Sessions left out, because nobody has recorded who attended: 1.",
        "Booked places for which nobody has recorded whether they were used: 1. "
        "Attended and not attended together fall short of booked by that many.",
    )


async def test_no_shows_count_late_cancellations_beside_them(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        await attend(work, "Alice", harrow, ref="A", starts=HELD, attended=False)
        session = await work.sessions.by_ref("A")
        assert session is not None
        for name, late in (("Bob", True), ("Charlie", False)):
            booking = await add_booking(work, await add_person(work, name), session, HELD)
            await work.bookings.move(booking, BookingState.CANCELLED, late=late)
        await work.commit()
    [row] = (await ask(database, harrow, "no-shows")).records()
    assert (row["booked"], row["not_attended"], row["no_show_share"], row["late_cancellations"]) == (1, 1, 1.0, 1)


async def test_the_impact_funnel_narrows_stage_by_stage(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        for number, name in enumerate(("Alice", "Bob", "Charlie")):
            await attend(work, name, harrow, ref=name, starts=HELD + timedelta(days=number))
        await attend(work, "Dora", harrow, ref="Dora", starts=HELD + timedelta(days=5), attended=False)
        owed = await work.evaluations.unanswered(EvaluationKind.IMPACT, date(2026, 1, 1), date(2027, 12, 31))
        for one in owed[:2]:
            invite, state = "invite:2026-12-14", NoticeState.SENT
            await work.notices.owe(
                Owed("impact-evaluation", one.id, invite, one.person_id, due_at=NOW, state=state), NOW
            )
            # A reminder to the same person is not a second invitation.
            await work.notices.owe(Owed("impact-evaluation", one.id, "reminder", one.person_id, NOW, state=state), NOW)
        boss = await add_person(work, "Boss")
        await work.people.change(owed[0].person_id, line_manager_id=boss.id)
        delegate = await work.people.by_id(owed[0].person_id)
        assert delegate is not None
        await evaluations.answer(work, delegate, owed[0].id, {"used": "All of it"}, now=NOW, rules=harrow)
        theirs = (await work.evaluations.of_bookings([owed[0].booking_id]))[owed[0].booking_id]
        comment = next(one for one in theirs if one.kind is EvaluationKind.MANAGER)
        await evaluations.answer(work, boss, comment.id, {"manager-seen": "A little"}, now=NOW, rules=harrow)
        await work.commit()
    made = await ask(database, harrow, "impact-funnel")
    assert [row["people"] for row in made.records()] == [3, 2, 1, 1, 1]
    assert made.records()[2]["attended_share"] == pytest.approx(1 / 3)
    assert made.notes[0] == "Response rate: 33% of those who owe an impact evaluation have answered it."


async def test_what_changed_in_practice_is_counted_and_names_nobody(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        for number, (name, before) in enumerate((("Alice", "3"), ("Bob", "6"))):
            await attend(work, name, harrow, ref=name, starts=HELD + timedelta(days=number))
            impact = (await work.evaluations.unanswered(EvaluationKind.IMPACT, date(2026, 1, 1), date(2027, 12, 31)))[0]
            delegate = await work.people.by_id(impact.person_id)
            assert delegate is not None
            given = {"confidence-before": before, "shared": "In supervision", "used": f"Part {number}"}
            await evaluations.answer(work, delegate, impact.id, given, now=NOW, rules=harrow)
        await work.commit()
    made = await ask(database, harrow, "practice")
    rows = [(row["answer"], row["people"]) for row in made.records()]
    assert rows == [("Part 0", 1), ("Part 1", 1), ("Average of 2: 4.5", 2), ("In supervision", 2)]
    assert "Alice" not in str(made)


async def test_who_did_not_evaluate_in_time_is_listed_and_who_still_may_is_not(
    database: Database, harrow: Rulebook
) -> None:
    async with database.work() as work:
        await attend(work, "Alice", harrow, ref="A", starts=HELD)
        await attend(work, "Bob", harrow, ref="B", starts=NOW - timedelta(weeks=7))
        await work.commit()
    made = await ask(database, harrow, "not-evaluated")
    assert [row["name"] for row in made.records()] == ["Alice"]


async def test_cancelled_events_are_listed_and_counted_by_reason(
    database: Database, harrow: Rulebook, tmp_path: Path
) -> None:
    desk = Desk(database, harrow, tmp_path)
    await desk.session("A", day="2026-05-04", status="cancelled", reason="trainer unavailable")
    await desk.session("B", day="2026-06-04", status="cancelled", reason="illness")
    await desk.session("C", day="2026-07-06", status="cancelled", reason="too few")
    await desk.session("D", day="2026-08-04", status="cancelled")
    await desk.session("E", day="2026-09-04")
    made = await ask(database, harrow, "cancelled-events")
    assert next((row["date"], row["session"]) for row in made.records()) == (date(2026, 5, 4), "A")
    assert made.notes == (
        "Events cancelled: 4.",
        "Trainer unavailable: 2",
        "Too few booked: 1",
        "No reason recorded: 1",
    )


async def test_every_reason_that_the_office_may_give_is_counted_under_its_own_name(
    database: Database, harrow: Rulebook
) -> None:
    async with database.work() as work:
        office = await add_person(work, "Morgan", roles=[Role.MANAGER])
        for days, reason in enumerate(Reason, 1):
            session = await add_session(work, NOW + timedelta(days=days))
            await cancelling.cancel_session(work, office, session.id, reason, now=NOW)
        await work.commit()
    made = await ask(database, harrow, "cancelled-events")
    assert sorted(made.notes[1:]) == sorted(f"{say(f'report-reason-{one.value}')}: 1" for one in Reason)


async def test_no_event_is_counted_of_a_year_of_which_only_totals_were_published(
    database: Database, harrow: Rulebook
) -> None:
    made = await ask(database, harrow, "cancelled-events", "2022-23")
    assert [note.partition(" are not recorded")[0] for note in made.notes] == ["Events of 2022-23"]


async def test_that_nobody_has_answered_is_not_told_as_nobody_having_come(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        await attend(work, "Alice", harrow, ref="A", starts=HELD)
        await work.commit()
    made = await ask(database, harrow, "practice")
    assert made.notes[0] == "Nobody has answered an evaluation about 2026-27 yet."


async def test_actions_are_counted_by_plan_as_they_stand(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        alice = await add_person(work, "Alice")
        await add_item(work, "A-1", owner=alice, due_on=date(2027, 1, 14))
        await add_item(work, "A-2", owner=alice, due_on=date(2027, 1, 15))
        await add_item(work, "A-3")
        done = await add_item(work, "A-4", due_on=date(2026, 1, 1))
        await work.actions.change_open(done.id, state="done")
        await work.actions.add(ref="S-1", plan_id=harrow.pack.plans[0].id, action="Do it", state="closed")
        await work.commit()
    made = await ask(database, harrow, "actions")
    first, second = made.records()
    assert list(first.values()) == ["plan", 4, 3, 1, 0, 1, 1, 1]
    assert (second["plan"], second["closed"]) == (harrow.pack.plans[0].title, 1)
    assert list(made.total().values()) == ["Total", 5, 3, 1, 1, 1, 1, 1]


async def test_ownership_is_counted_as_where_owners_are_set(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        alice, gone = await add_person(work, "Alice"), await add_person(work, "Gone")
        await work.people.change(gone.id, active=False)
        await add_item(work, "A-1", owner=alice, due_on=date(2027, 3, 1))
        await add_item(work, "A-2", owner=gone, due_on=date(2027, 3, 1))
        await work.actions.add(ref="L-1", plan_id="plan", action="We learnt", kind="L")
        await work.commit()
        to_set = await work.actions.count_without_owner_or_date()
    made = await ask(database, harrow, "actions")
    total = made.total()
    assert list(total.values()) == ["Total", 3, 3, 0, 0, 0, 1, 0]
    assert to_set == 1
    assert made.notes[-1].startswith("Of those open, 1 only record what was learnt")


async def test_notices_are_counted_by_kind_how_they_ended_and_why(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        alice = await add_person(work)
        states = (NoticeState.DUE, NoticeState.DUE, NoticeState.UNCERTAIN)
        due = [Owed("action-item", at, "due-day", alice.id, NOW, state=state) for at, state in enumerate(states)]
        refused = [
            Owed("action-item", 20 + at, "due-day", alice.id, NOW, state=NoticeState.FAILED, reason=reason)
            for at, reason in enumerate(("refused 400", "could-not-be-worded", "refused 400"))
        ]
        await work.notices.owe_all(
            [*due, *refused, Owed("action-item", 9, "x", alice.id, NOW - timedelta(days=400))], NOW
        )
        await work.commit()
    made = await ask(database, harrow, "notices")
    assert made.rows == (
        ("action-item", "due", "", 2),
        ("action-item", "failed", "could-not-be-worded", 1),
        ("action-item", "failed", "refused 400", 2),
        ("action-item", "uncertain", "", 1),
    )
    assert made.total()["count"] == 6


async def test_what_is_unconfirmed_is_listed_with_its_place_and_question(database: Database, harrow: Rulebook) -> None:
    made = await ask(database, harrow, "unconfirmed")
    assert len(made.rows) == len(harrow.pack.unconfirmed()) > 50
    assert made.records()[0]["file"]


async def test_questions_to_people_are_counted_by_group(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        alice, eddie = await add_person(work, "Alice"), await add_person(work, "Eddie")
        await work.holders.set_keys(eddie.id, ["mash-manager"])
        for number, text in enumerate(("Who signs?", "Who reads it?", "Who keeps it?")):
            topic = "consent-to-refer" if number else "lado-referral"
            await handover.ask(work, alice, text, topic=topic, now=HELD, rules=harrow)
        await handover.answer(work, eddie, 2, "The team.", now=HELD + timedelta(days=2), rules=harrow)
        await handover.say_if_helped(work, alice, 2, helped=True, now=HELD + timedelta(days=2), rules=harrow)
        await work.commit()
    made = await ask(database, harrow, "questions")
    assert made.rows == (
        ("Allegations and safer working", 1, 0, 1, 0, None),
        ("Thresholds and referral", 2, 1, 1, 1, 2),
    )


async def test_what_was_not_answered_is_listed_with_counts_and_without_people(
    database: Database, harrow: Rulebook
) -> None:
    async with database.work() as work:
        for at in (HELD, HELD + timedelta(weeks=1), HELD - timedelta(days=400)):
            await questions.note_unanswered(work, "Drones?", GapReason.UNSURE, topic="neglect", now=at, rules=harrow)
        await questions.note_unanswered(work, "", GapReason.NOT_HELPFUL, topic="fgm", now=HELD, rules=harrow)
        await work.commit()
    made = await ask(database, harrow, "unanswered")
    assert made.rows == (
        ("drones", "neglect", "Not sure which guidance", 2, date(2026, 11, 9)),
        ("(no words kept)", "fgm", "The answer did not help", 1, date(2026, 11, 2)),
    )
    assert made.total()["count"] == 3


async def test_ways_of_asking_that_experts_propose_can_be_exported(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        alice, morgan = await add_person(work, "Alice"), await add_person(work, "Morgan", roles=[Role.MANAGER])
        await handover.ask(work, alice, "Who signs?", topic="consent-to-refer", now=HELD, rules=harrow)
        for _ in range(2):
            await handover.suggest(
                work, morgan, 1, topic="consent-to-refer", phrase="who signs", now=HELD, rules=harrow
            )
        await work.commit()
    made = await ask(database, harrow, "suggested-phrases")
    assert made.rows == (("consent-to-refer", "who signs", "Do I need consent to refer?", "Q1", date(2026, 11, 2)),)


async def test_demand_lists_what_was_asked_about_and_has_no_open_date(database: Database, harrow: Rulebook) -> None:
    async with database.work() as work:
        for topic in ("radicalisation", "radicalisation", "domestic-abuse"):
            await questions.note_asked(work, topic, now=HELD, rules=harrow)
        session = await add_session(work, NOW + timedelta(days=9))
        await work.sessions.change(session.id, course_id="domestic-abuse-foundation")
        await work.commit()
    [row] = (await ask(database, harrow, "demand")).records()
    assert (row["topic"], row["asks"]) == ("radicalisation", 2)
    assert row["courses"] == "Online Platforms and Extremist Content"


@pytest.mark.parametrize(("by_mail", "why"), [(True, "without an e-mail address"), (False, "no mail server is set up")])
async def test_who_is_out_of_reach_is_told_with_the_reason(
    database: Database, harrow: Rulebook, by_mail: bool, why: str
) -> None:
    made = await ask(database, replace(harrow, by_mail=by_mail), "unreachable")
    assert why in made.notes[0]
    assert made.notes[1] == "As it stands on Friday 15 January 2027; not by year."
