from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service_urls import ServiceUrls, is_loopback
from tests.fakes_teams import EVERYWHERE


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/uk/",
        "https://SMBA.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net:443/teams/",
        "https://europe.botframework.com/",
        "https://smba.infra.teams.microsoft.com/",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
    ],
)
def test_the_teams_connector_is_permitted(url: str) -> None:
    assert ServiceUrls().permits(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.trafficmanager.net/uk/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil-smba.trafficmanager.net/",
        "https://evil.smba.trafficmanager.net/",
        "https://evil.trafficmanager.net/",
        "https://botframework.com.evil.example/",
        "https://a.b.botframework.com/",
        "https://notbotframework.com/",
        "https://user@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net\\@evil.example/",
        "https://evil.example\\.botframework.com/",
        "https://evil.example#.botframework.com/",
        "https://smba.trafficmanager.net/uk/?x=1",
        "https://smba.trafficmanager.net/uk/#x",
        "https://smba.trafficmanager.net./uk/",
        "https://[::1]/",
        "https://127.0.0.1/",
        "https://localhost/",
        "ftp://smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "https://",
        "",
        "https://smba.trafficmanager.net/" + "x" * 600,
        None,
        7,
        ["https://smba.trafficmanager.net/uk/"],
    ],
)
def test_everything_else_is_not(url: object) -> None:
    assert not ServiceUrls().permits(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:3000/_connector", "http://localhost:56150/", "http://[::1]:1/"])
def test_in_local_mode_only_this_machine_is_permitted(url: str) -> None:
    assert ServiceUrls(loopback_only=True).permits(url)
    assert not ServiceUrls(loopback_only=True).permits("https://smba.trafficmanager.net/uk/")
    assert not ServiceUrls(loopback_only=True).permits("http://localhost.evil.example/")
    assert not ServiceUrls(loopback_only=True).permits("http://192.168.1.4:3000/")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "LOCALHOST", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", [None, "", EVERYWHERE, "10.0.0.1", "::", "localhost.example", "127.0.0.1.example"])
def test_other_hosts_are_not_this_machine(host: str | None) -> None:
    assert not is_loopback(host)


@given(st.text())
def test_no_text_breaks_the_check(text: str) -> None:
    ServiceUrls().permits(text)
    ServiceUrls(loopback_only=True).permits(f"http://{text}/")
