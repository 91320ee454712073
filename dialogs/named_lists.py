"""Lists that the partnership manager asks for by these very words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs.choosing import folded
from dialogs.office import overview, reporting, verbs
from dialogs.training import charging
from dialogs.turn import Answer, Flow, Turn

FOR_MANAGERS: Mapping[str, Flow] = {
    "charges": charging.list_due,
    "charges due": charging.list_due,
    "show charges": charging.list_due,
    "digest": overview.show_week,
    "weekly digest": overview.show_week,
    "my week": overview.show_week,
    **dict.fromkeys(("what's new", "whats new", "what's new this week", "whats new this week"), overview.show_week),
    "forward plan": overview.show_ahead,
    "forward planner": overview.show_ahead,
    "uncertain": overview.show_doubts,
    "uncertain messages": overview.show_doubts,
    **dict.fromkeys(("not delivered", "failed messages", "failed notices"), overview.show_doubts),
    "unreachable": overview.show_unreachable,
    "who cannot be reached": overview.show_unreachable,
}
_SENT = r"(?:messages?|notices?|notifications?|reminders?|e ?mails?|mails?|letters?|digests?)"
_NOT = (
    r"(?:not|never|could not|couldn't|couldnt|cannot|can't|cant|didn't|didnt|did not|wasn't|wasnt|weren't|werent|hasn't"
    r"|hasnt|haven't|havent|isn't|isnt)"
)
_MADE_IT = r"(?:delivered|sent|arrived?|(?:get|got|go|went) (?:through|out|delivered|sent|there)|reach(?:ed)? anybody)"
_FAILS = (
    rf"(?:(?:were|was|have|has|had|is|are) )?{_NOT} (?:be |been |yet |get )*{_MADE_IT}"
    r"|(?:have |has |had )?(?:failed|bounced)(?: to (?:send|arrive|deliver|be (?:sent|delivered)|go out))?"
)
_UNDELIVERED = re.compile(
    r"(?:(?:please|show|list|see|give|me|are|is|there|any|the|all|of|which|what|whats|what's|can|could|i|you) )*"
    rf"(?:(?:(?:undelivered|undeliverable|failed|bounced|unsent) {_SENT}|{_SENT} (?:that |which )?(?:{_FAILS})"
    rf"|what(?:'?s)? (?:{_FAILS})|(?:failed deliver(?:y|ies)|delivery failures?|undelivered))"
    r"(?: (?:this week|last week|today|so far|recently|please|yet))*)"
)
"""What has not arrived, in whatever words."""
_UNCLEAR = frozenset({"what failed", "what has failed", "what have failed"})
"""It may be anything."""
_SUGGESTED = re.compile(
    r"(?:(?:please|show|list|see|give|me|are|there|any|the|all|what|which|whats|what's|can|could|i|you|have|has) )*"
    r"(?:suggested|proposed) (?:phrases?|wordings?|ways of asking)(?: (?:list|report|please))*"
    r"|(?:what|which) (?:phrases|wordings?) (?:(?:have|has|did) )?(?:(?:been|the|experts|people) )*"
    r"(?:suggest(?:ed)?|proposed?)"
)
"""What experts propose, in whatever words."""


async def suggested_phrases(turn: Turn) -> Answer:
    """The ways of asking that experts propose, of this year."""
    return await reporting.show(turn.saying(verb=verbs.REPORT, name="suggested-phrases", year=""))


def manager_list(text: str) -> Flow | None:
    """The list that these words, and nothing more, are the name of."""
    said = folded(text)
    if said in _UNCLEAR:
        return None
    if _SUGGESTED.fullmatch(said):
        return suggested_phrases
    return FOR_MANAGERS.get(said) or (overview.show_doubts if _UNDELIVERED.fullmatch(said) else None)


def names_list(text: str) -> bool:
    """True for the name of such a list and nothing more."""
    return manager_list(text) is not None
