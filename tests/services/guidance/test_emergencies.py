from __future__ import annotations

import pytest

from services.screening.grammar import plain_numbers, tenses
from services.screening.tags import Tagger
from services.understanding import Guide, IdentifierKind, Outcome


@pytest.mark.parametrize(
    "text",
    [
        "he has a knife and the children are upstairs",
        "my pupil says she took a whole packet of paracetamol this morning",
        "baby is floppy and wont wake up",
        "babby not breethin",
        "a man has just pulled a girl into a van outside school",
        "two toddlers alone in the flat and mum has not been back since last night",
        "i am going to kill myself tonight",
        "she says her dad will beat her when she gets home today",
        "he wont let me leave and he has locked the door",
        "mum has turned up drunk and wants to drive the kids home",
        "they are putting her on a plane tonight to be cut",
        "Not being dramatic but he is strangling her",
        "a carer is hitting my resident right now",
        "what do i do he has got a gun",
        "gone since 3pm, she is only 6",
        "a cutter is with the girls upstairs",
        "no answer at the door and a baby is crying inside",
        "two year old in the road with no shoes on",
        "999",
        "999!!",
    ],
)
def test_someone_at_risk_now_comes_before_everything(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome is Outcome.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "emergency duty team number",
        "tomorrow",
        "tomorrow at five",
        "course on suicide prevention",
        "what does immediate danger mean",
        "training about knife crime for teachers",
        "a pupil brought a knife in last term, do we need a plan?",
        "MASH closed it, what now",
        "what age can a child be left alone",
        "threats to kill and the DASH checklist",
        "is smacking illegal",
        "nobody is hurt, just checking how to record it",
        "review of the baby who was shaken",
        "my deadline is tomorrow, urgent, how do I book",
    ],
)
def test_an_ordinary_question_with_hard_words_raises_no_alarm(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome is not Outcome.EMERGENCY


@pytest.mark.parametrize(
    "text",
    ["a pothole outside the office has wrecked my tyre", "forgot my windows password and now I'm locked out"],
)
def test_words_of_danger_about_what_is_surely_outside_raise_no_alarm(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome is Outcome.OUT_OF_SCOPE


def test_a_certain_emergency_wins_over_a_name_and_tells_of_the_name(guide: Guide) -> None:
    understood = guide.understand("Rosalind Fennimore is not breathing, her dad has strangled her")
    assert understood.outcome is Outcome.EMERGENCY
    assert IdentifierKind.NAME in understood.identifiers


def test_a_name_in_a_merely_worrying_message_is_refused_as_identifiable(guide: Guide) -> None:
    assert guide.understand("Rosalind Fennimore has old burns on her arm").outcome is Outcome.IDENTIFIABLE


def test_the_emergency_comes_first_in_the_middle_of_another_topic(guide: Guide) -> None:
    assert guide.understand("and now he is hitting her", topic="domestic-abuse").outcome is Outcome.EMERGENCY


@pytest.mark.parametrize("text", ["he has a knife", "where do i send the form", "", "the child is on her own", "knife"])
def test_a_tag_that_may_not_be_held_is_not_found_either(text: str) -> None:
    tagger = Tagger({"weapon": [["knife"]], "alone": [["on", "her", "own"]], "child": [["child"]]})
    quiet = frozenset({"child"})
    found = {tag for _, _, tag in tagger.found(text.split())}
    assert tagger.may_hold(text.split(), quiet) or found <= quiet
    assert not tagger.may_hold(["the", "child"], quiet)


@pytest.mark.parametrize(
    "text",
    [
        "she said she wont be alive tomorrow",
        "a toddler is out in the street alone in a nappy",
        "this is goodbye, i cant go on",
    ],
)
def test_a_threat_to_ones_own_life_and_a_small_child_alone_are_emergencies(guide: Guide, text: str) -> None:
    assert guide.understand(text).outcome is Outcome.EMERGENCY


def test_numbers_say_the_same_however_they_are_written() -> None:
    assert (
        plain_numbers(["12", "minutes", "ago"])
        == plain_numbers(["twelve", "minutes", "ago"])
        == ["#", "minutes", "ago"]
    )
    assert plain_numbers(["one", "of", "us"]) == ["one", "of", "us"]


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ("he is still hitting her", {"doing"}),
        ("she has just fallen", {"just_done"}),
        ("is this training", set()),
        ("a child was hit last year", set()),
    ],
)
def test_what_goes_on_and_what_has_just_been_done_are_told_from_the_rest(said: str, tags: set[str]) -> None:
    assert {tag for _, _, tag in tenses(said.split())} == tags
