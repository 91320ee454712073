"""The kinds of notice there are. A new kind is a module here, and one line below."""

from __future__ import annotations

from services.notices.kinds import (
    actions,
    certificates,
    challenges,
    dates,
    evaluations,
    invitations,
    news,
    offers,
    office,
    sessions,
)
from services.notices.kinds.climbing import Kind

KINDS: tuple[Kind, ...] = (
    evaluations.IMPACT,
    evaluations.COURSE,
    evaluations.COMMENT,
    actions.ITEM,
    actions.UNOWNED,
    sessions.REMINDER,
    offers.OFFER,
    invitations.INVITE,
    certificates.NEWS,
    certificates.LETTER,
    *office.KINDS,
    challenges.STAGE,
    challenges.IMPACT,
    news.NEWS,
    news.APPROVAL,
    dates.PUBLISHED,
)
