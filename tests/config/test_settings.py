"""The environment is read once, typed, and refused with one sentence for each thing that is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pydantic
import pytest

from config.settings import PREFIX, Settings, SettingsError, load_settings, settings_table

APP = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
LOCAL = "DANGEROUSLY_ALLOW_UNAUTHENTICATED_LOCAL_REQUESTS"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(PREFIX + name, value)
    return load_settings()


def faults(monkeypatch: pytest.MonkeyPatch, **values: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        settings(monkeypatch, **values)
    return raised.value.faults


def test_without_any_environment_it_is_local_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch)

    assert given.database_url == "sqlite+aiosqlite:///var/partnership.db"
    assert given.pack == Path("config/harrow")
    assert (given.host, given.port) == ("127.0.0.1", 3978)
    assert not given.dangerously_allow_unauthenticated_local_requests
    assert given.tenants == frozenset()
    assert len(given.faults_for_serving()) == 2


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///var/x.db", "sqlite+aiosqlite:///var/x.db"),
        ("sqlite+pysqlite:////data/x.db", "sqlite+aiosqlite:////data/x.db"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d?sslmode=require", "postgresql+psycopg://u:p@h/d?sslmode=require"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
    ],
)
def test_a_database_url_comes_out_with_our_driver(monkeypatch: pytest.MonkeyPatch, written: str, used: str) -> None:
    assert settings(monkeypatch, DATABASE_URL=written).database_url == used


def test_every_fault_is_told_in_one_sentence_and_no_secret_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    told = faults(
        monkeypatch,
        DATABASE_URL="mysql://me:hidden1@db/x",
        PORT="99999",
        APP_ID="my bot",
        ALLOWED_TENANTS=f"{TENANT}, everybody",
        LOG_LEVEL="loud",
        LOG_FORMAT="xml",
        SMTP_URL="http://me:hidden2@mail",
        MAIL_FROM="nobody",
        **{LOCAL: "perhaps"},
    )

    assert told == (
        "PARTNERSHIP_BOT_DATABASE_URL must begin with sqlite:// or postgresql://.",
        "PARTNERSHIP_BOT_PORT must be a whole number from 1 to 65535.",
        "PARTNERSHIP_BOT_APP_ID must be an id such as 00000000-0000-0000-0000-000000000000.",
        "PARTNERSHIP_BOT_ALLOWED_TENANTS must hold ids such as 00000000-0000-0000-0000-000000000000.",
        f"PARTNERSHIP_BOT_{LOCAL} must be true or false.",
        "PARTNERSHIP_BOT_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.",
        "PARTNERSHIP_BOT_LOG_FORMAT must be json or console.",
        "PARTNERSHIP_BOT_SMTP_URL must look like smtp://user:password@host:587 or smtps://host.",
        "PARTNERSHIP_BOT_MAIL_FROM must be an e-mail address.",
    )
    assert "hidden" not in "".join(told)


def test_a_mistyped_name_is_refused_and_the_right_one_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, DATABSE_URL="sqlite:///x.db") == (
        "PARTNERSHIP_BOT_DATABSE_URL is not a setting; did you mean PARTNERSHIP_BOT_DATABASE_URL?",
    )


def test_local_requests_without_a_token_are_for_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, **{LOCAL: "true"}).faults_for_serving() == ()
    assert faults(monkeypatch, HOST="0.0.0.0") == (  # noqa: S104
        f"PARTNERSHIP_BOT_{LOCAL} needs PARTNERSHIP_BOT_HOST=127.0.0.1.",
    )


def test_local_requests_without_a_token_never_stand_beside_a_real_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = faults(monkeypatch, APP_ID=APP, APP_PASSWORD="hidden", **{LOCAL: "true"})

    assert "cannot stand beside PARTNERSHIP_BOT_APP_ID" in told


def test_settings_that_need_each_other_are_asked_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, APP_ID=APP, SMTP_URL="smtp://mail:25") == (
        "PARTNERSHIP_BOT_APP_ID and PARTNERSHIP_BOT_APP_PASSWORD must be given together.",
        "PARTNERSHIP_BOT_SMTP_URL needs PARTNERSHIP_BOT_MAIL_FROM.",
    )


def test_a_mailbox_in_graph_stands_alone_and_needs_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, GRAPH_MAILBOX="bot@x.example", SMTP_URL="smtp://mail:25", MAIL_FROM="bot@x.example") == (
        "PARTNERSHIP_BOT_GRAPH_MAILBOX and PARTNERSHIP_BOT_SMTP_URL are two ways for the same; set one of them.",
        "PARTNERSHIP_BOT_GRAPH_MAILBOX needs PARTNERSHIP_BOT_APP_ID and PARTNERSHIP_BOT_APP_TENANT_ID.",
    )


def test_the_applications_own_tenant_is_let_in_unless_a_list_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    own = settings(monkeypatch, APP_ID=APP, APP_PASSWORD="hidden", APP_TENANT_ID=TENANT.upper())
    assert own.tenants == {TENANT}
    assert own.faults_for_serving() == ()

    assert settings(monkeypatch, ALLOWED_TENANTS=f" {APP} ,{TENANT},").tenants == {APP, TENANT}


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("from a file\n", encoding="utf-8")
    given = settings(monkeypatch, APP_ID=APP, APP_PASSWORD_FILE=str(file))

    assert given.app_password is not None
    assert given.app_password.get_secret_value() == "from a file"


def test_a_secret_file_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (told,) = faults(monkeypatch, APP_PASSWORD_FILE=str(tmp_path / "gone"))

    assert told == (
        f"PARTNERSHIP_BOT_APP_PASSWORD_FILE names {tmp_path / 'gone'}, which cannot be read: No such file or directory."
    )


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe", "is no text in UTF-8")]
)
def test_a_secret_file_without_a_secret_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(content)

    assert faults(monkeypatch, APP_PASSWORD_FILE=str(file)) == (
        f"PARTNERSHIP_BOT_APP_PASSWORD_FILE names {file}, which {why}.",
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://bot:se@cret@127.0.0.1/x", "write @ as %40"),
        ("postgresql://bot:10%of@127.0.0.1/x", "% as %25"),
        ("postgresql://bot:secret@127.0.0.1:notaport/x", "has a port that is no whole number"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
    ],
)
def test_a_database_url_that_could_not_work_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str, why: str
) -> None:
    (told,) = faults(monkeypatch, DATABASE_URL=url)

    assert why in told
    assert "cret" not in told


@pytest.mark.parametrize("url", ["smtp://u:p@h:99999", "smtp://:25", "smtps://me@h:port"])
def test_a_mail_server_that_could_not_work_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    (told,) = faults(monkeypatch, SMTP_URL=url, MAIL_FROM="bot@harrow.example")

    assert told.startswith("PARTNERSHIP_BOT_SMTP_URL must look like")


@pytest.mark.parametrize("sender", ["bot@harrow_lscb.uk", "Bot <bot@harrow_lscb.uk>", "a@b@c.uk"])
def test_a_sender_that_no_letter_could_carry_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, sender: str
) -> None:
    assert faults(monkeypatch, MAIL_FROM=sender) == ("PARTNERSHIP_BOT_MAIL_FROM must be an e-mail address.",)


def test_nothing_that_is_printed_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(
        monkeypatch,
        APP_ID=APP,
        APP_PASSWORD="hidden1",
        DATABASE_URL="postgresql://me:hidden2@db/x",
        SMTP_URL="smtp://me:hidden3@mail",
        MAIL_FROM="Partnership <office@example.org>",
    )

    assert APP in repr(given)
    assert APP in str(given)
    assert "hidden" not in repr(given) + str(given)


def test_settings_cannot_be_changed_after_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(monkeypatch)

    with pytest.raises(pydantic.ValidationError):
        given.port = 1  # type: ignore[misc]


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, PORT="", APP_PASSWORD="").port == 3978


def test_every_setting_says_what_it_is_for() -> None:
    table = settings_table()

    assert {line.name.removeprefix(PREFIX).lower() for line in table} == set(Settings.model_fields)
    assert all(len(line.description) > 15 and line.description.endswith(".") for line in table)
