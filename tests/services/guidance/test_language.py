from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.words import English
from services.guidance.thesaurus import Thesaurus
from services.language import LeadIns, Roles, Speller, fold, stem, tokens, tokens_of_each
from services.language.classifier import Classifier
from services.language.examples import examples_of


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("He’s 4yr old", "hes 4 year old"),
        ("S47 and s.17", "section 47 and section 17"),
        ("Zoë O'Brien", "zoe obrien"),
        ("heeeeelp", "heelp"),
        ("yr9 lvl3", "yr 9 lvl 3"),
        ("6 y/o", "6 year old"),
    ],
)
def test_typed_text_is_folded_to_plain_words(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_hyphens_and_marks_part_words() -> None:
    assert tokens("step-dad, non-mobile (baby)") == ["step", "dad", "non", "mobile", "baby"]


@given(st.lists(st.text(alphabet="aé1 2years old'`s.47-|\n", max_size=12), min_size=1, max_size=5))
def test_many_texts_are_split_as_each_one_by_itself(texts: list[str]) -> None:
    assert tokens_of_each(texts) == [tokens(text.replace("|", " ")) for text in texts]


def test_a_number_at_the_end_of_one_text_does_not_run_into_the_next() -> None:
    assert tokens_of_each(["level 12", "years old"]) == [["level", "12"], ["years", "old"]]


@pytest.fixture
def speller() -> Speller:
    return Speller(
        ["kitten"], {"safeguarding": 9, "referral": 5, "meeting": 7, "meaning": 1}, {"wot": "what", "b4": "before"}
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("safegaurding", "safeguarding"),
        ("refferal", "referral"),
        ("wot", "what"),
        ("kitten", "kitten"),
        ("cat", "cat"),
        ("xylophone", "xylophone"),
        ("meating", "meeting"),
    ],
)
def test_a_slip_becomes_the_commonest_near_word_and_nothing_else_changes(
    speller: Speller, typed: str, meant: str
) -> None:
    assert speller.words(typed) == [meant]


def test_letters_that_were_swapped_mean_the_word_that_has_them_all() -> None:
    """ "Form" is as near to "fourm", and a far commoner word."""
    assert Speller([], {"form": 90, "forum": 5}, {}).spell("fourm") == "forum"
    assert Speller([], {"form": 90, "forum": 5}, {}).spell("forrm") == "form"


def test_a_thesaurus_adds_what_the_words_mean_also_for_several_in_a_row() -> None:
    thesaurus = Thesaurus([(["icpc"], ["initial", "conference"]), (["case", "conference"], ["conference"])])
    assert thesaurus.meanings(["the", "icpc"]) == ["initial", "conference"]
    assert thesaurus.meanings(["case", "conference"]) == ["conference"]
    assert thesaurus.meanings(["case", "closed"]) == []


def test_a_thesaurus_knows_the_words_that_mean_something_by_themselves() -> None:
    thesaurus = Thesaurus([(["aunty"], ["relative"]), (["golden", "number"], ["mash"])])
    assert thesaurus.said() == {"aunty"}


def test_a_stem_is_the_same_for_the_forms_of_a_word() -> None:
    assert stem("referrals") == stem("referral")
    assert stem("bruising") == stem("bruises") == "bruis"
    assert stem("bus") == "bus"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("im a housing officer the family has debts", "the family has debts"),
        ("as a teacher who do i tell", "who do i tell"),
        ("health visitor here baby has a bruise", "baby has a bruise"),
        ("im a care leaver", "im a care leaver"),
        ("teacher swore at a child", "teacher swore at a child"),
    ],
)
def test_the_role_of_the_asker_is_left_out_when_a_question_remains(said: str, asked: str) -> None:
    roles = Roles([["housing", "officer"], ["teacher"], ["health", "visitor"]])
    assert list(roles.without(said.split())) == asked.split()


def test_the_classifier_learns_which_words_go_with_which_label() -> None:
    examples = [{"w rain": 1.0, "w today": 0.4}, {"w sun": 1.0, "w today": 0.4}, {"w rain": 1.0}, {"w sun": 1.0}]
    model = Classifier(examples_of(examples * 5), ["wet", "dry", "wet", "dry"] * 5)
    chances = dict(zip(model.labels, model.probabilities({"w rain": 1.0}), strict=True))
    assert chances["wet"] > 0.9


def test_the_classifier_favours_nothing_when_it_knows_nothing() -> None:
    model = Classifier(examples_of([{"w a": 1.0}, {"w b": 1.0}]), ["x", "y"])
    assert list(model.probabilities({"w never": 1.0})) == [0.5, 0.5]


def test_an_example_that_counts_more_wins() -> None:
    examples = [{"w same": 1.0}, {"w same": 1.0}]
    model = Classifier(examples_of(examples), ["light", "heavy"], weights=[0.1, 5.0])
    light, heavy = (float(model.probabilities({"w same": 1.0})[model.labels.index(one)]) for one in ("light", "heavy"))
    assert heavy > light


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("tell me about neglect", "neglect"),
        ("hi tell me about neglect please", "neglect"),
        ("tell me about the child please", "tell me about the child please"),
        ("tell me about", "tell me about"),
        ("neglect", "neglect"),
        ("please", "please"),
        ("who do i tell about neglect", "who do i tell about neglect"),
    ],
)
def test_what_wraps_a_question_is_left_out_unless_nothing_would_be_left(said: str, asked: str) -> None:
    lead_ins = LeadIns([["tell", "me", "about"], ["hi"]], [["please"]], {"the", "child", "me", "about"})
    assert list(lead_ins.without(said.split())) == asked.split()


NEAR = Counter(["foster", "cheat", "intimate", "full"])


@pytest.mark.parametrize(
    "text",
    [
        "a faster van",  # not foster
        "a chest of drawers",  # not cheat
        "the ultimate test",  # not intimate
        "fuel for the mower",  # not full
    ],
)
def test_a_common_word_is_no_slip_of_a_word_of_ours(english: English, text: str) -> None:
    speller = Speller(english.everyday | english.common, NEAR, english.texting)
    assert speller.words(text) == text.split()


def test_american_spelling_is_understood_as_ours(english: English) -> None:
    speller = Speller(english.everyday | english.common, Counter(["behaviour"]), english.texting)
    assert speller.words("behavior of a pedophile") == ["behaviour", "of", "a", "paedophile"]


@pytest.mark.parametrize(("typed", "meant"), [("asd", "autism"), ("tues", "tuesday"), ("thurs", "thursday")])
def test_a_short_form_that_everybody_uses_is_no_word_without_its_vowels(
    english: English, typed: str, meant: str
) -> None:
    speller = Speller(english.everyday, Counter(["assessed"] * 9), english.texting)
    assert speller.words(f"a child with {typed}")[-1] == meant
