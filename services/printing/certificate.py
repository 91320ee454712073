"""A certificate as one page of PDF, ready to print. Pure: words in, bytes out, the same bytes for the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

_FONTS = Path(__file__).parent
_INK, _QUIET, _LINE = (28, 37, 44), (92, 102, 112), (0, 96, 100)
_WIDTH, _MARGIN = 297, 24
"""Millimetres: A4 across."""


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """Every line of the page, from top to bottom. `small` are the lines at the foot."""

    issuer: str
    title: str
    lead: str
    name: str
    done: str
    course: str
    held: str
    number: str
    small: tuple[str, ...]
    issued_at: datetime


def certificate_pdf(words: CertificateWords) -> bytes:
    """One landscape page. A long name or title is set smaller until it fits on its lines."""
    # Half a second to import, and most processes never print.
    from fpdf import FPDF

    page = FPDF(orientation="landscape", format="A4")
    page.set_creation_date(words.issued_at.astimezone(UTC))
    page.set_title(f"{words.title}: {words.number}")
    page.set_author(words.issuer)
    page.set_lang("en-GB")
    page.set_auto_page_break(False)
    page.set_margin(_MARGIN)
    page.add_font("house", "", _FONTS / "DejaVuSans.ttf")
    page.add_font("house", "B", _FONTS / "DejaVuSans-Bold.ttf")
    page.add_page()
    _frame(page)
    _line(page, 32, words.issuer, 13, _QUIET)
    _line(page, 46, words.title, 30, _LINE, bold=True)
    _line(page, 72, words.lead, 12, _QUIET)
    _line(page, 81, words.name, 26, _INK, bold=True)
    _line(page, 101, words.done, 12, _QUIET)
    _line(page, 110, words.course, 19, _INK, bold=True, lines=2)
    _line(page, 134, words.held, 12, _INK)
    _line(page, 150, words.number, 13, _LINE, bold=True)
    for count, small in enumerate(words.small):
        _line(page, 166 + 6 * count, small, 9, _QUIET)
    return bytes(page.output())


def _frame(page: FPDF) -> None:
    page.set_draw_color(*_LINE)
    page.set_line_width(1.2)
    page.rect(12, 12, _WIDTH - 24, 210 - 24)
    page.set_line_width(0.3)
    page.rect(14.5, 14.5, _WIDTH - 29, 210 - 29)


def _line(
    page: FPDF, at: float, text: str, size: float, colour: tuple[int, int, int], *, bold: bool = False, lines: int = 1
) -> None:
    """Centred words `at` millimetres from the top, never wider than the page."""
    width = _WIDTH - 2 * _MARGIN
    page.set_text_color(*colour)
    page.set_font("house", "B" if bold else "", size)
    while page.get_string_width(text) > width * lines * 0.95 and size > 7:
        size -= 1
        page.set_font_size(size)
    page.set_xy(_MARGIN, at)
    page.multi_cell(width, size * 0.5, text, align="C")
