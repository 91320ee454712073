"""Finds what a file means by a name: a course or an agency, by its id, its title or another word for it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

from config.pack import Pack
from services.imports.cells import CellError, shown, words_of
from services.imports.columns import plain
from services.imports.sheet import Cell

_ANY = ("course", "courses", "training", "session", "workshop")


def course_id(pack: Pack) -> Callable[[Cell], str]:
    """A course of the pack, by id, title, a title the annual report printed, or an alias."""
    known: dict[str, str] = {}
    for course in pack.courses:
        known |= {plain(name): course.id for name in (*course.aliases, course.title, course.id)}
    for _, results in pack.history:
        known |= {plain(result.title): result.course for result in results}
    return _look_up(known, "import-course-unknown", {course.id: course.title for course in pack.courses})


def agency_id(pack: Pack) -> Callable[[Cell], str]:
    """An agency of the pack, by id or name. A school's own name is not one: its kind is, such as Primary school."""
    known = {plain(name): agency.id for agency in pack.agencies for name in (agency.name, agency.id)}
    return _look_up(known, "import-agency-unknown", {agency.id: agency.name for agency in pack.agencies})


def owner_keys(pack: Pack) -> Callable[[Cell], frozenset[str]]:
    """Roles of the pack that own guidance, by key or title; several with semicolons between."""
    known = {plain(name): owner.key for owner in pack.partnership.owners for name in (owner.title, owner.key)}
    one = _look_up(known, "import-owner-unknown", {owner.key: owner.title for owner in pack.partnership.owners})

    def parse(cell: Cell) -> frozenset[str]:
        return frozenset(one(part.strip()) for part in words_of(cell).split(";") if part.strip())

    return parse


def plan_id(pack: Pack) -> Callable[[Cell], str]:
    """An action plan of the pack by id or title, or a new one by whatever it is called."""
    known = {plain(name): plan.id for plan in pack.plans for name in (plan.title, plan.id)}

    def parse(cell: Cell) -> str:
        words = words_of(cell)
        return known.get(plain(words), words[:100])

    return parse


def _look_up(known: Mapping[str, str], code: str, titles: Mapping[str, str]) -> Callable[[Cell], str]:
    def parse(cell: Cell) -> str:
        asked = plain(words_of(cell))
        if asked in known:
            return known[asked]
        near = _near(asked, known, titles)
        raise CellError(f"{code}-near" if near else code, value=shown(cell), near=near)

    return parse


def _near(asked: str, known: Mapping[str, str], titles: Mapping[str, str]) -> str:
    names = {_telling(name): name for name in reversed(list(known))}
    found = difflib.get_close_matches(_telling(asked), list(names), n=1, cutoff=0.6)
    # An id is the pack's own word, and an alias a short one: people are told the title it stands for.
    return titles.get(known[names[found[0]]], "") if found else ""


def _telling(name: str) -> str:
    """A name without the words that say nothing of which one: any two courses have those in common."""
    return " ".join(word for word in name.split() if not difflib.get_close_matches(word, _ANY, n=1, cutoff=0.8)) or name
