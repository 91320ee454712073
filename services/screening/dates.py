"""Dates of birth: a date that is said to be one, or one that stands beside a person and no event. Pure."""

from __future__ import annotations

import re

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[\s-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINAL})"
_YEAR = r"(?:(?:19|20)\d{2}|'?\d{2})"
_SEP = r"\s?[/.\- ]\s?"
_DATE = (
    rf"(?:\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}{_YEAR}|(?:19|20)\d{{2}}{_SEP}\d{{1,2}}{_SEP}\d{{1,2}}"
    rf"|{_DAY}\s?(?:of\s)?{_MONTH},?\s{_YEAR}|{_MONTH}\s{_DAY},?\s{_YEAR})(?!\d)"
)
_FULL_DATE = re.compile(rf"(?<![\d/]){_DATE}", re.IGNORECASE)
_BIRTH = r"(?:\bd\W{0,2}o\W{0,2}b\b\.?|\bdate of birth\b|\bborn\b|\bbirth\s?da(?:y|te)\b|\bbday\b|\bb\.)"
_PART_DATE = rf"(?:{_DATE}|\d{{1,2}}[/.\-]\d{{1,2}}\b|{_DAY}\s?(?:of\s)?{_MONTH}\b|{_MONTH}\s{_DAY}\b|\d{{6,8}}\b)"
_SAID_TO_BE_BIRTH = re.compile(rf"{_BIRTH}[^\d\n]{{0,25}}{_PART_DATE}", re.IGNORECASE)
# A day that is known by its name is as good as a date: "born on christmas day 2014".
_NAMED_DAY = (
    r"(?:(?:christmas|xmas|boxing|new\syear'?s|valentine'?s?|bonfire|leap|may|easter|guy\sfawkes|pancake|mother'?s|father'?s|"
    r"st\.?\s(?:patrick|george|andrew|david)'?s)\s(?:day|eve|night|sunday|monday|tuesday)|halloween|hallowe'en)\b"
)
_BORN_ON_NAMED_DAY = re.compile(
    rf"(?:{_BIRTH}|\bbirthday)\s?(?:(?:is|was|on|the|falls|[:=-])\s?){{0,3}}{_NAMED_DAY}", re.IGNORECASE
)
# A month and a year say enough where they are called somebody's date of birth, or are one person's.
_MONTH_OF_BIRTH = re.compile(
    r"(?:\bd\W{0,2}o\W{0,2}b\b|\bdate of birth\b|\bb(?:irth)?day\b|\b(?:he|she)(?:'s|\swas|\sis|\shas been)?\sborn\b)"
    rf"\W{{0,3}}(?:(?:is|was|in|on|about)\s){{0,2}}{_MONTH}\s(?:19|20)\d{{2}}\b",
    re.IGNORECASE,
)
_TURNS = re.compile(rf"\bturn(?:s|ed|ing)\s(?:\d{{1,2}}|\w+)\son\s(?:the\s)?{_PART_DATE}", re.IGNORECASE)
_BIRTH_AFTER = re.compile(rf"{_DATE}\W{{0,3}}\(?{_BIRTH}", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:boy|girl|child|kid|baby|toddler|pupil|student|patient|resident|tenant|twins?|son|daughter|infant|newborn|"
    r"teen(?:ager)?|lad|brother|sister|client|he|she|his|her)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:course|training|forum|session|seminar|webinar|meeting|conference|review|inspection|report|letter|audit|"
    r"book(?:ed|ing)?|place|date[sd]?|deadline|due|event|term|holiday|guidance|act|version|policy|update[ds]?|"
    r"incident|referral|referred|visit|visited|seen|decided|closed|told|attend(?:ed)?|moved|started|left|since)\b",
    re.IGNORECASE,
)


def has_date_of_birth(text: str) -> bool:
    """True when a date is said to be one of birth, or stands in a message about a person and no event."""
    if any(
        birth.search(text) for birth in (_SAID_TO_BE_BIRTH, _BIRTH_AFTER, _BORN_ON_NAMED_DAY, _MONTH_OF_BIRTH, _TURNS)
    ):
        return True
    return bool(_FULL_DATE.search(text) and _PERSON.search(text) and not _EVENT.search(text))
