"""Plain search methods to be measured beside ours: the same guidance, no screening, no commands, no learning."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Protocol

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from config.pack import Pack
from config.words import read_pack_words
from evaluation.figures import Verdict
from evaluation.questions import Question

_WORD = re.compile(r"\w+")
Ranked = list[tuple[str, float]]


def topic_texts(pack: Pack) -> dict[str, list[str]]:
    """The lines of each article with the very phrases that ours learns from: the text is equal, the method is not."""
    texts = {article.id: [article.title, *article.asked] for article in pack.articles}
    for article in pack.articles:
        texts[article.id].extend(line for points in article.sections.values() for line in points)
    for topic, phrase in read_pack_words(pack.folder).phrases:
        texts[topic].append(phrase)
    return texts


class Ranker(Protocol):
    """Ranks topics for a question, best first. A topic it has nothing for may be missing."""

    def rank(self, text: str) -> Ranked:
        """Topics with their scores."""
        ...


class Bm25:
    """Plain BM25 with English stop words."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._topics = list(texts)
        self._index = bm25s.BM25()
        self._index.index(bm25s.tokenize(list(texts.values()), show_progress=False), show_progress=False)

    def rank(self, text: str) -> Ranked:
        """The ten best by BM25 score."""
        found, scores = self._index.retrieve(
            bm25s.tokenize(text, show_progress=False), k=min(10, len(self._topics)), show_progress=False
        )
        return [(self._topics[place], float(score)) for place, score in zip(found[0], scores[0], strict=True)]


class TfIdf:
    """Cosine of TF-IDF vectors."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._topics = list(texts)
        self._vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        self._matrix = self._vectors.fit_transform(texts.values())

    def rank(self, text: str) -> Ranked:
        """The ten best by cosine."""
        scores = (self._matrix @ self._vectors.transform([text]).T).toarray().ravel()
        return [(self._topics[place], float(scores[place])) for place in np.argsort(-scores)[:10]]


class Fts5:
    """SQLite full-text search with Porter stems, any word of the question."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("create virtual table article using fts5(topic unindexed, body, tokenize='porter')")
        self._base.executemany("insert into article values (?, ?)", texts.items())

    def rank(self, text: str) -> Ranked:
        """The ten best by SQLite's own rank."""
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        if not words:
            return []
        asked = "select topic, -rank from article where body match ? order by rank limit 10"
        return [(str(topic), float(score)) for topic, score in self._base.execute(asked, (words,))]


class LinearSvm:
    """scikit-learn's linear SVM over words, word pairs and character n-grams of every phrase and line."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.svm import LinearSVC

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        self._model = make_pipeline(make_union(words, letters), LinearSVC(C=0.5))
        lines = [(line, topic) for topic, said in texts.items() for line in said]
        self._model.fit([line for line, _ in lines], [topic for _, topic in lines])

    def rank(self, text: str) -> Ranked:
        """The ten best by distance from the margin."""
        scores = self._model.decision_function([text])[0]
        return [(str(self._model.classes_[place]), float(scores[place])) for place in np.argsort(-scores)[:10]]


class Baseline:
    """A ranker made to answer or refuse by one threshold on its best score."""

    def __init__(self, ranker: Ranker, tuning: Sequence[Question]) -> None:
        """The threshold is the one that serves the `tuning` questions best: right answers less wrong ones."""
        self._ranker = ranker
        ranked = [(question, ranker.rank(question.text)) for question in tuning]
        scored = [(question, found) for question, found in ranked if question.expect in {"answer", "out-of-scope"}]
        best = sorted({found[0][1] for _, found in scored if found})
        self._threshold = max(best[:: max(1, len(best) // 100)], key=lambda at: _worth(scored, at), default=0.0)

    def understand(self, text: str) -> Verdict:
        """The best topic when its score reaches the threshold, else out of scope."""
        found = self._ranker.rank(text)
        topics = tuple(topic for topic, _ in found[:3])
        return Verdict("answer" if found and found[0][1] >= self._threshold else "out-of-scope", topics)


def _worth(scored: Sequence[tuple[Question, Ranked]], threshold: float) -> int:
    shown = [(question, found) for question, found in scored if found and found[0][1] >= threshold]
    right = sum(found[0][0] in question.topics for question, found in shown)
    return right - (len(shown) - right)
