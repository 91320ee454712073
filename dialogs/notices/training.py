"""Evaluations, sessions and offered places."""

from __future__ import annotations

from dialogs import booking, cancelling, cards, dates, evaluating
from dialogs.notices.item import Item, Occasion
from dialogs.wording import say
from services.notices.subjects import EvaluationDue, PlaceOffered, SessionSoon


def evaluation(subject: EvaluationDue, occasion: Occasion) -> Item:
    """An evaluation that is still open; to a line manager, whose it is."""
    form = evaluating.form_name(subject.evaluation.kind)
    course = occasion.course(subject.session.course_id)
    own = occasion.person.id == subject.delegate.id
    key = f"evaluation-{occasion.step}" if own else "evaluation-to-manager"
    text = say(key, form=form, course=course, day=occasion.day(subject.session.starts_at), who=subject.delegate.name)
    answer_it = cards.button(f"Answer the {form}", evaluating.OPEN, evaluation=subject.evaluation.id)
    return Item(f"{form.capitalize()}: {course}", text, (answer_it,) if own else ())


def offer(subject: PlaceOffered, occasion: Occasion) -> Item:
    """A place that came free."""
    course = occasion.course(subject.session.course_id)
    until = occasion.moment(subject.booking.offer_until or subject.session.starts_at)
    buttons = (
        cards.button("Accept the place", booking.ACCEPT, style="positive", booking=subject.booking.id),
        cards.button("Decline", booking.DECLINE, booking=subject.booking.id),
    )
    text = say("offer", course=course, when=occasion.session_time(subject.session), until=until)
    return Item(f"A place is free: {course}", text, buttons)


def session(subject: SessionSoon, occasion: Occasion) -> Item:
    """A session that is near."""
    course = occasion.course(subject.session.course_id)
    near = dates.distance(occasion.today, occasion.local(subject.session.starts_at), occasion.rules.workdays)
    where = subject.session.venue or "online, in Microsoft Teams"
    text = say("session-soon", course=course, when=occasion.session_time(subject.session), where=where, near=near)
    cannot = cards.button("I cannot come", cancelling.CANCEL_ASK, booking=subject.booking.id)
    return Item(f"{course}: {near}", text, (cannot,))
