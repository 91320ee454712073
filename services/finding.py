"""What somebody looks for in the training on offer: when, how, with places or not, for whom, on what. Pure.

Only what is certain is read: a month, a date, a week, Easter (computed), a term where the partnership has told us its
terms. What is left of the words is for the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.partnership import Term
from services.calendar_words import MONTH_NAME, MONTHS
from services.coming_days import Named, first_named, month_end, month_number
from services.errors import ServiceError
from services.manner import ANY, Manner, cut, manner_of
from services.workdays import in_words

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2, "few": 3}
_MONTH = rf"(?P<month>{MONTH_NAME})\b\.?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_A_MONTH = re.compile(rf"{_MONTH}{_YEAR}")
_A_FEAST = re.compile(r"(?P<feast>easter|christmas|xmas|the new year|new year)")
_BOUND = (
    r"(?P<bound>before|by|until|till|up to|this side of|after|since|from|following|starting|in|on|during|for|over)?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included; `None` is open. `said` is how to name them back."""

    first: date | None = None
    last: date | None = None
    said: str = ""

    def holds(self, day: date) -> bool:
        """True if the day is in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was read. `words` is what is left for the catalogue: a topic or a course's name."""

    words: str
    span: Span | None = None
    places: bool = False
    role: str | None = None
    level: str | None = None
    manner: Manner = ANY
    term_unknown: bool = False
    """They asked about a term, and the partnership has not told us when its terms are."""
    misfit: ServiceError | None = None
    """The question which is meant, of a weekday and a date that do not go together."""

    @property
    def narrowed(self) -> bool:
        """True if anything but a topic or a course was asked for."""
        return (
            self.misfit is not None
            or self.span is not None
            or self.places
            or self.role is not None
            or self.level is not None
            or self.manner.asked
        )


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian rule, as printed by Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


_PLACES = re.compile(
    r"\b(?:(?:with|has|have|any|some|got|still|free|spare) )+(?:places?|spaces?|spots?|seats?)"
    r"(?: left| free| available| remaining)?\b"
    r"|\b(?:places?|spaces?|spots?|seats?) (?:left|free|available|remaining)\b|\b(?:that are )?not full\b"
)
_LEVEL = re.compile(r"\blevels?\s+(?P<level>[1-9]|one|two|three|four)\b")
_LEVELS = {"one": "1", "two": "2", "three": "3", "four": "4"}
_ROLES: tuple[tuple[str, str], ...] = (
    (
        r"dsls?|designated (?:safeguarding )?leads?|safeguarding leads?|designated persons?",
        "Designated Safeguarding Lead",
    ),
    (r"head ?teachers?|heads", "headteacher"),
    (r"governors?", "governor"),
    (r"teachers?|school staff", "teacher"),
    (r"social workers?", "social worker"),
    (r"gps?|doctors?", "GP"),
    (r"health visitors?", "health visitor"),
    (r"nurses?", "nurse"),
    (r"police(?: officers?)?", "police"),
    (r"(?:line )?managers?", "manager"),
    (r"foster carers?", "foster carer"),
    (r"volunteers?|voluntary sector", "volunteer"),
    (r"early years(?: staff)?|nursery staff|childminders?", "early years"),
)


def read(text: str, today: date, terms: Sequence[Term] | None = None) -> Wanted:
    """What somebody looks for. `terms` are the partnership's, if it has told us."""
    manner, rest = manner_of(" ".join(text.lower().replace("’", "'").split()))
    try:
        rest, span, term_unknown = _when(rest, today, terms)
    except ServiceError as error:
        return Wanted(rest, misfit=error)
    rest, found_places = cut(_PLACES, rest)
    rest, level = cut(_LEVEL, rest)
    rest, role = _role(rest)
    number = level["level"] if level else None
    return Wanted(
        words=" ".join(rest.split()),
        span=span,
        places=found_places is not None,
        role=role,
        level=_LEVELS.get(number, number) if number else None,
        manner=manner,
        term_unknown=term_unknown,
    )


def _role(text: str) -> tuple[str, str | None]:
    for pattern, role in _ROLES:
        rest, found = cut(re.compile(rf"\b(?:for|suitable for|aimed at)\s+(?:the\s+)?(?:{pattern})\b"), text)
        if found:
            return rest, role
    return text, None


def _when(text: str, today: date, terms: Sequence[Term] | None) -> tuple[str, Span | None, bool]:
    rest, found = cut(_TERM, text)
    if found is not None:
        span = _term(found["which"], today, terms or ())
        return rest, span, not terms
    several = _BETWEEN.search(text)
    if several is not None:
        return f"{text[: several.start()]} {text[several.end() :]}", _between(several, today), False
    named = first_named(text, today)
    if named is not None:
        before, bound = cut(_ITS_BOUND, text[: named.start])
        span = _bounded(bound["bound"] if bound else None, _about(named), today)
        return f"{before} {text[named.end :]}", span, False
    for pattern, reader in _READERS:
        found = pattern.search(text)
        span = reader(found, today) if found else None
        if found and span:
            return f"{text[: found.start()]} {text[found.end() :]}", span, False
    return text, None, False


_TERM = re.compile(r"\b(?:in |during )?(?:the )?(?P<which>this|next)(?: school)? term\b")


def _term(which: str, today: date, terms: Sequence[Term]) -> Span | None:
    left = sorted((one for one in terms if one.ends >= today), key=lambda one: one.starts)
    if which == "next" and left and left[0].starts <= today:
        left = left[1:]
    return Span(left[0].starts, left[0].ends, f"{which} term ({left[0].name})") if left else None


def _month_span(name: str, year: str | None, today: date) -> Span:
    """A month without a year is the next one that is not over."""
    number = month_number(name)
    of = int(year) if year else today.year + (number < today.month)
    first = date(of, number, 1)
    return Span(first, month_end(first), f"{MONTHS[number - 1].capitalize()} {of}")


_BEFORE = frozenset({"before", "this side of"})
_UP_TO = frozenset({"by", "until", "till", "up to"})
_AFTER = frozenset({"after", "since", "following"})
_FROM = frozenset({"from", "starting"})


def _bounded(bound: str | None, span: Span, today: date) -> Span:
    """`before March` ends before it, `by March` with it; `after March` begins after it, `from March` with it."""
    bound = bound or ""
    assert span.first is not None
    assert span.last is not None
    if bound in _BEFORE:
        return Span(today, span.first - timedelta(days=1), f"before {span.said}")
    if bound in _UP_TO:
        return Span(today, span.last, f"up to {span.said}")
    if bound in _AFTER:
        return Span(span.last + timedelta(days=1), None, f"after {span.said}")
    if bound in _FROM:
        return Span(span.first, None, f"from {span.said}")
    return Span(span.first, span.last, f"{'on' if span.first == span.last else 'in'} {span.said}")


def _on_day(day: date) -> Span:
    return Span(day, day, in_words(day))


def _about(named: Named) -> Span:
    """The day itself, or the week or month that it lies in when it was counted in those."""
    day = named.day
    if not named.counted:
        return _on_day(day)
    if named.counted == "month":
        first = day.replace(day=1)
        return Span(first, month_end(first), f"{first:%B %Y}")
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6), f"the week of {in_words(monday)}")


def _month(found: re.Match[str], today: date) -> Span | None:
    if found["month"] == "may" and not (found["bound"] or found["year"]):
        # "may I", "you may": no month.
        return None
    return _bounded(found["bound"], _month_span(found["month"], found["year"], today), today)


def _between(found: re.Match[str], today: date) -> Span | None:
    first = _month_span(found["one"], None, today)
    assert first.first is not None
    last = _month_span(found["two"], None, first.first)
    return Span(first.first, last.last, f"from {first.said} to {last.said}")


def _feast(found: re.Match[str], today: date) -> Span | None:
    name = {"xmas": "Christmas", "christmas": "Christmas", "easter": "Easter"}.get(found["feast"], "the new year")
    if name == "the new year" and (found["bound"] or "") not in _BEFORE | _UP_TO:
        first = date(today.year + 1, 1, 1)
        return Span(first, None, f"from {first.day} {first:%B %Y}")
    # "Before Easter", said on Easter Saturday, means the next one: what is before this one is over.
    before = (found["bound"] or "") in _BEFORE
    feasts = (_feast_days(name, year) for year in range(today.year, today.year + 3))
    days = next(one for one in feasts if (one[0] > today if before else one[1] >= today))
    return _bounded(found["bound"], Span(*days, f"{name} {_feast_year(name, days)}"), today)


def _feast_days(name: str, year: int) -> tuple[date, date]:
    """The days that count as the feast itself: from Good Friday to Easter Monday, 25 and 26 December, 1 January."""
    if name == "Easter":
        sunday = easter(year)
        return sunday - timedelta(days=2), sunday + timedelta(days=1)
    if name == "Christmas":
        return date(year, 12, 25), date(year, 12, 26)
    return date(year, 1, 1), date(year, 1, 1)


def _feast_year(name: str, days: tuple[date, date]) -> str:
    if name == "Easter":
        sunday = days[1] - timedelta(days=1)
        return f"({sunday.day} {sunday:%B %Y})"
    return f"{days[0].year}"


def _relative(found: re.Match[str], today: date) -> Span | None:
    which, unit = found["which"], found["unit"]
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=which == "next")
        return Span(max(monday, today), monday + timedelta(days=6), f"{which} week")
    if unit == "month":
        first = today.replace(day=1)
        first = month_end(first) + timedelta(days=1) if which == "next" else first
        return Span(max(first, today), month_end(first), f"{which} month ({first:%B %Y})")
    year = today.year + (which == "next")
    return Span(max(date(year, 1, 1), today), date(year, 12, 31), f"in {year}")


def _within(found: re.Match[str], today: date) -> Span | None:
    amount = found["amount"] or "one"
    count = _NUMBERS.get(amount.strip()) or int(amount)
    days = {"day": 1, "week": 7, "month": 30}[found["unit"]] * min(count, 60)
    unit = found["unit"] if count == 1 else f"{found['unit']}s"
    return Span(
        today, today + timedelta(days=days), f"in the next {unit}" if count == 1 else f"in the next {count} {unit}"
    )


_AMOUNT = r"(?P<amount>\d{1,2} |a |one |two |three |four |five |six |few |couple of )?"
_BETWEEN = re.compile(
    rf"\b(?:from |between )(?P<one>{'|'.join(MONTHS)}) (?:to|and|until|till) (?P<two>{'|'.join(MONTHS)})\b"
)
_ITS_BOUND = re.compile(rf"\b{_BOUND[:-1]}\s+(?:the )?$")
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (re.compile(rf"\b(?:{_BOUND}\s+)?{_A_MONTH.pattern}"), _month),
    (re.compile(rf"\b{_BOUND}\s+{_A_FEAST.pattern}\b"), _feast),
    (re.compile(rf"\b(?:in|over|within|during) (?:the )?next {_AMOUNT}(?P<unit>day|week|month)s?\b"), _within),
    (
        re.compile(
            r"\bnext (?P<amount>\d{1,2} |two |three |four |five |six |few |couple of )(?P<unit>day|week|month)s\b"
        ),
        _within,
    ),
    (re.compile(r"\b(?:in |during )?(?P<which>this|next) (?P<unit>week|month|year)\b"), _relative),
)
