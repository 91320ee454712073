"""Does at once for many what each of them waits for: one transaction then serves all who ask at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Generic, TypeVar

MOST_AT_ONCE = 50

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Together(Generic[Asked, Answer]):
    """Calls `do` with what was asked for while the last call was under way, and gives each their own answer.

    `do` answers in the order in which it was asked. What it raises is raised to all of them.
    """

    def __init__(self, do: Callable[[Sequence[Asked]], Coroutine[Any, Any, Sequence[Answer]]]) -> None:
        self._do = do
        self._queue: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._turn = asyncio.Lock()
        self._doing: set[asyncio.Task[Sequence[Answer]]] = set()

    async def ask(self, asked: Asked) -> Answer:
        """The answer to this one."""
        mine: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        place = asked, mine
        self._queue.append(place)
        try:
            async with self._turn:
                if not mine.done():
                    await asyncio.sleep(0)  # let those in who began to ask together with us
                    await self._serve()
        finally:
            if place in self._queue:
                self._queue.remove(place)
        return mine.result()

    async def _serve(self) -> None:
        """Answer those who wait, ourselves among them: the queue is served from its front."""
        served, self._queue = self._queue[:MOST_AT_ONCE], self._queue[MOST_AT_ONCE:]
        # Whoever is cut off leaves it to its end: a statement broken off in the middle can leave SQLite locked.
        self._doing.add(task := asyncio.create_task(self._do([asked for asked, _ in served])))
        task.add_done_callback(self._doing.discard)
        try:
            answers = await asyncio.shield(task)
        except BaseException as error:
            for _, waiting in served:
                if isinstance(error, Exception):
                    waiting.set_exception(error)
                    waiting.exception()  # who was cut off meanwhile asks for it no more
                else:
                    waiting.cancel()
            if not isinstance(error, Exception):
                raise
            return
        for (_, waiting), answer in zip(served, answers, strict=True):
            waiting.set_result(answer)
