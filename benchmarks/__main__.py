"""`make bench`: every benchmark, one after the other. Each prints ratios against a baseline in its own run.

    python -m benchmarks [NAME ...]

Exit 1 when one of them misses what was asked for.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = ("turn", "guidance", "bookers", "office", "sweep", "sending")


def main() -> None:
    failed = []
    for name in sys.argv[1:] or NAMES:
        print(f"=== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=Path(__file__).parent.parent).returncode:
            failed.append(name)
    if failed:
        raise SystemExit(f"missed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
