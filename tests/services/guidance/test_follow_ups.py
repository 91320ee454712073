"""Questions beside the topic just shown: which lean on it, and which stand for themselves."""

from __future__ import annotations

import pytest

from services.understanding import Guide, Outcome


def test_a_follow_up_leans_on_the_topic_just_shown(guide: Guide) -> None:
    after = guide.understand("and how long does that take?", topic="making-a-referral")
    assert after.outcome is Outcome.ANSWER
    assert after.topic in {"mash-decision-time", "making-a-referral"}
    without = guide.understand("what about without consent?", topic="making-a-referral")
    assert without.topic == "consent-to-refer"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("elective-home-education", "how long have we got to tell the council"),
        ("information-sharing", "and if she says no"),
        ("unborn-babies", "is it too early to refer"),
        ("conference-dissent", "how long do I have"),
        ("was-not-brought", "how many before I do something"),
        ("physical-abuse", "shall I take a photo"),
        ("school-records-transfer", "do I post it"),
        ("fgm", "what if I only suspect it"),
        ("child-protection-conference", "can the parents come"),
        ("low-level-concerns", "where"),
        ("lado-referral", "do I suspend him"),
        ("dsl-forum", "how long is it"),
        ("neglect", "when is it bad enough"),
    ],
)
def test_what_could_be_asked_of_any_topic_is_asked_of_the_one_just_shown(guide: Guide, shown: str, text: str) -> None:
    assert guide.understand(text, topic=shown).topic == shown


@pytest.mark.parametrize(
    "text", ["what is a child missing education?", "lado number", "what is a core group", "when to ring 999"]
)
@pytest.mark.parametrize("shown", ["section-11-audit", "certificates", "neglect"])
def test_a_short_question_that_names_its_topic_stands_for_itself(guide: Guide, shown: str, text: str) -> None:
    assert guide.understand(text, topic=shown) == guide.understand(text)


@pytest.mark.parametrize(
    "text", ["what is the capital of Mongolia", "tell me a joke", "bitcoin price", "where can I watch it"]
)
def test_what_is_outside_stays_outside_whatever_was_shown(guide: Guide, text: str) -> None:
    assert guide.understand(text, topic="child-in-need").outcome is Outcome.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("shown", "text", "topic"),
    [
        ("neglect", "and what about private fostering?", "private-fostering"),
        ("level-3-complex-needs", "also how do i escalate", "escalation-overview"),
        ("fgm", "and how do i escalate?", "escalation-overview"),
        ("level-2-early-help", "and for level 4", "level-4-acute-need"),
        ("levels-of-need", "and 4?", "level-4-acute-need"),
        ("level-3-complex-needs", "what about 2", "level-2-early-help"),
        ("level-3-complex-needs", "what about level 2?", "level-2-early-help"),
        ("fgm", "what about forced marriage", "honour-based-abuse"),
        ("significant-harm", "is that different for a disabled child", "disabled-children"),
        ("child-in-need", "do i need consent for that", "consent-to-refer"),
        ("neglect", "ok and how do i refer", "making-a-referral"),
    ],
)
def test_a_follow_up_that_names_another_topic_goes_there(guide: Guide, shown: str, text: str, topic: str) -> None:
    assert guide.understand(text, topic=shown).topic == topic


def test_a_follow_up_that_may_mean_another_topic_is_offered_both(guide: Guide) -> None:
    understood = guide.understand("and what about dad", topic="domestic-abuse")
    assert understood.outcome is Outcome.UNSURE
    assert [one.topic for one in understood.candidates] == ["working-with-fathers", "domestic-abuse"]


def test_a_full_question_is_read_for_itself_whatever_was_shown_before(guide: Guide) -> None:
    text = "How do I transfer a safeguarding file to the new school when a pupil moves?"
    assert guide.understand(text, topic="marac").topic == "school-records-transfer"


def test_an_unknown_topic_shown_before_is_as_good_as_none(guide: Guide) -> None:
    text = "and how long does that take?"
    assert guide.understand(text, topic="no-such-topic") == guide.understand(text)


@pytest.mark.parametrize("text", ["escalate, they said no on Tuesday", "book it for me", "cancel that booking"])
def test_an_order_is_no_follow_up_although_it_points_back(guide: Guide, text: str) -> None:
    assert guide.understand(text, topic="level-3-complex-needs") == guide.understand(text)
    assert guide.understand(text).outcome is Outcome.COMMAND


def test_a_number_of_something_else_is_no_level(guide: Guide) -> None:
    for words in ("what happens after 5 days", "and they have 2 children", "4"):
        assert guide.understand(words, topic="escalation-stages").topic != "level-4-acute-need"


@pytest.mark.parametrize(
    "words", ["a girl is not eating", "a parent hits the child", "a girl keeps coming in dirty", "my pupil has bruises"]
)
@pytest.mark.parametrize("shown", ["dsl-forum", "lado-referral", "escalation-timescales"])
def test_a_worry_about_somebody_new_leans_on_no_page(guide: Guide, words: str, shown: str) -> None:
    assert guide.understand(words, topic=shown) == guide.understand(words)


@pytest.mark.parametrize("shown", ["lado-referral", "making-a-referral", "serious-incident"])
def test_how_quickly_is_asked_of_the_page_just_shown(guide: Guide, shown: str) -> None:
    for words in ("how quickly", "how soon?", "what is the time limit", "by when"):
        assert guide.understand(words, topic=shown).topic == shown
