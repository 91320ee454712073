"""Reports in chat: a table with a chart, for the office. As files they come from the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs import cards
from dialogs.office import charts, verbs
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import SENTENCES, say
from services.model import Role
from services.reports import NAMES, report

_ASKED = re.compile(r"(?:please |show (?:me )?(?:the )?)*reports?\b(?P<rest>[\w\s/-]*)\W*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?P<first>(?:20)?\d\d)(?:\s?[-/]\s?(?P<last>(?:20)?\d\d))?(?!\d)")
_TURNED = re.compile(
    r"(?:please |can (?:i|you) (?:have|see|get|show|give|send)(?: me)? |(?:i )?(?:need|want) |show (?:me )?"
    r"|get (?:me )?|give (?:me )?|the |a )*(?P<name>[\w\s/-]+?) reports?"
    r"(?P<year>(?: (?:for|of|in))?(?: the)?(?: year)? (?:20)?\d\d(?:\s?[-/]\s?(?:20)?\d\d)?| (?:for )?this year)?"
    r"(?: (?:please|pls|plz|thanks))*",
    re.IGNORECASE,
)
"""`attendance report`, `training report for 2025-26`."""
_FILED = re.compile(
    r"(?:please |can (?:i|you) (?:please )?|could (?:i|you) )*"
    r"(?:send|e-?mail|export|download|give|get|have|show)(?: me)?"
    r"(?: the| a| my)? (?P<name>[\w\s-]+?)(?: list| report| figures)?"
    r" (?:in|as|to|into|by)(?: an?)? (?:excel|xlsx?|csv|spread ?sheet)(?: file| format| sheet| document)?"
    r"(?: please)?\W*",
    re.IGNORECASE,
)
"""`send me the unanswered list in excel`."""
_BETWEEN = re.compile(r"--year|\b(?:for|of|on|in|the|this|year|financial)\b", re.IGNORECASE)
_QUESTIONS = (
    (
        re.compile(
            r"(?:how many|who (?:are|were) the|show(?: me)? the|list(?: the)?|any)(?: of the)? no[ -]?shows?"
            r"(?: (?:were there|have we had|do we have|did we have|so far|this year))*",
            re.IGNORECASE,
        ),
        "no-shows",
    ),
    (re.compile(r"who did(?: not|n't|nt) (?:turn up|show up|come|attend)(?: this year)?", re.IGNORECASE), "no-shows"),
    (
        re.compile(r"how many(?: people)? (?:did|have) we train(?:ed)?(?: this year| so far)*", re.IGNORECASE),
        "training",
    ),
)
"""What a report answers, asked without its name."""
YEARS = 4
_LOGS = frozenset({"a", "an", "my", "this"})
"""`report a challenge` asks for no figures: something is to be reported."""
_LITTLE = frozenset({"and", "by", "in", "of", "on", "the", "to", "other", "what", "list", "report"})


async def by_words(turn: Turn, text: str) -> Answer | None:
    """`report training 2022-23`, `report impact funnel for 22/23`; None for anything else."""
    if name := next((name for form, name in _QUESTIONS if form.fullmatch(text.replace("’", "'"))), None):
        return await show(turn.saying(verb=verbs.REPORT, name=name, year=""))
    if filed := _as_file(text):
        shown = await show(turn.saying(verb=verbs.REPORT, name=filed, year=""))
        return Answer((*shown.replies, Reply(say("report-as-file", name=filed))), shown.state)
    asked, turned = _ASKED.fullmatch(text), _TURNED.fullmatch(text)
    if asked is None and turned is None:
        return None
    rest = asked["rest"] if asked else " ".join(filter(None, turned.groups())) if turned else ""
    found = _YEAR.search(rest)
    rest = f"{rest[: found.start()]} {rest[found.end() :]}" if found else rest
    called = _BETWEEN.sub(" ", rest.lower()).replace("-", " ").split()
    name = named(called)
    if called and not name:
        return None
    return await show(turn.saying(verb=verbs.REPORT, name=name, year=_financial(found) if found else ""))


def _as_file(text: str) -> str:
    """The report that `send me the unanswered list in excel` asks for; empty for anything else."""
    found = _FILED.fullmatch(text)
    return named(found["name"].lower().replace("-", " ").split()) if found else ""


def named(called: Sequence[str]) -> str:
    """The report that goes by these words: by its name, by its title in the list, or by enough of either to mean no
    other ("impact evaluation", "cancelled"); empty for none. Pure."""
    slug, typed = "-".join(called), " ".join(called)
    exactly = [name for name in NAMES if name == slug] or [name for name in NAMES if _title(name).lower() == typed]
    if exactly or not _LOGS.isdisjoint(called):
        return exactly[0] if exactly else ""
    said = {_bare(word) for word in called} - _LITTLE
    known = {name: [_words(name), _words(_title(name))] for name in NAMES}
    whole = [name for name, ways in known.items() if said and said in ways]
    part = [name for name, ways in known.items() if said and any(said <= way for way in ways)]
    found = whole or part
    return found[0] if len(found) == 1 else ""


def _words(name: str) -> set[str]:
    return {_bare(word) for word in re.findall(r"[a-z]+", name.lower())} - _LITTLE


def _bare(word: str) -> str:
    """A word without the plural: `evaluations` is `evaluation`."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _financial(found: re.Match[str]) -> str:
    """A year as reports are called by it; a single one is the year that begins in its April."""
    first = int(found["first"]) % 100
    return f"20{first:02}-{found['last'][-2:] if found['last'] else f'{(first + 1) % 100:02}'}"


async def offer(turn: Turn) -> Answer:
    """Words about reports that name none that there is: the choice of them for the office, the way for others."""
    if turn.person is not None and turn.person.has(Role.MANAGER):
        return _choice(turn)
    return answer(Reply(say("reports-for-office"), suggestions=("overdue",)))


async def show(turn: Turn) -> Answer:
    """The report that is named, or the choice of them."""
    turn.known(Role.MANAGER)
    name = turn.field("name")
    if not name:
        return _choice(turn)
    made = await report(turn.work, turn.rules, name, year=turn.field("year") or None, now=turn.now, say=say)
    plain = charts.in_words(made)
    card = charts.report_card(made, plain, [cards.button("Other reports", verbs.REPORT)])
    return answer(Reply(plain, card))


def _choice(turn: Turn) -> Answer:
    years = _years(turn)
    names = [(_title(name), name) for name in NAMES]
    body = [
        cards.title(say("report-which")),
        cards.filled(cards.choice_input("name", "Report", names), NAMES[0]),
        cards.filled(cards.choice_input("year", "Year, April to March", [(one, one) for one in years]), years[0]),
    ]
    plain = "\n".join([say("report-which"), *(f"- report {name}" for name in NAMES), say("report-year-hint")])
    show_it = cards.button("Show it", verbs.REPORT, style="positive")
    return answer(Reply(plain, cards.card(body, [show_it], fallback=plain)))


def _title(name: str) -> str:
    """What a report is called in the list. A new one without words of its own goes by its name."""
    key = f"report-name-{name}"
    return say(key) if key in SENTENCES else name.replace("-", " ").capitalize()


def _years(turn: Turn) -> list[str]:
    """This year and those before, and every year whose published figures the pack holds; newest first."""
    today = turn.today
    newest = today.year - (today.month < 4)
    recent = {f"{year}-{(year + 1) % 100:02}" for year in range(newest, newest - YEARS, -1)}
    return sorted(recent | set(dict(turn.rules.pack.history)), reverse=True)
