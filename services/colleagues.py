"""Speaking for a colleague of one's own workplace: whom one may book or send, and how somebody new becomes known.

Somebody unknown is taken into the directory only if their work address is of the same domain as the actor's own, and
only by a step of its own: a mistyped address must not become a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from services.errors import NotAllowed, ServiceError
from services.model import Person, Role
from services.rulebook import Rulebook
from services.work import Work
from services.workplaces import workplace

LONGEST_EMAIL = 254
LONGEST_NAME = 80
MOST_LISTED = 40

_EMAIL = re.compile(r"[a-z0-9._%+'-]+@(?P<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)+)")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom the directory does not know: a colleague, or a slip of the keyboard. Nothing is kept yet."""

    email: str
    name: str
    """As it would be entered."""


def is_address(text: str) -> bool:
    """True if the whole text is one e-mail address."""
    return bool(_EMAIL.fullmatch(text.strip().lower())) and len(text) <= LONGEST_EMAIL


def may_book_for(actor: Person, rules: Rulebook) -> bool:
    """True for Designated Safeguarding Leads, who book for their agency where the partnership wants it, and for the
    partnership manager, who books for anybody."""
    wanted = rules.pack.partnership.booking.book_for_colleagues.value
    return actor.has(Role.MANAGER) or (wanted and actor.has(Role.DSL))


def require_may_book_for(actor: Person, rules: Rulebook) -> None:
    """Raises `NotAllowed` for who may not book for others."""
    if not may_book_for(actor, rules):
        raise NotAllowed("not-for-colleagues")


async def list_colleagues(work: Work, actor: Person) -> list[Person]:
    """The people of the actor's own workplace, by name, without the actor; none when too many to choose from."""
    others = await work_with(work, actor, most=MOST_LISTED + 1)
    return others if len(others) <= MOST_LISTED else []


async def work_with(work: Work, actor: Person, *, most: int) -> list[Person]:
    """Active people who work where the actor does, by name, without the actor; at most about `most` of them."""
    place = workplace(actor)
    if place is None:
        return []
    agency, domain = place
    found = await work.people.of_agency(agency, domain=domain, limit=most + 1)
    return [one for one in found if one.id != actor.id]


async def by_name(work: Work, actor: Person, name: str) -> list[Person]:
    """The actor's colleagues whom a name means: given name, surname or both. Of a place with too many people to
    choose from, the given name or the whole."""
    found = await work_with(work, actor, most=MOST_LISTED + 1)
    if len(found) > MOST_LISTED:
        place = workplace(actor)
        known = await (work.people.called(name) if len(_name_words(name)) == 1 else work.people.named(name))
        found = [one for one in known if one.id != actor.id and workplace(one) == place]
    return [one for one in found if is_called(one, name)]


def is_called(person: Person, name: str) -> bool:
    """True for a given name, a surname or both, in whatever order."""
    return name_fits(person.name, name)


def name_fits(whole: str, name: str) -> bool:
    """The same for somebody of whom the whole name is at hand."""
    said = set(_name_words(name))
    return bool(said) and said <= set(_name_words(whole))


def _name_words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", name.casefold().replace("’", "'"))


async def by_id(work: Work, actor: Person, person_id: int, *, anybody: bool = False) -> Person:
    """A colleague chosen from the list; `anybody` known where the actor's role allows it (overbooking).

    Raises `ServiceError` for anybody the actor may not speak for.
    """
    person = await work.people.by_id(person_id)
    if person is None:
        raise ServiceError("colleague-elsewhere")
    return _require_same_workplace(actor, person, anybody=anybody)


async def by_email(
    work: Work, actor: Person, email: str, *, name: str = "", anybody: bool = False
) -> Person | Newcomer:
    """The colleague with this work address, or somebody new who can be taken into the directory as one.

    Somebody of another workplace and somebody who cannot be taken in look the same: nobody learns from it who is
    known. Raises `ServiceError`.
    """
    email = email.strip().lower()
    match = _EMAIL.fullmatch(email)
    if match is None or len(email) > LONGEST_EMAIL:
        raise ServiceError("bad-email")
    known = await work.people.by_email(email)
    if known is not None:
        return _require_same_workplace(actor, known, anybody=anybody)
    if workplace(actor) != (actor.agency_id, match["domain"]):
        raise ServiceError("colleague-elsewhere")
    newcomer = Newcomer(email, name.strip() or _name_from(email))
    if len(newcomer.name) > LONGEST_NAME:
        raise ServiceError("answer-too-long", longest=LONGEST_NAME)
    return newcomer


async def take_in(work: Work, actor: Person, newcomer: Newcomer, *, now: datetime) -> Person:
    """Enter somebody new in the directory as one of the actor's agency; once, however many do it at a time."""
    person_id = await work.people.add_if_new(name=newcomer.name, email=newcomer.email, agency_id=actor.agency_id)
    if person_id is not None:
        await work.events.record("added", ("person", person_id), at=now, actor_id=actor.id)
    person = await work.people.by_email(newcomer.email)
    assert person is not None
    return _require_same_workplace(actor, person)


def _require_same_workplace(actor: Person, person: Person, *, anybody: bool = False) -> Person:
    place = workplace(actor)
    same = place is not None and workplace(person) == place
    if not person.active or not (same or anybody or actor.has(Role.MANAGER)):
        raise ServiceError("colleague-elsewhere")
    return person


def _name_from(email: str) -> str:
    """`sam.o'specimen@...` is called Sam O'Specimen until somebody says otherwise."""
    parts = re.split(r"[._]+", email.partition("@")[0])
    return " ".join(part[:1].upper() + part[1:] for part in parts if part)
