"""A course that people waited for has a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.interests import date_published
from services.model import DATE_PUBLISHED, Notice, Owed, SessionState
from services.notices.kinds.climbing import Kind, Verdict
from services.notices.subjects import DONE, DatePublished
from services.rulebook import Rulebook
from services.work import Work


async def _foresee(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Everybody who waits for a course that has a date now is told of the soonest, once."""
    return [date_published(interest, session_id, now) for interest, session_id in await work.interests.to_tell(now)]


async def _tell(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """That they are told is noted in the same transaction; if that date is cancelled, the next one is told."""
    found = await work.interests.to_tell(now)
    await work.interests.note_told([(interest.id, session_id) for interest, session_id in found])
    return [date_published(interest, session_id, now) for interest, session_id in found]


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    """An interest that was dropped, or served by a booking, is told nothing."""
    interests = await work.interests.by_ids({one.subject_id for one in notices})
    told = {one.told_session_id for one in interests.values() if one.told_session_id is not None}
    sessions = await work.sessions.by_ids(told)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        interest = interests.get(notice.subject_id)
        session = sessions.get(interest.told_session_id or 0) if interest else None
        if interest is None or session is None or notice.step != date_published(interest, session.id, now).step:
            verdicts[notice.id] = DONE
            continue
        open_still = session.state is SessionState.OPEN and not session.begun(now)
        verdicts[notice.id] = DatePublished(interest, session) if open_still else DONE
    return verdicts


PUBLISHED = Kind(DATE_PUBLISHED, _foresee, _check, write=_tell, once=True)
