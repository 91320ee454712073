"""For the manager: what the guidance did not answer of late, and the training that is asked for and not on offer."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.guidance.articles import bulleted
from dialogs.office.overview_words import demand_line
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services import questions
from services.model import Gap, Role
from services.related import WEEKS, demand

UNANSWERED = "unanswered"
SHOWN = 10


async def unanswered(turn: Turn) -> Answer:
    """`unanswered questions`: the ones asked most often, with how often. Nobody is named."""
    turn.known(Role.MANAGER)
    gaps = await questions.unanswered(turn.work, turn.rules, now=turn.now, weeks=WEEKS)
    wanted = [demand_line(one) for one in await demand(turn.work, turn.rules, now=turn.now)]
    if not gaps:
        return answer(Reply("\n".join([say("unanswered-none", weeks=WEEKS), *wanted])))
    title = say("unanswered-title", weeks=WEEKS, count=sum(gap.how_many for gap in gaps))
    lines = [_line(turn, gap) for gap in gaps[:SHOWN]]
    plain = "\n".join([title, bulleted(lines), *wanted, _more()])
    body = [cards.title(title), cards.points(lines)]
    body += [cards.heading("Training that is asked for"), cards.points(wanted)] if wanted else []
    return answer(Reply(plain, cards.card([*body, cards.words(_more(), quiet=True)], fallback=plain)))


def _more() -> str:
    return say("unanswered-more")


def times(count: int) -> str:
    """`once`, `5 times`."""
    return say("unanswered-once") if count == 1 else say("unanswered-times", count=count)


def _line(turn: Turn, gap: Gap) -> str:
    article = turn.rules.pack.article(gap.topic)
    return say(
        "unanswered-line",
        question=gap.question or say("unanswered-no-words"),
        times=times(gap.how_many),
        reason=say(f"unanswered-{gap.reason.value}"),
        near=say("unanswered-near", title=article.title) if article else "",
        day=dates.day(turn.rules.today(gap.last_at)),
    )
