"""Short words that put something off or tell an age are no cry for help; the same with one word of danger more are."""

from __future__ import annotations

import pytest

from services.screening.manners import is_mere_manners
from services.understanding import Guide, Outcome

LOOK_ALIKES = (
    "not right now",
    "not right now please",
    "no, not right now",
    "sorry, not right now",
    "not right now thanks",
    "not for me right now",
    "not this one right now",
    "sorry, may please",
    "sorry, please",
    "please, sorry",
    "sorry, not now",
    "he is 17 now",
    "she's 17 now",
    "I am 17 now",
    "they are both sixteen now",
    "she is 3 years old now",
)
NEAR_THEM = (
    "not safe right now",
    "not breathing right now",
    "not right now he is in the room",
    "no not right now he will hear me",
    "I can't talk right now he is here",
    "sorry, he is hitting her",
    "sorry please help me",
    "sorry may please come quickly",
    "sorry I can't go on",
    "he is 17 now and he has a knife",
    "she is 14 now and is being hit",
    "she is 3 now and alone in the flat",
    "he is 6 now missing since 3pm",
    "he is 17 now on the roof",
    "mum has taken 20 now",
    "she has 20 now",
    "he is here now",
    "help now",
    "please come now",
    "call 999 now",
)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_manners_and_ages_raise_no_alarm(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome is not Outcome.EMERGENCY


@pytest.mark.parametrize("text", NEAR_THEM)
def test_a_word_of_danger_beside_them_comes_before_everything(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome is Outcome.EMERGENCY


@pytest.mark.parametrize("words", ["now", "please now", "right now", "please", "no please no", "they are here now", ""])
def test_what_puts_nothing_off_is_weighed_as_ever(words: str) -> None:
    assert not is_mere_manners(words.split())
