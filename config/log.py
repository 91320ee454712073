"""Sets up logging once, at the door: one line per event, for machines or for a terminal, safe to keep."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import TextIO
from uuid import uuid4

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from config.redaction import clean_event

_UNSAFE_ID = re.compile(r"[^A-Za-z0-9_.:-]")
_ROOMS = ("bot", "config", "dialogs", "scheduler", "services")
"""Only we write in detail: a library's DEBUG lines hold what people wrote, as the values of its statements."""
_QUIET = ("aiohttp.access", "alembic", "apscheduler", "asyncio", "botbuilder", "msal", "sqlalchemy", "urllib3")
"""Libraries that log every step, some with the values of rows or requests: only their warnings are kept."""


def set_up_logging(level: str, format: str, stream: TextIO | None = None) -> None:
    """Send everything, the libraries' own lines included, to `stream` (standard error if not given).

    `level` is DEBUG, INFO, WARNING or ERROR; `format` is json or console. May be called again; the last call holds.
    """
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_common(), processors=[_drop_record, _finish, _renderer(format, target)]
        )
    )
    handler.set_name(__name__)
    root = logging.getLogger()
    for old in [old for old in root.handlers if old.get_name() == __name__]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(max(logging.INFO, wanted := logging.getLevelNamesMapping()[level]))
    for room in _ROOMS:
        logging.getLogger(room).setLevel(wanted)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[*_common(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(wanted),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


@contextmanager
def request(request_id: str | None = None) -> Iterator[str]:
    """Put one id on every line logged inside, so that one request can be followed. A foreign id is made harmless."""
    given = _UNSAFE_ID.sub("", request_id or "")[:64] or uuid4().hex
    with structlog.contextvars.bound_contextvars(request_id=given):
        yield given


def _common() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _drop_record(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    for key in ("_record", "_from_structlog"):
        event.pop(key, None)
    return event


def _finish(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Every line has an action, its traceback as text, and nothing that must not be kept."""
    event = structlog.processors.format_exc_info(logger, method, event)
    event.setdefault("action", f"library.{event.get('logger', 'unknown')}")
    cleaned: MutableMapping[str, object] = clean_event(event)
    return cleaned


def _renderer(format: str, stream: TextIO) -> Processor:
    if format == "json":
        return structlog.processors.JSONRenderer(sort_keys=True)
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)
