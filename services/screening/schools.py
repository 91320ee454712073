"""A named school, and the one child of it whom people there would know at once. Pure."""

from __future__ import annotations

import re

_NAMED = (
    r"(?:[A-Z][\w'’.-]+\s)+(?i:school|primary|secondary|academy|college|nursery|pre-?school|infants?|juniors?|high|"
    r"grammar|playgroup|university|sixth form)\b"
)
NAMED_SCHOOL = re.compile(rf"\b{_NAMED}|\b(?:at|attends|goes to|from|in)\s(?:st|saint)\s[A-Z]\w+")
_ONE_OF_THEM = re.compile(
    r"\b(?i:the|our|that)\s(?:only\s|one\s)?(?:boy|girl|child|lad|kid|pupil|toddler|twins?|triplets?|eldest|youngest)\b"
    rf"[^.?!]{{0,90}}?\b(?:at|from|in)\s{_NAMED}"
)


def has_one_child_of_a_school(text: str) -> bool:
    """`the boy in the wheelchair at Pretend Park School`: whoever knows the school knows the child."""
    return bool(_ONE_OF_THEM.search(text))
