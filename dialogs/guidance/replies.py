"""Answers as a conversation: an article, several that might fit, or an honest "not sure". Quotes, never decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import cards, dates
from dialogs.choosing import said_number
from dialogs.guidance.articles import (
    Training,
    article_reply,
    ask_person,
    bulleted,
    emergency_reply,
    further_reply,
    identifiable_reply,
    out_of_scope_reply,
    phone_lines,
    topics_reply,
)
from dialogs.guidance.clock import asking_which
from dialogs.guidance.no_gap import asks_nothing
from dialogs.talk import Reply
from dialogs.training.sessions import course_title, places_left, when
from dialogs.turn import ASKED, EARLIER, EXPECT, TOPIC, Answer, Turn, answer
from dialogs.wording import say
from services import questions, related
from services.errors import ServiceError
from services.handover import LONGEST_QUESTION
from services.model import GapReason
from services.understanding import Candidate, Understanding

TOPICS = "topics"
LONGEST_FOLLOW_UP = 9
"""Words."""
_FOLLOWS = re.compile(
    r"(?:(?:ok|okay|and|but|also|so|then|or|what about|how about) .*"
    r"|(?:who|what|when|where|why|how|which|do|does|can|is|are|should|must) (?:\w+ )*"
    r"(?:that|it|this|they|them|those|these)(?: \w+)*"
    r"|how (?:long|quickly|soon|fast)"
    r"(?: (?:have|do|does|is|has|will|would|have got) (?:i|we|you|they|he|she)(?: \w+)*)?"
    r"|by when|when|why|why not|who|who decides|what then|what next|what now)"
)
UNHELPED = "unhelped"
"""The answer that was just said not to help: pressing twice counts once."""


async def show_article(turn: Turn, topic: str, asked: str = "") -> Answer:
    """One article. The topic is kept, so that "and how long does that take?" is understood next.

    `asked` is the question that it answers: kept, so that it can go to a person as it stands.
    """
    article = turn.rules.pack.article(topic)
    if article is None:
        raise ServiceError("stale-card")
    training = await _training_on(turn, topic) if turn.personal else None
    reply = article_reply(turn.rules.pack, article, turn.today, short=not turn.personal, training=training)
    return answer(reply, **{TOPIC: article.id}, **as_asked(asked))


def way_on(turn: Turn, key: str) -> list[str]:
    """How a question is put to a person: in the sentence `key` where it can be, in company where that is; nothing to
    somebody the partnership does not know."""
    if not turn.personal:
        return [say("ask-in-chat")]
    return [say(key)] if turn.known_here else []


def show_more(turn: Turn) -> Answer:
    """`tell me more`: the article just shown was all that is approved, so where it leads on to, and a person."""
    article = turn.rules.pack.article(turn.state[TOPIC])
    if article is None:
        raise ServiceError("stale-card")
    reply = further_reply(turn.rules.pack, article, personal=turn.personal)
    return answer(reply, **{**turn.state, EXPECT: TOPICS, TOPICS: " ".join(article.related)})


def as_asked(question: str) -> dict[str, str]:
    """The question that was just answered or not, as it is kept for a person."""
    return {ASKED: question} if question and len(question) <= LONGEST_QUESTION else {}


async def _training_on(turn: Turn, topic: str) -> Training | None:
    """The next session to book; if there is none, the course to ask for a date of."""
    session = await related.session_on(turn.work, turn.rules, topic, turn.person, now=turn.now)
    if session is not None:
        near = dates.distance(turn.today, turn.rules.today(session.starts_at), turn.rules.workdays)
        title, left = course_title(turn, session.course_id), places_left(session)
        line = say("training-line", course=title, when=when(turn, session), near=near, places=left)
        return Training(line, cards.button("Book a place", "session.book", session=session.id))
    return await _training_wanted(turn, topic)


async def _training_wanted(turn: Turn, topic: str) -> Training | None:
    course = related.course_on(turn.rules, topic, turn.person) if turn.person else None
    if course is None or await turn.work.sessions.coming(turn.now, course_ids=[course.id], limit=1):
        return None
    line = say("training-none", course=course.title)
    return Training(line, cards.button("Tell me when there is a date", "interest.add", course=course.id))


async def answer_question(turn: Turn, topic: str) -> Answer:
    """The article that answers a typed question. Topics asked about often show what training is wanted."""
    await _note_asked(turn, topic)
    return await show_article(turn, topic, turn.said.text)


async def show_topic(turn: Turn) -> Answer:
    """A pressed topic button: one of several meanings, or where an article leads on to."""
    topic = turn.field("topic")
    if topic in turn.state.get(TOPICS, "").split():
        return await _choose(turn, topic)
    return await show_article(turn, topic)


async def _choose(turn: Turn, topic: str) -> Answer:
    """One of several meanings was the right one: it counts as a question on that topic."""
    await _note_asked(turn, topic)
    return await show_article(turn, topic, turn.state.get(ASKED, ""))


async def _note_asked(turn: Turn, topic: str) -> None:
    """Count a question on a topic, once while the talk stays on it: "do i suspend him" wants no second course."""
    if turn.read_last != topic:
        await questions.note_asked(turn.work, topic, now=turn.now, rules=turn.rules)


async def offer_topics(turn: Turn, candidates: Sequence[Candidate]) -> Answer:
    """The topics that might fit, to be picked by button or by number. The manager sees what was not understood."""
    nearest = candidates[0].topic if candidates else ""
    await _note_missed(turn, GapReason.UNSURE, nearest)
    state = {EXPECT: TOPICS, TOPICS: " ".join(one.topic for one in candidates)} if candidates else {}
    reply = topics_reply(
        turn.rules.pack, candidates, personal=turn.known_here, way_out=way_on(turn, "ask-none-of-these")
    )
    if not turn.personal and _goes_on(turn.said.text):
        reply = asking_which(reply, say("ask-whole"))
    return answer(reply, **state, **_missed(turn))


def _goes_on(text: str) -> bool:
    """True for words that lean on what was said before, of which a channel keeps nothing."""
    said = " ".join(text.casefold().split()).rstrip("?!. ")
    return len(said.split()) <= LONGEST_FOLLOW_UP and _FOLLOWS.fullmatch(said) is not None


async def out_of_scope(turn: Turn) -> Answer:
    """Not something the partnership's guidance covers; the manager sees that it was asked."""
    if not turn.personal and _goes_on(turn.said.text):
        return answer(Reply(f"{say('ask-whole')}\n{say('danger-999')}"))
    await _note_missed(turn, GapReason.OUT_OF_SCOPE)
    return answer(out_of_scope_reply(turn.rules.pack, personal=turn.known_here), **_missed(turn))


def _missed(turn: Turn) -> dict[str, str]:
    """A question that was not answered: it may go to a person, and the next may be about the page read before it."""
    return {**as_asked(turn.said.text), **({EARLIER: turn.read_last} if turn.read_last else {})}


async def _note_missed(turn: Turn, reason: GapReason, topic: str = "") -> None:
    """Note what was asked and not answered; thanks, orders and the like are nothing that the guidance lacks."""
    if not asks_nothing(turn.said.text):
        await _note(turn, turn.said.text, reason, topic)


async def _note(turn: Turn, question: str, reason: GapReason, topic: str = "") -> None:
    await questions.note_unanswered(turn.work, question, reason, topic=topic, now=turn.now, rules=turn.rules)


async def chosen_topic(turn: Turn) -> Answer | None:
    """A typed number after several topics were offered; None when it is not a number on the list."""
    chosen = said_number(turn.said.text, turn.state.get(TOPICS, "").split())
    return await _choose(turn, chosen) if chosen else None


async def escalation(turn: Turn) -> Answer:
    """`escalate`: what the challenge and escalation procedure is for, and what is known of it."""
    return await show_article(turn, "escalation-overview")


async def thresholds(turn: Turn) -> Answer:
    """The levels of need, from which each level is one button away."""
    return await show_article(turn, "levels-of-need")


def show_emergency(turn: Turn) -> Answer:
    """999 first, whatever flow the person was in. That flow ends: what is said next is about the danger, and must not
    be taken for the answer to a question of a form."""
    return answer(emergency_reply(turn.rules.pack))


def refuse_identifiers(turn: Turn, understood: Understanding) -> Answer:
    """The message is refused; where the conversation stood is kept, so that they can say it again without."""
    return answer(identifiable_reply(turn.rules.pack, understood.identifiers), **dict(turn.state))


async def was_helpful(turn: Turn) -> Answer:
    """Thanks for a thumb up."""
    await _note_feedback(turn, helped=True)
    return answer(Reply(say("thanks-helpful")), **dict(turn.state))


async def was_unhelpful(turn: Turn) -> Answer:
    """An answer that did not help is a matter for the office, and the person still needs somebody to ask."""
    topic = turn.field("topic")
    if turn.state.get(UNHELPED) != topic:
        await _note_feedback(turn, helped=False)
        about_it = turn.state.get(TOPIC) == topic
        await _note(turn, turn.state.get(ASKED, "") if about_it else "", GapReason.NOT_HELPFUL, topic)
    contacts = phone_lines(turn.rules.pack, ("mash", "partnership-office"))
    phone = [say("unhelpful-phone"), bulleted(contacts)] if contacts else []
    plain = "\n".join([say("thanks-unhelpful"), *phone, *way_on(turn, "unhelpful-person")])
    body = [cards.words(say("thanks-unhelpful"))]
    body += [cards.words(say("unhelpful-phone")), cards.points(contacts)] if contacts else []
    card = cards.card(body, [ask_person(topic=topic)], fallback=plain) if turn.known_here else None
    return answer(Reply(plain, card), **{**turn.state, UNHELPED: topic})


async def _note_feedback(turn: Turn, *, helped: bool) -> None:
    topic = turn.field("topic")
    await questions.say_if_helped(turn.work, topic, turn.person, helped=helped, now=turn.now, rules=turn.rules)
