"""`send me the form`, after an answer in which a form is spoken of: that form is meant, and no evaluation."""

from __future__ import annotations

import re

from config.articles import Article
from dialogs import cards
from dialogs.choosing import folded
from dialogs.guidance.articles import bulleted, contact_lines
from dialogs.talk import Reply
from dialogs.turn import TOPIC, Answer, Turn, answer
from dialogs.wording import say

_ASKS = re.compile(
    r"(?:(?:please|ok|okay|can|could|would|you|i|we|just|and|so|then|need|want|id like|i'd like|is there|have you got"
    r"|do you have|where|how|do|is|are|whats|what's|get|find|have|see|open|give|send|show|share|email|e mail|download"
    r"|print|attach|me|us|it|to|a|link|copy|of|for) )*"
    r"(?:the|that|this|a) (?:(?:mash|lado|referral|right|actual|blank|online) )*form"
    r"(?: (?:please|then|now|link|online|template|here|to me|thanks|kept|from|is it|itself))*"
)
_FORM = re.compile(r"\bforms?\b", re.IGNORECASE)


def asks_for_form(text: str) -> bool:
    """True for "send me the form" and "where is that form", with no word of which one. Pure."""
    return _ASKS.fullmatch(folded(text)) is not None


def told_of_form(article: Article) -> list[str]:
    """The lines of an article that speak of a form, as they stand."""
    lines = [
        *re.split(r"(?<=[.?!])\s+", article.in_short),
        *(one for some in article.sections.values() for one in some),
    ]
    return list(dict.fromkeys(line for line in lines if _FORM.search(line)))


async def heard(turn: Turn) -> Answer | None:
    """What the article that was just shown says of its form; None where it speaks of none, or none is asked for."""
    article = turn.rules.pack.article(turn.state.get(TOPIC, "")) if asks_for_form(turn.said.text) else None
    lines = told_of_form(article) if article is not None else []
    if article is None or not lines:
        return None
    contacts = contact_lines(turn.rules.pack, article.contacts)
    lead = say("form-of-topic", title=article.title)
    plain = "\n".join([lead, bulleted(lines), *([f"Contacts\n{bulleted(contacts)}"] if contacts else [])])
    body = [cards.words(lead), cards.points(lines)]
    body += [cards.heading("Contacts"), cards.points(contacts)] if contacts else []
    return answer(Reply(plain, cards.card(body, fallback=plain)), **dict(turn.state))
