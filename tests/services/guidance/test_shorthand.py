"""Words written without vowels or without their last letter, as people in a hurry type them."""

from __future__ import annotations

import pytest

from services.language import Speller
from services.language.shorthand import Shorthand

USES = {
    "meeting": 9,
    "stage": 5,
    "strong": 9,
    "training": 30,
    "worker": 9,
    "parent": 8,
    "print": 4,
    "about": 9,
    "threshold": 4,
    "asking": 9,
    "cousin": 3,
    "begin": 4,
    "beginning": 4,
    "rare": 1,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mtg", "meeting"),
        ("stg", "stage"),
        ("trng", "training"),
        ("trnng", "training"),
        ("wrkr", "worker"),
        ("wkr", "worker"),
        ("prnt", "parent"),
        ("abt", "about"),
        ("thrshld", "threshold"),
    ],
)
def test_a_word_without_vowels_stands_for_the_commonest_that_fits(typed: str, meant: str) -> None:
    assert Shorthand(USES).stands_for(typed) == meant


@pytest.mark.parametrize("typed", ["dwp", "nrm", "mt", "mating", "strngr", "rr", "rre"])
def test_an_abbreviation_of_something_else_stands_for_nothing(typed: str) -> None:
    assert Shorthand(USES).stands_for(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("trainin", "training"), ("askin", "asking"), ("cousin", "cousin"), ("begin", "begin")]
)
def test_a_dropped_g_is_put_back_where_only_that_makes_a_word_of_ours(typed: str, meant: str) -> None:
    speller = Speller(set(), USES | {"trainin": 1}, {})

    assert speller.words(typed) == [meant]


def test_an_everyday_word_lacks_no_g_however_rare_it_is_with_us() -> None:
    speller = Speller({"thin"}, {"thing": 500, "thin": 2}, {})

    assert speller.words("he is very thin")[-1] == "thin"


def test_a_word_at_large_is_left_as_it_is_though_it_has_no_vowels() -> None:
    assert Speller({"mtg"}, USES, {}).words("mtg") == ["mtg"]
