"""A folder that cannot be used says why: every fault, in its file, on its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.faults import Fault, PackError
from config.pack import load_pack
from tests.config.small_pack import SmallPack

TOML = "partnership.toml"
FIRST = "guidance/first.md"
PLANS = "action-plans.csv"


def faults_of(small: SmallPack) -> tuple[Fault, ...]:
    with pytest.raises(PackError) as raised:
        load_pack(small.folder)
    return raised.value.faults


def only_fault(small: SmallPack) -> Fault:
    (fault,) = faults_of(small)
    return fault


def test_a_fault_is_said_in_one_line_with_file_and_line(small: SmallPack) -> None:
    line = small.change(TOML, "notice_working_days = { value = 2,", "notice_working_days = { value = 'two',")

    assert str(only_fault(small)) == (
        f"partnership.toml:{line}: booking.notice_working_days.value: must be a whole number, not 'two'"
    )


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('place = "Anytown"\n', "", "partnership.place", "is missing"),
        ('bot = "Bot"', 'bot = "Bot"\nrobot = "Bot"', "partnership.robot", "is not a key that belongs here"),
        ('"Europe/London"', '"Europe/Londn"', "calendar.time_zone", "is not a time zone: 'Europe/Londn'"),
        (
            '"ENG"',
            '"Harrow"',
            "calendar.region",
            "is not a region of the United Kingdom: 'Harrow'; choose one of ENG, NIR, SCT, WLS",
        ),
        ('["mon", "tue", "wed", "thu", "fri"]', "[]", "calendar.working_week", "needs at least one working day"),
        ('"5 working days"', '"5 fortnights"', "escalation.stages[1].limit.value", "must be a length of time"),
        ("value = 0.75", "value = 75", "booking.attended_share.value", "less than or equal to 1"),
        ('"after-attendance"', '"never"', "booking.certificate.value", "must be one of 'after-impact-evaluation'"),
        ('to = ["owner"]', 'to = ["nobody"]', "ladders[1].steps[1].to[1]", "must be one of 'owner'"),
        ("from_days = 0", "from_days = 1", "booking", "'offers' must go down"),
        ("number = 2", "number = 3", "escalation", "must be numbered 1, 2, 3"),
        ("final = true\n", "", "escalation", "its last stage, and no other, must be final"),
        ('every = "1 week"', 'every = "0 weeks"', "ladders[1].steps[2]", "repeats 'every' nothing"),
        ('to = ["owner"]', "to = []", "ladders[1].steps[1]", "names nobody in 'to'"),
        ('name = "then"', 'name = "first"', "ladders[1]", "has two steps with the same name"),
        ('contacts = ["emergency"]', 'contacts = ["nobody"]', "escalation.immediate_risk.contacts[1]", "'nobody'"),
        ('source = "plan > 3"', 'source = "lost > 3"', "escalation.immediate_risk.source[1]", "'lost'"),
        ('source = "plan > 3"', 'source = "else > 3"', "escalation.immediate_risk.source[1]", "is another area's"),
        ('source = "plan > 3"', 'source = "plan"', "escalation.immediate_risk.source[1]", "'source > section'"),
        ('topic = "first"', 'topic = "third"', "levels[1].topic", "names a topic that does not exist: 'third'"),
        ('groups = ["things"]', "groups = []", "expert_groups", "must cover the topic group 'things' exactly once"),
        ('kind = "course-evaluation"', 'kind = "re-audit"', "ladders", "has nothing for 'course-evaluation'"),
        ('record = "booking"', 'record = "person"', "retention", "has nothing for 'booking'"),
        ('state = "tested"', 'state = "complete"', "actions.rag", "has nothing for 'tested'"),
        (
            '{ value = "unknown", status = "confirm" }',
            '{ value = "unknown", status = "confirmed" }',
            "calendar.terms",
            "",
        ),
    ],
)
def test_a_mistake_in_partnership_toml_is_found_on_its_line(
    small: SmallPack, old: str, new: str, key: str, message: str
) -> None:
    line = small.change(TOML, old, new)
    found = [fault for fault in faults_of(small) if fault.key.startswith(key) and message in fault.message]

    assert found
    # A thing that is missing is reported where the table that lacks it begins.
    assert found[0].line <= line + 1
    assert found[0].file == TOML


def test_a_confirmed_value_must_name_what_confirms_it(small: SmallPack) -> None:
    line = small.change(TOML, ', status = "confirmed", source = "plan > 1"', ', status = "confirmed"')

    assert only_fault(small) == Fault(TOML, line, "partnership.name", "is marked confirmed, so it must name its source")


def test_toml_that_cannot_be_read_is_one_fault_with_its_line(small: SmallPack) -> None:
    line = small.change(TOML, 'bot = "Bot"', "bot = Bot")

    fault = only_fault(small)
    assert (fault.file, fault.line) == (TOML, line)
    assert fault.message.startswith("is not TOML")


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("title: The first thing\n", "", "title", "is missing"),
        ("title: The first thing", "title:", "title", "is missing"),
        ("reviewed_on: 2026-01-31", "reviewed_on: 2026-02-31", "reviewed_on", "must be a date such as 2026-11-21"),
        ("reviewed_on: 2026-01-31", "reviewed_on: 31/01/2026", "reviewed_on", "must be a date such as 2026-11-21"),
        ("reviewed_on: 2026-01-31", "reviewed_on: 1926-01-31", "reviewed_on", "must be a year of this century"),
        ("12 months", "2 weeks", "review_every", "must be in months or years"),
        ("owner: manager", "owner: nobody", "owner", "names an owner that does not exist: 'nobody'"),
        ("group: things", "group: other", "group", "must be 'things', as in topics.csv"),
        ("contacts: [emergency]", "contacts: [nobody]", "contacts[1]", "names a contact that does not exist"),
        ("related: [second]", "related: [third]", "related[1]", "names a topic that does not exist: 'third'"),
        ("related: [second]", "related: [first]", "related", "names the article itself"),
        ("{ref: plan,", "{ref: lost,", "sources[1]", "names a source that does not exist: 'lost'"),
        ("  - first thing", "  - first: thing", "asked[2]", "must be text"),
        ("status: confirm", "status: confirm\nstatus: confirmed", "status", "is given twice"),
        ("status: confirm", "status: confirm\nin_short: no", "in_short", "is a section, not a key"),
        ("id: first", "id: second", "id", "must be the name of its file, 'first'"),
        ("## Who decides", "## Who chooses", "", "has a heading that articles do not have: 'Who chooses'"),
        ("- You do.\n", "", "", "has nothing under 'Who decides'"),
        ("---\nid", "id", "", "must begin with a head between two lines of '---'"),
    ],
)
def test_a_mistake_in_an_article_is_found(small: SmallPack, old: str, new: str, key: str, message: str) -> None:
    line = small.change(FIRST, old, new)
    found = [fault for fault in faults_of(small) if fault.key == key and fault.message.startswith(message)]

    assert found
    assert found[0].file == FIRST
    # A key that is not there at all is reported where the head begins.
    assert found[0].line in ((1, line) if message == "is missing" else (line - 1, line, line + 1))


def test_headings_must_all_be_there_in_their_order(small: SmallPack) -> None:
    text = (small.folder / FIRST).read_text(encoding="utf-8")
    small.write(FIRST, text.replace("## In short", "## Common mistakes"))

    assert [fault.message for fault in faults_of(small)] == ["has its headings in the wrong order", "has no 'In short'"]


def test_a_phrase_may_lead_to_one_article_only(small: SmallPack) -> None:
    line = small.change("guidance/second.md", "what is the second thing", "What is the  first thing?")

    assert only_fault(small) == Fault(
        "guidance/second.md", line, "asked[1]", "is in 'first' too: 'What is the  first thing?'"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "key", "message"),
    [
        ("agencies.csv", "education", "school", 2, "sector", "must be one of 'council'"),
        ("agencies.csv", "sector", "sektor", 1, "sector", "is a column that is missing"),
        ("agencies.csv", "sector", "sector,size", 1, "size", "is not a column of this file"),
        ("agencies.csv", "id,name", "name,name", 1, "name", "is a column twice"),
        ("agencies.csv", "School,education", "School", 2, "sector", "is missing"),
        ("agencies.csv", "School,education", "School,education,x", 2, "", "has 4 cells for 3 columns"),
        ("agencies.csv", "school,School,education\n", "a,A,fire\na,B,fire\n", 3, "", "'a' is already on line 2"),
        ("topics.csv", "second,things", "first,things", 3, "", "'first' is already on line 2"),
        ("courses.csv", "first; second", "first; third", 2, "topics[2]", "names a topic that does not exist"),
        ("courses.csv", "yes", "maybe", 2, "core", "must be yes or no, not 'maybe'"),
        ("courses.csv", "2 hours", "long", 3, "duration", "must be a length of time"),
        ("courses.csv", "plan > 4,confirmed", ",confirmed", 3, "", "is marked confirmed, so it must name its source"),
        ("sources.csv", "plan,The plan,anytown", "plan,The plan,nowhere", 2, "scope", "names a scope that does not"),
        (PLANS, "School,school,unknown", "School,fire,unknown", 2, "lead_agency", "names an agency that does not"),
        (PLANS, "School,,manager", "School,,nobody", 3, "owner", "names an owner that does not exist: 'nobody'"),
        (PLANS, "A-2,audit,The audit", "A-2,audit,Another", 3, "plan", "'audit' has another title or kind in A-1"),
        (PLANS, "monthly,recurring", "monthly,unknown", 3, "", "due_kind is 'unknown', so the fields of 'recurring'"),
        (PLANS, "not stated,unknown,", "soon,on-date,", 2, "", "due_on is for due_kind 'on-date'"),
        (PLANS, "not stated,unknown,", "later,relative,", 2, "", "a relative due date names the event"),
        ("history/courses-2022-23.csv", "5,4,1", "5,4,2", 2, "", "booked must be attended plus not_attended"),
        ("history/courses-2022-23.csv", "1,basics", "1,lost", 2, "course", "names a course that does not exist"),
    ],
)
def test_a_mistake_in_a_list_is_found_on_its_line(
    small: SmallPack, file: str, old: str, new: str, line: int, key: str, message: str
) -> None:
    small.change(file, old, new)
    found = {(fault.file, fault.line, fault.key): fault.message for fault in faults_of(small)}

    assert found[file, line, key].startswith(message)


def test_a_row_with_a_line_break_in_a_cell_keeps_the_count_of_lines(small: SmallPack) -> None:
    small.write("agencies.csv", 'id,name,sector\na,"A\nB",fire\n\nb,B,nowhere\n')

    assert (only_fault(small).line, only_fault(small).key) == (5, "sector")


def test_a_list_saved_by_a_spreadsheet_with_a_mark_at_its_start_loads(small: SmallPack) -> None:
    small.write("agencies.csv", "\ufeffid,name,sector\nschool,School,education\n")

    assert load_pack(small.folder).agency("school") is not None


def test_a_list_in_another_encoding_is_one_plain_fault(small: SmallPack) -> None:
    (small.folder / "agencies.csv").write_bytes("id,name,sector\nschool,École,education\n".encode("cp1252"))

    assert str(only_fault(small)) == "agencies.csv: is not UTF-8 text; save it again as 'CSV UTF-8'"


def test_a_missing_file_is_said_once_and_nothing_that_leads_into_it_is_blamed(small: SmallPack) -> None:
    (small.folder / "topics.csv").unlink()
    (small.folder / TOML).unlink()

    assert [str(fault) for fault in faults_of(small)] == ["partnership.toml: is missing", "topics.csv: is missing"]


def test_every_fault_is_told_at_once(small: SmallPack) -> None:
    charge = small.change(TOML, "charge = { value = 25.50,", "charge = { value = 'much',")
    review = small.change(FIRST, "2026-01-31", "2026-31-01")
    owner = small.change("guidance/second.md", "related: [first]", "related: [third]")
    small.change("agencies.csv", "education", "school")
    small.change("courses.csv", "2 hours", "long")

    assert [(fault.file, fault.line, fault.key) for fault in faults_of(small)] == [
        ("agencies.csv", 2, "sector"),
        ("courses.csv", 3, "duration"),
        (FIRST, review, "reviewed_on"),
        ("guidance/second.md", owner, "related[1]"),
        (TOML, charge, "booking.charge.value"),
    ]


def test_a_folder_that_is_not_there_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="is not a folder"):
        load_pack(tmp_path / "nowhere")


def test_an_article_that_contains_itself_is_refused(small: SmallPack) -> None:
    small.change(FIRST, "asked:\n", "asked: &a\n  - *a\n")

    assert any("nested too deeply" in fault.message for fault in faults_of(small))


def test_an_article_that_is_not_yaml_says_where(small: SmallPack) -> None:
    line = small.change(FIRST, "title: The first thing", "title: [The first thing")

    fault = next(fault for fault in faults_of(small) if fault.file == FIRST)
    assert fault.message.startswith("is not YAML")
    assert line <= fault.line <= line + 1
