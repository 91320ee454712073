"""How a session is wanted: online or in a room, on which weekdays, at which time of day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.manner import ANY, Manner, manner_of, on_any_such_weekday

MORNING, EVENING = (
    datetime(2027, 1, 27, hour, 30, tzinfo=ZoneInfo("Europe/London")) for hour in (9, 18)
)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "manner", "rest"),
    [
        ("any online courses", Manner(online=True), "any courses"),
        ("courses in person in april", Manner(online=False), "courses in april"),
        ("face-to-face training", Manner(online=False), "training"),
        ("courses on teams", Manner(online=True), "courses"),
        ("courses on wednesdays and fridays", Manner(weekdays=(2, 4)), "courses and"),
        ("any courses on a tuesday", Manner(weekdays=(1,)), "any courses"),
        ("is there any tuesday free", Manner(weekdays=(1,)), "is there free"),
        ("courses at weekends", Manner(weekdays=(5, 6)), "courses"),
        ("evening courses", Manner(part="evening"), "courses"),
        ("anything in the morning", Manner(part="morning"), "anything"),
        ("online or in person", ANY, "or"),
        ("courses on wednesday", ANY, "courses on wednesday"),
        ("what is on this evening", ANY, "what is on this evening"),
        ("online platforms and extremist content", ANY, "online platforms and extremist content"),
    ],
)
def test_what_is_read_of_the_words_and_what_is_left(text: str, manner: Manner, rest: str) -> None:
    found, left = manner_of(text)
    assert found == manner
    assert left.split() == rest.split()


@pytest.mark.parametrize(
    ("manner", "fits"),
    [
        (ANY, [True, True]),
        (Manner(part="evening"), [False, True]),
        (Manner(weekdays=(2,)), [True, True]),
        (Manner(weekdays=(0, 4)), [False, False]),
        (Manner(online=True), [False, False]),
        (Manner(online=False), [True, True]),
    ],
)
def test_which_sessions_fit(manner: Manner, fits: list[bool]) -> None:
    assert [manner.fits(starts, in_room=True) for starts in (MORNING, EVENING)] == fits
    if manner.online is not None:
        assert manner.fits(MORNING, in_room=False) != fits[0]


def test_it_is_named_back() -> None:
    assert Manner(True, (2, 4), "morning").said == ("online", "on Wednesdays and Fridays", "in the morning")


@pytest.mark.parametrize(
    ("text", "such"),
    [
        ("any courses on Tuesday", "any courses on tuesdays"),
        ("tuesday or friday", "tuesdays or fridays"),
        ("courses next tuesday", "courses next tuesday"),
        ("this tuesday", "this tuesday"),
        ("tuesday 16 february", "tuesday 16 february"),
        ("tuesday the 16th", "tuesday the 16th"),
        ("courses on tuesdays", "courses on tuesdays"),
    ],
)
def test_a_weekday_without_a_date_may_be_any_such_day(text: str, such: str) -> None:
    assert on_any_such_weekday(text) == such
