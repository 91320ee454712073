"""Evaluations, sessions and offered places."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.notices.item import Item, Occasion
from dialogs.training import booking, cancelling, evaluating
from dialogs.training.sessions import joining, place_of
from dialogs.wording import say
from services.model import BookingState, EvaluationKind
from services.notices.kinds.evaluations import SNOOZED_STEP
from services.notices.subjects import EvaluationDue, PlaceOffered, SessionSoon

_ANSWER_IT = {
    EvaluationKind.COURSE: "Answer the course evaluation",
    EvaluationKind.IMPACT: "Answer the impact evaluation",
    EvaluationKind.MANAGER: "Give my comment",
}


def evaluation(subject: EvaluationDue, occasion: Occasion) -> Item:
    """An evaluation that is still open; to others than who owes it, whose it is."""
    owed = subject.evaluation
    form = evaluating.form_name(owed.kind)
    course = occasion.course(subject.session.course_id)
    own = occasion.person.id == owed.person_id
    step = _step(subject, occasion)
    key = f"{'comment' if owed.kind is EvaluationKind.MANAGER else 'evaluation'}-{step if own else 'to-manager'}"
    if own and step == "invite" and owed.kind is EvaluationKind.COURSE:
        key = "evaluation-invite-course"  # nothing can have changed on the day itself
    text = say(key, form=form, course=course, day=occasion.day(subject.session.starts_at), who=subject.delegate.name)
    buttons = (
        cards.button(_ANSWER_IT[owed.kind], evaluating.OPEN, evaluation=owed.id),
        cards.button("Remind me in a week", evaluating.SNOOZE, evaluation=owed.id),
    )
    return Item(f"{form.capitalize()}: {course}", text, buttons if own else (), own=own)


def _step(subject: EvaluationDue, occasion: Occasion) -> str:
    """Which step it is to who reads it: nothing is a reminder of what was never sent."""
    if occasion.step.startswith(SNOOZED_STEP):
        return "snoozed"
    if occasion.person.id in subject.told or occasion.step == "invite":
        return occasion.step
    return "final-first" if occasion.step == "final" else "invite"


def offer(subject: PlaceOffered, occasion: Occasion) -> Item:
    """A place that came free."""
    course = occasion.course(subject.session.course_id)
    until = occasion.moment(subject.booking.offer_until or subject.session.starts_at)
    buttons = (
        cards.button("Accept the place", booking.ACCEPT, style="positive", booking=subject.booking.id),
        cards.button("Decline", booking.DECLINE, booking=subject.booking.id),
    )
    text = say("offer", course=course, when=occasion.session_time(subject.session), until=until)
    return Item(f"A place is free: {course}", text, buttons, own=True)


def session(subject: SessionSoon, occasion: Occasion) -> Item:
    """A session that is near."""
    course = occasion.course(subject.session.course_id)
    near = dates.distance(occasion.today, occasion.local(subject.session.starts_at), occasion.rules.workdays)
    where = place_of(subject.session, inside=True)
    text = say("session-soon", course=course, when=occasion.session_time(subject.session), where=where, near=near)
    cannot = cards.button("I cannot come", cancelling.CANCEL_ASK, booking=subject.booking.id)
    links = joining(subject.session) if subject.booking.state is BookingState.BOOKED else []
    text = "\n".join([text, *([say("joining-link", link=subject.session.join_url)] if links else [])])
    return Item(f"{course}: {near}", text, (cannot, *links), own=True)
