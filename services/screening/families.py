"""A family by its surname: `the Patel family`, `the Greens`, `okonkwo twins`. Pure.

Most surnames are words as well. One names a family where it stands before those who bear it, written as a name is:
`the Green family` is one, `a green family` and `the whole family` are none.
"""

from __future__ import annotations

from services.screening.lexicon import Lexicon
from services.screening.written import Sentence, Word

_HOUSEHOLD = frozenset({"family", "household", "twins", "siblings"})
"""Of these a surname in lower case is told from a word; "the baker children" could be anybody's."""


def is_family(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """True when the word at `place` is a surname that stands for all who bear it."""
    word, following = sentence.words[place], sentence.after(place)
    if word.owner or sentence.shouted or len(word.plain) < 2 or _is_stressed(lexicon, word):
        return word.plain in lexicon.surnames
    if _is_double(lexicon, word) or _is_plural(lexicon, sentence, place):
        return True
    if following is None or following.plain not in lexicon.signs["kin"]:
        return False
    if word.plain in lexicon.surnames:
        return True
    if word.capital:
        return not word.first and (lexicon.unknown(word) or _is_written_as_name(lexicon, sentence, place, following))
    return _is_said_as_name(lexicon, sentence, place, following)


def _is_stressed(lexicon: Lexicon, word: Word) -> bool:
    """`MY kids`, in capitals to be heard; `the NG family` is one."""
    return word.all_capitals and (len(word.text) > 2 or word.plain in lexicon.everyday)


def _is_double(lexicon: Lexicon, word: Word) -> bool:
    """`Penhallow-Rigby`."""
    parts = word.text.split("-")
    return len(parts) == 2 and all(part[:1].isupper() and lexicon.strange(part.lower()) for part in parts)


def _is_plural(lexicon: Lexicon, sentence: Sentence, place: int) -> bool:
    """`the Okonkwos`, `the Coopers`: all of that name."""
    word = sentence.words[place]
    surname = word.plain.removesuffix("es") if word.plain.endswith("ses") else word.plain.removesuffix("s")
    if surname == word.plain or sentence.before(place) != "the":
        return False
    if surname in lexicon.surnames:
        return True
    return word.capital and surname in lexicon.signs["surnames_too"] - lexicon.signs["describes"]


def _is_written_as_name(lexicon: Lexicon, sentence: Sentence, place: int, following: Word) -> bool:
    """A word with a capital that it needs only as a name: `the Green family`, but no `Black children`."""
    word = sentence.words[place]
    if following.capital or not (lexicon.may_be_surname(word.plain) or word.plain in lexicon.given):
        return False
    if word.plain in lexicon.signs["describes"]:
        return sentence.before(place) == "the" and following.plain in _HOUSEHOLD and word.plain not in _PEOPLES
    return True


_BEFORE_SURNAME = frozenset(
    ["", "the", "that", "about", "for", "re", "with", "al", "bin", "da", "de", "del", "der", "dos", "el", "van", "von"]
)
_PEOPLES = frozenset({"black", "white", "french", "welsh", "islam"})
"""Written with a capital they say what a family is, too."""


def _is_said_as_name(lexicon: Lexicon, sentence: Sentence, place: int, following: Word) -> bool:
    """In lower case: `the miller family`, `the okonkwo twins`, but neither `the young family` nor a slip of a word."""
    word = sentence.words[place]
    if lexicon.can_only_be_name(word):
        return sentence.before(place) in _BEFORE_SURNAME
    if sentence.before(place) != "the" or following.plain not in _HOUSEHOLD:
        return False
    return word.plain in lexicon.signs["surnames_too"] - lexicon.signs["describes"]
