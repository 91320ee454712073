"""The check of a pack: what is wrong, what should be better, what is still open, and when each ladder would speak."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.check import CheckReport, check_pack
from config.dates import AddWorkingDays, add_months, shift
from config.drawing import draw_ladder
from config.ladders import LadderKind
from config.pack import load_pack
from config.partnership import Calendar
from config.spans import Span
from services.rulebook import workdays_of
from services.workdays import Workdays
from tests.config.small_pack import SmallPack

HARROW = Path(__file__).parents[2] / "config" / "harrow"
TODAY = date(2026, 11, 23)
ADD = Workdays().add


def counting(calendar: Calendar) -> AddWorkingDays:
    return workdays_of(calendar).add


def check(folder: Path, today: date = TODAY) -> CheckReport:
    return check_pack(folder, today=today, counting=counting)


def found(small: SmallPack) -> list[tuple[str, int, str]]:
    return [
        (item.file, item.line, item.message) for item in check(small.folder).findings if "phrases" not in item.message
    ]


def test_harrows_pack_is_clean() -> None:
    report = check(HARROW)

    assert report.faults == ()
    assert report.findings == ()
    assert report.clean
    assert max(reading.age for reading in report.reading) <= 15
    assert len(report.ladders) == len(LadderKind)
    assert len(report.unconfirmed) > 100


def test_faults_do_not_keep_the_rest_from_being_checked(small: SmallPack) -> None:
    small.change("partnership.toml", 'place = "Anytown"\n', "")
    small.change("guidance/first.md", "- You do.", "- You do. Ring 020 7946 0123 now.")
    report = check(small.folder)

    assert [fault.key for fault in report.faults] == ["partnership.place"]
    assert any("has a number or address" in finding.message for finding in report.findings)
    assert report.ladders == ()
    assert not report.clean


def test_a_topic_without_an_article_is_found(small: SmallPack) -> None:
    (small.folder / "guidance/second.md").unlink()

    assert ("topics.csv", 3, "has no article: 'second'") in found(small)


def test_an_article_that_could_not_be_read_is_not_called_missing_too(small: SmallPack) -> None:
    small.change("guidance/second.md", "title:", "titel:")

    assert found(small) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Write to office@example.org today.", "has a number or address in its text; name a contact instead"),
        ("Ring 07700 900123 today.", "has a number or address in its text; name a contact instead"),
        ("See https://example.org today.", "has a link in its text; name a source instead"),
        (
            "word " * 28 + "end.",
            "has a sentence of 29 words: 'word word word word word word word word word word word word '...",
        ),
    ],
)
def test_what_a_hurried_reader_would_stumble_over_is_found(small: SmallPack, words: str, message: str) -> None:
    line = small.change("guidance/first.md", "- You do.", f"- {words}") - 1
    told = {(file, at): text for file, at, text in found(small)}

    assert told["guidance/first.md", line][:40] == message[:40]


@pytest.mark.parametrize("words", ["Call 999 or 101.", "It had 541 bookings in 2022-23.", "Wait 15 working days."])
def test_ordinary_numbers_are_not_taken_for_telephone_numbers(small: SmallPack, words: str) -> None:
    small.change("guidance/first.md", "- You do.", f"- {words}")

    assert found(small) == []


def test_hard_words_raise_the_reading_age(small: SmallPack) -> None:
    hard = (
        "Multidisciplinary organisational interdependencies necessitate comprehensive interprofessional collaboration."
    )
    small.change("guidance/first.md", "- You do.", f"- {hard}\n" * 12)
    report = check(small.folder)

    assert report.reading[0].article == "first"
    assert report.reading[0].age > 15
    assert any("reading age" in finding.message for finding in report.findings)


def test_an_article_with_too_few_phrases_is_found(small: SmallPack) -> None:
    line = small.line("guidance/first.md", "asked:")

    assert [(item.line, item.message) for item in check(small.folder).findings if item.file == "guidance/first.md"] == [
        (line, "has 2 phrases; search needs at least 8")
    ]


def test_a_source_with_a_broken_address_is_found(small: SmallPack) -> None:
    small.change("sources.csv", "https://example.org/plan", "example.org plan")

    assert found(small) == [("sources.csv", 2, "is not a web address: 'example.org plan'")]


def test_reviews_that_are_late_or_ahead_are_noted_and_do_not_fail_the_check(small: SmallPack) -> None:
    assert [note.message for note in check(small.folder, date(2027, 1, 31)).notes] == []
    assert [note.message for note in check(small.folder, date(2027, 2, 1)).notes] == [
        "review was due on 2027-01-31"
    ] * 2
    assert [note.message for note in check(small.folder, date(2026, 1, 30)).notes] == [
        "is in the future: 2026-01-31"
    ] * 2


def test_a_ladder_is_drawn_as_a_line_of_dates(small: SmallPack) -> None:
    ladder = load_pack(small.folder).partnership.ladder(LadderKind.ACTION_ITEM)

    # 24 December 2026 is a Thursday; the 25th and the 28th are bank holidays.
    assert str(draw_ladder(ladder, date(2026, 12, 24), ADD)) == (
        "action-item (due-date Thu 24 Dec 2026): Thu 17 Dec 2026 first -> owner · "
        "Wed 30 Dec 2026 then -> owner, manager · Wed 6 Jan 2027 then again -> owner, manager · "
        "Wed 13 Jan 2027 then again -> owner, manager"
    )


def test_ladders_are_drawn_in_the_folders_own_working_days(small: SmallPack) -> None:
    small.change("partnership.toml", '"ENG"', '"SCT"')
    small.change(
        "partnership.toml", 'time_zone = "Europe/London"', 'time_zone = "Europe/London"\nclosed_days = [2026-12-30]'
    )

    drawn = check(small.folder, date(2026, 12, 24)).ladders

    # As above, but for the 30th.
    assert any("Thu 31 Dec 2026 then -> owner, manager" in str(ladder) for ladder in drawn)


def test_steps_counted_in_hours_are_drawn_on_the_day_they_end(small: SmallPack) -> None:
    small.change("partnership.toml", 'at = "-1 week"', 'at = "-48 hours"')
    ladder = load_pack(small.folder).partnership.ladders[0]

    assert draw_ladder(ladder, date(2026, 12, 24), ADD).rungs[0].on == date(2026, 12, 22)


@pytest.mark.parametrize(
    ("span", "day"),
    [
        ("-14 days", date(2026, 12, 17)),
        ("1 week", date(2027, 1, 7)),
        ("2 working days", date(2027, 1, 5)),
        ("-1 working day", date(2026, 12, 30)),
        ("2 months", date(2027, 2, 28)),
        ("-1 month", date(2026, 11, 30)),
        ("1 year", date(2027, 12, 31)),
    ],
)
def test_spans_are_counted_as_people_count(span: str, day: date) -> None:
    assert shift(date(2026, 12, 31), Span.parse(span), ADD) == day


def test_hours_are_not_days() -> None:
    with pytest.raises(ValueError, match="months or years"):
        shift(TODAY, Span.parse("3 hours"), ADD)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 15), -13) == date(2024, 12, 15)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1 working day", "1 working day"),
        ("5 working-days", "5 working days"),
        ("-14 days", "-14 days"),
        ("+1 WEEK", "1 week"),
    ],
)
def test_lengths_of_time_are_read_and_written_as_people_write_them(written: str, read: str) -> None:
    assert str(Span.parse(written)) == read


@pytest.mark.parametrize("written", ["", "soon", "five days", "5", "1.5 days", "5 fortnights"])
def test_a_length_of_time_that_nobody_can_count_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="must be a length of time"):
        Span.parse(written)
