"""Words that somebody wrote, before they are kept.

Whatever a card or a message brings goes through here on its way into the records. That is what keeps case details out
of them: text that could identify somebody is refused as a whole, and the refusal does not repeat it.
"""

from __future__ import annotations

from services.errors import ServiceError
from services.rulebook import Rulebook

LONGEST = 2000
"""Characters that may be written at a time, where the use case does not ask for fewer."""


def kept_text(text: str, rules: Rulebook, *, longest: int = LONGEST, missing: str | None = None) -> str:
    """`text` as it may be kept, without the space around it. Raises `ServiceError` when it is too long or could
    identify somebody, and when it is empty if `missing` says with which code; else the empty text is kept."""
    text = text.strip()
    if missing and not text:
        raise ServiceError(missing)
    if len(text) > longest:
        raise ServiceError("answer-too-long", longest=longest)
    if rules.screen(text):
        raise ServiceError("answer-identifies")
    return text
