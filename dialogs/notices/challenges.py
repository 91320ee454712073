"""Challenges: to who raised it, to the other side, and to the manager, each in their own words."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.challenges import challenge_log
from dialogs.challenges.agencies import agency_name
from dialogs.notices.item import Item, Occasion
from dialogs.wording import say
from services.model import Challenge, Role
from services.notices.subjects import ChallengeDue, ChallengeUntimed, ImpactMissing


def _voice(challenge: Challenge, occasion: Occasion) -> str:
    """As whom the person is written to. A manager who is also the other side's lead reads the other side's words."""
    if occasion.person.id == challenge.raised_by_id:
        return "own"
    other_side = occasion.person.agency_id == challenge.other_agency_id and occasion.person.has(Role.DSL)
    return "manager" if occasion.person.has(Role.MANAGER) and not other_side else "other"


def _names(challenge: Challenge, occasion: Occasion) -> dict[str, object]:
    pack = occasion.rules.pack
    stage = pack.partnership.escalation.stage(challenge.stage)
    return {
        "own": agency_name(pack, challenge.agency_id),
        "other": agency_name(pack, challenge.other_agency_id),
        "subject": challenge.subject[:1].lower() + challenge.subject[1:],
        "number": challenge.stage,
        "name": stage.name if stage else str(challenge.stage),
    }


def _open(challenge: Challenge, voice: str) -> tuple[cards.Element, ...]:
    """Only who may change it gets the button; the server asks again when it is pressed."""
    return (
        () if voice == "other" else (cards.button(f"Open {challenge.ref}", challenge_log.OPEN, challenge=challenge.id),)
    )


def due(subject: ChallengeDue, occasion: Occasion) -> Item:
    """A stage that must be answered soon, today, or should have been."""
    challenge = subject.challenge
    limit = challenge.limit_on or occasion.today
    late = challenge.late(occasion.today)
    voice = _voice(challenge, occasion)
    near = dates.distance(occasion.today, limit, occasion.rules.workdays)
    key = f"challenge-notice-{voice}{'-late' if late else ''}"
    text = say(key, day=dates.day(limit), near=near, **_names(challenge, occasion))
    if occasion.person.has(Role.MANAGER) and not subject.others_known:
        text = f"{text} {say('challenge-notice-pass-on', **_names(challenge, occasion))}"
    stage = occasion.rules.pack.partnership.escalation.stage(challenge.stage)
    doubt = "" if stage is None or stage.limit.confirmed else f" {say('challenge-limit-unconfirmed')}"
    title = say("challenge-notice-late") if late else say("challenge-notice-near", near=near)
    return Item(
        say("challenge-notice-title", ref=challenge.ref, near=title),
        f"{text} {say('challenge-notice-danger')}{doubt}",
        _open(challenge, voice),
    )


def untimed(subject: ChallengeUntimed, occasion: Occasion) -> Item:
    """A stage without a time limit: how does it stand?"""
    challenge = subject.challenge
    voice = "own" if occasion.person.id == challenge.raised_by_id else "manager"
    day = dates.day(challenge.stage_since)
    text = say(f"untimed-notice-{voice}", day=day, **_names(challenge, occasion))
    title = say("untimed-notice-title", ref=challenge.ref)
    return Item(title, f"{text} {say('challenge-notice-danger')}", _open(challenge, voice))


def impact(subject: ImpactMissing, occasion: Occasion) -> Item:
    """A settled challenge whose impact nobody has recorded."""
    challenge = subject.challenge
    own = occasion.person.id == challenge.raised_by_id
    voice = "own" if own else "manager"
    outcome = say(f"outcome-{challenge.outcome.value}") if challenge.outcome else ""
    day = dates.day(challenge.settled_on) if challenge.settled_on else ""
    outcome = outcome[:1].lower() + outcome[1:]
    text = say(f"impact-notice-{voice}", day=day, outcome=outcome, ref=challenge.ref, **_names(challenge, occasion))
    return Item(say("impact-notice-title", ref=challenge.ref), text, _open(challenge, voice))
