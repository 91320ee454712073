"""Certificates that were issued: the news of one in Teams, and the file by e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.certificates import CERTIFICATE, CERTIFICATE_LETTER, behind, foreseen, owed_for, settle_all
from services.model import Notice, Owed
from services.notices.kinds.climbing import Kind, Verdict, nothing_to_repair
from services.notices.subjects import DONE, CertificateIssued
from services.rulebook import Rulebook
from services.work import Work


async def _foresee(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """What will be owed for certificates that are earned by `now` and have still to be issued."""
    return await owed_for(work, await foreseen(work, now=now, rules=rules))


async def _issue(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Issues what is earned and missing; each certificate owes its notices in the same transaction."""
    await settle_all(work, now=now, rules=rules)
    return []


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    found = await work.certificates.by_ids({one.subject_id for one in notices})
    details = await behind(work, found.values())
    verdicts: dict[int, Verdict] = {}
    for one in notices:
        behind_it, by_mail = details[one.subject_id], one.kind == CERTIFICATE_LETTER
        news = CertificateIssued(found[one.subject_id], behind_it.session, by_mail=by_mail)
        verdicts[one.id] = news if behind_it.stands else DONE
    return verdicts


NEWS = Kind(CERTIFICATE, _foresee, _check, write=_issue, once=True)
LETTER = Kind(CERTIFICATE_LETTER, nothing_to_repair, _check)
