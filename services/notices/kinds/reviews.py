"""Articles whose review date is near or past (Arrangements 2019, 17.2: thresholds guidance every year).

Many articles of one owner fall due on the same day. They are one chase and one line in a message, not forty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from config.articles import Article
from config.ladders import LadderKind, Recipient
from services.experts import holders_of
from services.ladders import reach
from services.model import Notice, Owed, Role
from services.notices.kinds.climbing import Kind, Verdict, climb_to, midday
from services.notices.subjects import DONE, NOT_THEIRS, ArticlesDue
from services.owners import title_of
from services.rulebook import Rulebook
from services.work import Work

_Review = tuple[str, date]


def _by_review(articles: Iterable[Article]) -> Mapping[_Review, tuple[Article, ...]]:
    """The articles of each owner and each review date."""
    found: defaultdict[_Review, list[Article]] = defaultdict(list)
    for article in articles:
        found[article.owner, article.review_due].append(article)
    return {review: tuple(some) for review, some in found.items()}


def _due(rules: Rulebook, now: datetime) -> list[_Review]:
    """The reviews of which anything may be said by `now`."""
    last = rules.today(now + reach(rules.pack.partnership.ladder(LadderKind.ARTICLE_REVIEW)))
    return [review for review in _by_review(rules.pack.articles) if review[1] <= last]


async def _foresee(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """What is owed of reviews that have their number, and of those that have none yet under one below zero."""
    known = await work.holders.known_reviews()
    new = {review: -at for at, review in enumerate(sorted(_by_review(rules.pack.articles)), 1)}
    return await _owed(work, rules, now, {review: known.get(review, new[review]) for review in _due(rules, now)})


async def _number(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    """Gives each review that falls due its number, and says what is owed of it."""
    return await _owed(work, rules, now, await work.holders.review_ids(_due(rules, now)))


async def _owed(work: Work, rules: Rulebook, now: datetime, ids: Mapping[_Review, int]) -> list[Owed]:
    if not ids:
        return []
    ladder = rules.pack.partnership.ladder(LadderKind.ARTICLE_REVIEW)
    holders = await holders_of(work, rules.pack, {owner for owner, _ in ids})
    managers = [manager.id for manager in await work.people.with_role(Role.MANAGER)]
    owed: list[Owed] = []
    for review, subject_id in ids.items():
        owner, due_on = review

        def recipients(to: Iterable[Recipient], owners: Sequence[int] = holders[owner]) -> list[int]:
            found = [one for recipient in to for one in (owners if recipient is Recipient.OWNER else managers)]
            return list(dict.fromkeys(found))

        owed += climb_to(rules, ladder, recipients, subject_id=subject_id, basis=midday(due_on, rules), now=now)
    return owed


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    reviews = await work.holders.reviews({one.subject_id for one in notices})
    holders = await holders_of(work, rules.pack, {owner for owner, _ in reviews.values()})
    managers = {manager.id for manager in await work.people.with_role(Role.MANAGER)}
    articles = _by_review(rules.pack.articles)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        owner, due_on = reviews[notice.subject_id]
        left = articles.get((owner, due_on), ())
        if not left:
            verdicts[notice.id] = DONE
        elif notice.person_id not in {*holders[owner], *managers}:
            verdicts[notice.id] = NOT_THEIRS
        else:
            title = title_of(rules.pack, owner)
            verdicts[notice.id] = ArticlesDue(left, title, due_on, frozenset(holders[owner]))
    return verdicts


REVIEW = Kind(LadderKind.ARTICLE_REVIEW.value, _foresee, _check, write=_number)
