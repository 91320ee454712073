"""The command line as scripts meet it: a process of its own, its exit status, and what it prints where."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FRIDAY = "2027-01-15T09:00:00+00:00"


def bot(*words: str, database: Path | None = None, said: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    given = {"PARTNERSHIP_BOT_DATABASE_URL": f"sqlite:///{database}"} if database else {}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARTNERSHIP_BOT_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env={**kept, **given, **{f"PARTNERSHIP_BOT_{name.upper()}": value for name, value in env.items()}},
        input=said,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with Harrow's plans and the invented people."""
    path = tmp_path_factory.mktemp("seeded") / "new folder" / "demo.db"
    done = bot("import", "demo", database=path)
    assert done.stdout == "New action items from the partnership's plans: 192. New invented people: 15.\n", done.stderr
    return path


@pytest.fixture
def demo(seeded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(seeded, tmp_path / "demo.db"))


def test_a_question_is_answered_with_its_sources_as_json() -> None:
    done = bot("ask", "what is level 3", "--json")

    answered = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert (answered["outcome"], answered["topic"]) == ("answer", "level-3-complex-needs")
    assert set(answered) == {"outcome", "topic", "command", "candidates", "text", "sources"}
    assert set(answered["sources"][0]) == {"document", "section", "reviewed_on"}


def test_a_batch_comes_back_in_its_order_one_line_each(tmp_path: Path) -> None:
    asked = ["my bookings", "what is level 3", "", "a child is being beaten right now", "who won the cup", "x" * 10_000]
    batch = tmp_path / "questions.jsonl"
    rows = [json.dumps({"q": one, "more": "a\u2028b"}, ensure_ascii=False) for one in asked]
    batch.write_bytes(("\r\n".join(rows) + "\n\n").encode("utf-8-sig"))

    done = bot("ask", "--batch", str(batch), "--json")

    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
    assert outcomes == ["command", "answer", "unsure", "emergency", "out-of-scope", outcomes[5]]
    assert outcomes[5] != "answer"


def test_every_faulty_line_of_a_batch_is_named_and_nothing_is_answered(tmp_path: Path) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"q": "what is level 3"}\nnot json\n{"question": "x"}\n{"q": 3}\n', encoding="utf-8")

    done = bot("ask", "--batch", str(batch), "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert [line.split(": ")[0].rpartition(":")[2] for line in done.stderr.splitlines()] == ["2", "3", "4"]


def test_asking_nothing_and_unknown_commands_are_usage_errors() -> None:
    assert bot("ask").returncode == 2
    assert "No such command" in bot("frobnicate").stderr


def test_a_tick_does_what_is_due_once(demo: Path) -> None:
    first = json.loads(bot("tick", "--at", FRIDAY, "--json", database=demo).stdout)
    second = json.loads(bot("tick", "--at", FRIDAY, "--json", database=demo).stdout)

    assert first["planned"] > 0
    assert first["notices"]["action-item"]
    assert (second["planned"], second["notices"]) == (0, {})


@pytest.mark.parametrize("at", ["yesterday", "2027-01-15T09:00:00"])
def test_a_moment_that_is_none_or_has_no_zone_is_refused(at: str) -> None:
    done = bot("tick", "--at", at)

    assert done.returncode == 2
    assert "2027-01-15" in done.stderr or "zone" in done.stderr


def test_nothing_is_marked_as_sent_or_lost_where_there_is_no_way_out(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,email\nAlice,alice@example.org\n", encoding="utf-8")
    actions = tmp_path / "actions.csv"
    actions.write_text(
        "ref,plan,action,owner,due\nX-1,demo,Check the form,alice@example.org,2027-01-15\n", encoding="utf-8"
    )
    database = tmp_path / "real.db"
    assert bot("import", "people", str(people), database=database).returncode == 0
    assert bot("import", "actions", str(actions), database=database).returncode == 0

    done = bot("tick", "--at", FRIDAY, "--json", database=database)

    assert json.loads(done.stdout)["notices"] == {}
    assert "Nothing was sent" in done.stderr


def test_a_faulty_file_is_refused_whole_with_its_lines(tmp_path: Path, demo: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        'name,email\n"Pat O\'Example ""Paddy""",pat.o@example.org\nNobody,not-an-address\n', encoding="utf-8"
    )

    done = bot("import", "people", str(file), database=demo)

    assert done.returncode == 1
    assert "Line 3" in done.stderr
    assert "Nothing was imported" in done.stderr


def test_a_file_without_its_columns_is_told_what_it_must_hold_and_where_that_stands(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    file.write_text("course,date\nDrug Awareness,14/03/2027\n", encoding="utf-8")

    done = bot("import", "sessions", str(file), database=demo)

    assert done.returncode == 1
    assert "sessions: Its columns must be: session ref, course, starts, ends, capacity." in done.stderr
    assert "docs/imports.md" in done.stderr


def test_a_kind_from_the_pack_takes_no_file_and_the_others_need_one() -> None:
    missing = bot("import", "people")
    assert missing.returncode == 2
    assert "Its columns must be: email, name / last name." in missing.stderr.replace("\n", " ")
    assert bot("import", "demo", "file.csv").returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ("report", "training"),
        ("evidence", "--item", "BO-01"),
        ("export-subject", "bob.sample@example.org"),
    ],
)
def test_a_file_that_cannot_be_written_is_said_to_be_so(demo: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = bot(*words, "--output", str(tmp_path / "no folder" / "out"), database=demo)

    assert done.returncode == 1
    assert "cannot be written: No such file or directory. Name another file with --output." in done.stderr
    assert "Traceback" not in done.stderr


def test_bringing_in_the_demo_again_changes_nothing(demo: Path) -> None:
    assert bot("import", "demo", database=demo).stdout == (
        "New action items from the partnership's plans: 0. New invented people: 0.\n"
    )


def test_the_published_year_is_reported_row_by_row(demo: Path) -> None:
    done = bot("report", "training", "--year", "2022-23", "--format", "json", database=demo)

    report = json.loads(done.stdout)

    assert len(report["rows"]) == 23
    assert [report["totals"][key] for key in ("booked", "attended", "not_attended")] == [541, 466, 75]


def test_a_report_can_be_written_as_a_workbook(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "training.xlsx"

    done = bot("report", "training", "--year", "2022-23", "--format", "xlsx", "--output", str(file), database=demo)

    assert done.returncode == 0
    assert file.read_bytes()[:2] == b"PK"


def test_checking_harrow_is_clean_and_lists_what_is_to_confirm() -> None:
    done = bot("check")

    assert done.returncode == 0, done.stdout
    assert "Still to be confirmed by the partnership office" in done.stdout
    assert "impact-evaluation (session-end" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("clean: 89 articles")


def test_a_broken_folder_is_a_list_of_faults_and_status_1(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(ROOT / "config/harrow", pack)
    article = pack / "guidance" / "level-3-complex-needs.md"
    article.write_text(
        article.read_text(encoding="utf-8").replace("reviewed_on:", "reviewed_on: 31 February #"), "utf-8"
    )
    (pack / "agencies.csv").write_text((pack / "agencies.csv").read_text("utf-8") + "vah,Twice,voluntary,,\n", "utf-8")

    checked, asked = bot("check", pack=str(pack)), bot("ask", "what is level 3", pack=str(pack))

    assert checked.returncode == asked.returncode == 1
    assert "guidance/level-3-complex-needs.md:" in checked.stdout
    assert "agencies.csv:" in checked.stdout
    assert "guidance/level-3-complex-needs.md:" in asked.stderr


def test_no_credentials_no_start(tmp_path: Path) -> None:
    done = bot("serve", database=tmp_path / "x.db")

    assert done.returncode == 1
    assert "PARTNERSHIP_BOT_APP_ID" in done.stderr


def test_the_local_mode_refuses_any_other_address(tmp_path: Path) -> None:
    done = bot(
        "serve",
        database=tmp_path / "x.db",
        dangerously_allow_unauthenticated_local_requests="true",
        host="0.0.0.0",  # noqa: S104 - it must be refused
    )

    assert done.returncode == 1
    assert "127.0.0.1" in done.stderr


def test_the_demo_will_not_run_beside_a_real_registration() -> None:
    done = bot("demo", app_id="11111111-1111-4111-8111-111111111111", app_password="x")

    assert done.returncode == 1
    assert "APP_ID" in done.stderr


def test_a_database_that_is_away_is_said_in_a_sentence() -> None:
    done = bot("migrate", database_url="postgresql://nobody@127.0.0.1:9/none")

    assert done.returncode == 1
    assert "The database cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_of_another_version_is_not_written_to(postgres_at_nothing: str) -> None:
    done = bot("tick", database_url=postgres_at_nothing)

    assert done.returncode == 1
    assert "python -m bot migrate" in done.stderr


def test_the_chat_in_the_terminal_books_and_cancels_by_letters(demo: Path) -> None:
    said = "what is level 3\nbook dsl forum\na\nmy bookings\na\na\nquit\n"

    done = bot("chat", database=demo, said=said)

    assert done.returncode == 0, done.stderr
    assert "Where this comes from" in done.stdout
    assert "You are booked on Safeguarding in Education" in done.stdout
    assert "is cancelled. Thank you" in done.stdout


def test_a_second_demo_does_not_take_the_data_of_one_that_runs(demo: Path) -> None:
    lock = Path(f"{demo}.lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = bot("demo", "--terminal", "--fresh", database=demo)
    assert done.returncode == 1
    assert "A demo is running with this data already" in done.stderr
    assert demo.exists()
