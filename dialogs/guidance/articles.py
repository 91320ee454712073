"""An approved article, or what stands in for one, in words and as a card. Pure: a pack in, a reply out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from config.articles import Article, Heading
from config.catalogue import OTHER_AREA
from config.data import Citation, Status
from config.pack import Pack
from config.partnership import Contact
from dialogs import cards, dates
from dialogs.talk import Reply
from dialogs.wording import say
from services.owners import title_of
from services.screening.kinds import IdentifierKind
from services.understanding import Candidate

SHOW, HELPFUL, UNHELPFUL = "topic.show", "answer.helpful", "answer.unhelpful"
ASK_PERSON = "question.ask"
RELATED_SHOWN = 2
"""With feedback, a person and training that leaves room for one more button: logging a challenge."""
SOURCES_SHOWN = 3
"""So many stand on the card at once, the partnership's own first; one tap shows the others."""
URGENT = (Heading.DO_NOW, Heading.WHO_DECIDES)
BEFORE = (Heading.IN_SHORT, *URGENT)
"""What somebody reads with a worried teacher beside them: the gist, what to do, who decides, and then whom to call."""
LONGEST_LINE = 160
BY_PHONE = frozenset({"emergency"})
"""Topic groups whose answers do not offer to wait for a person: there one phones."""


@dataclass(frozen=True, slots=True)
class Training:
    """Training on an article's topic: one line about it, and the button that books it or asks for a date."""

    line: str
    button: cards.Element


def contact_line(contact: Contact) -> str:
    """One contact in one line, saying so where the office has yet to confirm it."""
    ways = [*contact.phones, contact.email, contact.url]
    known = " or ".join(way for way in ways if way) or say("to-be-confirmed").lower()
    doubt = " (to be confirmed)" if contact.known and not contact.confirmed else ""
    hours = f", {contact.hours}" if contact.hours else ""
    return f"{contact.label}: {known}{hours}{doubt}"


def contact_lines(pack: Pack, keys: Iterable[str]) -> list[str]:
    """The contacts with these keys, one line each."""
    return [contact_line(found) for key in keys if (found := pack.contact(key))]


def phone_lines(pack: Pack, keys: Iterable[str]) -> list[str]:
    """Those of these contacts that can be phoned, one line each: nobody is told to phone a number not yet known."""
    return contact_lines(pack, (key for key in keys if (found := pack.contact(key)) and found.phones))


def source_line(pack: Pack, cited: Citation) -> str:
    """Document and section, as an inspector would want to find it again."""
    source = pack.source(cited.ref)
    if source is None:
        return f"{cited.ref}: {cited.section}"
    # "Level 3 threshold table" says nothing until it is clear whose: another borough's is not Harrow's
    named = source.title if source.publisher in source.title else f"{source.publisher}, {source.title}"
    dated = f" ({source.published})" if source.published else ""
    # a page that has one section is cited by its title alone
    section = "" if cited.section == source.title else f": {cited.section}"
    return f"{named}{dated}{section}"


def source_groups(pack: Pack, article: Article) -> list[tuple[str, list[str]]]:
    """The sources under their headings: what holds here, and what other areas do, which is nobody's rule here."""
    local = pack.partnership.partnership.local_scopes
    scoped = [(one, source.scope if (source := pack.source(one.ref)) else "") for one in article.sources]
    foreign = [(one, scope) for one, scope in scoped if scope == OTHER_AREA]
    # the partnership's own documents first, then the law and national guidance, then those who repeat it
    order = {scope: place for place, scope in enumerate((*local, "national", "restates-national"))}
    near = [(one, scope) for one, scope in scoped if scope != OTHER_AREA]
    ours = sorted(near, key=lambda pair: order.get(pair[1], len(order)))
    groups = ((say("sources-ours"), ours), (say("sources-elsewhere"), foreign))
    return [(heading, [source_line(pack, cited) for cited, _ in some]) for heading, some in groups if some]


def standing(pack: Pack, article: Article) -> str:
    """Who owns the text, when it was last checked, and whether the partnership has approved it."""
    approval = "" if article.status is Status.CONFIRMED else " " + say("not-approved")
    return f"Last checked {dates.day(article.reviewed_on)}. Owner: {title_of(pack, article.owner)}.{approval}"


def bulleted(lines: Iterable[str]) -> str:
    """Lines as a list in plain text."""
    return "\n".join(f"- {line}" for line in lines)


def in_words(pack: Pack, article: Article, *, short: bool = False) -> str:
    """The whole answer as plain text; `short`: the gist, contacts, the first sources, and where the rest is."""
    blocks = [article.title, article.in_short]
    blocks += [f"{heading}\n{bulleted(lines)}" for heading, lines in _told(pack, article, short=short)]
    groups = source_groups(pack, article)
    count = sum(len(lines) for _, lines in groups)
    if short and count > SOURCES_SHOWN + 1:
        groups = [(groups[0][0], [*groups[0][1][:SOURCES_SHOWN], say("sources-in-chat", count=count)])]
    blocks += [f"{heading}\n{bulleted(lines)}" for heading, lines in groups]
    return "\n\n".join([*blocks, standing(pack, article), *([say("rest-in-chat")] if short else [])])


def _told(pack: Pack, article: Article, *, short: bool) -> list[tuple[str, Sequence[str]]]:
    """What stands under the gist. Whom to call comes before what is read at leisure."""
    contacts: list[tuple[str, Sequence[str]]] = []
    if article.contacts:
        contacts.append(("Contacts", contact_lines(pack, article.contacts)))
    if short:
        return contacts
    urgent = [(heading.value, points) for heading, points in article.sections.items() if heading in URGENT]
    calmer = [(heading.value, points) for heading, points in article.sections.items() if heading not in BEFORE]
    return [*urgent, *contacts, *calmer]


def _sections(told: Iterable[tuple[str, Sequence[str]]]) -> list[cards.Element]:
    shown: list[cards.Element] = []
    for heading, points in told:
        block = [cards.heading(heading), cards.points(points)]
        shown += [cards.panel(block, style="warning")] if heading == Heading.TO_CONFIRM else block
    return shown


def _sources(pack: Pack, article: Article) -> list[cards.Element]:
    """The first sources, and words to tap for the others: who is in a hurry needs to see that there are some."""
    groups = [(heading, _quiet(lines)) for heading, lines in source_groups(pack, article)]
    count = sum(len(lines) for _, lines in groups)
    if count <= SOURCES_SHOWN + 1:
        return [shown for heading, lines in groups for shown in (cards.heading(heading), *lines)]
    (heading, ours), *others = groups
    more = [*ours[SOURCES_SHOWN:], *(shown for title, lines in others for shown in (cards.heading(title), *lines))]
    return [
        cards.heading(heading),
        *ours[:SOURCES_SHOWN],
        *cards.unfold(f"sources-{article.id}", say("sources-all", count=count), more),
    ]


def _quiet(lines: Iterable[str]) -> list[cards.Element]:
    return [cards.words(line, quiet=True) for line in lines]


def ask_person(label: str = "Ask a person", topic: str = "") -> cards.Element:
    """The way to a person."""
    return cards.button(label, ASK_PERSON, **({"topic": topic} if topic else {}))


def _training(training: Training) -> cards.Element:
    heading = cards.heading(say("training-title"))
    return cards.panel([heading, cards.words(training.line), cards.actions_row([training.button])])


def _buttons(pack: Pack, article: Article, *, short: bool, most_related: int) -> list[cards.Element]:
    related = [found for topic in article.related if (found := pack.article(topic))]
    shown = [cards.button(one.title, SHOW, topic=one.id) for one in related[:most_related]]
    if short:
        return shown
    return [
        *shown,
        cards.button("This helped", HELPFUL, topic=article.id),
        cards.button("This did not help", UNHELPFUL, topic=article.id),
        *([] if article.group in BY_PHONE else [ask_person(topic=article.id)]),
    ]


def article_reply(
    pack: Pack, article: Article, today: date, *, short: bool = False, training: Training | None = None
) -> Reply:
    """The answer: in short, what to do, who decides, contacts, sources, and where to go next.

    `short` is for channels: the gist, contacts, sources, and where to read the rest. Past its review date it says so
    first.
    `training` is a session that covers the topic.
    """
    outdated = (
        say("past-review", due=dates.day(article.review_due), owner=title_of(pack, article.owner))
        if article.past_review(today)
        else None
    )
    body = [cards.title(article.title)]
    body += [cards.panel([cards.words(outdated)], style="attention")] if outdated else []
    body += [cards.words(article.in_short), *_sections(_told(pack, article, short=short))]
    body += _sources(pack, article)
    body.append(cards.words(standing(pack, article), quiet=True))
    body += [cards.words(say("rest-in-chat"))] if short else []
    body += [_training(training)] if training else []
    offered = [f"{say('training-title')}\n- {training.line}"] if training else []
    plain = "\n\n".join([*([outdated] if outdated else []), in_words(pack, article, short=short), *offered])
    buttons = _buttons(pack, article, short=short, most_related=RELATED_SHOWN - bool(training))
    return Reply(plain, cards.card(body, buttons, fallback=plain))


def further_reply(pack: Pack, article: Article, *, personal: bool) -> Reply:
    """Where an article that has been read leads on to: what it is related to, by number or button, and a person."""
    related = [found for topic in article.related if (found := pack.article(topic))]
    intro = say("all-of-it" if personal else "all-of-it-here", title=article.title)
    intro, way_out = f"{intro} {say('near-it')}" if related else intro, say("ask-in-words")
    plain = "\n".join([intro, *(f"{number}. {one.title}" for number, one in enumerate(related, 1)), way_out])
    buttons = [cards.button(one.title, SHOW, topic=one.id) for one in related]
    person = [ask_person(topic=article.id)] if personal and article.group not in BY_PHONE else []
    return Reply(plain, cards.card([cards.words(intro)], [*buttons, *person], fallback=plain))


def topics_reply(
    pack: Pack, candidates: Sequence[Candidate], *, personal: bool = False, way_out: Sequence[str] = ()
) -> Reply:
    """Several meanings: the topics that might fit, each with the line that came close. Nothing is guessed.

    `personal`: it is said where a question can be put to a person; `way_out` says how.
    """
    found = [(one, article) for one in candidates if (article := pack.article(one.topic))]
    if not found:
        people = contact_lines(pack, ("mash", "edt", "partnership-office"))
        plain = f"{say('nothing-near')}\n{bulleted(people)}"
        shown = [cards.words(say("nothing-near")), cards.points(people)]
        return Reply(plain, cards.card(shown, [ask_person()] if personal else [], fallback=plain))
    lines = [f"{article.title}: “{_gist(one.matched_line)}”" for one, article in found]
    plain = "\n".join([say("unsure"), *(f"{number}. {line}" for number, line in enumerate(lines, 1)), *way_out])
    body: list[cards.Element] = [cards.words(say("unsure"))]
    body += [_meaning(one, article) for one, article in found]
    body += [cards.words(say("danger-999"), quiet=True)]
    person = [ask_person("None of these: ask a person", found[0][1].id)] if personal else []
    return Reply(plain, cards.card(body, person, fallback=plain))


def _gist(line: str) -> str:
    """A line short enough to choose by."""
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE].rsplit(' ', 1)[0].rstrip('.,;:')}…"


def _meaning(candidate: Candidate, article: Article) -> cards.Element:
    """One topic that might be meant: the line that came close, and the button that opens it."""
    open_it = cards.button(article.title, SHOW, topic=article.id)
    return cards.panel([cards.words(f"“{_gist(candidate.matched_line)}”"), cards.actions_row([open_it])])


def emergency_reply(pack: Pack) -> Reply:
    """999 before anything else."""
    article = pack.article("immediate-danger")
    steps = list(article.do_now) if article else []
    call, contacts = contact_lines(pack, ("emergency",)), contact_lines(pack, ("mash", "adults", "edt"))
    title, then = say("emergency-title"), say("emergency-then")
    plain = "\n".join([title, *call, *([bulleted(steps)] if steps else []), then, bulleted(contacts)])
    body = [
        cards.panel([cards.title(title), *(cards.words(line) for line in call)], style="attention"),
        *([cards.points(steps)] if steps else []),
        cards.heading(then),
        cards.points(contacts),
    ]
    return Reply(plain, cards.card(body, fallback=plain))


def identifiable_reply(pack: Pack, kinds: Iterable[IdentifierKind]) -> Reply:
    """Says kindly that the message was refused, and what to do instead. Never echoes it."""
    text = say("identifiable", kinds=", ".join(sorted(kind.value.replace("-", " ") for kind in kinds)))
    contacts, lado = contact_lines(pack, ("mash", "adults", "edt")), contact_lines(pack, ("lado",))
    staff = [say("identifiable-staff"), bulleted(lado)] if lado else []
    plain = "\n".join([text, bulleted(contacts), *staff, say("danger-999")])
    body = [
        cards.words(text),
        cards.points(contacts),
        *([cards.words(say("identifiable-staff")), cards.points(lado)] if lado else []),
        cards.words(say("danger-999"), tone="attention"),
    ]
    return Reply(plain, cards.card(body, fallback=plain))


def out_of_scope_reply(pack: Pack, *, personal: bool = False) -> Reply:
    """Not something the partnership's guidance covers. `personal`: said where a person can be asked.

    999 stands in it too: words in another language may be about danger.
    """
    danger, text = say("danger-999"), say("out-of-scope", place=pack.partnership.partnership.place)
    if not personal:
        return Reply(f"{text}\n{danger}", suggestions=("help",))
    text = f"{text} {say('out-of-scope-person')}"
    plain = f"{text}\n{danger}"
    body = [cards.words(text), cards.words(danger, tone="attention")]
    return Reply(plain, cards.card(body, [ask_person()], fallback=plain), suggestions=("help",))
