"""Places offered to people who wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.bookings import LAPSED, PLACE_OFFERED, place_offered
from services.model import BookingState, Notice, Owed, SessionState
from services.notices.kinds.booked import booked
from services.notices.kinds.climbing import Kind, Verdict
from services.notices.subjects import DONE, TOO_LATE, PlaceOffered
from services.rulebook import Rulebook
from services.work import Work


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Each offer was owed in the transaction that made it. This repairs one that came in by another way."""
    return [place_offered(booking, now) for booking in await work.bookings.offers_open(now)]


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = found[notice.id]
        if session.state is not SessionState.OPEN or notice.step != place_offered(booking, now).step:
            verdicts[notice.id] = DONE
        elif booking.state is BookingState.OFFERED:
            over = session.begun(now) or booking.offer_over(now)
            verdicts[notice.id] = TOO_LATE if over else PlaceOffered(booking, session)
        else:
            # Who was never told of an offer that ran out has lost a place by it: that must be seen.
            verdicts[notice.id] = TOO_LATE if booking.cancel_reason == LAPSED else DONE
    return verdicts


OFFER = Kind(PLACE_OFFERED, _plan, _check)
