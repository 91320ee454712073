"""Many examples as sparse rows of weighted features, for a classifier to learn from. Knows no words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

PAIR = "b "
"""How the name of a pair of things begins. A pair seen once is noise, and left out."""
_SEED = 20  # where the checksums begin: any other number would shuffle as well, and otherwise


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows: the features of row `i` are `ids[starts[i]:starts[i + 1]]`, with their weights."""

    ids: Ints
    weights: Floats
    starts: Ints

    @classmethod
    def of_entries(cls, row: Ints, ids: Ints, weights: Floats, count: int) -> Rows:
        """`count` rows out of entries in any order. Of a feature that a row has twice the heavier counts."""
        width = int(ids.max(initial=0)) + 1
        keys = row * width + ids
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        keys = keys[first]
        return cls(keys % width, np.maximum.reduceat(weights[order], first), _starts(keys // width, count))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def row(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def only(self, kept: Mask) -> Rows:
        """The rows with the features that are `kept`, numbered anew."""
        used = kept[self.ids]
        renumbered = np.cumsum(kept) - 1
        return Rows(renumbered[self.ids[used]], self.weights[used], _starts(self.row[used], len(self)))

    def normalised(self, weight: Floats) -> Rows:
        """The rows with each feature times its `weight`, and each row of length 1."""
        weighed = self.weights * weight[self.ids]
        lengths = np.sqrt(np.bincount(self.row, weighed * weighed, minlength=len(self)))
        return Rows(self.ids, (weighed / lengths[self.row]).astype(np.float32), self.starts)

    def batches(self, order: Ints, size: int) -> Iterator[tuple[Ints, Ints, Floats]]:
        """All rows in `order`, a few at a time: (rows, the features they hold, rows by those features).

        What each batch holds is worked out for all of them at once: one by one costs more than the learning.
        """
        lengths = self.starts[order + 1] - self.starts[order]
        ends = np.cumsum(lengths)
        places = places_of(self.starts[order], lengths)
        row = np.repeat(np.arange(len(order)), lengths)
        width = int(self.ids.max(initial=0)) + 1
        keys, column = numbered(row // size * width + self.ids[places])
        batch_of_key = keys // width
        count = -(-len(order) // size)
        key_ends = np.searchsorted(batch_of_key, np.arange(count + 1))
        entry_ends = np.concatenate(([0], ends))[np.minimum(np.arange(count + 1) * size, len(order))]
        features, weights = keys % width, self.weights[places]
        for batch in range(count):
            first, last = key_ends[batch], key_ends[batch + 1]
            entries = slice(entry_ends[batch], entry_ends[batch + 1])
            rows = order[batch * size : (batch + 1) * size]
            full = np.zeros((len(rows), last - first), dtype=np.float32)
            full[row[entries] - batch * size, column[entries] - first] = weights[entries]
            yield rows, features[first:last], full


class Examples(NamedTuple):
    """Rows, and what their features are called."""

    names: Sequence[str]
    rows: Rows

    def shuffled(self) -> Ints:
        """An order of the rows that follows from what they hold: one more of them does not move all the others.

        Otherwise every new phrase would change, a little, how every message is understood.
        """
        checksums = np.fromiter((crc32(name.encode(), _SEED) for name in self.names), dtype=np.int64)
        keys = np.zeros(len(self.rows), dtype=np.int64)
        np.bitwise_xor.at(keys, self.rows.row, checksums[self.rows.ids])
        return np.argsort(keys, kind="stable")


class Weighted(NamedTuple):
    """Features by number with their weights, one thing after the other, and how many each thing has."""

    lengths: Ints
    features: Ints
    weights: Floats


class Numbers(dict[str, int]):
    """Numbers for names of features, in the order in which they are first asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number

    def of(self, listed: Sequence[Mapping[str, float]]) -> Weighted:
        """The features of many things, given as the weight of each by its name."""
        lengths = np.fromiter(map(len, listed), dtype=np.int64)
        features = np.fromiter(map(self.__getitem__, chain.from_iterable(listed)), dtype=np.int64)
        weights = np.fromiter(chain.from_iterable(one.values() for one in listed), dtype=np.float32)
        return Weighted(lengths, features, weights)

    def pairs(self) -> Mask:
        """Which of the features are pairs."""
        return np.fromiter((name.startswith(PAIR) for name in self), dtype=bool)


def examples_of(listed: Sequence[Mapping[str, float]]) -> Examples:
    """Examples given one by one, as the weight of each of their features."""
    numbers = Numbers()
    lengths, features, weights = numbers.of(listed)
    rows = Rows(features, weights, np.concatenate(([0], np.cumsum(lengths))))
    kept = telling(rows, numbers.pairs())
    return Examples(list(compress(numbers, kept.tolist())), rows.only(kept))


def telling(rows: Rows, pairs: Mask) -> Mask:
    """The features to learn from: all but the `pairs` that stand in one row only."""
    kept: Mask = (np.bincount(rows.ids, minlength=len(pairs)) > 1) | ~pairs
    return kept


def numbered(keys: Ints) -> tuple[Ints, Ints]:
    """Each key once, in order, and the place of every one among them.

    The same as `numpy.unique`; but ours come in runs that are in order already, where a stable sort takes a third.
    """
    order = np.argsort(keys, kind="stable")
    new = np.diff(keys[order], prepend=-1) > 0
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return keys[order][new], place


def places_of(starts: Ints, lengths: Ints) -> Ints:
    """Every place of ranges that begin at `starts`, one range after the other."""
    ends = np.cumsum(lengths)
    places: Ints = np.arange(ends[-1]) + np.repeat(starts - (ends - lengths), lengths)
    return places


def _starts(row: Ints, count: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(row, minlength=count))))
