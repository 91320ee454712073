"""The plainest question there is about a topic, wrapped as people wrap questions, leads to the topic."""

from __future__ import annotations

import pytest

from services.understanding import Guide, Outcome

SUBJECTS = {
    "neglect": "neglect",
    "physical abuse": "physical-abuse",
    "emotional abuse": "emotional-abuse",
    "sexual abuse": "sexual-abuse",
    "domestic abuse": "domestic-abuse",
    "county lines": "exploitation",
    "fgm": "fgm",
    "forced marriage": "honour-based-abuse",
    "radicalisation": "radicalisation",
    "modern slavery": "modern-slavery",
    "private fostering": "private-fostering",
    "young carers": "young-carers",
    "hoarding": "self-neglect-hoarding",
    "missing children": "missing-children",
    "unborn babies": "unborn-babies",
    "peer on peer abuse": "child-on-child-abuse",
    "significant harm": "significant-harm",
    "section 17": "child-in-need",
    "care proceedings": "care-proceedings",
    "mental capacity": "mental-capacity",
    "information sharing": "information-sharing",
    "level 1": "level-1-universal",
    "level 2": "level-2-early-help",
    "level 3": "level-3-complex-needs",
    "level 4": "level-4-acute-need",
}
WRAPPED = (
    "{}",
    "tell me about {}",
    "what does the guidance say about {}",
    "i have a concern about {}",
    "do you have a page on {} please",
    "hi, can you explain {}? thanks",
    "what is {}",
    "what does {} mean",
    "{} policy",
    "who do i call about {}",
)


@pytest.mark.parametrize("wrapped", WRAPPED)
def test_the_wrapping_of_a_question_says_nothing_about_its_topic(guide: Guide, wrapped: str) -> None:
    understood = {subject: guide.understand(wrapped.format(subject)) for subject in SUBJECTS}
    lost = {subject for subject, one in understood.items() if one.outcome not in (Outcome.ANSWER, Outcome.UNSURE)}
    assert lost == set()
    right = [subject for subject, one in understood.items() if one.topic == SUBJECTS[subject]]
    assert len(right) >= 0.9 * len(SUBJECTS), set(SUBJECTS) - set(right)


@pytest.mark.parametrize("subject", ["neglect", "physical abuse", "fgm", "domestic abuse", "level 2", "level 4"])
def test_the_threshold_of_a_topic_is_answered_with_the_topic(guide: Guide, subject: str) -> None:
    assert guide.understand(f"what is the threshold for {subject}").topic == SUBJECTS[subject]
