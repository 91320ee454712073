"""The questions part of the router: which flow answers which verb, and who reads the answer to a question."""

from __future__ import annotations

from dialogs.guidance import replies
from dialogs.questions import answering, handing, in_words, owners, suggesting, tickets
from dialogs.turn import AnswerReader, Flow

FLOWS: dict[str, Flow] = {
    handing.ASK: handing.ask,
    handing.SEND: handing.send,
    handing.MINE: handing.mine,
    tickets.HELPED: handing.helped,
    tickets.NOT_HELPED: handing.not_helped,
    tickets.WITHDRAW: handing.withdraw,
    tickets.SHOW: answering.show,
    answering.INBOX: answering.inbox,
    tickets.OPEN: answering.open_one,
    tickets.TAKE: answering.take,
    tickets.ANSWER: answering.send,
    tickets.GIVE_BACK: answering.give_back,
    tickets.SUGGEST: suggesting.suggest,
    tickets.PASS_ON: answering.pass_on,
    owners.OWNERS: owners.show,
}

EXPECTED: dict[str, AnswerReader] = {
    replies.TOPICS: handing.after_topics,
    handing.QUESTION: handing.typed_question,
    tickets.ANSWERING: in_words.typed_answer,
    suggesting.WHICH: suggesting.said_which,
}
"""Who takes the answer to what was asked last."""
