"""What all phrases say, gathered in one go, must be what each of them says by itself: learned and asked alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from services.guidance.features import UNKNOWN, Features
from services.guidance.gathering import gather
from services.guidance.thesaurus import Thesaurus
from services.language import Speller
from services.language.examples import PAIR, examples_of

WORDS = ("the", "book", "booking", "icpc", "child", "in", "need", "conference", "referral")


def features() -> Features:
    thesaurus = Thesaurus([(["icpc"], ["conference"]), (["child", "in", "need"], ["booking"])])
    families = {"booking": [["book"], ["need", "book"]], "soon": [["in"]], "about": [["referral"]]}
    return Features(Speller(WORDS, Counter(WORDS), {}), thesaurus, {"the", "in"}, WORDS, families)


def one_by_one(phrases: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """What each says by itself, with a word used once as an unknown one and without the pairs seen once."""
    used = Counter(chain.from_iterable(phrases))
    said = []
    for words in phrases:
        rare = sum(used[word] == 1 for word in words)
        said.append(features().of(words) | ({UNKNOWN: min(1.0, 0.5 * rare)} if rare else {}))
    seen = Counter(chain.from_iterable(said))
    return [
        {name: weight for name, weight in one.items() if seen[name] > 1 or not name.startswith(PAIR)} for one in said
    ]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=8))
def test_gathered_at_once_as_one_by_one(phrases: list[list[str]]) -> None:
    names, rows = gather(phrases, features())
    bounds = zip(rows.starts, rows.starts[1:], strict=False)
    gathered = [
        {names[id]: round(float(weight), 4) for id, weight in zip(rows.ids[a:b], rows.weights[a:b], strict=True)}
        for a, b in bounds
    ]
    assert gathered == one_by_one(phrases)


def test_a_pair_seen_once_is_left_out_and_the_rest_is_numbered_anew() -> None:
    names, rows = examples_of([{"b a b": 1.0, "w a": 0.5}, {"w a": 1.0, "b b c": 1.0}, {"b b c": 0.2}])
    assert list(names) == ["w a", "b b c"]
    assert rows.ids.tolist() == [0, 0, 1, 1]
    assert rows.starts.tolist() == [0, 1, 3, 4]


def test_what_is_shuffled_keeps_its_order_when_one_more_comes() -> None:
    said = [{f"w {word}": 1.0} for word in WORDS]
    order = [place for place in examples_of([*said, {"w more": 1.0}]).shuffled() if place < len(said)]
    assert order == examples_of(said).shuffled().tolist()
    assert order != sorted(order)
