"""A partnership's folder loads as one typed, frozen value."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pydantic
import pytest

from config.actions import PlanKind, RagState
from config.articles import Heading
from config.ladders import LadderKind, Recipient
from config.pack import load_pack
from config.plans import DueKind
from config.spans import Span, Unit
from config.training import Form
from tests.config.small_pack import SmallPack

HARROW = Path(__file__).parents[2] / "config" / "harrow"


def test_a_second_partnership_is_a_second_folder_and_no_code(small: SmallPack) -> None:
    pack = load_pack(small.folder)

    assert pack.partnership.partnership.name.value == "Anytown Partnership"
    assert [article.id for article in pack.articles] == ["first", "second"]
    assert [course.id for course in pack.courses_on("second")] == ["basics", "forum"]
    assert pack.history[0][0] == "2022-23"
    assert pack.history[0][1][0].attended == 4
    assert {topic.id for topic in pack.topics} == {article.id for article in pack.articles}


def test_look_ups_of_what_does_not_exist_say_none(small: SmallPack) -> None:
    pack = load_pack(small.folder)

    assert pack.article("third") is None
    assert pack.course("third") is None
    assert pack.agency("third") is None
    assert pack.source("third") is None
    assert pack.contact("third") is None
    assert pack.plan("third") is None


def test_an_article_comes_apart_under_its_headings(small: SmallPack) -> None:
    article = load_pack(small.folder).article("first")

    assert article is not None
    assert article.in_short == "It is the first thing.\n\nIt comes before the second."
    assert article.do_now == ("Look at it.", "Think, and then act.")
    assert list(article.sections) == [Heading.IN_SHORT, Heading.DO_NOW, Heading.WHO_DECIDES]
    assert article.sources[0].section == "1: why"


def test_an_article_is_due_for_review_on_the_same_day_of_the_month(small: SmallPack) -> None:
    small.change("guidance/first.md", "12 months", "13 months")
    article = load_pack(small.folder).article("first")

    assert article is not None
    assert article.review_due == date(2027, 2, 28)
    assert not article.past_review(article.review_due)
    assert article.past_review(article.review_due + timedelta(days=1))


def test_what_is_unknown_stays_unknown(small: SmallPack) -> None:
    partnership = load_pack(small.folder).partnership
    final = partnership.escalation.stage(2)

    assert final is not None
    assert final.limit.value is None
    assert partnership.calendar.terms.value is None
    assert partnership.actions.limit_applies_beyond.value is None


def test_values_arrive_as_what_they_are(small: SmallPack) -> None:
    partnership = load_pack(small.folder).partnership

    assert partnership.booking.charge.value == Decimal("25.5")
    assert partnership.booking.offer_hours(days_away=10) == 24
    assert partnership.booking.offer_hours(days_away=3) == 24
    assert partnership.booking.offer_hours(days_away=2) == 4
    assert partnership.actions.limit.value == Span(6, Unit.MONTHS)
    assert partnership.actions.band(RagState.OVERDUE).meaning == "overdue"
    assert partnership.calendar.working_week[0].number == 0
    assert partnership.ladder(LadderKind.ACTION_ITEM).steps[1].to == (Recipient.OWNER, Recipient.MANAGER)
    assert [question.id for question in partnership.evaluation.form(Form.IMPACT)] == ["used"]
    experts = partnership.experts_for("things")
    assert experts is not None
    assert experts.owner == "manager"


def test_items_are_gathered_into_their_plan(small: SmallPack) -> None:
    plan = load_pack(small.folder).plan("audit")

    assert plan is not None
    assert plan.kind is PlanKind.MULTI_AGENCY_AUDIT
    assert [(item.owner, item.due_kind) for item in plan.items] == [
        (None, DueKind.UNKNOWN),
        ("manager", DueKind.RECURRING),
    ]
    assert plan.source == "plan"


def test_everything_still_to_confirm_is_listed_with_its_line(small: SmallPack) -> None:
    unconfirmed = load_pack(small.folder).unconfirmed()
    listed = {(item.file, item.key): item for item in unconfirmed}

    assert listed["partnership.toml", "partnership.short"].line == 5
    assert listed["partnership.toml", "partnership.short"].note == "Is it AP?"
    assert listed["partnership.toml", "escalation.stages[Scrutiny].limit"].line == small.line(
        "partnership.toml", 'limit = { value = "unknown"'
    )
    assert listed["courses.csv", "basics"].line == 2
    assert listed["guidance/first.md", "first"].line == 6
    assert ("partnership.toml", "partnership.name") not in listed
    assert ("courses.csv", "forum") not in listed


def test_a_pack_cannot_be_changed_after_loading(small: SmallPack) -> None:
    pack = load_pack(small.folder)

    with pytest.raises(AttributeError):
        pack.articles = ()  # type: ignore[misc]
    with pytest.raises(pydantic.ValidationError):
        pack.partnership.booking.notice_working_days = None  # type: ignore[assignment,misc]


def test_harrows_whole_pack_loads_fast() -> None:
    load_pack(HARROW)
    started = time.perf_counter()
    pack = load_pack(HARROW)
    took = time.perf_counter() - started

    assert len(pack.articles) >= 25
    assert took < 1.0  # about 0.1 s alone; the machine may be busy
