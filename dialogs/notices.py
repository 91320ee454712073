"""The words of what is sent unasked: one urgent notice, or the day's digest of everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dialogs import acting, booking, cancelling, cards, dates, evaluating
from dialogs.wording import say
from services.model import Notice, Person
from services.notices.subjects import (
    ActionDue,
    ActionsUnowned,
    EvaluationDue,
    PlaceOffered,
    SessionSoon,
    Subject,
)
from services.ports import Message
from services.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a message: a heading, a sentence or two, and buttons to act on it."""

    heading: str
    text: str
    buttons: tuple[cards.Element, ...] = ()


@dataclass(frozen=True)
class Renderer:
    """Puts what is owed into words. Built once with the rules; called with each letter."""

    rules: Rulebook

    def __call__(self, person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
        """One message for one person. The summary is the line shown in the activity feed and as a mail's subject."""
        today = self.rules.today(now)
        items = [self._item(person, notice, subject, today) for notice, subject in pairs]
        title = items[0].heading if len(items) == 1 else say("digest-title", count=len(items), day=dates.day(today))
        return _message(title, items)

    def _item(self, person: Person, notice: Notice, subject: Subject, today: date) -> Item:
        match subject:
            case EvaluationDue():
                return self._evaluation(person, notice, subject)
            case ActionDue():
                return _action(person, subject, today)
            case ActionsUnowned():
                return _unowned(subject)
            case PlaceOffered():
                return self._offer(subject)
            case SessionSoon():
                return self._session(subject, today)

    def _course(self, course_id: str) -> str:
        course = self.rules.pack.course(course_id)
        return course.title if course else course_id

    def _day(self, moment: datetime) -> str:
        return dates.day(self._local(moment))

    def _local(self, moment: datetime) -> date:
        return self.rules.today(moment)

    def _evaluation(self, person: Person, notice: Notice, subject: EvaluationDue) -> Item:
        form = evaluating.form_name(subject.evaluation.kind)
        course = self._course(subject.session.course_id)
        step = notice.step.partition(":")[0]
        own = person.id == subject.delegate.id
        key = f"evaluation-{step}" if own else "evaluation-to-manager"
        text = say(key, form=form, course=course, day=self._day(subject.session.starts_at), who=subject.delegate.name)
        answer_it = cards.button(f"Answer the {form}", evaluating.OPEN, evaluation=subject.evaluation.id)
        return Item(f"{form.capitalize()}: {course}", text, (answer_it,) if own else ())

    def _offer(self, subject: PlaceOffered) -> Item:
        zone = self.rules.pack.partnership.calendar.zone
        course = self._course(subject.session.course_id)
        until = dates.moment(subject.booking.offer_until or subject.session.starts_at, zone)
        when = dates.session_time(subject.session.starts_at, subject.session.ends_at, zone)
        buttons = (
            cards.button("Accept the place", booking.ACCEPT, style="positive", booking=subject.booking.id),
            cards.button("Decline", booking.DECLINE, booking=subject.booking.id),
        )
        return Item(f"A place is free: {course}", say("offer", course=course, when=when, until=until), buttons)

    def _session(self, subject: SessionSoon, today: date) -> Item:
        zone = self.rules.pack.partnership.calendar.zone
        course = self._course(subject.session.course_id)
        when = dates.session_time(subject.session.starts_at, subject.session.ends_at, zone)
        near = dates.distance(today, self._local(subject.session.starts_at), self.rules.workdays)
        where = subject.session.venue or "online, in Microsoft Teams"
        text = say("session-soon", course=course, when=when, where=where, near=near)
        return Item(
            f"{course}: {near}",
            text,
            (cards.button("I cannot come", cancelling.CANCEL_ASK, booking=subject.booking.id),),
        )


def _action(person: Person, subject: ActionDue, today: date) -> Item:
    item = subject.item
    own = person.id == item.owner_id
    lead = "" if own or subject.owner is None else say("action-owner", owner=subject.owner.name) + " "
    update = cards.button(f"Update {item.ref}", acting.OPEN, item=item.id)
    return Item(
        f"Action {item.ref}", f"{lead}{item.action}. {acting.due_words(item, today)}.", (update,) if own else ()
    )


def _unowned(subject: ActionsUnowned) -> Item:
    first = " ".join(f"{item.ref}: {item.action}." for item in subject.first)
    return Item(say("unowned-title", count=subject.count), say("unowned", first=first))


def _message(title: str, items: Sequence[Item]) -> Message:
    """A card of at most six buttons; what has no button any more is still there in words."""
    plain = "\n\n".join([title, *(f"{item.heading}\n{item.text}" for item in items), say("why-this")])
    left = cards.MOST_ACTIONS
    body: list[cards.Element] = [cards.title(title)]
    for item in items:
        shown = list(item.buttons)[:left]
        left -= len(shown)
        row: list[cards.Element] = [cards.heading(item.heading)] if len(items) > 1 else []
        row += [cards.words(item.text), *([cards.actions_row(shown)] if shown else [])]
        body.append(cards.panel(row))
    body.append(cards.words(say("why-this"), quiet=True))
    return Message(plain, cards.card(body, fallback=plain), summary=title)
