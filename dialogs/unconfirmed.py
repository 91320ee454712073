"""What the partnership has not confirmed, said beside what is shown of it."""

from __future__ import annotations

from dialogs.wording import say
from services.rulebook import Rulebook


def doubt_mark(confirmed: bool) -> str:
    """What stands behind a value that awaits the office's word; nothing behind a confirmed one."""
    return "" if confirmed else f" ({say('to-be-confirmed').lower()})"


def amount_words(amount: str | None, rules: Rulebook) -> str:
    """A charge as it may be shown: an unknown or unconfirmed amount says so."""
    if amount is None:
        return say("charge-unknown-amount")
    return amount + doubt_mark(rules.pack.partnership.booking.charge.confirmed)
