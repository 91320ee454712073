"""The rules of the partnership that the product ships with, with the screen of the tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from config.pack import load_pack
from services.rulebook import Rulebook, workdays_of
from tests.builders import a_screen

FOLDER = Path(__file__).parent.parent.parent / "config" / "harrow"


@cache
def harrow_rules(*, manager_digest: bool = False) -> Rulebook:
    """Harrow's rules, read once for each test process; without the manager's weekly digest unless it is asked for."""
    pack = load_pack(FOLDER)
    calendar = pack.partnership.calendar.model_copy(update={"manager_digest": manager_digest})
    partnership = pack.partnership.model_copy(update={"calendar": calendar})
    return Rulebook(replace(pack, partnership=partnership), workdays_of(calendar), a_screen)
