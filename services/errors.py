"""Errors as codes and parameters. The sentences that people read live in `dialogs.wording`."""

from __future__ import annotations


class ServiceError(Exception):
    """A use case refused. `code` selects the sentence; `params` fill it and never hold free text from people."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class NotAllowed(ServiceError):
    """The authenticated sender may not do this, whatever the card or the words said."""


class NotFound(ServiceError):
    """What was asked for does not exist, or is not visible to this person: the two must look the same."""


class DuplicateActivity(Exception):
    """The same activity arrived again. Its effect stands already; the right answer is silence."""


class NewerTables(Exception):
    """The database is at a revision that this version does not know: a newer version has been here."""

    def __init__(self, revision: str) -> None:
        self.revision = revision
        super().__init__(revision)


class StoreUnavailable(Exception):
    """The database could not be reached. Nothing was stored and nothing is half done.

    `said` is the first line of what the driver said: it names no row, for the connection was never used or was lost.
    """

    def __init__(self, said: str = "") -> None:
        """For logs and operators; people are told nothing of it."""
        super().__init__(said)
        self.said = said


class WroteInReading(Exception):
    """Something that only looks tried to write, and the database refused. A fault of ours, not of the database."""
