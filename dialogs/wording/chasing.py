"""Evaluations and action items."""

SENTENCES: dict[str, str] = {
    "no-evaluations": "You have no evaluation to complete. Thank you.",
    "evaluation-thanks": "Thank you. Your answers are kept, and you will not be reminded of this again.",
    "evaluation-next": "Question {number} of {total}: {question}",
    "evaluation-skip": "Type skip to leave it out.",
    "evaluation-attended": "You attended on {day}. Your answers show the partnership whether its training changes practice.",
    "evaluation-words": "Answer one question at a time, or type stop; type remind me to be asked again in a week.",
    "evaluation-back": "Your last answer is taken back.",
    "evaluation-changed": "I have changed your answer to question {number}.",
    "evaluation-goes-on": "Your answers so far are kept. This is what comes next.",
    "evaluation-words-certificate": "Your certificate: {rule}.",
    "evaluation-answered": "That form is in already. Thank you; nothing more is needed.",
    "evaluation-snoozed-until": "I will remind you on {day}. You can type evaluate at any time before then.",
    "comment-why": "{who} attended on {day} and has answered the impact evaluation. As line manager, please say briefly what you have seen since. It takes a minute.",
    "answer-misfit": "That does not fit the question.",
    "evaluation-stopped": "I have stopped. Nothing was kept; type evaluate to start again.",
    "no-actions": "You have no open actions. Thank you.",
    "no-overdue": "Nothing is overdue.",
    "reports-for-office": "Reports are made by the partnership office: ask them for the one you need. What I can show you is what you owe: type my actions or overdue.",
}
