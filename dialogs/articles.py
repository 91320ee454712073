"""An approved article, or what stands in for one, in words and as a card. Pure: a pack in, a reply out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from config.articles import Article, Heading
from config.data import Citation, Status
from config.pack import Pack
from config.partnership import Contact
from dialogs import cards, dates
from dialogs.talk import Reply
from dialogs.wording import say
from services.screening.kinds import IdentifierKind
from services.understanding import Candidate

SHOW, HELPFUL, UNHELPFUL = "topic.show", "answer.helpful", "answer.unhelpful"
RELATED_SHOWN = 3


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


def source_line(pack: Pack, cited: Citation) -> str:
    """Document and section, as an inspector would want to find it again."""
    source = pack.source(cited.ref)
    if source is None:
        return f"{cited.ref}: {cited.section}"
    # "Level 3 threshold table" says nothing until it is clear whose: another borough's is not Harrow's
    named = source.title if source.publisher in source.title else f"{source.publisher}, {source.title}"
    dated = f" ({source.published})" if source.published else ""
    return f"{named}{dated}: {cited.section}"


def owner_title(pack: Pack, article: Article) -> str:
    """The role that answers for the text."""
    owner = pack.partnership.owner(article.owner)
    return owner.title if owner else article.owner


def standing(pack: Pack, article: Article) -> str:
    """Who owns the text, when it was last checked, and whether the partnership has approved it."""
    approval = "" if article.status is Status.CONFIRMED else " " + say("not-approved")
    return f"Last checked {dates.day(article.reviewed_on)}. Owner: {owner_title(pack, article)}.{approval}"


def bulleted(lines: Iterable[str]) -> str:
    """Lines as a list in plain text."""
    return "\n".join(f"- {line}" for line in lines)


def in_words(pack: Pack, article: Article) -> str:
    """The whole answer as plain text."""
    blocks = [article.title, article.in_short]
    for heading, points in article.sections.items():
        if heading is not Heading.IN_SHORT:
            blocks.append(f"{heading}\n{bulleted(points)}")
    if article.contacts:
        blocks.append(f"Contacts\n{bulleted(contact_lines(pack, article.contacts))}")
    blocks.append(f"Where this comes from\n{bulleted(source_line(pack, cited) for cited in article.sources)}")
    return "\n\n".join([*blocks, standing(pack, article)])


def _sections(article: Article) -> list[cards.Element]:
    shown: list[cards.Element] = []
    for heading, points in article.sections.items():
        block = [cards.heading(heading.value), cards.points(points)]
        if heading is Heading.TO_CONFIRM:
            shown.append(cards.panel(block, style="warning"))
        elif heading is not Heading.IN_SHORT:
            shown += block
    return shown


def _buttons(pack: Pack, article: Article, *, short: bool) -> list[cards.Element]:
    related = [found for topic in article.related if (found := pack.article(topic))]
    shown = [cards.button(one.title, SHOW, topic=one.id) for one in related[:RELATED_SHOWN]]
    if short:
        return shown
    return [
        *shown,
        cards.button("This helped", HELPFUL, topic=article.id),
        cards.button("This did not help", UNHELPFUL, topic=article.id),
    ]


def article_reply(pack: Pack, article: Article, today: date, *, short: bool = False) -> Reply:
    """The answer: in short, what to do, who decides, contacts, sources, and where to go next.

    `short` is for channels: the gist, contacts and sources. Past its review date it says so first.
    """
    outdated = (
        say("past-review", due=dates.day(article.review_due), owner=owner_title(pack, article))
        if article.past_review(today)
        else None
    )
    body = [cards.title(article.title)]
    body += [cards.panel([cards.words(outdated)], style="attention")] if outdated else []
    body += [cards.words(article.in_short), *([] if short else _sections(article))]
    if article.contacts:
        body += [cards.heading("Contacts"), cards.points(contact_lines(pack, article.contacts))]
    sources = [cards.words(source_line(pack, cited), quiet=True) for cited in article.sources]
    body += [cards.heading("Where this comes from"), *sources, cards.words(standing(pack, article), quiet=True)]
    plain = "\n\n".join([*([outdated] if outdated else []), in_words(pack, article)])
    return Reply(plain, cards.card(body, _buttons(pack, article, short=short), fallback=plain))


def topics_reply(pack: Pack, candidates: Sequence[Candidate]) -> Reply:
    """Several meanings: the topics that might fit, each with the line that came close. Nothing is guessed."""
    found = [(one, article) for one in candidates if (article := pack.article(one.topic))]
    if not found:
        people = contact_lines(pack, ("mash", "edt", "partnership-office"))
        plain = f"{say('nothing-near')}\n{bulleted(people)}"
        body = [cards.words(say("nothing-near")), cards.points(people)]
        return Reply(plain, cards.card(body, fallback=plain))
    lines = [f"{article.title}: “{one.matched_line}”" for one, article in found]
    plain = "\n".join([say("unsure"), *(f"{number}. {line}" for number, line in enumerate(lines, 1))])
    body = [cards.words(say("unsure")), cards.points(lines), cards.words(say("danger-999"), quiet=True)]
    buttons = [cards.button(article.title, SHOW, topic=article.id) for _, article in found]
    return Reply(plain, cards.card(body, buttons, fallback=plain))


def emergency_reply(pack: Pack) -> Reply:
    """999 before anything else."""
    article = pack.article("immediate-danger")
    steps = list(article.do_now) if article else []
    contacts = contact_lines(pack, ("emergency", "mash", "edt"))
    plain = "\n".join([say("emergency-title"), bulleted(steps), say("emergency-then"), bulleted(contacts)])
    body = [
        cards.panel([cards.title(say("emergency-title"))], style="attention"),
        *([cards.points(steps)] if steps else []),
        cards.heading(say("emergency-then")),
        cards.points(contacts),
    ]
    return Reply(plain, cards.card(body, fallback=plain))


def identifiable_reply(pack: Pack, kinds: Iterable[IdentifierKind]) -> Reply:
    """Says kindly that the message was refused, and what to do instead. Never echoes it."""
    text = say("identifiable", kinds=", ".join(sorted(kind.value.replace("-", " ") for kind in kinds)))
    contacts = contact_lines(pack, ("mash", "edt"))
    plain = "\n".join([text, bulleted(contacts), say("danger-999")])
    body = [cards.words(text), cards.points(contacts), cards.words(say("danger-999"), tone="attention")]
    return Reply(plain, cards.card(body, fallback=plain))


def out_of_scope_reply(pack: Pack) -> Reply:
    """Not something the partnership's guidance covers."""
    return Reply(say("out-of-scope", place=pack.partnership.partnership.place), suggestions=("help",))
