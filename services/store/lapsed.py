"""Takes the words and the people out of old challenges, questions and certificates, and leaves what reports count."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from services.model import ChallengeState, TicketState
from services.store.former import FORMER, FormerRows, StandIns
from services.tables import certificates, challenges, people, suggested_phrases, tickets, unanswered

_WAITING = (TicketState.OPEN.value, TicketState.TAKEN.value)


class LapsedRows(FormerRows):
    """What is older than a moment, counted or purged. Each purge returns how many records it took the people out of."""

    def _challenges(self, before: datetime) -> sa.Select[tuple[int, str | None]]:
        """`before` stands on the partnership's wall clock: challenges end on days of its calendar.

        One that is settled has still to be closed, by saying what difference it made: it is kept and chased for that.
        """
        closed_on = sa.func.coalesce(challenges.c.impact_on, challenges.c.settled_on)
        written = sa.or_(challenges.c.note.is_not(None), challenges.c.outcome_note.is_not(None))
        return (
            sa.select(challenges.c.id, people.c.agency_id)
            .join(people, people.c.id == challenges.c.raised_by_id)
            .where(challenges.c.state == ChallengeState.CLOSED.value, closed_on < before.date())
            .where(sa.or_(people.c.name != FORMER, written, challenges.c.impact != ""))
        )

    async def count_challenges(self, before: datetime) -> int:
        """Challenges that were closed before, that still say who raised them or in which words."""
        return await self._how_many(self._challenges(before))

    async def purge_challenges(self, before: datetime) -> int:
        """Drop what was written and who wrote it. Agencies, subject, stages, days and outcome stay for the figures.

        Where an impact was recorded an empty one stays: "was its impact recorded?" is a figure too.
        """
        rows = await self._all(self._challenges(before))
        stand_ins: StandIns = {}
        recorded = sa.case((challenges.c.impact.is_not(None), ""))
        for row in rows:
            former = await self._former(row.agency_id, 0, stand_ins)
            # Who raised it and the form they sent are unique together, and all of an agency now share one name.
            blank = {"note": None, "outcome_note": None, "impact": recorded, "form": f"purged:{row.id}"}
            change = sa.update(challenges).where(challenges.c.id == row.id)
            await self._changed(change.values(raised_by_id=former, **blank))
        await self._unname_events("challenge", [row.id for row in rows])
        return len(rows)

    def _tickets(self, before: datetime) -> sa.Select[tuple[int, str | None]]:
        ended = sa.func.coalesce(tickets.c.answered_at, tickets.c.asked_at)
        return (
            sa.select(tickets.c.id, people.c.agency_id)
            .join(people, people.c.id == tickets.c.asker_id)
            .where(tickets.c.state.not_in(_WAITING), ended < before)
            .where(sa.or_(people.c.name != FORMER, tickets.c.question != ""))
        )

    async def count_tickets(self, before: datetime) -> int:
        """Questions that were answered or taken back before, that still say who asked what."""
        return await self._how_many(self._tickets(before))

    async def purge_tickets(self, before: datetime) -> int:
        """Drop words, people, and phrases suggested from them. Group, days and whether it helped stay."""
        rows = await self._all(self._tickets(before))
        stand_ins: StandIns = {}
        answered = sa.case((tickets.c.answer.is_not(None), ""))
        for row in rows:
            former = await self._former(row.agency_id, 0, stand_ins)
            await self._changed(sa.delete(suggested_phrases).where(suggested_phrases.c.ticket_id == row.id))
            blank = {"question": "", "question_key": f"purged:{row.id}", "answer": answered, "taker_id": None}
            await self._changed(sa.update(tickets).where(tickets.c.id == row.id).values(asker_id=former, **blank))
        await self._unname_events("question", [row.id for row in rows])
        return len(rows)

    async def count_unanswered(self, before: datetime) -> int:
        """Questions that the guidance did not answer and that nobody has asked since."""
        return await self._count(
            sa.select(sa.func.count()).select_from(unanswered).where(unanswered.c.last_at < before)
        )

    async def purge_unanswered(self, before: datetime) -> int:
        """Drop them: they have no people, only words."""
        return await self._changed(sa.delete(unanswered).where(unanswered.c.last_at < before))

    def _certificates(self, before: datetime) -> sa.Select[tuple[int, str | None]]:
        return (
            sa.select(certificates.c.id, people.c.agency_id)
            .join(people, people.c.id == certificates.c.person_id)
            .where(certificates.c.issued_at < before, people.c.name != FORMER)
        )

    async def count_certificates(self, before: datetime) -> int:
        """Certificates that were issued before and still name somebody."""
        return await self._how_many(self._certificates(before))

    async def purge_certificates(self, before: datetime) -> int:
        """Let each belong to a former delegate of the same agency. Its number is never given again."""
        rows = await self._all(self._certificates(before))
        stand_ins: StandIns = {}
        for row in rows:
            former = await self._former(row.agency_id, 0, stand_ins)
            change = sa.update(certificates).where(certificates.c.id == row.id)
            await self._changed(change.values(person_id=former))
        await self._unname_events("certificate", [row.id for row in rows])
        return len(rows)
