"""Emergency and identifier screening: what a message is before anybody asks what it is about."""

from services.screening.kinds import IdentifierKind

__all__ = ["IdentifierKind"]
