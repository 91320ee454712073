"""Builds the guide from a partnership's articles and word lists. Only here is it known how the lists fit together."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from typing import TypeVar

from config.articles import Article, Heading
from config.pack import Pack
from config.partnership import Partnership
from config.words import Command, English, PackWords, read_english, read_pack_words
from services.commands import CommandBook
from services.guidance.elsewhere import Elsewhere
from services.guidance.features import Features
from services.guidance.lines import Lines
from services.guidance.phone_book import PhoneBook
from services.guidance.search import Phrase, Search, about, commanding, outside, urgent
from services.guidance.thesaurus import Thesaurus
from services.language import LeadIns, Roles, Speller, tokens_of_each
from services.screening.emergencies import EmergencyScreen
from services.screening.identifiers import IdentifierScreen, Published
from services.screening.lexicon import Names
from services.understanding import Guide

_EMERGENCY_TOPIC = "immediate-danger"  # its phrases may be emergencies themselves: they teach neither side
_PEOPLE = ("child", "adult", "self", "they")
"""The word lists, by tag, of those whom a message may be about."""
T = TypeVar("T")


def guide_for(pack: Pack) -> Guide:
    """The guide of one partnership's folder, with the word lists that every partnership shares.

    Raises `PackError` when a word list is missing or broken.
    """
    return build_guide(pack.articles, read_pack_words(pack.folder), read_english(), published_by(pack.partnership))


def published_by(partnership: Partnership) -> Published:
    """The numbers and mailboxes a partnership publishes: typing one of them names nobody."""
    contacts = partnership.contacts
    return Published(
        place=partnership.partnership.place,
        phones={phone: contact.label for contact in contacts for phone in contact.phones},
        mailboxes=tuple(contact.email for contact in contacts if contact.email),
    )


def build_guide(articles: Sequence[Article], words: PackWords, english: English, published: Published) -> Guide:
    """A guide that answers from `articles`. Takes a second. Raises `ValueError` on an unknown command name."""
    with _nothing_collected():
        return _built(articles, words, english, published)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Building makes a million objects and no garbage: looking for it again and again took an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _built(articles: Sequence[Article], words: PackWords, english: English, published: Published) -> Guide:
    said = _Said(articles, words, english)
    speller = _speller(said, words, english)
    lead_ins = _lead_ins(speller, english)
    phrases = said.phrases(speller, lead_ins)
    examples = [(emergency, speller.meant(typed)) for emergency, typed in said.emergencies]
    learned = [*phrases, *(urgent(said, emergency=emergency) for emergency, said in examples)]
    features = Features(
        speller,
        _thesaurus(speller, words),
        english.little,
        set(chain.from_iterable(phrase.words for phrase in learned)),
        {tag: speller.words_of_each(listed) for tag, listed in english.command_words.items()},
    )
    search = Search(learned, features, said.lines)
    return Guide(
        phone_book=PhoneBook(published.phones),
        speller=speller,
        emergencies=_emergency_screen(speller, english, examples, phrases),
        identifiers=IdentifierScreen(
            Names(
                english.given_names,
                english.surnames,
                _ordinary_words(said, english),
                english.common,
                english.first_names,
            ),
            english.not_people,
            english.identifier_words,
            published,
        ),
        elsewhere=_elsewhere(speller, english, published.place),
        commands=CommandBook((command, speller.meant(typed)) for command, typed in said.commands),
        roles=Roles(speller.words(role) for role in english.roles),
        lead_ins=lead_ins,
        search=search,
        lines=Lines({article.id: _settled(article) for article in articles}, features, search.rarity),
        titles={article.id: speller.words(article.title) for article in articles},
        names=[phrase.words[0] for phrase in phrases if phrase.topic and len(phrase.words) == 1],
    )


class _Said:
    """Every phrase and line, split into typed words once."""

    def __init__(self, articles: Sequence[Article], words: PackWords, english: English) -> None:
        asked = [(article.id, one) for article in articles for one in (article.title, *article.asked)]
        self.topics = _typed([*asked, *words.phrases])
        self.commands = _typed([(Command(name), phrase) for name, phrase in words.commands])
        self.outside = _typed(words.out_of_scope)
        self.emergencies = _typed(english.emergency_examples)
        self.lines = tokens_of_each([line for article in articles for line in _lines(article)])

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """Every word of them, with how often it is used; emergencies are in other people's words."""
        listed: tuple[Iterable[tuple[str, list[str]]], ...] = (self.topics, self.commands, self.outside)
        return Counter(chain(*(typed for group in listed for _, typed in group), *self.lines))

    def phrases(self, speller: Speller, lead_ins: LeadIns) -> list[Phrase]:
        """Everything people type, spelled out and unwrapped as their messages will be."""

        def meant(typed: Sequence[str]) -> Sequence[str]:
            return lead_ins.without(speller.meant(typed))

        return [
            *(about(topic, meant(typed)) for topic, typed in self.topics),
            *(commanding(command, meant(typed)) for command, typed in self.commands),
            *(outside(theme, meant(typed)) for theme, typed in self.outside),
        ]


def _typed(phrases: Sequence[tuple[T, str]]) -> list[tuple[T, list[str]]]:
    return list(zip((of for of, _ in phrases), tokens_of_each([phrase for _, phrase in phrases]), strict=True))


def _speller(said: _Said, words: PackWords, english: English) -> Speller:
    correct = said.vocabulary.copy()
    correct.update(word for listed in english.emergency_words.values() for phrase in listed for word in phrase.split())
    meanings = tokens_of_each(f"{one} {means}" for one, means in words.thesaurus)
    correct.update(chain(*(typed for _, typed in said.emergencies), *meanings))
    places = chain.from_iterable(tokens_of_each(english.not_people))  # "Pinner" is no slip of "pinned"
    return Speller({*english.everyday, *english.common, *places}, correct, english.texting)


def _lead_ins(speller: Speller, english: English) -> LeadIns:
    openings, closings = (speller.words_of_each(english.lead_ins[side]) for side in ("openings", "closings"))
    people = {one for tag in _PEOPLE for one in english.emergency_words[tag] if one.isalpha()}
    return LeadIns(openings, closings, english.little | people)


def _elsewhere(speller: Speller, english: English, place: str) -> Elsewhere:
    words = english.elsewhere_words
    own = [form for word in speller.words(place) for form in (word, f"{word}s")]
    return Elsewhere(speller.words_of_each(words["authorities"]), {*words["ties"], *own})


def _thesaurus(speller: Speller, words: PackWords) -> Thesaurus:
    said, means = (speller.words_of_each(side) for side in zip(*words.thesaurus, strict=True))
    return Thesaurus(zip(said, means, strict=True))


def _ordinary_words(said: _Said, english: English) -> frozenset[str]:
    """Words that are nobody's name; a name among the words of a folder's lists stays one ("the surname Patel")."""
    typed = said.vocabulary.keys() | english.texting.keys()
    return english.everyday | (typed - english.given_names - english.surnames)


def _emergency_screen(
    speller: Speller, english: English, examples: Sequence[tuple[bool, Sequence[str]]], phrases: Iterable[Phrase]
) -> EmergencyScreen:
    signs: Mapping[str, list[list[str]]] = {
        tag: speller.words_of_each(listed) for tag, listed in english.emergency_words.items()
    }
    return EmergencyScreen(
        signs,
        [said for emergency, said in examples if emergency],
        [said for emergency, said in examples if not emergency],
        [phrase.words for phrase in phrases if phrase.topic != _EMERGENCY_TOPIC],
    )


def _lines(article: Article) -> tuple[str, ...]:
    return (article.title, *(line for points in article.sections.values() for line in points))


def _settled(article: Article) -> tuple[str, ...]:
    """The lines that may stand for an article: what is still to be confirmed is no answer to anything."""
    return (
        article.title,
        *(line for heading, points in article.sections.items() if heading is not Heading.TO_CONFIRM for line in points),
    )
