"""A small linear classifier, trained in a fraction of a second in plain numpy. Knows features and labels, no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from services.language.examples import Examples, Floats, Ints, Rows

_BATCH = 10  # products this small stay on one thread: on a busy machine waiting for threads costs more than the work
_RATE = 0.4
_SMOOTHING = 0.1


class Classifier:
    """Multinomial logistic regression: naive Bayes to begin with, made better example by example. Deterministic."""

    def __init__(
        self,
        examples: Examples,
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
        self._ids = {name: place for place, name in enumerate(examples.names)}
        # Inverse document frequency: a feature that stands everywhere tells little.
        stands_in = np.bincount(examples.rows.ids, minlength=len(self._ids))
        self._rarity: Floats = (1.0 + np.log(len(examples.rows) / stands_in)).astype(np.float32)
        rows = examples.rows.normalised(self._rarity)
        wanted = np.searchsorted(self.labels, labels)
        counts = np.asarray(weights if weights is not None else np.ones(len(labels)), dtype=np.float32)
        bayes = _naive_bayes(rows, wanted, counts, len(self._ids), len(self.labels))
        self._matrix: Floats = np.float32(prior) * bayes
        _improve(self._matrix, rows, wanted, counts, examples.shuffled())

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


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _improve(matrix: Floats, rows: Rows, wanted: Ints, counts: Floats, order: Ints) -> None:
    """One pass of stochastic gradient over all rows, with a rate that falls per feature."""
    seen = np.full(len(matrix), 1e-2, dtype=np.float32)
    for batch, ids, full in rows.batches(order, _BATCH):
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


def _naive_bayes(rows: Rows, wanted: Ints, counts: Floats, features: int, labels: int) -> Floats:
    places = rows.ids * labels + wanted[rows.row]
    weighed = rows.weights * counts[rows.row]
    totals = np.bincount(places, weighed, minlength=features * labels).reshape(features, labels) + _SMOOTHING
    logs = np.log(totals.astype(np.float32) / totals.sum(axis=0).astype(np.float32))
    centred: Floats = logs - logs.mean(axis=1, keepdims=True)
    return centred
