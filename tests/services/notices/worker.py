"""A postman in a process of its own. What it delivers is a line of notice ids in a file."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime

from services.notices.delivery import Postman
from services.ports import Begin, Message, Receipt, Route, at_once
from services.work import Database
from tests.builders import a_rulebook
from tests.services.notices.office import name_them


class FileMessenger:
    """Appends each message to a file, in one write, so that processes do not mix."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND)

    async def send(self, route: Route, message: Message, begin: Begin = at_once) -> Receipt:
        """Deliver once."""
        await begin()
        await asyncio.sleep(0.002)
        os.write(self._file, f"{message.text}\n".encode())
        return Receipt("written")


async def main(url: str, path: str, now: str, name: str) -> None:
    database = Database.open(url)
    postman = Postman(database, a_rulebook(), name_them, FileMessenger(path), None, name, people_per_round=7)
    print("ready", flush=True)
    sys.stdin.readline()
    counts = await postman.deliver_due(datetime.fromisoformat(now))
    await database.close()
    print(sum(counts.values()), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
