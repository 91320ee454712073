"""Figures out: reports as typed tables, and as CSV, JSON and XLSX. Knows no command line and no chat."""

from services.reports.asking import Say
from services.reports.reporting import NAMES, report
from services.reports.table import Chart, Column, Kind, Report, Value
from services.reports.workbook import to_xlsx
from services.reports.writing import to_csv, to_json

__all__ = ["NAMES", "Chart", "Column", "Kind", "Report", "Say", "Value", "report", "to_csv", "to_json", "to_xlsx"]
