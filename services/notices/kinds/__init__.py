"""The kinds of notice there are. A new kind is a module here, and one line below."""

from __future__ import annotations

from services.notices.kinds import actions, challenges, dates, evaluations, news, offers, sessions
from services.notices.kinds.climbing import Kind

KINDS: tuple[Kind, ...] = (
    evaluations.IMPACT,
    evaluations.COURSE,
    actions.ITEM,
    actions.UNOWNED,
    sessions.REMINDER,
    offers.OFFER,
    challenges.STAGE,
    challenges.IMPACT,
    news.NEWS,
    news.APPROVAL,
    dates.PUBLISHED,
)
