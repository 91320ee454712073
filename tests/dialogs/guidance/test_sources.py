"""A source is named so that an inspector finds it again, and says nothing twice."""

from __future__ import annotations

from dialogs.guidance.articles import source_line
from tests.services.harrow import harrow_rules


def test_a_section_is_named_beside_its_document_unless_it_is_the_whole_of_it() -> None:
    pack = harrow_rules().pack
    cited = {one for article in pack.articles for one in article.sources if pack.source(one.ref)}
    whole = {one for one in cited if one.section == pack.source(one.ref).title}  # type: ignore[union-attr]
    assert whole
    assert cited - whole
    assert all(source_line(pack, one).count(one.section) == 1 for one in whole)
    assert all(source_line(pack, one).endswith(f": {one.section}") for one in cited - whole)
