"""Evaluations and action items."""

SENTENCES: dict[str, str] = {
    "no-evaluations": "You have no evaluation to complete. Thank you.",
    "evaluation-thanks": "Thank you. Your answers are kept, and you will not be reminded of this again.",
    "evaluation-next": "Question {number} of {total}: {question}",
    "evaluation-why": "Your answers show the partnership whether its training changes practice.",
    "evaluation-words": "Answer one question at a time, or type stop. Your certificate follows the impact evaluation (to be confirmed by the partnership office).",
    "answer-misfit": "That does not fit the question.",
    "evaluation-stopped": "I have stopped. Nothing was kept; type evaluate to start again.",
    "no-actions": "You have no open actions. Thank you.",
    "no-overdue": "Nothing is overdue.",
    "reports-for-office": "Reports are made with the command “report”, or by the partnership office. In this chat I can show overdue actions: type overdue.",
}
