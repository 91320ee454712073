"""How long the guide takes to build, and to understand one message. Exit 1 beyond the customer's limits (issue 3).

    python -m benchmarks.guidance [--rounds 5]

The best build of the rounds is judged: the others measure what else the machine was doing. Beside it stands what the
next best method, a linear SVM over the same articles and phrases, takes to build on the same machine.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from config.pack import load_pack
from config.words import read_english, read_pack_words
from evaluation.baselines import LinearSvm, topic_texts
from evaluation.questions import DEVELOPMENT, HELD_OUT, TUNING, read_questions
from services.guidance.build import build_guide, published_by

BUILD_LIMIT = 1.0  # seconds
QUESTION_LIMIT = 10.0  # milliseconds, at the 99th percentile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pack", type=Path, default=Path("config/harrow"))
    options = parser.parse_args()
    pack = load_pack(options.pack)
    words, english, published = read_pack_words(options.pack), read_english(), published_by(pack.partnership)
    builds = []
    for _ in range(options.rounds):
        began = time.perf_counter()
        guide = build_guide(pack.articles, words, english, published)
        builds.append(time.perf_counter() - began)
    began = time.perf_counter()
    LinearSvm(topic_texts(pack))
    baseline = time.perf_counter() - began
    texts = [one.text for one in read_questions([*DEVELOPMENT, *TUNING, *HELD_OUT])]
    spent = []
    for text in texts:
        began = time.perf_counter()
        guide.understand(text)
        spent.append((time.perf_counter() - began) * 1000)
    percentile = statistics.quantiles(spent, n=100)
    phrases = (
        len(words.phrases) + len(words.commands) + len(words.out_of_scope) + sum(len(a.asked) for a in pack.articles)
    )
    print(f"{len(pack.articles)} articles, {phrases} phrases")
    print(f"build: best {min(builds):.2f} s, median {statistics.median(builds):.2f} s (limit {BUILD_LIMIT:.0f} s)")
    print(f"linear SVM, topics alone: {baseline:.2f} s; ours takes {min(builds) / baseline:.2f} of it")
    print(
        f"one message of {len(texts)}: median {percentile[49]:.2f} ms, p95 {percentile[94]:.2f} ms, "
        f"p99 {percentile[98]:.2f} ms, worst {max(spent):.1f} ms (limit p99 {QUESTION_LIMIT:.0f} ms)"
    )
    if min(builds) > BUILD_LIMIT or percentile[98] > QUESTION_LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
