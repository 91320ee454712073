"""Words that are said to mean two things: whoever types them would get either. Compares, decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from config.articles import Article
from config.draft import Placed
from config.faults import Fault
from config.words import PairRow


def same_words(phrase: str) -> str:
    """What two phrases have in common that are typed alike: case, blanks and the mark at the end do not matter."""
    return " ".join(phrase.casefold().split()).rstrip("?!. ")


def doubled_words(articles: Iterable[Placed[Article]], listed: Mapping[str, Sequence[PairRow]]) -> Iterator[Fault]:
    """Each phrase of a list that means something else elsewhere: another topic, a command, or nothing of ours."""
    first: dict[str, str] = {}
    for placed in articles:
        for phrase in (placed.value.title, *placed.value.asked):
            first.setdefault(same_words(phrase), placed.value.id)
    for name in ("phrases.csv", "commands.csv", "out-of-scope.csv"):
        for line, value, phrase in listed[name]:
            meaning = "outside our guidance" if name == "out-of-scope.csv" else value
            other = first.setdefault(same_words(phrase), meaning)
            if other != meaning:
                yield Fault(name, line, "", f"means '{other}' too: '{phrase}'")
