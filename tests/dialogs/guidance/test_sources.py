"""A source is named so that an inspector finds it again, and says nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogs import cards
from dialogs.guidance.articles import SOURCES_SHOWN, article_reply, source_groups, source_line
from tests.services.harrow import harrow_rules


def test_a_section_is_named_beside_its_document_unless_it_is_the_whole_of_it() -> None:
    pack = harrow_rules().pack
    cited = {one for article in pack.articles for one in article.sources if pack.source(one.ref)}
    whole = {one for one in cited if one.section == pack.source(one.ref).title}  # type: ignore[union-attr]
    assert whole
    assert cited - whole
    assert all(source_line(pack, one).count(one.section) == 1 for one in whole)
    assert all(source_line(pack, one).endswith(f": {one.section}") for one in cited - whole)


def _texts(node: object) -> Iterator[str]:
    yield from (str(one["text"]) for one in cards.parts_of(node) if "text" in one)


def test_a_card_shows_the_first_sources_at_once_and_every_other_behind_one_tap() -> None:
    pack = harrow_rules().pack
    for article in pack.articles:
        card = article_reply(pack, article, date(2026, 12, 1)).card
        assert card is not None
        groups = [some for _, some in source_groups(pack, article)]
        lines = [line for some in groups for line in some]
        hidden = [one for one in cards.parts_of(card["body"]) if one.get("isVisible") is False]
        behind = [text for text in _texts(hidden) if text in lines]
        at_once = [text for text in _texts(card["body"]) if text in lines and text not in behind]
        assert sorted(at_once + behind) == sorted(lines), article.id
        assert len(at_once) == (
            len(lines) if len(lines) <= SOURCES_SHOWN + 1 else min(SOURCES_SHOWN, len(groups[0]))
        ), article.id
