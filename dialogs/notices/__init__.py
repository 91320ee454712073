"""The words of what is sent unasked: one urgent notice, or the day's digest of everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs import cards, dates
from dialogs.notices import actions, certificate, challenges, invitation, office, places, questions, training, weekly
from dialogs.notices.item import Item, Occasion, Words
from dialogs.wording import say
from services.model import Notice, Person
from services.notices.gathered import ActionsGiven, PlacesUnconfirmed, PurgeDue
from services.notices.subjects import (
    ActionAsked,
    ActionDecided,
    ActionDue,
    ActionsUnowned,
    ActionYours,
    ApprovalAsked,
    ArticlesDue,
    BookingMoved,
    BookingsListed,
    BookingTold,
    CertificateIssued,
    ChallengeDue,
    ChallengeUntimed,
    DatePublished,
    DidNotAttend,
    EvaluationDue,
    EvaluationsMissing,
    ImpactMissing,
    Invited,
    PlaceOffered,
    PlaceUnconfirmed,
    QuestionAnswered,
    QuestionTaken,
    QuestionUnhelped,
    QuestionWaiting,
    ReAuditDue,
    RegisterOpen,
    SessionCalledOff,
    SessionChanged,
    SessionPromoted,
    SessionSoon,
    SessionWritten,
    Subject,
    TooFewBooked,
)
from services.notices.week_seen import WeekSeen
from services.ports import Message
from services.rulebook import Rulebook

WORDS: Mapping[type, Words] = {
    EvaluationDue: training.evaluation,
    PlaceOffered: training.offer,
    SessionSoon: training.session,
    BookingTold: places.told,
    ApprovalAsked: places.approval,
    PlaceUnconfirmed: places.unconfirmed,
    PlacesUnconfirmed: office.unconfirmed,
    DatePublished: places.published,
    Invited: invitation.invitation,
    CertificateIssued: certificate.issued,
    SessionCalledOff: office.called_off,
    SessionChanged: office.changed,
    BookingMoved: office.moved,
    SessionWritten: office.written,
    SessionPromoted: office.promoted,
    TooFewBooked: office.too_few,
    RegisterOpen: office.register_open,
    DidNotAttend: office.absent,
    EvaluationsMissing: office.missing,
    BookingsListed: office.listed,
    ActionDue: actions.due,
    ActionsUnowned: actions.unowned,
    QuestionWaiting: questions.waiting,
    QuestionTaken: questions.taken,
    QuestionAnswered: questions.answered,
    QuestionUnhelped: questions.unhelped,
    ArticlesDue: questions.review,
    ActionAsked: actions.asked,
    ActionDecided: actions.decided,
    ActionYours: actions.yours,
    ActionsGiven: actions.given,
    ReAuditDue: actions.re_audit,
    PurgeDue: actions.purge,
    ChallengeDue: challenges.due,
    ChallengeUntimed: challenges.untimed,
    ImpactMissing: challenges.impact,
    WeekSeen: weekly.week,
}
FORM_BUTTONS = 2


@dataclass(frozen=True)
class Renderer:
    """Puts what is owed into words. Built once with the rules; called with each letter."""

    rules: Rulebook
    organiser: str = ""
    """The mailbox that calendar invitations come from; without one the training office's, if it is known."""

    def __call__(self, person: Person, pairs: Sequence[tuple[Notice, Subject]], now: datetime) -> Message:
        """One message for one person. The summary is the line shown in the activity feed and as a mail's subject."""
        today = self.rules.today(now)
        organiser = self.organiser or _mailbox_of(self.rules)
        occasions = [(about, Occasion(self.rules, person, notice, today, organiser)) for notice, about in pairs]
        items = [WORDS[type(about)](about, occasion) for about, occasion in occasions]
        items.sort(key=lambda item: not item.own)
        title = items[0].heading if len(items) == 1 else say("digest-title", count=len(items), day=dates.day(today))
        return _message(title, items)


def _mailbox_of(rules: Rulebook) -> str:
    """Every invitation names who invites. `.invalid` can never be somebody's address (RFC 2606)."""
    contacts = [rules.pack.contact(key) for key in ("training", "partnership-office")]
    known = [contact.email for contact in contacts if contact and contact.email]
    return known[0] if known else f"no-reply@{rules.pack.partnership.partnership.id}.invalid"


def _allot(wanted: Sequence[int], most: int) -> list[int]:
    """How many buttons each item gets: one each in their order, then second ones, until there are no more."""
    given = [0] * len(wanted)
    for nth in range(max(wanted, default=0)):
        for place, count in enumerate(wanted):
            if nth < count and sum(given) < most:
                given[place] += 1
    return given


def _message(title: str, items: Sequence[Item]) -> Message:
    """A card of at most six buttons; what has no button any more is still there in words."""
    several = len(items) > 1
    texts = [f"{item.heading}\n{item.text}" if several else item.text for item in items]
    plain = "\n\n".join([title, *texts, say("why-this")])
    kept = FORM_BUTTONS if any(item.form for item in items) else 0
    allotted = _allot([len(item.buttons) for item in items], cards.MOST_ACTIONS - kept)
    left = cards.MOST_ACTIONS - sum(allotted)
    body: list[cards.Element] = [cards.title(title)]
    for item, count in zip(items, allotted, strict=True):
        shown = list(item.buttons)[:count]
        form = list(item.form) if left >= FORM_BUTTONS else []
        left -= FORM_BUTTONS if form else 0
        row: list[cards.Element] = [cards.heading(item.heading)] if several else []
        row += [cards.words(item.text), *([cards.actions_row(shown)] if shown else []), *form]
        body.append(cards.panel(row))
    body.append(cards.words(say("why-this"), quiet=True))
    files = tuple(file for item in items for file in item.attachments)
    return Message(plain, cards.card(body, fallback=plain), summary=title, attachments=files)
