"""Joining details and the calendar entry of a booking: sent when it is booked, changed or given up.

Computed from the bookings themselves, so that every way of booking, moving and cancelling is covered: an entry
that is behind the facts is written anew with the next SEQUENCE, and each SEQUENCE is one notice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.model import Booking, Method, Notice, Owed
from services.notices.kinds.booked import booked
from services.notices.kinds.climbing import Kind, Verdict
from services.notices.subjects import DONE, TOO_LATE, Invited
from services.rulebook import Rulebook
from services.work import Work

INVITATION = "invitation"
_AT_ONCE = 500


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
    cleared = [one for one in given_up if one in reached and people[found[one].person_id].email]
    return _owed({one: entries[one].sequence + 1 if one in entries else 0 for one in [*behind, *cleared]}, found, now)


async def _write(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    behind = await work.invitations.to_send(now)
    sessions = await work.sessions.by_ids(behind) if behind else {}
    sequences: dict[int, int] = {}
    for session_id in sorted(behind):
        ids = sorted(behind[session_id])
        for start in range(0, len(ids), _AT_ONCE):
            sequences |= await work.invitations.request(sessions[session_id], ids[start : start + _AT_ONCE], now)
    given_up = await work.invitations.to_take_back(now)
    if given_up:
        sequences |= await work.invitations.take_back(given_up, now)
    if not sequences:
        return []
    return _owed(sequences, await work.bookings.by_ids(sequences), now)


def _owed(sequences: Mapping[int, int], found: Mapping[int, Booking], now: datetime) -> list[Owed]:
    return [
        Owed(INVITATION, one, _step(sequence), found[one].person_id, due_at=now, urgent=True)
        for one, sequence in sequences.items()
    ]


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
        # Without an address there is no calendar to clear, and who never got the entry need not take it out.
        nothing_to_clear = taken_back and (not people[notice.person_id].email or booking.id not in reached)
        if notice.step != _step(entry.sequence) or nothing_to_clear:
            verdicts[notice.id] = DONE
        elif session.begun(now):
            verdicts[notice.id] = TOO_LATE
        else:
            verdicts[notice.id] = Invited(entry, booking, session)
    return verdicts


INVITE = Kind(INVITATION, _foresee, _check, write=_write)
