"""Builders of Adaptive Cards 1.5. Data in, card out; a card carries an id and a verb, never authority.

Plain typed functions rather than a card library: the generated models take most of a second to import and
these are all the elements we use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from dialogs.talk import Card

Element = dict[str, object]
Tone = Literal["default", "good", "warning", "attention", "accent"]

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
MOST_ACTIONS = 6
MOST_BYTES = 28_000


def title(text: str) -> Element:
    """The heading of a card. Screen readers announce it as one."""
    return {"type": "TextBlock", "text": text, "wrap": True, "size": "Large", "weight": "Bolder", "style": "heading"}


def heading(text: str) -> Element:
    """A heading inside a card."""
    return {"type": "TextBlock", "text": text, "wrap": True, "weight": "Bolder", "spacing": "Medium"}


def words(text: str, *, tone: Tone = "default", quiet: bool = False) -> Element:
    """A paragraph. `quiet` is for what matters less: sources, dates, small print."""
    block: Element = {"type": "TextBlock", "text": text, "wrap": True}
    if tone != "default":
        block["color"] = tone.capitalize()
    if quiet:
        block |= {"isSubtle": True, "size": "Small"}
    return block


def points(lines: Iterable[str]) -> Element:
    """A bulleted list."""
    return {"type": "TextBlock", "text": "\n".join(f"- {line}" for line in lines), "wrap": True}


def facts(pairs: Iterable[tuple[str, str]]) -> Element:
    """Names and values in two columns; pairs without a value are left out."""
    return {"type": "FactSet", "facts": [{"title": name, "value": value} for name, value in pairs if value]}


def bars(title: str, values: Sequence[tuple[str, float]]) -> Element:
    """A bar for each pair of a name and a number, which stand above it in full: an axis would cut the names short, and
    mark quarters of a person. The same in two columns where charts are not drawn."""
    chart: Element = {
        "type": "Chart.HorizontalBar",
        "displayMode": "AbsoluteNoAxis",
        "data": [{"x": name, "y": value} for name, value in values],
        "fallback": facts((name, f"{value:,}") for name, value in values),
    }
    return {"type": "Container", "items": [heading(title), chart]}


def panel(items: Sequence[Element], *, style: str = "emphasis") -> Element:
    """A shaded box around elements."""
    return {"type": "Container", "style": style, "items": list(items), "spacing": "Medium"}


def text_input(
    id: str, label: str, *, placeholder: str = "", lines: bool = False, most: int = 2000, value: str = ""
) -> Element:
    """A field for words. `value` stands in it to begin with."""
    return {
        "type": "Input.Text",
        "id": id,
        "label": label,
        "placeholder": placeholder,
        "isMultiline": lines,
        "maxLength": most,
        **({"value": value} if value else {}),
    }


def date_input(id: str, label: str, *, earliest: str = "") -> Element:
    """A field for a date. Values come back as `2026-12-01`."""
    return {"type": "Input.Date", "id": id, "label": label, **({"min": earliest} if earliest else {})}


def time_input(id: str, label: str, *, value: str = "") -> Element:
    """A field for a time of day. Values come back as `09:30`."""
    return {"type": "Input.Time", "id": id, "label": label, **({"value": value} if value else {})}


def toggle(id: str, label: str, *, on: bool) -> Element:
    """A box to tick. Values come back as `true` and `false`."""
    return {"type": "Input.Toggle", "id": id, "title": label, "value": "true" if on else "false", "wrap": True}


def required(field: Element, error: str) -> Element:
    """A field that cannot be sent empty: the client says `error` beneath it, and nothing that was filled in is lost.

    Every button of its form waits for it, so a form with a way out beside its one deed has none of these.
    """
    return {**field, "isRequired": True, "errorMessage": error}


def needed_words(id: str, label: str, error: str) -> Element:
    """A field for a few lines that cannot be sent empty."""
    return required(text_input(id, label, lines=True), error)


def filled(field: Element, value: str) -> Element:
    """A field that already holds a value."""
    return {**field, "value": value} if value else field


def table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Element:
    """Rows of words in columns; the first row is the heading. `widths` are shares."""
    lines = [
        {"type": "TableRow", "cells": [{"type": "TableCell", "items": [_cell(text)]} for text in row]} for row in rows
    ]
    columns = [{"width": width} for width in widths]
    return {"type": "Table", "columns": columns, "rows": lines, "firstRowAsHeader": True, "gridStyle": "accent"}


def _cell(text: str) -> Element:
    return {"type": "TextBlock", "text": text or " ", "wrap": True}


def choice_input(
    id: str, label: str, choices: Iterable[tuple[str, str]], *, expanded: bool = False, value: str = ""
) -> Element:
    """A choice of one. Pairs are what is shown and what comes back; `value` is chosen to begin with."""
    return {
        "type": "Input.ChoiceSet",
        "id": id,
        "label": label,
        "style": "expanded" if expanded else "compact",
        "choices": [{"title": shown, "value": back} for shown, back in choices],
        **({"value": value} if value else {}),
    }


def button(label: str, verb: str, *, style: str = "default", **data: str | int) -> Element:
    """A button that runs `verb`. Clients that do not know Execute submit the same verb and data instead."""
    carried = {key: str(value) for key, value in data.items()}
    press: Element = {"type": "Action.Execute", "title": label, "verb": verb, "data": carried}
    if style != "default":
        press["style"] = style
    press["fallback"] = {"type": "Action.Submit", "title": label, "data": {**carried, "verb": verb}}
    return press


def link(label: str, url: str) -> Element:
    """A button that opens a page."""
    return {"type": "Action.OpenUrl", "title": label, "url": url}


def reveal(label: str, body: Sequence[Element], actions: Sequence[Element]) -> Element:
    """A button that opens a form inside the card."""
    return {
        "type": "Action.ShowCard",
        "title": label,
        "card": {"type": "AdaptiveCard", "body": [*body, actions_row(actions)]},
    }


def unfold(id: str, label: str, items: Sequence[Element]) -> list[Element]:
    """More to read, behind words that are tapped: no button, so it takes no room among them."""
    tap = {"type": "Action.ToggleVisibility", "title": label, "targetElements": [id]}
    shown: Element = {"type": "TextBlock", "text": label, "wrap": True, "color": "Accent", "weight": "Bolder"}
    return [
        {"type": "Container", "items": [shown], "selectAction": tap, "spacing": "Medium"},
        {"type": "Container", "id": id, "isVisible": False, "items": list(items)},
    ]


def actions_row(actions: Sequence[Element]) -> Element:
    """Buttons in the body, where Teams allows a fallback per button. At most six are shown."""
    return {"type": "ActionSet", "actions": list(actions)[:MOST_ACTIONS], "spacing": "Medium"}


def card(body: Sequence[Element], actions: Sequence[Element] = (), *, fallback: str) -> Card:
    """A whole card. `fallback` is read out where cards cannot be shown."""
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": "1.5",
        "fallbackText": fallback,
        "body": [*body, *([actions_row(actions)] if actions else [])],
    }


def actions_in(node: object) -> int:
    """How many buttons stand in `node`, those that open a form included; words that can be tapped are none."""
    if isinstance(node, Mapping):
        own = str(node.get("type", "")).startswith("Action.")
        return 1 if own else sum(actions_in(value) for key, value in node.items() if key != "selectAction")
    return sum(actions_in(value) for value in node) if isinstance(node, list | tuple) else 0


def size_of(made: Card) -> int:
    """How many bytes a card is on its way: Teams refuses one of more than `MOST_BYTES`."""
    return len(json.dumps(made, ensure_ascii=False).encode())


def parts_of(node: object) -> Iterator[Mapping[str, object]]:
    """Every element and action of a card or a form, without those of the forms that open on it and of fallbacks."""
    if isinstance(node, list | tuple):
        for one in node:
            yield from parts_of(one)
    elif isinstance(node, Mapping):
        yield node
        for key, value in node.items():
            if key not in ("card", "fallback", "data", "choices"):
                yield from parts_of(value)


def verbs_in(node: object) -> set[str]:
    """Every verb that a card can send back: what the tests hold against the table of handlers."""
    if isinstance(node, Mapping):
        own = {str(node["verb"])} if node.get("type") == "Action.Execute" else set()
        return own.union(*(verbs_in(value) for value in node.values()))
    if isinstance(node, list | tuple):
        return set().union(*(verbs_in(value) for value in node))
    return set()
