"""docs/imports.md says what imports read: it is made from the columns themselves, and its examples are imported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.import_page import page
from bot.commands.records import importing
from dialogs.wording.columns import EXAMPLES, MEANINGS
from services.imports import OF_KIND, ImportKind
from services.work import Database
from tests.services.harrow import harrow_rules
from tests.services.imports.desk import Desk, said

ROOT = Path(__file__).parents[3]


def test_the_page_is_the_one_that_the_columns_make() -> None:
    made = "run: python -m bot.commands.import_page > docs/imports.md"
    assert (ROOT / "docs" / "imports.md").read_text(encoding="utf-8") == page(), made


def test_every_column_that_is_read_has_a_meaning_and_no_other() -> None:
    for kind in ImportKind:
        assert list(MEANINGS[kind.value]) == [column.key for column in OF_KIND[kind].columns], kind


async def test_the_examples_can_be_imported_one_after_the_other(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, harrow_rules(), tmp_path)
    for kind in ImportKind:
        report = await desk.file(kind.value, EXAMPLES[kind.value])
        assert (report.faults, report.added + report.changed) == ((), 2), said(report)


@pytest.mark.parametrize(
    ("kind", "key", "head", "row"),
    [
        ("people", "roles", "email,name", ["a@example.org", "A"]),
        ("people", "active", "email,name", ["a@example.org", "A"]),
        ("sessions", "mode", "ref,course,date,starts,ends,capacity", ["S", "dsl-forum", "1/3/2027", "9am", "1pm", 9]),
        ("sessions", "state", "ref,course,date,starts,ends,capacity", ["S", "dsl-forum", "1/3/2027", "9am", "1pm", 9]),
        ("actions", "kind", "ref,plan,action", ["R-1", "A plan", "Do it"]),
        ("actions", "due_kind", "ref,plan,action,evidence", ["R-1", "A plan", "Do it", "Minutes"]),
        ("actions", "state", "ref,plan,action,evidence", ["R-1", "A plan", "Do it", "Minutes"]),
    ],
)
async def test_every_word_that_a_column_is_said_to_take_is_taken(
    database: Database, tmp_path: Path, kind: str, key: str, head: str, row: list[object]
) -> None:
    desk = Desk(database, harrow_rules(), tmp_path)
    told = MEANINGS[kind][key].partition(";")[0].rpartition(": ")[2]
    for word in re.split(r", | or ", told):
        report = await desk.rows(kind, f"{head},{OF_KIND[ImportKind(kind)].head(key)}", [[*row, word]], dry_run=True)
        assert report.faults == (), (word, said(report))


def test_help_and_a_file_without_its_columns_lead_to_the_page() -> None:
    told = CliRunner().invoke(importing, ["--help"]).output
    assert "docs/imports.md" in " ".join(told.split())
    assert "session ref, course, starts, ends, capacity." in " ".join(told.split())
