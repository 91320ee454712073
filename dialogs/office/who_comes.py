"""Who comes, asked in words by a trainer of their own sessions and by the office of any: `who is on my course`.

Names are shown to nobody else: a practitioner's words are left to whoever else understands them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from config.catalogue import Course
from dialogs import cards
from dialogs.office import people, registers, verbs
from dialogs.office.sessions import choice, chosen_of, line
from dialogs.talk import Reply
from dialogs.training.courses import content, courses_meant, only_names, wanted_in
from dialogs.turn import Answer, Turn, answer
from dialogs.wording import say
from services.finding import Span
from services.model import Person, Role, Session
from services.rights import trains

LOOKED_AT, SHOWN = 500, 5
JUST_BEGUN = timedelta(hours=12)
"""Who trains today asks in the room as well."""
_BOOKED = (
    r"(?:booked|coming|going|down|signed up|registered|enrolled|attending|expected|there|attend|come|be|have|has|had"
    r"|do|i|we|got|already|so far|all)"
)
_SHOW = (
    r"(?:(?:can|could) (?:you|i) )?(?:please )?"
    r"(?:show|see|give|get|send|print|open|view|list|tell|find|need)?(?: me)? ?"
)
_THE = r"(?:the |my |a |an |our )?"
_NAMES = (
    r"(?:list of (?:people|delegates|attendees|names|participants|everyone|bookings)"
    r"|names|people|delegates|attendees|participants|(?:delegate|attendee|booking|class|group) list)"
)
_ABOUT = r"(?P<about>(?: (?:on|onto|to|for|at|in|of|tomorrow|today|tonight|next|this)(?: .+)?)?)"
_TO_BOOK = re.compile(r"(?:please )?register (?:for|on|onto|at|to)\b")
"""An order of who wants to be there themselves, unless it is a session of their own, or only a day: "register for
today". "The register for it" is none."""
_REGISTER_OF = re.compile(
    rf"{_SHOW}{_THE}(?:attendance (?:list|sheet|register)|register|sign(?:ing)? ?in (?:sheet|list))"
    rf"{_ABOUT}"
)
_FORMS = (
    _REGISTER_OF,
    re.compile(rf"{_SHOW}who(?:s| is| are| will| else is| else)?(?: {_BOOKED})*{_ABOUT}"),
    re.compile(rf"{_SHOW}how many(?: (?:people|delegates|places|are|is|will|bookings|names))*(?: {_BOOKED})*{_ABOUT}"),
    re.compile(rf"(?:is|has|have|are) (?:anyone|anybody|someone|somebody|people)(?: {_BOOKED})+{_ABOUT}"),
    re.compile(rf"who (?:am i|are we|do i|do we) (?:training|teaching|have|got){_ABOUT}"),
    re.compile(rf"{_SHOW}{_THE}{_NAMES}(?: who are)?(?: {_BOOKED})*{_ABOUT}"),
)
_SAYS_MORE = re.compile(
    r"\b(?:coming|booked|attending|register|list|sheet|people|delegates|attendees|signed up|going|names|places)\b"
    r"|\bwho (?:have (?:i|we) got|do (?:i|we) have|(?:am i|are we) (?:training|teaching))\b"
)
"""Without any of these, `who is on tomorrow` may well be about a rota."""
_SESSION = r"(?:courses?|sessions?|training|forums?|workshops?|webinars?|seminars?|events?|class|group|one)"
_MINE = re.compile(rf"\bmy (?:own |next )*{_SESSION}\b")
_NEXT = re.compile(rf"\bnext {_SESSION}\b")
_WHEN = r"(?: (?:next|now|today|tomorrow|(?:this|next) (?:week|month|term)|coming up|soon))*"
_I_TRAIN = re.compile(
    r"(?:show(?: me)? )?my (?:own |next |upcoming |coming )*sessions?"
    rf"|(?:when|what|whens|whats|(?:when|what) (?:is|are)) my (?:own |next |upcoming |coming )*sessions?{_WHEN}"
    r"|(?:what|which (?:courses?|sessions?)|when)(?: (?:am i|do i|are we))(?: due to)?"
    rf" (?:train|training|teach|teaching|deliver|delivering|run|running|lead|leading|facilitat(?:e|ing)){_WHEN}"
    rf"|what (?:have i|do i have|am i)(?: got)? (?:coming up|on){_WHEN}"
)
"""Of a trainer: the sessions that they train."""
_OF_ANY = frozenset({"event", "class", "group", "own", "day", "one"})
_ANY = frozenset({"forum", "workshop", "webinar", "seminar"})
"""What any session may be called: it names a course only where one is called so."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which sessions: `mine` for one's own, the `next` of them, of these courses, within this time."""

    register: bool
    mine: bool
    next: bool
    courses: tuple[Course, ...]
    span: Span | None

    @property
    def pointed(self) -> bool:
        return self.mine or bool(self.courses) or self.span is not None

    def fits(self, turn: Turn, session: Session) -> bool:
        wanted = not self.courses or session.course_id in {one.id for one in self.courses}
        return wanted and (self.span is None or self.span.holds(turn.rules.today(session.starts_at)))


async def heard(turn: Turn, text: str) -> Answer | None:
    """The people of the session that is meant, or the choice of sessions; None for words on something else."""
    person = turn.known()
    if not person.has(Role.MANAGER, Role.TRAINER):
        return None
    if person.has(Role.TRAINER) and _I_TRAIN.fullmatch(_plain(text)) and (mine := await _trained(turn, person)):
        return _choice(turn, mine[:SHOWN], "who-comes-mine")
    asked = _read(turn, text)
    return await _told(turn, person, asked) if asked is not None else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("'", "").replace("-", " ").split())


async def _trained(turn: Turn, person: Person) -> list[Session]:
    """The sessions to come of a trainer, soonest first."""
    return [one for one in await turn.work.sessions.coming(turn.now, limit=LOOKED_AT) if trains(person, one)]


def _read(turn: Turn, text: str) -> _Asked | None:
    said = _plain(text)
    form, found = next(((one, found) for one in _FORMS if (found := one.fullmatch(said))), (None, None))
    if found is None:
        return None
    mine = bool(_MINE.search(said))
    wanted = wanted_in(turn, found["about"])
    if wanted.misfit is not None and (_SAYS_MORE.search(said) or mine):
        raise wanted.misfit
    left = content(wanted.words) - _OF_ANY
    meant = courses_meant(turn.rules.pack, " ".join(sorted(left)))
    courses = tuple(one for one in meant if only_names(one, " ".join(left)))
    if _TO_BOOK.match(said) and not mine and (courses or re.search(rf"\b{_SESSION}\b", found["about"])):
        return None
    if left - _ANY and not courses:
        return None
    asked = _Asked(form is _REGISTER_OF, mine, bool(_NEXT.search(said)), courses, wanted.span)
    if not (asked.mine or courses or _SAYS_MORE.search(said)):
        return None
    return asked


async def _told(turn: Turn, person: Person, asked: _Asked) -> Answer | None:
    begun = await turn.work.office.to_mark(turn.now - JUST_BEGUN, turn.now, trainer=None, limit=LOOKED_AT)
    coming = await turn.work.sessions.coming(turn.now, limit=LOOKED_AT)
    own = [one for one in (*reversed(begun), *coming) if trains(person, one)]
    office = person.has(Role.MANAGER)
    if office and (not own or not asked.mine):
        if asked.register and not asked.pointed:
            return await registers.list_registers(turn)
        own = [*reversed(begun), *coming]
    fitting = [one for one in own if asked.fits(turn, one) and not (asked.next and one.begun(turn.now))]
    if not fitting:
        return answer(Reply(say("who-comes-office-none" if office else "who-comes-none")))
    if asked.register and fitting[0].begun(turn.now):
        return await registers.open_register(turn.saying(session=str(fitting[0].id)))
    if len(fitting) == 1 or asked.next or not (office or asked.pointed):
        return await people.list_delegates(turn.saying(session=str(fitting[0].id)))
    return _choice(turn, fitting[:SHOWN])


def _choice(turn: Turn, shown: Sequence[Session], title_key: str = "who-comes-which") -> Answer:
    rows = [(one, line(turn, one), cards.button("Who is coming", verbs.DELEGATES, session=one.id)) for one in shown]
    return choice(say(title_key), rows, verbs.DELEGATES)


async def choose(turn: Turn) -> Answer | None:
    """A number after the choice of sessions; None when the words are about something else."""
    chosen = chosen_of(turn)
    return await people.list_delegates(turn.saying(session=chosen)) if chosen else None
