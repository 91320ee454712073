"""Certificates: the news of one, and the letter with the file."""

from __future__ import annotations

from config.training import CertificateRule
from dialogs import cards
from dialogs.notices.item import Item, Occasion
from dialogs.training import certificates
from dialogs.wording import say
from services.notices.subjects import CertificateIssued
from services.ports import Attachment
from services.printing.certificate import CertificateWords, certificate_pdf

_DONE = {
    CertificateRule.AFTER_IMPACT_EVALUATION.value: "certificate-done-impact",
    CertificateRule.AFTER_COURSE_EVALUATION.value: "certificate-done-course",
    CertificateRule.AFTER_ATTENDANCE.value: "certificate-done-attendance",
}


def issued(subject: CertificateIssued, occasion: Occasion) -> Item:
    """That it is earned and what its number is; by e-mail, the certificate itself."""
    course = occasion.course(subject.session.course_id)
    number, when = subject.certificate.number, occasion.session_time(subject.session)
    title = say("certificate-notice-title", course=course)
    if subject.by_mail and occasion.by_mail:
        file = Attachment(f"certificate-{number}.pdf", "application/pdf", certificate_pdf(_words(subject, occasion)))
        return Item(title, say("certificate-letter", course=course, when=when, number=number), attachments=(file,))
    how = say("certificate-how" if occasion.by_mail else "certificate-on-paper")
    text = f"{say('certificate-notice', course=course, when=when, number=number)} {how}"
    return Item(title, text, (cards.button("My certificates", certificates.MINE),))


def _words(subject: CertificateIssued, occasion: Occasion) -> CertificateWords:
    issuer = occasion.rules.pack.partnership.partnership.name.value
    certificate = subject.certificate
    return CertificateWords(
        issuer=issuer,
        title=say("certificate-title"),
        lead=say("certificate-lead"),
        name=occasion.person.name,
        done=say(_DONE[certificate.rule]),
        course=occasion.course(subject.session.course_id),
        held=occasion.session_time(subject.session),
        number=say("certificate-number", number=certificate.number),
        small=(say("certificate-small-issued", day=occasion.day(certificate.issued_at), issuer=issuer),),
        issued_at=certificate.issued_at,
    )
