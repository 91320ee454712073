"""`thresholds-walkthrough`: a part of a child's life, a level, its guidance. Keeps the step and nothing else.

It is a reader of guidance and no assessment: nothing is asked about a child, nothing is counted, nothing is stored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from config.partnership import Level
from config.walkthrough import Domain, Walkthrough
from dialogs import about, cards
from dialogs.choosing import folded, said_number, said_stop
from dialogs.guidance import replies
from dialogs.guidance.articles import SHOW
from dialogs.guidance.walk_said import Aside, aside
from dialogs.guidance.walk_words import Page, described, level_page, level_title
from dialogs.talk import Reply
from dialogs.turn import ASKED, EXPECT, TOPIC, Answer, Flow, Turn, answer, put_again
from dialogs.wording import say
from services.errors import ServiceError
from services.understanding import Command, Outcome

START, DOMAIN, LEVEL = "walk", "walk.domain", "walk.level"
WHICH_DOMAIN, WHICH_LEVEL, READ = "walk-domain", "walk-level", "walk-read"
IN, LAST_READ = "domain", "read"
STEPS = frozenset({WHICH_DOMAIN, WHICH_LEVEL, READ})
_ONE = r"(?:level|one|part)"
_TO = r"(?:(?:and|ok|please|show me|go to|what about|now) )*(?:the )?"
_ON = r"(?:carry on|continue|go on|keep (?:on|going)|proceed)"
_NEXT = re.compile(rf"{_TO}(?:next|following|{_ON})(?: {_ONE})?(?: please)?")
_GO_ON = re.compile(rf"{_TO}{_ON}(?: please)?")
"""Before a choice, no choice: what is asked is put again."""
_BEFORE = re.compile(rf"{_TO}(?:previous(?: {_ONE})?|(?:one|level) (?:before|below))(?: please)?")
_SMALL = frozenset({"the", "a", "an", "and", "or", "part", "one", "please", "its", "it's", "about", "their", "my"})
_ARTICLE = frozenset({"article", "the article", "read the article", "whole article"})


def _walk(turn: Turn) -> Walkthrough:
    walk = turn.rules.pack.walkthrough
    if walk is None:
        raise ServiceError("stale-card")
    return walk


async def start(turn: Turn) -> Answer:
    """Which part of a child's life. In a channel, and without a walk-through, the article on the levels instead."""
    if not turn.personal or turn.rules.pack.walkthrough is None:
        return await replies.thresholds(turn)
    page = Page()
    page.danger()
    page.title(say("walk-title"))
    page.line(say("walk-what"))
    page.line(say("no-case-details"))
    page.line(say("walk-which-domain"))
    domains = _walk(turn).domains
    lines = [say("walk-domain-line", name=one.name, about=one.about) for one in domains]
    numbered = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    plain = "\n\n".join([page.words, numbered, say("walk-domain-words")])
    body = [*page.body, cards.points(lines)]
    buttons = [cards.button(one.name, DOMAIN, domain=one.key) for one in domains]
    buttons.append(cards.button("The levels in short", SHOW, topic="levels-of-need"))
    return answer(Reply(plain, cards.card(body, buttons, fallback=plain)), **{EXPECT: WHICH_DOMAIN})


async def pick_domain(turn: Turn) -> Answer:
    """A pressed part of a child's life."""
    domain = _walk(turn).domain(turn.field(IN))
    if domain is None:
        raise ServiceError("stale-card")
    return _levels(turn, domain)


async def said_domain(turn: Turn) -> Answer | None:
    """A typed number or name; None when the words are about something else."""
    if (other := await _beside_the_point(turn, start)) is not None:
        return other
    domains = _walk(turn).domains
    chosen = said_number(turn.said.text, [one.key for one in domains])
    said = turn.said.text.strip().casefold()
    found = next((one for one in domains if chosen == one.key or said in (one.key, one.name.casefold())), None)
    found = found or _worded(domains, turn.said.text)
    return _levels(turn, found) if found else await _on_the_way(turn)


def _worded(domains: Sequence[Domain], text: str) -> Domain | None:
    """The part that was meant by some of its words as they were shown: "home", "relations and money"."""
    said = {word for word in folded(text).split() if word not in _SMALL}
    meant = [one for one in domains if said and said <= set(folded(f"{one.name} {one.about}").split())]
    return meant[0] if len(meant) == 1 else None


async def _on_the_way(turn: Turn) -> Answer | None:
    """`help` and a bare `carry on`, which leave the step where it is; None for anything else."""
    asked = Reply(_put_again(turn))
    if turn.state[EXPECT] != READ and _GO_ON.fullmatch(_said(turn)):
        return answer(asked, **put_again(turn.state))
    understood = turn.guide.understand(turn.said.text)
    if understood.outcome is not Outcome.COMMAND or understood.command is not Command.HELP:
        return None
    helped = await about.show_help(turn)
    return Answer((*helped.replies, asked), put_again(turn.state))


def _levels(turn: Turn, domain: Domain) -> Answer:
    pack = turn.rules.pack
    page = Page()
    page.danger()
    page.title(say("walk-levels-title", domain=domain.name))
    if not all(one.confirmed for one in domain.levels):
        page.line(say("walk-not-ours", place=pack.partnership.partnership.place))
    for level in pack.partnership.levels:
        page.panel(level_title(level), described(pack, domain, level))
    page.line(say("walk-which-level"))
    plain = f"{page.words}\n{say('walk-level-words')}"
    shown = pack.partnership.levels[: cards.MOST_ACTIONS - 1]
    buttons = [cards.button(f"Level {one.number}", LEVEL, domain=domain.key, level=one.number) for one in shown]
    buttons.append(cards.button("Another part of the child's life", START))
    state = {EXPECT: WHICH_LEVEL, IN: domain.key}
    return answer(Reply(plain, cards.card(page.body, buttons, fallback=plain)), **state)


async def pick_level(turn: Turn) -> Answer:
    """A pressed level."""
    return _level(turn, turn.field(IN), turn.number("level"))


async def said_level(turn: Turn) -> Answer | None:
    """A typed level; None when the words are about something else."""
    other = await _beside_the_point(turn, start) or await _on_the_way(turn)
    return other or _named(turn) or _beside(turn, 0)


async def _levels_again(turn: Turn) -> Answer:
    return await pick_domain(turn.saying(verb=DOMAIN, domain=turn.state.get(IN, "")))


async def _beside_the_point(turn: Turn, before: Flow) -> Answer | None:
    """The answer to words that choose nothing: stop, not sure, one question back (to `before`), from the start."""
    if said_stop(turn.said.text):
        return answer(Reply(say("walk-stopped")))
    match aside(turn.said.text):
        case Aside.UNSURE:
            meant = say(f"{turn.state[EXPECT]}-unsure")
            return answer(Reply(f"{say('danger-999')}\n\n{meant}"), **put_again(turn.state))
        case Aside.BACK:
            return await before(turn)
        case Aside.ANEW:
            return await start(turn)
    return None


def _said(turn: Turn) -> str:
    return " ".join(turn.said.text.casefold().split()).rstrip(".!?")


def _named(turn: Turn) -> Answer | None:
    """The level that was typed by its number."""
    number = _said(turn).removeprefix("level").strip()
    known = any(str(level.number) == number for level in turn.rules.pack.partnership.levels)
    return _level(turn, turn.state.get(IN, ""), int(number)) if known else None


def _beside(turn: Turn, read: int) -> Answer | None:
    """The level after the one that was read, or the one before it; past either end, all of them to choose from."""
    step = 1 if _NEXT.fullmatch(_said(turn)) else -1 if _BEFORE.fullmatch(_said(turn)) else 0
    if not step:
        return None
    if any(level.number == read + step for level in turn.rules.pack.partnership.levels):
        return _level(turn, turn.state.get(IN, ""), read + step)
    domain = _walk(turn).domain(turn.state.get(IN, ""))
    return _levels(turn, domain) if domain is not None else None


def _level(turn: Turn, domain: str, number: int) -> Answer:
    pack = turn.rules.pack
    level: Level | None = next((one for one in pack.partnership.levels if one.number == number), None)
    walk = _walk(turn)
    if level is None or walk.domain(domain) is None:
        raise ServiceError("stale-card")
    page = level_page(pack, walk, level)
    plain = f"{page.words}\n\n{say('walk-after-words')}"
    way = walk.pathway(number)
    next_articles = [article for topic in (way.topics if way else ()) if (article := pack.article(topic))]
    buttons = [cards.button("The whole article", SHOW, topic=level.topic)]
    buttons += [cards.button(one.title, SHOW, topic=one.id) for one in next_articles[: cards.MOST_ACTIONS - 2]]
    buttons.append(cards.button("Another level", DOMAIN, domain=domain))
    state = {EXPECT: READ, IN: domain, LAST_READ: str(number), TOPIC: level.topic}
    return answer(Reply(plain, cards.card(page.body, buttons, fallback=plain)), **state)


async def after_level(turn: Turn) -> Answer | None:
    """`article`, `back`, `next` or a level after a level; None when the words are about something else."""
    read = _read(turn)
    if _said(turn) in _ARTICLE and read is not None:
        return await replies.show_article(turn, read.topic)
    if (other := await _beside_the_point(turn, _levels_again)) is not None:
        return other
    onward = _named(turn) or _beside(turn, read.number if read is not None else 0)
    return onward or await _on_the_way(turn)


def _read(turn: Turn) -> Level | None:
    """The level that was read last."""
    levels = turn.rules.pack.partnership.levels
    return next((level for level in levels if str(level.number) == turn.state.get(LAST_READ)), None)


def stands(turn: Turn, answered: Answer) -> Answer:
    """A page of guidance on the way, as it was invited to be asked for: the walk stands where it stood, and goes on
    from there. Where something else is asked in its place, it is said how to come back."""
    if turn.state.get(EXPECT) not in STEPS or answered.state.get(EXPECT) in STEPS:
        return answered
    if EXPECT in answered.state:
        return replace(answered, replies=(*answered.replies, Reply(say("walk-left"))))
    if not answered.state.keys() & {TOPIC, ASKED}:
        return answered
    step = {key: turn.state[key] for key in (EXPECT, IN, LAST_READ) if key in turn.state}
    return Answer((*answered.replies, Reply(_put_again(turn))), {**answered.state, **step})


def _put_again(turn: Turn) -> str:
    """The question of the step at which the walk stands."""
    if turn.state[EXPECT] == WHICH_DOMAIN:
        parts = (f"{number}. {one.name}" for number, one in enumerate(_walk(turn).domains, 1))
        return "\n".join([say("walk-which-domain"), *parts, say("walk-domain-words")])
    if turn.state[EXPECT] == WHICH_LEVEL:
        return f"{say('walk-which-level')} {say('walk-level-words')}"
    return say("walk-go-on", number=turn.state.get(LAST_READ, ""))
