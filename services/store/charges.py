"""Charges due per policy, and what became of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from services.model import Charge, ChargeKind, ChargeState
from services.store.rows import Rows, chunks
from services.tables import bookings, charges


def _to_charge(row: Row[Any]) -> Charge:
    return Charge(**{**row._mapping, "kind": ChargeKind(row.kind), "state": ChargeState(row.state)})


class ChargeRows(Rows):
    """Queries on charges."""

    async def by_id(self, charge_id: int) -> Charge | None:
        """The charge, whatever became of it."""
        row = await self._one(sa.select(charges).where(charges.c.id == charge_id))
        return _to_charge(row) if row else None

    async def of_booking(self, booking_id: int) -> list[Charge]:
        """All charges of one booking."""
        rows = await self._all(sa.select(charges).where(charges.c.booking_id == booking_id).order_by(charges.c.id))
        return [_to_charge(row) for row in rows]

    async def due(self, limit: int) -> list[Charge]:
        """Charges that are due, oldest first."""
        statement = sa.select(charges).where(charges.c.state == ChargeState.DUE.value)
        rows = await self._all(statement.order_by(charges.c.due_at, charges.c.id).limit(limit))
        return [_to_charge(row) for row in rows]

    async def due_from(self, person_id: int, limit: int) -> list[Charge]:
        """Charges that are due for the places of one person, oldest first."""
        statement = (
            sa.select(charges)
            .join(bookings, bookings.c.id == charges.c.booking_id)
            .where(bookings.c.person_id == person_id, charges.c.state == ChargeState.DUE.value)
        )
        rows = await self._all(statement.order_by(charges.c.due_at, charges.c.id).limit(limit))
        return [_to_charge(row) for row in rows]

    async def due_of(self, booking_ids: Collection[int], kind: ChargeKind) -> set[int]:
        """The ids of charges of this kind that are due for these bookings."""
        found: set[int] = set()
        for some in chunks(booking_ids):
            statement = sa.select(charges.c.id).where(
                charges.c.booking_id.in_(some),
                charges.c.kind == kind.value,
                charges.c.state == ChargeState.DUE.value,
            )
            found |= {row.id for row in await self._all(statement)}
        return found

    async def fall_due(self, booking_ids: Collection[int], kind: ChargeKind, amount: str | None, at: datetime) -> None:
        """Write charges that are not there yet; one that was withdrawn becomes due again."""
        for some in chunks(booking_ids):
            rows = [{"booking_id": one, "kind": kind.value, "amount": amount, "due_at": at} for one in some]
            await self._insert_missing(charges, rows)
            again = sa.update(charges).where(
                charges.c.booking_id.in_(some),
                charges.c.kind == kind.value,
                charges.c.state == ChargeState.WITHDRAWN.value,
            )
            await self._changed(again.values(state=ChargeState.DUE.value, due_at=at, settled_at=None))

    async def withdraw(self, booking_ids: Collection[int], kind: ChargeKind, at: datetime) -> None:
        """Take back those that are still due."""
        for some in chunks(booking_ids):
            statement = sa.update(charges).where(
                charges.c.booking_id.in_(some),
                charges.c.kind == kind.value,
                charges.c.state == ChargeState.DUE.value,
            )
            await self._changed(statement.values(state=ChargeState.WITHDRAWN.value, settled_at=at))

    async def settle(self, charge: Charge, to: ChargeState, reason: str, at: datetime, by: int) -> bool:
        """Settle it if it is still due. False when somebody else was first."""
        statement = sa.update(charges).where(charges.c.id == charge.id, charges.c.state == ChargeState.DUE.value)
        return bool(
            await self._changed(statement.values(state=to.value, reason=reason, settled_at=at, settled_by_id=by))
        )
