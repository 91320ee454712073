"""Everything held about one person, for that person: as JSON, and as a zip with a table for each kind of record."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.errors import NotFound
from services.reports.writing import harmless
from services.work import Work


@dataclass(frozen=True, slots=True)
class SubjectExport:
    """One person's records by table, as they stood at `made_at` (UTC)."""

    email: str
    made_at: datetime
    records: Mapping[str, Sequence[Mapping[str, Any]]]


async def export_subject(work: Work, email: str, *, now: datetime, actor_id: int | None = None) -> SubjectExport:
    """Collect everything about the person with this work e-mail, active or not, and record that it was exported.

    Raises `NotFound` when nobody has this address. The caller commits.
    """
    person = await work.people.by_email(email)
    if person is None:
        raise NotFound("subject-unknown", email=email.strip()[:80])
    records = await work.subjects.everything(person)
    await work.events.record("exported", ("person", person.id), at=now, actor_id=actor_id)
    return SubjectExport(person.email or email, now, records)


def to_json(export: SubjectExport) -> str:
    """One document with every record, moments as ISO 8601 in UTC."""
    whole = {"subject": export.email, "made_at": export.made_at.isoformat(), "records": export.records}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain)


def to_zip(export: SubjectExport) -> bytes:
    """The JSON, and each kind of record as a CSV."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.json", to_json(export))
        for name, rows in export.records.items():
            archive.writestr(f"{name}.csv", _csv(rows))
    return out.getvalue()


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(rows[0].keys())
    writer.writerows([[_cell(value) for value in row.values()] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return harmless(json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(_plain(value)))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
