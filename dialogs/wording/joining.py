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
    "invitation-cancelled": "You no longer have a place on {course}, {when}.",
    "invitation-cancelled-file": "Open the attached file to take it out of your calendar.",
    "invitation-file": "Open the attached file to put it into your calendar, or to bring the entry there up to date.",
    "invitation-cannot-come": "If you cannot come, type cancel in your chat with the bot in Microsoft Teams, so that somebody else can have your place.",
    "calendar-comes": "A calendar file comes to your work e-mail.",
    "calendar-by-mail": "The calendar file comes by e-mail, with your joining details: open it there to put the date into your calendar. If the date changes or you cancel, another file comes that puts the entry right. I cannot attach files here. To see when and where, type my bookings.",
    "calendar-no-mail": "I cannot send calendar files, because no e-mail goes out from here. Please put the date into your calendar yourself: type my bookings to see when and where.",
    "calendar-no-address": "I have no e-mail address for you, so I cannot send you a calendar file. Please put the date into your calendar yourself: type my bookings to see when and where. The partnership office can add your address.",
}
