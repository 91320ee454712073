"""The headings we know, for each kind of file. The first of each list is the one we recommend; more are welcome."""

from __future__ import annotations

from services.imports.columns import Column, Layout
from services.imports.outcome import ImportKind

_EMAIL = ("email", "e-mail", "email address", "e-mail address", "work email", "delegate email", "user email")
_REF = (
    "session ref",
    "session reference",
    "session",
    "session id",
    "event ref",
    "event reference",
    "event code",
    "event id",
    "course code",
    "course reference",
    "reference",
    "ref",
)
_COURSE = ("course", "course id", "course title", "course name", "event title", "event name", "event", "title")
_STATUS = ("status", "booking status", "state", "booking state")
_OBJECT_ID = (
    "object id",
    "objectId",
    "entra object id",
    "entra id",
    "azure ad object id",
    "aad object id",
    "user object id",
    "id",
)
_PLACES = (
    "capacity",
    "places",
    "max places",
    "maximum places",
    "max delegates",
    "maximum delegates",
    "maximum",
    "max",
)

PEOPLE = Layout(
    columns=(
        # The last ones are how Entra heads the columns of the users that it exports.
        Column("email", (*_EMAIL, "mail", "user principal name", "userPrincipalName")),
        Column("previous", ("previous email", "previous e-mail", "old email", "old e-mail", "former email")),
        Column("name", ("name", "full name", "delegate name", "delegate", "display name", "person", "displayName")),
        Column("first", ("first name", "forename", "given name", "firstname", "givenName")),
        Column("last", ("last name", "surname", "family name", "lastname")),
        Column("agency", ("agency", "agency id", "organisation type", "organisation", "organization", "employer")),
        Column("job", ("job title", "job role", "position", "post", "jobTitle")),
        Column("manager", ("line manager email", "line manager e-mail", "manager email", "manager e-mail")),
        Column("roles", ("roles", "bot roles")),
        Column("owner_of", ("answers for", "owner roles", "owner role", "owner of")),
        Column("active", ("active", "status", "account status")),
        Column("object_id", _OBJECT_ID),
        Column("tenant", ("tenant", "tenant id", "tenantId", "directory id", "entra tenant id", "azure ad tenant id")),
    ),
    needs=(("email",), ("name", "last")),
)

SESSIONS = Layout(
    columns=(
        Column("ref", _REF),
        Column("course", _COURSE),
        Column("date", ("date", "start date", "session date", "event date", "course date")),
        Column("starts", ("starts", "start time", "start", "from", "starts at", "time")),
        Column("ends", ("ends", "end time", "end", "finish time", "finish", "to", "ends at")),
        Column("end_date", ("end date", "finish date")),
        Column("capacity", _PLACES),
        Column("mode", ("mode", "delivery", "delivery method", "format", "type")),
        Column("venue", ("venue", "location", "place", "room")),
        Column("link", ("join link", "join url", "meeting link", "teams link", "link")),
        Column("trainer", ("trainer", "trainers", "tutor", "facilitator", "provider")),
        Column("state", ("status", "state", "event status", "session status")),
        Column("reason", ("cancellation reason", "cancelled because", "reason")),
    ),
    needs=(("ref",), ("course",), ("starts",), ("ends",), ("capacity",)),
)

BOOKINGS = Layout(
    columns=(
        Column("ref", _REF),
        Column("email", _EMAIL),
        Column("status", _STATUS),
        Column("booked_on", ("booked on", "booking date", "date booked", "booked at")),
        Column("cancelled_on", ("cancelled on", "cancellation date", "date cancelled", "cancelled at")),
        Column("reason", ("cancellation reason", "reason")),
        Column("overbooked", ("overbooked", "over capacity")),
    ),
    needs=(("ref",), ("email",)),
)

REGISTER = Layout(
    columns=(
        Column("ref", _REF),
        Column("email", _EMAIL),
        Column("attended", ("attended", "attendance", "present", "attendance status", "status")),
    ),
    needs=(("ref",), ("email",), ("attended",)),
)

TEAMS = Layout(
    columns=(
        Column("email", ("email", "e-mail")),
        Column("upn", ("participant id (upn)", "participant id", "upn")),
        Column("duration", ("in-meeting duration", "duration", "attendance duration")),
        Column("role", ("role",)),
        # Known and not read: see services.imports.teams.
        Column("name", ("name", "full name")),
        Column("joined", ("first join", "join time")),
        Column("left", ("last leave", "leave time")),
    ),
    needs=(("duration",), ("email", "upn"), ("role",)),
    one_part=True,
)

ACTIONS = Layout(
    columns=(
        Column("ref", ("ref", "reference", "id", "action ref", "action id", "number", "no")),
        Column("plan", ("plan", "plan id", "action plan", "review")),
        Column("action", ("action", "recommendation", "what", "description")),
        Column("kind", ("kind", "type")),
        Column("recommendation", ("recommendation", "finding")),
        Column("scope", ("scope", "local or national")),
        Column("agency", ("lead agency", "agency", "lead agency id", "responsible agency")),
        Column("lead_named", ("lead named", "lead", "responsible lead", "responsible group")),
        Column("owner", ("owner email", "owner e-mail", "owner", "responsible officer", "responsible person")),
        Column("owner_role", ("owner post", "owner role", "post holder", "post")),
        Column("milestones", ("milestones", "key milestones", "milestone", "how")),
        Column("measure", ("how it is measured", "desired outcome", "success measure", "measure", "how measured")),
        Column("due", ("due date", "due on", "due", "target date", "by when", "deadline")),
        Column("due_text", ("due text", "timescale")),
        Column("due_kind", ("due kind",)),
        Column("period_ends", ("period ends",)),
        Column("every", ("repeats every", "every", "frequency")),
        Column("after", ("due after", "after")),
        Column("after_event", ("counted from", "after event")),
        Column("anchored_on", ("counted from date", "event date")),
        Column("state", ("status", "state", "progress status")),
        Column("progress", ("progress", "progress note", "update", "comments")),
        Column("evidence", ("evidence", "outcome", "evidence of completion", "date completed and outcome")),
        Column("impact", ("impact", "impact and how measured", "difference made")),
        Column("re_audit_on", ("re audit date", "re-audit date", "re audit on", "re-audit")),
        Column("tested_on", ("re-audited on", "tested on")),
        Column("completed_on", ("completed on", "date completed", "completed", "completion date")),
        Column("source", ("source", "document")),
        Column("heading", ("heading", "section", "paragraph")),
    ),
    needs=(("ref",), ("plan",), ("action",)),
)

OF_KIND = {
    ImportKind.PEOPLE: PEOPLE,
    ImportKind.SESSIONS: SESSIONS,
    ImportKind.BOOKINGS: BOOKINGS,
    ImportKind.ATTENDANCE: REGISTER,
    ImportKind.ACTIONS: ACTIONS,
}
"""What people are told when they ask for a kind of file without naming one."""
