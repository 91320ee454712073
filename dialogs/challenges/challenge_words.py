"""A challenge as people read it: in one line, in full, as a card. Pure."""

from __future__ import annotations

from dialogs import cards, dates
from dialogs.challenges.agencies import agency_name
from dialogs.guidance.clock import doubts
from dialogs.turn import Turn
from dialogs.wording import say
from services.model import Challenge, ChallengeOutcome, ChallengeState


def outcome_words(outcome: ChallengeOutcome | None) -> str:
    """How it ended."""
    return say(f"outcome-{outcome.value}") if outcome else ""


def stage_name(turn: Turn, number: int) -> str:
    """The stage's name, or its number alone when the pack no longer has it."""
    stage = turn.rules.pack.partnership.escalation.stage(number)
    return stage.name if stage else str(number)


def headline(turn: Turn, challenge: Challenge) -> str:
    """Which agencies, and what about."""
    pack = turn.rules.pack
    own, other = agency_name(pack, challenge.agency_id), agency_name(pack, challenge.other_agency_id)
    return say("challenge-is", ref=challenge.ref, subject=challenge.subject, own=own, other=other)


def standing(turn: Turn, challenge: Challenge) -> str:
    """Where it stands today, with the date that matters."""
    if challenge.state is ChallengeState.OPEN:
        return _running(turn, challenge)
    day = dates.day(challenge.settled_on) if challenge.settled_on else ""
    outcome = outcome_words(challenge.outcome)
    outcome = outcome[:1].lower() + outcome[1:]
    return say(f"challenge-{challenge.state.value}", day=day, number=challenge.stage, outcome=outcome)


def _running(turn: Turn, challenge: Challenge) -> str:
    name = stage_name(turn, challenge.stage)
    if challenge.limit_on is None:
        day = dates.day(challenge.stage_since)
        return say("challenge-stage-unknown-limit", number=challenge.stage, name=name, day=day)
    near = dates.distance(turn.today, challenge.limit_on, turn.rules.workdays)
    key = "challenge-stage-late" if challenge.late(turn.today) else "challenge-stage-by"
    return say(key, number=challenge.stage, name=name, day=dates.day(challenge.limit_on), distance=near)


def line(turn: Turn, challenge: Challenge) -> str:
    """A challenge in one line."""
    return f"{headline(turn, challenge)} {standing(turn, challenge)}"


def doubt(turn: Turn, challenge: Challenge) -> list[str]:
    """That the stages are not confirmed, where a date of theirs is shown."""
    stage = turn.rules.pack.partnership.escalation.stage(challenge.stage)
    shown = challenge.state is ChallengeState.OPEN and stage is not None and doubts(stage)
    return [say("challenge-limit-unconfirmed")] if shown else []


def day_label(challenge: Challenge) -> str:
    """What the first day of a challenge is: of one logged at a later stage, the end of the stage before."""
    if challenge.stage == 1:
        return "Disagreed on"
    return f"Stage {challenge.stage - 1} ended on" if challenge.stage_since == challenge.raised_on else "Counted since"


def _facts(challenge: Challenge) -> list[tuple[str, str]]:
    return [
        (day_label(challenge), dates.day(challenge.raised_on)),
        ("Note", challenge.note or ""),
        ("How it ended", challenge.outcome_note or ""),
        ("Impact", challenge.impact or ""),
    ]


def in_full(turn: Turn, challenge: Challenge) -> list[str]:
    """All that its card shows, in lines."""
    facts = [f"{label}: {value}" for label, value in _facts(challenge) if value]
    return [headline(turn, challenge), standing(turn, challenge), *facts, *doubt(turn, challenge)]


def panel(turn: Turn, challenge: Challenge) -> list[cards.Element]:
    """A challenge for a card."""
    late = challenge.late(turn.today)
    return [
        cards.heading(headline(turn, challenge)),
        cards.words(standing(turn, challenge), tone="attention" if late else "default"),
        cards.facts(_facts(challenge)),
    ]
