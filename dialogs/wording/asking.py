"""Who the bot is, what it says of itself, and what stands around an answer."""

SENTENCES: dict[str, str] = {
    # who we are
    "welcome-title": "Hello, I am {bot}",
    "welcome": (
        "I am a bot, not a person. I answer questions about safeguarding thresholds, referrals and escalation "
        "from the partnership's own guidance, with the source. I also book training and remind you of what is due."
    ),
    "no-case-details": "Please do not type names, dates of birth, addresses or any case details. I refuse them and do not store them.",
    "danger-999": "If somebody is in danger now, call 999 first.",
    "help-title": "What I can do",
    "help-more": "You can also type:",
    "help-places": "courses, waiting list, accept, decline, change my booking, cancel, my interests, my certificates: training, and what comes of it",
    "help-challenges": "escalate, my challenges: disagreements between agencies",
    "help-questions": "my questions: what you asked a person",
    "help-experts": "open questions: what waits for an answer from you",
    "help-leads": "book dsl forum for a colleague: places for people at your agency",
    "help-trainers": "who is on my course: the people on your sessions; attendance: mark who came to your sessions",
    "help-office": "office, sessions, report: training and its figures",
    "help-plans": "actions, overdue, unowned, requests: action plans, and what their owners ask",
    "help-week": "digest, forward plan, unreachable, uncertain: what was sent, and what comes next",
    "help-manager": "challenges, unanswered, owners, charges: what else waits for you",
    "help-group": "Here I answer questions about guidance and show what training is on. Everything about you, such as bookings, actions, evaluations and questions to a person, works in our own chat: open a chat with me and type help there.",
    "help-stranger": "I do not find you in the partnership's directory, so I cannot book or log anything for you yet; you can ask me about guidance and see what training is on. To be added, ask your own safeguarding lead to tell:",
    "help": "You can type in your own words. Try one of these:",
    "empty": "I did not catch any words in that. Ask me a question, or type help to see what I can do.",
    "no-files": (
        "I take no pictures or files, and have kept none. Teams may still hold it: please delete it here. What to do with "
        "it is for your own agency's recording policy; ask your safeguarding lead if you are unsure. You can ask me in "
        "general words, without names or details."
    ),
    "no-files-indecent": (
        "Do not look at, copy, save, print or pass on an indecent picture of a child: tell your safeguarding lead at once."
    ),
    "no-files-hurt": "If a child is hurt or in danger now, call:",
    "form-of-topic": "I cannot send files. This is what the guidance says of the form ({title}):",
    "form-on-card": "That opens a form on the card above: please fill it in there. The message above also says what to type instead, where it can be typed.",
    "too-long": "That is too long for me to read ({length:,} characters). Please ask in a sentence or two, without case details.",
    # beneath a field of a card that was sent empty
    "field-needed": "Please write a few words here.",
    "field-choice-needed": "Please choose one.",
    "field-day-needed": "Please choose a day.",
    "field-later-day-needed": "Please choose a day after today and after the present date.",
    # beside the point
    "hello": "Hello.",
    "you-are-welcome": "You are welcome. Ask me anything else, or type help to see what I can do.",
    "sorry": "I am sorry that I was no help. Tell me in a few words what you are looking for, or type help to see what I can do.",
    "sorry-person": "I can also put your question to a person: type ask a person.",
    "good": "Good. Ask me anything else, or type help to see what I can do.",
    "nothing-asked": "I am not waiting for a yes or a no just now. Ask me a question, or type help to see what I can do.",
    "nothing-to-stop": "Nothing is under way, so there is nothing to stop. Ask me a question, or type help to see what I can do.",
    "take-your-time": "Take your time.",
    "said-above": "My last message is just above.",
    "all-of-it": "That was all of “{title}” that the partnership has given me.",
    "all-of-it-here": "In our own chat I show all of “{title}”: also what to do and who decides.",
    "near-it": "These pages are near it:",
    "ask-in-words": "Or ask me in a few words what you would like to know.",
    "still-asked": "I am still waiting for your answer to what I asked; type stop to leave it.",
    "form-left-card": "I did nothing with what you had filled in, and kept none of it.",
    "form-left": "Your answers so far were not kept.",
    "form-put-by": "Your answers to the evaluation so far are kept, but not sent: type evaluate to carry on with it.",
    "left-both": "You have left an evaluation and a challenge half done. Type evaluate, or log a challenge.",
    "form-put-by-challenge": "Your answers so far are kept, but no challenge is logged: type log a challenge to carry on with it.",
    "asked-before": "I had asked you something else before that, and have done nothing about it. If you still want it, please ask for it again.",
    "form-left-impact": "The impact is not recorded: type my challenges to come back to it.",
    "say-which": "Please say which, or answer what I asked: press its button, type its number or a few words, or type stop to leave it.",
    "number-not-listed": "That is not the number of anything I have just listed. Type one of the numbers shown, or help to see what I can do.",
    # understanding
    "unsure": "I am not sure which guidance you need. Is it one of these?",
    "nothing-near": "I have no guidance that fits that. You can rephrase it in a few words, or ask a person:",
    "out-of-scope": (
        "I can only help with safeguarding guidance, training and the partnership's actions in {place}. "
        "For anything else, please ask your own organisation."
    ),
    "out-of-scope-person": "If it is about safeguarding after all, I can put it to a person: type ask a person.",
    "identifiable": (
        "Your message looks as if it could identify somebody ({kinds}). I have not stored it or passed it on, "
        "but Teams may still hold it: please delete it. Please ask again in general terms, for example “a child in year 4”. "
        "To talk about a particular person, phone the right team:"
    ),
    "identifiable-staff": "About a colleague or volunteer who may have harmed a child, tell the LADO as well:",
    "emergency-title": "Call 999 now if somebody is in danger",
    "emergency-then": "When they are safe, tell:",
    "command-elsewhere": "I take this to be the command “{command}”. Type it in the chat, where I know who you are.",
    "thanks-helpful": "Thank you. I am glad it helped.",
    "thanks-unhelpful": "Thank you for telling me. The partnership office will see that this answer did not help.",
    "unhelpful-phone": "You can also phone:",
    "unhelpful-person": "Or I can put your question to a person: type ask a person.",
    "sources-all": "All {count} sources",
    "sources-in-chat": "The full answer has all {count} sources.",
    "rest-in-chat": "What to do now, who decides and the rest: ask me the same in our own chat, where I show the full answer.",
    "sources-ours": "Where this comes from",
    "sources-elsewhere": "What other areas do, for comparison: not the rule here",
    "not-approved": "Drafted from the sources named here; the partnership has still to approve it.",
    "past-review": "This guidance was due for review on {due}. Check with its owner before you rely on it: {owner}.",
    "to-be-confirmed": "To be confirmed by the partnership office",
    "ask-whole": "In a channel I keep nothing of what was said before. Please ask the whole question in one message, or open a chat with me.",
    "own-chat-only": "I do that only in our own chat, where nobody else reads along. Please open a chat with me and type it there.",
    "personal-only": "That is about you personally, so I only show it in our own chat. Please open a chat with me and ask there.",
}
