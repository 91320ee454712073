"""A practitioner's first day with the bot: asks, books, cancels, and is reminded."""

from __future__ import annotations

from collections.abc import Callable

from tests.e2e.conftest import Bot, next_working_morning
from tests.e2e.playground import BOT_NAME, CHANNEL_NAME, GROUP_NAME
from tests.e2e.teams import Teams

ALEX = "local-user"


def test_a_question_is_answered_with_its_source(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.say("what is level 3")
    alex.see("Level 3")
    alex.see("Where this comes from")
    alex.see("Last checked")


def test_a_forum_is_booked_by_button_and_cancelled(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.say("book dsl forum")
    alex.see("The next forum")
    alex.press("Book")
    alex.see("You are booked on")
    alex.say("my bookings")
    alex.see("Your bookings")
    alex.press("Cancel my place")
    alex.see("Cancel your place on")
    alex.press("Yes, cancel it")
    alex.see("is cancelled. Thank you for saying so")
    alex.say("my bookings")
    alex.see("You have nothing booked")


def test_a_button_pressed_on_an_old_card_changes_nothing_twice(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.say("book dsl forum")
    alex.see("The next forum")
    alex.say("book dsl forum")
    alex.see("The next forum")
    alex.press("Book")
    alex.see("You are booked on")
    alex.press("Book")  # the first card's, which still offers the place
    alex.see("You already have a place on")


def test_an_impact_evaluation_and_an_overdue_action_arrive(bot: Bot, teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.look()
    moment = next_working_morning()
    bot.tick(moment)
    alex.see("impact evaluation")
    alex.see("DEMO-01")
    alex.see("overdue")
    alex.look()
    bot.tick(moment)
    alex.never_see("DEMO-01")
    alex.press("Update DEMO-01")
    alex.see("7 days overdue")


def test_an_impact_evaluation_is_answered_in_one_card(bot: Bot, teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    alex.see("I am a bot, not a person")
    alex.look()
    bot.tick(next_working_morning())
    alex.see("Answer the impact evaluation")
    alex.press("Answer the impact evaluation")
    alex.see("Your impact evaluation")
    alex.fill("Which parts of the course have you used", "How the levels of need work.")
    alex.fill("Give one example", "I asked for consent before a referral.")
    alex.select("How confident were you before", "4")
    alex.select("How confident are you now", "8")
    alex.select("Did you share", "In supervision")
    alex.fill("What changed for a child", "Help came sooner.")
    alex.press("Send")
    alex.see("Your answers are kept")
    alex.say("evaluate")
    alex.never_see("Your impact evaluation")


def test_a_stranger_is_told_what_to_do_and_gets_nothing_personal(teams: Callable[[str], Teams]) -> None:
    charlie = teams("charlie-stranger")
    charlie.see("I am a bot, not a person")
    charlie.say("my bookings")
    charlie.see("The partnership does not know you yet")


def test_in_a_group_and_a_channel_it_answers_only_when_mentioned(teams: Callable[[str], Teams]) -> None:
    alex = teams(ALEX)
    for place in (GROUP_NAME, CHANNEL_NAME):
        alex.open(place)
        alex.mention(BOT_NAME, "what is level 3")
        alex.see("Level 3")
        alex.mention(BOT_NAME, "my bookings")
        alex.see("so I only show it in our own chat")
