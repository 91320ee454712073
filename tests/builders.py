"""Small valid things to test with: a partnership of nowhere in particular, its rules, and rows in a database.

Alice owns things, Bob is her colleague, Morgan is the partnership manager, Charlie must never get in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from config.actions import RecordKind
from config.ladders import Ladder, LadderKind
from config.pack import Pack
from config.partnership import Partnership
from services.model import ActionItem, Booking, BookingState, Person, Place, Role, Sender, Session, Whereabouts
from services.rulebook import Rulebook, Screen, workdays_of
from services.screening.kinds import IdentifierKind
from services.work import Database, Work

TENANT = "22222222-2222-2222-2222-222222222222"
SERVICE_URL = "https://smba.trafficmanager.net/uk/"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
IDENTIFYING = "Jane Roe, NHS number 943 476 5919"
"""Text that must never be kept anywhere: a fictional name and a number reserved for tests."""


def confirm(value: object) -> dict[str, object]:
    """A value that the partnership has still to confirm."""
    return {"value": value, "status": "confirm"}


def _step(name: str, at: str, to: str, **more: object) -> dict[str, object]:
    return {"name": name, "at": at, "to": to.split(), **more}


STEPS: dict[LadderKind, tuple[str, list[dict[str, object]]]] = {
    LadderKind.SESSION_REMINDER: (
        "session-start",
        [_step("week-before", "-7 days", "owner"), _step("day-before", "-1 day", "owner")],
    ),
    LadderKind.COURSE_EVALUATION: (
        "session-end",
        [_step("invite", "0 days", "owner"), _step("reminder", "5 working days", "owner")],
    ),
    LadderKind.IMPACT_EVALUATION: (
        "session-end",
        [
            _step("invite", "6 weeks", "owner"),
            _step("reminder", "7 weeks", "owner"),
            _step("final", "8 weeks", "owner line-manager"),
        ],
    ),
    LadderKind.ACTION_ITEM: (
        "due-date",
        [
            _step("fortnight-before", "-14 days", "owner"),
            _step("due-day", "0 days", "owner"),
            _step("overdue", "1 week", "owner line-manager", every="1 week"),
            _step("overdue-agency", "4 weeks", "manager"),
        ],
    ),
    LadderKind.ACTION_UNOWNED: ("added", [_step("ask", "0 days", "manager", every="1 week")]),
}


def a_ladder(kind: LadderKind, basis: str, *steps: dict[str, object]) -> Ladder:
    """A ladder with these steps."""
    given = {"kind": kind.value, "title": kind.value, "basis": basis, "status": "confirm", "steps": list(steps)}
    return Ladder.model_validate(given)


def a_step(
    name: str, at: str, to: str = "owner", *, every: str | None = None, urgent: bool = False
) -> dict[str, object]:
    """A step as it stands in a pack; `to` names roles with spaces between."""
    return _step(name, at, to, every=every, urgent=urgent)


def the_ladder(kind: LadderKind) -> Ladder:
    """The ladder of this kind in the testing pack."""
    basis, steps = STEPS.get(kind, ("added", [_step("asked", "0 days", "manager")]))
    return a_ladder(kind, basis, *steps)


def _calendar(**changes: object) -> dict[str, object]:
    return {
        "country": "GB",
        "region": "ENG",
        "time_zone": "Europe/London",
        "working_week": ["mon", "tue", "wed", "thu", "fri"],
        "quiet_hours": confirm({"starts": time(18), "ends": time(8)}),
        "digest_at": confirm(time(8, 30)),
        "manager_digest_on": confirm("mon"),
        "terms": confirm(None),
    } | changes


def _booking(**changes: object) -> dict[str, object]:
    return {
        "notice_working_days": confirm(5),
        "no_show_charged": confirm(False),
        "late_cancellation_charged": confirm(False),
        "charge": confirm(None),
        "closes_working_days_before": confirm(0),
        "minimum_booked": confirm(5),
        "minimum_warning_working_days": confirm(5),
        "manager_approval": confirm(False),
        "attended_share": confirm(0.75),
        "book_for_colleagues": confirm(True),
        "certificate": confirm("after-impact-evaluation"),
        "offers": confirm(
            [{"from_days": 14, "hours": 72}, {"from_days": 3, "hours": 24}, {"from_days": 0, "hours": 4}]
        ),
    } | changes


def _question(id: str, form: str) -> dict[str, object]:
    return {"id": id, "form": form, "text": f"{id}?", "kind": "text", "level": 1, "status": "confirm"}


def a_pack(*, calendar: Mapping[str, object] | None = None, booking: Mapping[str, object] | None = None) -> Pack:
    """A small pack without guidance or courses. `calendar` and `booking` change values of those tables."""
    stage = {"number": 1, "name": "One", "who": confirm("Both"), "limit": confirm(None), "final": True}
    partnership = {
        "partnership": {
            "id": "testing",
            "place": "Testing",
            "name": confirm("Testing Safeguarding Partnership"),
            "short": confirm("TSP"),
            "bot": "Testing Bot",
            "local_scopes": ["testing"],
        },
        "calendar": _calendar(**(calendar or {})),
        "contacts": [],
        "levels": [],
        "escalation": {
            "name": confirm("Escalation"),
            "immediate_risk": {"text": "Call 999.", "contacts": [], "status": "confirm"},
            "subjects": confirm([]),
            "record": confirm([]),
            "stages": [
                stage | {"clock_starts": "disagreement", "notify": [], "topic": "escalation", "status": "confirm"}
            ],
        },
        "booking": _booking(**(booking or {})),
        "evaluation": {
            "impact_opens": confirm("6 weeks"),
            "impact_closes": confirm("8 weeks"),
            "questions": [_question("satisfaction", "course"), _question("used", "impact")],
        },
        "actions": {
            "limit": confirm("6 months"),
            "limit_applies_to": [],
            "limit_applies_beyond": confirm(None),
            "due_soon_days": confirm(30),
            "rag": [],
        },
        "ladders": [the_ladder(kind).model_dump() for kind in LadderKind],
        "owners": [],
        "expert_groups": [],
        "retention": [{"record": kind, "keep": confirm(None), "counted_from": "the end"} for kind in RecordKind],
    }
    return Pack(Path("testing"), Partnership.model_validate(partnership), (), (), (), (), (), (), (), ())


def a_screen(text: str) -> frozenset[IdentifierKind]:
    """Sees the one fictional person whom tests try to smuggle in."""
    return frozenset({IdentifierKind.NAME}) if "jane roe" in text.casefold() else frozenset()


def a_rulebook(
    *,
    calendar: Mapping[str, object] | None = None,
    booking: Mapping[str, object] | None = None,
    ladders: Iterable[Ladder] = (),
    screen: Screen = a_screen,
) -> Rulebook:
    """Rules in force. `ladders` replace those of their kind."""
    pack = a_pack(calendar=calendar, booking=booking)
    replaced = {ladder.kind: ladder for ladder in ladders}
    steps = tuple(replaced.get(ladder.kind, ladder) for ladder in pack.partnership.ladders)
    partnership = pack.partnership.model_copy(update={"ladders": steps})
    changed = Pack(pack.folder, partnership, (), (), (), (), (), (), (), ())
    return Rulebook(changed, workdays_of(partnership.calendar), screen)


def a_sender(name: str) -> Sender:
    """The verified sender that `add_person` makes known."""
    return Sender(TENANT, f"aad-{name.lower()}", name)


def a_chat(name: str, place: Place = Place.PERSONAL) -> Whereabouts:
    """The personal chat of the bot with somebody."""
    return Whereabouts(f"a:{name.lower()}", SERVICE_URL, place, TENANT, "28:bot")


async def add_person(
    work: Work,
    name: str = "Alice",
    *,
    roles: Iterable[Role] = (),
    line_manager: Person | None = None,
    email: bool = True,
    in_teams: bool = True,
) -> Person:
    """Somebody the partnership knows; `in_teams`: the bot has a personal chat with them."""
    person_id = await work.people.add(
        name=name,
        roles=roles,
        email=f"{name.lower()}@example.org" if email else None,
        tenant_id=TENANT,
        aad_object_id=f"aad-{name.lower()}",
        line_manager_id=line_manager.id if line_manager else None,
    )
    if in_teams:
        await work.conversations.remember(a_chat(name), a_sender(name), LONG_AGO)
    person = await work.people.by_id(person_id)
    assert person is not None
    return person


async def add_session(
    work: Work, starts_at: datetime, *, capacity: int = 20, hours: int = 3, ref: str | None = None
) -> Session:
    """An open session of a forum."""
    session_id = await work.sessions.add(
        ref=ref or f"forum-{starts_at:%Y%m%d%H%M}",
        course_id="dsl-forum",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        capacity=capacity,
    )
    session = await work.sessions.by_id(session_id)
    assert session is not None
    return session


async def add_booking(
    work: Work,
    person: Person,
    session: Session,
    at: datetime,
    *,
    state: BookingState = BookingState.BOOKED,
    invited: bool = True,
) -> Booking:
    """A booking as if it had been made at `at`; one that holds a place takes it. `invited`: its details went out."""
    if state is BookingState.BOOKED:
        assert await work.sessions.take_place(session.id)
    booking_id = await work.bookings.add(session_id=session.id, person_id=person.id, state=state.value, booked_at=at)
    if state is BookingState.BOOKED and invited:
        await work.invitations.request(session, [booking_id], at)
    booking = await work.bookings.by_id(booking_id)
    assert booking is not None
    return booking


async def add_item(
    work: Work, ref: str = "BO-01", *, owner: Person | None = None, due_on: date | None = None
) -> ActionItem:
    """An open action item."""
    item_id = await work.actions.add(
        ref=ref, plan_id="plan", action=f"Do {ref}", owner_id=owner.id if owner else None, due_on=due_on
    )
    item = await work.actions.by_id(item_id)
    assert item is not None
    return item


async def add_people(database: Database, count: int, *, prefix: str = "Person") -> list[Person]:
    """Many people, each in Teams, committed."""
    async with database.work() as work:
        people = [await add_person(work, f"{prefix}{number}") for number in range(1, count + 1)]
        await work.commit()
    return people
