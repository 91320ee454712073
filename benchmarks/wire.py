"""The cheapest possible client and connector, so that a server under test is what the clock sees, not the measuring."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from itertools import count

NUMBER = b"0000000000"
"""Stands in a request for a number that is new with every post: Teams never sends two messages under one id."""

CREATED = b'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"id":"1"}'


def whole(data: bytes) -> bytes | None:
    """What follows the first complete message in `data` (with a Content-Length or no body), or None."""
    head, found, rest = data.partition(b"\r\n\r\n")
    if not found:
        return None
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return rest[length:] if len(rest) >= length else None


class Connector(asyncio.Protocol):
    """Accepts every activity. One without any of `wanted` is kept in `odd`: an apology is quicker than an answer."""

    def __init__(self, wanted: Sequence[bytes], odd: list[bytes]) -> None:
        self._data = b""
        self._wanted, self._odd = wanted, odd

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        rest = whole(self._data)
        if rest is not None:
            if not any(words in self._data for words in self._wanted):
                self._odd.append(self._data)
            self._data = rest
            self._transport.write(CREATED)


class Caller(asyncio.Protocol):
    """Posts one request after another until `end`, and notes how long each took (seconds)."""

    def __init__(self, requests: Iterator[bytes], end: float, taken: list[float], done: asyncio.Future[None]) -> None:
        self._requests, self._end, self._taken, self._done = requests, end, taken, done
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._post()

    def data_received(self, data: bytes) -> None:
        self._data += data
        rest = whole(self._data)
        if rest is None:
            return
        if not self._data.startswith(b"HTTP/1.1 2"):
            self._done.set_exception(RuntimeError(self._data[:60].decode()))
            return
        now = time.perf_counter()
        self._taken.append(now - self._begun)
        self._data = rest
        if now < self._end:
            self._post()
        else:
            self._transport.close()
            self._done.set_result(None)

    def _post(self) -> None:
        self._begun = time.perf_counter()
        self._transport.write(next(self._requests))


_numbers = count(1)


def numbered(request: bytes) -> Iterator[bytes]:
    """The request again and again, each time with a number that no other has."""
    before, _, after = request.partition(NUMBER)
    return (before + b"%010d" % number + after for number in _numbers)


async def call(port: int, requests: Sequence[bytes], seconds: float) -> list[float]:
    """Post over as many connections as there are `requests`, each its own one again and again, newly numbered."""
    loop, taken, dones = asyncio.get_running_loop(), list[float](), list[asyncio.Future[None]]()
    end = time.perf_counter() + seconds
    for request in requests:
        done: asyncio.Future[None] = loop.create_future()
        dones.append(done)

        def caller(request: bytes = request, done: asyncio.Future[None] = done) -> Caller:
            return Caller(numbered(request), end, taken, done)

        await loop.create_connection(caller, "127.0.0.1", port)
    # a server that stops answering is an error, not a longer measurement
    await asyncio.wait_for(asyncio.gather(*dones), seconds + 30)
    return taken
