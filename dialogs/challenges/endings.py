"""How a challenge ended, as people tell it: "they changed their mind", "we withdrew it". Pure."""

from __future__ import annotations

import re

from dialogs.choosing import folded
from services.model import ChallengeOutcome

_THEY = (
    r"(?:(?:they|he|she|mash|the mash|the (?:other )?(?:agency|manager|team|police|school)|it was|was)(?:'ve|'d)? )?"
)
_HAVE = r"(?:(?:have|had|has|then|just|finally|now|eventually) )*"
_WE = r"(?:(?:we|i|it was|was)(?:'ve|'d)? )?"
_DECISION = r"(?:their |the |its |that )?(?:decision|mind|minds|view|position|outcome)"
_MORE = r"(?P<more> (?:and|after|so|when|because|once|in the end|at once|today|yesterday)\b.*)?"
_TOLD = tuple(
    (outcome, re.compile(rf"(?:(?:ok|so|well|yes|oh|good news) )*{form}{_MORE}"))
    for outcome, form in (
        (
            ChallengeOutcome.DECISION_CHANGED,
            rf"{_THEY}{_HAVE}(?:changed|reversed|overturned|reconsidered)(?: {_DECISION}| it)?",
        ),
        (ChallengeOutcome.DECISION_CHANGED, rf"{_DECISION} (?:was|has been|is|got) (?:changed|reversed|overturned)"),
        (
            ChallengeOutcome.AGREED_OTHERWISE,
            rf"{_WE}{_HAVE}(?:agreed|found|settled|met|reached|came)(?: (?:on|to|in))?"
            r" (?:something else|another way|a different way|(?:a )?compromise|a middle way|the middle)",
        ),
        (
            ChallengeOutcome.DECISION_STANDS,
            rf"{_THEY}{_HAVE}(?:(?:stuck|stood) (?:with|by|to)|kept(?: to)?|upheld)(?: {_DECISION}| it)",
        ),
        (
            ChallengeOutcome.DECISION_STANDS,
            rf"{_THEY}{_HAVE}(?:did not|didn't|didnt|would not|wouldn't) change(?: {_DECISION}| it)?",
        ),
        (
            ChallengeOutcome.DECISION_STANDS,
            r"(?:it|the decision|their decision) (?:still )?stands|no change|nothing changed",
        ),
        (
            ChallengeOutcome.WITHDRAWN,
            rf"{_WE}{_HAVE}(?:withdrew|withdrawn|dropped|pulled)(?: (?:it|the challenge|our challenge))?",
        ),
    )
)


def told(text: str) -> ChallengeOutcome | None:
    """The outcome that the words tell of; None where they tell of something else, or ask."""
    said = folded(text)
    return None if "?" in text else next((outcome for outcome, form in _TOLD if form.fullmatch(said)), None)
