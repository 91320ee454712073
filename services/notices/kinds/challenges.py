"""Challenges: both sides before a stage must be answered, then the manager; and what difference a settled one made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from config.ladders import LadderKind, Recipient
from services.challenges import whom_to_remind
from services.ladders import reach
from services.model import Challenge, ChallengeState, Notice, Owed, Person, Role
from services.notices.kinds.climbing import Kind, Verdict, climb, midday, moved
from services.notices.recipients import Circle, circle_of
from services.notices.subjects import DONE, MOVED, NOT_THEIRS, ChallengeDue, ChallengeUntimed, Ended, ImpactMissing
from services.rulebook import Rulebook
from services.work import Work


@dataclass(frozen=True, slots=True)
class Sides:
    """Whom a step about one challenge means: who raised it, the leads of both agencies, the managers."""

    circle: Circle
    challenge: Challenge
    leads: dict[str, list[int]]
    """Ids of the Designated Safeguarding Leads that an agency has, by agency."""

    def recipients(self, to: Iterable[Recipient], owner: Person) -> list[int]:
        """As for other things, but the other side and the agency's lead are known here, if anybody is."""
        found: list[int] = []
        for recipient in to:
            found += self._leads(recipient, owner) or self.circle.recipients([recipient], owner)
        return list(dict.fromkeys(found))

    def _leads(self, recipient: Recipient, owner: Person) -> list[int]:
        if recipient is Recipient.OTHER_SIDE:
            agency = self.challenge.other_agency_id
        elif recipient is Recipient.AGENCY_LEAD:
            agency = self.challenge.agency_id
        else:
            return []
        return whom_to_remind(self.leads.get(agency, []), owner.id)

    def others_known(self, owner: Person) -> bool:
        """False where nobody on the other side is written to, so that the manager has to tell them."""
        return bool(self._leads(Recipient.OTHER_SIDE, owner))

    def concerns(self, person_id: int, owner: Person) -> bool:
        """True if it is still this person's business."""
        sides = self._leads(Recipient.OTHER_SIDE, owner) + self._leads(Recipient.AGENCY_LEAD, owner)
        return person_id in sides or self.circle.concerns(person_id, owner)


Judge = Callable[[Notice, Challenge, Person, Sides], Verdict]
"""What becomes of a notice about a challenge, given who raised it and its two sides."""


@dataclass(frozen=True, slots=True)
class _Around:
    """Everybody around some challenges, looked up once."""

    owners: dict[int, Person]
    circle: Circle
    leads: dict[str, list[int]]

    def of(self, challenge: Challenge) -> tuple[Person, Sides]:
        """Who raised it, and its two sides."""
        return self.owners[challenge.raised_by_id], Sides(self.circle, challenge, self.leads)


async def _around(work: Work, found: Iterable[Challenge]) -> _Around:
    owners = await work.people.by_ids({one.raised_by_id for one in found})
    leads: dict[str, list[int]] = {}
    for lead in await work.people.with_role(Role.DSL):
        leads.setdefault(lead.agency_id or "", []).append(lead.id)
    return _Around(owners, await circle_of(work, owners.values()), leads)


async def _climb(
    work: Work, rules: Rulebook, kind: LadderKind, found: Sequence[tuple[Challenge, date | None]], now: datetime
) -> list[Owed]:
    if not found:
        return []
    ladder = rules.pack.partnership.ladder(kind)
    around = await _around(work, [challenge for challenge, _ in found])
    owed: list[Owed] = []
    for challenge, basis in found:
        if basis is not None:
            owner, sides = around.of(challenge)
            at = midday(basis, rules)
            owed += climb(rules, ladder, sides, subject_id=challenge.id, owner=owner, basis=at, now=now)
    return owed


async def _plan_stages(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Reminders of stages that must be answered. A stage without a known limit has a ladder of its own."""
    kind = LadderKind.CHALLENGE_STAGE
    last = rules.today(now + reach(rules.pack.partnership.ladder(kind)))
    running = await work.challenges.open_with_limit_by(last)
    return await _climb(work, rules, kind, [(one, one.limit_on) for one in running], now)


async def _plan_untimed(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    running = await work.challenges.open_without_limit(rules.today(now))
    return await _climb(work, rules, LadderKind.CHALLENGE_UNTIMED, [(one, one.stage_since) for one in running], now)


async def _plan_impacts(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    settled = await work.challenges.settled_by(rules.today(now))
    return await _climb(work, rules, LadderKind.CHALLENGE_IMPACT, [(one, one.settled_on) for one in settled], now)


async def _judged(work: Work, notices: Sequence[Notice], judge: Judge) -> dict[int, Verdict]:
    """What `judge` says of each notice, with everybody around its challenge looked up once."""
    found = await work.challenges.by_ids({one.subject_id for one in notices})
    around = await _around(work, found.values())
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        challenge = found[notice.subject_id]
        verdicts[notice.id] = judge(notice, challenge, *around.of(challenge))
    return verdicts


def _running(
    notice: Notice, challenge: Challenge, concerned: bool, basis: date | None, rules: Rulebook
) -> Ended | None:
    """Why nothing more is to be said of the stage that `basis` counts from; None while there is."""
    if challenge.state is not ChallengeState.OPEN:
        return DONE
    if basis is None or moved(notice, midday(basis, rules), rules):
        return MOVED
    return None if concerned else NOT_THEIRS


async def _check_stages(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    def judge(notice: Notice, challenge: Challenge, owner: Person, sides: Sides) -> Verdict:
        concerned = sides.concerns(notice.person_id, owner)
        due = ChallengeDue(challenge, others_known=sides.others_known(owner))
        return _running(notice, challenge, concerned, challenge.limit_on, rules) or due

    return await _judged(work, notices, judge)


async def _check_untimed(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    def judge(notice: Notice, challenge: Challenge, owner: Person, sides: Sides) -> Verdict:
        concerned = sides.concerns(notice.person_id, owner)
        basis = challenge.stage_since if challenge.limit_on is None else None
        return _running(notice, challenge, concerned, basis, rules) or ChallengeUntimed(challenge)

    return await _judged(work, notices, judge)


async def _check_impacts(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    def judge(notice: Notice, challenge: Challenge, owner: Person, sides: Sides) -> Verdict:
        if challenge.state is not ChallengeState.SETTLED:
            return DONE
        return ImpactMissing(challenge) if sides.circle.concerns(notice.person_id, owner) else NOT_THEIRS

    return await _judged(work, notices, judge)


STAGE = Kind(LadderKind.CHALLENGE_STAGE.value, _plan_stages, _check_stages)
UNTIMED = Kind(LadderKind.CHALLENGE_UNTIMED.value, _plan_untimed, _check_untimed)
IMPACT = Kind(LadderKind.CHALLENGE_IMPACT.value, _plan_impacts, _check_impacts)
