"""What is sent unasked."""

SENTENCES: dict[str, str] = {
    "digest-title": "{count} things for {day}",
    "evaluation-invite": "You attended {course} on {day}. Please take a few minutes to tell us what it has changed: this is your {form}.",
    "evaluation-invite-course": "You attended {course} on {day}. How was it? A few short answers are enough: this is your {form}.",
    "evaluation-reminder": "A reminder: your {form} for {course} ({day}) is still open. A few short answers are enough.",
    "evaluation-final": "Last reminder: your {form} for {course} ({day}) is still open. After this, the partnership office will see it as not answered.",
    "evaluation-final-first": "You attended {course} on {day}, and your {form} is still open. Please take a few minutes to tell us what it has changed. I will not ask again: after this, the partnership office will see it as not answered.",
    "evaluation-snoozed": "You asked me to remind you: your {form} for {course} ({day}) is still open.",
    "comment-invite": "{who} attended {course} on {day} and has answered the impact evaluation. As line manager, have you seen a difference? One or two short answers are enough.",
    "comment-reminder": "A reminder: your comment as line manager on what {who} learnt at {course} ({day}) is still open. It takes a minute.",
    "comment-snoozed": "You asked me to remind you: your comment as line manager on what {who} learnt at {course} ({day}) is still open.",
    "evaluation-to-manager": "{who} has not yet answered the {form} for {course} ({day}). Could you find them ten minutes for it?",
    "offer": "A place has come free on {course}, {when}. It is yours if you accept it by {until}; after that it goes to the next person. To answer, type accept or decline in our chat.",
    "session-soon": "{course} is {near}: {when}, {where}. If you cannot come, please say so: somebody else can have your place.",
    "why-this": "You get this because you are booked, trained or named for it. Everything for one day comes in one message.",
}
