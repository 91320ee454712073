"""The partnership's own telephone numbers are read as whose they are."""

from __future__ import annotations

import pytest

from services.guidance.phone_book import PhoneBook
from services.understanding import Guide, Outcome

BOOK = PhoneBook({"020 8424 0999": "Emergency Duty Team", "999": "Emergency services"})


@pytest.mark.parametrize("number", ["020 8424 0999", "02084240999", "020-8424-0999", "0208 424 0999"])
def test_a_number_of_ours_is_whose_it_is_however_it_is_spaced(number: str) -> None:
    assert BOOK.read(f"is {number} right?") == "is Emergency Duty Team number right?"


@pytest.mark.parametrize("text", ["call 999 now", "020 8424 0998", "1020 8424 0999", "no number at all"])
def test_every_other_number_stays_as_it_is(text: str) -> None:
    assert BOOK.read(text) == text


def test_without_numbers_nothing_is_changed() -> None:
    assert PhoneBook({}).read("020 8424 0999") == "020 8424 0999"


@pytest.mark.parametrize(
    "text", ["whose number is 020 8416 8412", "who answers 02089012690", "is 020 8424 0999 for nights as well"]
)
def test_a_question_about_a_number_is_answered_with_whom_to_call(guide: Guide, text: str) -> None:
    understood = guide.understand(text)

    assert (understood.outcome, understood.topic) == (Outcome.ANSWER, "who-to-call")
