"""Certificates: whether one follows, which ones somebody has, and what a number stands for."""

from __future__ import annotations

from config.training import CertificateRule
from dialogs import cards, dates
from dialogs.talk import Reply
from dialogs.training.sessions import course_title, when
from dialogs.turn import Answer, Turn, answer
from dialogs.unconfirmed import doubt_mark
from dialogs.wording import say
from services import certificates
from services.errors import NotFound
from services.model import Evaluation, EvaluationKind, Role
from services.rulebook import Rulebook

MINE, SEND_AGAIN = "certificates.mine", "certificate.send"
SHOWN = 5
_RULES = {
    CertificateRule.AFTER_IMPACT_EVALUATION: "certificate-rule-impact",
    CertificateRule.AFTER_COURSE_EVALUATION: "certificate-rule-course",
    CertificateRule.AFTER_ATTENDANCE: "certificate-rule-attendance",
}


def certificate_rule(rules: Rulebook) -> str:
    """After what a certificate is issued, saying so while the office has yet to confirm it."""
    rule = rules.pack.partnership.booking.certificate
    return say(_RULES[rule.value]) + doubt_mark(rule.confirmed)


async def what_follows(turn: Turn, answered: Evaluation) -> list[str]:
    """After a form was sent: the certificate if it is issued, or what it still waits for."""
    if answered.kind is EvaluationKind.MANAGER:
        return []
    issued = await turn.work.certificates.of_booking(answered.booking_id)
    if issued is not None:
        return [say("certificate-issued-now", number=issued.number), say(_how(turn))]
    theirs = (await turn.work.evaluations.of_bookings([answered.booking_id])).get(answered.booking_id, [])
    comment = next((one for one in theirs if one.kind is EvaluationKind.MANAGER), None)
    if comment is None:
        return [say("evaluation-words-certificate", rule=certificate_rule(turn.rules))]
    until = dates.day(certificates.waits_until(comment, turn.rules))
    return [say("certificate-waits", until=until)]


def _how(turn: Turn) -> str:
    """How the person speaking gets the file: the key of the sentence, the same wherever they ask."""
    if turn.by_mail:
        return "certificate-how"
    return "certificate-without-mail" if turn.rules.by_mail else "certificate-on-paper"


async def mine(turn: Turn) -> Answer:
    """What the person has earned, newest first."""
    person = turn.known()
    found = await turn.work.certificates.of_person(person.id, limit=SHOWN)
    if not found:
        return answer(Reply(say("no-certificates", rule=certificate_rule(turn.rules))))
    behind = await certificates.behind(turn.work, found)
    lines, body = [], [cards.title("Your certificates")]
    for one in found:
        session = behind[one.id].session
        line = f"{course_title(turn, session.course_id)}, {when(turn, session)}. Number {one.number}."
        lines.append(line)
        again = [cards.button("E-mail it to me again", SEND_AGAIN, certificate=one.id)] if turn.by_mail else []
        body.append(cards.panel([cards.words(line), *([cards.actions_row(again)] if again else [])]))
    hint = say(_how(turn))
    plain = "\n".join(["Your certificates", *lines, hint])
    return answer(Reply(plain, cards.card([*body, cards.words(hint, quiet=True)], fallback=plain)))


async def send_again(turn: Turn) -> Answer:
    """The file once more by e-mail: at most once a day, so that a double press sends one."""
    person = turn.known()
    await certificates.send_again(turn.work, person, turn.number("certificate"), now=turn.now, rules=turn.rules)
    return answer(Reply(say("certificate-sent-again")))


async def verify(turn: Turn, number: str) -> Answer:
    """What a number stands for: for the office, which is asked by employers and inspectors."""
    turn.known(Role.MANAGER)
    try:
        found = await certificates.verify(turn.work, number)
    except NotFound as error:
        return answer(Reply(say(error.code)))
    zone = turn.rules.pack.partnership.calendar.zone
    course, held = course_title(turn, found.session.course_id), when(turn, found.session)
    issued = dates.day(found.certificate.issued_at.astimezone(zone).date())
    plain = say(
        "certificate-verified",
        number=found.certificate.number,
        who=found.person.name,
        course=course,
        held=held,
        issued=issued,
    )
    facts = [("Issued to", found.person.name), ("Course", course), ("Held", held), ("Issued on", issued)]
    body = [cards.title(f"{found.certificate.number} is genuine"), cards.facts(facts)]
    return answer(Reply(plain, cards.card(body, fallback=plain)))
