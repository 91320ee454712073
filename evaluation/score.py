"""`python -m evaluation.score`: the figures on the development sets beside baselines; exit 1 when a gate is missed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from config.pack import Pack, load_pack
from config.words import read_english, read_pack_words
from evaluation.baselines import Baseline, Bm25, Fts5, LinearSvm, Ranker, TfIdf, topic_texts
from evaluation.figures import GATES, Verdict
from evaluation.folds import cross_validated
from evaluation.questions import SETS, TUNING, Question, read_questions
from evaluation.readers import by_command_line, directly
from services.guidance.build import build_guide, published_by
from services.understanding import Guide

Columns = Mapping[str, Sequence[Verdict]]


@click.command()
@click.option("--set", "chosen", type=click.Choice(sorted(SETS)), default="development", show_default=True)
@click.option("--pack", "folder", type=click.Path(path_type=Path), default=Path("config/harrow"), show_default=True)
@click.option("--cli", is_flag=True, help="Ask through `python -m bot ask --batch`, as people's scripts do.")
@click.option(
    "--svm", is_flag=True, help="Add scikit-learn's linear SVM on the same phrases (slow to import and train)."
)
@click.option(
    "--folds", "count", type=click.IntRange(2), help="Cross-validate over the phrases themselves instead of a set."
)
@click.option("--misses", is_flag=True, help="List what was not understood.")
def main(chosen: str, folder: Path, cli: bool, svm: bool, count: int | None, misses: bool) -> None:
    """Score how well messages are understood."""
    pack = load_pack(folder)
    if count:
        questions, ours = cross_validated(pack, count)
        _print_table(f"phrases, in {count} folds,", questions, {"ours": ours})
        return
    questions = read_questions(SETS[chosen])
    guide, reading, building = _timed(pack)
    ours = by_command_line(folder, questions) if cli else directly(guide, questions)
    taken = _milliseconds(guide.understand, questions)
    columns: Columns = {"ours": ours, **_baselines(pack, questions, svm=svm)}
    _print_table(f"{chosen} set", questions, columns)
    click.echo(
        f"word lists read in {reading:.2f} s, index built in {building:.2f} s; "
        f"a question takes {taken[0]:.1f} ms (median), {taken[1]:.1f} ms (p99)"
    )
    if misses:
        _print_misses(questions, ours)
    missed = [gate.name for gate in GATES if not gate.met(gate.share(questions, ours))]
    if missed and chosen == "development":
        click.echo("gates missed: " + "; ".join(missed), err=True)
        raise SystemExit(1)


def _timed(pack: Pack) -> tuple[Guide, float, float]:
    """The guide, and the seconds that reading its lists and building it took, once and cold.

    `benchmarks.guidance` builds it several times and judges the best, since the first shows what else is running.
    """
    began = time.perf_counter()
    words, english = read_pack_words(pack.folder), read_english()
    read = time.perf_counter()
    guide = build_guide(pack.articles, words, english, published_by(pack.partnership))
    return guide, read - began, time.perf_counter() - read


def _milliseconds(understand: object, questions: Sequence[Question]) -> tuple[float, float]:
    assert callable(understand)
    spent = []
    for question in questions:
        began = time.perf_counter()
        understand(question.text)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return spent[len(spent) // 2], spent[min(len(spent) - 1, int(len(spent) * 0.99))]


def _baselines(pack: Pack, questions: Sequence[Question], *, svm: bool) -> Columns:
    texts = topic_texts(pack)
    whole = {topic: "\n".join(lines) for topic, lines in texts.items()}
    tuning = read_questions(TUNING)
    named: dict[str, Ranker] = {"BM25": Bm25(whole), "TF-IDF": TfIdf(whole), "SQLite FTS5": Fts5(whole)}
    if svm:
        named["linear SVM"] = LinearSvm(texts)
    baselines = {name: Baseline(ranker, tuning) for name, ranker in named.items()}
    return {name: [baseline.understand(one.text) for one in questions] for name, baseline in baselines.items()}


def _print_table(chosen: str, questions: Sequence[Question], columns: Columns) -> None:
    click.echo(f"{len(questions)} questions of the {chosen}")
    click.echo(f"{'':42}{'wanted':>8}" + "".join(f"{name:>13}" for name in columns))
    for gate in GATES:
        shares = [gate.share(questions, verdicts) for verdicts in columns.values()]
        if shares[0] != shares[0]:
            continue  # no question of this kind in the set
        mark = "" if gate.met(shares[0]) else "  missed"
        click.echo(f"{gate.name:42}{gate.wanted:>8}" + "".join(f"{share:>13.1%}" for share in shares) + mark)


def _print_misses(questions: Sequence[Question], verdicts: Sequence[Verdict]) -> None:
    for question, verdict in zip(questions, verdicts, strict=True):
        right = {
            "answer": verdict.outcome == "answer" and verdict.topics[:1] != () and verdict.topics[0] in question.topics,
            "command": verdict.command == question.command,
            "not-emergency": verdict.outcome != "emergency",
            "not-identifiable": verdict.outcome != "identifiable",
        }.get(question.expect, verdict.outcome == question.expect)
        if not right:
            said = verdict.command or ", ".join(verdict.topics)
            click.echo(f"  {question.expect}: {question.text}  ->  {verdict.outcome} {said}")


if __name__ == "__main__":
    main()
