"""What only the partnership manager may do: asked of the authenticated person at the moment of the act."""

from __future__ import annotations

from services.errors import NotAllowed
from services.model import Person, Role


def require_manager(person: Person) -> None:
    """The partnership manager, and administrators. Raises `NotAllowed` for anybody else."""
    if not person.has(Role.MANAGER):
        raise NotAllowed("manager-only")
