"""Courses, sessions, bookings, waiting lists."""

SENTENCES: dict[str, str] = {
    "no-sessions": "No dates are open for {course} at the moment. I can only book dates that the partnership office has published.",
    "no-sessions-at-all": "No training dates are open at the moment. The partnership office publishes them here.",
    "which-course": "Which course would you like? These have open dates:",
    "booked": "You are booked on {course}, {when}.",
    "booked-again": "You already have a place on {course}, {when}. Nothing has changed.",
    "waiting": "{course} on {when} is full. You are number {position} on the waiting list. I will tell you at once if a place comes free.",
    "waiting-again": "You are already on the waiting list for {course}, {when}: number {position}.",
    "offered-again": "You have been offered a place on {course}, {when}. Please accept or decline it by {until}.",
    "offer-accepted": "The place is yours: {course}, {when}.",
    "cancel-which": "Which booking would you like to cancel?",
    "cancel-not-booked": "You are not booked on {course}{when}.",
    "cancel-nothing-then": "Nothing is booked{when}.",
    "cancel-what-is-booked": "This is what is booked. To cancel one of these, type its number.",
    "yes-or-no": "I could not tell whether that is a yes or a no, so nothing has changed. Please type yes or no.",
    "cancel-sure": "Cancel your place on {course}, {when}?",
    "leave-sure": "Leave the waiting list for {course}, {when}?",
    "declined": "Thank you for saying so. The place on {course}, {when}, goes to the next person.",
    "cancel-late-free": "This is less notice than the partnership asks for, so it counts as a late cancellation. There is no charge.",
    "cancel-late": (
        "This is less notice than the partnership asks for, so it counts as a late cancellation. "
        "Whether there is a charge is to be confirmed by the partnership office."
    ),
    "cancelled": "Your place on {course}, {when}, is cancelled. Thank you for saying so: it can go to somebody else.",
    "left-waiting-list": "You are off the waiting list for {course}, {when}.",
    "cancelled-again": "That booking was already cancelled. Nothing has changed.",
    "nothing-to-cancel": "You have nothing booked, so there is nothing to cancel.",
    "no-bookings": "You have nothing booked. Type courses to see what is coming up.",
    "nothing-booked": "I have booked nothing.",
    "waiting-title": "Your waiting lists",
    "waiting-words": "To leave one, type cancel and the name of its course.",
    "not-waiting": "You are not on a waiting list. Type my bookings to see your places, or courses to see what is coming up.",
    "kept": "Nothing has changed. You still have your place.",
}
