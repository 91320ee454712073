"""What is answered while a challenge is logged: a value that fits the question, or one that puts an answer right."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.pack import Pack
from dialogs.challenges.agencies import is_only_agencies
from dialogs.challenges.half_logged import ASKED, NOTE, OTHER, OWN, SINCE, STAGE, SUBJECT
from dialogs.choosing import said_option, said_words_of, said_yes
from dialogs.corrections import corrected
from dialogs.guidance.escalating import stage_said
from dialogs.turn import Turn
from services.spoken_days import day_or_doubt, is_only_a_day, past_day

_SKIP = re.compile(
    r"-|(?:(?:no|nope|nah|none|nothing|skip|pass|sorry|thanks|thank you|please|else|more|to add|really|it|that's all"
    r"|thats all|that is all)[,. ]*)+"
)
_NAMES = {
    OWN: r"(?:my|our)(?: own)? agency|own agency",
    OTHER: r"(?:the |their )?(?:other )?agency(?: i challenge| we challenge)?|other side",
    STAGE: r"(?:the )?stage",
    SINCE: r"(?:the )?(?:day|date)(?: of (?:it|the disagreement))?",
    SUBJECT: r"(?:the )?(?:subject|topic)|what it is about",
    NOTE: r"(?:the |my )?note",
}
_NAMED = tuple(
    (
        name,
        re.compile(
            rf"(?:(?:change|correct|make) )?(?:{called})(?: (?:is|was|should be|should have been|to)|:) (?P<said>\S.*)"
        ),
    )
    for name, called in _NAMES.items()
)


def choices(pack: Pack, name: str) -> list[str]:
    """What is shown to be chosen from, in its order; empty for what is typed freely."""
    if name == STAGE:
        return [stage.name for stage in pack.partnership.escalation.stages]
    return list(pack.partnership.escalation.subjects.value) if name == SUBJECT else []


def missing_of(known: Mapping[str, str]) -> str | None:
    """What is asked next; None where everything is answered."""
    return next((name for name in ASKED if name not in known), None)


def value_of(turn: Turn, name: str, text: str) -> str | None:
    """What was typed as it is sent, or None when it does not fit the question."""
    said = text.strip()
    shown = choices(turn.rules.pack, name)
    if name == STAGE:
        number = said_option(said, [str(number) for number in range(1, len(shown) + 1)], shown) or stage_said(said)
        return str(number) if number and int(number) <= len(shown) else None
    if name == SINCE:
        day, _ = past_day(said, turn.today, turn.rules.workdays)
        return day.isoformat() if day else None
    if name == SUBJECT:
        return said_option(said, shown) or said_words_of(said, shown)
    if said_yes(said, "add"):
        return None  # a bare yes adds nothing
    return "" if _SKIP.fullmatch(" ".join(said.casefold().replace("’", "'").split())) else said


def before(known: Mapping[str, str]) -> dict[str, str]:
    """What is known, without the answer to the question before the one that is open."""
    asked = missing_of(known)
    last = ASKED[max(ASKED.index(asked) - 1, 0)] if asked else ASKED[-1]
    return {name: value for name, value in known.items() if name != last}


def mended(turn: Turn, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The answer that words put right and what it is to be: "actually tuesday", "the agency was social care".

    What is asked just now may be meant as well ("no, 2"), and comes before what was answered. Where everything is read
    back, nothing but such words can be meant, so there "tuesday" is enough. None for others.
    """
    asked = missing_of(known)
    said = corrected(turn.said.text)
    bare = turn.said.text.strip() if said is None and asked is None else said
    for text in (said, turn.said.text):
        if (named := _named(text or "")) and named[0] in known:
            return named
    if bare is None:
        return None
    if asked is not None and _fits(turn, asked, bare):
        return asked, bare
    # the police are an agency first, though there is a subject with them in it
    given = [name for name in (OTHER, SUBJECT, SINCE, STAGE) if name in known]
    return next(((name, bare) for name in given if _fits(turn, name, bare)), None)


def without(known: Mapping[str, str], name: str) -> dict[str, str]:
    """What still stands when one answer is taken back. The day is asked for the stage, and goes with it."""
    gone = {name, SINCE} if name == STAGE else {name}
    return {key: value for key, value in known.items() if key not in gone}


def _named(text: str) -> tuple[str, str] | None:
    plain = " ".join(text.casefold().replace("’", "'").split())
    found = ((name, form.fullmatch(plain)) for name, form in _NAMED)
    return next(((name, match["said"].rstrip(" .!")) for name, match in found if match is not None), None)


def _fits(turn: Turn, name: str | None, text: str) -> bool:
    """True where the words are such an answer and nothing more."""
    if name in (OWN, OTHER):
        return is_only_agencies(turn.rules.pack, text)
    if name == SINCE:
        found, doubt = day_or_doubt(text, turn.today, turn.rules.workdays)
        return is_only_a_day(text) and (found is not None or doubt is not None)
    if name == STAGE and not re.fullmatch(r"(?:stage )?\w+|.*managers?.*|practitioner.*", text):
        return False
    return name is not None and name != NOTE and value_of(turn, name, text) is not None
