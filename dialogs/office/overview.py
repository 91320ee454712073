"""What the partnership manager steers by: the week, the forward plan, what did not arrive, who is out of reach.

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
from services.notices.subjects import UNCHECKED, UNWORDED
from services.notices.week import the_week
from services.notices.week_seen import WeekSeen
from services.ports import Failure

WEEK, AHEAD, DOUBTS, REACH = "overview.week", "overview.ahead", "overview.uncertain", "overview.unreachable"
TOLD, AGAIN, LEFT = "uncertain.told", "uncertain.again", "failed.left"
SHOWN = 2
"""How many uncertain messages have buttons, two each; a third message that failed has them too."""
BUTTONS = cards.MOST_ACTIONS // 2
"""How many messages have buttons in all."""
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
    """Messages that may or may not have arrived, then those that failed, and what to do about each."""
    _manager(turn)
    found = await settling.doubts(turn.work, turn.known())
    if not found:
        return answer(Reply(say("doubts-none")))
    uncertain, failed = [one for one in found if not one.failed], [one for one in found if one.failed]
    plain, body = _doubtful(turn, "doubts", uncertain, SHOWN)
    more, below = _doubtful(turn, "failed", failed, BUTTONS - min(len(uncertain), SHOWN))
    plain = "\n".join(filter(None, [plain, more]))
    return answer(Reply(plain, cards.card([*body, *below], fallback=plain)))


def _doubtful(turn: Turn, key: str, found: Sequence[Doubt], with_buttons: int) -> tuple[str, list[cards.Element]]:
    """A list of such messages in words, and as a part of a card."""
    if not found:
        return "", []
    lines = [_failed_line(turn, one) if one.failed else _doubt_line(turn, one) for one in found]
    title, how = say(f"{key}-title", count=len(found)), say(f"{key}-how")
    body: list[cards.Element] = [cards.title(title), cards.words(how, quiet=True)]
    for doubt, line in list(zip(found, lines, strict=True))[:with_buttons]:
        told = cards.button("They know of it", TOLD, notice=doubt.id)
        left = cards.button("Leave it", LEFT, notice=doubt.id)
        again = cards.button("Send it again", AGAIN, notice=doubt.id)
        body.append(cards.panel([cards.words(line), cards.actions_row([left if doubt.failed else told, again])]))
    if len(lines) > with_buttons:
        body.append(cards.points(lines[with_buttons:LINES]))
    return "\n".join([title, how, bulleted(lines[:LINES])]), body


def _doubt_line(turn: Turn, doubt: Doubt) -> str:
    return say("doubt-line", **_what(turn, doubt))


def _failed_line(turn: Turn, doubt: Doubt) -> str:
    whys = dict.fromkeys(_why(one.reason or "") for one in doubt.notices)
    return say("failed-line", **_what(turn, doubt), why="; ".join(whys))


def _what(turn: Turn, doubt: Doubt) -> dict[str, str]:
    kinds = dict.fromkeys(kind_name(one.kind) for one in doubt.notices)
    day = dates.short_day(doubt.notices[0].digest_on or turn.rules.today(doubt.notices[0].due_at))
    return {"who": doubt.person.name, "day": day, "what": ", ".join(kinds)}


def _why(reason: str) -> str:
    """The reason of a failure in words, with what the carrier said."""
    if reason in (UNCHECKED.reason, UNWORDED.reason):
        return say(f"failed-{reason}")
    return say("failed-refused" if reason.startswith(Failure.REFUSED.value) else "failed-given-up", said=reason)


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


async def left(turn: Turn) -> Answer:
    """It failed, and stays so."""
    _manager(turn)
    settled = await settling.leave(turn.work, turn.known(), turn.number("notice"), now=turn.now)
    return await _settled(turn, settled, "doubt-left")


async def _settled(turn: Turn, settled: Sequence[Notice], key: str) -> Answer:
    if not settled:
        plain = say("doubt-settled")
    else:
        person = (await turn.work.people.by_ids([settled[0].person_id]))[settled[0].person_id]
        plain = say(key, who=person.name, count=len(settled))
    more = [cards.button("Uncertain messages", DOUBTS)]
    return answer(Reply(plain, cards.card([cards.words(plain)], more, fallback=plain)))
