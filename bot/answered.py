"""What presses were answered just now, so that one that Teams sends again gets the same answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

MOST = 200
"""Answers that are held: Teams sends a press again within seconds, and a card may have 28 kB."""

Body = Mapping[str, object]
Press = tuple[str, str]
"""A conversation and the id of an activity in it."""


class Answered:
    """The last answers of this process, in memory only. The records know what was heard, and not what was said."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._bodies: OrderedDict[Press, Body] = OrderedDict()

    def keep(self, press: Press, body: Body) -> None:
        """Hold the answer to a press; the oldest one gives way."""
        self._bodies[press] = body
        if len(self._bodies) > self._most:
            self._bodies.popitem(last=False)

    def to(self, press: Press) -> Body | None:
        """The answer that a press was given; None when it is too long ago, or another process gave it."""
        return self._bodies.get(press)
