"""What the bot counts of its own work: turns by kind and status, and how long they took. No names, no words."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

KINDS = frozenset({"message", "invoke", "conversationUpdate", "installationUpdate"})


class Meter:
    """Counts turns in `registry`. The kind is limited to a few words: it comes from outside and would grow for ever."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._turns = Counter(
            "partnership_bot_turns", "Requests to the messages endpoint", ("kind", "status"), registry=registry
        )
        self._seconds = Histogram(
            "partnership_bot_turn_seconds",
            "Time from the request to its answer",
            ("kind",),
            registry=registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 5, 15),
        )

    def turn(self, kind: str, status: int, seconds: float) -> None:
        """Record one request. `kind` is empty for a request that was not let in."""
        label = kind if kind in KINDS else ("other" if kind else "refused")
        self._turns.labels(label, str(status)).inc()
        if kind:
            self._seconds.labels(label).observe(seconds)
