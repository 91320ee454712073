"""Who answers for the posts that own guidance, and the numbers of reviews that fall due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from services.store.rows import Rows
from services.tables import article_reviews, people, role_holders

Review = tuple[str, date]
"""An owner's key, and the day on which articles of theirs are due for review."""


class HolderRows(Rows):
    """Queries on posts, and on what they own."""

    async def of(self, owner_keys: Collection[str]) -> dict[str, tuple[int, ...]]:
        """The active people who hold each of these posts. A post that nobody holds is not in the answer."""
        statement = (
            sa.select(role_holders.c.owner_key, role_holders.c.person_id)
            .join(people, people.c.id == role_holders.c.person_id)
            .where(role_holders.c.owner_key.in_(list(owner_keys)), people.c.active)
            .order_by(role_holders.c.owner_key, role_holders.c.person_id)
        )
        found: dict[str, tuple[int, ...]] = {}
        for row in await self._all(statement):
            found[row.owner_key] = (*found.get(row.owner_key, ()), row.person_id)
        return found

    async def keys_of(self, person_id: int) -> frozenset[str]:
        """The posts that somebody holds."""
        statement = sa.select(role_holders.c.owner_key).where(role_holders.c.person_id == person_id)
        return frozenset(row.owner_key for row in await self._all(statement))

    async def keys_by_person(self, person_ids: Collection[int]) -> dict[int, frozenset[str]]:
        """The posts that each of these people holds. Who holds none is not in the answer."""
        found: dict[int, frozenset[str]] = {}
        for row in await self._all(sa.select(role_holders)):
            if row.person_id in person_ids:
                found[row.person_id] = found.get(row.person_id, frozenset()) | {row.owner_key}
        return found

    async def set_keys(self, person_id: int, owner_keys: Collection[str]) -> None:
        """Replace the posts that somebody holds."""
        await self._changed(sa.delete(role_holders).where(role_holders.c.person_id == person_id))
        rows = [{"owner_key": key, "person_id": person_id} for key in sorted(set(owner_keys))]
        if rows:
            await self._insert_missing(role_holders, rows)

    async def review_ids(self, reviews: Sequence[Review]) -> dict[Review, int]:
        """The number of each review; new ones are given theirs, the same for whoever asks at the same time."""
        if not reviews:
            return {}
        known = await self.known_reviews()
        new = [{"owner_key": key, "due_on": due_on} for key, due_on in sorted(set(reviews) - known.keys())]
        if new:
            await self._insert_missing(article_reviews, new)
            known = await self.known_reviews()
        return {review: known[review] for review in reviews}

    async def known_reviews(self) -> dict[Review, int]:
        """The number of each review that has one."""
        return {(row.owner_key, row.due_on): row.id for row in await self._all(sa.select(article_reviews))}

    async def reviews(self, ids: Collection[int]) -> dict[int, Review]:
        """What these numbers stand for."""
        rows = await self._all(sa.select(article_reviews).where(article_reviews.c.id.in_(list(ids))))
        return {row.id: (row.owner_key, row.due_on) for row in rows}
