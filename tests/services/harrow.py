"""The rules of the partnership that the product ships with, with the screen of the tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from config.pack import load_pack
from services.rulebook import Rulebook, workdays_of
from tests.builders import a_screen

FOLDER = Path(__file__).parent.parent.parent / "config" / "harrow"


@cache
def harrow_rules() -> Rulebook:
    """Harrow's rules, read once for each test process."""
    pack = load_pack(FOLDER)
    return Rulebook(pack, workdays_of(pack.partnership.calendar), a_screen)
