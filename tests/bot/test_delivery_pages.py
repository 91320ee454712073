"""The pages that say how delivery stands, and the alert rules that watch them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry

from bot.metrics import DeliveryGauges, Fault, FaultMeter, Meter
from services.errors import StoreUnavailable
from services.model import NoticeState
from services.notices.standing import Standing
from tests.bot.conftest import ScriptedCore, StartBot
from tests.fakes_teams import FakeConnector, an_activity

ALERTS = Path(__file__).parent.parent.parent / "deploy" / "alerts.yml"
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
QUEUE = dict.fromkeys(NoticeState, 0) | {NoticeState.DUE: 7, NoticeState.UNCERTAIN: 2}
STANDING = Standing(
    NOW, NOW - timedelta(seconds=30), NOW - timedelta(minutes=5), QUEUE, {"locked-out invalid_client": 3}, ("re-audit",)
)


async def stands() -> Standing:
    return STANDING


async def away() -> Standing:
    raise OSError


async def test_the_readiness_page_shows_the_queue_the_last_sweep_and_what_is_uncertain(start_bot: StartBot) -> None:
    bot = await start_bot(delivery=stands)
    async with bot.client.get("/readyz") as response:
        shown = (await response.json())["delivery"]
    assert shown["last_sweep"] == "2027-01-15T08:59:30+00:00"
    assert shown["oldest_due"] == "2027-01-15T08:55:00+00:00"
    assert (shown["queue"]["due"], shown["uncertain"]) == (7, 2)
    assert shown["retry_because"] == {"locked-out invalid_client": 3}
    assert shown["broken"] == ["re-audit"]


async def test_without_the_database_the_pages_still_answer(start_bot: StartBot) -> None:
    bot = await start_bot(delivery=away, registry=CollectorRegistry())
    for page in ("/readyz", "/healthz", "/metrics"):
        async with bot.client.get(page) as response:
            assert response.status == 200, page
            assert "delivery" not in await response.text()


async def test_metrics_show_the_same_figures(start_bot: StartBot) -> None:
    bot = await start_bot(delivery=stands, registry=CollectorRegistry())
    async with bot.client.get("/metrics") as response:
        text = await response.text()
    assert 'partnership_bot_notices{state="due"} 7.0' in text
    assert 'partnership_bot_notices{state="uncertain"} 2.0' in text
    assert "partnership_bot_oldest_due_seconds 300.0" in text
    assert "partnership_bot_broken_parts 1.0" in text
    swept = re.search(r"^partnership_bot_last_sweep_timestamp_seconds (\S+)$", text, re.MULTILINE)
    assert swept is not None
    assert float(swept[1]) == NOW.timestamp() - 30


@pytest.mark.parametrize(("trouble", "fault"), [(StoreUnavailable(), Fault.STORE_AWAY), (ValueError(), Fault.BROKEN)])
async def test_an_apology_is_counted_although_teams_is_answered(
    start_bot: StartBot, core: ScriptedCore, teams: FakeConnector, trouble: Exception, fault: Fault
) -> None:
    registry, core.trouble = CollectorRegistry(), trouble
    bot = await start_bot(registry=registry, count=FaultMeter(registry).count)
    assert (await bot.post(an_activity(service_url=teams.url))).status == 202
    async with bot.client.get("/metrics") as response:
        assert f'partnership_bot_turn_faults_total{{reason="{fault.value}"}} 1.0' in await response.text()


def test_every_alert_watches_figures_that_exist_and_says_what_to_do() -> None:
    registry = CollectorRegistry()
    Meter(registry).turn("message", 200, 0.1)
    FaultMeter(registry)
    DeliveryGauges(registry).show(STANDING)
    known = {sample.name for metric in registry.collect() for sample in metric.samples}
    states = {state.value for state in NoticeState}

    [group] = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]

    assert len({rule["alert"] for rule in group["rules"]}) == len(group["rules"]) >= 6
    for rule in group["rules"]:
        watched = set(re.findall(r"partnership_bot_\w+", rule["expr"]))
        assert watched, rule
        assert watched <= known, rule
        assert set(re.findall(r'state="([^"]*)"', rule["expr"])) <= states, rule
        assert re.fullmatch(r"\d+[mhd]", rule["for"]), rule
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule
        assert rule["annotations"].keys() == {"summary", "action"}, rule
