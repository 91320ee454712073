"""What is shown to somebody whom the partnership does not know: the same answers, without the buttons that could only
refuse them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from dialogs.cards import verbs_in
from dialogs.talk import Card, Reply
from dialogs.turn import Answer, Turn

_BUTTONS = "ActionSet"


def shown(turn: Turn, answered: Answer, may: Collection[str]) -> Answer:
    """The answer, to a stranger with the buttons of these verbs alone. In company nobody is known, and cards are made
    for that."""
    if turn.known_here or not turn.personal:
        return answered
    return replace(answered, replies=tuple(_pruned(reply, may) for reply in answered.replies))


def _pruned(reply: Reply, may: Collection[str]) -> Reply:
    return reply if reply.card is None else replace(reply, card=_card(reply.card, may))


def _card(card: Card, may: Collection[str]) -> Card:
    return {key: _without(value, may) for key, value in card.items()}


def _without(node: object, may: Collection[str]) -> object:
    """A part of a card without the buttons that are not for strangers, and without the rows that this leaves empty."""
    if isinstance(node, Mapping):
        return {key: _without(value, may) for key, value in node.items()}
    if not isinstance(node, list | tuple):
        return node
    kept = [_without(one, may) for one in node if not _refuses(one, may)]
    return [
        one for one in kept if not (isinstance(one, Mapping) and one.get("type") == _BUTTONS and not one["actions"])
    ]


def _refuses(node: object, may: Collection[str]) -> bool:
    """True for a button of another verb, and for one that opens a form which only such buttons send."""
    if not isinstance(node, Mapping):
        return False
    if node.get("type") == "Action.Execute":
        return node.get("verb") not in may
    return node.get("type") == "Action.ShowCard" and verbs_in(node.get("card")).isdisjoint(may)
