"""What to do about a "no": the date, the levels step by step, and a challenge from logging to impact."""

from __future__ import annotations

from collections.abc import Callable

from tests.e2e.teams import Teams

ALEX = "local-user"


def test_a_question_that_names_a_day_is_answered_with_a_date(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.say("MASH said no further action yesterday, what now and by when?")
    alex.see("To be answered by")
    alex.see("Still to be confirmed by the partnership office")
    alex.see("The MASH took no further action")
    alex.press("Log this challenge")
    alex.see("It is not a case record")


def test_escalate_leads_to_a_timetable(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.say("escalate")
    alex.see("Which stage are you at?")
    alex.press("Stage 1")
    alex.see("When was the decision that you disagree with?")
    alex.press("Today")
    alex.see("To be answered by")


def test_the_levels_are_walked_through(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.say("walk me through the thresholds")
    alex.see("Which part of a child's life is your worry about?")
    alex.press("The child's development")
    alex.see("Elsewhere in England, for example")
    alex.press("Level 3")
    alex.see("What the guidance says about level 3")
    alex.see("What to write in a referral")


def test_a_challenge_goes_from_logging_to_impact(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.say("escalate, stage 1, they said no yesterday")
    alex.say("log a challenge")
    alex.see("It is not a case record")
    alex.select("The agency whose decision you challenge", "Children's Services")
    alex.select("Stage", "1. Practitioner to practitioner")
    alex.select("What it is about", "A threshold decision")
    alex.press("Log it")
    alex.see("Your challenge is logged as C-1")
    alex.press("Open it")
    alex.see("Move to stage 2")
    alex.press("Move to stage 2")
    alex.press("Move it")
    alex.see("C-1 has moved to stage 2")
    alex.press("Record the outcome")
    alex.choose("The decision was changed")
    alex.press("Settle it")
    alex.see("What difference it made is still to be recorded")
    alex.press("Record the impact")
    alex.fill("What difference did C-1 make", "Help came sooner.")
    alex.press("Close the challenge")
    alex.see("the challenge is closed")
