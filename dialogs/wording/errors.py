"""The codes of `services.errors`, each with what to do next."""

SENTENCES: dict[str, str] = {
    "stranger": (
        "The partnership does not know you yet, so I cannot do that for you. "
        "Your own safeguarding lead can ask the partnership office to add you. You can still ask me about guidance."
    ),
    "role-missing": "That is for people with another role in the partnership. If you should have it, ask the partnership office.",
    "manager-only": "Only the partnership manager can do that.",
    "stale-card": "That card is out of date. Type my bookings or my actions to see how things stand now.",
    "answered-already": "I have answered this already.",
    "unknown-verb": "That button is from an older version of me. Type help to see what I can do now.",
    "session-unknown": "I cannot find that date any more. Type courses to see what is open.",
    "session-cancelled": "That date has been cancelled by the partnership office. Type courses to see other dates.",
    "session-begun": "That session has already begun, so its bookings cannot be changed here. Please contact the partnership office.",
    "booking-unknown": "I cannot find that booking. Type my bookings to see yours.",
    "offer-over": "That offer has run out: the place is not kept for you any more, and you are off the waiting list for that date. If you still want to go, type book and the name of the course.",
    "evaluation-unknown": "I cannot find that form. Type evaluate to see what is waiting for you.",
    "evaluation-empty": "Nothing was filled in, so nothing was kept. Please answer at least one question.",
    "answer-too-long": "That is longer than I can keep ({longest:,} characters). Please shorten it.",
    "answer-identifies-in": "Your answer to “{question}” looks as if it could identify somebody, so I have kept nothing. Please write it without names or details, and send the form again.",
    "evaluation-incomplete": "I have kept nothing yet, because what you send cannot be changed. Please answer as well: {questions}",
    "answer-identifies": "That looks as if it could identify somebody, so I have kept nothing. Please write it without names or details.",
    "action-unknown": "I cannot find that action among yours. Type my actions to see them.",
    "action-closed": "That action is closed already. Type my actions to see what is open.",
    "evidence-missing": "Please say what shows that it is done: a document, a date, a figure. Nothing has changed.",
    "progress-missing": "Please write a line on how it is going. Nothing has changed.",
    "reason-missing": "Please say why more time is needed. Nothing has changed.",
    "more-time-not-later": "Please choose a date after today and after the present due date.",
    "question-missing": "Please type your question first. I have sent nothing.",
    "answer-missing": "Please type your answer first. I have sent nothing.",
    "question-unknown": "I cannot find that question. Type my questions for those you asked, or open questions for those you can answer.",
    "group-unknown": "I do not know that group. Nothing has changed.",
    "topic-unknown": "I have no guidance with that title. Nothing has changed.",
    "bad-date": "I could not read that date. Please write it like 14 March 2027.",
    "day-missing": "Please choose a day. Nothing has changed.",
    "day-to-come": "{coming} is still to come, so it cannot have happened then. If you mean {past}, please type it with its year; otherwise type the day it was.",
    "day-ahead": "I count from the day on which it happened, and “{said}” is still to come. Please say it again with the day it was.",
    "day-uncounted": "I can only count from a day in the last twelve months, and “{said}” is not one. Please say it again with the day on which it happened.",
    "day-misfit": "The day and the date do not fit: {day} is not a {said}. Do you mean {day} or {other}? Please say it again with the right one.",
    "store-away": "I cannot reach my records just now, so nothing was changed. Please try again in a few minutes. If somebody is in danger, call 999.",
    "no-identity": (
        "I cannot tell who you are: guests and anonymous visitors have no account that I can recognise, so I cannot "
        "help you here. Please use your own work account, or contact the partnership office. "
        "If somebody is in danger, call 999."
    ),
    "went-wrong": "Something went wrong on my side, and nothing was changed. Please try again; if it happens twice, tell the partnership office. If somebody is in danger, call 999.",
}
