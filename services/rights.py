"""What only the partnership manager, or the trainer of a session, may do: asked of the authenticated person at the
moment of the act."""

from __future__ import annotations

from services.errors import NotAllowed, NotFound
from services.model import Person, Role, Session


def require_manager(person: Person) -> None:
    """The partnership manager, and administrators. Raises `NotAllowed` for anybody else."""
    if not person.has(Role.MANAGER):
        raise NotAllowed("manager-only")


def trains(person: Person, session: Session) -> bool:
    """True for a trainer whose name the office entered for this session."""
    named = (session.trainer or "").casefold().split()
    return Role.TRAINER in person.roles and bool(named) and named == person.name.casefold().split()


def runs(person: Person, session: Session) -> bool:
    """True for the trainer of this session, and for the office."""
    return person.has(Role.MANAGER) or trains(person, session)


def require_trainer(person: Person, session: Session) -> None:
    """The trainer of this session, or the office. To anybody else the session looks unknown: raises `NotFound`."""
    if not runs(person, session):
        raise NotFound("session-not-yours")
