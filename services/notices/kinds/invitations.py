"""Joining details and the calendar entry of a booking: sent when it is booked, changed or given up.

Computed from the bookings themselves, so that every way of booking, moving and cancelling is covered: an entry
that is behind the facts is written anew with the next SEQUENCE, and each SEQUENCE is one notice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from services.model import BY_IMPORT, Booking, BookingState, Method, Notice, Owed
from services.notices.kinds.booked import booked
from services.notices.kinds.climbing import Kind, Verdict
from services.notices.subjects import DONE, TOO_LATE, Invited
from services.rulebook import Rulebook
from services.store.rows import chunks
from services.work import Work

INVITATION = "invitation"
AT_ONCE_WITHIN = 2
"""Working days. What a file brought of a session as near as this is told at once, in quiet hours too."""


def _step(sequence: int) -> str:
    return f"seq-{sequence}"


async def _foresee(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """The notices of entries that are behind the facts, as they will be once the entries are written anew."""
    behind = [one for ids in (await work.invitations.to_send(now)).values() for one in ids]
    given_up = await work.invitations.to_take_back(now)
    entries = await work.invitations.by_bookings([*behind, *given_up])
    found = await work.bookings.by_ids([*behind, *given_up])
    reached = await work.invitations.reached(INVITATION, given_up)
    people = await work.people.by_ids({found[one].person_id for one in given_up})
    cleared = [one for one in given_up if rules.by_mail and one in reached and people[found[one].person_id].email]
    sequences = {one: entries[one].sequence + 1 if one in entries else 0 for one in [*behind, *cleared]}
    return await _owed(work, rules, sequences, found, now)


async def _write(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    behind = await work.invitations.to_send(now)
    sessions = await work.sessions.by_ids(behind) if behind else {}
    sequences: dict[int, int] = {}
    for session_id in sorted(behind):
        for some in chunks(sorted(behind[session_id])):
            sequences |= await work.invitations.request(sessions[session_id], some, now)
    given_up = await work.invitations.to_take_back(now)
    if given_up:
        sequences |= await work.invitations.take_back(given_up, now)
    if not sequences:
        return []
    return await _owed(work, rules, sequences, await work.bookings.by_ids(sequences), now)


async def _owed(
    work: Work, rules: Rulebook, sequences: Mapping[int, int], found: Mapping[int, Booking], now: datetime
) -> list[Owed]:
    can_wait = await _can_wait(work, rules, [found[one] for one, sequence in sequences.items() if not sequence], now)
    return [
        Owed(INVITATION, one, _step(sequence), found[one].person_id, due_at=now, urgent=one not in can_wait)
        for one, sequence in sequences.items()
    ]


async def _can_wait(work: Work, rules: Rulebook, fresh: Collection[Booking], now: datetime) -> set[int]:
    """Which of these new entries come with the day's message: a file brought them, and their session is not near.

    Who books for themselves waits for their details; who is in a file knows nothing of it, and a file has hundreds.
    """
    made = await work.events.latest_detail(BookingState.BOOKED.value, "booking", {one.id for one in fresh})
    brought = [one for one in fresh if made.get(one.id, {}).get("by") == BY_IMPORT]
    sessions = await work.sessions.by_ids({one.session_id for one in brought}) if brought else {}
    today = rules.today(now)
    left = {one: rules.workdays.between(today, rules.today(on.starts_at)) for one, on in sessions.items()}
    return {one.id for one in brought if left[one.session_id] > AT_ONCE_WITHIN}


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await booked(work, notices)
    ids = {one.subject_id for one in notices}
    entries = await work.invitations.by_bookings(ids)
    reached = await work.invitations.reached(INVITATION, ids)
    people = await work.people.by_ids({one.person_id for one in notices})
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        booking, session = found[notice.id]
        entry = entries[notice.subject_id]
        taken_back = entry.method is Method.CANCEL
        # Without e-mail or an address there is no calendar to clear, and who never got the entry need not take it out.
        by_mail = rules.by_mail and people[notice.person_id].email
        nothing_to_clear = taken_back and (not by_mail or booking.id not in reached)
        if notice.step != _step(entry.sequence) or nothing_to_clear:
            verdicts[notice.id] = DONE
        elif session.begun(now):
            verdicts[notice.id] = TOO_LATE
        else:
            verdicts[notice.id] = Invited(entry, booking, session)
    return verdicts


INVITE = Kind(INVITATION, _foresee, _check, write=_write)
