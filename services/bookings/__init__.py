"""Booking a place, waiting for one, handing one on, giving one back. The promise is design.md section 6.

Every change to a session's bookings first locks the session, so that a cancellation and the offer it
causes are one step, and nobody overtakes the waiting list.
"""

from __future__ import annotations

from services.bookings.approving import (
    APPROVAL_ASKED,
    UNAPPROVED_SHOWN,
    approval_asked,
    approve,
    approvers,
    end_unapproved,
    never_approved,
    refuse_approval,
    to_approve,
)
from services.bookings.attending import mark_all, record_attendance, turned_out
from services.bookings.booking import book, overbook
from services.bookings.capacity import change_capacity
from services.bookings.giving_back import cancel, counts_as_late, given_back_late, is_refusal
from services.bookings.offers import accept_offer, expire_offers
from services.bookings.places import (
    LAPSED,
    LONGEST_REASON,
    PLACE_OFFERED,
    Placed,
    bring_offers_forward,
    find_own,
    locked,
    offer_deadline,
    place_offered,
)
from services.bookings.rules import closes_on, closing_kept, free_until
from services.bookings.series import SeriesOutcome, book_series
from services.bookings.substituting import substitute
from services.bookings.swapping import SWAPPED, Swapped, swap
from services.bookings.telling import BOOKING_NEWS, News, news

__all__ = [
    "APPROVAL_ASKED",
    "BOOKING_NEWS",
    "LAPSED",
    "LONGEST_REASON",
    "PLACE_OFFERED",
    "SWAPPED",
    "UNAPPROVED_SHOWN",
    "News",
    "Placed",
    "SeriesOutcome",
    "Swapped",
    "accept_offer",
    "approval_asked",
    "approve",
    "approvers",
    "book",
    "book_series",
    "bring_offers_forward",
    "cancel",
    "change_capacity",
    "closes_on",
    "closing_kept",
    "counts_as_late",
    "end_unapproved",
    "expire_offers",
    "find_own",
    "free_until",
    "given_back_late",
    "is_refusal",
    "locked",
    "mark_all",
    "never_approved",
    "news",
    "offer_deadline",
    "overbook",
    "place_offered",
    "record_attendance",
    "refuse_approval",
    "substitute",
    "swap",
    "to_approve",
    "turned_out",
]
