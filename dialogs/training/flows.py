"""The training part of the router: which flow answers which verb, and who reads the answer to a question."""

from __future__ import annotations

from dialogs.training import (
    approving,
    bare_days,
    booking,
    bookings_by_name,
    cancelling,
    certificates,
    charging,
    colleague_dates,
    colleagues,
    evaluating,
    finding,
    going_instead,
    interests,
    otherwise,
    putting_by,
    series,
    sessions,
    swapping,
    which_place,
)
from dialogs.turn import AnswerCheck, AnswerReader, Flow

FLOWS: dict[str, Flow] = {
    "courses": finding.list_courses,
    "my-bookings": booking.my_bookings,
    booking.BOOK: finding.press_book,
    booking.ACCEPT: booking.accept,
    booking.DECLINE: booking.decline,
    finding.MORE: finding.more_dates,
    series.SERIES_BOOK: series.press,
    interests.ADD: interests.add,
    interests.DROP: interests.drop,
    colleagues.BOOK_COLLEAGUE: bookings_by_name.ask,
    bookings_by_name.BOOK_NAMED: bookings_by_name.send,
    colleagues.SEND_COLLEAGUE: bookings_by_name.send_one,
    colleagues.OVERBOOK: colleagues.overbook,
    colleagues.SUBSTITUTE: colleagues.substitute,
    cancelling.SUBSTITUTE_ASK: going_instead.ask,
    cancelling.REFUSE: cancelling.refuse,
    approving.APPROVE: approving.approve,
    approving.REFUSE_APPROVAL: approving.refuse,
    charging.LIST: charging.list_due,
    charging.WAIVE: charging.waive,
    cancelling.CANCEL_ASK: cancelling.ask_cancel,
    cancelling.CANCEL: cancelling.cancel,
    cancelling.KEEP: cancelling.keep,
    swapping.DATES: swapping.show_dates,
    swapping.ASK: swapping.ask,
    swapping.SWAP: swapping.swap,
    evaluating.OPEN: evaluating.open_one,
    evaluating.SEND: evaluating.send,
    evaluating.SNOOZE: evaluating.snooze,
    certificates.MINE: certificates.mine,
    certificates.SEND_AGAIN: certificates.send_again,
}

EXPECTED: dict[str, AnswerReader] = {
    bare_days.BARE_DAY: bare_days.answered,
    sessions.SESSIONS: otherwise.choose_session,
    cancelling.BOOKINGS: cancelling.choose_to_cancel,
    swapping.HELD: swapping.choose_held,
    swapping.OTHERS: swapping.choose_date,
    swapping.SURE: swapping.sure,
    which_place.WHICH: which_place.choose(FLOWS),
    cancelling.BOOKING: colleagues.said_after_cancel,
    colleagues.FOR_COLLEAGUE: colleague_dates.said_session,
    colleagues.FOR: bookings_by_name.said_for,
    colleagues.INSTEAD: going_instead.said_instead,
    colleagues.NEWCOMER: colleagues.said_of_newcomer,
    interests.INTEREST: interests.said,
    interests.LISTED: interests.choose,
    putting_by.EVALUATION: evaluating.next_answer,
}
"""Who takes the answer to what was asked last."""

SURELY_ANSWERED: dict[str, AnswerCheck] = {putting_by.EVALUATION: evaluating.gives_mark}
"""By which words it is surely answered, though they may read as a call for help."""
