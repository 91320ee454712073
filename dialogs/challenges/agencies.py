"""Which agencies somebody's words mean. Pure: the pack's names and other words for them, against what was typed."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from config.catalogue import Agency
from config.pack import Pack

CLOSE = 82
"""How alike, of 100, a misspelt name must be."""
OFFERED = 6

_NO_NAME = re.compile(r"\b(?:their|my|your|her|his|our|in|never|wont|dont|do not)\s+minds?\b")
"""`They changed their mind` names no charity."""
_WORD = re.compile(r"[a-z0-9]+")
_LITTLE = frozenset(("a", "and", "at", "for", "harrow", "i", "in", "it", "is", "of", "s", "the", "they", "to", "with"))


def agency_name(pack: Pack, agency_id: str) -> str:
    """The agency's name, or its id when the pack no longer lists it."""
    agency = pack.agency(agency_id)
    return agency.name if agency else agency_id


def _plain(text: str) -> str:
    said = _NO_NAME.sub(" ", text.casefold().replace("'", "").replace("’", ""))
    return " ".join(word for word in _WORD.findall(said) if word not in _LITTLE)


def _names(agency: Agency) -> list[str]:
    return [_plain(name) for name in (agency.name, agency.id.replace("-", " "), *agency.aliases)]


def _score(agency: Agency, said: str) -> float:
    """100 for a name in full, less for part of one; 0 when nothing is alike."""
    names = _names(agency)
    if said in names or said + "s" in names or said.removesuffix("s") in names:
        return 100
    if any(set(said.split()) < set(name.split()) or set(name.split()) < set(said.split()) for name in names if name):
        return 90
    best = max(fuzz.ratio(said, name) for name in names)
    return best if best >= CLOSE else 0


def is_agency(pack: Pack, text: str) -> bool:
    """True for the name of an agency and nothing else, as the pack writes it or its other names."""
    said = " ".join(text.casefold().replace("’", "'").split()).strip(" .!").removeprefix("the ")
    spoken = {said, said.removesuffix(" service"), f"{said} service"}
    return any(
        name.casefold() in spoken or name.casefold().removeprefix("london ") in spoken
        for agency in pack.agencies
        for name in (agency.name, *agency.aliases)
    )


def is_only_agencies(pack: Pack, text: str) -> bool:
    """True for words that are the name of an agency or part of one, with nothing told of it: "school", "the polise"."""
    said = _plain(text)
    words = set(said.split())
    names = [name for agency in pack.agencies for name in _names(agency)]
    return bool(words) and any(words <= set(name.split()) or fuzz.ratio(said, name) >= CLOSE for name in names)


def agencies_meant(pack: Pack, text: str) -> list[Agency]:
    """The agencies that `text` may mean, best first; only those named in full when some are. Empty for none."""
    said = _plain(text)
    if not said:
        return []
    scored = sorted(((_score(agency, said), agency) for agency in pack.agencies), key=lambda pair: -pair[0])
    found = [(score, agency) for score, agency in scored if score]
    full = [agency for score, agency in found if score == 100]
    return (full or [agency for _, agency in found])[:OFFERED]
