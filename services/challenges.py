"""Challenges, from logging to impact. No child is ever part of one, and free text is screened before it is kept.

Ofsted on the log of 2016: "the impact of these challenges is not recorded" (Ofsted 2017, paragraph 93). So a
challenge is over only when its impact is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.errors import NotFound, ServiceError
from services.escalation import limit_of
from services.kept import kept_text
from services.model import Challenge, ChallengeOutcome, ChallengeState, Person, Role
from services.rights import require_manager
from services.rulebook import Rulebook
from services.spoken_days import LONGEST_BACK
from services.work import Work

LONGEST_NOTE = 500
_LONGEST_FORM = 64


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to log. `since` is the day of the disagreement, or when the stage before ended.

    `form` is the same for every press of one card.
    """

    agency_id: str
    other_agency_id: str
    subject: str
    stage: int
    since: date
    form: str
    note: str = ""


MOST_LEADS = 3
"""With more Designated Safeguarding Leads than this, an "agency" is a kind of agency, such as primary schools.
Writing to all of them would tell people of a dispute that is none of theirs: then the manager is asked to."""


def whom_to_remind(leads: Iterable[int], owner_id: int) -> list[int]:
    """Of an agency's Designated Safeguarding Leads, those who are reminded of a challenge; the manager if nobody is."""
    others = [lead for lead in leads if lead != owner_id]
    return others if len(others) <= MOST_LEADS else []


async def other_side(work: Work, challenge: Challenge) -> list[int]:
    """Who is reminded on the side that is challenged; empty where nobody is known there."""
    leads = await work.people.leads_of([challenge.other_agency_id])
    return whom_to_remind([lead.id for lead in leads], challenge.raised_by_id)


def kept_note(text: str, rules: Rulebook) -> str | None:
    """A note as it is kept; None when it says nothing. Raises `ServiceError` for a long or an identifying one."""
    return kept_text(text, rules, longest=LONGEST_NOTE) or None


def _past(day: date, rules: Rulebook, now: datetime) -> date:
    today = rules.today(now)
    if not today - timedelta(days=LONGEST_BACK) <= day <= today:
        raise ServiceError("challenge-day-wrong")
    return day


def _limit(rules: Rulebook, stage: int, since: date) -> date | None:
    found = rules.pack.partnership.escalation.stage(stage)
    if found is None:
        raise ServiceError("challenge-stage-unknown")
    return limit_of(found, since, rules.workdays)


def check_draft(draft: Draft, *, now: datetime, rules: Rulebook) -> Draft:
    """The draft as it may be kept. Raises `ServiceError` for an agency, subject, stage or day that cannot be."""
    if rules.pack.agency(draft.agency_id) is None or rules.pack.agency(draft.other_agency_id) is None:
        raise ServiceError("challenge-agency-unknown")
    if draft.subject not in rules.pack.partnership.escalation.subjects.value:
        raise ServiceError("challenge-subject-unknown")
    if not draft.form or len(draft.form) > _LONGEST_FORM:
        raise ServiceError("stale-card")
    _past(draft.since, rules, now)
    _limit(rules, draft.stage, draft.since)
    return replace(draft, note=kept_note(draft.note, rules) or "")


async def log(work: Work, person: Person, draft: Draft, *, now: datetime, rules: Rulebook) -> tuple[Challenge, bool]:
    """Log a challenge; its clock runs from `draft.since`. Sending the same form twice is one challenge.

    Returns it, and whether it is new. Raises `ServiceError` as `check_draft` does.
    """
    kept = check_draft(draft, now=now, rules=rules)
    challenge_id, new = await work.challenges.add_once(
        person.id,
        kept.form,
        agency_id=kept.agency_id,
        other_agency_id=kept.other_agency_id,
        subject=kept.subject,
        raised_on=kept.since,
        stage=kept.stage,
        stage_since=kept.since,
        limit_on=_limit(rules, kept.stage, kept.since),
        note=kept.note or None,
        created_at=now,
    )
    if new:
        detail: dict[str, str | int | bool | None] = {
            "stage": kept.stage,
            "agency": kept.agency_id,
            "other_agency": kept.other_agency_id,
        }
        await work.events.record("raised", ("challenge", challenge_id), at=now, actor_id=person.id, detail=detail)
    return await find(work, person, challenge_id), new


async def find(work: Work, person: Person, challenge_id: int) -> Challenge:
    """The challenge, if this person raised it or is the partnership manager. Raises `NotFound` otherwise."""
    challenge = await work.challenges.by_id(challenge_id)
    if challenge is None or (challenge.raised_by_id != person.id and not person.has(Role.MANAGER)):
        raise NotFound("challenge-unknown")
    return challenge


async def _changed(
    work: Work,
    person: Person,
    before: Challenge,
    verb: str,
    now: datetime,
    detail: Mapping[str, str | int | bool | None],
    **values: object,
) -> Challenge:
    """Change a challenge that is as it was looked at; if somebody else was first, say how it stands now."""
    if await work.challenges.change(before, **values):
        await work.events.record(verb, ("challenge", before.id), at=now, actor_id=person.id, detail=detail)
    return await find(work, person, before.id)


async def next_stage(
    work: Work,
    person: Person,
    challenge_id: int,
    *,
    from_stage: int,
    on: date | None = None,
    now: datetime,
    rules: Rulebook,
) -> Challenge:
    """Move on from `from_stage`, which ended without agreement `on` (today if not said). The next clock starts then.

    Pressing twice moves once. Raises `ServiceError` at the last stage, or for a day before the stage began.
    """
    before = await find(work, person, challenge_id)
    if before.state is not ChallengeState.OPEN or before.stage != from_stage:
        return before
    if rules.pack.partnership.escalation.stage(from_stage + 1) is None:
        raise ServiceError("challenge-last-stage")
    ended = _past(on or rules.today(now), rules, now)
    if ended < before.stage_since:
        raise ServiceError("challenge-day-wrong")
    moved = {"stage": from_stage + 1, "stage_since": ended, "limit_on": _limit(rules, from_stage + 1, ended)}
    after = await _changed(work, person, before, "moved-stage", now, {"stage": from_stage + 1}, **moved)
    await work.challenges.end_stage(before, ended)
    return after


async def settle(
    work: Work,
    person: Person,
    challenge_id: int,
    outcome: ChallengeOutcome,
    *,
    note: str = "",
    now: datetime,
    rules: Rulebook,
) -> Challenge:
    """Record how it ended. The first outcome stands; recording it again changes nothing."""
    before = await find(work, person, challenge_id)
    if before.state is not ChallengeState.OPEN:
        return before
    today = rules.today(now)
    values = {
        "state": ChallengeState.SETTLED.value,
        "outcome": outcome.value,
        "outcome_note": kept_note(note, rules),
        "settled_on": today,
    }
    after = await _changed(work, person, before, "settled", now, {"outcome": outcome.value}, **values)
    await work.challenges.end_stage(before, today)
    return after


async def record_impact(
    work: Work, person: Person, challenge_id: int, *, impact: str, now: datetime, rules: Rulebook
) -> Challenge:
    """Record what difference it made, which ends it. The first impact stands.

    Raises `ServiceError` before there is an outcome, and without words or with identifying ones.
    """
    before = await find(work, person, challenge_id)
    if before.state is ChallengeState.CLOSED:
        return before
    if before.state is ChallengeState.OPEN:
        raise ServiceError("challenge-no-outcome")
    kept = kept_note(impact, rules)
    if kept is None:
        raise ServiceError("impact-missing")
    values = {"state": ChallengeState.CLOSED.value, "impact": kept, "impact_on": rules.today(now)}
    return await _changed(work, person, before, "impact-recorded", now, {}, **values)


async def all_unfinished(work: Work, person: Person) -> list[Challenge]:
    """Everybody's open challenges, the nearest limit first, then those whose impact is missing.

    Raises `NotAllowed` for all but the partnership manager.
    """
    require_manager(person)
    running = await work.challenges.in_state(ChallengeState.OPEN)
    return running + await work.challenges.in_state(ChallengeState.SETTLED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many challenges there are of each kind. Stages in their order, everything else the most frequent first."""

    by_stage: tuple[tuple[int, int], ...]
    by_agency: tuple[tuple[str, int], ...]
    by_other_agency: tuple[tuple[str, int], ...]
    by_subject: tuple[tuple[str, int], ...]


def tally(found: Iterable[Challenge]) -> Tally:
    """Counts by stage, agency that raised it, agency that was challenged, and subject."""
    kept = list(found)
    return Tally(
        tuple(sorted(Counter(one.stage for one in kept).items())),
        tuple(Counter(one.agency_id for one in kept).most_common()),
        tuple(Counter(one.other_agency_id for one in kept).most_common()),
        tuple(Counter(one.subject for one in kept).most_common()),
    )
