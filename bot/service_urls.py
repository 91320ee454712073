"""Which connector addresses may be believed, and may be sent our token. Knows nothing of activities or tokens."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from yarl import URL

TEAMS_HOSTS = (
    "smba.trafficmanager.net",
    "*.botframework.com",
    "smba.infra.teams.microsoft.com",
    "smba.infra.*.teams.microsoft.com",
)
"""Hosts of the Teams connector (platform.md section 2). A star stands for exactly one label."""

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


def is_loopback(host: str | None) -> bool:
    """True for an address or name that cannot leave this machine. A missing host is not one."""
    if host is None:
        return False
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class ServiceUrls:
    """The addresses we deal with: named hosts over https, or (local mode) this machine and nothing else."""

    hosts: tuple[str, ...] = TEAMS_HOSTS
    loopback_only: bool = False

    def permits(self, url: object) -> bool:
        """Say whether `url` (any value out of an activity) is the base of a connector we may talk to.

        It is read by the parser that will later connect, so that the two cannot disagree about the host.
        """
        if not isinstance(url, str) or len(url) > 512:
            return False
        try:
            parsed = URL(url)
            host, port = parsed.host, parsed.port
        except ValueError:
            return False
        if host is None or parsed.user is not None or parsed.password is not None:
            return False
        if parsed.query_string or parsed.fragment or "\\" in url:
            return False
        if self.loopback_only:
            return parsed.scheme in ("http", "https") and is_loopback(host)
        return parsed.scheme == "https" and port == 443 and self._names(host.lower())

    def _names(self, host: str) -> bool:
        labels = host.split(".")
        if not all(_LABEL.fullmatch(label) for label in labels):
            return False
        return any(_matches(labels, pattern.split(".")) for pattern in self.hosts)


def _matches(labels: list[str], pattern: list[str]) -> bool:
    return len(labels) == len(pattern) and all(p in ("*", label) for label, p in zip(labels, pattern, strict=True))
