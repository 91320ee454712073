"""Words for the manager's week, the forward plan and people out of reach: shared by the digest and the chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dialogs import dates
from dialogs.challenges.agencies import agency_name
from dialogs.wording import SENTENCES, say
from services.forward import Ahead, AheadKind
from services.model import OutOfReach
from services.notices.week_seen import WeekSeen
from services.owners import title_of
from services.related import WEEKS, Demand
from services.rulebook import Rulebook

NAMED = 5
"""How many people or dates are named in a paragraph; the rest are counted."""


def kind_name(kind: str) -> str:
    """A kind of notice as people call it."""
    key = f"notice-kind-{kind}"
    # the ledger may hold a kind that an earlier version knew
    return say(key) if key in SENTENCES else kind.replace("-", " ")


def by_kind(counts: Mapping[str, int]) -> str:
    """`action items: 4, session reminders: 12`, most first."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(say("week-by-kind", kind=kind_name(kind), count=count) for kind, count in ordered)


def by_day(counts: Mapping[date, int]) -> str:
    """`Mon 18 Jan 2027: 4, Tue 19 Jan 2027: 2`."""
    return ", ".join(say("week-by-day", day=dates.short_day(day), count=count) for day, count in sorted(counts.items()))


def week_lines(week: WeekSeen, rules: Rulebook) -> list[str]:
    """The week in paragraphs."""
    sent = sum(week.sent.values())
    lines = [
        say("week-sent", total=sent, kinds=by_kind(week.sent) + ".") if sent else say("week-sent-nothing"),
        say("week-answered", answered=week.answered, done=week.done),
        say("week-late", items=week.items_overdue, evaluations=week.evaluations_late),
    ]
    wrong = {state.value: count for state, count in week.went_wrong.items()}
    if any(wrong.values()):
        lines.append(say("week-wrong", **{state: wrong.get(state, 0) for state in ("missed", "failed", "blocked")}))
    if week.superseded:
        lines.append(say("week-superseded", count=week.superseded))
    if week.uncertain:
        lines.append(say("week-uncertain", count=week.uncertain))
    if week.failed:
        lines.append(say("week-failed", count=week.failed))
    lines.append(_reach_line(week.unreachable))
    lines += _coming_lines(week)
    if week.ahead:
        lines.append(say("week-ahead", lines="; ".join(ahead_lines(week.ahead[:NAMED], rules))))
    if week.unanswered:
        lines.append(say("week-unanswered", count=week.unanswered, weeks=WEEKS))
    lines += [demand_line(one) for one in week.demand[:NAMED]]
    return lines


def demand_line(one: Demand) -> str:
    """One topic that is asked about often without training on offer."""
    titles = ", ".join(course.title for course in one.courses)
    courses = say("demand-courses", courses=titles) if titles else say("demand-no-course")
    lack = say("demand-full", day=dates.day(one.full_on)) if one.full_on else say("demand-no-date")
    return say("demand-line", title=one.title, count=one.asks, weeks=WEEKS, lack=lack, courses=courses)


def _reach_line(people: Sequence[OutOfReach]) -> str:
    if not people:
        return say("week-unreachable-none")
    more = len(people) - NAMED
    names = ", ".join(one.name for one in people[:NAMED])
    return say("week-unreachable", who=f"{names} and {more} more" if more > 0 else names)


def _coming_lines(week: WeekSeen) -> list[str]:
    total = sum(week.coming.values())
    lines = [say("week-coming", total=total, days=by_day(week.coming)) if total else say("week-coming-nothing")]
    if total:
        lines.append(say("week-coming-kinds", kinds=by_kind(week.coming_kinds)))
    if week.unforeseen:
        lines.append(say("week-unforeseen", kinds=", ".join(kind_name(kind) for kind in week.unforeseen)))
    return lines


def ahead_lines(ahead: Sequence[Ahead], rules: Rulebook) -> list[str]:
    """The forward plan, a line for each thing."""
    return [_ahead_line(one, rules) for one in ahead]


def _ahead_line(one: Ahead, rules: Rulebook) -> str:
    day = dates.short_day(one.day)
    if one.kind is AheadKind.SESSION:
        course = rules.pack.course(one.about)
        title = course.title if course else one.about
        return say("ahead-session", day=day, course=title, taken=one.taken, count=one.count)
    if one.kind is AheadKind.REVIEW:
        return say("ahead-review", day=day, count=one.count, owner=title_of(rules.pack, one.about))
    return say("ahead-actions", day=day, refs=one.about)


def reach_line(one: OutOfReach, rules: Rulebook) -> str:
    """Who cannot be reached, why, and what they would miss."""
    agency = f", {agency_name(rules.pack, one.agency_id)}" if one.agency_id else ""
    coming = say("reach-next", day=dates.short_day(rules.today(one.next_session))) if one.next_session else ""
    return say("reach-line", who=one.name, agency=agency, why=why_out_of_reach(one), next=coming)


def why_out_of_reach(one: OutOfReach) -> str:
    """Why Teams does not reach somebody."""
    return say(f"reach-why-{one.chat}") if one.chat in ("blocked", "gone") else say("reach-why-never")
