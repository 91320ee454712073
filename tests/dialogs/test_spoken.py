"""Typed words do what a button does, and other words are left alone."""

from __future__ import annotations

import pytest

from dialogs import spoken
from dialogs.router import VERBS


@pytest.mark.parametrize(
    ("words", "verb", "data"),
    [
        ("take Q12", "question.take", {"question": "12"}),
        ("I'll take question q12!", "question.take", {"question": "12"}),
        ("answer q 12", "question.answer", {"question": "12", "shown": "yes"}),
        ("Answer Q12: Ask First.", "question.answer", {"question": "12", "answer": "Ask First."}),
        ("reply to Q12 - Ask First", "question.answer", {"question": "12", "answer": "Ask First"}),
        ("give back Q12", "question.give-back", {"question": "12"}),
        ("withdraw q12", "question.withdraw", {"question": "12"}),
        ("Q12", "question.show", {"question": "12"}),
        ("C-12", "challenge.open", {"challenge": "12"}),
        ("Open challenge c-12.", "challenge.open", {"challenge": "12"}),
        ("next stage of C-12", "challenge.open", {"challenge": "12"}),
        ("show Q12?", "question.show", {"question": "12"}),
        ("Q12 yes", "question.helped", {"question": "12"}),
        ("q12: it did not", "question.not-helped", {"question": "12"}),
        ("suggest Q12", "question.suggest", {"question": "12"}),
        ("suggest q12 for Making a Referral", "question.suggest", {"question": "12", "topic": "making a referral"}),
        ("My questions", "my-questions", {}),
        ("open questions", "questions", {}),
        ("Unanswered questions?", "unanswered", {}),
        ("ask a person", "question.ask", {}),
        ("ask an expert: who signs it?", "question.ask", {"question": "who signs it?"}),
        ("can I ask a person about the consent form", "question.ask", {"question": "the consent form"}),
        ("ask somone", "question.ask", {}),
        ("aks a persn", "question.ask", {}),
        ("can i speak to a pesron please", "question.ask", {}),
        ("ask an exprt: who signs the Export form?", "question.ask", {"question": "who signs the Export form?"}),
        ("ask a person how long it takes", "question.ask", {"question": "how long it takes"}),
    ],
)
def test_words_press_a_button(words: str, verb: str, data: dict[str, str]) -> None:
    assert spoken.read(words) == (verb, data)
    assert verb in VERBS


@pytest.mark.parametrize(
    "words",
    [
        "",
        "?",
        "Q1 figures please",
        "q",
        "take me off the course",
        "answer my question",
        "who do I ask about consent",
        "should I ask a parent for consent",
        "can I speak to the child alone",
        "talk to a human in social care",
        "hand over",
        "what is a person in a position of trust",
        "can I ask the person's name",
        "Q1234567890",
        "ask a parent",
        "ask a nurse",
        "speak to the prison",
    ],
)
def test_other_words_are_left_to_the_guidance(words: str) -> None:
    assert spoken.read(words) is None
