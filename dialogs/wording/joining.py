"""Joining details and what stands in people's calendars."""

SENTENCES: dict[str, str] = {
    "joining-when": "When: {when}",
    "joining-where": "Where: {where}",
    "joining-link": "Join here: {link}",
    "joining-link-later": "The link to join will follow from the partnership office.",
    "joining-trainer": "Trainer: {trainer}",
    "invitation-title": "You are booked: {course}",
    "invitation-changed-title": "Changed details: {course}",
    "invitation-cancelled-title": "Out of your calendar: {course}",
    "invitation-first": "These are your joining details.",
    "invitation-changed": "Something about this session has changed. These details replace the earlier ones.",
    "invitation-cancelled": "You no longer have a place on {course}, {when}. Open the attached file to take it out of your calendar.",
    "invitation-file": "Open the attached file to put it into your calendar, or to bring the entry there up to date.",
    "invitation-cannot-come": "If you cannot come, type cancel in your chat with the bot in Microsoft Teams, so that somebody else can have your place.",
}
