"""Files in: people, sessions, bookings, attendance and actions, from CSV or XLSX. Knows no command line and no chat."""

from services.imports.importing import ATTENDANCE_SHARE, import_file
from services.imports.layouts import OF_KIND
from services.imports.outcome import Fault, ImportKind, ImportReport, Progress, Stage

__all__ = ["ATTENDANCE_SHARE", "OF_KIND", "Fault", "ImportKind", "ImportReport", "Progress", "Stage", "import_file"]
