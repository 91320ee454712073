"""How a fault is written down without the words that caused it: a message in a traceback may hold case details."""

from __future__ import annotations

import traceback


def fault_place(error: BaseException) -> str:
    """Name the line where `error` arose, as `module.py:12 in function`. Neither its message nor any value is shown."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "unknown"
    last = frames[-1]
    return f"{last.filename.rpartition('/')[2]}:{last.lineno} in {last.name}"
