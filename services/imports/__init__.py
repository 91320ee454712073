"""Files in: people, sessions, bookings, attendance and actions, from CSV or XLSX. Knows no command line and no chat."""

from services.imports.importing import import_file
from services.imports.layouts import OF_KIND
from services.imports.outcome import Fault, ImportKind, ImportReport, Progress, Stage

__all__ = ["OF_KIND", "Fault", "ImportKind", "ImportReport", "Progress", "Stage", "import_file"]
