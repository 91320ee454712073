"""A whole partnership in a few lines, and ways to break it at a known line."""

from __future__ import annotations

from pathlib import Path

TOML = """\
[partnership]
id = "anytown"
place = "Anytown"
name = { value = "Anytown Partnership", status = "confirmed", source = "plan > 1" }
short = { value = "AP", status = "confirm", note = "Is it AP?" }
bot = "Bot"
local_scopes = ["anytown"]
[calendar]
country = "GB"
region = "ENG"
time_zone = "Europe/London"
working_week = ["mon", "tue", "wed", "thu", "fri"]
quiet_hours = { value = { starts = 18:00:00, ends = 08:00:00 }, status = "confirm" }
digest_at = { value = 08:30:00, status = "confirm" }
manager_digest_on = { value = "mon", status = "confirm" }
terms = { value = "unknown", status = "confirm" }
[[contacts]]
key = "emergency"
label = "Emergency"
purpose = "Danger now"
phones = ["999"]
status = "confirmed"
source = "plan > 2"
[[levels]]
number = 1
name = "No additional needs"
who_acts = "Everybody"
topic = "first"
status = "confirm"
[escalation]
name = { value = "Challenge", status = "confirm" }
subjects = { value = ["Thresholds"], status = "confirm" }
record = { value = ["What was said"], status = "confirm" }
[escalation.immediate_risk]
text = "Call 999 first."
contacts = ["emergency"]
status = "confirmed"
source = "plan > 3"
[[escalation.stages]]
number = 1
name = "Talk"
who = { value = "You", status = "confirm" }
limit = { value = "5 working days", status = "confirm" }
clock_starts = "disagreement"
notify = ["line-manager"]
topic = "first"
status = "confirm"
[[escalation.stages]]
number = 2
name = "Scrutiny"
who = { value = "The scrutineer", status = "confirm" }
limit = { value = "unknown", status = "confirm" }
clock_starts = "previous-outcome"
notify = ["scrutineer"]
topic = "first"
final = true
status = "confirm"
[booking]
notice_working_days = { value = 2, status = "confirm" }
no_show_charged = { value = true, status = "confirm" }
late_cancellation_charged = { value = false, status = "confirm" }
charge = { value = 25.50, status = "confirm" }
closes_working_days_before = { value = 1, status = "confirm" }
minimum_booked = { value = 5, status = "confirm" }
minimum_warning_working_days = { value = 10, status = "confirm" }
manager_approval = { value = false, status = "confirm" }
attended_share = { value = 0.75, status = "confirm" }
book_for_colleagues = { value = true, status = "confirm" }
certificate = { value = "after-attendance", status = "confirm" }
offers = { value = [{ from_days = 3, hours = 24 }, { from_days = 0, hours = 4 }], status = "confirm" }
[evaluation]
impact_opens = { value = "6 weeks", status = "confirm" }
impact_closes = { value = "8 weeks", status = "confirm" }
[[evaluation.questions]]
id = "used"
form = "impact"
text = "What have you used?"
kind = "text"
level = 3
status = "confirm"
[actions]
limit = { value = "6 months", status = "confirm" }
limit_applies_to = ["multi-agency-audit"]
limit_applies_beyond = { value = "unknown", status = "confirm" }
due_soon_days = { value = 30, status = "confirm" }
[[owners]]
key = "manager"
title = "Manager"
status = "confirm"
[[expert_groups]]
key = "everything"
name = "Everything"
groups = ["things"]
owner = "manager"
"""

_RAG = """\
[[actions.rag]]
state = "{state}"
colour = "grey"
meaning = "{state}"
status = "confirm"
"""
_LADDER = """\
[[ladders]]
kind = "{kind}"
title = "{kind}"
basis = "due-date"
status = "confirm"
steps = [
  {{ name = "first", at = "-1 week", to = ["owner"] }},
  {{ name = "then", at = "2 working days", every = "1 week", to = ["owner", "manager"] }},
]
"""
_RETENTION = """\
[[retention]]
record = "{record}"
keep = {{ value = "1 year", status = "confirm" }}
counted_from = "the end"
"""
_STATES = ("not-started", "on-track", "at-risk", "overdue", "complete", "tested")
_KINDS = (
    "course-evaluation impact-evaluation manager-comment session-reminder attendance action-item action-unowned "
    "re-audit article-review challenge-stage challenge-untimed challenge-impact question-ticket"
)
_RECORDS = "booking evaluation certificate action-item challenge notice question-ticket unanswered conversation person"

ARTICLE = """\
---
id: first
title: The first thing
group: things
owner: manager
status: confirm
reviewed_on: 2026-01-31
review_every: 12 months
contacts: [emergency]
related: [second]
sources:
  - {ref: plan, section: "1: why"}
asked:
  - what is the first thing
  - first thing
---
## In short
It is the first thing.

It comes before the second.

## What to do now
- Look at it.
- Think, and then
  act.

## Who decides
- You do.
"""

FILES = {
    "partnership.toml": TOML
    + "".join(_RAG.format(state=state) for state in _STATES)
    + "".join(_LADDER.format(kind=kind) for kind in _KINDS.split())
    + "".join(_RETENTION.format(record=record) for record in _RECORDS.split()),
    "topics.csv": "id,group,covers\nfirst,things,the first\nsecond,things,the second\n",
    "sources.csv": "id,title,scope,url\nplan,The plan,anytown,https://example.org/plan\nelse,Elsewhere,other-area,\n",
    "courses.csv": "id,title,kind,topics,core,duration,aliases,source,status\n"
    "basics,Basics,course,first; second,yes,,start; beginners,plan > 4,confirm\n"
    "forum,Forum,forum,second,no,2 hours,,plan > 4,confirmed\n",
    "agencies.csv": "id,name,sector\nschool,School,education\n",
    "action-plans.csv": "id,plan,plan_title,plan_kind,kind,action,lead_named,lead_agency,owner,due_text,due_kind,"
    "due_on,period_starts,period_ends,every,after,after_event,source,heading\n"
    "A-1,audit,The audit,multi-agency-audit,R,Do it,School,school,unknown,not stated,unknown,,,,,,,plan,5\n"
    "A-2,audit,The audit,multi-agency-audit,A,Do it often,School,,manager,monthly,recurring,,,,1 month,,,plan,5\n",
    "history/courses-2022-23.csv": "row,course,title,booked,attended,not_attended,source\n1,basics,Basics,5,4,1,plan\n",
    "guidance/first.md": ARTICLE,
    "guidance/second.md": ARTICLE.replace("id: first", "id: second")
    .replace("[second]", "[first]")
    .replace("first thing", "second thing"),
    "thesaurus.csv": "said,means\nnfa,no further action\n",
    "phrases.csv": "topic,phrase\nfirst,what comes first\n",
    "commands.csv": "command,phrase\nbook,a place for me\n",
    "out-of-scope.csv": "kind,phrase\nchat,hello\n",
}


class SmallPack:
    """A good pack in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Put `text` into a file of the pack."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """The line on which `text` first stands."""
        before, found, _ = (self.folder / name).read_text(encoding="utf-8").partition(text)
        assert found, f"{text!r} is not in {name}"
        return before.count("\n") + 1

    def change(self, name: str, old: str, new: str) -> int:
        """Replace the first `old` in a file, and return the line on which the replacement begins."""
        line = self.line(name, old)
        text = (self.folder / name).read_text(encoding="utf-8")
        self.write(name, text.replace(old, new, 1))
        return line
