"""What the partnership manager steers by: the week, the forward plan, what is uncertain, who is out of reach.

Every flow asks for the role again, at the moment of the act: a card is no authority.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import cards, dates
from dialogs.guidance.articles import bulleted
from dialogs.office.overview_words import ahead_lines, kind_name, reach_line, week_lines
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.errors import ServiceError
from services.forward import WEEKS, plan_ahead
from services.model import Notice, Role
from services.notices import settling
from services.notices.settling import Doubt
from services.notices.week import the_week
from services.notices.week_seen import WeekSeen

WEEK, AHEAD, DOUBTS, REACH = "overview.week", "overview.ahead", "overview.uncertain", "overview.unreachable"
TOLD, AGAIN = "uncertain.told", "uncertain.again"
SHOWN = 2
"""How many uncertain messages have buttons: two each, and two more that lead on."""
LINES = 30


def _manager(turn: Turn) -> None:
    if not turn.personal:
        raise ServiceError("personal-only")
    turn.known(Role.MANAGER)


def links() -> list[cards.Element]:
    """The buttons that lead on from the week."""
    return [
        cards.button("Forward plan", AHEAD),
        cards.button("Uncertain messages", DOUBTS),
        cards.button("Who cannot be reached", REACH),
    ]


async def show_week(turn: Turn) -> Answer:
    """The week behind and the one ahead."""
    _manager(turn)
    week = await the_week(turn.work, turn.rules, turn.now)
    title = week_title(week)
    lines = week_lines(week, turn.rules)
    plain = "\n".join([title, *lines])
    body: list[cards.Element] = [cards.title(title), *(cards.words(line) for line in lines)]
    if week.coming:
        body.append(
            cards.bars(say("week-chart"), [(dates.short_day(day), n) for day, n in sorted(week.coming.items())])
        )
    return answer(Reply(plain, cards.card(body, links(), fallback=plain)))


def week_title(week: WeekSeen) -> str:
    """Which week it is."""
    return say("week-title", first=dates.day(week.first), last=dates.day(week.last))


async def show_ahead(turn: Turn) -> Answer:
    """The forward plan of a term."""
    _manager(turn)
    ahead = await plan_ahead(turn.work, turn.rules, turn.now)
    if not ahead:
        return answer(Reply(say("ahead-none", weeks=WEEKS)))
    title = say("ahead-title", first=dates.short_day(turn.today), last=dates.short_day(ahead[-1].day))
    return _listed(title, "", ahead_lines(ahead, turn.rules))


async def show_unreachable(turn: Turn) -> Answer:
    """People whom neither Teams nor e-mail reaches, in time to do something about it."""
    _manager(turn)
    people = await turn.work.doubts.out_of_reach(turn.now, by_mail=turn.rules.by_mail)
    if not people:
        return answer(Reply(say("reach-none")))
    lines = [reach_line(one, turn.rules) for one in people]
    how = say("reach-how") if turn.rules.by_mail else say("reach-how-no-mail")
    return _listed(say("reach-title", count=len(people)), how, lines)


def _listed(title: str, how: str, lines: Sequence[str]) -> Answer:
    shown = list(lines[:LINES])
    if len(lines) > LINES:
        shown.append(say("ahead-more", count=len(lines) - LINES))
    plain = "\n".join(filter(None, [title, how, *shown]))
    body = [cards.title(title), *([cards.words(how, quiet=True)] if how else []), cards.points(shown)]
    return answer(Reply(plain, cards.card(body, fallback=plain)))


async def show_doubts(turn: Turn) -> Answer:
    """Messages that may or may not have arrived, and what to do about each."""
    _manager(turn)
    found = await settling.doubts(turn.work, turn.known())
    if not found:
        return answer(Reply(say("doubts-none")))
    lines = [_doubt_line(turn, one) for one in found]
    title = say("doubts-title", count=len(found))
    plain = "\n".join([title, say("doubts-how"), bulleted(lines[:LINES])])
    body: list[cards.Element] = [cards.title(title), cards.words(say("doubts-how"), quiet=True)]
    for doubt, line in list(zip(found, lines, strict=True))[:SHOWN]:
        told = cards.button("They know of it", TOLD, notice=doubt.id)
        again = cards.button("Send it again", AGAIN, notice=doubt.id)
        body.append(cards.panel([cards.words(line), cards.actions_row([told, again])]))
    if len(lines) > SHOWN:
        body.append(cards.points(lines[SHOWN:LINES]))
    return answer(Reply(plain, cards.card(body, fallback=plain)))


def _doubt_line(turn: Turn, doubt: Doubt) -> str:
    kinds = dict.fromkeys(kind_name(one.kind) for one in doubt.notices)
    day = dates.short_day(doubt.notices[0].digest_on or turn.rules.today(doubt.notices[0].due_at))
    return say("doubt-line", who=doubt.person.name, day=day, what=", ".join(kinds))


async def told(turn: Turn) -> Answer:
    """They know of it: close it."""
    _manager(turn)
    settled = await settling.mark_told(turn.work, turn.known(), turn.number("notice"), now=turn.now)
    return await _settled(turn, settled, "doubt-told")


async def again(turn: Turn) -> Answer:
    """Send it once more."""
    _manager(turn)
    settled = await settling.send_again(turn.work, turn.known(), turn.number("notice"), now=turn.now)
    return await _settled(turn, settled, "doubt-again")


async def _settled(turn: Turn, settled: Sequence[Notice], key: str) -> Answer:
    if not settled:
        plain = say("doubt-settled")
    else:
        person = (await turn.work.people.by_ids([settled[0].person_id]))[settled[0].person_id]
        plain = say(key, who=person.name, count=len(settled))
    more = [cards.button("Uncertain messages", DOUBTS)]
    return answer(Reply(plain, cards.card([cards.words(plain)], more, fallback=plain)))
