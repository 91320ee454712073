"""The kinds of personal identifier that screening reports. A kind is all that ever leaves: never the text."""

from __future__ import annotations

from enum import StrEnum


class IdentifierKind(StrEnum):
    """What was found in a message. design.md section 1, "No case data"."""

    NAME = "name"
    DATE_OF_BIRTH = "date-of-birth"
    AGE_WITH_INITIALS = "age-with-initials"
    ONE_CHILD_OF_A_SCHOOL = "one-child-of-a-school"
    NHS_NUMBER = "nhs-number"
    UPN = "upn"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTCODE = "postcode"
    RECORD_NUMBER = "record-number"
    ONLINE_ACCOUNT = "online-account"
    CAR_REGISTRATION = "car-registration"


OF_A_COLLEAGUE = frozenset({IdentifierKind.EMAIL, IdentifierKind.NAME})
"""What an order that is meant for a colleague may hold of one."""
