"""Answers as a conversation: an article, several that might fit, or an honest "not sure". Quotes, never decides."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.articles import (
    article_reply,
    bulleted,
    contact_lines,
    emergency_reply,
    identifiable_reply,
    topics_reply,
)
from dialogs.sessions import said_number
from dialogs.talk import Reply
from dialogs.turn import EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.understanding import Candidate, Understanding

TOPICS = "topics"


def show_article(turn: Turn, topic: str) -> Answer:
    """One article. The topic is kept, so that "and how long does that take?" is understood next."""
    article = turn.rules.pack.article(topic)
    if article is None:
        raise ServiceError("stale-card")
    return answer(article_reply(turn.rules.pack, article, turn.today, short=not turn.personal), **{TOPIC: article.id})


async def show_topic(turn: Turn) -> Answer:
    """A pressed topic button."""
    return show_article(turn, turn.field("topic"))


def offer_topics(turn: Turn, candidates: Sequence[Candidate]) -> Answer:
    """The topics that might fit, to be picked by button or by number."""
    state = {EXPECT: TOPICS, TOPICS: " ".join(one.topic for one in candidates)} if candidates else {}
    return answer(topics_reply(turn.rules.pack, candidates), **state)


async def chosen_topic(turn: Turn) -> Answer | None:
    """A typed number after several topics were offered; None when it is not a number on the list."""
    chosen = said_number(turn.said.text, turn.state.get(TOPICS, "").split())
    return show_article(turn, chosen) if chosen else None


async def escalation(turn: Turn) -> Answer:
    """`escalate`: what the challenge and escalation procedure is for, and what is known of it."""
    return show_article(turn, "escalation-overview")


async def thresholds(turn: Turn) -> Answer:
    """The levels of need, from which each level is one button away."""
    return show_article(turn, "levels-of-need")


def show_emergency(turn: Turn) -> Answer:
    """999 first, whatever flow the person was in. That flow ends: nobody fills in a form in an emergency."""
    return answer(emergency_reply(turn.rules.pack))


def refuse_identifiers(turn: Turn, understood: Understanding) -> Answer:
    """The message is refused; where the conversation stood is kept, so that they can say it again without."""
    return answer(identifiable_reply(turn.rules.pack, understood.identifiers), **dict(turn.state))


async def was_helpful(turn: Turn) -> Answer:
    """Thanks for a thumb up."""
    await _note_feedback(turn, "helped")
    return answer(Reply(say("thanks-helpful")), **dict(turn.state))


async def was_unhelpful(turn: Turn) -> Answer:
    """An answer that did not help is a matter for the office, and the person still needs somebody to ask."""
    await _note_feedback(turn, "did-not-help")
    contacts = contact_lines(turn.rules.pack, ("mash", "partnership-office"))
    return answer(Reply(f"{say('thanks-unhelpful')}\n{bulleted(contacts)}"), **dict(turn.state))


async def _note_feedback(turn: Turn, verb: str) -> None:
    topic = turn.field("topic")
    if turn.rules.pack.article(topic) is None:
        raise ServiceError("stale-card")
    actor = turn.person.id if turn.person else None
    await turn.work.events.record(verb, ("answer", 0), at=turn.now, actor_id=actor, detail={"topic": topic})
