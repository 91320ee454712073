"""Reports in chat: a card with a chart and the whole table, found however they are asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs import cards
from dialogs.office import charts, verbs
from services.reports import Kind
from tests.dialogs.office.chat import Chat, button, inputs, nodes, publish


async def test_report_training_is_a_card_with_a_chart_and_the_whole_table(chat: Chat) -> None:
    shown = await chat.say("Morgan", "report training 2022-23")
    assert "Total, Booked: 541, Attended: 466, Not attended: 75" in shown.text
    assert shown.card is not None
    assert shown.card["version"] == "1.5"
    charts = {str(node["type"]): node for node in nodes(shown.card) if str(node.get("type")).startswith("Chart.")}
    ring = [(one["legend"], one["value"]) for one in charts["Chart.Donut"]["data"]]
    assert ring == [("Attended", 466), ("Not attended", 75)]
    assert len(charts["Chart.VerticalBar"]["data"]) == 23
    assert all("fallback" in chart for chart in charts.values())
    (table,) = [node for node in nodes(shown.card) if node.get("type") == "Table"]
    assert len(table["rows"]) == 25
    assert cards.size_of(shown.card) < cards.MOST_BYTES


async def test_report_attendance_draws_whole_sectors_by_name_and_breaks_no_heading(chat: Chat) -> None:
    agencies = ("primary-school", "secondary-school", "early-support", "met-police-nw")
    await publish(chat)
    async with chat.database.work() as work:
        for agency in agencies:
            person = await work.people.add(name=f"Somebody of {agency}", agency_id=agency)
            await work.bookings.add(session_id=1, person_id=person, state="booked", booked_at=chat.now)
        await work.commit()
    chat.now += timedelta(days=32, hours=2)
    register = await chat.press("Tilda", verbs.REGISTER, session=1)
    await chat.press("Tilda", **{**inputs(register), **button(register, "Save")})
    shown = await chat.say("Morgan", "report attendance")
    (chart,) = [node for node in nodes(shown.card) if str(node.get("type")).startswith("Chart.")]
    assert chart["type"] == "Chart.HorizontalBar", "an axis would mark three quarters of a person"
    drawn = {str(one["x"]): one["y"] for one in chart["data"]}
    assert drawn["Education"] == 2
    assert not {"Primary school", "Education: all"} & set(drawn)
    assert sum(drawn.values()) == len(agencies)
    (table,) = [node for node in nodes(shown.card) if node.get("type") == "Table"]
    rows = [[cell["items"][0]["text"] for cell in row["cells"]] for row in table["rows"]]
    assert rows[0] == ["Agency", "Booked", "Attended", "Not attended"]
    assert rows[-1] == ["Total", "4", "4", "0"]
    widths = [column["width"] for column in table["columns"]]
    assert all(len(word) < width for width, head in zip(widths, rows[0], strict=True) for word in head.split())


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("report impact funnel", "2026-27"),
        ("report not evaluated", "2026-27"),
        ("show me the report training for 22/23", "2022-23"),
        ("report training 2022", "2022-23"),
        ("report action plan", "Action plans"),
        ("please report no-shows 2022 - 2023", "2022-23"),
    ],
)
async def test_a_report_is_found_however_its_name_and_year_are_written(chat: Chat, words: str, title: str) -> None:
    shown = (await chat.say("Morgan", words)).text
    assert "Which report?" not in shown
    assert title in shown


async def test_a_practitioner_gets_no_report(chat: Chat) -> None:
    said = (await chat.say("Alice", "report training 2022-23")).text
    assert said.startswith("Reports are made by the partnership office")
    assert "541" not in said


async def test_every_report_can_be_chosen_and_shown(chat: Chat) -> None:
    choice = await chat.say("Morgan", "report")
    names = [one["value"] for node in nodes(choice.card) if node.get("id") == "name" for one in node["choices"]]
    for name in names:
        assert (await chat.press("Morgan", **{**button(choice, "Show it"), "name": name, "year": "2026-27"})).card


@pytest.mark.parametrize(("share", "words"), [(0.125, "12.5%"), (0.5, "50%"), (1, "100%"), (0, "0%")])
def test_a_share_is_told_as_exactly_as_in_the_file(share: float, words: str) -> None:
    assert charts.shown(Kind.SHARE, share) == words
