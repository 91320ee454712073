from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.pack import load_pack
from config.words import PackWords, read_english, read_pack_words
from evaluation.baselines import Baseline, Bm25, Fts5, TfIdf
from evaluation.figures import GATES, Verdict
from evaluation.folds import folds
from evaluation.questions import DEVELOPMENT, Question, read_questions
from evaluation.readers import directly
from evaluation.score import main
from services.guidance.build import guide_for

PACK = Path(__file__).parents[1] / "config" / "harrow"
GATE = {gate.name: gate for gate in GATES}


def test_every_gate_the_customer_set_holds_on_the_development_sets() -> None:
    questions = read_questions(DEVELOPMENT)
    verdicts = directly(guide_for(load_pack(PACK)), questions)
    missed = {
        gate.name: gate.share(questions, verdicts) for gate in GATES if not gate.met(gate.share(questions, verdicts))
    }
    assert missed == {}


def test_the_scorer_prints_the_baselines_beside_ours_and_fails_when_a_gate_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arguments = ["--pack", str(PACK)]
    passed = CliRunner().invoke(main, arguments)
    assert passed.exit_code == 0, passed.output
    assert all(name in passed.output for name in ("ours", "BM25", "TF-IDF", "SQLite FTS5"))
    monkeypatch.setattr("services.guidance.verdicts.SURE", 0.0)  # everything is shown with confidence
    monkeypatch.setattr("services.guidance.verdicts.CLOSE", 0.0)
    monkeypatch.setattr("services.guidance.verdicts.OUTSIDE", math.inf)
    monkeypatch.setattr("services.guidance.verdicts.LIKELIER", math.inf)
    failed = CliRunner().invoke(main, arguments)
    assert failed.exit_code == 1
    assert "gates missed" in failed.stderr


@pytest.mark.parametrize(
    ("verdict", "first", "three", "wrong"),
    [
        (Verdict("answer", ("fgm",)), 1, 1, 0),
        (Verdict("answer", ("neglect", "fgm")), 0, 1, 1),
        (Verdict("unsure", ("neglect", "marac", "fgm")), 0, 1, 0),
        (Verdict("unsure", ("neglect", "marac", "prevent", "fgm")), 0, 0, 0),
        (Verdict("emergency"), 0, 0, 0),
    ],
)
def test_a_topic_is_right_first_or_within_three_and_wrong_only_when_shown(
    verdict: Verdict, first: int, three: int, wrong: int
) -> None:
    asked = [Question("?", "answer", ("fgm", "making-a-referral"))]
    assert GATE["right topic first"].share(asked, [verdict]) == first
    assert GATE["right topic within three offered"].share(asked, [verdict]) == three
    assert GATE["wrong answer shown with confidence"].share(asked, [verdict]) == wrong


def test_a_figure_without_questions_is_no_number_and_no_failure() -> None:
    gate = GATE["emergencies caught"]
    share = gate.share([Question("?", "answer", ("fgm",))], [Verdict("answer", ("fgm",))])
    assert math.isnan(share)
    assert gate.met(share)


@pytest.mark.parametrize("method", [Bm25, TfIdf, Fts5])
def test_a_baseline_ranks_by_words_and_refuses_below_the_threshold_that_serves_best(
    method: type[Bm25 | TfIdf | Fts5],
) -> None:
    ranker = method(
        {"dogs": "dogs bark at night\ndog food", "cats": "cats purr and sleep", "fish": "fish swim in water"}
    )
    tuning = [Question("dogs bark", "answer", ("dogs",)), Question("cats purr", "answer", ("cats",))]
    baseline = Baseline(ranker, tuning)
    assert baseline.understand("do dogs bark").topics[0] == "dogs"
    assert baseline.understand("do dogs bark").outcome == "answer"
    assert baseline.understand("zebra").outcome == "out-of-scope"


def test_cross_validation_asks_every_phrase_once_of_a_guide_that_never_saw_it() -> None:
    words, english = read_pack_words(PACK), read_english()
    parted, twice = list(folds(words, english, 4)), _said_twice(words)
    assert len(parted) == 4
    for fold in parted:
        asked = {question.text for question in fold.held_out}
        assert len(fold.words.phrases) + sum(question.expect == "answer" for question in fold.held_out) == len(
            words.phrases
        )
        assert asked.isdisjoint(phrase for _, phrase in fold.words.phrases if phrase not in twice)
    assert sum(len(fold.held_out) for fold in parted) == sum(
        map(len, (words.phrases, words.commands, words.out_of_scope, english.emergency_examples))
    )


def _said_twice(words: PackWords) -> set[str]:
    """Phrases that stand in two lists: one may be held out while the other is learned."""
    listed = [phrase for part in (words.phrases, words.commands, words.out_of_scope) for _, phrase in part]
    examples = [phrase for _, phrase in read_english().emergency_examples]
    return {phrase for phrase, count in Counter([*listed, *examples]).items() if count > 1}


def test_cross_validation_with_one_fold_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2 folds"):
        next(folds(read_pack_words(PACK), read_english(), 1))
