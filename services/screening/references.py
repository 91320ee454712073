"""What else is one person's: a number in a case system, an account's name, the registration of a car. Pure.

Few such numbers have a shape of their own, so each is known by what it is said to be.
"""

from __future__ import annotations

import re

_SYSTEM = (
    r"(?:hospital|patient|client|service user|case|pupil|student|mosaic|liquid ?logic|framework-?i?|emis|systmone|rio|"
    r"cpoms|my ?concern|mrn|ehcp?|social care|national insurance|ni|nino|passport|nass|arc|nhs)"
)
_MATTER = (
    r"(?:person|child(?:'?s)?|resident|family|record|file|visa|home office|asylum|crime|cad|police|custody|tenancy|"
    r"rent|benefits?|oyster|licence|certificate|court|sims|arbor|lac|her|his|their)"
)
_CALLED = r"(?:\s?(?:no\.?|num(?:ber)?|i\.?d\.?|ref(?:erence)?|record|file|card|is|was|[#:=-]))"
_NUMBER = r"(?:[A-Za-z]{0,3}[-/ ]?\d{6,12}[A-Za-z]?|[A-Za-z]{1,3}[-/]?\d{5,12}[A-Za-z]?)(?:/\d{2,4})?"
_RECORD = re.compile(
    rf"\b(?:{_SYSTEM}\b{_CALLED}{{0,4}}|{_MATTER}\b{_CALLED}{{1,4}})\s?{_NUMBER}(?![\w/])", re.IGNORECASE
)
_NATIONAL_INSURANCE = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z]{2} ?(?:\d{2} ?){3}[A-Da-d](?!\w)")
_NETWORK = (
    r"(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|twitter|facebook|fb|messenger|telegram|kik|roblox|fortnite|"
    r"minecraft|xbox|psn|playstation|steam|twitch|wink|yubo|reddit|youtube|onlyfans|ig|sc|user ?name|handle|gamer ?tag|"
    r"screen ?name|account|profile)"
)
_ACCOUNT = re.compile(
    rf"\b{_NETWORK}\b(?:\s?(?:user ?name|name|handle|account|profile|gamer ?tag|tag|id|user|is|as|called|under|"
    r"[:=-])){0,4}[\s\"'(]*"
    r"(?P<account>@?[A-Za-z][\w.-]{3,}\w)",
    re.IGNORECASE,
)
_LIKE_AN_ACCOUNT = re.compile(r"[A-Za-z][\w.-]*(?:\d|_|\.[a-z])", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:years?|yrs?|ages?d?|under|over|level|ks|key|part|section|class|group|stage|covid|catch|web)\W?\d",
    re.IGNORECASE,
)
_PLATE = re.compile(r"(?<!\w)[A-Z]{2}\d{2}\s?[A-Z]{3}(?!\w)")
_PLATE_SAID = re.compile(
    r"\b(?:car|van|bike|moped|taxi|vehicle|reg(?:istration)?|plates?|vrm|number ?plate)\b"
    r"(?:\s?(?:reg(?:istration)?|plate|number|no\.?|is|was|[:=-])){0,4}\s?"
    r"(?:[A-Z]{2}\d{2}\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])(?!\w)",
    re.IGNORECASE,
)


def has_record_number(text: str) -> bool:
    """`hospital no. K123456`, `mosaic id 1187342`, `case 4471823`; not `case 3`, `section 47` or a year."""
    return bool(_NATIONAL_INSURANCE.search(text) or _RECORD.search(text))


def has_account(text: str) -> bool:
    """`snapchat: kayleighxx09`: a name in a network that is like no word."""
    for found in _ACCOUNT.finditer(text):
        account = found["account"]
        if account.startswith("@") or (_LIKE_AN_ACCOUNT.match(account) and not _COUNTED.match(account)):
            return True
    return False


def has_registration(text: str) -> bool:
    """`car reg LK19 ABC`, and `LK19 ABC` in capitals."""
    return bool(_PLATE.search(text) or _PLATE_SAID.search(text))
