"""An evaluation that is left and come back to, and what people type into it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from config.training import Form
from services.model import BookingState, EvaluationKind, Role
from services.work import Database
from tests.builders import a_chat
from tests.dialogs.training.places_chat import an_impact_form as a_form
from tests.dialogs.training.training_chat import Chat, a_chat_under


@pytest.fixture
async def chat(database: Database) -> Chat:
    chat = a_chat_under(database)
    await chat.join("Alice", roles=[Role.DSL])
    return chat


@pytest.mark.parametrize("words", ["carry on", "ok where was I?", "continue please"])
async def test_a_form_that_was_put_by_is_gone_on_with_as_people_say_it(chat: Chat, words: str) -> None:
    form = await a_form(chat)
    assert "Question" not in await chat.say("Alice", words)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    for said in ("The referral form", "my bookings"):
        await chat.say("Alice", said)
    assert "Question 2 of 8" in await chat.say("Alice", words)


async def test_a_form_that_was_put_by_before_each_was_kept_is_still_gone_on_with(chat: Chat) -> None:
    form = await a_form(chat)
    first = chat.rules.pack.partnership.evaluation.form(Form.IMPACT)[0].id
    await chat.say("Alice", "hello")
    async with chat.database.work() as work:
        await work.conversations.set_flow(
            a_chat("Alice"), {"put-by": f"{form} {json.dumps({first: 'The referral form'})}"}
        )
        await work.commit()
    assert "Question 2 of 8" in await chat.say("Alice", "carry on")


async def test_a_call_for_help_inside_a_form_comes_first_and_loses_no_answer(chat: Chat) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    await chat.say("Alice", "The referral form")
    said = await chat.say("Alice", "a child is being hurt right now")
    assert said.startswith("Call 999 now")
    assert said.endswith("type evaluate to carry on with it.")
    assert "Question 2 of 8" in await chat.say("Alice", "evaluate")


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("evaluate", "course evaluation"),
        ("i want to do the impact form", "impact evaluation"),
        ("impact evaluation", "impact evaluation"),
        ("course evaluation", "course evaluation"),
    ],
)
async def test_the_form_that_is_named_is_opened(chat: Chat, words: str, form: str) -> None:
    await a_form(chat)
    async with chat.database.work() as work:
        (alice,) = await work.people.with_role(Role.DSL)
        (booking,) = await work.bookings.active_of(alice.id, chat.now)
        await work.evaluations.owe(booking.id, alice.id, EvaluationKind.COURSE, chat.now.date() - timedelta(days=9))
        await work.commit()
    assert (await chat.say("Alice", words)).startswith(f"Your {form}: ")


async def test_a_mark_for_how_it_is_now_is_no_call_for_help_and_anything_more_is(chat: Chat) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    for words in ("The referral form", "I asked sooner", "4 before"):
        await chat.say("Alice", words)
    assert (await chat.say("Alice", "8 now and he is being hit")).startswith("Call 999 now")
    await chat.say("Alice", "evaluate")
    assert "Question 5 of 8" in await chat.say("Alice", "8 now")
    assert (await chat.say("Alice", "a child is being hurt right now")).startswith("Call 999 now")


async def test_evaluate_in_the_middle_of_a_form_goes_on_with_it(chat: Chat) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    await chat.say("Alice", "The referral form")
    said = await chat.say("Alice", "evaluate")
    assert said.endswith(
        "Question 2 of 8: Give one example of something you did differently. What prompted it? Please name nobody."
    )


async def two_forms(chat: Chat) -> tuple[int, int]:
    """An impact evaluation and a course evaluation that Alice owes."""
    impact = await a_form(chat)
    async with chat.database.work() as work:
        form = await work.evaluations.by_id(impact)
        assert form is not None
        await work.evaluations.owe(form.booking_id, form.person_id, EvaluationKind.COURSE, form.due_on)
        found = await work.evaluations.of_bookings([form.booking_id])
        await work.commit()
    (course,) = [one.id for one in found[form.booking_id] if one.id != impact]
    return impact, course


@pytest.mark.parametrize("by_button", [False, True], ids=["for something else", "for the other by its button"])
async def test_of_two_forms_left_half_answered_each_is_kept(chat: Chat, by_button: bool) -> None:
    impact, course = await two_forms(chat)
    await chat.send("Alice", "evaluation.open", evaluation=impact)
    await chat.say("Alice", "The referral form")
    if not by_button:
        await chat.say("Alice", "my bookings")
    said = await chat.send("Alice", "evaluation.open", evaluation=course)
    assert ("type evaluate to carry on with it" in said) is by_button
    for words in ("4", "5"):
        await chat.say("Alice", words)
    assert "type evaluate to carry on with it" in await chat.say("Alice", "my bookings")

    assert "Your answers so far are kept. This is what comes next.\nQuestion 3 of 4" in await chat.say(
        "Alice", "carry on"
    )
    await chat.say("Alice", "my bookings")
    said = await chat.say("Alice", "impact evaluation")
    assert "Your answers so far are kept. This is what comes next.\nQuestion 2 of 8" in said
    await chat.say("Alice", "my bookings")
    await chat.send("Alice", "evaluation.open", evaluation=course)
    for words in ("3", "skip"):
        said = await chat.say("Alice", words)
    assert "Thank you" in said
    assert "Question 2 of 8" in await chat.say("Alice", "evaluate")


async def test_a_form_that_was_stopped_is_not_kept_whatever_else_was(chat: Chat) -> None:
    impact, course = await two_forms(chat)
    await chat.send("Alice", "evaluation.open", evaluation=impact)
    for words in ("The referral form", "my bookings"):
        await chat.say("Alice", words)
    await chat.send("Alice", "evaluation.open", evaluation=course)
    for words in ("4", "stop"):
        await chat.say("Alice", words)
    assert "Question 1 of 4" in await chat.send("Alice", "evaluation.open", evaluation=course)
    assert "Question 2 of 8" in await chat.say("Alice", "impact evaluation")


@pytest.mark.parametrize("words", ["hang on", "what did you say", "one sec please"])
async def test_words_in_between_are_no_answer_of_the_form(chat: Chat, words: str) -> None:
    form = await a_form(chat)
    await chat.send("Alice", "evaluation.open", evaluation=form)
    assert "I am still waiting for your answer" in await chat.say("Alice", words)
    assert "Question 2 of 8" in await chat.say("Alice", "The referral form")


async def test_an_answer_is_put_right_and_its_correction_answers_nothing_else(chat: Chat) -> None:
    await chat.send("Alice", "evaluation.open", evaluation=await a_form(chat))
    assert "taken back" not in await chat.say("Alice", "go back")
    assert "Question 2 of 8" in await chat.say("Alice", "The referral form")
    said = await chat.say("Alice", "oops i meant the thresholds guidance")
    assert said.startswith("I have changed your answer to question 1. Question 2 of 8")
    await chat.say("Alice", "We asked earlier")
    said = await chat.say("Alice", "no, go back please")
    assert said.startswith("Your last answer is taken back. Question 2 of 8")
    assert "Question 3 of 8" in await chat.say("Alice", "We asked earlier, and wrote it down")


async def a_certificate(chat: Chat) -> int:
    """One that Alice has earned on a course she attended."""
    await a_form(chat)
    async with chat.database.work() as work:
        (alice,) = await work.people.with_role(Role.DSL)
        (booking,) = await work.bookings.active_of(alice.id, chat.now)
        await work.bookings.move(booking, BookingState.ATTENDED)
        issued = await work.certificates.issue(booking.id, alice.id, "HARROW-2027-00001-50", "attendance", chat.now)
        await work.commit()
    assert issued is not None
    return issued.id


async def test_without_a_mail_server_no_certificate_is_promised_by_email(chat: Chat) -> None:
    certificate = await a_certificate(chat)
    assert "work e-mail" in await chat.say("Alice", "my certificates")
    assert "E-mail it to me again" in chat.buttons("Alice")
    chat.rules = replace(chat.rules, by_mail=False)
    said = await chat.say("Alice", "my certificates")
    assert "I cannot e-mail it to you; the partnership office can print it" in said
    assert "work e-mail" not in said
    assert "E-mail it to me again" not in chat.buttons("Alice")
    again = await chat.send("Alice", "certificate.send", certificate=certificate)
    assert again == "I cannot e-mail it to you; the partnership office can print it for you by its number."


@pytest.mark.parametrize("words", ["what do i have to do", "my actions"])
async def test_who_owes_a_form_is_not_told_that_nothing_is_to_be_done(chat: Chat, words: str) -> None:
    assert "You have no open actions. Thank you." in await chat.say("Alice", words)
    await a_form(chat)
    said = await chat.say("Alice", words)
    assert said.startswith("You have no open actions. This waits for you:")
    assert "- Your impact evaluation on Managing Allegations (LADO): type evaluate." in said


async def test_a_line_managers_comment_and_marks_of_attendance_are_owed(chat: Chat) -> None:
    await a_form(chat)
    boss = await chat.join("Boss", roles=[Role.TRAINER])
    async with chat.database.work() as work:
        (alice,) = await work.people.with_role(Role.DSL)
        (booking,) = await work.bookings.active_of(alice.id, chat.now)
        await work.evaluations.owe(booking.id, boss, EvaluationKind.MANAGER, chat.now.date())
        await work.sessions.change(booking.session_id, trainer="Boss Example")
        await work.commit()
    chat.now += timedelta(days=30)
    said = await chat.say("Boss", "what do i have to do")
    assert "- Your comment as line manager on Managing Allegations (LADO): type evaluate." in said
    assert "- Attendance to mark: Managing Allegations (LADO), Wednesday 3 February 2027" in said
    assert "Attendance to mark" not in await chat.say("Alice", "what do i have to do")


async def a_course_form(chat: Chat) -> int:
    """The evaluation straight after, of what Alice has attended."""
    impact = await a_form(chat)
    async with chat.database.work() as work:
        form = await work.evaluations.by_id(impact)
        assert form is not None
        await work.evaluations.owe(form.booking_id, form.person_id, EvaluationKind.COURSE, chat.now.date())
        found = await work.evaluations.of_bookings([form.booking_id])
        await work.commit()
    return next(one.id for one in found[form.booking_id] if one.kind is EvaluationKind.COURSE)


async def test_a_course_evaluation_without_all_scores_is_not_final(chat: Chat) -> None:
    form = await a_course_form(chat)
    said = await chat.send("Alice", "evaluation.send", evaluation=form, satisfaction="5")
    assert said.startswith("I have kept nothing yet")
    assert "How relevant was it to your work? How much did it add to what you know?" in said
    scores = {"satisfaction": "5", "relevance": "4", "knowledge": "3"}
    assert "Thank you" in await chat.send("Alice", "evaluation.send", evaluation=form, **scores)
    assert "Thank you" in await chat.send("Alice", "evaluation.send", evaluation=form, satisfaction="1")


async def test_a_scale_says_which_end_is_the_highest(chat: Chat) -> None:
    form = await a_course_form(chat)
    assert "(1 is the lowest, 5 the highest)" in await chat.send("Alice", "evaluation.open", evaluation=form)
    assert "(1 is the lowest, 5 the highest)" in str(chat.last["Alice"][-1].card)


async def test_a_refused_form_says_which_answer_could_identify_somebody(chat: Chat) -> None:
    form = await a_form(chat)
    answers = {"used": "The checklist", "differently": "I rang the mother of Kayla Carter in Pinner"}
    said = await chat.send("Alice", "evaluation.send", evaluation=form, **answers)
    assert said.startswith("Your answer to “Give one example of something you did differently.")
    assert "Kayla" not in said
    assert "no evaluation" not in await chat.say("Alice", "evaluate")


@pytest.mark.parametrize("words", ["change my comment", "can I correct my answers", "edit my evaluation please"])
async def test_a_form_that_is_in_stands(chat: Chat, words: str) -> None:
    assert "is in and stays as you sent it" not in await chat.say("Alice", words)
    await chat.send("Alice", "evaluation.send", evaluation=await a_form(chat), used="The checklist")
    assert "Your impact evaluation on Managing Allegations (LADO)" in (said := await chat.say("Alice", words))
    assert "is in and stays as you sent it" in said


async def test_a_line_manager_is_told_that_the_answers_are_not_shown(chat: Chat) -> None:
    form = await a_form(chat)
    boss = await chat.join("Boss")
    async with chat.database.work() as work:
        impact = await work.evaluations.by_id(form)
        assert impact is not None
        await work.evaluations.owe(impact.booking_id, boss, EvaluationKind.MANAGER, chat.now.date())
        await work.commit()
    assert "is not shown to you" in await chat.say("Boss", "evaluate")
