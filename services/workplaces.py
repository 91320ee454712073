"""Where somebody works: who is a colleague, and who leads safeguarding there."""

from __future__ import annotations

from services.model import Person

ANYBODYS = frozenset(
    (
        "aol.com",
        "btinternet.com",
        "gmail.com",
        "googlemail.com",
        "gmx.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "live.com",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "ntlworld.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sky.com",
        "talktalk.net",
        "virginmedia.com",
        "yahoo.co.uk",
        "yahoo.com",
        "ymail.com",
    )
)
"""Domains at which anybody can have an address: they say nothing about where somebody works."""


def workplace(person: Person) -> tuple[str, str] | None:
    """Where somebody works: their agency and their mail domain. `None` if either is not known, or tells nothing.

    An agency of the list can be a kind of organisation, such as primary schools, and the lead of one school must
    neither hear what is overdue in another nor speak for its staff.
    """
    domain = (person.email or "").casefold().partition("@")[2]
    return (person.agency_id, domain) if person.agency_id and domain and domain not in ANYBODYS else None
