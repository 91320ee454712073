"""Folding and splitting of typed text. Pure."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "\u00b4": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "}
)
_YEARS_OLD = re.compile(r"\b(\d{1,2})\s*-?\s*(?:y/?o|y\.o\.?|yrs?[\s-]old|years?[\s-]old)\b")
_SECTION = re.compile(r"\bs(?:ec)?\.?\s?(\d{2})\b")
_GLUED_YEAR = re.compile(r"\b(yr|year|lvl|level|stage|section|age|aged)(\d{1,2})\b")
_DIGIT = re.compile(r"\d")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[a-z]+|\d+")


def straight(text: str) -> str:
    """Text with one kind of apostrophe, quote, dash and space; letters and case untouched."""
    return unicodedata.normalize("NFKC", text.translate(_QUOTES))


def fold(text: str) -> str:
    """Lower-case text without accents or apostrophes, with `s47`, `4yr old` and `heeelp` written out plainly."""
    plain = text.lower() if text.isascii() else _without_accents(straight(text).lower())
    plain = plain.replace("od'd", "overdosed").replace("'", "")
    if _DIGIT.search(plain):
        plain = _YEARS_OLD.sub(r"\1 year old", plain)
        plain = _SECTION.sub(r"section \1", plain)
        plain = _GLUED_YEAR.sub(r"\1 \2", plain)
    return _STRETCHED.sub(r"\1\1", plain)


def _without_accents(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))


def tokens(text: str) -> list[str]:
    """Words and numbers of folded text, in order; a hyphenated word gives its parts."""
    return _TOKEN.findall(fold(text))
