"""Items that a file gave to people: each is told once for the whole file, of everything that is theirs by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from config.ladders import LadderKind
from services.actions import GIVEN, gives_by_file
from services.model import MAY_HAVE_BEEN_READ, STILL_TO_DO, ActionItem, Notice
from services.notices.gathered import ActionsGiven
from services.notices.kinds.climbing import Kind, Verdict, nothing_to_repair
from services.notices.subjects import DONE, ActionYours
from services.rulebook import Rulebook
from services.work import Work

_CHASED = STILL_TO_DO | MAY_HAVE_BEEN_READ


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    # Of two files before one message the newer notice goes out: it tells of both. What does not go out with it,
    # because it has to be tried again, tells of its own file when it does.
    files: dict[int, set[datetime]] = {}
    for notice in notices:
        files.setdefault(notice.person_id, set()).add(_moment(notice))
    told = {person_id: await _told(work, person_id, theirs) for person_id, theirs in files.items()}
    return {one.id: told[one.person_id] for one in notices}


async def _told(work: Work, person_id: int, files: Collection[datetime]) -> Verdict:
    """What somebody is told of these files."""
    items = await _given(work, person_id, files)
    chased = await _chased(work, person_id, items)
    news = tuple(one for one in items if one.id not in chased)
    if len(news) == 1:
        return ActionYours(news[0])
    return ActionsGiven(news) if news else DONE


def _moment(notice: Notice) -> datetime:
    return datetime.fromisoformat(notice.counted_from)


async def _given(work: Work, person_id: int, files: Collection[datetime]) -> list[ActionItem]:
    """What somebody still owes that one of these files, by its moment, gave them, or another date."""
    items = await work.actions.open_of(person_id)
    deeds = await work.events.since("action", [one.id for one in items], min(files))
    ids = {one.subject_id for one in deeds if one.at in files and gives_by_file(one)}
    return [one for one in items if one.id in ids]


async def _chased(work: Work, person_id: int, items: Iterable[ActionItem]) -> set[int]:
    """Those of whose date a reminder has gone to this person or goes out now: nobody is told of them twice."""
    dates = {one.id: str(one.due_on) for one in items}
    found = await work.notices.about(LadderKind.ACTION_ITEM.value, dates)
    theirs = [one for one in found if one.person_id == person_id and one.state in _CHASED]
    # what was said of an earlier date says nothing of the one that a file has brought since
    return {one.subject_id for one in theirs if one.counted_from == dates[one.subject_id]}


YOURS = Kind(GIVEN, nothing_to_repair, _check)
