"""Words that put a question off are told from an answer that only begins like them."""

from __future__ import annotations

import pytest

from dialogs.not_yet import not_yet


@pytest.mark.parametrize(
    "text",
    ["not yet", "I don't know.", "too early to tell", "we'll see", "nothing so far", "Not sure yet, sorry", "dunno"],
)
def test_words_that_put_it_off_are_no_answer(text: str) -> None:
    assert not_yet(text)


@pytest.mark.parametrize(
    "text",
    [
        "not yet published, but the board minutes of 3 June agree it",
        "later referrals are better",
        "nothing to do with us",
    ],
)
def test_an_answer_may_begin_as_if_it_put_it_off(text: str) -> None:
    assert not not_yet(text)
