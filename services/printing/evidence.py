"""The evidence pack as a PDF to read and to print: each item with its facts, notes, changes, and who was told what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from services.evidence import Evidence, ItemEvidence, fields_of, local
from services.reports.asking import Say
from services.rulebook import Rulebook

if TYPE_CHECKING:
    from fpdf import FPDF

_FONTS = Path(__file__).parent
_INK, _QUIET, _LINE, _SHADE = (28, 37, 44), (92, 102, 112), (0, 96, 100), (233, 240, 240)
_FACTS = (25, 75)
_HISTORY = (16, 18, 33, 33)
_TOLD = (15, 15, 19, 17, 13, 21)
"""Widths of the columns, in parts of the page."""


def evidence_pdf(evidence: Evidence, rules: Rulebook, say: Say) -> bytes:
    """A4 upright, each item on a page of its own. The same evidence gives the same bytes."""
    page = _paper(evidence, say)
    page.add_page()
    _title(page, evidence, rules, say)
    for number, one in enumerate(evidence.items):
        if number:
            page.add_page()
        if len(evidence.items) > 1:
            _text(page, f"{one.item.ref}: {one.item.action}", 13, _LINE, bold=True)
        _item(page, one, rules, say)
    return bytes(page.output())


def _paper(evidence: Evidence, say: Say) -> FPDF:
    # Half a second to import, and most processes never print.
    from fpdf import FPDF

    class Paper(FPDF):
        """Knows its number on each page."""

        def footer(self) -> None:
            """At the foot: the page's number among all."""
            self.set_y(-12)
            self.set_font("house", "", 8)
            self.set_text_color(*_QUIET)
            self.cell(0, 5, say("evidence-page", page=self.page_no(), pages="{nb}"), align="C")

    page = Paper(format="A4")
    page.set_creation_date(evidence.made_at.astimezone(UTC))
    page.set_title(f"{say('evidence-title')}: {evidence.title}")
    page.set_author(evidence.partnership)
    page.set_lang("en-GB")
    page.set_margin(16)
    page.set_auto_page_break(True, margin=18)
    page.add_font("house", "", _FONTS / "DejaVuSans.ttf")
    page.add_font("house", "B", _FONTS / "DejaVuSans-Bold.ttf")
    return page


def _text(page: FPDF, words: str, size: float, colour: tuple[int, int, int] = _INK, *, bold: bool = False) -> None:
    page.set_font("house", "B" if bold else "", size)
    page.set_text_color(*colour)
    page.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT", align="L")


def _title(page: FPDF, evidence: Evidence, rules: Rulebook, say: Say) -> None:
    count = len(evidence.items)
    items = say("evidence-one-item") if count == 1 else say("evidence-many-items", count=count)
    at = local(evidence.made_at, rules)
    _text(page, say("evidence-title"), 10, _LINE, bold=True)
    _text(page, evidence.title, 16, _INK, bold=True)
    page.ln(1)
    _text(page, say("evidence-made", partnership=evidence.partnership, at=at, items=items), 9, _QUIET)
    _text(page, say("evidence-how-to-read"), 9, _QUIET)
    page.ln(3)


def _item(page: FPDF, one: ItemEvidence, rules: Rulebook, say: Say) -> None:
    page.start_section(one.item.ref)
    _heading(page, say("evidence-heading-facts"))
    facts = fields_of(one, rules)
    rows = [[say(f"evidence-{key}"), value or say("evidence-not-known")] for key, value in facts.items()]
    _table(page, [], rows, _FACTS)
    _heading(page, say("evidence-heading-history"))
    heads = [say(f"evidence-{key}") for key in ("when", "who", "what", "text")]
    lines = [[local(line.at, rules), line.who, line.what, line.text] for line in one.history]
    if lines:
        _table(page, heads, lines, _HISTORY)
    else:
        _text(page, say("evidence-nothing-written"), 9)
    _heading(page, say("evidence-heading-notices"))
    _told(page, one, rules, say)


def _told(page: FPDF, one: ItemEvidence, rules: Rulebook, say: Say) -> None:
    if not one.told:
        _text(page, say("evidence-nothing-told"), 9)
        return
    heads = [say(f"evidence-{key}") for key in ("due-at", "to", "about", "result", "route", "outcome")]
    rows = []
    for told in one.told:
        attempt = told.attempt
        came = f"{attempt.outcome}, {local(attempt.ended_at or attempt.started_at, rules)}" if attempt else ""
        step = told.notice.step_name
        rows.append(
            [
                local(told.notice.due_at, rules),
                told.person.name,
                f"{say(f'evidence-kind-{told.notice.kind}')} ({step})",
                say(f"evidence-state-{told.notice.state.value}"),
                attempt.route if attempt else "",
                came,
            ]
        )
    _table(page, heads, rows, _TOLD)


def _heading(page: FPDF, words: str) -> None:
    page.ln(3)
    # A heading alone at the foot of a page belongs to nothing.
    if page.will_page_break(24):
        page.add_page()
    _text(page, words, 10.5, _INK, bold=True)
    page.ln(1)


def _table(page: FPDF, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    from fpdf.fonts import FontFace

    page.set_font("house", "", 8)
    page.set_text_color(*_INK)
    page.set_draw_color(200, 208, 210)
    head = FontFace(emphasis="BOLD", fill_color=_SHADE)
    with page.table(
        col_widths=tuple(widths),
        text_align="LEFT",
        line_height=4.4,
        padding=1.2,
        first_row_as_headings=bool(heads),
        headings_style=head,
        borders_layout="HORIZONTAL_LINES",
    ) as table:
        if heads:
            table.row(list(heads))
        for row in rows:
            cells = table.row()
            for number, cell in enumerate(row):
                cells.cell(cell, style=FontFace(emphasis="BOLD") if not heads and number == 0 else None)
