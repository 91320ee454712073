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
from services.rulebook import Rulebook
from services.work import Work

_Review = tuple[str, date]


def _by_review(articles: Iterable[Article]) -> Mapping[_Review, tuple[Article, ...]]:
    """The articles of each owner and each review date."""
    found: defaultdict[_Review, list[Article]] = defaultdict(list)
    for article in articles:
        found[article.owner, article.review_due].append(article)
    return {review: tuple(some) for review, some in found.items()}


async def _plan(work: Work, rules: Rulebook, now: datetime) -> list[Owed]:
    ladder = rules.pack.partnership.ladder(LadderKind.ARTICLE_REVIEW)
    last = rules.today(now + reach(ladder))
    due = [review for review in _by_review(rules.pack.articles) if review[1] <= last]
    if not due:
        return []
    ids = await work.holders.review_ids(due)
    holders = await holders_of(work, {owner for owner, _ in due})
    managers = [manager.id for manager in await work.people.with_role(Role.MANAGER)]
    owed: list[Owed] = []
    for review, subject_id in ids.items():
        owner, due_on = review

        def recipients(to: Iterable[Recipient], owners: Sequence[int] = holders[owner]) -> list[int]:
            found = [one for role in to for one in (owners if role is Recipient.OWNER else managers)]
            return list(dict.fromkeys(found))

        owed += climb_to(rules, ladder, recipients, subject_id=subject_id, basis=midday(due_on, rules), now=now)
    return owed


async def _check(work: Work, rules: Rulebook, notices: Sequence[Notice], now: datetime) -> dict[int, Verdict]:
    reviews = await work.holders.reviews({one.subject_id for one in notices})
    holders = await holders_of(work, {owner for owner, _ in reviews.values()})
    managers = {manager.id for manager in await work.people.with_role(Role.MANAGER)}
    articles = _by_review(rules.pack.articles)
    verdicts: dict[int, Verdict] = {}
    for notice in notices:
        owner, due_on = reviews[notice.subject_id]
        left = articles.get((owner, due_on), ())
        role = rules.pack.partnership.owner(owner)
        if not left:
            verdicts[notice.id] = DONE
        elif notice.person_id not in {*holders[owner], *managers}:
            verdicts[notice.id] = NOT_THEIRS
        else:
            title = role.title if role else owner
            verdicts[notice.id] = ArticlesDue(left, title, due_on, frozenset(holders[owner]))
    return verdicts


REVIEW = Kind(LadderKind.ARTICLE_REVIEW.value, _plan, _check)
