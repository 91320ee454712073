"""The kinds of notice there are. A new kind is a module here, and one line below."""

from __future__ import annotations

from services.notices.kinds import (
    action_requests,
    actions,
    certificates,
    challenges,
    dates,
    evaluations,
    invitations,
    news,
    offers,
    office,
    questions,
    re_audits,
    retention,
    reviews,
    sessions,
    weekly,
)
from services.notices.kinds.climbing import Kind

KINDS: tuple[Kind, ...] = (
    evaluations.IMPACT,
    evaluations.COURSE,
    evaluations.COMMENT,
    actions.ITEM,
    actions.UNOWNED,
    action_requests.REQUESTS,
    action_requests.YOURS,
    re_audits.RE_AUDIT,
    retention.PURGE,
    sessions.REMINDER,
    offers.OFFER,
    questions.WAITING,
    questions.HELD,
    questions.ANSWER,
    questions.NOT_ANSWERED,
    reviews.REVIEW,
    challenges.STAGE,
    challenges.UNTIMED,
    challenges.IMPACT,
    news.NEWS,
    news.APPROVAL,
    dates.PUBLISHED,
    invitations.INVITE,
    certificates.NEWS,
    certificates.LETTER,
    *office.KINDS,
    weekly.WEEKLY,
)
