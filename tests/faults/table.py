"""The figures of `make faults`, drawn as a table that a person can check the promises by."""

from __future__ import annotations

from collections.abc import Sequence

from tests.faults.stage import Outcome

COLUMNS = ("run", "notices", "kills", "delivered", "lost", "doubled", "uncertain", "of these arrived", "blocked",
           "missed", "two digests", "seconds")  # fmt: skip


def _cells(one: Outcome) -> tuple[str, ...]:
    numbers = (one.notices, one.kills.total(), one.delivered, one.lost, one.doubles, len(one.uncertain))
    more = (one.uncertain_arrived, one.blocked, one.missed, one.two_digests, round(one.seconds))
    return (one.name, *(f"{number:,}" for number in (*numbers, *more)))


def drawn(outcomes: Sequence[Outcome]) -> str:
    """A line for each run, then where processes were killed, what the connector did, and every uncertain notice."""
    rows = [COLUMNS, *(_cells(one) for one in outcomes)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(COLUMNS))]
    lines = ["  ".join(cell.rjust(width) if n else cell.ljust(width) for n, (cell, width) in
                       enumerate(zip(row, widths, strict=True))) for row in rows]  # fmt: skip
    lines.insert(1, "-" * len(lines[0]))
    for one in outcomes:
        lines += ["", one.name]
        if one.kills:
            lines.append("  killed: " + ", ".join(f"{count} {point}" for point, count in sorted(one.kills.items())))
        if one.modes:
            accepted = ", ".join(f"{mode} {count}" for mode, count in sorted(one.modes.items()))
            lines.append(f"  accepted by the connector: {accepted}")
        if one.uncertain:
            lines.append("  uncertain, on the manager's list: " + " ".join(str(notice) for notice in one.uncertain))
    return "\n".join(lines)
