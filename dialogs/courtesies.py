"""Words that ask for nothing: a greeting, thanks, a goodbye, a bare yes or ok, and whether something helped. Pure."""

from __future__ import annotations

import re

from dialogs.choosing import said_yes

_HELLO = re.compile(
    r"(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening|day)|morning|afternoon)(?: (?:there|bot|all))?"
)
_NICE = (
    r"(?:great|helpful|good|useful|perfect|brilliant|lovely|fantastic|clear|excellent|amazing|handy|kind|super|fab"
    r"|brill|ace|awesome|wonderful|magic|smashing|wicked|spot on|sorted|clear now)"
)
_SO = r"(?:(?:really|very|so|just|most|super|all|such a) )*"
_LEAD = rf"(?:(?:ok(?:ay)?|no|ah|oh|aw+|right|yes|cool|wow|{_NICE}|(?:that's|thats) {_NICE}),? )*"
_TY = (
    r"(?:thanks?|thank ?you|thanku|many thanks|cheers|ta|thx|tysm|tyvm|ty|(?:much )?appreciated"
    r"|i (?:really )?appreciate (?:it|that|your help)|(?:nice|good) one|well done|good job|good bot)"
)
_MORE = (
    r"(?:,? (?:very much|so much|a lot|loads|a million|again|mate|pal|all|both|bot|indeed|anyway|everyone"
    r"|for (?:that|this|(?:your|the|all your) (?:help|time)|the info(?:rmation)?|helping)))*"
)
_YOU = r"(?:(?:that|this|it)(?:'s|s| is| was)|you(?:'ve| have) been|you(?:'re| are))"
_PRAISE = rf"(?:[,.!]? (?:{_YOU} )?{_SO}{_NICE})?"
_BYE = (
    r"(?:(?:good)?bye|bye bye|good ?night|see (?:you|ya)(?: (?:later|soon|tomorrow|around|then))?|cya"
    r"|have a (?:good|nice|great|lovely) (?:day|afternoon|evening|weekend|one)|speak (?:soon|later)|all the best)"
)
_THANKS = re.compile(rf"{_LEAD}{_TY}{_MORE}{_PRAISE}(?:[,.!]? {_BYE})?|(?:ok(?:ay)?,? )?{_BYE}(?:[,.!]? {_TY}{_MORE})?")
_ANSWER = re.compile(r"yes|yes please|yep|yeah|y|no|nope|n|please")
_GOOD = re.compile(
    r"ok(?:ay)?|k|all right|alright|sure|fine|great|good|perfect|lovely|got it|understood|will do"
    rf"|(?:{_YOU} )?{_SO}{_NICE}"
)
_PLEA = r"(?:(?:no|oh|oops|sorry|ok|okay|please|actually|eh|um|and|pardon)[,.]? )*"
_MOMENT = r"(?:(?:just )?(?:a|one|two) (?:sec|secs|second|seconds|moment|mo|minute|minutes|min|mins|tick|ticks))"
_WAITS = re.compile(
    rf"{_PLEA}(?:(?:hang on|hold on|hold fire|wait|bear with me|brb)(?: {_MOMENT})?|{_MOMENT}"
    rf"|(?:give me|gimme|wait) {_MOMENT})(?:[,.]? (?:please|sorry|thanks))*"
)
_AGAIN = re.compile(
    rf"{_PLEA}(?:what (?:did|do) (?:you|u) (?:just )?(?:say|ask|want to know)|what was (?:that|the question|it)"
    r"|what(?: was| is|'s|s) the question|say (?:that|it)"
    r"|(?:can|could) (?:you|u) (?:please )?(?:repeat|say) (?:that|it|yourself)"
    r"|(?:(?:can|could) (?:you|u) (?:please )?)?repeat(?: (?:that|it|the question))?|come again"
    r"|i missed (?:that|it)|pardon(?: me)?)"
    r"(?: (?:again|before|just now|there|please|to me|sorry))*\?*"
)
_MORE_OF_IT = re.compile(
    rf"{_PLEA}(?:(?:(?:can|could|would) (?:you|u) )?(?:tell|give|show) me (?:some |a bit |a little )?more"
    r"|(?:a bit |any |some )?more|go on|i (?:want|need|would like) (?:to know )?more|(?:is that|what) (?:all|else))"
    r"(?: (?:info|information|details?|(?:on|about|of) (?:that|this|it)|please|pls|then))*\?*"
)
_SIGN = re.compile(r"[^\w\s!-~£–—“”…]+")
"""Emoji and the like: a raised thumb beside words says nothing else than these."""
_THUMB = re.compile(r"[\N{THUMBS UP SIGN}\N{OK HAND SIGN}\N{WHITE HEAVY CHECK MARK}\U0001f3fb-\U0001f3ff\ufe0f\s!.]+")


def plain(text: str) -> str:
    """A text without capitals, emoji, doubled spaces and the stop at its end."""
    return " ".join(_SIGN.sub(" ", text.casefold().replace("’", "'")).split()).rstrip(".! ")


def thumbs_up(text: str) -> bool:
    """True for a raised thumb, or several."""
    return _THUMB.fullmatch(text) is not None and not text.isascii()


def greets(text: str) -> bool:
    """True for a greeting and nothing more."""
    return _HELLO.fullmatch(plain(text).rstrip("? ")) is not None


def thanks(text: str) -> bool:
    """True for thanks or a goodbye and nothing more."""
    return _THANKS.fullmatch(plain(text)) is not None


def answers(text: str) -> bool:
    """True for a bare yes or no, however it is put."""
    return _ANSWER.fullmatch(plain(text)) is not None or said_yes(text, deed="") is not None


def approves(text: str) -> bool:
    """True for a bare "ok", "great" or the like."""
    return _GOOD.fullmatch(plain(text)) is not None


def waits(text: str) -> bool:
    """True for "hang on" and "just a sec": nothing is said yet."""
    return _WAITS.fullmatch(plain(text)) is not None


def asks_again(text: str) -> bool:
    """True for "what did you say?": what we said last is meant, whatever it was."""
    return _AGAIN.fullmatch(plain(text)) is not None


def asks_for_more(text: str) -> bool:
    """True for "tell me more" and nothing said of what."""
    return _MORE_OF_IT.fullmatch(plain(text)) is not None


def courteous(text: str) -> bool:
    """True for a greeting, thanks or a goodbye."""
    return greets(text) or thanks(text)


def nods(text: str) -> bool:
    """True for a bare yes, no, ok or the like."""
    return answers(text) or approves(text)
