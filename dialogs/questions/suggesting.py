"""Proposing a colleague's question as one more way of asking for an article. The partnership office decides."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from dialogs import cards
from dialogs.choosing import said_number
from dialogs.questions.tickets import HELD, SUGGEST
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import handover
from services.errors import NotFound
from services.model import Ticket
from services.understanding import Outcome

WHICH = "suggest-which"
TOPICS, QUESTION = "suggest-topics", "suggest-question"
_LIKE_ENOUGH = 70
"""How alike a typed title must be, of 100, to an article's title."""
_LIKE_ID = 80
"""How alike it must be to its id, in words: "unborn baby" is "unborn-babies"."""
_NEAR_ENOUGH = 50
"""How alike a title must be to be offered."""
NEAR = 3


async def suggest(turn: Turn) -> Answer:
    """Propose the question as a way of asking for an article, named by id, by its title or in other words."""
    ticket = await handover.find_for_expert(turn.work, turn.known(), turn.number("question"), turn.rules)
    words = turn.field("topic") or ticket.topic or ""
    topic = _meant(turn, words)
    if topic is None:
        return _which(turn, ticket, _near(turn, words or ticket.question))
    phrase = turn.field("phrase")
    new = await handover.suggest(
        turn.work, turn.known(), ticket.id, topic=topic, phrase=phrase, now=turn.now, rules=turn.rules
    )
    article = turn.rules.pack.article(topic)
    if article is None:
        raise NotFound("topic-unknown")
    key = "suggested" if new else "suggested-again"
    told = Reply(say(key, phrase=phrase or ticket.question, title=article.title))
    return answer(told, **{HELD: str(ticket.id)})


async def said_which(turn: Turn) -> Answer | None:
    """A typed number after several articles were offered; None for anything else."""
    chosen = said_number(turn.said.text, turn.state.get(TOPICS, "").split())
    if not chosen:
        return None
    return await suggest(turn.saying(verb=SUGGEST, question=turn.state.get(QUESTION, ""), topic=chosen))


def _which(turn: Turn, ticket: Ticket, near: list[str]) -> Answer:
    """The articles that may be meant, to choose from. Words of one's own come with a card, which names the article."""
    titles = [(one, article.title) for one in near if (article := turn.rules.pack.article(one))]
    if not titles:
        return answer(Reply(say("suggest-which", ref=ticket.ref)))
    numbered = [f"{number}. {title}" for number, (_, title) in enumerate(titles, 1)]
    plain = "\n".join([say("suggest-near"), *numbered, say("suggest-near-words", ref=ticket.ref)])
    buttons = [cards.button(title, SUGGEST, question=ticket.id, topic=one) for one, title in titles]
    shown = Reply(plain, cards.card([cards.words(say("suggest-near"))], buttons, fallback=plain))
    state = {TOPICS: " ".join(one for one, _ in titles), QUESTION: str(ticket.id)}
    return answer(shown, **{EXPECT: WHICH}, **state)


def _meant(turn: Turn, words: str) -> str | None:
    """The article with this id or much the same, with a title much like these words, or that answers them surely."""
    if not words or turn.rules.pack.article(words):
        return words or None
    said = words.casefold().rstrip("?!. ")
    by_id = process.extractOne(said.replace("-", " "), _ids(turn), scorer=fuzz.ratio, score_cutoff=_LIKE_ID)
    if by_id is not None:
        return str(by_id[2])
    titles = process.extract(said, _titles(turn), scorer=fuzz.token_set_ratio, score_cutoff=_LIKE_ENOUGH, limit=None)
    exact = [key for title, _, key in titles if title == said]
    best = exact or [key for _, score, key in titles if score == titles[0][1]]
    if best:
        # "escalation" is in several titles: none of them is meant surely
        return str(best[0]) if len(best) == 1 else None
    understood = turn.guide.understand(words)
    return understood.topic if understood.outcome is Outcome.ANSWER else None


def _near(turn: Turn, words: str) -> list[str]:
    """The articles nearest to these words: to what they mean, and to how titles are worded."""
    meant = [one.topic for one in turn.guide.understand(words).candidates]
    worded = process.extract(
        words.casefold(), _titles(turn), scorer=fuzz.token_set_ratio, score_cutoff=_NEAR_ENOUGH, limit=NEAR
    )
    return list(dict.fromkeys([*(str(key) for _, _, key in worded), *meant]))[:NEAR]


def _ids(turn: Turn) -> dict[str, str]:
    return {one.id: one.id.replace("-", " ") for one in turn.rules.pack.articles}


def _titles(turn: Turn) -> dict[str, str]:
    return {one.id: one.title.casefold().rstrip("?!. ") for one in turn.rules.pack.articles}
