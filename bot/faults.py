"""Faults for operators: why the bot does not start, and how one is written down without the words that caused it."""

from __future__ import annotations

import traceback


class CannotStart(Exception):
    """The configuration would leave the door open, or shut for everybody. The message is for the operator."""


def fault_place(error: BaseException) -> str:
    """Name the line where `error` arose, as `module.py:12 in function`.

    Neither its message nor any value is shown: a message in a traceback may hold case details.
    """
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "unknown"
    last = frames[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno} in {last.name}"
