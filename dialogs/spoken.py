"""Typed words that do what a button does: the verb, and the data that the button would carry. Pure.

These are whole sentences with a number in them, or one of a few fixed forms; anything freer is understood elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.challenges.challenge_log import OPEN as CHALLENGE
from dialogs.questions.tickets import ANSWER, GIVE_BACK, HELPED, NOT_HELPED, SHOW, SUGGEST, TAKE, WITHDRAW

Press = tuple[str, Mapping[str, str]]

_REF = r"(?:question\s+)?q\s?(?P<question>\d{1,9})"
_ILL = (
    r"(?:(?:(?:ok|okay|yes|please)\s+)*(?:i(?:'ll|’ll|ll|'d|’d)|(?:can|could|may|shall)\s+i|i\s+(?:will|can|could|would|want|need))"
    r"\s+(?:please\s+)?(?:like\s+)?(?:to\s+)?)"
)
_NOW = r"(?:\s+(?:please|now|then|thanks|on|for\s+you|for\s+them))*"
_NEED_NOT = r"(?:no\s+longer|don['’]?t|do\s+not)\s+need"
_ABOUT = r"(?:open|show|see|update|move|outcome|impact|next\s+stage)"
"""Of a challenge, each of these begins with looking at it: what can be said of it then stands beneath."""
_WHO = (
    r"(?:(?:a|an|the|some|one|another|any)\s+)?(?:of\s+the\s+)?(?:real\s+|actual\s+|live\s+|human\s+|named\s+)*"
    r"(?:person|persons|people|human|humans|human being|someone|somebody|expert|experts|adviser|advisor|colleague"
    r"|member of staff|expert group)(?:\s+(?:real|human|else))?"
)
_POLITE = (
    r"(?:(?:please|pls|plz|hi|hello|ok|no|none of these|none of them|neither)\W+)*"
    r"(?:(?:can|could|may|might)\s+(?:i|we|you)\s+(?:please\s+)?(?:just\s+)?"
    r"|(?:i|we)\s*(?:'d|would|’d)?\s*(?:want|need|like|wish|prefer)\s+(?:to\s+)?"
    r"|i\s*(?:'d|’d)\s+rather\s+|let\s+me\s+|how\s+(?:do|can|could)\s+i\s+)?"
)
_REACH = (
    r"(?:ask|speak\s+(?:to|with)|talk\s+(?:to|with)|chat\s+(?:to|with)|message|write\s+to|get(?:\s+hold\s+of)?"
    r"|put\s+me\s+(?:through|on)\s+to|put\s+(?:it|this|that|my\s+question)\s+to|pass\s+(?:me|it|this)\s+(?:on\s+)?to"
    r"|hand\s+(?:me|it|this)\s+over\s+to|connect\s+me\s+(?:to|with)|transfer\s+me\s+to|refer\s+(?:it|this)\s+to)"
)
_TAIL = r"(?:\s+(?:instead|please|pls|plz|now|about\s+(?:this|that|it)))*"
_QUESTION = r"(?:(?:\s*[:;,–-]\s*|\s+about\s+|\s+(?=(?:how|what|when|who|why|whether|if)\b))(?P<asked>\S.*))?"
_ASK = re.compile(rf"{_POLITE}{_REACH}\s+{_WHO}{_TAIL}{_QUESTION}\W*", re.IGNORECASE | re.DOTALL)

_WORD = re.compile(r"[^\W\d_]+")
_CALLED = ("person", "someone", "somebody", "human", "expert", "adviser", "colleague")
FIRST_WORDS = 12
"""Among these a person is named who is asked for; what comes later is the question."""
_IN_SHORT = ("ask a person", "ask someone", "ask somebody")
SLIPS_OF_ALL = 2
"""Letters that may be wrong in these few words as a whole: "aks a persn"."""


def _lines(text: str) -> frozenset[str]:
    return frozenset(text.strip().splitlines())


_SHORT = _lines(
    """
ask person
ask a question
human
human please
human pls
a human please
real person
real person please
a real person
person please
a person please
none of these
none of them
none of those
hand me over
ask a question to a person
put a question to a person
i want a person
i want a human
i need a person
i need a human
"""
)
_FIXED: Mapping[str, frozenset[str]] = {
    "my-questions": _lines(
        """
my questions
my question
show my questions
questions i asked
what did i ask
has my question been answered
has my question been answered yet
has anyone answered my question
has anyone answered my question yet
has anybody answered my question
has anybody answered my question yet
has someone answered my question
did anyone answer my question
has anyone replied to my question
has anyone taken my question
is my question answered
is my question answered yet
when will my question be answered
what happened to my question
any news on my question
any reply to my question
any answer to my question
is there an answer to my question
"""
    ),
    "questions": _lines(
        """
questions
open questions
questions for me
waiting questions
questions waiting
questions to answer
show questions
show open questions
what questions are waiting
any questions
any questions for me
what needs answering
what needs an answer
anything to answer
anything need answering
does anything need answering
is there anything to answer
what is there to answer
what do i need to answer
what do i have to answer
questions i need to answer
what is waiting to be answered
whats waiting to be answered
"""
    ),
    "owners": _lines(
        """
owners
experts
expert groups
who answers
who answers what
who answers questions
who answers for what
show experts
"""
    ),
    "unanswered": _lines(
        """
unanswered
unanswered questions
show unanswered questions
show me unanswered questions
list unanswered questions
unanswered list
questions not answered
what was not understood
what did you not understand
what could you not answer
what questions could you not answer
"""
    ),
}
_UNANSWERED = re.compile(
    r"(?:(?:please|show|list|see|give|me|can|i|what(?:'s|’s|s| is)?|whats|is|are|which|the|all) )*"
    r"(?:(?:on |in )?(?:the |your |my )?(?:unanswered|not answered|not understood)(?: questions?| list)*"
    r"|questions? (?:that )?(?:you |it |the bot )?(?:could not|couldn'?t|couldn’t|did not|didn'?t|can'?t)"
    r" (?:be )?answer(?:ed)?"
    r"|what (?:could not|couldn'?t|couldn’t|did not|didn'?t|can'?t) (?:you|the bot) (?:answer|understand)"
    r"|what (?:could|did|can) (?:you|the bot) not (?:answer|understand)"
    r"|(?:you|the bot) (?:could not|couldn'?t|couldn’t|did not|didn'?t) (?:answer|understand))"
    r"(?: (?:this|last) (?:month|week)| lately| recently| so far| please)*"
)
"""The manager's list of what was not answered, in whatever words. One list for all times of late."""
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form, re.IGNORECASE | re.DOTALL), verb)
    for form, verb in (
        (rf"{_ILL}?take\s+{_REF}{_NOW}", TAKE),
        (rf"{_ILL}(?:have|answer|do|deal\s+with|handle|reply\s+to|pick\s+up)\s+{_REF}{_NOW}", TAKE),
        (rf"{_REF}\s+is\s+mine{_NOW}", TAKE),
        (rf"(?:answer|reply(?:\s+to)?)\s+{_REF}(?:\s*[:,;–-]?\s+(?P<answer>\S.*))?\.?", ANSWER),
        (
            r"(?:edit|change|correct|amend|fix|rewrite|update)\s+(?:(?:my|the)\s+)?(?:answer|reply)\s+"
            rf"(?:to|on|for|of)\s+{_REF}(?:\s*[:,;–-]?\s+(?P<answer>\S.*))?\.?",
            ANSWER,
        ),
        (rf"(?:give\s+back|hand\s+back|put\s+back|release|free)\s+{_REF}", GIVE_BACK),
        (rf"(?:withdraw|drop|cancel)\s+{_REF}", WITHDRAW),
        (
            rf"(?:(?:i|we)\s+)?{_NEED_NOT}\s+(?:an\s+answer\s+(?:to|on|for)\s+)?{_REF}(?:\s+(?:any\s?(?:more|longer)|now))?",
            WITHDRAW,
        ),
        (rf"(?:suggest|propose)\s+{_REF}(?:\s+as\s+a\s+phrase)?(?:\s+(?:for|as)\s+(?P<topic>\S.*))?", SUGGEST),
        (rf"{_REF}\s*[:,]?\s+(?:yes|y|helped|that helped|it helped|answered it)", HELPED),
        (rf"{_REF}\s*[:,]?\s+(?:no|n|did not help|didn'?t help|not helpful|it did not)", NOT_HELPED),
        (rf"(?:show\s+|open\s+|see\s+)?{_REF}", SHOW),
        (rf"(?:{_ABOUT}(?:\s+(?:of|for|on))?\s+)?(?:challenge\s+)?c-(?P<challenge>\d{{1,9}})", CHALLENGE),
    )
)


def read(text: str) -> Press | None:
    """What these words would press; None when they are about something else."""
    said = " ".join(text.split())
    plain = said.casefold().rstrip("?!. ")
    for verb, phrases in _FIXED.items():
        if plain in phrases:
            return verb, {}
    if _UNANSWERED.fullmatch(plain):
        return "unanswered", {}
    for form, verb in _FORMS:
        if found := form.fullmatch(said.rstrip("?! ") if verb == ANSWER else plain):
            data = {key: value for key, value in found.groupdict().items() if value}
            return verb, {**data, **({"shown": "yes"} if verb == ANSWER and "answer" not in data else {})}
    if plain in _SHORT or process.extractOne(plain, _IN_SHORT, scorer=OSA.distance, score_cutoff=SLIPS_OF_ALL):
        return "question.ask", {}
    if found := _ASK.fullmatch(said) or _misspelt(said):
        return "question.ask", {"question": found["asked"].strip()} if found["asked"] else {}
    return None


def _misspelt(said: str) -> re.Match[str] | None:
    """The same with one letter wrong in what the person is called: taken as typed, it would become the question."""
    for word in islice(_WORD.finditer(said), FIRST_WORDS):
        meant = process.extractOne(word[0].casefold(), _CALLED, scorer=OSA.distance, score_cutoff=1)
        if meant and (found := _ASK.fullmatch(f"{said[: word.start()]}{meant[0]}{said[word.end() :]}")):
            return found
    return None
