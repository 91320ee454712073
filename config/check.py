"""Everything `python -m bot check` says about a pack, as data. Prints nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.crosschecks import crosscheck
from config.dates import AddWorkingDays
from config.demo import demo_faults
from config.doubled import doubled_words
from config.draft import read_draft
from config.drawing import DrawnLadder, draw_ladder
from config.faults import Fault, Unconfirmed
from config.lint import ReadingAge, lint, reading_ages, review_notes
from config.pack import load_pack
from config.partnership import Calendar
from config.unconfirmed import list_unconfirmed
from config.words import read_pack_lists


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found. Faults keep the product from starting; findings should be mended before it is used."""

    faults: tuple[Fault, ...]
    findings: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    """What is true today and is chased by the product itself: articles past their review."""
    unconfirmed: tuple[Unconfirmed, ...]
    reading: tuple[ReadingAge, ...]
    ladders: tuple[DrawnLadder, ...]

    @property
    def clean(self) -> bool:
        """True when nothing is wrong. Values still to be confirmed are not wrong: they are said to be so."""
        return not self.faults and not self.findings


def check_pack(folder: Path, *, today: date, counting: Callable[[Calendar], AddWorkingDays]) -> CheckReport:
    """Check a partnership's folder. Never raises for what is in it; ladders are drawn from `today`.

    `counting`: how working days are added in a calendar, which is the folder's own.
    """
    faults: list[Fault] = []
    draft = read_draft(folder, faults)
    faults += crosscheck(draft)
    if not faults and (folder / "demo").is_dir():
        pack = load_pack(folder)
        faults += demo_faults(pack, today=today, add_working_days=counting(pack.partnership.calendar))
    listed = read_pack_lists(folder, faults)
    ages = reading_ages(draft)
    drawn: tuple[DrawnLadder, ...] = ()
    if draft.partnership:
        partnership = draft.partnership.value
        add = counting(partnership.calendar)
        drawn = tuple(draw_ladder(ladder, today, add) for ladder in partnership.ladders)
    return CheckReport(
        faults=tuple(sorted(set(faults))),
        findings=tuple(sorted({*lint(draft, ages), *doubled_words(draft.articles, listed)})),
        notes=tuple(sorted(review_notes(draft, today))),
        unconfirmed=list_unconfirmed(draft),
        reading=ages,
        ladders=drawn,
    )
