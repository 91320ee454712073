"""People come in by e-mail, all of a file or none of it."""

from __future__ import annotations

import asyncio

import pytest

from services import people
from services.model import Person, Role, Sender
from tests.services.imports.desk import Desk, codes, noted, said
from tests.services.reports.year_2022_23 import to_csv

HEAD = "Name,Email,Agency,Job title,Line manager email,Roles,Active"


async def known(desk: Desk, email: str) -> Person | None:
    async with desk.database.reading() as work:
        return await work.people.by_email(email)


async def person(desk: Desk, email: str) -> Person:
    found = await known(desk, email)
    assert found is not None
    return found


async def test_people_come_in_with_everything_the_file_says(desk: Desk) -> None:
    report = await desk.done(
        "people",
        HEAD,
        [
            ("Alice O'Neill", "Alice@Example.org", "Primary school", "DSL", "bob@example.org", "dsl; trainer", "yes"),
            ('Bob "Bobby" Smith-Jones', "bob@example.org", "camhs", "Head", "", "", ""),
        ],
    )
    assert (report.rows, report.added, report.changed) == (2, 2, 0)
    alice, bob = await person(desk, "alice@example.org"), await person(desk, "bob@example.org")
    assert (alice.name, alice.email, alice.agency_id, alice.job_title) == (
        "Alice O'Neill", "alice@example.org", "primary-school", "DSL",
    )  # fmt: skip
    assert alice.line_manager_id == bob.id
    assert alice.roles == {Role.PRACTITIONER, Role.DSL, Role.TRAINER}
    assert (bob.name, bob.agency_id, bob.line_manager_id) == ('Bob "Bobby" Smith-Jones', "camhs", None)


async def test_a_changed_row_changes_one_person_and_an_empty_cell_nothing(desk: Desk) -> None:
    await desk.done(
        "people",
        HEAD,
        [("Alice", "a@example.org", "camhs", "Nurse", "", "dsl", ""), ("Bob", "b@example.org", "gp", "GP", "", "", "")],
    )
    report = await desk.done(
        "people",
        HEAD,
        [("Alice", "A@example.org", "", "", "", "", "left"), ("", "b@example.org", "", "", "a@example.org", "", "")],
    )
    assert (report.added, report.changed, report.unchanged) == (0, 2, 0)
    alice, bob = await person(desk, "a@example.org"), await person(desk, "b@example.org")
    assert (alice.agency_id, alice.job_title, alice.active) == ("camhs", "Nurse", False)
    assert Role.DSL in alice.roles
    assert (bob.name, bob.line_manager_id) == ("Bob", alice.id)


async def test_every_bad_row_is_named_and_nothing_at_all_is_imported(desk: Desk) -> None:
    report = await desk.rows(
        "people",
        HEAD,
        [
            ("Alice", "alice@example.org", "", "", "", "", ""),
            ("Bob", "not an address", "", "", "", "", ""),
            ("", "charlie@example.org", "Primary skool", "", "", "", ""),
            ("Dora", "dora@example.org", "", "", "nobody@example.org", "", ""),
            ("Ed", "ed@example.org", "", "", "ed@example.org", "wizard", "perhaps"),
            ("Alice again", "ALICE@example.org", "", "", "", "", ""),
            ("Fay", "", "", "x" * 201, "", "", ""),
        ],
    )
    assert not report.written
    assert (report.added, report.changed) == (0, 0)
    assert codes(report) == [
        ("import-bad-email", 3, "Email"),
        ("import-agency-unknown-near", 4, "Agency"),
        ("import-manager-unknown", 5, "Line manager email"),
        ("import-bad-choice", 6, "Active"),
        ("import-bad-choice", 6, "Roles"),
        ("import-own-manager", 6, "Line manager email"),
        ("import-repeated", 7, "Email"),
        ("import-empty-cell", 8, "Email"),
        ("import-too-long", 8, "Job title"),
    ]
    assert said(report)[1] == (
        "Line 4, column “Agency”: “Primary skool” is not an agency or a kind of organisation on the partnership's "
        "list. Did you mean Primary school?"
    )
    assert await known(desk, "alice@example.org") is None


async def test_a_new_person_needs_a_name_and_a_known_one_does_not(desk: Desk) -> None:
    await desk.people("Alice")
    report = await desk.rows("people", "name,email", [("", "alice@example.org"), ("-", "bob@example.org")])
    assert codes(report) == [("import-person-without-name", 3, "name")]


async def test_first_and_last_names_make_a_name(desk: Desk) -> None:
    await desk.done("people", "Forename,Surname,E-mail address", [("Siân", "D'Arcy-Ng", "sian@example.org")])
    assert (await person(desk, "sian@example.org")).name == "Siân D'Arcy-Ng"


async def test_a_dry_run_says_what_would_happen_and_does_nothing(desk: Desk) -> None:
    await desk.people("Alice")
    rows = [("Alice Changed", "alice@example.org"), ("Bob", "bob@example.org")]
    report = await desk.rows("people", "name,email", rows, dry_run=True)
    assert (report.added, report.changed, report.written, report.faults) == (1, 1, False, ())
    assert await known(desk, "bob@example.org") is None
    assert (await person(desk, "alice@example.org")).name == "Alice"


async def test_a_dry_run_finds_the_same_faults(desk: Desk) -> None:
    rows = [("Bob", "bob@example.org", "nobody@example.org")]
    head = "name,email,manager email"
    assert codes(await desk.rows("people", head, rows, dry_run=True)) == codes(await desk.rows("people", head, rows))


async def test_what_an_import_lets_somebody_do_is_on_record(desk: Desk) -> None:
    await desk.done("people", "name,email,roles", [("Alice", "alice@example.org", "trainer")])
    await desk.done("people", "name,email,roles,job title", [("Alice", "alice@example.org", "admin; manager", "Head")])
    alice = await known(desk, "alice@example.org")
    assert alice is not None
    async with desk.database.reading() as work:
        told = [(one.verb, dict(one.detail)) for one in await work.events.about("person", [alice.id])]
    assert told == [
        ("imported", {"what": "roles", "roles": "practitioner trainer"}),
        ("changed", {"by": "import", "what": "job_title roles", "roles": "admin manager practitioner"}),
    ]


async def test_roles_given_replace_roles_held(desk: Desk) -> None:
    await desk.done("people", "name,email,roles", [("Alice", "a@example.org", "Designated Safeguarding Lead, trainer")])
    await desk.done("people", "name,email,roles", [("Alice", "a@example.org", "practitioner")])
    assert (await person(desk, "a@example.org")).roles == {Role.PRACTITIONER}


async def test_who_did_it_is_on_record_for_every_person_that_was_added_or_changed(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    await desk.rows("people", "name,email", [("Alicia", "alice@example.org")])
    alice, bob = await person(desk, "alice@example.org"), await person(desk, "bob@example.org")
    renamed = {alice.id: {"by": "import", "what": "name"}}
    async with desk.database.reading() as work:
        assert await work.events.latest_detail("imported", "person", [alice.id, bob.id]) == {alice.id: {}, bob.id: {}}
        assert await work.events.latest_detail("changed", "person", [alice.id, bob.id]) == renamed


async def test_unusual_names_are_only_names(desk: Desk) -> None:
    names = ["Na", "Null", "None", "李雷", "D'Souza", "Zoë", "O\u2019Brien", "Ng, Ann", "Smith; Jo", 'A "B" C', "-- Jo"]
    await desk.done("people", "name,email", [(name, f"p{at}@example.org") for at, name in enumerate(names)])
    assert [(await person(desk, f"p{at}@example.org")).name for at in range(len(names))] == names


async def test_a_column_that_is_not_used_is_named_with_what_may_have_been_meant(desk: Desk) -> None:
    report = await desk.rows(
        "people", "Name,Email,Mobile,Job titel", [("Alice", "a@example.org", "07700 900123", "DSL")]
    )
    assert report.written
    assert noted(report) == [("import-note-column-ignored", 1), ("import-note-column-ignored-near", 1)]
    assert said(report)[1] == "Line 1, column “Job titel”: This column is not used. Did you mean “job title”?"


async def test_two_files_at_once_add_nobody_twice(desk: Desk) -> None:
    rows = [(f"Person {number}", f"p{number}@example.org") for number in range(300)]
    text = to_csv(("name", "email"), rows)
    reports = await asyncio.gather(*(desk.file("people", text, name=f"{copy}.csv") for copy in range(3)))
    assert sorted(report.added for report in reports) == [0, 0, 300]
    assert all(report.written for report in reports)


async def test_people_come_in_with_the_guidance_they_answer_for(desk: Desk) -> None:
    head = "Name,Email,Answers for"
    await desk.done(
        "people",
        head,
        [("Alice", "a@example.org", "MASH Manager; health-lead"), ("Bob", "b@example.org", "")],
    )
    report = await desk.done("people", head, [("", "a@example.org", "lado"), ("", "b@example.org", "")])
    alice = await person(desk, "a@example.org")

    assert (report.changed, report.unchanged) == (1, 1)
    async with desk.database.reading() as work:
        assert await work.holders.keys_of(alice.id) == {"lado"}
        assert await work.holders.of(["mash-manager"]) == {}


HARROW = "72f988bf-86f1-41af-91ab-2d7cd011db47"
ELSEWHERE = "99999999-0000-0000-0000-000000000000"
ID_A, ID_B = "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "1b4e28ba-2fa1-41d2-883f-0016d3cca428"
WITH_IDS = "name,email,Object ID,Tenant"


async def test_an_object_id_makes_somebody_known_in_teams(desk: Desk) -> None:
    rows = [("Alice", "alice@example.org", ID_A.upper(), HARROW), ("Bob", "bob@example.org", "", "")]
    assert (await desk.done("people", WITH_IDS, rows)).added == 2
    alice, bob = await person(desk, "alice@example.org"), await person(desk, "bob@example.org")
    async with desk.database.reading() as work:
        assert await people.recognise(work, Sender(HARROW, ID_A, "")) == alice
    assert (bob.tenant_id, bob.aad_object_id) == (None, None)
    empty = await desk.rows("people", WITH_IDS, [("Alice", "alice@example.org", "", "")])
    assert (empty.changed, (await person(desk, "alice@example.org")).aad_object_id) == (0, ID_A)
    assert (await desk.rows("people", WITH_IDS, [("", "alice@example.org", ID_B, HARROW)])).changed == 1
    assert (await person(desk, "alice@example.org")).aad_object_id == ID_B


async def test_users_exported_by_entra_come_in_as_they_are(desk: Desk) -> None:
    desk.tenants = (HARROW,)
    head = "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle"
    row = ("asmith@example.org", "Alice Smith", "Smith", "alice.smith@example.org", "Alice", ID_A, "Member", "Nurse")
    await desk.done("people", head, [row])
    alice = await person(desk, "alice.smith@example.org")
    assert (alice.name, alice.job_title, alice.tenant_id, alice.aad_object_id) == ("Alice Smith", "Nurse", HARROW, ID_A)


async def test_a_name_that_is_nearly_an_id_is_answered_with_the_name_it_stands_for(desk: Desk) -> None:
    report = await desk.rows("people", "name,email,agency", [("Alice", "alice@example.org", "met police")])
    assert said(report)[0].endswith("Did you mean Metropolitan Police, North West Basic Command Unit?")


async def test_an_offices_own_numbers_are_no_object_ids(desk: Desk) -> None:
    desk.tenants = (HARROW,)
    await desk.done("people", "ID,name,email", [(17, "Alice", "alice@example.org")])
    assert (await person(desk, "alice@example.org")).aad_object_id is None


@pytest.mark.parametrize("tenants", [(), (HARROW, ELSEWHERE)])
async def test_without_one_tenant_in_the_settings_the_file_must_name_it(desk: Desk, tenants: tuple[str, ...]) -> None:
    desk.tenants = tenants
    report = await desk.rows("people", WITH_IDS, [("Alice", "alice@example.org", ID_A, "")])
    assert codes(report) == [("import-tenant-needed", 2, "Object ID")]
    assert await known(desk, "alice@example.org") is None


async def test_a_wrong_object_id_is_named_by_its_line_and_nothing_is_imported(desk: Desk) -> None:
    desk.tenants = (HARROW,)
    await desk.done("people", WITH_IDS, [("Alice", "alice@example.org", ID_A, "")])
    report = await desk.rows(
        "people",
        WITH_IDS,
        [
            ("Bob", "bob@example.org", ID_A, ""),
            ("Charlie", "charlie@example.org", "17", ""),
            ("Dora", "dora@example.org", ID_B, ""),
            ("Ed", "ed@example.org", ID_B, ""),
            ("Fay", "fay@example.org", "1b4e28ba-2fa1-41d2-883f-0016d3cca429", ELSEWHERE),
            ("Gus", "gus@example.org", "1b4e28ba-2fa1-41d2-883f-0016d3cca430", "Harrow"),
        ],
    )
    assert codes(report) == [
        ("import-object-id-taken", 2, "Object ID"),
        ("import-bad-guid", 3, "Object ID"),
        ("import-repeated", 5, "Object ID"),
        ("import-tenant-not-allowed", 6, "Tenant"),
        ("import-bad-guid", 7, "Tenant"),
    ]
    assert said(report)[0].startswith(
        "Line 2, column “Object ID”: This object id belongs to alice@example.org already."
    )
    assert await known(desk, "dora@example.org") is None


async def test_a_new_address_is_the_same_person_by_object_id_and_name(desk: Desk) -> None:
    desk.tenants = (HARROW,)
    head = WITH_IDS + ",Status"
    await desk.done("people", head, [("Alice", "alice@example.org", ID_A, "", "")])
    before = await person(desk, "alice@example.org")
    rows = [("Alice", "alice@example.org", "", "", "left"), ("Alice", "alice.new@example.org", ID_A, "", "")]
    report = await desk.rows("people", head, rows)
    assert (report.added, report.changed, noted(report)) == (0, 1, [("import-note-address-changed", 2)])
    after = await person(desk, "alice.new@example.org")
    assert (after.id, after.active) == (before.id, True)
    assert await known(desk, "alice@example.org") is None


async def test_a_new_address_is_the_same_person_by_the_previous_one(desk: Desk) -> None:
    head = "name,email,previous email,line manager email"
    await desk.people("Alice", "Bob")
    before = await person(desk, "alice@example.org")
    rows = [
        ("Alice Married", "alice.new@example.org", "alice@example.org", ""),
        ("Bob", "bob@example.org", "", "alice.new@example.org"),
    ]
    report = await desk.done("people", head, rows)
    assert (report.added, report.changed) == (0, 2)
    after = await person(desk, "alice.new@example.org")
    assert (after.id, after.name, await known(desk, "alice@example.org")) == (before.id, "Alice Married", None)
    assert (await person(desk, "bob@example.org")).line_manager_id == before.id


async def test_a_previous_address_that_fits_nobody_or_another_person_is_a_fault(desk: Desk) -> None:
    await desk.people("Alice", "Bob")
    report = await desk.rows(
        "people",
        "name,email,previous email",
        [("Bob", "bob@example.org", "alice@example.org"), ("Eve", "eve@example.org", "nobody@example.org")],
    )
    assert codes(report) == [
        ("import-both-addresses-known", 2, "previous email"),
        ("import-person-unknown", 3, "previous email"),
    ]
