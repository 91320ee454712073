"""What the walk-through shows of the pack: descriptions with whose words they are, and a level's guidance. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from config.articles import Heading
from config.catalogue import OTHER_AREA, Source
from config.data import Citation
from config.pack import Pack
from config.partnership import Level
from config.walkthrough import Description, Domain, Walkthrough
from dialogs import cards
from dialogs.guidance.articles import bulleted, contact_lines, source_line, standing
from dialogs.wording import say

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass
class Page:
    """Blocks for words and card alike, so that neither says more than the other."""

    text: list[str] = field(default_factory=list)
    body: list[cards.Element] = field(default_factory=list)

    def danger(self) -> None:
        """Danger comes first, on every page."""
        line = say("danger-999")
        self.text.append(line)
        self.body.append(cards.panel([cards.words(line)], style="attention"))

    def title(self, line: str) -> None:
        """The heading of the page."""
        self.text.append(line)
        self.body.append(cards.title(line))

    def line(self, line: str, *, quiet: bool = False) -> None:
        """A paragraph."""
        self.text.append(line)
        self.body.append(cards.words(line, quiet=quiet))

    def points(self, heading: str, lines: Sequence[str]) -> None:
        """A list under a heading, left out when there is nothing in it."""
        if lines:
            self.text.append(f"{heading}\n{bulleted(lines)}")
            self.body += [cards.heading(heading), cards.points(lines)]

    def small(self, heading: str, lines: Sequence[str]) -> None:
        """A list in small print: it must be there, and must not push the rest away."""
        self.text.append(f"{heading}\n{bulleted(lines)}")
        self.body += [cards.heading(heading), *(cards.words(line, quiet=True) for line in lines)]

    def steps(self, heading: str, lines: Sequence[str]) -> None:
        """A list whose order matters."""
        numbered = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
        self.text.append(f"{heading}\n{numbered}")
        self.body += [cards.heading(heading), cards.words(numbered)]

    def panel(self, heading: str, lines: Sequence[str]) -> None:
        """Paragraphs in a box of their own."""
        self.text.append("\n".join([heading, *lines]))
        self.body.append(cards.panel([cards.heading(heading), *(cards.words(line) for line in lines)]))

    @property
    def words(self) -> str:
        """All of it in plain text."""
        return "\n\n".join(self.text)


def level_title(level: Level) -> str:
    """A level by number and name."""
    return say("walk-level", number=level.number, name=level.name)


def gist(pack: Pack, level: Level) -> str:
    """The first sentence of the level's own article: what the level means, in approved words."""
    article = pack.article(level.topic)
    return _SENTENCE_END.split(article.in_short)[0] if article else ""


def described(pack: Pack, domain: Domain, level: Level) -> list[str]:
    """What the level means, and what documents describe at it in this part of a child's life."""
    signs = [line for one in domain.at(level.number) if (line := _signs(pack, one))]
    first = gist(pack, level)
    return [*([first] if first else []), *(signs or [say("walk-undescribed")])]


def _signs(pack: Pack, described: Description) -> str:
    if not described.signs:
        return ""
    found = [source for one in described.taken_from if (source := pack.source(one.ref))]
    elsewhere = any(source.scope == OTHER_AREA for source in found)
    names = [source.publisher or source.title if elsewhere else _dated(source) for source in found]
    key = "walk-elsewhere" if elsewhere else "walk-from"
    return say(key, whose=" and ".join(names), signs="; ".join(described.signs))


def _dated(source: Source) -> str:
    return f"{source.title} ({source.published})" if source.published else source.title


def level_page(pack: Pack, walk: Walkthrough, level: Level) -> Page:
    """A level's guidance, the way from there, and what to write in a referral."""
    page = Page()
    page.danger()
    page.title(say("walk-end-title", number=level.number, name=level.name))
    page.line(say("walk-no-decision"))
    article = pack.article(level.topic)
    if article:
        page.line(article.in_short)
        page.points(say("walk-do"), article.do_now)
        page.points(say("walk-who"), article.sections.get(Heading.WHO_DECIDES, ()))
    page.line(say("walk-acts", who=level.who_acts))
    way = walk.pathway(level.number)
    if way:
        page.steps(say("walk-way"), way.steps)
    wanted = walk.referral if way and way.referral else None
    if wanted:
        page.points(say("walk-write"), [*wanted.write, say("walk-write-where")])
    open_points = [
        say(f"walk-to-confirm-{what}")
        for what, mark in (("level", level), ("way", way), ("write", wanted))
        if mark is not None and not mark.confirmed
    ]
    if open_points:
        page.line(say("walk-to-confirm", what=_listed(open_points)))
    if article:
        page.points("Contacts", contact_lines(pack, article.contacts))
    cited = [*(article.sources if article else ()), *(way.taken_from if way else ())]
    cited += wanted.taken_from if wanted else ()
    page.small(say("walk-sources"), _sources(pack, cited))
    if article:
        page.line(standing(pack, article), quiet=True)
    return page


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _sources(pack: Pack, cited: Iterable[Citation]) -> list[str]:
    return list(dict.fromkeys(source_line(pack, one) for one in cited))
