"""Who came to a session: asked of its trainer, then of the office, until everybody on the register is marked.

Without it no evaluation opens and no certificate follows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from config.ladders import LadderKind, Recipient
from services.model import Notice, Owed, Person, Role, Session, SessionState
from services.notices.kinds.climbing import Kind, Verdict, climb_to, moved
from services.notices.subjects import DONE, MOVED, NOT_THEIRS, RegisterOpen
from services.rights import trains
from services.rulebook import Rulebook
from services.work import Work

_ASKED_FOR = timedelta(weeks=8)
"""So long after a session is asked who came. By then the impact evaluation would have been due for the last time."""
_NAME = LadderKind.ATTENDANCE.value


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    unmarked = await work.office.unmarked(now - _ASKED_FOR, now)
    ladder = rules.pack.partnership.ladder(LadderKind.ATTENDANCE)
    trainers, managers = await _trainers(work), await _managers(work)
    owed: list[Owed] = []
    for session in unmarked:

        def recipients(to: Iterable[Recipient], session: Session = session) -> list[int]:
            return _asked(to, session, trainers, managers)

        owed += climb_to(rules, ladder, recipients, subject_id=session.id, basis=session.ends_at, now=now)
    return owed


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    sessions = await work.sessions.by_ids({one.subject_id for one in notices})
    left = await work.office.unmarked_counts(sessions)
    trainers, managers = await _trainers(work), await _managers(work)
    return {one.id: _verdict(one, sessions, left, trainers, managers, rules) for one in notices}


def _verdict(
    notice: Notice,
    sessions: Mapping[int, Session],
    left: Mapping[int, int],
    trainers: Sequence[Person],
    managers: Collection[int],
    rules: Rulebook,
) -> Verdict:
    session = sessions[notice.subject_id]
    if session.state is not SessionState.OPEN or not left.get(session.id):
        return DONE
    if moved(notice, session.ends_at, rules):
        return MOVED
    asked = _asked((Recipient.OWNER, Recipient.MANAGER), session, trainers, managers)
    return RegisterOpen(session, left[session.id]) if notice.person_id in asked else NOT_THEIRS


def _asked(
    to: Iterable[Recipient], session: Session, trainers: Sequence[Person], managers: Collection[int]
) -> list[int]:
    """The trainers of the session and the office; the office alone where no trainer of that name is known."""
    theirs = [one.id for one in trainers if trains(one, session)] or managers
    groups = [theirs if recipient is Recipient.OWNER else managers for recipient in to]
    return list(dict.fromkeys(one for group in groups for one in group))


async def _trainers(work: Work) -> list[Person]:
    return await work.people.with_role(Role.TRAINER)


async def _managers(work: Work) -> list[int]:
    return [one.id for one in await work.people.with_role(Role.MANAGER)]


REGISTER = Kind(_NAME, _plan, _check)
