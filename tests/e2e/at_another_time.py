"""A command of the product as if it were DAYS days later: `python -m tests.e2e.at_another_time DAYS COMMAND ...`.

The product has no such switch. Only the process of the tests lives at another time.
"""

from __future__ import annotations

import runpy
import sys
from datetime import UTC, datetime, timedelta

import time_machine


def main() -> None:
    """Travel, and then be `python -m bot`."""
    days = int(sys.argv[1])
    sys.argv = ["bot", *sys.argv[2:]]
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=True):
        runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
