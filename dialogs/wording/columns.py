"""What each column of an import file holds, by kind of file and key of the column: for docs/imports.md."""

KINDS: dict[str, str] = {
    "people": "Who somebody is, by work e-mail address. Import people first: bookings and actions name them by it.",
    "sessions": "Dated events of the courses of the partnership's list, past and to come, by your own reference.",
    "bookings": "Who is, or was, booked on which session. Nobody is told of it; reminders follow by themselves.",
    "attendance": (
        "Who came. A register in this form, or the attendance report that Teams makes, as it comes: name the session with "
        "`--session REF`, or put its reference into the file's name."
    ),
    "actions": (
        "Items of action plans, by reference. Only the first three columns are needed; an owner and a due date make that "
        "somebody is reminded."
    ),
}

EXAMPLES: dict[str, str] = {
    "people": (
        "email,name,agency,job title,line manager email,roles\n"
        "bob.sample@example.org,Bob Sample,Primary school,Headteacher,,practitioner\n"
        "alice.example@example.org,Alice Example,Primary school,Deputy head,bob.sample@example.org,dsl"
    ),
    "sessions": (
        "session ref,course,date,starts,ends,capacity,mode,venue,trainer\n"
        "DA-1,Drug Awareness,14/03/2025,10:00,12:00,20,online,,Tilda Testerton\n"
        'IN-1,Introduction to Multi-Agency Safeguarding,11/03/2025,9.30am,3.30pm,16,in person,"Room 2, Example House",'
    ),
    "bookings": (
        "session ref,email,status,booked on\n"
        "DA-1,alice.example@example.org,booked,20/01/2025\n"
        "DA-1,bob.sample@example.org,booked,21/01/2025"
    ),
    "attendance": (
        "session ref,email,attended\nDA-1,alice.example@example.org,yes\nDA-1,bob.sample@example.org,did not attend"
    ),
    "actions": (
        "ref,plan,action,lead agency,owner email,due date,status\n"
        "EX-01,Example audit,Check how referrals are recorded,Primary school,alice.example@example.org,30/06/2027,open\n"
        "EX-02,Example audit,Share the findings with every agency,,,Summer 2027,open"
    ),
}
"""A small file of each kind, which a test imports one after the other."""

_REF = "The reference of the session, as in the sessions file"
_PERSON = "The work e-mail address of somebody who is known: import people first"

MEANINGS: dict[str, dict[str, str]] = {
    "people": {
        "email": "The work e-mail address: who has it is one person, also when the file is imported again",
        "previous": "The address they had before, where it has changed",
        "name": "The whole name; or the two columns first name and last name",
        "first": "First name, where the name is in two columns",
        "last": "Last name, where the name is in two columns",
        "agency": "An agency or kind of organisation of the partnership's list (`agencies.csv`), by its name or id",
        "job": "Job title",
        "manager": "The work e-mail address of the line manager, who is known or in the same file",
        "roles": "practitioner, dsl, trainer, manager or admin; several with semicolons between",
        "owner_of": "Roles that own guidance (`owners` in `partnership.toml`); several with semicolons between",
        "active": "yes or no; no for who has left",
        "object_id": "The id by which Microsoft Entra knows them; not needed where sign-in names are work addresses",
        "tenant": "The Entra tenant of that id, unless the settings name exactly one",
    },
    "sessions": {
        "ref": "Your own reference, by which bookings and attendance name the session; up to 60 characters",
        "course": "A course of the partnership's list (`courses.csv`), by its title, id or another name it goes by",
        "date": "The day: 14/03/2027, 2027-03-14 or 14 March 2027. Needed unless starts and ends hold day and time",
        "starts": "The time: 09:30 or 9.30am; or day and time in one, 14/03/2027 09:30",
        "ends": "The same for the end",
        "end_date": "The last day, where the session ends on another",
        "capacity": "The number of places, from 1",
        "mode": "online or in person; in person if only a venue is given, else online",
        "venue": "Where it is held; empty if online",
        "link": "The link to join, beginning with https://",
        "trainer": "The trainer's name as they have it in the people file: they see who comes, and mark attendance",
        "state": "open or cancelled; open if left out",
        "reason": "Of a cancelled one: trainer unavailable, too few booked, weather or other",
    },
    "bookings": {
        "ref": _REF,
        "email": _PERSON,
        "status": "booked, waiting, cancelled, attended or did not attend; booked if left out",
        "booked_on": "The day of the booking, with or without a time",
        "cancelled_on": "The day of the cancellation, for a booking that is cancelled",
        "reason": "Why it was cancelled, without names",
        "overbooked": "yes where more people were booked than there were places",
    },
    "attendance": {"ref": _REF, "email": _PERSON, "attended": "yes or no; also attended, did not attend, absent"},
    "actions": {
        "ref": "The item's own reference, such as BO-01; up to 40 characters",
        "plan": "An action plan of the partnership's list, by title or id, or the name of a new one",
        "action": "What is to be done, without names",
        "kind": "recommendation, action, learning or done",
        "recommendation": "The recommendation or finding that it answers",
        "scope": "Whether it is local or national",
        "agency": "The agency that leads, by its name or id in `agencies.csv`",
        "lead_named": "The group or post that the document names as the lead",
        "owner": "The work e-mail address of the owner, who is known; other words are kept as a post",
        "owner_role": "The post that owns it, where no person is named",
        "milestones": "The steps on the way",
        "measure": "How it is measured",
        "due": "The day; words such as Spring 2024 are kept, but nobody can be reminded of them",
        "due_text": "What the document says of the date",
        "due_kind": "How it is due, where its words leave that open: period, recurring, relative, done or unknown",
        "period_ends": "The last day of the period in which it is due",
        "every": "How often it comes back: 6 weeks, 12 months",
        "after": "How long after an event it is due: 6 weeks",
        "after_event": "The event that this is counted from",
        "anchored_on": "The day of that event",
        "state": "open, done or closed; done needs evidence",
        "progress": "How it is going, without names",
        "evidence": "What shows that it is done: a document, a date, a figure",
        "impact": "What has changed by it",
        "re_audit_on": "The day on which it is to be tested again",
        "tested_on": "The day on which it was tested again",
        "completed_on": "The day on which it was done",
        "source": "The document that it comes from",
        "heading": "The section of that document",
    },
}
