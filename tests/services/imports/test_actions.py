"""Action items come in by reference; what is finished stays finished, and nothing that identifies is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from config.plans import DueKind
from dialogs.notices import Renderer
from dialogs.wording import say as words
from services import actions, evidence
from services.history import history
from services.model import ActionItem, ActionState, NoticeState, RequestState
from tests.fakes import transient
from tests.services.harrow import FOLDER
from tests.services.imports.desk import NOW, Desk, codes, noted, said
from tests.services.notices.office import Office

HEAD = "Ref,Action plan,Action,Lead agency,Owner email,Due date,Status,Progress,Evidence,Date completed"


def row(
    ref: str = "A-1",
    action: str = "Audit the files",
    *,
    plan: str = "CSPR Child X",
    agency: str = "",
    owner: str = "",
    due: str = "",
    status: str = "",
    progress: str = "",
    evidence: str = "",
    completed: str = "",
) -> tuple[str, ...]:
    return (ref, plan, action, agency, owner, due, status, progress, evidence, completed)


async def item(desk: Desk, ref: str = "A-1") -> ActionItem:
    async with desk.database.reading() as work:
        found = await work.actions.by_ref(ref)
    assert found is not None
    return found


async def test_an_item_comes_in_with_owner_date_and_progress(desk: Desk) -> None:
    await desk.people("Alice")
    plan = desk.rules.pack.plans[0]
    owned = {"owner": "alice@example.org", "due": "31/03/2027", "status": "In progress", "progress": "Half done"}
    rows = [
        row(plan=plan.title, agency="Housing", **owned),
        row("A-2", status="complete", evidence="Minutes of 3 June", completed="03/06/2026"),
        row("A-3", status="closed"),
    ]
    assert (await desk.done("actions", HEAD, rows)).added == 3
    one, two, three = await item(desk), await item(desk, "A-2"), await item(desk, "A-3")
    assert (one.plan_id, one.lead_agency, one.due_on, one.progress) == (
        plan.id,
        "housing",
        date(2027, 3, 31),
        "Half done",
    )
    assert (one.state, one.owner_id is not None) == (ActionState.OPEN, True)
    assert (two.state, two.evidence, two.completed_at) == (
        ActionState.DONE,
        "Minutes of 3 June",
        datetime(2026, 6, 3, 11, tzinfo=UTC),
    )
    assert (two.plan_id, three.state) == ("CSPR Child X", ActionState.CLOSED)


async def test_the_published_plans_of_the_partnership_can_be_imported_as_they_are(desk: Desk) -> None:
    data = (FOLDER / "action-plans.csv").read_bytes()
    report = await desk.file("actions", data)
    assert (report.written, report.added) == (True, 192), said(report)[:5]
    assert all(note.code.startswith("import-note-column-ignored") for note in report.notes)
    assert (await item(desk, "S23-01")).due_text == "not stated"
    again = await desk.file("actions", data)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 192)


async def test_a_due_date_in_words_is_kept_as_words(desk: Desk) -> None:
    report = await desk.rows("actions", HEAD, [row(due="Spring 2027")])
    assert noted(report) == [("import-note-due-in-words", 2)]
    found = await item(desk)
    assert (found.due_on, found.due_text) == (None, "Spring 2027")


async def test_what_looks_like_a_day_and_is_none_is_a_fault(desk: Desk) -> None:
    days = ["31/11/2026", "2026-02-30", "3/14/2027", "31 November 2026", "46500"]
    report = await desk.rows("actions", HEAD, [row(f"A-{number}", due=day) for number, day in enumerate(days)])
    assert codes(report) == [("import-bad-date", line, "Due date") for line in range(2, 7)]
    words = ["Spring 2027", "2027", "12 months", "2 weeks 10", "ongoing"]
    report = await desk.rows("actions", HEAD, [row(f"A-{number}", due=text) for number, text in enumerate(words)])
    assert not report.faults


async def test_a_reference_is_the_same_whatever_the_case_of_its_letters(desk: Desk) -> None:
    await desk.done("actions", HEAD, [row("ZZ-1"), row("é-1")])
    report = await desk.done("actions", HEAD, [row("zz-1", action="Audit more files")])
    assert (report.added, report.changed) == (0, 1)
    assert ((await item(desk, "ZZ-1")).ref, (await item(desk, "ZZ-1")).action) == ("ZZ-1", "Audit more files")
    twice = await desk.rows("actions", HEAD, [row("B-1"), row("b-1")])
    assert codes(twice) == [("import-repeated", 3, "Ref")]


async def test_every_bad_item_is_named(desk: Desk) -> None:
    report = await desk.rows(
        "actions",
        HEAD,
        [
            row("A-1", owner="nobody@example.org"),
            row("A-2", status="done"),
            row("A-3", action="Visit Jane Roe"),
            row("A-4", progress="Jane Roe has agreed"),
            row("A-5", agency="Ministry of Magic"),
            row("A-6", action=""),
            row("A-1"),
            row("A-7", due="Jane Roe's birthday"),
        ],
    )
    assert codes(report) == [
        ("import-person-unknown", 2, "Owner email"),
        ("import-no-evidence", 3, "Evidence"),
        ("import-identifies", 4, "Action"),
        ("import-identifies", 5, "Progress"),
        ("import-agency-unknown", 6, "Lead agency"),
        ("import-empty-cell", 7, "Action"),
        ("import-repeated", 8, "Ref"),
        ("import-identifies", 9, "Due date"),
    ]
    assert "Jane" not in " ".join(said(report))


async def test_an_old_file_does_not_open_what_is_finished(desk: Desk) -> None:
    await desk.done("actions", HEAD, [row(status="done", evidence="Signed off")])
    report = await desk.rows("actions", HEAD, [row(status="open", progress="Nearly there")])
    assert (report.changed, noted(report)) == (0, [("import-note-kept-done", 2)])
    assert (await item(desk)).state is ActionState.DONE


async def test_a_finished_item_takes_what_is_known_of_it_later(desk: Desk) -> None:
    await desk.done("actions", HEAD, [row(status="done", evidence="Signed off", completed="03/06/2026")])
    head = HEAD + ",Impact"
    later = row(action="Audit all files", status="closed", evidence="Minutes of 3 June", completed="03/06/2026")
    report = await desk.done("actions", head, [(*later, "Fewer files without a plan")])
    assert (report.changed, noted(report)) == (1, [("import-note-kept-done", 2)])
    found = await item(desk)
    assert (found.state, found.action, found.evidence) == (ActionState.DONE, "Audit all files", "Minutes of 3 June")
    assert (found.impact, found.completed_at) == ("Fewer files without a plan", datetime(2026, 6, 3, 11, tzinfo=UTC))


async def test_the_moment_of_completion_is_not_coarsened_by_a_file_that_gives_its_day(desk: Desk) -> None:
    await desk.done("actions", HEAD, [row()])
    await desk.done("actions", HEAD, [row(status="done", evidence="Signed off")])
    again = await desk.rows("actions", HEAD, [row(status="done", evidence="Signed off", completed="15/01/2027")])
    assert (again.changed, (await item(desk)).completed_at) == (0, desk.now)


async def test_an_open_item_takes_what_the_file_says_and_keeps_what_it_does_not(desk: Desk) -> None:
    await desk.people("Alice")
    await desk.done("actions", HEAD, [row(due="31/03/2027", progress="Half done")])
    report = await desk.rows(
        "actions", HEAD, [row(owner="alice@example.org", status="done", evidence="Audit of 5 May")]
    )
    assert report.changed == 1
    found = await item(desk)
    assert (found.state, found.due_on, found.progress) == (ActionState.DONE, date(2027, 3, 31), "Half done")
    assert (found.evidence, found.completed_at) == ("Audit of 5 May", desk.now)


@pytest.mark.parametrize(
    ("every", "after", "columns"),
    [
        ("0 days", "", ["Repeats every"]),
        ("-1 week", "", ["Repeats every"]),
        ("24 hours", "", ["Repeats every"]),
        ("9999 years", "0 days", ["Repeats every", "After"]),
        ("6 weeks", "72 hours", []),
    ],
)
async def test_a_length_of_time_from_which_no_date_follows_is_a_fault(
    desk: Desk, every: str, after: str, columns: list[str]
) -> None:
    head = f"{HEAD},Due kind,Repeats every,After"
    report = await desk.rows("actions", head, [(*row(), "recurring", every, after)])
    assert codes(report) == [("import-unusable-span", 2, column) for column in columns]


@pytest.mark.parametrize("kind", DueKind)
async def test_every_kind_of_due_date_is_read_as_the_folder_writes_it(desk: Desk, kind: DueKind) -> None:
    every, after = ("6 weeks" if kind is DueKind.RECURRING else ""), ("6 weeks" if kind is DueKind.RELATIVE else "")
    head = f"{HEAD},Due kind,Repeats every,After"
    report = await desk.rows("actions", head, [(*row(due="31/03/2027"), kind.value, every, after)])
    assert "import-bad-choice" not in [code for code, *_ in codes(report)]


@pytest.mark.parametrize(("status", "evidence"), [("closed", ""), ("done", "Minutes of 3 June")])
async def test_what_was_asked_about_an_item_is_overtaken_when_a_file_finishes_it(
    desk: Desk, status: str, evidence: str
) -> None:
    await desk.people("Alice")
    await desk.done("actions", HEAD, [row(owner="alice@example.org")])
    found = await item(desk)
    until = desk.now.date() + timedelta(days=60)
    async with desk.database.work() as work:
        alice = await work.people.by_email("alice@example.org")
        assert alice is not None
        await actions.ask_more_time(work, alice, found.id, until=until, reason="Leave", now=desk.now, rules=desk.rules)
        await work.commit()
    await desk.done("actions", HEAD, [row(status=status, evidence=evidence)])
    async with desk.database.reading() as work:
        assert [one.state for one in await work.action_requests.of([found.id])] == [RequestState.WITHDRAWN]
    assert (await item(desk)).more_time_until is None


async def test_what_a_file_closes_is_closed_now(desk: Desk) -> None:
    await desk.done("actions", HEAD, [row(), row("A-2", status="closed")])
    await desk.done("actions", HEAD, [row(status="superseded"), row("A-2", status="closed")])
    found = await item(desk)
    assert (found.state, found.completed_at) == (ActionState.CLOSED, desk.now)
    assert (await item(desk, "A-2")).completed_at is None, "nobody has told when"


async def test_who_gets_an_item_from_a_file_is_told_and_its_history_says_what_changed(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    rows = [row(owner="alice@example.org", due="31/03/2027"), row("A-2", owner="alice@example.org", due="31/03/2027")]
    await desk.done("actions", HEAD, rows)
    await desk.done("actions", HEAD, [row(owner="bob@example.org", due="30/04/2027", progress="Half done"), rows[1]])
    found = await item(desk)
    async with desk.database.reading() as work:
        owed = await work.notices.in_states([NoticeState.DUE])
        alice = await work.people.by_email("alice@example.org")
        lines = await history(work, desk.rules, [found.id], words)
    assert alice is not None
    assert {(one.kind, one.person_id) for one in owed} == {
        ("actions-given", alice.id),
        ("actions-given", found.owner_id),
    }
    what = "due: Wednesday 31 March 2027, now Friday 30 April 2027; owner: Alice, now Bob"
    assert f"Changed by a file that was imported: {what}" in [line.what for line in lines]


async def told(desk: Desk, at: datetime) -> dict[str, list[str]]:
    """What a sweep writes to Alice and Bob, in the product's own words."""
    post = Office(desk.database, desk.rules, render=Renderer(desk.rules))
    await post.plan_and_deliver(at)
    return {name: [one.text for one in post.mailer.to(name)] for name in ("Alice", "Bob")}


async def test_who_gets_items_from_a_file_reads_of_all_of_them_once_dated_or_not(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    rows = [row(f"A-{n}", owner="alice@example.org", due="" if n % 2 else "31/03/2027") for n in range(1, 15)]
    await desk.done("actions", HEAD, [*rows, row("B-1", owner="bob@example.org")])

    first = await told(desk, NOW)

    (hers,) = first["Alice"]
    assert "Now yours: 14 actions" in hers
    assert "- A-2: " in hers
    assert "- and 4 more" in hers
    (his,) = first["Bob"]
    assert "Without a date I cannot remind you" in his
    await desk.done("actions", HEAD, rows)
    assert await told(desk, NOW + timedelta(days=3)) == {"Alice": [], "Bob": []}


async def test_two_files_before_one_message_are_told_in_it_together(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.done("actions", HEAD, [row("A-1", owner="alice@example.org")])
    desk.now += timedelta(minutes=5)
    await desk.done("actions", HEAD, [row("A-2", owner="alice@example.org")])

    (hers,) = (await told(desk, desk.now))["Alice"]

    assert "Now yours: 2 actions" in hers
    assert ("- A-1: " in hers, "- A-2: " in hers) == (True, True)


async def test_what_is_late_already_is_chased_and_not_told_a_second_time(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    rows = [row("A-1", owner="alice@example.org", due="08/01/2027"), row("A-2", owner="alice@example.org")]
    await desk.done("actions", HEAD, rows)

    (hers,) = (await told(desk, NOW))["Alice"]

    assert hers.count("A-1") == 1
    assert "Now yours: A-2" in hers


async def test_another_date_is_told_although_a_reminder_of_the_old_one_went_out(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.done("actions", HEAD, [row("A-1", owner="alice@example.org", due="08/01/2027")])
    await told(desk, NOW)  # it is late: she is chased about the old date
    desk.now += timedelta(days=3)
    await desk.done("actions", HEAD, [row("A-1", owner="alice@example.org", due="30/06/2027")])

    (hers,) = (await told(desk, desk.now))["Alice"]

    assert "Now yours: A-1" in hers
    assert "30 June 2027" in hers


async def test_each_message_about_a_file_tells_of_its_own_file_where_an_older_one_had_to_be_tried_again(
    desk: Desk,
) -> None:
    await desk.people("Alice", "Bob")
    desk.now += timedelta(microseconds=250)
    await desk.done("actions", HEAD, [row("A-1", owner="alice@example.org")])
    post = Office(desk.database, desk.rules, render=Renderer(desk.rules))
    post.mailer.fail_next(transient())
    await post.plan_and_deliver(desk.now)
    desk.now += timedelta(seconds=20)
    await desk.done("actions", HEAD, [row("A-2", owner="alice@example.org")])

    for later in (timedelta(minutes=30), timedelta(days=3), timedelta(days=4)):
        await post.plan_and_deliver(desk.now + later)

    hers = [one.text for one in post.mailer.to("Alice")]
    assert [("Now yours: A-1" in one, "Now yours: A-2" in one) for one in hers] == [(True, False), (False, True)]


async def test_the_evidence_of_an_item_holds_who_was_told_of_it_by_a_file_and_nobody_else(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.done("actions", HEAD, [row("A-1", owner="alice@example.org"), row("B-1", owner="bob@example.org")])
    await told(desk, NOW)
    desk.now += timedelta(days=3)
    await desk.done("actions", HEAD, [row("A-1", owner="bob@example.org")])
    await told(desk, desk.now)

    async with desk.database.reading() as work:
        found = await evidence.gather(work, desk.rules, item_ref="A-1", now=desk.now, say=words)
    head, *rows = evidence.notice_rows(found, desk.rules, words)
    lines = [dict(zip(head, line, strict=True)) for line in rows]

    assert [(one["To"], one["About"], one["Result"], one["Route"]) for one in lines] == [
        ("Alice", "New owner or date, from a file", "Sent", "email"),
        ("Bob", "New owner or date, from a file", "Sent", "email"),
    ]
