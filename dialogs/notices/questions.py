"""Questions handed to a person, to both sides, and articles that are to be looked at again."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.guidance import articles
from dialogs.notices.item import Item, Occasion
from dialogs.questions import handing
from dialogs.questions.tickets import OPEN, SHOW, TAKE, group_name
from dialogs.wording import say
from services.model import Ticket
from services.notices.subjects import (
    ArticlesDue,
    QuestionAnswered,
    QuestionTaken,
    QuestionUnhelped,
    QuestionWaiting,
)

LISTED = 4


def waiting(subject: QuestionWaiting, occasion: Occasion) -> Item:
    """A question that waits for an answer: to take it, to answer it, or to know that somebody else has it."""
    ticket = subject.ticket
    asked = say(
        "question-waiting",
        who=subject.asker.name,
        group=group_name(occasion.rules, ticket.group_key),
        question=ticket.question,
        day=occasion.day(ticket.asked_at),
    )
    text = " ".join([asked, *_waited(ticket, occasion), _held(subject, occasion)])
    return Item(f"Question {ticket.ref}", text, (_next_step(subject, occasion),))


def _waited(ticket: Ticket, occasion: Occasion) -> list[str]:
    count = occasion.rules.workdays.between(occasion.local(ticket.asked_at), occasion.today)
    if count < 1:
        return []
    return [say("question-waited-one") if count == 1 else say("question-waited", count=count)]


def _held(subject: QuestionWaiting, occasion: Occasion) -> str:
    if subject.taker is None:
        return say("question-waiting-nobody")
    if subject.taker.id == occasion.person.id:
        return say("question-waiting-taken")
    return say("question-waiting-other", who=subject.taker.name)


def _next_step(subject: QuestionWaiting, occasion: Occasion) -> cards.Element:
    number = subject.ticket.id
    if subject.taker is None:
        return cards.button("Take this question", TAKE, style="positive", question=number)
    own = subject.taker.id == occasion.person.id
    return cards.button("Answer it" if own else f"Open {subject.ticket.ref}", OPEN, question=number)


def taken(subject: QuestionTaken, occasion: Occasion) -> Item:
    """Who has the question."""
    ticket = subject.ticket
    text = say("question-taken", who=subject.taker.name, question=ticket.question)
    return Item(f"Your question {ticket.ref}", text, (_see(ticket),))


def _see(ticket: Ticket) -> cards.Element:
    return cards.button(f"See {ticket.ref}", SHOW, question=ticket.id)


def answered(subject: QuestionAnswered, occasion: Occasion) -> Item:
    """The answer, in full, and whether it helped."""
    ticket = subject.ticket
    text = say("question-answered", question=ticket.question, who=subject.taker.name, answer=ticket.answer)
    words = f"{text}\n{say('question-answer-standing')} {say('helped-words', ref=ticket.ref)}"
    return Item(f"Your question {ticket.ref} is answered", words, handing.own_buttons(ticket))


def unhelped(subject: QuestionUnhelped, occasion: Occasion) -> Item:
    """The answer did not answer the question."""
    ticket = subject.ticket
    text = say("question-unhelped", who=subject.asker.name, question=ticket.question)
    again = cards.button("Answer it again", OPEN, question=ticket.id)
    return Item(f"Question {ticket.ref} needs another answer", text, (again,))


def review(subject: ArticlesDue, occasion: Occasion) -> Item:
    """Articles that are due for review, or were."""
    count = len(subject.articles)
    more = [say("review-more", count=count - LISTED)] if count > LISTED else []
    titles = "; ".join([*(one.title for one in subject.articles[:LISTED]), *more])
    late = occasion.today > subject.due_on
    text = say("review-late" if late else "review-soon", day=dates.day(subject.due_on), titles=titles)
    own = occasion.person.id in subject.owners
    lead = "" if own else say("review-owner", owner=subject.owner_title) + " "
    heading = say("review-title-one") if count == 1 else say("review-title", count=count)
    open_it = cards.button("Open the first", articles.SHOW, topic=subject.articles[0].id)
    return Item(heading, f"{lead}{text} {say('review-then')}", (open_it,))
