"""Every sentence that is not guidance, by key, one file per subject. Plain UK English; an error says what to do next."""

from __future__ import annotations

from datetime import date

from dialogs import dates
from dialogs.wording import (
    asking,
    challenges,
    chasing,
    errors,
    escalation,
    imports,
    notices,
    places,
    reports,
    training,
    walking,
)
from services.errors import ServiceError

_TABLES = (
    asking,
    training,
    places,
    chasing,
    escalation,
    challenges,
    walking,
    notices,
    imports,
    reports,
    errors,
)

SENTENCES: dict[str, str] = {key: sentence for table in _TABLES for key, sentence in table.SENTENCES.items()}


def say(key: str, **params: object) -> str:
    """The sentence for `key`, filled in. Raises `KeyError` for one that is not in the table."""
    return SENTENCES[key].format(**params)


def explain(error: ServiceError) -> str:
    """The sentence for an error; its days are written out."""
    params = {key: dates.day(value) if type(value) is date else value for key, value in error.params.items()}
    return say(error.code, **params)
