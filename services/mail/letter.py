"""Builds one e-mail as bytes: its headers, its words, and a plain HTML twin. Pure; opens no connection.

Every header is checked here, so that nothing a person typed can add a header or a recipient.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from config.setting_kinds import is_mailbox, sender_of
from services.ports import Attachment, DeliveryError, Failure, Mail

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_UNSUBSCRIBE = re.compile(r"(?:mailto:|https://)[^\s<>,]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_CONTENT_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(?:; [a-z]+=[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes. `unsubscribe` is a mailto: or https: address, or empty."""

    sender: Address
    unsubscribe: str = ""

    @classmethod
    def of(cls, sender: str, unsubscribe: str = "") -> Letterhead:
        """From `a@b` or `Name <a@b>`. Raises `ValueError` when it is not one mailbox."""
        parts = sender_of(sender.strip())
        if parts is None or _CONTROLS.search(sender):
            raise ValueError("the sender must be one e-mail address")
        if unsubscribe and not _UNSUBSCRIBE.fullmatch(unsubscribe):
            raise ValueError("the address to unsubscribe must begin with mailto: or https://")
        name, mailbox = parts
        return cls(Address(name, addr_spec=mailbox), unsubscribe)


def message_id(key: str, domain: str) -> str:
    """The same for the same key, so that a repeat can be recognised by whoever holds both."""
    if not _KEY.fullmatch(key):
        # A digest of many notices has a key longer than a header line may be.
        key = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<notice.{key}@{domain}>"


def _as_html(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", html.escape(text.strip()))
    body = "\n".join("<p>" + part.replace("\n", "<br>\n") + "</p>" for part in paragraphs)
    return f'<!DOCTYPE html>\n<html lang="en-GB"><body>\n{body}\n</body></html>\n'


def write(mail: Mail, head: Letterhead, at: datetime) -> tuple[str, bytes]:
    """The Message-ID and the whole letter. `at` is aware.

    Raises `DeliveryError` (refused) for an address that is not one mailbox, for a subject with control
    characters and for a file with a strange name: each could carry a header of somebody else's making.
    """
    if not is_mailbox(mail.to):
        raise DeliveryError(Failure.REFUSED, code="bad-address")
    if _CONTROLS.search(mail.subject):
        raise DeliveryError(Failure.REFUSED, code="bad-subject")
    letter = EmailMessage(policy=SMTP)
    letter["From"] = head.sender
    letter["To"] = Address(addr_spec=mail.to)
    letter["Subject"] = mail.subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = message_id(mail.key, head.sender.domain)
    # No out-of-office answers, and no receipts: nobody reads the mailbox this comes from.
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    if head.unsubscribe:
        letter["List-Unsubscribe"] = f"<{head.unsubscribe}>"
    letter.set_content(mail.text, cte="quoted-printable")
    letter.add_alternative(_as_html(mail.text), subtype="html", cte="quoted-printable")
    for one in mail.attachments:
        _attach(letter, one)
    return letter["Message-ID"], letter.as_bytes()


def _attach(letter: EmailMessage, file: Attachment) -> None:
    """Add a file. Calendars know an invitation by the `method` of its content type (RFC 6047, 2.4)."""
    if not _FILE_NAME.fullmatch(file.name) or not _CONTENT_TYPE.fullmatch(file.content_type):
        raise DeliveryError(Failure.REFUSED, code="bad-attachment")
    kind, *parameters = file.content_type.split("; ")
    main, _, sub = kind.partition("/")
    letter.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    *_, part = letter.iter_attachments()
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        part.set_param(name, value)
