"""The bot about itself: welcome, help, and what it says to words it cannot use."""

from __future__ import annotations

from collections.abc import Sequence

from config.pack import Pack
from dialogs import cards
from dialogs.courtesies import thumbs_up
from dialogs.guidance.articles import contact_lines
from dialogs.talk import Reply
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import explain, say
from services.errors import ServiceError
from services.model import Role
from services.owners import posts_of

EXAMPLES = (
    "Do I need consent to refer?",
    "MASH took no further action on Tuesday, what now?",
    "walk me through the thresholds",
    "log a challenge",
    "book dsl forum",
    "my bookings",
    "my actions",
    "evaluate",
    "ask a person",
)
OFFICE = ("partnership-office",)
OF_ANYBODY = (*EXAMPLES[:3], "courses")
"""What works in company, and for somebody whom the partnership does not know."""


def _introduction(
    pack: Pack,
    opening: list[cards.Element],
    lead: str,
    more: Sequence[str] = (),
    *,
    limits: Sequence[str] = (),
) -> Reply:
    """What can be typed. `limits`: what works here for this person only elsewhere, or not yet, in a sentence and then
    points; only what works is offered then."""
    tries = OF_ANYBODY if limits else EXAMPLES
    examples = [f"“{line}”" for line in tries]
    urgent = contact_lines(pack, ("emergency", "mash", "edt"))
    plain = "\n".join(
        [
            lead,
            *limits[:1],
            *(f"- {line}" for line in limits[1:]),
            say("help"),
            *(f"- {line}" for line in tries),
            *([say("help-more")] if more else []),
            *(f"- {line}" for line in more),
            say("no-case-details"),
            *(f"- {line}" for line in urgent),
        ]
    )
    body = [
        *opening,
        *map(cards.words, limits[:1]),
        *([cards.points(limits[1:])] if limits[1:] else []),
        cards.words(say("help")),
        cards.points(examples),
        *([cards.words(say("help-more")), cards.points(more)] if more else []),
        cards.panel([cards.words(say("no-case-details"))], style="warning"),
        cards.words(say("danger-999"), tone="attention"),
        cards.points(urgent),
    ]
    buttons = [cards.button("Courses and forums", "courses")]
    if not limits:
        buttons += [cards.button("My bookings", "my-bookings"), cards.button("My actions", "my-actions")]
    return Reply(plain, cards.card(body, buttons, fallback=plain), suggestions=EXAMPLES[:3])


def welcome(pack: Pack, *, personal: bool = True) -> Reply:
    """The first message: that it is a bot, what it does, and that case details stay out."""
    title = say("welcome-title", bot=pack.partnership.partnership.bot)
    opening = [cards.title(title), cards.words(say("welcome"))]
    return _introduction(pack, opening, f"{title}\n{say('welcome')}", limits=[] if personal else [say("help-group")])


async def show_help(turn: Turn) -> Answer:
    """What can be typed, and whom to call."""
    title = say("help-title")
    more, pack = await _more_words(turn), turn.rules.pack
    limits: list[str] = []
    if not turn.personal:
        limits = [say("help-group")]
    elif turn.person is None:
        limits = [say("help-stranger"), *contact_lines(pack, OFFICE)]
    return answer(_introduction(pack, [cards.title(title)], title, more, limits=limits))


def refused(pack: Pack, error: ServiceError) -> Reply:
    """What a use case refused, with what to do next; to a stranger also with whom to ask."""
    lines = [explain(error), *(f"- {line}" for line in contact_lines(pack, OFFICE) if error.code == "stranger")]
    return Reply("\n".join(lines))


async def _more_words(turn: Turn) -> list[str]:
    """What else this person may type, by their roles. In a channel nobody's roles are shown."""
    person = turn.person
    if person is None or not turn.personal:
        return []
    office = person.has(Role.MANAGER)
    answers = office or bool(await posts_of(turn.work, turn.rules.pack, person))
    found = ["help-places", "help-challenges", "help-questions"]
    found += ["help-experts"] if answers else []
    found += ["help-leads"] if office or Role.DSL in person.roles else []
    found += ["help-trainers"] if office or Role.TRAINER in person.roles else []
    found += ["help-office", "help-plans", "help-week", "help-manager"] if office else []
    return [say(key) for key in found]


def nothing_said(turn: Turn) -> Answer:
    """Empty or unreadable words, or a picture alone. A raised thumb is read as an ok."""
    if turn.said.files:
        return answer(no_files(turn.rules.pack), **dict(turn.state))
    if thumbs_up(turn.said.text):
        return answer(Reply(say("good"), suggestions=("help",)), **dict(turn.state))
    return answer(Reply(f"{say('empty')} {say('danger-999')}", suggestions=("help",)), **dict(turn.state))


def no_files(pack: Pack) -> Reply:
    """That a picture or file is not taken, what becomes of it, and whom to call if it shows that a child is hurt."""
    text, hurt = say("no-files"), say("no-files-hurt")
    urgent = contact_lines(pack, ("emergency", "mash", "edt"))
    plain = "\n".join([text, say("no-files-indecent"), hurt, *(f"- {line}" for line in urgent)])
    body = [
        cards.words(text),
        cards.words(say("no-files-indecent")),
        cards.words(hurt, tone="attention"),
        cards.points(urgent),
    ]
    return Reply(plain, cards.card(body, fallback=plain), suggestions=("help",))


def too_long(turn: Turn) -> Answer:
    """More than anybody should have to read: it is most likely pasted case notes. Nothing of it is kept."""
    return answer(Reply(say("too-long", length=len(turn.said.text))), **dict(turn.state))
