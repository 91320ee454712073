"""One question, asked outside any conversation: what `ask` on the command line prints. Needs no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.articles import Article
from config.pack import Pack
from dialogs.guidance.articles import (
    article_reply,
    emergency_reply,
    identifiable_reply,
    out_of_scope_reply,
    topics_reply,
)
from dialogs.guidance.clock import above, asking_which, clock_of
from dialogs.guidance.escalating import about_escalation, stage_asked, tells_time
from dialogs.talk import Reply
from dialogs.wording import explain, say
from services.rulebook import workdays_of
from services.spoken_days import past_day
from services.understanding import Candidate, Outcome, Understanding, Understands


@dataclass(frozen=True, slots=True)
class Sourced:
    """One source of an answer, as `ask --json` prints it."""

    document: str
    section: str
    reviewed_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question (design.md section 7)."""

    understood: Understanding
    text: str
    sources: tuple[Sourced, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The shape that scripts rely on."""
        understood = self.understood
        return {
            "outcome": understood.outcome.value,
            "topic": understood.topic,
            "command": understood.command.value if understood.command else None,
            "candidates": [_as_json(one) for one in understood.candidates],
            "text": self.text,
            "sources": [
                {"document": one.document, "section": one.section, "reviewed_on": one.reviewed_on.isoformat()}
                for one in self.sources
            ],
        }


def _as_json(candidate: Candidate) -> dict[str, object]:
    return {"topic": candidate.topic, "score": round(candidate.score, 4)}


def sources_of(pack: Pack, article: Article) -> tuple[Sourced, ...]:
    """Document and section of everything an article rests on, with the day it was last checked."""
    titles = {cited.ref: source.title for cited in article.sources if (source := pack.source(cited.ref))}
    return tuple(
        Sourced(titles.get(cited.ref, cited.ref), cited.section, article.reviewed_on) for cited in article.sources
    )


def ask(pack: Pack, guide: Understands, question: str, today: date) -> Asked:
    """Answer one question from the pack alone. Nothing of it is kept."""
    if not any(character.isalnum() for character in question):
        return Asked(Understanding(Outcome.UNSURE), f"{say('empty')} {say('danger-999')}")
    understood = about_escalation(guide, question, guide.understand(question))
    article = pack.article(understood.topic) if understood.topic else None
    if understood.outcome is Outcome.ANSWER and article is not None:
        reply = _timed(pack, article_reply(pack, article, today), article.id, question, today)
        return Asked(understood, reply.text, sources_of(pack, article))
    return Asked(understood, _without_article(pack, understood, understood.candidates).text)


def _timed(pack: Pack, reply: Reply, topic: str, question: str, today: date) -> Reply:
    """The answer, with the date above it when the question is about escalating and names a day."""
    if not tells_time(topic):
        return reply
    workdays = workdays_of(pack.partnership.calendar)
    day, doubt = past_day(question, today, workdays)
    if doubt is not None:
        return asking_which(reply, explain(doubt))
    clock = clock_of(pack, workdays, stage_asked(pack, topic, question), day, today) if day else None
    return above(reply, clock) if clock else reply


def _without_article(pack: Pack, understood: Understanding, candidates: Sequence[Candidate]) -> Reply:
    match understood.outcome:
        case Outcome.EMERGENCY:
            return emergency_reply(pack)
        case Outcome.IDENTIFIABLE:
            return identifiable_reply(pack, understood.identifiers)
        case Outcome.OUT_OF_SCOPE:
            return out_of_scope_reply(pack)
        case Outcome.COMMAND if understood.command is not None:
            return Reply(say("command-elsewhere", command=understood.command.value))
        case _:
            return topics_reply(pack, candidates, way_out=[say("ask-in-chat")])
