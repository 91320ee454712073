"""Certificates: one for each booking, whoever is first to issue it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.model import Booking, BookingState, Certificate, EvaluationKind
from services.store.bookings import to_booking
from services.store.rows import Rows
from services.tables import bookings, certificates, evaluations, sessions


def _to_certificate(row: sa.Row[Any]) -> Certificate:
    return Certificate(**row._mapping)


class CertificateRows(Rows):
    """Queries on certificates."""

    async def of_booking(self, booking_id: int) -> Certificate | None:
        """The certificate of a booking, if it was issued."""
        row = await self._one(sa.select(certificates).where(certificates.c.booking_id == booking_id))
        return _to_certificate(row) if row else None

    async def by_number(self, number: str) -> Certificate | None:
        """The certificate with this number."""
        row = await self._one(sa.select(certificates).where(certificates.c.number == number))
        return _to_certificate(row) if row else None

    async def by_ids(self, ids: Collection[int]) -> dict[int, Certificate]:
        """The certificates with these ids, keyed by id."""
        rows = await self._all(sa.select(certificates).where(certificates.c.id.in_(list(ids))))
        return {row.id: _to_certificate(row) for row in rows}

    async def of_person(self, person_id: int, *, limit: int = 20) -> list[Certificate]:
        """What somebody has earned, newest first. Not where the register says by now that they did not attend."""
        statement = (
            sa.select(certificates)
            .join(bookings, bookings.c.id == certificates.c.booking_id)
            .where(certificates.c.person_id == person_id, bookings.c.state == BookingState.ATTENDED.value)
        )
        rows = await self._all(statement.order_by(certificates.c.issued_at.desc()).limit(limit))
        return [_to_certificate(row) for row in rows]

    async def missing(self, form: EvaluationKind | None, since: datetime, now: datetime) -> list[Booking]:
        """Attended bookings without a certificate whose form was answered since a moment; with no form, that ended."""
        statement = (
            sa.select(bookings)
            .outerjoin(certificates, certificates.c.booking_id == bookings.c.id)
            .where(bookings.c.state == BookingState.ATTENDED.value, certificates.c.id.is_(None))
        )
        if form is None:
            over = sa.and_(sessions.c.ends_at >= since, sessions.c.ends_at <= now)
            statement = statement.join(sessions, sessions.c.id == bookings.c.session_id).where(over)
        else:
            statement = statement.join(evaluations, evaluations.c.booking_id == bookings.c.id).where(
                evaluations.c.kind == form.value, evaluations.c.answered_at >= since
            )
        return [to_booking(row) for row in await self._all(statement.order_by(bookings.c.id))]

    async def issue(self, booking_id: int, person_id: int, number: str, rule: str, at: datetime) -> Certificate | None:
        """Issue one, unless the booking has one. None when somebody else was first."""
        values = {
            "booking_id": booking_id,
            "person_id": person_id,
            "number": number,
            "rule": rule,
            "issued_at": at,
        }
        new = await self._insert_new(certificates, values)
        return await self.of_booking(booking_id) if new else None
