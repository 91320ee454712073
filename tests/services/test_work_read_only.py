"""A server that only reads is as good as away: nothing would be kept."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from services.errors import StoreUnavailable
from services.work import Database


async def test_postgresql_that_only_reads_counts_as_away(postgres_url: str) -> None:
    database = Database.open(postgres_url)

    @sa.event.listens_for(database.engine.sync_engine, "begin")
    def reads_only(connection: sa.Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    with pytest.raises(StoreUnavailable):
        async with database.work() as work:
            await work.health.can_write()
    await database.close()


async def test_a_database_that_can_be_written_is_ready_and_nothing_is_written(database: Database) -> None:
    async with database.work() as work:
        await work.health.can_write()
        assert await work.health.last_beat("sweep") is None
