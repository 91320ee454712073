"""Harrow's own folder carries what its documents say, and leaves open what they leave open."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from config.catalogue import CourseKind, Sector
from config.ladders import Basis, LadderKind, Recipient
from config.pack import Pack, load_pack
from config.plans import DueKind, ItemKind
from config.spans import Span, Unit
from config.training import CertificateRule, Form

HARROW = Path(__file__).parents[2] / "config" / "harrow"


@pytest.fixture(scope="module")
def harrow() -> Pack:
    return load_pack(HARROW)


def test_no_topic_the_guidance_must_cover_is_without_an_article(harrow: Pack) -> None:
    assert len(harrow.topics) == 89
    assert {topic.id for topic in harrow.topics} == {article.id for article in harrow.articles}


def test_the_year_2022_23_adds_up_as_the_report_prints_it(harrow: Pack) -> None:
    ((year, rows),) = harrow.history

    assert year == "2022-23"
    assert [row.row for row in rows] == list(range(1, 24))
    assert sum(row.booked for row in rows) == 541
    assert sum(row.attended for row in rows) == 466
    assert sum(row.not_attended for row in rows) == 75
    assert {row.course for row in rows} == {course.id for course in harrow.courses}


def test_the_sixteen_titles_and_the_core_offer_are_there(harrow: Pack) -> None:
    assert len(harrow.courses) == 16
    assert {course.id for course in harrow.courses if course.core} == {
        "introduction-multi-agency-safeguarding",
        "advanced-risk-assessment",
        "managing-allegations-lado",
    }
    assert [course.id for course in harrow.courses if course.kind is CourseKind.FORUM] == ["dsl-forum"]
    assert all(not course.confirmed and course.level == "" and course.duration is None for course in harrow.courses)


def test_all_published_actions_are_there_with_owner_and_date_left_open(harrow: Pack) -> None:
    items = [item for plan in harrow.plans for item in plan.items]
    formal = [item for item in items if item.kind is ItemKind.RECOMMENDATION]

    assert len(items) == 192
    assert Counter(item.kind.value for item in items) == {"R": 43, "A": 80, "L": 49, "D": 20}
    assert all(item.owner is None for item in items)
    assert len(formal) == 43
    assert sum(item.due_kind is DueKind.UNKNOWN for item in formal) == 42


def test_due_dates_are_structured_only_where_the_document_is_clear(harrow: Pack) -> None:
    items = {item.id: item for plan in harrow.plans for item in plan.items}

    assert items["CM-01"].every == Span(6, Unit.WEEKS)
    assert (items["WNB-02"].after, items["WNB-02"].after_event) == (Span(12, Unit.MONTHS), "the policy is shared")
    assert str(items["D24-01"].period_ends) == "2024-03-31"
    assert items["17-28"].due_kind is DueKind.PERIOD
    assert items["17-28"].period_ends is None
    assert items["ARR-05"].due_kind is DueKind.UNKNOWN
    assert items["ARR-05"].due_text == "12-18 months"
    assert items["17-05"].due_kind is DueKind.DONE


def test_every_kind_of_sector_has_agencies(harrow: Pack) -> None:
    assert {agency.sector for agency in harrow.agencies} == set(Sector)


def test_what_harrow_has_not_told_us_is_marked_and_never_confirmed(harrow: Pack) -> None:
    rules = harrow.partnership

    assert rules.booking.charge.value is None
    assert not rules.booking.notice_working_days.confirmed
    assert not rules.booking.minimum_booked.confirmed
    assert not rules.booking.attended_share.confirmed
    assert rules.booking.certificate.value is CertificateRule.AFTER_IMPACT_EVALUATION
    assert not rules.booking.certificate.confirmed
    assert all(not stage.confirmed and not stage.limit.confirmed for stage in rules.escalation.stages)
    assert all(not band.confirmed for band in rules.actions.rag)
    assert all(not ladder.confirmed for ladder in rules.ladders)
    assert all(not rule.keep.confirmed for rule in rules.retention)


def test_what_harrows_own_documents_say_is_confirmed_with_its_source(harrow: Pack) -> None:
    rules = harrow.partnership
    final = rules.escalation.stages[-1]

    assert rules.booking.no_show_charged.confirmed
    assert rules.actions.limit.confirmed
    assert str(rules.actions.limit.value) == "6 months"
    assert final.who.confirmed
    assert final.who.source[0].section == "18.2"
    assert final.limit.value is None


def test_the_two_numbers_for_adults_stand_side_by_side_unconfirmed(harrow: Pack) -> None:
    adults = harrow.contact("adults")

    assert adults is not None
    assert len(adults.phones) == 2
    assert not adults.confirmed


def test_contacts_nobody_gave_us_are_known_to_be_unknown(harrow: Pack) -> None:
    unknown = {contact.key for contact in harrow.partnership.contacts if not contact.known}

    assert unknown == {"lado", "partnership-office", "training", "ecdop"}


def test_the_impact_evaluation_is_asked_for_at_six_seven_and_eight_weeks(harrow: Pack) -> None:
    ladder = harrow.partnership.ladder(LadderKind.IMPACT_EVALUATION)

    assert ladder.basis is Basis.SESSION_END
    assert [(step.name, str(step.at)) for step in ladder.steps] == [
        ("invite", "6 weeks"),
        ("reminder", "7 weeks"),
        ("final", "8 weeks"),
    ]


def test_an_action_item_is_chased_before_on_and_after_its_day(harrow: Pack) -> None:
    ladder = harrow.partnership.ladder(LadderKind.ACTION_ITEM)
    overdue = ladder.step("overdue")

    assert [str(step.at) for step in ladder.steps[:3]] == ["-14 days", "0 days", "1 week"]
    assert overdue is not None
    assert overdue.every == Span(1, Unit.WEEKS)
    assert Recipient.OWNER in overdue.to
    assert harrow.partnership.ladder(LadderKind.ACTION_UNOWNED).steps[0].to == (Recipient.MANAGER,)


def test_every_form_asks_something_and_text_questions_warn_against_names(harrow: Pack) -> None:
    evaluation = harrow.partnership.evaluation

    assert all(evaluation.form(form) for form in Form)
    assert {question.level for question in evaluation.questions} == {1, 2, 3, 4}
    assert all("name nobody" in q.text for q in evaluation.questions if q.id in ("differently", "difference"))


def test_the_lists_are_plain_files_that_a_spreadsheet_can_open() -> None:
    for path in HARROW.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            widths = {len(row) for row in csv.reader(file)}
        assert len(widths) == 1, path.name
