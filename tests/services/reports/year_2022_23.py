"""Files whose import reproduces the training table of 2022-23: 23 sessions, 541 bookings, 466 who attended.

The people are nobody. Dates are ours (the published table has none); sectors follow the report where it gives them
(272 education, 55 health, 53 social work, 2 police), and the 84 it does not break down have no agency.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from config.catalogue import CourseResult
from config.pack import Pack
from services.model import BookingState

YEAR = "2022-23"
AGENCIES = (("primary-school", 272), ("gp", 55), ("children-services", 53), ("met-police-nw", 2), ("", 84))


@dataclass(frozen=True)
class Files:
    """Paths in the order in which they are imported."""

    people: Path
    sessions: Path
    bookings: Path
    attendance: Path


def to_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as an office's program writes them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def delegate(number: int) -> tuple[str, str]:
    """Somebody who does not exist."""
    return f"Delegate {number:03} Example", f"delegate.{number:03}@example.org"


def _day(row: int) -> date:
    day = date(2022, 4, 5) + timedelta(days=15 * (row - 1))
    return day + timedelta(days=2 if day.weekday() >= 5 else 0)


def _agencies() -> Iterator[str]:
    """One for each who attended."""
    for agency, count in AGENCIES:
        yield from [agency] * count


def _bookings(results: Iterable[CourseResult]) -> Iterator[tuple[str, int, BookingState]]:
    number = 0
    for result in results:
        for place in range(result.booked):
            number += 1
            attended = place < result.attended
            yield (
                f"HSP-2223-{result.row:02}",
                number,
                (BookingState.ATTENDED if attended else BookingState.DID_NOT_ATTEND),
            )


def texts(pack: Pack) -> dict[str, str]:
    """The four files as text, by kind of import."""
    results = dict(pack.history)[YEAR]
    bookings = list(_bookings(results))
    agencies = _agencies()
    people = []
    for _, number, state in bookings:
        name, email = delegate(number)
        agency = next(agencies) if state is BookingState.ATTENDED else "primary-school"
        people.append((name, email, agency, "Practitioner"))
    sessions = [
        (f"HSP-2223-{one.row:02}", one.title, f"{_day(one.row):%d/%m/%Y}", "09:30", "12:30", one.booked, "Online")
        for one in results
    ]
    return {
        "people": to_csv(("Delegate name", "Email address", "Organisation", "Job title"), people),
        "sessions": to_csv(
            ("Event ref", "Event title", "Start date", "Start time", "End time", "Max delegates", "Delivery"), sessions
        ),
        "bookings": to_csv(
            ("Event ref", "Delegate email", "Booking status"),
            [(ref, delegate(number)[1], "Confirmed") for ref, number, _ in bookings],
        ),
        "attendance": to_csv(
            ("Event ref", "Delegate email", "Attended"),
            [(ref, delegate(no)[1], "Yes" if state is BookingState.ATTENDED else "No") for ref, no, state in bookings],
        ),
    }


def write_files(folder: Path, pack: Pack) -> Files:
    """The four files on disk."""
    paths = {}
    for kind, text in texts(pack).items():
        paths[kind] = folder / f"{kind}.csv"
        paths[kind].write_text(text, encoding="utf-8-sig", newline="")
    return Files(**paths)
