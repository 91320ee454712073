"""First names that no list of ours holds, and names told by what can only be a surname."""

from __future__ import annotations

import pytest

from config.words import read_english
from services.screening import IdentifierKind as Kind
from services.understanding import Guide


@pytest.mark.parametrize("name", ["candice", "gertie", "marnie", "ayla"])
def test_the_list_at_large_holds_names_that_ours_does_not(name: str) -> None:
    english = read_english()

    assert name not in english.given_names
    assert name in {one.casefold() for one in english.first_names}


@pytest.mark.parametrize(
    "text",
    [
        "the mum, candice, wont consent",
        "marnie came in with bruises again",
        "what do I do about ioana",
        "Doruk told me he is hungry",
        "lucian 6 and his sister share one bed",
        "bree 4 lives with nan",
        "strategy meeting for lucian thistlewick",
        "the kettleworth-bray household has no gas",
        "Which worker holds the Kettlewick case?",
        "close the Thistlewick referral",
        "is Child M really Jordan Thistlewick",
    ],
)
def test_a_name_at_large_and_what_can_only_be_a_surname_are_somebody(guide: Guide, text: str) -> None:
    assert Kind.NAME in guide.identifiers_in(text)


@pytest.mark.parametrize("text", ["GP, a Year 11 girl", "is TA, a 9 year old boy, known", "GP a y4 pupil of ours"])
def test_short_forms_that_are_said_to_be_a_child_are_initials(guide: Guide, text: str) -> None:
    assert Kind.AGE_WITH_INITIALS in guide.identifiers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "police merlin",
        "SUDI process",
        "safeguarding leda for our school",
        "what happens afer the conference",
        "parent is sayin no",
        "lado email addy",
        "how long is the river nile",
        "booker prize winner",
        "the Sara Sharif case",
        "the Gillick case",
        "people from Jordan",
        "the Jordan Valley",
        "max 20 and no more",
        "is the GP a year behind with records",
        "the well-being household survey",
    ],
)
def test_words_and_slips_that_are_names_somewhere_are_nobody(guide: Guide, text: str) -> None:
    assert guide.identifiers_in(text) == frozenset()
