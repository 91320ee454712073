"""A report as a card: a chart that Teams draws itself, and the table beneath it for everybody else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs import cards
from dialogs.talk import Card
from dialogs.wording import say
from services.reports import Kind, Report, Value

MOST_ROWS = 30
"""Rows in a card's table. The whole of a longer report comes as a file."""
MOST_BARS = 30
MOST_NAMED = 12
"""Bars that can each have their name above them; more go by number."""
_MOST_COLUMNS = 5
_FEWEST_COLUMNS = 3
_LONGEST_WORD, _PADDING, _ROOM = 12, 3, 56
"""Characters: a longer word may break; the margins of a cell take about so many; a card has room for about so many.
Figures beyond that stand in the words and in the file."""


def shown(kind: Kind, value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return "-"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if kind is Kind.SHARE and isinstance(value, float | int):
        return f"{value:.1%}".replace(".0%", "%")
    return f"{value:,}" if isinstance(value, int | float) else value


def in_words(report: Report) -> str:
    """The whole report as lines of words."""
    rows = [*report.rows[:MOST_ROWS], *([report.totals] if report.totals else [])]
    lines = [", ".join(_pairs(report, row)) for row in rows]
    rest = [say("report-rest", count=len(report.rows) - MOST_ROWS)] if len(report.rows) > MOST_ROWS else []
    return "\n".join([report.title, *lines, *rest, *report.notes, *report.sources])


def _pairs(report: Report, row: Sequence[Value]) -> list[str]:
    return [
        shown(column.kind, value)
        if column.kind in (Kind.TEXT, Kind.DAY)
        else f"{column.title}: {shown(column.kind, value)}"
        for column, value in zip(report.columns, row, strict=True)
        if value not in (None, "")
    ]


def report_card(report: Report, plain: str, actions: Sequence[cards.Element]) -> Card:
    """Title, chart, table, notes and sources. A table that is too big for a card loses its last rows, and says so."""
    rows = MOST_ROWS
    while True:
        made = cards.card(_body(report, rows), actions, fallback=plain[:2000])
        if cards.size_of(made) < cards.MOST_BYTES or rows <= 5:
            return made
        rows -= 5


def _body(report: Report, rows: int) -> list[cards.Element]:
    rest = len(report.rows) - rows
    return [
        cards.title(report.title),
        *chart_of(report),
        _table(report, rows),
        *([cards.words(say("report-rest", count=rest))] if rest > 0 else []),
        *_left_out(report),
        *(cards.words(one, quiet=True) for one in (*report.notes, *report.sources)),
    ]


def _columns(report: Report) -> list[int]:
    """The columns that fit: the first two, what is charted, then the others in their order; and never one that
    says the same in every row, or of what stands beside it."""
    wanted = [at for at, column in enumerate(report.columns) if column.key not in _repeated(report)]
    charted = [
        report.index(key) for key in (report.chart.values if report.chart else ()) if report.index(key) in wanted
    ]
    return sorted(list(dict.fromkeys([*wanted[:2], *charted, *wanted]))[:_MOST_COLUMNS])


def _repeated(report: Report) -> set[str]:
    """Columns that say nothing new on a card: the period of all rows, and the sector beside its agency."""
    keys = {column.key for column in report.columns}
    return {"figures"} | ({"sector"} if "agency" in keys else set())


def _left_out(report: Report) -> list[cards.Element]:
    """Which columns a card has no room for: a list that is not whole says so."""
    repeated = _repeated(report)
    kept = {*_columns(report), *(at for at, column in enumerate(report.columns) if column.key in repeated)}
    titles = [column.title for at, column in enumerate(report.columns) if at not in kept]
    said = say("report-columns-left", columns="; ".join(titles), name=report.name)
    return [cards.words(said, quiet=True)] if titles else []


def _table(report: Report, most: int) -> cards.Element:
    columns = _columns(report)
    while (
        len(columns) > _FEWEST_COLUMNS and sum(_widths(report, columns, most)) > _ROOM and _is_figure(report, columns)
    ):
        columns.pop()
    lines = [[report.columns[at].title for at in columns]]
    lines += [[shown(report.columns[at].kind, row[at]) for at in columns] for row in report.rows[:most]]
    if report.totals:
        totals = [shown(report.columns[at].kind, report.totals[at]) for at in columns]
        # what the row is called stands in the first column of all, which may be left out here
        lines.append([totals[0] or shown(Kind.TEXT, report.totals[0]), *totals[1:]])
    return cards.table(lines, _widths(report, columns, most))


def _is_figure(report: Report, columns: Sequence[int]) -> bool:
    return report.columns[columns[-1]].kind in (Kind.NUMBER, Kind.SHARE)


def _widths(report: Report, columns: Sequence[int], most: int) -> list[int]:
    """Shares of the width, so that no heading breaks inside a word: each column is as wide as its longest word, and
    somewhat wider where it holds words."""
    widths = []
    for at in columns:
        column = report.columns[at]
        cells = [column.title, *(shown(column.kind, row[at]) for row in report.rows[:most])]
        longest = max(len(word) for cell in cells for word in cell.split() or [""])
        widths.append(min(longest, _LONGEST_WORD) + _PADDING + (2 if column.kind is Kind.TEXT else 0))
    return widths


def chart_of(report: Report) -> list[cards.Element]:
    """How a whole is made up as a ring, when there are totals of more than one kind; else bars, row by row."""
    if report.chart is None or not report.rows:
        return []
    values = report.chart.values
    totals = report.total()
    if len(values) > 1 and totals:
        parts = [(report.columns[report.index(key)].title, totals[key]) for key in values]
        return [_ring(report, [(name, value) for name, value in parts if isinstance(value, int)]), *_bars(report)]
    return _bars(report)


def _ring(report: Report, parts: Sequence[tuple[str, int]]) -> cards.Element:
    return {
        "type": "Chart.Donut",
        "title": report.title,
        "data": [{"legend": name, "value": value} for name, value in parts],
        "fallback": cards.facts([(name, f"{value:,}") for name, value in parts]),
    }


def _bars(report: Report) -> list[cards.Element]:
    """One bar for each row with its name; of many rows by number, where they have one: titles are too long then."""
    assert report.chart is not None
    at = report.index(report.chart.values[0])
    rows = [report.rows[row] for row in report.chart.sums] or list(report.rows[:MOST_BARS])
    many = len(rows) > MOST_NAMED and report.columns[0].key == "row"
    label = 0 if many else report.index(report.chart.label)
    column = report.columns[at]
    pairs = [
        (shown(Kind.NUMBER, row[label]), round(value * 100, 1) if column.kind is Kind.SHARE else value)
        for row in rows
        if isinstance(value := row[at], int | float)
    ]
    if not many:
        return [cards.bars(column.title, pairs)]
    return [_numbered(column.title, report.columns[label].title, pairs)]


def _numbered(title: str, rows: str, pairs: Sequence[tuple[str, float]]) -> cards.Element:
    return {
        "type": "Chart.VerticalBar",
        "title": title,
        "xAxisTitle": rows,
        "yAxisTitle": title,
        "data": [{"x": name, "y": value} for name, value in pairs],
        "fallback": cards.words(say("chart-fallback"), quiet=True),
    }
