"""One thing in a message, and what its words are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dialogs import cards, dates
from dialogs.wording import say
from services.model import Notice, Person, Session
from services.ports import Attachment
from services.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a message: a heading, a sentence or two, and buttons to act on it."""

    heading: str
    text: str
    buttons: tuple[cards.Element, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    """Files, for when it goes by e-mail."""
    form: tuple[cards.Element, ...] = ()
    """Fields to fill in, with their own buttons (two). Left out of a message that has no room for buttons any more."""
    own: bool = False
    """What only this person can do: it stands before what they hear of as somebody's manager."""


@dataclass(frozen=True)
class Occasion:
    """Who is written to, about which step, and on what day. Knows the partnership's words for courses and times."""

    rules: Rulebook
    person: Person
    notice: Notice
    today: date
    organiser: str = ""
    """The mailbox that calendar invitations come from."""

    @property
    def by_mail(self) -> bool:
        """Whether a file can be sent to them: it goes by e-mail alone."""
        return bool(self.person.email) and self.rules.by_mail

    @property
    def step(self) -> str:
        """The name of the ladder's step, without its number and the date it counts from."""
        return self.notice.step_name

    @property
    def agrees(self) -> str:
        """Who agrees to a place of the person written to: nobody is told of a line manager they do not have."""
        return say("agrees-office" if self.person.line_manager_id is None else "agrees-yours")

    def course(self, course_id: str) -> str:
        """A course's title."""
        course = self.rules.pack.course(course_id)
        return course.title if course else course_id

    def local(self, moment: datetime) -> date:
        """The day on the partnership's wall."""
        return self.rules.today(moment)

    def day(self, moment: datetime) -> str:
        """That day in words."""
        return dates.day(self.local(moment))

    def moment(self, moment: datetime) -> str:
        """A moment in words, on the partnership's wall clock."""
        return dates.moment(moment, self.rules.pack.partnership.calendar.zone)

    def session_time(self, session: Session) -> str:
        """When a session is, in words."""
        return dates.session_time(session.starts_at, session.ends_at, self.rules.pack.partnership.calendar.zone)


Words = Callable[[Any, Occasion], Item]
"""Puts one subject into words. The subject's class decides which function is asked."""
