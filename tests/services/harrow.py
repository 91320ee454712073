"""The rules of the partnership that the product ships with, and what reads messages against its guidance."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from config.pack import load_pack
from services.guidance.build import guide_for
from services.rulebook import Rulebook, workdays_of
from services.understanding import Candidate, Guide, IdentifierKind, Outcome, Understanding
from tests.builders import a_screen

FOLDER = Path(__file__).parent.parent.parent / "config" / "harrow"


@cache
def harrow_rules(*, manager_digest: bool = False) -> Rulebook:
    """Harrow's rules with the screen of the tests, read once for each test process.

    Without the manager's weekly digest unless it is asked for.
    """
    pack = load_pack(FOLDER)
    calendar = pack.partnership.calendar.model_copy(update={"manager_digest": manager_digest})
    partnership = pack.partnership.model_copy(update={"calendar": calendar})
    return Rulebook(replace(pack, partnership=partnership), workdays_of(calendar), a_screen)


@cache
def harrow_guide() -> Guide:
    """What reads messages against Harrow's guidance, built once for each test process."""
    return guide_for(harrow_rules().pack)


UNSURE = {
    "consent stuff for the form": ("consent-to-refer", "making-a-referral", "early-help-assessment"),
    "we heard no on Tuesday and do not agree": ("escalation-overview", "referral-no-further-action", "iro-dispute"),
}
"""Messages between topics, with what they are between."""


class BetweenTopics:
    """Harrow's guide, but unsure of `UNSURE` whatever it learns: tests of what happens then do not wait for it."""

    def understand(self, text: str, *, topic: str | None = None) -> Understanding:
        between = UNSURE.get(text.lower()) or UNSURE.get(text)
        if between is None:
            return harrow_guide().understand(text, topic=topic)
        titles = {article.id: article.title for article in harrow_rules().pack.articles}
        return Understanding(Outcome.UNSURE, candidates=tuple(Candidate(one, 0.3, titles[one]) for one in between))

    def identifiers_in(self, text: str) -> frozenset[IdentifierKind]:
        return harrow_guide().identifiers_in(text)


@cache
def screened_rules() -> Rulebook:
    """Harrow's rules with the real screen for identifiers."""
    rules = harrow_rules()
    return Rulebook(rules.pack, rules.workdays, harrow_guide().identifiers_in)
