"""Three people and one forum: from a full session and its waiting list to a certificate, with the days passing by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from services.workdays import Workdays
from tests.e2e.conftest import Bot, next_working_morning
from tests.e2e.teams import Teams

ALICE, LEE, TILDA = "alice-example", "lee-loremipsum", "tilda-testerton"


def _a_small_forum(bot: Bot, folder: Path) -> date:
    """A forum with one place, near enough to be the next one and far enough to be booked still."""
    day = Workdays.closed_on(()).on_or_after(datetime.now(UTC).date() + timedelta(days=3))
    file = folder / "sessions.csv"
    row = f"E2E-1,dsl-forum,{day:%d/%m/%Y},11:00,12:00,1,Tilda Testerton"
    file.write_text(f"ref,course,date,start,end,capacity,trainer\n{row}\n", encoding="utf-8")
    bot.command("import", "sessions", str(file))
    return day


def test_from_a_waiting_list_to_a_certificate(bot: Bot, teams: Callable[[str], Teams], tmp_path: Path) -> None:
    day = _a_small_forum(bot, tmp_path)
    alice, lee, tilda = teams(ALICE), teams(LEE), teams(TILDA)
    alice.see("I am a bot, not a person")
    alice.say("book me on the next DSL forum")
    alice.see("The next forum")
    alice.press("Book")
    alice.see("You are booked on")
    lee.say("book dsl forum")
    lee.see("The next forum")
    lee.press("Join the waiting list")
    lee.see("number 1 on the waiting list")
    alice.press("Cancel my place")
    alice.see("Cancel your place on")
    alice.press("Yes, cancel it")
    alice.see("is cancelled. Thank you for saying so")
    lee.look()
    bot.tick()
    lee.see("A place has come free")
    lee.press("Accept the place")
    lee.see("You are booked on")

    after = (day - datetime.now(UTC).date()).days + 1
    bot.live(after)
    tilda.say("attendance")
    tilda.see("Mark attendance")
    tilda.press("Mark attendance", number=0)  # the latest session stands first
    tilda.see("Lee Loremipsum")
    tilda.press("Save")
    tilda.see("1 attended")
    lee.say("evaluate")
    lee.see("How satisfied were you with the course")
    for question in ("How satisfied were you", "How relevant was it", "How much did it add"):
        lee.select(question, "5")
    lee.press("Send")
    lee.see("Your answers are kept")

    bot.live(after + 43)
    lee.look()
    bot.tick(next_working_morning(after + 43))
    lee.see("Answer the impact evaluation")
    lee.press("Answer the impact evaluation")
    lee.see("Your impact evaluation")
    lee.fill("Which parts of the course have you used", "How the levels of need work.")
    lee.fill("Give one example", "I asked for consent before a referral.")
    lee.select("How confident were you before", "4")
    lee.select("How confident are you now", "8")
    lee.select("Did you share", "In supervision")
    lee.fill("What changed for a child", "Help came sooner.")
    lee.press("Send")
    lee.see("Your answers are kept")
    lee.say("my certificates")
    lee.see("Safeguarding in Education")
