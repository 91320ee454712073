"""A new session in words: `new session of drug awareness on 14 january 10am to 12pm, online`. Pure.

What is read fills the form in; nothing is published by words alone. What is not read for certain stays as the form has
it: the office looks it over before it presses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from config.catalogue import Course
from config.pack import Pack
from dialogs import dates
from dialogs.office.clock_words import hours_in
from dialogs.training.courses import courses_meant, only_names
from dialogs.training.sessions import places_in_words
from dialogs.wording import explain, say
from services import finding
from services.calendar_words import MONTH_NAME
from services.coming_days import WEEKDAY, first_named
from services.errors import ServiceError
from services.manner import cut, manner_of

_PLEASE = r"(?:(?:please|can (?:you|we|i)|could (?:you|we|i)|i want to|i need to|i'd like to|we need to|let's) )*"
_VERB = r"(?:add|create|publish|put on|set up|schedule|arrange|organise|organize)"
_ONE = r"(?:a|an|another|one more|the)"
_NO_COURSE = (
    r"(?:me|us|my|our|him|her|them|any\w+|every\w+|(?:\w+ )?(?:(?:more|extra|additional|further) )?"
    r"(?:places?|spaces?|seats?|people|names?))"
)
"""Whom or what else one adds: "add 2 places to the forum on 16 february"."""
_TAIL = r"(?P<tail>[ ,:;–-].+)?"
_FORMS = tuple(
    re.compile(rf"{_PLEASE}{form}", re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?:{_VERB} {_ONE} (?:new )?|(?:{_VERB} )?(?:{_ONE} )?new )(?P<noun>session|date){_TAIL}",
        rf"(?:{_VERB} {_ONE}|(?:{_VERB} )?(?:{_ONE} )?new)(?: new)?"
        rf" (?P<what>(?!{_NO_COURSE}\b)(?:(?!session|date).){{2,60}}?)"
        rf" (?P<noun>session|date|forum|seminar|workshop|course){_TAIL}",
        rf"{_VERB} (?P<tail>(?!{_NO_COURSE}\b).{{3,}} (?:on|for|from|at) .+)",
    )
)
"""The last form says no word of a session: there a course and a day or an hour must stand in it."""
_COURTESY = re.compile(r"(?:,? (?:please|pls|plz|thanks|thank you|ta))+$", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    r"[ ,:;–-]+(?:of|for|on|in|at|with|about|by|from|next|this|tomorrow|\d|[,:;–-]).*", re.DOTALL
)
_LINK = re.compile(r"\b(?:link|url|join(?:ing)?(?: (?:link|at|on))?)?[ :]*(?P<link>https?://[^\s,;]+)", re.IGNORECASE)
_PLACES = re.compile(
    r"\b(?:with |for |up to |room for )*(?P<places>\d{1,4}) (?:places?|spaces?|seats?|people|delegates|spots?)\b"
    r"|\b(?:capacity|places|max(?:imum)?)(?: (?:of|is))?[ :=]*(?P<number>\d{1,4})\b(?! (?:am|pm)\b)",
    re.IGNORECASE,
)
_TRAINER = re.compile(
    r"\b(?:with )?(?:the )?(?:trainer(?:'s name)?(?: is| will be)?[ :=]*|(?:trained|delivered|led|run|given) by )"
    r"(?P<trainer>[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,2}?)"
    r"(?=\s*(?:[,;]|$)|\s+(?:on|at|in|from|online|and|with|for)\b|\s+\d)",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"[ ,]+with (?!me\b|us\b)(?P<whom>[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,2}?)"
    r"(?:,? (?:as (?:the )?trainer|training|teaching|presenting|delivering)(?: it)?)?"
    r"(?=\s*(?:[,;]|$)|\s+(?:on|at|in|from|online|for)\b|\s+\d|\s+and\s+\d)",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"(?:\bvenue(?: is)?[ :=]*|\bat (?=(?:the )?[^\W\d_]))"
    r"(?P<venue>[^,;\d]{3,80}?)(?=\s*(?:[,;]|$)|\s+(?:on|with|from|for)\b)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(rf"\b(?:{WEEKDAY}|{MONTH_NAME}|\d{{1,4}}(?:st|nd|rd|th)?)\b")
"""What stands of a day that fits no weekday."""
_NO_VENUE = frozenset({"once", "least", "most", "all", "first", "noon", "midday"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read of a session to be. Empty is what was not said, or may be two things."""

    courses: tuple[Course, ...] = ()
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    places: int | None = None
    online: bool = False
    venue: str = ""
    link: str = ""
    trainer: str = ""
    trainer_unknown: bool = False
    """Somebody was named as the trainer whom nobody knows as one."""
    rest: str = ""
    """What is left of the words: the name of a course, or anything at all."""
    misfit: ServiceError | None = None
    """The question which day is meant, of a weekday and a date that do not go together."""

    @property
    def course(self) -> Course | None:
        """The one course that is meant."""
        return self.courses[0] if len(self.courses) == 1 else None


def read(text: str, pack: Pack, today: date) -> Draft | None:
    """What these words say of a session to be; None for words that are no order for one."""
    said = _COURTESY.sub("", " ".join(text.replace("’", "'").split()).rstrip(".!? "))
    for form in _FORMS:
        if (found := form.fullmatch(said)) is None:
            continue
        groups = {"noun": "", "what": "", "tail": "", **{key: one for key, one in found.groupdict().items() if one}}
        noun, tail = groups["noun"].lower(), groups["tail"]
        for called in (f"{groups['what']} {noun}", groups["what"]):  # a forum is called so, a workshop may be
            draft = drafted(f"{called} {tail}", pack, today)
            if _is_order(draft, noun, groups["what"], tail):
                return draft
    return None


def with_whom(text: str) -> tuple[str, str]:
    """The order without whom the session is with, and that: a trainer's name, or anything else."""
    rest, found = cut(_WITH, _COURTESY.sub("", text))
    return " ".join(rest.split()), found["whom"] if found else ""


def _is_order(draft: Draft, noun: str, what: str, tail: str) -> bool:
    """True where it is surely about a session of ours: "new date" may be of an action, "add a child" is neither."""
    if not noun:
        return bool(draft.courses) and (draft.day is not None or draft.starts is not None)
    if what and not draft.courses:
        return False
    if noun == "session":
        return not tail or _NOTHING_ELSE.fullmatch(tail) is not None
    return bool(draft.courses) or not (what or tail)


def drafted(text: str, pack: Pack, today: date) -> Draft:
    """What words after the order say of it, in whatever order they stand."""
    rest, link = cut(_LINK, text)
    rest, places = cut(_PLACES, rest)
    rest, trainer = cut(_TRAINER, rest)
    rest, starts, ends = hours_in(rest)
    manner, _ = manner_of(rest.lower())
    rest, day, misfit = _day(rest, today)
    rest, venue = _place(rest)
    words = finding.read(_DATE_WORDS.sub(" ", rest.lower()) if misfit else rest, today).words
    return Draft(
        tuple(one for one in courses_meant(pack, words) if only_names(one, words)),
        day,
        starts,
        ends,
        int(places["places"] or places["number"]) if places else None,
        manner.online is True,
        "" if manner.online else venue,
        link["link"] if link else "",
        trainer["trainer"] if trainer else "",
        rest=words,
        misfit=misfit,
    )


def draft_lines(draft: Draft) -> list[str]:
    """What was read, to be looked over; and what is asked of it that cannot be so."""
    courses = [draft.course.title] if draft.course else []
    hours = say("new-session-hours", starts=_clock(draft.starts), ends=_clock(draft.ends)) if draft.ends else ""
    starts = say("new-session-starts", starts=_clock(draft.starts)) if draft.starts and not draft.ends else ""
    read = [
        *courses,
        dates.day(draft.day) if draft.day else "",
        hours or starts,
        places_in_words(draft.places) if draft.places else "",
        say("new-session-online") if draft.online else draft.venue,
        draft.link,
        say("new-session-trainer", trainer=draft.trainer) if draft.trainer else "",
    ]
    lines = [say("new-session-read", what=", ".join(filter(None, read)))] if any(read) else []
    lines += [say("new-session-trainer-unknown")] if draft.trainer_unknown else []
    lines += [explain(draft.misfit)] if draft.misfit else []
    if len(draft.courses) > 1:
        lines.append(say("new-session-which", courses=" or ".join(one.title for one in draft.courses)))
    return lines + ([say("new-session-ends")] if starts else [])


def _clock(at: time | None) -> str:
    return dates.hour_of_day(at) if at else ""


def _day(text: str, today: date) -> tuple[str, date | None, ServiceError | None]:
    try:
        named = first_named(text.lower(), today)
    except ServiceError as error:
        return text, None, error
    if named is None or named.counted:
        return text, None, None
    return f"{text[: named.start]} {text[named.end :]}", named.day, None


def _place(text: str) -> tuple[str, str]:
    rest, found = cut(_VENUE, text)
    venue = found["venue"].strip() if found else ""
    return (rest, venue) if venue and venue.split()[0].lower() not in _NO_VENUE else (text, "")
