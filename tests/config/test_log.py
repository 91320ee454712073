"""Everything that is logged, by us or by a library, comes out as one safe line with an action."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator

import pytest
import structlog

from config.log import request, set_up_logging

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the lines go; everything set up is taken back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def lines(stream: io.StringIO) -> Lines:
    """The lines logged so far."""
    set_up_logging("INFO", "json", stream)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_has_its_sentence_its_action_and_a_moment_in_utc(lines: Lines) -> None:
    structlog.get_logger("bot.handler").info("Answered", action="answered", topic="level-3", person_id=12)

    (line,) = lines()
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {
        "event": "Answered",
        "action": "answered",
        "level": "info",
        "logger": "bot.handler",
        "topic": "level-3",
        "person_id": 12,
    }


def test_what_a_person_wrote_never_reaches_the_log(lines: Lines) -> None:
    log = structlog.get_logger("bot")
    log.info("Heard", action="heard", text="Sam is at 1 High Street", sender="Alice")
    log.warning("Could not mail bob@example.org", action="mail_failed", code="550 bob")

    assert [line["action"] for line in lines()] == ["heard", "mail_failed"]
    assert "Sam" not in str(lines())
    assert "Alice" not in str(lines())
    assert "bob@" not in str(lines())


def test_a_librarys_line_is_cleaned_too_and_gets_an_action(lines: Lines) -> None:
    logging.getLogger("aiohttp.server").error("Error for %s", "bob@example.org\nforged")

    (line,) = lines()
    assert line["event"] == "Error for [removed] forged"
    assert line["action"] == "library.aiohttp.server"


def test_an_exception_is_told_with_its_traceback_and_without_its_values(lines: Lines) -> None:
    log = structlog.get_logger("bot")
    try:
        raise ValueError("no place for alice@example.org")
    except ValueError:
        log.exception("Booking failed", action="booking_failed")
        logging.getLogger("apscheduler.scheduler").exception("Job failed")

    ours, theirs = lines()
    for line in (ours, theirs):
        assert "ValueError: no place for [removed]" in str(line["exception"])


def test_libraries_that_log_every_step_are_kept_to_warnings(lines: Lines) -> None:
    set_up_logging("DEBUG", "json", io.StringIO())
    names = ("sqlalchemy.engine.Engine", "aiohttp.access", "apscheduler.scheduler", "botbuilder", "asyncio")

    assert not any(logging.getLogger(name).isEnabledFor(logging.INFO) for name in names)


def test_no_library_writes_in_detail_for_that_would_hold_what_people_wrote(lines: Lines) -> None:
    stream = io.StringIO()
    set_up_logging("DEBUG", "json", stream)
    structlog.get_logger("bot.app").debug("Ours", action="ours")
    for library in ("aiosqlite", "psycopg", "a.library.of.tomorrow"):
        logging.getLogger(library).debug("executing INSERT INTO tickets (%s)", "what somebody asked")

    assert "Ours" in stream.getvalue()
    assert "somebody" not in stream.getvalue()


def test_lines_below_the_level_are_not_written(lines: Lines) -> None:
    structlog.get_logger("bot").debug("Detail", action="detail")
    logging.getLogger("somewhere").debug("Detail")

    assert lines() == []


def test_one_request_has_one_id_on_every_line(lines: Lines) -> None:
    log = structlog.get_logger("bot")
    with request() as first:
        log.info("One", action="one")
        logging.getLogger("aiohttp.server").warning("Two")
    log.info("Three", action="three")

    assert [line.get("request_id") for line in lines()] == [first, first, None]


def test_a_foreign_request_id_is_made_harmless(lines: Lines) -> None:
    with request('abc"\n{"forged": 1}' + "x" * 100) as given:
        structlog.get_logger("bot").info("One", action="one")

    assert given.startswith("abcforged:1x")
    assert len(given) == 64
    assert lines()[0]["request_id"] == given


def test_a_warning_becomes_a_line(lines: Lines) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old thing used", DeprecationWarning, stacklevel=1)

    assert "old thing used" in str(lines()[0]["event"])


def test_setting_up_twice_writes_every_line_once(lines: Lines, stream: io.StringIO) -> None:
    set_up_logging("INFO", "json", stream)
    structlog.get_logger("bot").info("Once", action="once")

    assert len(lines()) == 1


def test_a_terminal_gets_a_readable_line(stream: io.StringIO) -> None:
    set_up_logging("INFO", "console", stream)
    structlog.get_logger("bot").info("Answered", action="answered", email="a@b.org")

    assert "Answered" in stream.getvalue()
    assert "action=answered" in stream.getvalue()
    assert "a@b.org" not in stream.getvalue()
