"""How people speak of another date of a course: asking whether there is one, and ordering to be moved to it. Pure."""

from __future__ import annotations

import re

POLITE = (
    r"(?:(?:please|hi|hello|sorry|actually|ok|okay|so|can|could|may|i|i'd|id|we|you|u|want|need|have|would|like|d|to|how|do"
    r"|is it possible|help|me) )*"
)
_ANOTHER = re.compile(
    r"(?:(?:an?|the|some) )?(?:other|another|different|later|earlier|new|next)"
    r"(?: (?:dates?|day|time|one|session|month))?"
)
_OF_COURSE = re.compile(
    rf"{POLITE}(?:change|move|sw[ao]p|switch|reschedule|rearrange|rebook|postpone) (?:the |my )?(?P<held>.+?)"
    r"(?: (?:booking|place|date|course|training))? (?:to|for|into|onto) (?P<to>.+?)(?: (?:please|instead|then))*"
)
_ASKS_OTHER = re.compile(
    r"(?:(?:(?:is|are) there|have you(?: got)?|do you have|do you know|what|which|any|an?) (?:(?:any|an?|the) )?)?"
    r"(?:other|another|different|later|earlier|alternative) (?:dates?|sessions?|days?|ones?|times?)"
    r"(?: (?:there|is there|are there))? (?:for|of|on) (?:the |my )?(?P<course>.+?)(?: (?:course|training|please))*"
    r"|(?:(?:is|are) there |have you got |do you have )?(?:an|any) ?other (?P<named>.+?)"
    r"(?: (?:course|training))? (?:dates?|sessions?|days?)"
    rf"|{POLITE}(?:do|attend|go on|go to|come to|take) (?:the |my )?(?P<doing>.+?)(?: course| training)?"
    r"(?: on| at)? (?:another|a different|some other) (?:day|date|time)(?: please| instead)*"
    r"|(?:is|are|does) (?:the )?(?P<running>.+?)(?: course| training)?(?: (?:on|run|running|available|held))*"
    r" (?:on |at )?(?:another|a different|any other) (?:day|date|time)s?"
)


def is_another(what: str) -> bool:
    """True for "another date" and the like, which say no day. Pure."""
    return _ANOTHER.fullmatch(what) is not None


def ordered(said: str) -> tuple[str, str] | None:
    """What stands for the course and for the date in `change lado to another date`; None for words without both."""
    found = _OF_COURSE.fullmatch(said)
    return (found["held"], found["to"]) if found is not None else None


def asked_of(said: str) -> str:
    """What stands for the course in `is there another date for lado`; empty for anything else."""
    found = _ASKS_OTHER.fullmatch(said)
    said_so = found.groupdict().values() if found is not None else ()
    return next((words for words in said_so if words), "")
