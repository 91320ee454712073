"""What the bot counts of its own work: turns and how long they took, and how delivery stands. No names, no words."""

from __future__ import annotations

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from services.notices.standing import Standing


class Fault(StrEnum):
    """Why a turn ended in an apology."""

    STORE_AWAY = "store-away"
    BROKEN = "broken"


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


class FaultMeter:
    """Counts turns that ended in an apology: Teams is answered all the same, so no status of a request shows them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._faults = Counter(
            "partnership_bot_turn_faults", "Turns that ended in an apology, by reason", ("reason",), registry=registry
        )
        for reason in Fault:
            self._faults.labels(reason.value)

    def count(self, reason: Fault) -> None:
        """Record one."""
        self._faults.labels(reason.value).inc()


class DeliveryGauges:
    """How delivery stands, the same in every process: it is read from the records and not counted here."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._notices = Gauge(
            "partnership_bot_notices", "Notices on their way or gone wrong, by state", ("state",), registry=registry
        )
        self._waiting = Gauge(
            "partnership_bot_oldest_due_seconds", "How long the oldest due notice has waited", registry=registry
        )
        self._swept = Gauge(
            "partnership_bot_last_sweep_timestamp_seconds", "When due work was last done", registry=registry
        )

        self._broken = Gauge(
            "partnership_bot_broken_parts",
            "Parts of the last sweep that broke, such as kinds of notice",
            registry=registry,
        )

    def show(self, standing: Standing) -> None:
        """Take over how delivery stands now."""
        for state, count in standing.queue.items():
            self._notices.labels(state.value).set(count)
        self._waiting.set(standing.waiting_seconds)
        self._swept.set(standing.last_sweep.timestamp() if standing.last_sweep else 0)
        self._broken.set(len(standing.broken))
