"""The demo is fictional, hangs together, and is about today on whatever day it is loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from config.demo import LOCAL_USER, Demo, LocalUser, load_demo
from config.faults import PackError
from config.pack import Pack, load_pack
from services.model import ActionState, BookingState, Role
from services.workdays import Workdays, local_day
from tests.config.small_pack import SmallPack

HARROW = Path(__file__).parents[2] / "config" / "harrow"
LOCAL = LocalUser(tenant_id="tenant", aad_object_id="me")
DAYS = [date(2026, 11, 21), date(2026, 12, 24), date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)]


@pytest.fixture(scope="module")
def harrow() -> Pack:
    return load_pack(HARROW)


def on(pack: Pack, today: date) -> Demo:
    return load_demo(pack, LOCAL, today=today, add_working_days=Workdays().add)


@pytest.mark.parametrize("today", DAYS)
def test_an_impact_evaluation_falls_due_on_the_last_working_day(harrow: Pack, today: date) -> None:
    demo = on(harrow, today)
    attended = {booking.session for booking in demo.bookings if booking.person == LOCAL_USER}

    held = Workdays().on_or_before(today - timedelta(weeks=6))
    assert held in [local_day(s.ends_at) for s in demo.sessions if s.id in attended]


def test_every_session_is_on_a_working_day_whenever_the_demo_is_tried(harrow: Pack) -> None:
    workdays = Workdays()
    for ahead in range(0, 400, 3):
        today = date(2026, 11, 21) + timedelta(days=ahead)
        demo = on(harrow, today)
        days = {session.id: local_day(session.starts_at) for session in demo.sessions}
        assert [name for name, day in days.items() if not workdays.is_working(day)] == [], today
        assert {name for name, day in days.items() if day > today} == {
            name for name in days if not name.endswith("-ago")
        }
        late = [one for one in demo.bookings if one.booked_at.date() > days[one.session]]
        assert late == [], "nobody booked after it was held"


@pytest.mark.parametrize("today", DAYS)
def test_an_action_item_of_mine_has_been_overdue_for_exactly_a_week(harrow: Pack, today: date) -> None:
    mine = [item for item in on(harrow, today).actions if item.owner == LOCAL_USER]

    assert today - timedelta(weeks=1) in [item.due_on for item in mine if item.state == ActionState.OPEN]


@pytest.mark.parametrize("today", DAYS)
def test_a_forum_has_places_and_another_session_is_full_with_people_waiting(harrow: Pack, today: date) -> None:
    demo = on(harrow, today)

    def booked(session: str, state: BookingState) -> list[str]:
        return [b.person for b in demo.bookings if b.session == session and b.state == state]

    forum = next(session for session in demo.sessions if session.course == "dsl-forum")
    full = next(session for session in demo.sessions if session.id == "lado-full")
    assert forum.starts_at.date() > today
    assert len(booked(forum.id, BookingState.BOOKED)) < forum.capacity
    assert LOCAL_USER not in booked(forum.id, BookingState.BOOKED)
    assert len(booked(full.id, BookingState.BOOKED)) == full.capacity
    assert booked(full.id, BookingState.WAITING) == ["fatima-fictional", "nora-nobody"]


@pytest.mark.parametrize("today", DAYS)
def test_working_day_sessions_keep_their_hour_on_the_london_wall(harrow: Pack, today: date) -> None:
    zone = harrow.partnership.calendar.zone
    forum = next(session for session in on(harrow, today).sessions if session.id == "dsl-forum-this-term")

    assert forum.starts_at.tzinfo is UTC
    assert f"{forum.starts_at.astimezone(zone):%H:%M}" == "13:30"
    assert Workdays().is_working(forum.starts_at.date())
    assert Workdays().between(today, forum.starts_at.date()) == 9


def test_the_local_user_is_whoever_the_local_client_says(harrow: Pack) -> None:
    me = next(person for person in on(harrow, DAYS[0]).people if person.id == LOCAL_USER)

    assert (me.tenant_id, me.aad_object_id) == ("tenant", "me")


def test_words_of_the_demo_are_words_of_the_product(harrow: Pack) -> None:
    demo = on(harrow, DAYS[0])

    assert {role for person in demo.people for role in person.roles} <= set(Role)
    assert {booking.state for booking in demo.bookings} <= set(BookingState)
    assert {action.state for action in demo.actions} <= set(ActionState)
    assert all(person.email.endswith("@example.org") for person in demo.people)
    assert not next(person for person in demo.people if person.id == "charlie-stranger").active


def test_bookings_come_in_order_of_arrival_and_no_person_twice(harrow: Pack) -> None:
    bookings = on(harrow, DAYS[0]).bookings

    assert [b.booked_at for b in bookings] == sorted(b.booked_at for b in bookings)
    assert len({(b.session, b.person) for b in bookings}) == len(bookings)
    assert all(b.booked_at < datetime(2026, 11, 21, tzinfo=UTC) for b in bookings)


def test_a_demo_that_does_not_hang_together_is_refused_with_its_lines(small: SmallPack) -> None:
    people = "id,name,email,agency,job_title,roles,aad_object_id,active\n"
    small.write("demo/people.csv", people + "a,A,a@b.org,school,Teacher,dsl,1,yes\nb,B,b@b.org,fire,X,dsl,2,yes\n")
    small.write(
        "demo/sessions.csv",
        "id,course,when,minutes,capacity,mode,trainer\n"
        "s,basics,+1 day 09:00,60,1,online,T\nt,lost,-1 week,60,1,online,T\n",
    )
    small.write(
        "demo/bookings.csv", "session,person,state,when\ns,a,booked,-1 day\ns,b,booked,-1 day\nz,a,booked,-1 day\n"
    )
    small.write("demo/actions.csv", "id,action,lead_agency,owner,due,state\nx,Do,school,c,+1 week,open\n")

    with pytest.raises(PackError) as raised:
        on(load_pack(small.folder), DAYS[0])
    assert [(fault.file, fault.line, fault.key) for fault in raised.value.faults] == [
        ("demo/actions.csv", 2, "owner"),
        ("demo/bookings.csv", 4, "session"),
        ("demo/people.csv", 3, "agency"),
        ("demo/sessions.csv", 2, "capacity"),
        ("demo/sessions.csv", 3, "course"),
    ]


@pytest.mark.parametrize("written", ["tomorrow", "+3 hours", "9 days", "+9 working days 9am"])
def test_a_moment_that_cannot_be_counted_from_today_is_refused(small: SmallPack, written: str) -> None:
    for name in ("people", "sessions", "actions"):
        text = (HARROW / "demo" / f"{name}.csv").read_text(encoding="utf-8")
        small.write(f"demo/{name}.csv", text.splitlines()[0] + "\n")
    small.write("demo/bookings.csv", f"session,person,state,when\ns,a,booked,{written}\n")

    with pytest.raises(PackError, match=r"demo/bookings.csv:2: when: must"):
        on(load_pack(small.folder), DAYS[0])
