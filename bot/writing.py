"""A reply as Teams wants it: activities and the documented answers to a pressed card. Pure; sends nothing."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.talk import Reply
from services.model import Place

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
MESSAGE_TYPE = "application/vnd.microsoft.activity.message"
ERROR_TYPE = "application/vnd.microsoft.error"
MAX_SUGGESTIONS = 6
SUMMARY_LENGTH = 160

TYPING: Mapping[str, object] = {"type": "typing"}


def text_message(text: str) -> dict[str, object]:
    """Words only. They are sent as plain text: an asterisk in a name or in guidance is not an instruction."""
    return {"type": "message", "text": text, "textFormat": "plain"}


def card_message(card: Mapping[str, object], summary: str) -> dict[str, object]:
    """A card only: Teams splits an activity that has both text and card, counts it twice and names no id."""
    attachment = {"contentType": CARD_TYPE, "content": card}
    return {"type": "message", "summary": shortened(summary), "attachments": [attachment]}


def message_of(reply: Reply, *, place: Place, to: str) -> dict[str, object]:
    """Turn a reply into one activity. Suggestions go to the person `to`, and exist in a personal chat only."""
    message = text_message(reply.text) if reply.card is None else card_message(reply.card, reply.text)
    if reply.suggestions and place is Place.PERSONAL:
        actions = [{"type": "imBack", "title": said, "value": said} for said in reply.suggestions[:MAX_SUGGESTIONS]]
        message["suggestedActions"] = {"to": [to], "actions": actions}
    return message


def card_answer(reply: Reply) -> dict[str, object]:
    """Answer a press: the new card in place of the pressed one, or the words as a message over it."""
    if reply.card is None:
        return {"statusCode": 200, "type": MESSAGE_TYPE, "value": reply.text}
    return {"statusCode": 200, "type": CARD_TYPE, "value": reply.card}


def error_answer(status: int, code: str, sentence: str) -> dict[str, object]:
    """Answer a press that failed. It travels in a response whose own status is 200."""
    return {"statusCode": status, "type": ERROR_TYPE, "value": {"code": code, "message": sentence}}


def shortened(text: str, length: int = SUMMARY_LENGTH) -> str:
    """Cut a summary for the activity feed."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
