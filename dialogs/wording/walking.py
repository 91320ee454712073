"""The walk-through of the levels of need. It shows what is written and who decides; it never judges."""

SENTENCES: dict[str, str] = {
    "walk-title": "The levels of need, step by step",
    "walk-what": (
        "I show what documents describe at each level of need, and who decides. I keep nothing about anybody, and I do not "
        "score or judge: which level fits is for people to decide, not for me."
    ),
    "walk-which-domain": "Which part of a child's life is your worry about?",
    "walk-domain-words": "Type its number, or “stop”.",
    "walk-domain-line": "{name}: {about}",
    "walk-levels-title": "{domain}: what is described at each level",
    "walk-not-ours": (
        "{place}'s own descriptions are still to be confirmed by the partnership office. These are examples, not a checklist, "
        "and level numbers do not carry over between boroughs."
    ),
    "walk-level": "Level {number}: {name}",
    "walk-elsewhere": "Elsewhere in England, for example {whose}: {signs}.",
    "walk-from": "{whose}: {signs}.",
    "walk-undescribed": "No document that we hold describes this. It is to be confirmed by the partnership office.",
    "walk-which-level": "Which level do you want to read about?",
    "walk-level-words": "Type its number, “back” for another part of the child's life, or “stop”. If you are between two levels, read both, and talk to your own safeguarding lead.",
    "walk-end-title": "What the guidance says about level {number}: {name}",
    "walk-no-decision": "This describes the level. It decides nothing about any child.",
    "walk-do": "What to do now",
    "walk-who": "Who decides",
    "walk-acts": "Who acts at this level: {who}.",
    "walk-way": "The usual way from here",
    "walk-write": "What to write in a referral",
    "walk-write-where": "Write it on the referral form, never in this chat.",
    "walk-sources": "Where this comes from",
    "walk-to-confirm": "{what} are still to be confirmed by the partnership office.",
    "walk-to-confirm-level": "The level's name and who acts",
    "walk-to-confirm-way": "the way from here",
    "walk-to-confirm-write": "what belongs in a referral",
    "walk-after-words": "Type “article” for the whole guidance on this level, “next” or “back” for another level, or ask me anything about it.",
    "walk-go-on": "On the way through the levels of need you last read about level {number}: type “next” or “back” for another level, or “stop” to leave them.",
    "walk-left": "To come back to the levels of need, type: thresholds.",
    "walk-domain-unsure": (
        "The question only asks which descriptions to show first. No part is the wrong one, and a worry may touch all of "
        "them: type the number of the part that you know most about; from there “back” leads to the others. If you would "
        "rather talk it over, your own safeguarding lead is the one to ask, or type “ask a person”. To leave it, type “stop”."
    ),
    "walk-level-unsure": (
        "The question only asks which level's guidance you want to read; it decides nothing about any child. If you are "
        "between two levels, read both: type the number of one, then “next” or “back” for the other, and talk to your own "
        "safeguarding lead. “back” now leads to another part of the child's life, and “stop” leaves it."
    ),
    "walk-read-unsure": (
        "You need not be sure here: what you read describes a level and decides nothing. To compare it with another level, "
        "type “next” or “back”; for the whole guidance on it, “article”. Which level fits is for people to decide: talk to "
        "your own safeguarding lead, or type “ask a person”."
    ),
    "walk-stopped": "I have stopped. Nothing was kept.",
}
