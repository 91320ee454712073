"""Certificates: issued once for each attended booking, under the partnership's rule, and verifiable by the office.

Harrow's report of 2022-23 issues one after the impact evaluation (6. Training and Development, Evaluation), which
the office has still to confirm. The line manager's comment is part of that evaluation, but nobody loses a
certificate by somebody else's silence: a week after the last reminder it is issued without.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.ladders import LadderKind
from config.spans import Span, Unit
from config.training import CertificateRule
from services.errors import NotFound, ServiceError
from services.model import Booking, BookingState, Certificate, Evaluation, EvaluationKind, Owed, Person, Session
from services.rulebook import Rulebook
from services.work import Work

CERTIFICATE, CERTIFICATE_LETTER = "certificate", "certificate-letter"
LOOKED_BACK = timedelta(days=120)
"""How long after what earned it a certificate that is missing is still issued by itself: history stays as it was."""
_NUMBER = re.compile(r"([A-Z0-9-]{2,30})-(\d{4})-(\d{5,9})-(\d{2})")
_AFTER_LAST_REMINDER = Span(1, Unit.WEEKS)
_ASKED_FOR = {
    CertificateRule.AFTER_COURSE_EVALUATION: EvaluationKind.COURSE,
    CertificateRule.AFTER_IMPACT_EVALUATION: EvaluationKind.IMPACT,
}


def _check_digits(digits: str) -> str:
    """Two digits by which a mistyped number shows (ISO 7064, MOD 97-10)."""
    return f"{98 - int(digits) * 100 % 97:02}"


def number_of(booking_id: int, issued_on: date, rules: Rulebook) -> str:
    """The number of the certificate for a booking: partnership, year, booking, check digits."""
    place = rules.pack.partnership.partnership.id.upper()
    digits = f"{issued_on.year}{booking_id:05}"
    return f"{place}-{issued_on.year}-{booking_id:05}-{_check_digits(digits)}"


def written_well(number: str) -> bool:
    """True if the number could be one of ours. A mistyped one is told apart from one that was never issued."""
    parts = _NUMBER.fullmatch(number)
    return parts is not None and parts[4] == _check_digits(parts[2] + parts[3])


def waits_until(comment: Evaluation, rules: Rulebook) -> date:
    """The day from which a certificate waits no longer for the line manager's comment."""
    last = rules.pack.partnership.ladder(LadderKind.MANAGER_COMMENT).steps[-1].at
    asked = comment.due_on if last.unit is Unit.HOURS else rules.clockwork.shift(comment.due_on, last)
    return rules.clockwork.shift(asked, _AFTER_LAST_REMINDER)


def earned(booking: Booking, evaluations: Sequence[Evaluation], now: datetime, rules: Rulebook) -> bool:
    """Whether the rule in force gives this booking a certificate by `now`."""
    if booking.state is not BookingState.ATTENDED:
        return False
    form = _ASKED_FOR.get(rules.pack.partnership.booking.certificate.value)
    by_kind = {one.kind: one for one in evaluations}
    if form is None:
        return True
    if form not in by_kind or by_kind[form].answered_at is None:
        return False
    comment = by_kind.get(EvaluationKind.MANAGER) if form is EvaluationKind.IMPACT else None
    return comment is None or comment.answered_at is not None or rules.today(now) >= waits_until(comment, rules)


async def settle(work: Work, booking: Booking, *, now: datetime, rules: Rulebook) -> Certificate | None:
    """Issue the certificate that this booking has earned. The one there is, if it was issued before."""
    evaluations = await work.evaluations.of_bookings([booking.id])
    if earned(booking, evaluations.get(booking.id, ()), now, rules):
        await _issue(work, booking, now, rules)
    return await work.certificates.of_booking(booking.id)


async def settle_all(work: Work, *, now: datetime, rules: Rulebook) -> int:
    """Issue every certificate that is earned and missing. Returns how many. A handful of queries, however many."""
    return sum([await _issue(work, booking, now, rules) for booking in await _ready(work, now, rules)])


async def foreseen(work: Work, *, now: datetime, rules: Rulebook) -> list[Certificate]:
    """The certificates that `settle_all` would issue at `now`. They have no number yet, and no id of their own: each
    has its booking's, below zero."""
    rule = rules.pack.partnership.booking.certificate.value
    ready = await _ready(work, now, rules)
    return [Certificate(-one.id, one.id, one.person_id, "", rule.value, now) for one in ready]


async def _ready(work: Work, now: datetime, rules: Rulebook) -> list[Booking]:
    """The bookings that have earned a certificate by `now` and have none."""
    form = _ASKED_FOR.get(rules.pack.partnership.booking.certificate.value)
    missing = await work.certificates.missing(form, now - LOOKED_BACK, now)
    if not missing:
        return []
    evaluations = await work.evaluations.of_bookings([booking.id for booking in missing])
    return [one for one in missing if earned(one, evaluations.get(one.id, ()), now, rules)]


async def _issue(work: Work, booking: Booking, now: datetime, rules: Rulebook) -> bool:
    number = number_of(booking.id, rules.today(now), rules)
    rule = rules.pack.partnership.booking.certificate.value
    issued = await work.certificates.issue(booking.id, booking.person_id, number, rule.value, now)
    if issued is None:
        return False
    detail = {"number": number, "rule": rule.value}
    await work.events.record("issued", ("certificate", issued.id), at=now, actor_id=None, detail=detail)
    await work.notices.owe_all(await owed_for(work, [issued]), now)
    return True


async def owed_for(work: Work, certificates: Collection[Certificate]) -> list[Owed]:
    """Told in Teams with the number, and sent as a file by e-mail; by one of them where there is no other."""
    ids = {one.person_id for one in certificates}
    people, routes = await work.people.by_ids(ids), await work.conversations.routes(ids)
    owed: list[Owed] = []
    for one in certificates:
        has_mail = bool(people[one.person_id].email)
        if one.person_id in routes or not has_mail:
            owed.append(Owed(CERTIFICATE, one.id, "issued", one.person_id, due_at=one.issued_at))
        if has_mail:
            owed.append(Owed(CERTIFICATE_LETTER, one.id, "issued", one.person_id, due_at=one.issued_at, urgent=True))
    return owed


@dataclass(frozen=True, slots=True)
class Verified:
    """A certificate with what it certifies."""

    certificate: Certificate
    person: Person
    booking: Booking
    session: Session

    @property
    def stands(self) -> bool:
        """False once the register was put right and says that they did not attend. Marked as attended again, the same
        certificate counts again."""
        return self.booking.state is BookingState.ATTENDED


async def verify(work: Work, number: str) -> Verified:
    """What a certificate number stands for. The caller lets only the office ask.

    Raises `NotFound`: `certificate-mistyped` when the number cannot be one of ours, `certificate-unknown` when no
    certificate has it, `certificate-void` when the register was put right since and says that they did not attend.
    """
    wanted = number.strip().upper()
    if not written_well(wanted):
        raise NotFound("certificate-mistyped")
    found = await work.certificates.by_number(wanted)
    if found is None:
        raise NotFound("certificate-unknown")
    verified = (await behind(work, [found]))[found.id]
    if not verified.stands:
        raise NotFound("certificate-void")
    return verified


async def behind(work: Work, certificates: Collection[Certificate]) -> Mapping[int, Verified]:
    """What stands behind each certificate, by its id."""
    bookings = await work.bookings.by_ids({one.booking_id for one in certificates})
    sessions = await work.sessions.by_ids({booking.session_id for booking in bookings.values()})
    people = await work.people.by_ids({one.person_id for one in certificates})
    return {
        one.id: Verified(
            one, people[one.person_id], bookings[one.booking_id], sessions[bookings[one.booking_id].session_id]
        )
        for one in certificates
    }


async def send_again(work: Work, person: Person, certificate_id: int, *, now: datetime, rules: Rulebook) -> None:
    """Owe somebody the file of their own certificate once more; the same day it is the same notice.

    Raises `NotFound` for somebody else's, `ServiceError` when no e-mail goes out from here, or there
    is no address to send it to.
    """
    found = (await work.certificates.by_ids([certificate_id])).get(certificate_id)
    if found is None or found.person_id != person.id or not (await behind(work, [found]))[found.id].stands:
        raise NotFound("certificate-not-yours")
    if not rules.by_mail:
        raise ServiceError("certificate-on-paper")
    if not person.email:
        raise ServiceError("certificate-without-mail")
    step = f"again-{rules.today(now)}"
    if await work.notices.owe(Owed(CERTIFICATE_LETTER, found.id, step, person.id, due_at=now, urgent=True), now):
        await work.events.record("asked-again", ("certificate", found.id), at=now, actor_id=person.id)
