"""How a message speaks of what happens: as going on, as just done, or as a thing that could happen to anybody. Pure.

Words of danger are data (`emergency-words.toml`); how English says "now" without saying it stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.screening.tags import Span

NUMBER = "#"
"""Stands for every number: `40 minutes ago` and `ten minutes ago` say the same."""
YEAR = "#year"
"""Stands for every year: what was in one is past."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BEING = _words(
    "is are am im hes shes theyre its be being was were youre keeps kept started starts begun began still now"
)
_HAVING = _words("has have had hes shes theyve ive weve just")
_BETWEEN = _words("just still now only already all been not being")
_NOT_DOING = _words(
    "something anything nothing everything thing being king ring bring during evening morning wedding building going "
    "having string spring training meeting setting housing wellbeing safeguarding bullying parenting missing doing"
)
_NOT_DONE = _words("need red bed shed feed used based related concerned worried supposed")
_IRREGULAR = _words(
    "hit cut hurt shot thrown taken gone run driven drunk eaten broken burnt left put got come fallen bitten beaten "
    "told said rung sent shut tied lost found made set stuck"
)
_NUMBERS = _words(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty"
)


def plain_numbers(words: Sequence[str]) -> list[str]:
    """The words with one sign for every number but `one`, which is mostly a person, and another for a year."""
    if _NUMBERS.isdisjoint(words) and "".join(words).isalpha():
        return list(words)
    return [_plain(word) for word in words]


def _plain(word: str) -> str:
    if word.isdigit():
        return YEAR if len(word) == len("2020") and word[:2] in {"19", "20"} else NUMBER
    return NUMBER if word in _NUMBERS else word


def tenses(words: Sequence[str]) -> Iterator[Span]:
    """Spans tagged `doing` (`is still hitting`) and `just_done` (`has just fallen`, `just been kicked`)."""
    for place, word in enumerate(words):
        verb = place + 1
        while verb < len(words) and words[verb] in _BETWEEN:
            verb += 1
        if verb >= len(words):
            continue
        said = words[verb]
        if word in _BEING and said.endswith("ing") and said not in _NOT_DOING:
            yield place, verb + 1, "doing"
        elif word in _HAVING and (said in _IRREGULAR or said.endswith("ed")) and said not in _NOT_DONE:
            yield place, verb + 1, "just_done"
