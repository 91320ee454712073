from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.partnership import Term
from services.finding import Span, easter, read

FRIDAY = date(2027, 1, 15)
TERMS = (
    Term(name="Spring 2027", starts=date(2027, 1, 4), ends=date(2027, 3, 25)),
    Term(name="Summer 2027", starts=date(2027, 4, 12), ends=date(2027, 7, 21)),
)


def span(text: str, today: date = FRIDAY) -> tuple[date | None, date | None]:
    found = read(text, today).span
    assert found is not None, text
    return found.first, found.last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("what have you got on domestic abuse before Easter?", date(2027, 1, 15), date(2027, 3, 25)),
        ("anything after easter", date(2027, 3, 30), None),
        ("before Christmas", date(2027, 1, 15), date(2027, 12, 24)),
        ("courses in the new year", date(2028, 1, 1), None),
        ("courses in January", date(2027, 1, 1), date(2027, 1, 31)),
        ("courses in February", date(2027, 2, 1), date(2027, 2, 28)),
        ("courses in dec", date(2027, 12, 1), date(2027, 12, 31)),
        ("courses in Sept 2028", date(2028, 9, 1), date(2028, 9, 30)),
        ("anything before March", date(2027, 1, 15), date(2027, 2, 28)),
        ("anything by the end of it, up to March", date(2027, 1, 15), date(2027, 3, 31)),
        ("courses after March", date(2027, 4, 1), None),
        ("courses from March", date(2027, 3, 1), None),
        ("from March to May", date(2027, 3, 1), date(2027, 5, 31)),
        ("between November and February", date(2027, 11, 1), date(2028, 2, 29)),
        ("courses in may", date(2027, 5, 1), date(2027, 5, 31)),
        ("on 14 March", date(2027, 3, 14), date(2027, 3, 14)),
        ("on the 1st of April 2027", date(2027, 4, 1), date(2027, 4, 1)),
        ("on 3 January", date(2028, 1, 3), date(2028, 1, 3)),
        ("by 14/03", date(2027, 1, 15), date(2027, 3, 14)),
        ("after 2027-02-01", date(2027, 2, 2), None),
        ("this week", date(2027, 1, 15), date(2027, 1, 17)),
        ("next week", date(2027, 1, 18), date(2027, 1, 24)),
        ("anything with places this month", date(2027, 1, 15), date(2027, 1, 31)),
        ("next month", date(2027, 2, 1), date(2027, 2, 28)),
        ("in the next two weeks", date(2027, 1, 15), date(2027, 1, 29)),
        ("next 3 months", date(2027, 1, 15), date(2027, 4, 15)),
        ("this year", date(2027, 1, 15), date(2027, 12, 31)),
        ("next year", date(2028, 1, 1), date(2028, 12, 31)),
        ("tomorrow", date(2027, 1, 16), date(2027, 1, 16)),
        ("by Wednesday", date(2027, 1, 15), date(2027, 1, 20)),
        ("on Friday", date(2027, 1, 22), date(2027, 1, 22)),
    ],
)
def test_dates_are_read_as_people_say_them(text: str, first: date, last: date | None) -> None:
    assert span(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["may I book a place", "what may i book", "can you march me to it", "book dsl forum", "level 2 courses", ""]
)
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    found = read(text, FRIDAY).span
    assert found is None or "march" in text


def test_a_day_that_does_not_exist_is_not_made_up() -> None:
    assert span("on 31 February") == (date(2027, 2, 1), date(2027, 2, 28))


def test_easter_is_computed() -> None:
    known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25), 2285: (3, 22)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_in_its_season(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.text(max_size=60))
def test_no_text_on_any_day_is_too_strange_to_read(today: date, text: str) -> None:
    read(text, today, TERMS)


@given(
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["before Easter", "before Christmas", "this week", "next month", "in March", "by Friday"]),
)
def test_a_search_never_ends_before_today(today: date, text: str) -> None:
    found = read(text, today).span
    assert found is not None
    assert found.last is not None
    assert found.last >= today


@pytest.mark.parametrize("today", [date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 6)])
def test_before_easter_said_at_easter_means_the_next_one(today: date) -> None:
    found = read("before Easter", today).span
    assert found is not None
    assert (found.last, found.said) == (date(2027, 3, 25), "before Easter (28 March 2027)")


def test_after_this_years_easter_the_next_one_is_meant() -> None:
    assert span("before Easter", date(2027, 4, 1)) == (date(2027, 4, 1), date(2028, 4, 13))


def test_a_term_is_read_where_the_partnership_has_told_us_its_terms() -> None:
    assert read("anything this term", FRIDAY, TERMS).span == Span(
        date(2027, 1, 4), date(2027, 3, 25), "this term (Spring 2027)"
    )
    following = read("anything next term", FRIDAY, TERMS).span
    assert following is not None
    assert following.first == date(2027, 4, 12)


def test_a_term_nobody_told_us_is_said_to_be_unknown() -> None:
    found = read("courses this term", FRIDAY, None)
    assert (found.span, found.term_unknown, found.words) == (None, True, "courses")


def test_what_is_left_of_the_words_is_for_the_catalogue() -> None:
    found = read("What have you got on domestic abuse with places left before Easter?", FRIDAY)
    assert (found.words, found.places) == ("what have you got on domestic abuse ?", True)
    found = read("level two courses for DSLs in January", FRIDAY)
    assert (found.words, found.role, found.level) == ("courses", "Designated Safeguarding Lead", "2")


@pytest.mark.parametrize(
    "text",
    ["with places", "any spaces?", "places left", "free places", "not full", "has any places left", "seats available"],
)
def test_places_left_can_be_asked_for(text: str) -> None:
    assert read(text, FRIDAY).places


def test_to_book_a_place_is_not_to_ask_for_places_left() -> None:
    assert not read("book a place on the forum", FRIDAY).places
