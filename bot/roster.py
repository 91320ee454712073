"""Who is a member of a conversation, as Teams says: `services.ports.Roster` over the connector."""

from __future__ import annotations

from bot.activities import words
from bot.connector import Connector
from services.model import Whereabouts
from services.ports import Member


class TeamsRoster:
    """Looks members up one at a time. Teams takes what it says from the directory of the member's tenant."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def member(self, where: Whereabouts, user_id: str) -> Member:
        """The member with this id in Teams. Raises `DeliveryError`."""
        found = await self._connector.member(where.service_url, where.conversation_id, user_id)
        return Member(
            tenant_id=words(found.get("tenantId")),
            aad_object_id=words(found.get("aadObjectId")),
            user_principal_name=words(found.get("userPrincipalName")),
            email=words(found.get("email")),
            guest=words(found.get("userRole")).lower() in ("guest", "anonymous"),
        )
