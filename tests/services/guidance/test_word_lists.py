from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from config.check import check_pack
from config.faults import PackError
from config.pack import Pack
from config.words import Command, English, PackWords, read_pack_words
from evaluation.questions import DEVELOPMENT, HELD_OUT, LATER, SCREENING, SCREENING_UNSEEN, TUNING, read_questions
from services.language import tokens
from services.workdays import Workdays


@pytest.fixture(scope="module")
def words(harrow: Pack) -> PackWords:
    return read_pack_words(harrow.folder)


def _asked(harrow: Pack, words: PackWords) -> list[tuple[str, str]]:
    return [(article.id, phrase) for article in harrow.articles for phrase in article.asked] + list(words.phrases)


def test_every_phrase_asks_about_a_topic_that_has_an_article(harrow: Pack, words: PackWords) -> None:
    assert {topic for topic, _ in words.phrases} <= {article.id for article in harrow.articles}


def test_no_phrase_asks_about_two_topics_nor_is_a_command_as_well(harrow: Pack, words: PackWords) -> None:
    meant: dict[tuple[str, ...], set[str]] = {}
    for meaning, phrase in [*_asked(harrow, words), *((f"/{name}", said) for name, said in words.commands)]:
        meant.setdefault(tuple(tokens(phrase)), set()).add(meaning)
    assert {phrase: meanings for phrase, meanings in meant.items() if len(meanings) > 1} == {}


def test_every_command_has_examples_and_every_example_is_of_a_command(words: PackWords) -> None:
    counts = Counter(name for name, _ in words.commands)
    assert counts.keys() == {command.value for command in Command}
    assert min(counts.values()) >= 25


def test_no_development_question_is_learned_from(harrow: Pack, words: PackWords, english: English) -> None:
    learned = {
        *(tuple(tokens(phrase)) for _, phrase in _asked(harrow, words)),
        *(tuple(tokens(phrase)) for _, phrase in words.commands),
        *(tuple(tokens(phrase)) for _, phrase in words.out_of_scope),
        *(tuple(tokens(phrase)) for _, phrase in english.emergency_examples),
    }
    asked = {tuple(tokens(one.text)): one.text for one in read_questions(DEVELOPMENT)}
    command_names = {("help",)}  # a command is always known by its own name
    assert {asked[words_] for words_ in asked.keys() & learned - command_names} == set()


def test_our_own_questions_are_not_learned_from_and_stand_in_one_half_only(harrow: Pack, words: PackWords) -> None:
    weighed = {"answer", "command", "out-of-scope"}  # the others measure the screens, which learn from other lists
    tuning, held_out = (
        {tuple(tokens(one.text)) for one in read_questions(names) if one.expect in weighed}
        for names in (TUNING, HELD_OUT)
    )
    learned = {tuple(tokens(phrase)) for _, phrase in [*_asked(harrow, words), *words.commands, *words.out_of_scope]}
    assert tuning & held_out - {()} == set()
    assert (tuning | held_out) & learned - {()} == set()


def test_no_list_holds_a_word_twice_or_an_empty_one(english: English) -> None:
    assert all(name == name.strip().lower() and name for name in english.given_names | english.surnames)
    assert english.surnames.isdisjoint(english.everyday | english.identifier_words["surnames_too"])
    assert english.identifier_words["mostly_names"] <= english.given_names
    assert all(english.emergency_words.values())
    assert sum(emergency for emergency, _ in english.emergency_examples) > 500


def test_no_later_question_that_has_more_than_two_words_is_learned_from(harrow: Pack, words: PackWords) -> None:
    learned = {tuple(tokens(phrase)) for _, phrase in [*_asked(harrow, words), *words.commands, *words.out_of_scope]}
    asked = {tuple(tokens(one.text)) for one in read_questions(chain.from_iterable(LATER.values()))}
    assert {said for said in asked & learned if len(said) > 2} == set()


def test_no_message_of_the_screening_sets_is_an_example_of_an_emergency(english: English) -> None:
    learned = {tuple(tokens(phrase)) for _, phrase in english.emergency_examples}
    asked = {tuple(tokens(one.text)) for one in read_questions([*SCREENING, *SCREENING_UNSEEN])}
    assert asked & learned == set()


def test_a_row_that_lacks_a_column_is_named_by_its_file_and_line(harrow: Pack, tmp_path: Path) -> None:
    (tmp_path / "guidance").mkdir()
    (tmp_path / "guidance" / "neglect.md").touch()
    shutil.copy(harrow.folder / "out-of-scope.csv", tmp_path)
    (tmp_path / "phrases.csv").write_text("topic,phrase\nneglect,no coat\nneglect\nneglekt,no hat\n", encoding="utf-8")
    (tmp_path / "commands.csv").write_text("command,phrase\nbook,a seat\nfly,up\n", encoding="utf-8")
    (tmp_path / "thesaurus.csv").write_text("said,meaning\nnfa,no further action\n", encoding="utf-8")
    with pytest.raises(PackError) as broken:
        read_pack_words(tmp_path)
    assert [str(fault) for fault in broken.value.faults] == [
        "commands.csv:3: names a command that does not exist: 'fly'",
        "phrases.csv:3: needs topic and phrase; quote commas",
        "phrases.csv:4: names a topic that has no article: 'neglekt'",
        "thesaurus.csv:1: must name the columns said and means, not 'said,meaning'",
    ]


def test_check_finds_words_that_mean_two_things(harrow: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "harrow"
    shutil.copytree(harrow.folder, folder)
    with (folder / "phrases.csv").open("a", encoding="utf-8") as file:
        file.write("neglect,A place on the bouncy castle?\nfgm,a place on the bouncy castle\nneglect\n")
    with (folder / "commands.csv").open("a", encoding="utf-8") as file:
        file.write("book,a place on the bouncy castle\n")

    report = check_pack(folder, today=date(2026, 11, 24), counting=lambda _: Workdays().add)
    lines = len((folder / "phrases.csv").read_text(encoding="utf-8").splitlines())
    assert [str(fault) for fault in report.faults] == [f"phrases.csv:{lines}: needs topic and phrase; quote commas"]
    assert {fault.message for fault in report.findings} == {"means 'neglect' too: 'a place on the bouncy castle'"}
    assert len(report.findings) == 2
