"""Identifiers with a shape of their own: NHS numbers, UPNs, phones and e-mail addresses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

import phonenumbers
from stdnum.gb import nhs

_NHS = re.compile(r"(?<!\d)(\d{3})([ -]?)(\d{3})\2(\d{4})(?!\d)")
_GROUPED = re.compile(r"(?<![\d+(-])(?<!\d )[1-9]\d{2}([ -])\d{3}\1\d{4}(?! ?-?\d)")
_NHS_SAID = re.compile(
    r"\b(?:n\.?h\.?s\.?|patient|pt|p/n|hosp(?:ital)?|mrn|medical|record|health)\b[^\d\n]{0,25}((?:\d[ -]?){9}\d)(?!\d)",
    re.IGNORECASE,
)
_UPN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][ -]?\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?[0-9A-Za-z](?![A-Za-z0-9])")
_UPN_SAID = re.compile(r"\bupn\b[^\dA-Za-z]{0,3}(?:\w+\s){0,3}[A-Za-z]?\d{8,12}[A-Za-z]?\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.])(?:\+|00)?\(?\d(?:[\d\-(). ]{7,18})\d(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


_ORGANISATIONS = ("0800", "0808", "03", "0844", "0845", "0870")
"""Beginnings that only organisations have (Ofcom's numbering plan): a helpline names nobody."""


def has_nhs_number(text: str) -> bool:
    """True for ten digits with a good check digit (999 test numbers too), grouped 3-3-4, or called an NHS number.

    Grouped or named so, a wrong check digit is a slip of the finger: the number was still somebody's.
    """
    if _NHS_SAID.search(text) or _GROUPED.search(text):
        return True
    return any(nhs.is_valid(first + second + third) for first, _, second, third in _NHS.findall(text))


def has_upn(text: str) -> bool:
    """True for a unique pupil number: a letter and twelve characters, the last a digit or (temporary) a letter."""
    return bool(_UPN.search(text) or _UPN_SAID.search(text))


def has_phone(text: str, ours: Iterable[str] = ()) -> bool:
    """True for a phone number that could be somebody's, unless it is one of `ours` (published contacts)."""
    published = {digits_of(number) for number in ours}
    for found in _PHONE.finditer(text):
        digits = digits_of(found[0])
        if digits in published or digits.startswith(_ORGANISATIONS) or not _could_ring(digits, found[0]):
            continue
        return True
    return False


def digits_of(number: str) -> str:
    """A telephone number's digits, as one dials it within the country."""
    digits = re.sub(r"\D", "", number)
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and len(digits) > len(prefix) + 8:
            return "0" + digits[len(prefix) :].lstrip("0")
    return digits


def _could_ring(digits: str, written: str) -> bool:
    if not digits.startswith("0") and not written.lstrip().startswith(("+", "00")):
        return False
    try:
        number = phonenumbers.parse(digits if digits.startswith("0") else "+" + digits, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


def has_email(text: str, ours: Iterable[str] = ()) -> bool:
    """True for an e-mail address that is not one of `ours` (the partnership's published mailboxes)."""
    published = {address.lower() for address in ours}
    return any(found.replace(" ", "").lower().rstrip(".") not in published for found in _EMAIL.findall(text))
