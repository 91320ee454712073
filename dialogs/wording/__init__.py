"""Every sentence that is not guidance, by key, one file per subject. Plain UK English; an error says what to do next."""

from __future__ import annotations

from dialogs.wording import actions, asking, chasing, errors, evidence, history, imports, notices, reports, training
from services.errors import ServiceError

_TABLES = (asking, training, chasing, actions, evidence, history, notices, imports, reports, errors)

SENTENCES: dict[str, str] = {key: sentence for table in _TABLES for key, sentence in table.SENTENCES.items()}


def say(key: str, **params: object) -> str:
    """The sentence for `key`, filled in. Raises `KeyError` for one that is not in the table."""
    return SENTENCES[key].format(**params)


def explain(error: ServiceError) -> str:
    """The sentence for an error."""
    return say(error.code, **error.params)
