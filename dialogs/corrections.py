"""How people take back what they just said: "actually Tuesday", "no wait, police", "i meant stage 2". Pure.

Whether the words behind it are a day, an agency or anything at all is for whoever asked to judge.
"""

from __future__ import annotations

import re

_TAKES_BACK = (
    r"(?:sorry|apologies|oops|whoops|oh|ah|no|nope|wait|hang on|hold on|actually|well|um|er|rather|correction"
    r"|my mistake|my bad|scrap that|(?:wrong|the wrong)(?: (?:day|date))?|not that"
    r"|(?:i|we)(?:'ve|'d)? (?:got|had|put|said|gave|typed|told you|wrote) "
    r"(?:that|it|this|the (?:day|date|wrong (?:day|date|one)))(?: all)?(?: (?:wrong|wrongly))?)\b[\s,.:;!…-]*"
)
_MEANT = (
    r"(?:i (?:actually |really )?(?:mean|meant)(?: to (?:say|type|put|write|pick|choose))?|i should have said"
    r"|was it|(?:it|that|this)(?:'s|s| is| was| should be| should have been| happened)(?: actually| really)?"
    r"|make (?:it|that)|change (?:it|that|this) to|(?:it|that) should (?:say|read))\b[\s,:]*"
)
_CORRECTS = re.compile(rf"(?P<lead>(?:{_TAKES_BACK})*(?P<meant>{_MEANT})?(?:{_TAKES_BACK})*)(?P<said>\S.*)", re.DOTALL)
_BACK = re.compile(
    r"(?:(?:sorry|no|oops|wait|please|can i|can we|let me|i want to)[\s,.:]+)*"
    r"(?:(?:go |one |step |a step )?back(?: one)?(?: (?:question|step))?|(?:the )?previous(?: question| one)?|undo)"
    r"(?: please)?"
)
_THINKS_AGAIN = re.compile(
    r"(?:(?:actually|oops|whoops|sorry|oh|um|er)\b[\s,.:;!…–-]*|(?:wait no|no wait|no sorry)\b[\s,.:;!…–-]*"
    r"|(?:wait|no|nope|hang on|hold on)\s*[,.:;!…–-]+\s*)+",
    re.IGNORECASE,
)
"""Before a sentence that stands instead of the one before. "No referral is needed" and "wait for the MASH" say what
they say."""


def instead(text: str) -> str:
    """The sentence as it was typed, without the words that take back the one before: "wait no, can they ..."."""
    lead = _THINKS_AGAIN.match(text.strip())
    return (text.strip()[lead.end() :] if lead else "") or text.strip()


def corrected(text: str) -> str | None:
    """What stands behind words that take something back; None where nothing is taken back."""
    found = _CORRECTS.fullmatch(_plain(text))
    return found["said"].rstrip(" .!") if found is not None and found["lead"] else None


def meant(text: str) -> str | None:
    """What stands behind "it's" or "i meant", whatever stands before; None without these."""
    found = _CORRECTS.fullmatch(_plain(text))
    return found["said"].rstrip(" .!") if found is not None and found["meant"] else None


def goes_back(text: str) -> bool:
    """True for "back" and "previous question": the question before is meant."""
    return _BACK.fullmatch(_plain(text).rstrip(" .!?")) is not None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
