"""For the manager: what the guidance did not answer of late, and the training that is asked for and not on offer."""

from __future__ import annotations

import re

from dialogs import cards, dates
from dialogs.choosing import folded, said_number
from dialogs.guidance import replies
from dialogs.guidance.articles import SHOW, ask_person
from dialogs.office.overview_words import demand_line
from dialogs.talk import Reply
from dialogs.turn import EXPECT, Answer, Turn, answer
from dialogs.wording import say
from services import questions
from services.model import Gap, Role
from services.related import WEEKS, demand

UNANSWERED = "unanswered"
SHOWN = 10
_OPENS = re.compile(
    r"^(?:(?:please|can|could|i|you|we|let|me|want|would|like|to) )*"
    r"(?:open|show|see|view|answer|read|look at|tell me about|what about|whats|what's|go to)(?: me)? "
)
_SETTLES = re.compile(
    r"(?:(?:please|can|could|i|you|we|how|do|want|would|like|to) )*"
    r"(?:(?:mark|tick|cross|flag|set)(?: (?:it|this|that|them|these|the|first|second|third|last|one|all|number|\d+))*"
    r"(?: as| off)*(?: (?:done|dealt with|answered|closed|settled|finished|resolved|read|off))*"
    r"|(?:clear|empty|delete|remove|close|reset|wipe|dismiss|ignore|resolve|settle)"
    r"(?: (?:it|this|that|them|these|the|first|second|third|last|one|all|list|number|row|\d+|from|unanswered))*"
    r"|(?:it|this|that)(?:'s|s| is) (?:done|dealt with|answered|sorted)|(?:all )?dealt with)(?: please)?"
)


async def unanswered(turn: Turn) -> Answer:
    """`unanswered questions`: the ones asked most often, with how often. Nobody is named."""
    turn.known(Role.MANAGER)
    gaps = await questions.unanswered(turn.work, turn.rules, now=turn.now, weeks=WEEKS)
    wanted = [demand_line(one) for one in await demand(turn.work, turn.rules, now=turn.now)]
    if not gaps:
        return answer(Reply("\n".join([say("unanswered-none", weeks=WEEKS), *wanted])))
    title = say("unanswered-title", weeks=WEEKS, count=sum(gap.how_many for gap in gaps))
    lines = [f"{number}. {_line(turn, gap)}" for number, gap in enumerate(gaps[:SHOWN], 1)]
    small = [say("unanswered-open"), _more()]
    plain = "\n".join([title, *lines, *wanted, *small])
    body = [cards.title(title), *(cards.words(line) for line in lines)]
    body += [cards.heading("Training that is asked for"), cards.points(wanted)] if wanted else []
    body += [cards.words(line, quiet=True) for line in small]
    return answer(Reply(plain, cards.card(body, fallback=plain)), **{EXPECT: UNANSWERED})


async def said_row(turn: Turn) -> Answer | None:
    """`1`, `open the first`, `answer the first one`, `mark as dealt with`: one of the list, and what can be done about
    it. None for anything else."""
    turn.known(Role.MANAGER)
    said = folded(turn.said.text)
    if _SETTLES.fullmatch(said):
        return answer(Reply(say("unanswered-stays", weeks=WEEKS)), **dict(turn.state))
    gaps = await questions.unanswered(turn.work, turn.rules, now=turn.now, weeks=WEEKS)
    numbers = [str(number) for number in range(min(len(gaps), SHOWN))]
    chosen = said_number(_OPENS.sub("", said), numbers)
    return _row(turn, gaps[int(chosen)]) if chosen else None


def _row(turn: Turn, gap: Gap) -> Answer:
    """One question of the list, the page nearest to it, and the ways to close the gap."""
    article = turn.rules.pack.article(gap.topic)
    what = say("unanswered-do-near" if article else "unanswered-do", title=article.title if article else "")
    lines = [_line(turn, gap), what, say("unanswered-stays", weeks=WEEKS)]
    plain = "\n".join(lines)
    buttons = [cards.button(article.title, SHOW, topic=article.id)] if article else []
    buttons.append(ask_person(topic=gap.topic))
    asked = replies.as_asked(gap.question)
    shown = Reply(plain, cards.card([cards.words(line) for line in lines], buttons, fallback=plain))
    return answer(shown, **{EXPECT: UNANSWERED}, **asked)


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
