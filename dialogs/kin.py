"""Words for a child or somebody's family, where a colleague's name could stand. Pure."""

from __future__ import annotations

import re

_FAMILY = re.compile(
    r"\b(?:his|her|their|child(?:ren)?|kids?|boys?|girls?|baby|pupils?|students?|sons?|daughters?|brothers?|sisters?|mums?"
    r"|mom|dads?|mothers?|fathers?|parents?|nan|gran|uncle|aunt|cousin|foster|twins?|family)\b",
    re.IGNORECASE,
)


def of_a_family(name: str) -> bool:
    """True where a child or somebody's family is spoken of, and no colleague."""
    return _FAMILY.search(name) is not None
