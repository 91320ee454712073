"""Charges that the policy makes due: for a place not used, and for one given back late. The office may waive them.

Harrow charges for failing to attend without notice (annual report 2022-23, 6. Training and Development, Multi-agency
Training); the amount, and whether a late cancellation is charged, are configuration that the office has to confirm.
Nothing is collected here: this is the list the office works from.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from services.errors import NotFound
from services.kept import kept_text
from services.model import Charge, ChargeKind, ChargeState, Person
from services.rights import require_manager
from services.rulebook import Rulebook
from services.work import Work

LONGEST_REASON = 200
MOST_SHOWN = 200


def is_charged(kind: ChargeKind, rules: Rulebook) -> bool:
    """Whether the policy charges for this at all."""
    booking = rules.pack.partnership.booking
    charged = {
        ChargeKind.LATE_CANCELLATION: booking.late_cancellation_charged,
        ChargeKind.DID_NOT_ATTEND: booking.no_show_charged,
    }
    return charged[kind].value


def amount(rules: Rulebook) -> str | None:
    """The charge in words, or `None` while nobody has told us."""
    pounds = rules.pack.partnership.booking.charge.value
    return None if pounds is None else f"£{pounds:,.2f}"


async def fall_due(work: Work, booking_id: int, kind: ChargeKind, *, now: datetime, rules: Rulebook) -> None:
    """Mark a charge as due, if the policy has one. The same again is the same charge."""
    await fall_due_all(work, [booking_id], kind, now=now, rules=rules)


async def fall_due_all(
    work: Work, booking_ids: Collection[int], kind: ChargeKind, *, now: datetime, rules: Rulebook
) -> None:
    """As `fall_due`, for the many bookings of a file."""
    if is_charged(kind, rules) and booking_ids:
        before = await work.charges.due_of(booking_ids, kind)
        await work.charges.fall_due(booking_ids, kind, amount(rules), now)
        await _record(work, "fell-due", await work.charges.due_of(booking_ids, kind) - before, kind, now)


async def withdraw(work: Work, booking_ids: Collection[int], kind: ChargeKind, *, now: datetime) -> None:
    """The fact behind these charges was wrong: they attended after all. What the office has waived stays waived."""
    before = await work.charges.due_of(booking_ids, kind)
    await work.charges.withdraw(booking_ids, kind, now)
    await _record(work, "withdrawn", before, kind, now)


async def _record(work: Work, verb: str, charge_ids: Collection[int], kind: ChargeKind, now: datetime) -> None:
    """The policy made it so: whose deed it followed from is told by the event of that deed."""
    deeds = [(verb, "charge", one, {"kind": kind.value}) for one in sorted(charge_ids)]
    await work.events.record_all(deeds, at=now, actor_id=None)


async def came_back(work: Work, booking_id: int, *, now: datetime) -> None:
    """Who gave a place back late has one again: nothing was lost, so nothing is charged for it."""
    await withdraw(work, [booking_id], ChargeKind.LATE_CANCELLATION, now=now)


async def list_due(work: Work, actor: Person, *, limit: int = MOST_SHOWN) -> list[Charge]:
    """Charges that are due, oldest first. Raises `NotAllowed` for anybody but the partnership manager."""
    require_manager(actor)
    return await work.charges.due(limit)


async def own(work: Work, person: Person) -> list[Charge]:
    """What is due for this person's own places, oldest first."""
    return await work.charges.due_from(person.id, MOST_SHOWN)


async def waive(work: Work, actor: Person, charge_id: int, *, reason: str, now: datetime, rules: Rulebook) -> Charge:
    """Let a charge go, with a reason that is kept. Waiving twice leaves the first reason.

    Raises `NotAllowed` for anybody but the partnership manager, `NotFound`, and `ServiceError` for a reason that is
    missing, too long, or identifies somebody.
    """
    require_manager(actor)
    reason = kept_text(reason, rules, longest=LONGEST_REASON, missing="waive-reason-missing")
    charge = await work.charges.by_id(charge_id)
    if charge is None:
        raise NotFound("charge-unknown")
    if await work.charges.settle(charge, ChargeState.WAIVED, reason, now, actor.id):
        detail = {"booking": charge.booking_id, "kind": charge.kind.value, "reason": reason}
        await work.events.record("waived", ("charge", charge_id), at=now, actor_id=actor.id, detail=detail)
    settled = await work.charges.by_id(charge_id)
    assert settled is not None
    return settled
