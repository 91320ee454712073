"""Which kinds of identifier a text holds. Says the kinds only: the text itself is never kept, echoed or logged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from services.language.words import straight
from services.screening.dates import has_date_of_birth
from services.screening.initials import has_person_by_initials, stand_as_name
from services.screening.kinds import IdentifierKind
from services.screening.lexicon import Names
from services.screening.names import NameFinder
from services.screening.numbers import has_email, has_nhs_number, has_phone, has_upn
from services.screening.places import AddressFinder, has_postcode
from services.screening.references import has_account, has_record_number, has_registration
from services.screening.schools import has_one_child_of_a_school


@dataclass(frozen=True, slots=True)
class Published:
    """What the partnership itself publishes and people may therefore type: its phones, mailboxes and postcodes, and
    the place that it is for."""

    place: str = ""
    phones: Mapping[str, str] = field(default_factory=dict)
    """Each with the name of whom one reaches there."""
    mailboxes: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()


class IdentifierScreen:
    """Looks for people in text. Built once from word lists; pure after that."""

    def __init__(
        self,
        names: Names,
        not_people: Iterable[str],
        signs: Mapping[str, Collection[str]],
        published: Published,
    ) -> None:
        """See `Names` and `NameFinder` for the lists. `published` numbers and addresses are no one's secret."""
        self._names = NameFinder(names, not_people, signs)
        self._addresses = AddressFinder(signs["streets"], signs["counted"], signs["any_street"])
        self._abbreviations = frozenset(signs["abbreviations"])
        self._short_forms = self._abbreviations | frozenset(signs["short_forms"])
        self._areas = frozenset(signs["postcode_areas"])
        self._published = published

    def identifiers_in(self, text: str) -> frozenset[IdentifierKind]:
        """The kinds of identifier in `text`; empty when it is clean (design.md section 1, "No case data")."""
        said = straight(text)
        ours = self._published
        found = {
            IdentifierKind.NAME: self._names.names_someone(said),
            IdentifierKind.DATE_OF_BIRTH: has_date_of_birth(said),
            IdentifierKind.AGE_WITH_INITIALS: has_person_by_initials(said, self._abbreviations)
            or stand_as_name(said, self._short_forms),
            IdentifierKind.ONE_CHILD_OF_A_SCHOOL: has_one_child_of_a_school(said),
            IdentifierKind.NHS_NUMBER: has_nhs_number(said),
            IdentifierKind.UPN: has_upn(said),
            IdentifierKind.PHONE: has_phone(said, ours.phones),
            IdentifierKind.EMAIL: has_email(said, ours.mailboxes),
            IdentifierKind.ADDRESS: self._addresses.has_address(said),
            IdentifierKind.POSTCODE: has_postcode(said, self._areas, ours.postcodes),
            IdentifierKind.ONLINE_ACCOUNT: has_account(said),
            IdentifierKind.CAR_REGISTRATION: has_registration(said),
        }
        kinds = frozenset(kind for kind, present in found.items() if present)
        # a number with a name of its own is called by that name alone
        numbered = kinds & {IdentifierKind.NHS_NUMBER, IdentifierKind.UPN, IdentifierKind.PHONE}
        return kinds if numbered or not has_record_number(said) else kinds | {IdentifierKind.RECORD_NUMBER}
