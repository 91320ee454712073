"""A report as an XLSX workbook with a chart. Text is written as text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from services.reports.table import Chart, Column, Kind, Report, Value

_HEAD = 2
_WIDEST = 60
_CHARTED = 30
"""Rows in one chart: more cannot be read."""


def to_xlsx(report: Report) -> bytes:
    """One sheet: title, table, totals, notes and sources, with a chart beside them."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": report.title})
        sheet = book.add_worksheet(report.name[:31])
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "bold": True})
        sheet.write_string(0, 0, report.title, book.add_format({"bold": True, "font_size": 14}))
        for at, column in enumerate(report.columns):
            sheet.write_string(_HEAD, at, column.title, wrapped)
            sheet.set_column(at, at, _width(report, at))
        plain, strong = _formats(book, {}), _formats(book, {"bold": True, "top": 1})
        for number, row in enumerate(report.rows, start=_HEAD + 1):
            _write_row(sheet, number, report.columns, row, plain)
        below = _HEAD + 1 + len(report.rows)
        if report.totals:
            _write_row(sheet, below, report.columns, report.totals, strong)
        beside = book.add_worksheet("Notes") if report.notes_apart else None
        for number, line in enumerate((*report.notes, *report.sources), start=0 if beside else below + 2):
            (beside or sheet).write_string(number, 0, line)
        sheet.freeze_panes(_HEAD + 1, 0)
        if report.rows:
            sheet.autofilter(_HEAD, 0, _HEAD + len(report.rows), len(report.columns) - 1)
        sheet.set_row(_HEAD, 30, bold)
        if report.chart and report.rows:
            sheet.insert_chart(_HEAD, len(report.columns) + 1, _chart(book, report, report.chart))
    return out.getvalue()


def _formats(book: Any, style: dict[str, object]) -> dict[Kind, Any]:
    numbers = {Kind.TEXT: "@", Kind.NUMBER: "#,##0", Kind.SHARE: "0.0%", Kind.DAY: "dd/mm/yyyy"}
    return {kind: book.add_format({**style, "num_format": number}) for kind, number in numbers.items()}


def _write_row(
    sheet: Any, number: int, columns: Sequence[Column], row: Sequence[Value], formats: dict[Kind, Any]
) -> None:
    for at, (column, value) in enumerate(zip(columns, row, strict=True)):
        style = formats[column.kind]
        if value is None:
            sheet.write_blank(number, at, None, style)
        elif isinstance(value, str):
            sheet.write_string(number, at, value, style)
        elif isinstance(value, date):
            sheet.write_datetime(number, at, value, style)
        else:
            sheet.write_number(number, at, value, style)


def _width(report: Report, at: int) -> int:
    longest = max((len(str(row[at])) for row in report.rows if isinstance(row[at], str)), default=0)
    return min(max(longest, len(report.columns[at].title) // 2, 10) + 2, _WIDEST)


def _chart(book: Any, report: Report, wanted: Chart) -> Any:
    """Bars with the first row at the top, one series for each column of values."""
    last = _HEAD + min(len(report.rows), _CHARTED)
    label = report.index(wanted.label)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"} if len(wanted.values) > 1 else {"type": "bar"})
    for key in wanted.values:
        at = report.index(key)
        chart.add_series(
            {
                "name": [report.name[:31], _HEAD, at],
                "categories": _cells(report, wanted, label, last),
                "values": _cells(report, wanted, at, last),
            }
        )
    chart.set_title({"name": report.title})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"} if len(wanted.values) > 1 else {"none": True})
    chart.set_size({"width": 760, "height": 120 + 24 * (len(wanted.sums) or last - _HEAD)})
    return chart


def _cells(report: Report, wanted: Chart, at: int, last: int) -> str | list[Any]:
    """What is drawn of a column: all its rows, or only the sums."""
    name = report.name[:31]
    if not wanted.sums:
        return [name, _HEAD + 1, at, last, at]
    cells = (xl_rowcol_to_cell(_HEAD + 1 + row, at, row_abs=True, col_abs=True) for row in wanted.sums)
    return "=(" + ",".join(f"'{name}'!{cell}" for cell in cells) + ")"
