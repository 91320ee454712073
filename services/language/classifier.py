"""A small linear classifier, trained in a fraction of a second in plain numpy. Knows features and labels, no words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_BATCH = 10  # products this small stay on one thread: on a busy machine waiting for threads costs more than the work
_RATE = 0.4
_SMOOTHING = 0.1
_SEED = 20  # where the checksums begin: any other number would shuffle as well, and otherwise


@dataclass(frozen=True, slots=True)
class _Rows:
    """Sparse rows: the features of example `i` are `ids[starts[i]:starts[i + 1]]`, with their weights."""

    ids: Ints
    weights: Floats
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def batches(self, order: Ints) -> Iterator[tuple[Ints, Ints, Floats]]:
        """All rows in `order`, a few at a time: (rows, the features they hold, rows by those features).

        What each batch holds is worked out for all of them at once: one by one costs more than the learning.
        """
        lengths = self.starts[order + 1] - self.starts[order]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(self.starts[order] - (ends - lengths), lengths)
        row = np.repeat(np.arange(len(order)), lengths)
        width = int(self.ids.max(initial=0)) + 1
        keys, column = np.unique(row // _BATCH * width + self.ids[places], return_inverse=True)
        batch_of_key = keys // width
        count = -(-len(order) // _BATCH)
        key_ends = np.searchsorted(batch_of_key, np.arange(count + 1))
        entry_ends = np.concatenate(([0], ends))[np.minimum(np.arange(count + 1) * _BATCH, len(order))]
        features, weights = keys % width, self.weights[places]
        for batch in range(count):
            first, last = key_ends[batch], key_ends[batch + 1]
            entries = slice(entry_ends[batch], entry_ends[batch + 1])
            rows = order[batch * _BATCH : (batch + 1) * _BATCH]
            full = np.zeros((len(rows), last - first), dtype=np.float32)
            full[row[entries] - batch * _BATCH, column[entries] - first] = weights[entries]
            yield rows, features[first:last], full


class Classifier:
    """Multinomial logistic regression: naive Bayes to begin with, made better example by example. Deterministic."""

    def __init__(
        self,
        examples: Sequence[Mapping[str, float]],
        labels: Sequence[str],
        *,
        prior: float = 2.0,
        weights: Sequence[float] | None = None,
    ) -> None:
        """Learn `labels` from `examples` of weighted features.

        `prior` says how much naive Bayes counts at the start, `weights` (one per example, 1.0 by default) how much
        each example counts.
        """
        self.labels = tuple(sorted(set(labels)))
        self._ids, self._rarity, rows = _learn_vocabulary(examples)
        wanted = np.searchsorted(self.labels, labels)
        counts = np.asarray(weights if weights is not None else np.ones(len(labels)), dtype=np.float32)
        bayes = _naive_bayes(rows, wanted, counts, len(self._ids), len(self.labels))
        self._matrix: Floats = np.float32(prior) * bayes
        _improve(self._matrix, rows, wanted, counts, _order(examples))

    def probabilities(self, example: Mapping[str, float]) -> Floats:
        """How likely each of `labels` is, in their order. All equal when nothing in the example is known."""
        known = [(self._ids[name], weight) for name, weight in example.items() if name in self._ids]
        if not known:
            return np.full(len(self.labels), 1.0 / len(self.labels), dtype=np.float32)
        ids = np.fromiter((id for id, _ in known), dtype=np.int64)
        weights = np.fromiter((weight for _, weight in known), dtype=np.float32) * self._rarity[ids]
        weights /= np.linalg.norm(weights)
        scores: Floats = (weights @ self._matrix[ids]).astype(np.float32)
        chances: Floats = _softmax(scores[None, :])[0]
        return chances

    def rarity(self, feature: str) -> float:
        """How telling a feature is; 0 for one that was never seen."""
        place = self._ids.get(feature)
        return 0.0 if place is None else float(self._rarity[place])


def _learn_vocabulary(examples: Sequence[Mapping[str, float]]) -> tuple[dict[str, int], Floats, _Rows]:
    """The features worth keeping, how telling each is (inverse document frequency), and the examples in those terms.

    A pair seen once is noise.
    """
    place_of: defaultdict[str, int] = defaultdict()
    place_of.default_factory = place_of.__len__
    ids = np.fromiter(map(place_of.__getitem__, chain.from_iterable(examples)), dtype=np.int64)
    counts = np.bincount(ids)
    often = zip(place_of, (counts > 1).tolist(), strict=True)
    kept = np.fromiter((known or not name.startswith("b ") for name, known in often), dtype=bool)
    rarity = (1.0 + np.log(len(examples) / counts[kept])).astype(np.float32)
    renumbered = np.cumsum(kept) - 1
    names = {name: place for place, name in enumerate(compress(place_of, kept.tolist()))}
    return names, rarity, _rows(examples, ids, kept, renumbered, rarity)


def _rows(
    examples: Sequence[Mapping[str, float]], ids: Ints, kept: npt.NDArray[np.bool_], renumbered: Ints, rarity: Floats
) -> _Rows:
    weights = np.fromiter(chain.from_iterable(example.values() for example in examples), dtype=np.float32)
    of_row = np.repeat(np.arange(len(examples)), [len(example) for example in examples])
    used = kept[ids]
    ids, of_row = renumbered[ids[used]], of_row[used]
    weighed = weights[used] * rarity[ids]
    norms = np.sqrt(np.bincount(of_row, weighed * weighed, minlength=len(examples)))
    lengths = np.bincount(of_row, minlength=len(examples))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return _Rows(ids, (weighed / norms[of_row]).astype(np.float32), starts)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _order(examples: Sequence[Mapping[str, float]]) -> Ints:
    """A shuffled order that follows from what the examples hold: one more of them does not move all the others.

    Otherwise every new phrase would change, a little, how every message is understood.
    """
    return np.argsort([crc32(" ".join(example).encode(), _SEED) for example in examples], kind="stable")


def _improve(matrix: Floats, rows: _Rows, wanted: Ints, counts: Floats, order: Ints) -> None:
    """One pass of stochastic gradient over all rows, with a rate that falls per feature."""
    seen = np.full(len(matrix), 1e-2, dtype=np.float32)
    for batch, ids, full in rows.batches(order):
        held = matrix.take(ids, axis=0)
        error = -_softmax(full @ held)
        error[np.arange(len(batch)), wanted[batch]] += 1.0
        error *= counts[batch, None]
        slope = full.T @ error
        steepness = seen.take(ids) + np.einsum("fl,fl->f", slope, slope) / slope.shape[1]
        seen[ids] = steepness
        slope *= (_RATE / np.sqrt(steepness))[:, None]
        held += slope
        matrix[ids] = held


def _naive_bayes(rows: _Rows, wanted: Ints, counts: Floats, features: int, labels: int) -> Floats:
    places = rows.ids * labels + np.repeat(wanted, np.diff(rows.starts))
    weighed = rows.weights * np.repeat(counts, np.diff(rows.starts))
    totals = np.bincount(places, weighed, minlength=features * labels).reshape(features, labels) + _SMOOTHING
    logs = np.log(totals.astype(np.float32) / totals.sum(axis=0).astype(np.float32))
    centred: Floats = logs - logs.mean(axis=1, keepdims=True)
    return centred
