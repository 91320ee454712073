"""A report as CSV and as JSON. A cell that a spreadsheet would compute is written so that it is only words."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from services.reports.table import Column, Kind, Report, Value

_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Words that a spreadsheet will not run: a formula gets an apostrophe in front (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_COMPUTED) else text


def to_csv(report: Report) -> str:
    """Headings, rows and totals, lines ending in CR LF. Notes have no place in CSV: the row says where it is from."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(column.title) for column in report.columns])
    for row in (*report.rows, *([report.totals] if report.totals else [])):
        writer.writerow([_cell(column, value) for column, value in zip(report.columns, row, strict=True)])
    return out.getvalue()


def _cell(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if column.kind is Kind.SHARE:
        return f"{value:.1%}"
    return value.isoformat() if isinstance(value, date) else str(value)


def to_json(report: Report) -> str:
    """Everything, by stable keys; shares as numbers from 0 to 1."""
    return json.dumps(
        {
            "report": report.name,
            "title": report.title,
            "year": report.year,
            "columns": [{"key": one.key, "title": one.title, "kind": one.kind.value} for one in report.columns],
            "rows": [_plain(row) for row in report.records()],
            "totals": _plain(dict(report.total())) or None,
            "notes": report.notes,
            "sources": report.sources,
        },
        ensure_ascii=False,
        indent=2,
    )


def _plain(row: dict[str, Value]) -> dict[str, str | int | float | None]:
    return {key: _json(value) for key, value in row.items()}


def _json(value: Value) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    return round(value, 4) if isinstance(value, float) else value
