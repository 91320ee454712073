from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from scheduler.timetable import Alarm, Timetable

FOR_EVER = timedelta(hours=1)


async def _soon(event: asyncio.Event) -> None:
    async with asyncio.timeout(10):
        await event.wait()


async def test_each_sweep_is_called_at_once_with_the_time_of_the_clock_it_was_given(now: datetime) -> None:
    called = asyncio.Event()
    told: list[datetime] = []

    async def sweep(at: datetime) -> None:
        told.append(at)
        called.set()

    timetable = Timetable([Alarm("sweep", sweep, FOR_EVER)], now=lambda: now)
    timetable.start()
    await _soon(called)
    await timetable.stop()

    assert told == [now]


async def test_a_sweep_that_fails_is_called_again() -> None:
    twice = asyncio.Event()
    calls = 0

    async def sweep(at: datetime) -> None:
        nonlocal calls
        calls += 1
        if calls > 1:
            twice.set()
        raise RuntimeError

    timetable = Timetable([Alarm("sweep", sweep, timedelta(seconds=1))], now=lambda: datetime.now(UTC))
    timetable.start()
    await _soon(twice)
    await timetable.stop()


async def test_a_sweep_under_way_may_finish_before_the_process_ends() -> None:
    begun, finished = asyncio.Event(), False

    async def sweep(at: datetime) -> None:
        nonlocal finished
        begun.set()
        await asyncio.sleep(0.2)
        finished = True

    timetable = Timetable([Alarm("sweep", sweep, FOR_EVER)], now=lambda: datetime.now(UTC))
    timetable.start()
    await _soon(begun)
    await timetable.stop()

    assert finished


async def test_one_that_does_not_finish_is_cut_off() -> None:
    begun = asyncio.Event()

    async def sweep(at: datetime) -> None:
        begun.set()
        await asyncio.Event().wait()

    timetable = Timetable([Alarm("sweep", sweep, FOR_EVER)], now=lambda: datetime.now(UTC))
    timetable.start()
    await _soon(begun)
    async with asyncio.timeout(5):
        await timetable.stop(patience=0.1)
