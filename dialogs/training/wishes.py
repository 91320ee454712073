"""What somebody wants of the training, read from their words: to look for a course, or to book one, and which."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from config.catalogue import Course
from dialogs.training.colleagues import COLLEAGUE_WORDS
from dialogs.training.courses import content, courses_meant, in_order, wanted_in
from dialogs.turn import Turn
from services.finding import Wanted
from services.understanding import Command, Outcome, Understanding

_READ_AS_QUESTION = (Outcome.ANSWER, Outcome.UNSURE, Outcome.OUT_OF_SCOPE)
_SPEAKS_OF_ME = re.compile(r"\b(?:my|mine|me|i|i'm|i've|am)\b")
_ASKS_FOR_COURSES = re.compile(
    r"\b(?:training|courses?|workshops?|sessions?|dates?) (?:on|about|for|in) |\banything (?:on|about) "
)
_BEGINS_WITH_COURSES = re.compile(
    r"(?:(?:any|all|the|show|list|find)(?: me)? )*(?:courses?|training|workshops?|seminars?)\b"
)
_TRAINING_ON = re.compile(
    r"(?:(?:any|all|the|some|show|list|find|me|is there|are there|do you (?:have|do|run)|have you got|i need|i want) )*"
    r"(?:training|courses?|workshops?|seminars?) (?:on|about)\b"
)
"""A search, whether or not there is a course on that: an article does not say that there is none."""
_NAMES_COURSES = re.compile(
    r"(?:any |some )?(?!(?:what|which|do|does|is|are|can|how|who|why|my|i|online|mandatory|free)\b)(?:[\w-]+ ){1,3}"
    r"(?:courses?|training|workshops?|seminars?)\W*"
)
"""`neglect courses`: what is wanted first, and no question about courses as such."""
_ASKS_WHEN = re.compile(r"\b(?:next|when is (?:the|a)|when's (?:the|a)|when are (?:the|there)) ")
_ORDERS = re.compile(
    r"(?:please |can you |could you |can i |could i |i want to |i'd like to |i would like to )*"
    r"(?:book|enrol|enroll|reserve|register|sign up|sign me up|put me on|put me down)\b"
)
_ASKS_WHAT = re.compile(
    r"\b(?:courses?|training|forums?|sessions?|workshops?|seminars?|anything|what have you got|what's on|what is on)\b"
)


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: what was read of their words, and the courses these mean. None: no course in mind."""

    wanted: Wanted
    courses: tuple[Course, ...]
    unknown_topic: bool = False

    @property
    def about(self) -> str:
        """What was looked for, to be named back: `: domestic abuse, before Easter (28 March 2027)`."""
        one = self.courses[0].title if len(self.courses) == 1 else ""
        parts = [one or " ".join(in_order(self.wanted.words))] if self.courses else []
        parts += [f"for {self.wanted.role}s"] if self.wanted.role else []
        parts += [f"level {self.wanted.level}"] if self.wanted.level else []
        parts += self.wanted.manner.said
        parts += [self.wanted.span.said] if self.wanted.span else []
        parts += ["with places left"] if self.wanted.places else []
        said = ", ".join(part for part in parts if part)
        return f": {said}" if said else ""


def sought(turn: Turn, text: str) -> Sought:
    """Read the words: dates first, then courses by name, then courses by the topic they are about.

    Raises `ServiceError` when a weekday and a date in them do not fit.
    """
    wanted = wanted_in(turn, text)
    if wanted.misfit is not None:
        raise wanted.misfit
    pack = turn.rules.pack
    named = courses_meant(pack, wanted.words)
    if named or not content(wanted.words):
        return Sought(wanted, tuple(named))
    topics = [one.topic for one in turn.guide.understand(wanted.words).candidates[:1]]
    on_topic = [course for topic in topics for course in pack.courses_on(topic)]
    return Sought(wanted, tuple(dict.fromkeys(on_topic)), unknown_topic=not on_topic)


def looks_for_training(turn: Turn, understood: Understanding) -> bool:
    """True for "what have you got on domestic abuse before Easter?": a search, though it is read as a question."""
    wanted = wanted_in(turn, turn.said.text)
    words = " ".join(turn.said.text.lower().replace("’", "'").split())
    if understood.command in (Command.MY_BOOKINGS, Command.WAITING_LIST):
        # "courses in May with places" has no "my" in it: nobody asks for their own.
        return wanted.narrowed and bool(_ASKS_WHAT.search(words)) and not _SPEAKS_OF_ME.search(words)
    if understood.outcome not in _READ_AS_QUESTION:
        return False
    named = bool(courses_meant(turn.rules.pack, wanted.words))
    if _TRAINING_ON.match(words) or (named and _ASKS_FOR_COURSES.search(words)):
        return True
    if understood.outcome is not Outcome.ANSWER and _BEGINS_WITH_COURSES.match(words):
        return True
    article = turn.rules.pack.article(understood.topic or "")
    if article is not None and article.group != "training":
        return False
    if named and (_ASKS_WHEN.search(words) or _NAMES_COURSES.fullmatch(words)):
        return True
    return wanted.narrowed and bool(_ASKS_WHAT.search(words))


def wants_to_book(turn: Turn, understood: Understanding) -> bool:
    """True for "book advanced risk assessment" and "book lado for a colleague": an order, though it is not read so."""
    if understood.outcome not in _READ_AS_QUESTION:
        return False
    words = " ".join(turn.said.text.lower().split())
    if not _ORDERS.match(words):
        return False
    return bool(COLLEAGUE_WORDS & set(words.split())) or bool(courses_meant(turn.rules.pack, words))


def with_kin(turn: Turn, looked: Sought) -> Sought:
    """Several courses were named by a topic they share ("domestic abuse"): the others on that topic belong to it."""
    if len(looked.courses) < 2:
        return looked
    shared = set(looked.courses[0].topics).intersection(*(course.topics for course in looked.courses))
    kin = [course for topic in sorted(shared) for course in turn.rules.pack.courses_on(topic)]
    return replace(looked, courses=tuple(dict.fromkeys((*looked.courses, *kin))))
