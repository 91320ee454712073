"""The action plans' part of the router: which flow answers which verb, and who reads the answer to a question."""

from __future__ import annotations

from dialogs.actions import assigning, deciding, giving, item_answers, loosely, managing, managing_item, own_items
from dialogs.turn import AnswerReader, Flow

FLOWS: dict[str, Flow] = {
    "my-actions": own_items.my_actions,
    own_items.OPEN: managing_item.open_one,
    own_items.COMPLETE: own_items.complete,
    own_items.MORE_TIME: own_items.more_time,
    own_items.PROGRESS: own_items.progress,
    own_items.NOT_MINE: own_items.not_mine,
    own_items.SNOOZE: own_items.snooze,
    assigning.BATCH_OPEN: assigning.open_batch,
    assigning.BATCH_SAVE: assigning.save_batch,
    assigning.BATCH_SKIP: assigning.open_batch,
    deciding.REQUESTS: deciding.show_requests,
    deciding.GRANT: deciding.grant,
    deciding.REFUSE: deciding.refuse,
    managing.OVERVIEW: managing.overview,
    managing.LIST: managing.show_list,
    managing.GROUPS: managing.show_groups,
    managing_item.OPEN_AS_MANAGER: managing_item.open_one,
    managing_item.ASSIGN: managing_item.assign,
    managing_item.EXTEND: managing_item.extend,
    managing_item.CLOSE: managing_item.close,
    managing_item.RE_AUDIT: managing_item.re_audit,
    managing_item.TESTED: managing_item.tested,
    managing_item.EVENT: managing_item.event,
    managing_item.REOPEN: managing_item.reopen,
    managing_item.HISTORY: managing_item.show_history,
    managing_item.PACK: managing_item.pack,
}

EXPECTED: dict[str, AnswerReader] = {
    own_items.ITEMS: item_answers.choose,
    item_answers.LEFT_OUT: item_answers.said,
    loosely.NOTE: loosely.said_of_note,
    giving.GIVES: giving.said,
}
"""Who takes the answer to what was asked last."""
