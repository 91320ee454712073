"""Records go when the partnership's rules say so, nobody else's with them, and the figures stay."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from config.actions import RecordKind
from config.data import Confirmable
from config.spans import Span
from services import bookings, charges, retention, subject_export
from services.errors import NotFound
from services.model import MARKED, BookingState, ChargeState, EvaluationKind, NoticeState, Owed, Person, Role
from services.office.attendance import mark
from services.retention import PurgeLine
from services.rulebook import Rulebook
from services.store.former import FORMER
from services.store.retention import GOES_WITH_THEM
from services.tables import metadata, people
from services.work import Database
from tests.builders import a_rulebook, add_booking, add_item, add_person, add_session
from tests.services.notices.office import Office

NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
OLD, NEW = datetime(2020, 1, 14, 9, tzinfo=UTC), datetime(2026, 1, 20, 9, tzinfo=UTC)


def keeping(*kinds: RecordKind, keep: str = "6 years", confirmed: bool = True) -> Rulebook:
    """Rules that keep these kinds of record for so long and all others for ever."""
    rules = a_rulebook()
    mark = {"status": "confirmed", "source": "rules > 1"} if confirmed else {"status": "confirm"}
    value = Confirmable[Span | None].model_validate({"value": Span.parse(keep), **mark})
    rows = tuple(
        row.model_copy(update={"keep": value}) if row.record in kinds else row
        for row in rules.pack.partnership.retention
    )
    partnership = rules.pack.partnership.model_copy(update={"retention": rows})
    return replace(rules, pack=replace(rules.pack, partnership=partnership))


async def purged(
    database: Database, rules: Rulebook, *, dry_run: bool = False, now: datetime = NOW, **more: bool
) -> dict[RecordKind, PurgeLine]:
    async with database.work() as work:
        lines = await retention.purge(work, rules, now=now, dry_run=dry_run, **more)
        await work.commit()
    return {line.record: line for line in lines}


async def attended(database: Database) -> tuple[Person, Person]:
    """Alice and Bob of CNWL, at a session of long ago and at one of last year, with answers."""
    async with database.work() as work:
        both = [await add_person(work, name) for name in ("Alice", "Bob")]
        for person in both:
            await work.people.change(person.id, agency_id="cnwl")
        for at in (OLD, NEW):
            session = await add_session(work, at)
            for person in both:
                booking = await add_booking(work, person, session, at, state=BookingState.ATTENDED)
                await work.evaluations.owe(booking.id, person.id, EvaluationKind.IMPACT, at.date())
                (form,) = await work.evaluations.open_of(person.id, at.date())
                assert await work.evaluations.answer(form.id, {"used": "all of it"}, at)
        await work.commit()
    return both[0], both[1]


async def test_old_bookings_lose_their_people_and_the_figures_stay(database: Database) -> None:
    alice, _ = await attended(database)
    rules = keeping(RecordKind.BOOKING)
    span = (OLD - timedelta(days=1), NOW)
    async with database.work() as work:
        forms = await work.evaluations.of_bookings([one.id for one in await work.bookings.on_sessions([1, 2], MARKED)])
        told = [Owed("impact-evaluation", one.id, "invite", one.person_id, OLD) for (one,) in forms.values()]
        await work.notices.owe_all([*told, replace(told[0], step="final", person_id=told[-1].person_id)], OLD)
        for notice in await work.notices.about("impact-evaluation", [one.subject_id for one in told]):
            await work.claims.end([notice.id], NoticeState.SENT, at=OLD, reason=None)
        await work.commit()
    async with database.reading() as work:
        before = (await work.reports.held(*span), await work.reports.by_agency(*span), await work.reports.funnel(*span))

    lines = await purged(database, rules)

    assert (lines[RecordKind.BOOKING].older, lines[RecordKind.BOOKING].purged) == (2, 2)
    async with database.reading() as work:
        after = (await work.reports.held(*span), await work.reports.by_agency(*span), await work.reports.funnel(*span))
        records = await work.subjects.everything(alice)
    assert after == before
    assert after[-1].invited == 4
    assert len(records["bookings"]) == 1, "the one of last year"
    assert (await purged(database, rules))[RecordKind.BOOKING].older == 0


async def test_an_old_booking_keeps_no_words_and_nobody_also_when_its_person_went_first(database: Database) -> None:
    rules = a_rulebook(booking={"no_show_charged": {"value": True, "status": "confirm"}})
    before = OLD - timedelta(days=9)
    async with database.work() as work:
        morgan = await add_person(work, "Morgan", roles=[Role.MANAGER])
        gone, absent = await add_person(work, "Gone"), await add_person(work, "Absent")
        session = await add_session(work, OLD)
        one = (await bookings.book(work, gone, session.id, now=before, rules=rules, by=morgan)).booking
        await bookings.cancel(work, gone, one.id, reason="My mother is in hospital", now=before, rules=rules)
        other = (await bookings.book(work, absent, session.id, now=before, rules=rules)).booking
        await mark(work, morgan, session.id, {other.id: False}, now=OLD + timedelta(days=1), rules=rules)
        (charge,) = await work.charges.of_booking(other.id)
        await charges.waive(work, morgan, charge.id, reason="Was ill", now=OLD + timedelta(days=2), rules=rules)
        message, _ = await work.office.keep_message(session.id, morgan.id, "Bring your lunch", before)
        await work.interests.register(gone.id, "dsl-forum", before)
        await work.people.change(gone.id, active=False)
        await work.events.record("changed", ("person", gone.id), at=OLD, actor_id=morgan.id, detail={"name": "Gone"})
        await work.commit()
    await purged(database, keeping(RecordKind.PERSON))

    assert (await purged(database, keeping(RecordKind.BOOKING)))[RecordKind.BOOKING].purged == 2

    async with database.reading() as work:
        for found in (await work.bookings.by_ids([one.id, other.id])).values():
            assert (found.cancel_reason, found.booked_by_id, found.person_id != absent.id) == (None, None, True)
        (let_go,) = await work.charges.of_booking(other.id)
        assert (let_go.state, let_go.reason, let_go.settled_by_id) == (ChargeState.WAIVED, None, None)
        told = [
            *await work.events.about("booking", [one.id, other.id]),
            *await work.events.about("charge", [charge.id]),
            *await work.events.about("person", [gone.id]),
        ]
        assert {"booked", "cancelled", "marked", "waived", "changed"} <= {event.verb for event in told}
        assert [(event.verb, event.detail) for event in told if event.actor_id is not None or event.detail] == []
        assert (await work.office.messages([message]), await work.interests.of(gone.id)) == ({}, [])
    assert (await purged(database, keeping(RecordKind.BOOKING)))[RecordKind.BOOKING].older == 0


async def test_a_later_purge_of_the_same_session_finds_room_for_more(database: Database) -> None:
    await attended(database)
    rules = keeping(RecordKind.BOOKING)
    await purged(database, rules)
    async with database.work() as work:
        carol = await add_person(work, "Carol")
        await work.people.change(carol.id, agency_id="cnwl")
        session = await work.sessions.by_ref(f"forum-{OLD:%Y%m%d%H%M}")
        assert session is not None
        await add_booking(work, carol, session, OLD, state=BookingState.ATTENDED)
        await work.commit()
    assert (await purged(database, rules))[RecordKind.BOOKING].purged == 1


async def test_answers_go_and_that_they_were_given_stays(database: Database) -> None:
    await attended(database)
    assert (await purged(database, keeping(RecordKind.EVALUATION)))[RecordKind.EVALUATION].purged == 2
    async with database.reading() as work:
        funnel = await work.reports.funnel(OLD - timedelta(days=1), NOW)
    assert funnel.answered == 4
    assert (await purged(database, keeping(RecordKind.EVALUATION)))[RecordKind.EVALUATION].older == 0


async def test_a_dry_run_counts_and_changes_nothing(database: Database) -> None:
    await attended(database)
    rules = keeping(RecordKind.BOOKING, RecordKind.EVALUATION)
    for _ in range(2):
        lines = await purged(database, rules, dry_run=True)
        assert [(lines[kind].older, lines[kind].purged) for kind in (RecordKind.BOOKING, RecordKind.EVALUATION)] == [
            (2, 0),
            (2, 0),
        ]


async def test_a_purge_leaves_how_many_of_each_kind_went_in_the_trail_and_a_dry_run_nothing(database: Database) -> None:
    await attended(database)
    rules = keeping(RecordKind.BOOKING, RecordKind.EVALUATION)
    await purged(database, rules, dry_run=True)
    for _ in range(2):
        await purged(database, rules)
    async with database.reading() as work:
        deeds = await work.events.about("retention", [0])
    assert [(one.verb, one.at, one.actor_id, one.detail) for one in deeds] == [
        ("purged", NOW, None, {"booking": 2, "evaluation": 2}),
        ("purged", NOW, None, {}),
    ]


async def test_what_nobody_has_decided_or_confirmed_is_kept(database: Database) -> None:
    await attended(database)
    undecided = await purged(database, a_rulebook())
    assert {(line.older, line.purged) for line in undecided.values()} == {(0, 0)}
    assert {line.keep for line in undecided.values()} == {None}
    rules = keeping(RecordKind.BOOKING, confirmed=False)
    assert (await purged(database, rules))[RecordKind.BOOKING].purged == 0
    assert (await purged(database, rules, include_unconfirmed=True))[RecordKind.BOOKING].purged == 2


async def test_the_day_counts_and_not_the_hour(database: Database) -> None:
    async with database.work() as work:
        alice = await add_person(work)
        await add_booking(work, alice, await add_session(work, datetime(2021, 1, 14, 20, tzinfo=UTC)), OLD)
        bob = await add_person(work, "Bob")
        await add_booking(work, bob, await add_session(work, datetime(2021, 1, 15, 9, tzinfo=UTC)), OLD)
        await work.commit()
    assert (await purged(database, keeping(RecordKind.BOOKING), dry_run=True))[RecordKind.BOOKING].older == 1


async def test_closed_items_keep_the_published_action_and_nothing_that_people_wrote(database: Database) -> None:
    async with database.work() as work:
        alice = await add_person(work)
        old, still = await add_item(work, "A-1", owner=alice), await add_item(work, "A-2", owner=alice)
        for item in (old, still):
            await work.actions.change_open(item.id, progress="Begun")
        await work.actions.change_open(old.id, state="done", evidence="Audit", completed_at=OLD)
        await work.commit()
    lines = await purged(database, keeping(RecordKind.ACTION_ITEM))
    assert lines[RecordKind.ACTION_ITEM].purged == 1
    async with database.reading() as work:
        found = await work.actions.by_ids([old.id, still.id])
    one, other = found[old.id], found[still.id]
    assert (one.action, one.owner_id, one.evidence, one.progress) == ("Do A-1", None, None, None)
    assert (other.owner_id, other.progress) == (alice.id, "Begun")


async def test_old_notices_go_with_their_attempts_and_waiting_ones_stay(database: Database) -> None:
    async with database.work() as work:
        alice = await add_person(work)
        await work.notices.owe_all([Owed("x", number, "one", alice.id, due_at=OLD) for number in (1, 2)], OLD)
        first, second = await work.notices.about("x", [1, 2])
        await work.attempts.start({first.id: "teams", second.id: "teams"}, at=OLD)
        await work.claims.end([first.id], NoticeState.CANCELLED, at=OLD, reason="done")
        await work.commit()
    await purged(database, keeping(RecordKind.NOTICE))
    async with database.reading() as work:
        assert [one.id for one in await work.notices.about("x", [1, 2])] == [second.id]
        assert set(await work.attempts.of_all([first.id, second.id])) == {second.id}


async def test_who_left_long_ago_becomes_nobody_and_who_left_lately_does_not(database: Database) -> None:
    async with database.work() as work:
        gone, lately, here = [await add_person(work, name) for name in ("Gone", "Lately", "Here")]
        for person, at in ((gone, OLD), (lately, NEW)):
            await work.people.change(person.id, active=False)
            await work.events.record("changed", ("person", person.id), at=at, actor_id=None)
        await work.people.change(here.id, line_manager_id=gone.id)
        await work.holders.set_keys(gone.id, ["lado"])
        await work.holders.set_keys(lately.id, ["iro-service"])
        await work.commit()
    assert (await purged(database, keeping(RecordKind.PERSON)))[RecordKind.PERSON].purged == 1
    async with database.reading() as work:
        found = await work.people.by_ids([gone.id, lately.id, here.id])
        posts = await work.holders.keys_by_person(list(found))
    assert posts == {lately.id: {"iro-service"}}
    assert (found[gone.id].name, found[gone.id].email, found[gone.id].aad_object_id) == (FORMER, None, None)
    assert (found[lately.id].name, found[here.id].line_manager_id) == ("Lately", None)


STAYS = {
    "action_items.owner_id": "an item that is open asks for another owner; one that is closed goes by its own rule",
    "action_notes.person_id": "goes with the item it is about",
    "action_requests.asked_by": "goes with the item it is about",
    "action_requests.decided_by": "goes with the item it is about",
    "action_requests.to_person_id": "goes with the item it is about",
    "bookings.booked_by_id": "goes with the booking",
    "bookings.person_id": "counts for the agency; goes by its own rule",
    "certificates.person_id": "its number is never given again; goes by its own rule",
    "challenges.raised_by_id": "counts for the agency; goes by its own rule",
    "charges.settled_by_id": "goes with the booking",
    "evaluations.person_id": "counts for the course; goes by its own rule",
    "events.actor_id": "goes with the record that the deed was about",
    "notices.person_id": "proof of what was told; goes by its own rule",
    "session_messages.author_id": "goes with the bookings of the session",
    "suggested_phrases.suggested_by_id": "goes with the question",
    "tickets.asker_id": "counts for the group; goes by its own rule",
    "tickets.taker_id": "goes with the question",
}
"""What still points to the row of a person who is nobody any more, and why."""


def test_whatever_refers_to_people_goes_with_them_or_stays_for_a_reason() -> None:
    refers = {
        f"{column.table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is people for key in column.foreign_keys)
    }
    goes = {f"{table.name}.person_id" for table in GOES_WITH_THEM} | {"people.line_manager_id"}
    assert sorted([*goes, *STAYS]) == sorted(refers)


async def test_a_way_to_reach_somebody_stays_while_it_is_used(database: Database) -> None:
    async with database.work() as work:
        alice, _ = await add_person(work), await add_person(work, "Bob")
        await work.notices.owe(Owed("x", 1, "one", alice.id, due_at=NEW), NEW)
        (notice,) = await work.notices.about("x", [1])
        await work.claims.end([notice.id], NoticeState.SENT, at=NEW, reason=None)
        await work.commit()
    later = datetime(2027, 1, 15, tzinfo=UTC)
    lines = await purged(database, keeping(RecordKind.CONVERSATION, keep="1 year"), now=later)
    assert lines[RecordKind.CONVERSATION].purged == 1
    async with database.reading() as work:
        assert set(await work.conversations.routes([alice.id, alice.id + 1])) == {alice.id}


async def test_an_overdue_purge_is_told_once_a_month_until_it_is_done(database: Database) -> None:
    await attended(database)
    office = Office(database, keeping(RecordKind.BOOKING))
    morgan = await office.person("Morgan", roles=[Role.MANAGER])
    for day in (date(2027, 2, 1), date(2027, 2, 2), date(2027, 3, 1)):
        await office.plan_and_deliver(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    told = [one for one in await office.notices() if one.kind == "purge-due"]
    assert [(one.person_id, one.step) for one in told] == [
        (morgan.id, "month:2027-02-01"),
        (morgan.id, "month:2027-03-01"),
    ]
    await purged(database, office.rules)
    await office.plan_and_deliver(datetime(2027, 4, 1, 9, tzinfo=UTC))
    assert len([one for one in await office.notices() if one.kind == "purge-due"]) == 2


@pytest.mark.parametrize("confirmed", [True, False])
async def test_nobody_is_told_to_purge_by_a_time_that_is_to_be_confirmed(database: Database, confirmed: bool) -> None:
    await attended(database)
    office = Office(database, keeping(RecordKind.BOOKING, confirmed=confirmed))
    await office.person("Morgan", roles=[Role.MANAGER])
    await office.plan(datetime(2027, 2, 1, 9, tzinfo=UTC))
    assert ("purge-due" in {one.kind for one in await office.notices()}) is confirmed


async def test_everything_about_a_person_and_nothing_about_others_is_exported(database: Database) -> None:
    alice, bob = await attended(database)
    async with database.work() as work:
        await add_item(work, "A-1", owner=alice)
        await add_item(work, "B-1", owner=bob)
        await work.notices.owe_all([Owed("x", 1, "one", one.id, due_at=NEW) for one in (alice, bob)], NEW)
        for notice in await work.notices.about("x", [1]):
            await work.attempts.start({notice.id: "teams"}, at=NEW)
        export = await subject_export.export_subject(work, "ALICE@example.org", now=NOW)
        await work.commit()
    assert {name: len(rows) for name, rows in export.records.items() if name != "events"} == {
        "people": 1,
        "conversations": 1,
        "bookings": 2,
        "evaluations": 2,
        "action_items": 1,
        "notices": 1,
        "attempts": 1,
    }
    whole = subject_export.to_json(export)
    assert "bob" not in whole.lower()
    assert json.loads(whole)["records"]["evaluations"][0]["answers"] == {"used": "all of it"}
    with zipfile.ZipFile(BytesIO(subject_export.to_zip(export))) as archive:
        assert {"everything.json", "people.csv", "bookings.csv"} <= set(archive.namelist())


async def test_what_hangs_on_a_booking_is_exported_to_the_delegate_and_not_to_who_dealt_with_it(
    database: Database,
) -> None:
    rules = a_rulebook(booking={"no_show_charged": {"value": True, "status": "confirm"}})
    async with database.work() as work:
        morgan = await add_person(work, "Morgan", roles=[Role.MANAGER])
        alice = await add_person(work)
        session = await add_session(work, NOW - timedelta(days=1))
        before = NOW - timedelta(days=9)
        booking = (await bookings.book(work, alice, session.id, now=before, rules=rules, by=morgan)).booking
        await work.invitations.request(session, [booking.id], before)
        await mark(work, morgan, session.id, {booking.id: False}, now=NOW, rules=rules)
        (charge,) = await work.charges.of_booking(booking.id)
        await charges.waive(work, morgan, charge.id, reason="Was ill", now=NOW, rules=rules)
        hers, his = await work.subjects.everything(alice), await work.subjects.everything(morgan)
    assert [row["reason"] for row in hers["charges"]] == ["Was ill"]
    assert len(hers["invitations"]) == 1
    assert {("marked", "booking"), ("waived", "charge")} <= {
        (row["verb"], row["subject_kind"]) for row in hers["events"]
    }
    assert not {"bookings", "charges", "invitations"} & his.keys()
    assert [(row["verb"], row["detail"]) for row in his["events"] if row["subject_kind"] == "charge"] == [
        ("waived", {})
    ]


async def test_nobody_by_that_address_is_said(database: Database) -> None:
    async with database.work() as work:
        with pytest.raises(NotFound, match="subject-unknown"):
            await subject_export.export_subject(work, "nobody@example.org", now=NOW)
