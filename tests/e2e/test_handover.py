"""A question goes to a person, who takes it and answers; the answer comes back by itself."""

from __future__ import annotations

from collections.abc import Callable

from tests.e2e.conftest import Bot, next_working_morning
from tests.e2e.teams import Teams

ALEX, MONA = "local-user", "mona-madeup"


def test_a_question_is_taken_answered_and_told(bot: Bot, teams: Callable[[str], Teams]) -> None:
    alex, mona = teams(ALEX), teams(MONA)
    alex.see("I am a bot, not a person")
    alex.say("ask a person")
    alex.see("I can put your question to a person")
    alex.fill("Your question", "Who leads the early help plan when two schools are involved?")
    alex.press("Send my question")
    alex.see("Q3")
    mona.say("open questions")
    mona.see("Q3")
    mona.press("Open Q3")
    mona.see("Nobody has taken this question yet")
    mona.press("Take this question")
    mona.see("Your answer")
    mona.fill("Your answer", "The school that the family sees most.")
    mona.press("Send my answer")
    mona.see("Question Q3 is answered")
    alex.look()
    bot.tick(next_working_morning())
    alex.see("The school that the family sees most.")
    alex.press("It answered my question")
    alex.see("Thank you")
