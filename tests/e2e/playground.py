"""Microsoft's local Teams client: one process for each person, all talking to the same bot."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.processes import ROOT, free_port, running

CLIENT = ROOT / "var/playground/node_modules/@microsoft/m365agentsplayground/cli.js"
BOT_NAME = "Partnership Bot"
GROUP_NAME = "Safeguarding group"
CHANNEL_NAME = "Partnership - General"
_OTHERS = 5  # the client's configuration wants exactly so many besides the one who sits in front of it


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits in front of one client. The bot knows a person by tenant and object id, never by name."""

    tenant_id: str
    aad_object_id: str
    name: str

    @property
    def key(self) -> str:
        """A short word for files and ids of this person."""
        return self.name.split()[0].lower()


@contextmanager
def playground(seat: Seat, bot_url: str, folder: Path) -> Iterator[str]:
    """A client in which `seat` talks to the bot; its address. Its recording is `<key>.recording.log`."""
    node = shutil.which("node")
    assert node, "Node.js is needed: the local Teams client is an npm package"
    assert CLIENT.exists(), "the local Teams client is not installed: run `make e2e`"
    config = folder / f"{seat.key}.yml"
    config.write_text(json.dumps(_configuration(seat)), encoding="utf-8")  # JSON is YAML
    port = free_port()
    env = {
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(config),
        "M365_AGENTS_PLAYGROUND_RECORDING_FILE": str(folder / f"{seat.key}.recording.log"),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / f"{seat.key}.client.log"),
        "SEND_INSTALLATION_ACTIVITY": "true",
        "TEAMSAPPTESTER_BROWSER": "none",
        "BROWSER": "none",
    }
    command = [node, str(CLIENT), "start", "-e", f"{bot_url}/api/messages", "-c", "msteams"]
    command += ["--disable-telemetry", "--enable-events-recording", "-p", str(port)]
    url = f"http://127.0.0.1:{port}"
    with running(command, env=env, ready=f"{url}/_debug/ping", log=folder / f"{seat.key}.out.log"):
        yield url


def _configuration(seat: Seat) -> dict[str, object]:
    return {
        "version": "0.1.1",
        "tenantId": seat.tenant_id,
        "bot": {"id": "28:partnership-bot", "name": BOT_NAME},
        "currentUser": _user(f"29:{seat.key}", seat.name, seat.aad_object_id),
        "users": [
            _user(f"29:other-{n}", f"Other Person {n}", f"00000000-0000-4000-8000-0000000000f{n}")
            for n in range(1, _OTHERS + 1)
        ],
        # ids of one's own: the bot stores a route for each person, and two clients share nothing
        "personalChat": {"id": f"personal-{seat.key}"},
        "groupChat": {"id": f"group-{seat.key}", "name": GROUP_NAME},
        "team": {
            "id": f"team-{seat.key}",
            "name": "Partnership",
            "aadGroupId": "00000000-0000-0000-0000-000000000031",
            "channels": [{"id": f"announcements-{seat.key}", "name": "Announcements"}],
        },
    }


def _user(user_id: str, name: str, aad_object_id: str) -> dict[str, str]:
    given, _, surname = name.partition(" ")
    mail = f"{name.replace(' ', '.').lower()}@demo.example"
    return {
        "id": user_id,
        "name": name,
        "userPrincipleName": mail,  # the client's own spelling
        "aadObjectId": aad_object_id,
        "givenName": given,
        "surname": surname or given,
        "email": mail,
    }
