"""What is foreseen for the next weeks is what is then sent, day by day, as long as nobody does anything meanwhile."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from structlog.typing import EventDict

from dialogs.notices import Renderer
from services import bookings, evaluations
from services.errors import StoreUnavailable
from services.forward import Ahead
from services.model import BookingState, EvaluationKind, NoticeState, Owed, Person, Role
from services.notices import checking
from services.notices import forecast as forecasting
from services.notices import week as week_of
from services.notices.forecast import Coming, forecast, moments_of
from services.notices.kinds import KINDS
from services.notices.kinds.climbing import Kind, Planner, Verdict
from services.notices.week import the_week
from services.rulebook import Rulebook
from services.work import Database, Work
from tests.builders import add_booking, add_session
from tests.services.harrow import harrow_rules
from tests.services.notices.office import Office
from tests.services.notices.year import Year, at

MORNING = datetime(2027, 1, 15, 9, tzinfo=UTC)
OCTOBER = at(date(2027, 10, 15), 10)
"""A Friday, five weeks before most of Harrow's articles are due to be looked at again."""


async def foresee(office: Office, now: datetime, days: int) -> list[Coming]:
    async with office.database.reading() as work:
        moments = moments_of(office.rules.today(now), days, office.rules)
        return list((await forecast(work, office.rules, now, moments)).coming)


@pytest.mark.parametrize("begins", [date(2027, 3, 22), date(2027, 10, 25)], ids=["spring", "autumn"])
async def test_three_weeks_over_a_clock_change_are_sent_as_they_were_foreseen(database: Database, begins: date) -> None:
    office = Office(database, harrow_rules(manager_digest=True))
    year = Year(office, begins - timedelta(days=50), begins + timedelta(days=40))
    await year.fill(sessions=6, items=10)
    moments = list(year.sweeps())
    before = [moment for moment in moments if moment < at(begins, 7)]
    after = [moment for moment in moments if moment >= at(begins, 7)]
    for moment in before[-24:]:
        await year.live(moment)
        await year.sweep(moment)

    foreseen = await foresee(office, at(begins, 7), 21)
    people = {one.person_id for one in foreseen}
    async with database.reading() as work:
        names = {
            person_id: person.name.capitalize() for person_id, person in (await work.people.by_ids(people)).items()
        }
    sent = set()
    for moment in after:
        if moment.date() < begins + timedelta(days=21):
            sent |= await year.sweep(moment)

    told = {(one.kind, one.subject_id, one.step.partition(":")[0], names[one.person_id], one.day) for one in foreseen}
    assert told == sent
    assert len(told) == len(foreseen) > 20


async def test_a_forecast_writes_nothing_and_foresees_the_same_again(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING + timedelta(hours=1))
    before = await office.notices()

    first, second = await foresee(office, MORNING, 30), await foresee(office, MORNING, 30)

    assert first == second != []
    assert await office.notices() == before
    assert office.messenger.tried == 0


async def test_who_had_a_digest_today_is_foreseen_for_the_next_working_day(office: Office, alice: Person) -> None:
    await office.owe(alice, MORNING)
    await office.deliver(MORNING)
    await office.owe(alice, MORNING + timedelta(hours=2), due_on=date(2027, 1, 15))

    [due, *_] = await foresee(office, MORNING + timedelta(hours=1), 5)

    assert due.day == date(2027, 1, 18)


async def test_what_is_urgent_is_foreseen_for_its_own_day_even_on_a_sunday(office: Office, alice: Person) -> None:
    sunday = datetime(2027, 1, 17, 7, tzinfo=UTC)
    await office.owe(alice, sunday, urgent=True)

    [due, *_] = await foresee(office, MORNING, 5)

    assert due.day == date(2027, 1, 17)


async def unwritten(office: Office) -> tuple[int, int]:
    """On Friday 15 October 2027 everything is owed that a sweep writes first, and no sweep has been.

    A certificate falls due on the Wednesday after, because a line manager is silent. Returns the booking without a
    calendar entry and the one without a certificate.
    """
    boss = await office.person("Boss")
    alice = await office.person("Alice", line_manager=boss)
    await office.person("Morgan", roles=[Role.MANAGER])
    async with office.database.work() as work:
        held = await add_session(work, at(date(2027, 8, 16), 10))
        attended = await add_booking(work, alice, held, at(date(2027, 8, 3), 10))
        await bookings.record_attendance(work, attended, attended=True, at=held.ends_at, rules=office.rules)
        forms = (await work.evaluations.of_bookings([attended.id]))[attended.id]
        impact = next(one for one in forms if one.kind is EvaluationKind.IMPACT)
        answered = at(date(2027, 10, 6), 10)
        await evaluations.answer(work, alice, impact.id, {"used": "Yes"}, now=answered, rules=office.rules)
        await add_session(work, at(date(2027, 10, 18), 13))
        later = await add_session(work, at(date(2027, 11, 8), 13))
        booked = await add_booking(work, alice, later, OCTOBER, invited=False)
        given_up = await add_booking(work, boss, later, at(date(2027, 9, 15), 10))
        await work.bookings.move(given_up, BookingState.CANCELLED)
        await work.interests.register(boss.id, "dsl-forum", OCTOBER)
        await work.holders.set_keys(boss.id, ["lado"])
        await work.commit()
    return booked.id, attended.id


async def test_what_a_sweep_writes_first_is_foreseen_and_then_sent(database: Database) -> None:
    office = Office(database, harrow_rules(manager_digest=False))
    await unwritten(office)

    foreseen = Counter((one.kind, one.step, one.person_id, one.day) for one in await foresee(office, OCTOBER, 14))
    sent: Counter[tuple[str, str, int, date]] = Counter()
    over: set[int] = set()
    for moment in moments_of(OCTOBER.date(), 14, office.rules):
        if moment > OCTOBER:
            await office.plan_and_deliver(moment)
            new = [one for one in await office.notices() if one.state is NoticeState.SENT and one.id not in over]
            sent.update((one.kind, one.step, one.person_id, office.rules.today(moment)) for one in new)
            over.update(one.id for one in new)

    assert foreseen == sent
    kinds = {kind: day for kind, _, _, day in sent}
    assert kinds["certificate"] == kinds["certificate-letter"] == date(2027, 10, 20)
    assert kinds["date-published"] == kinds["invitation"] == date(2027, 10, 15)
    assert kinds["article-review"] == date(2027, 10, 21)


async def test_a_look_at_the_week_in_a_chat_writes_nothing_and_the_next_sweep_tells_everybody(
    database: Database,
) -> None:
    office = Office(database, harrow_rules(manager_digest=False))
    booked, attended = await unwritten(office)
    tuesday = at(date(2027, 10, 19), 10)

    async with database.work() as work:
        week = await the_week(work, office.rules, tuesday)
        await work.commit()
    async with database.reading() as work:
        assert await the_week(work, office.rules, tuesday) == week
        assert await work.invitations.by_bookings([booked]) == {}
        assert await work.certificates.of_booking(attended) is None
        assert await work.holders.known_reviews() == {}

    assert week.coming_kinds["certificate"] == week.coming_kinds["invitation"] == 1
    await office.plan(tuesday)
    planned = {one.kind for one in await office.notices()}
    assert {"invitation", "date-published"} <= planned
    assert not {"certificate", "certificate-letter"} & planned


async def writes(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    await work.people.add(name="Written by a planner")
    return []


async def says_nothing(work: Work, rules: Rulebook, notices: object, now: datetime) -> dict[int, Verdict]:
    return {}


@pytest.fixture
def a_planner_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasting, "KINDS", (*KINDS, Kind("writes", writes, says_nothing)))


@pytest.mark.usefixtures("a_planner_that_writes")
@pytest.mark.parametrize("writing", [False, True], ids=["in a reading", "in a chat"])
async def test_a_planner_that_writes_is_refused_by_the_database_and_named(
    office: Office, writing: bool, logged: list[EventDict]
) -> None:
    database = office.database
    async with database.work() if writing else database.reading() as work:
        foreseen = await forecast(work, office.rules, MORNING, [MORNING + timedelta(hours=1)])
        assert foreseen.broken == ("writes",)
        assert await work.people.by_ids(range(1, 100)) == {}
        if writing:
            await work.people.add(name="Alice")
            await work.commit()
    async with database.reading() as work:
        assert [one.name for one in (await work.people.by_ids(range(1, 100))).values()] == ["Alice"] * writing
    assert [line["error"] for line in logged if line["action"] == "forecast_failed"] == ["WroteInReading"]


async def raises(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    raise KeyError


async def asks_what_is_not_there(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """A statement that the database refuses; PostgreSQL then takes nothing more before a rollback."""
    await work.people._all(sa.text("SELECT nothing FROM nowhere"))
    return []


async def cannot_be_checked(work: Work, rules: Rulebook, notices: object, now: datetime) -> dict[int, Verdict]:
    raise KeyError


def break_kind(patch: pytest.MonkeyPatch, name: str, planner: Planner | None) -> None:
    """Put a planner in the place of a kind's own, or break its check."""
    if planner is None:
        patch.setitem(checking.CHECKS, name, cannot_be_checked)
        return
    kinds = tuple(replace(one, plan=planner) if one.name == name else one for one in KINDS)
    patch.setattr(forecasting, "KINDS", kinds)


@pytest.mark.parametrize("planner", [raises, asks_what_is_not_there, None], ids=["planner", "statement", "check"])
async def test_a_kind_that_cannot_be_forecast_is_left_out_of_the_digest_and_named_there(
    database: Database, monkeypatch: pytest.MonkeyPatch, planner: Planner | None, logged: list[EventDict]
) -> None:
    office = Office(database, harrow_rules(manager_digest=True))
    await unwritten(office)
    dora = await office.person("Dora")
    office.render = Renderer(office.rules)
    await office.owe(dora, OCTOBER + timedelta(days=4))
    async with database.reading() as work:
        whole = await the_week(work, office.rules, OCTOBER)
    break_kind(monkeypatch, "action-item", planner)
    async with database.reading() as work:
        week = await the_week(work, office.rules, OCTOBER)

    assert whole.coming_kinds["action-item"]
    assert whole.unforeseen == ()
    assert week.unforeseen == ("action-item",)
    left = {kind: count for kind, count in whole.coming_kinds.items() if kind != "action-item"}
    assert dict(week.coming_kinds) == left != {}
    assert {line["kind"] for line in logged if line["action"] == "forecast_failed"} == {"action-item"}
    await office.plan_and_deliver(OCTOBER)
    assert "That is without action items, which could not be forecast" in office.messenger.to("Morgan")[0].text


async def test_a_database_that_goes_away_while_looking_ahead_is_no_fault_of_a_kind(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
        raise StoreUnavailable

    break_kind(monkeypatch, "action-item", away)
    with pytest.raises(StoreUnavailable):
        await foresee(office, MORNING, 1)


async def test_a_digest_that_cannot_be_prepared_keeps_nobody_elses_notice_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> list[Ahead]:
        raise KeyError

    monkeypatch.setattr(week_of, "plan_ahead", breaks)
    office = Office(database, harrow_rules(manager_digest=True))
    alice = await office.person("Alice")
    await office.person("Morgan", roles=[Role.MANAGER])
    monday = at(date(2027, 1, 18), 9)
    owed = await office.owe(alice, monday)

    counts = await office.plan_and_deliver(monday)

    assert await office.state(owed) is NoticeState.SENT
    assert counts["manager-digest", "failed"] == 1
