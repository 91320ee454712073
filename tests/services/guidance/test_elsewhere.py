"""What another authority's rules are is no question for ours; who moved between two is."""

from __future__ import annotations

import pytest

from services.guidance.elsewhere import Elsewhere
from services.understanding import Guide, Outcome

ELSEWHERE = Elsewhere([["brent"], ["tower", "hamlets"], ["herts"]], {"here", "moved", "harrow"})


@pytest.mark.parametrize(
    "text", ["brents levels", "what does brent charge", "tower hamlets form", "the tower hamlets", "herts lado"]
)
def test_a_question_that_names_another_authority_is_asked_of_it(text: str) -> None:
    assert ELSEWHERE.is_asked_of(text.split())


@pytest.mark.parametrize(
    "text",
    ["is brent the same here", "moved to brent", "harrow or brent", "the tower is tall", "hamlets", "levels", ""],
)
def test_one_that_is_about_two_places_or_none_is_not(text: str) -> None:
    assert not ELSEWHERE.is_asked_of(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Could you say what Kirklees' escalation timescales are?",
        "what does Merton charge when you miss training",
        "wandsworths lado number",
        "Sefton thresholds document",
        "how long does northamptonshire take to decide on a referral",
    ],
)
def test_another_authority_s_rules_are_refused(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome is Outcome.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "a family moved to Merton, who holds the plan",
        "is a level 3 in Kirklees the same as here",
        "does Harrow use the same levels as Wandsworth",
        "our trust covers Brent and Harrow, do we audit twice",
        "I work in Ealing, can I come on a course",
    ],
)
def test_a_question_about_two_places_is_answered(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome in {Outcome.ANSWER, Outcome.UNSURE, Outcome.COMMAND}
