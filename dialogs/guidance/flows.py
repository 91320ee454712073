"""The guidance part of the router: which flow answers which verb, and who reads the answer to a question."""

from __future__ import annotations

from dialogs.guidance import articles, escalating, missing, replies, walking
from dialogs.turn import AnswerReader, Flow

FLOWS: dict[str, Flow] = {
    articles.SHOW: escalating.show_topic,
    articles.HELPFUL: replies.was_helpful,
    articles.UNHELPFUL: replies.was_unhelpful,
    missing.UNANSWERED: missing.unanswered,
    walking.START: walking.start,
    walking.DOMAIN: walking.pick_domain,
    walking.LEVEL: walking.pick_level,
    escalating.START: escalating.start,
    escalating.STAGE: escalating.pick_stage,
    escalating.DAY: escalating.pick_day,
}

EXPECTED: dict[str, AnswerReader] = {
    missing.UNANSWERED: missing.said_row,
    walking.WHICH_DOMAIN: walking.said_domain,
    walking.WHICH_LEVEL: walking.said_level,
    walking.READ: walking.after_level,
    escalating.WHICH_STAGE: escalating.said_stage,
    escalating.WHICH_DAY: escalating.said_day,
}
"""Who takes the answer to what was asked last."""
