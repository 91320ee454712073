"""Microsoft's local Teams client as a child process. It sends no token, so the bot must be in its local mode."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.commands.house import NotReady
from config.demo import LocalUser

FOLDER = Path("var/playground")
PROGRAM = FOLDER / "node_modules/@microsoft/m365agentsplayground/cli.js"
USUAL_PORT = 56150
_PATIENCE = 60.0  # seconds until the client must answer
_OTHERS = 5  # its configuration wants exactly so many people besides the one who sits in front of it


@dataclass(frozen=True, slots=True)
class LocalClient:
    """A client that runs: where to open it, and a task that ends when it does."""

    url: str
    ended: asyncio.Task[object]


def is_installed() -> bool:
    """True when Node.js and the client are here."""
    return shutil.which("node") is not None and PROGRAM.exists()


@asynccontextmanager
async def local_client(bot_url: str, user: LocalUser, name: str, log: Path) -> AsyncIterator[LocalClient]:
    """The client, running while the block does, with `user` in front of it. What it prints goes to `log`.

    Raises `NotReady` when it does not start.
    """
    port = _free_port()
    url = f"http://localhost:{port}"
    with log.open("ab") as words:
        process = await asyncio.create_subprocess_exec(
            str(shutil.which("node")),
            *(str(PROGRAM), "start", "-e", f"{bot_url}/api/messages", "-c", "msteams", "--dt", "-p", str(port)),
            env={**os.environ, **_environment(user, name)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=words,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours to pass on, and whatever it starts ends with it
        )
        ended: asyncio.Task[object] = asyncio.create_task(process.wait(), name="local client")
        try:
            await _until_it_answers(f"{url}/_debug/ping", ended, log)
            yield LocalClient(url, ended)
        finally:
            await _end(process)


def _environment(user: LocalUser, name: str) -> dict[str, str]:
    path = FOLDER / "demo.json"
    path.write_text(json.dumps(_configuration(user, name)), encoding="utf-8")  # JSON is YAML
    # On a desktop it opens a browser by itself; elsewhere there is none to open.
    desktop = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    quiet = {} if desktop else {"TEAMSAPPTESTER_BROWSER": "none", "BROWSER": "none"}
    return {"M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(path), "SEND_INSTALLATION_ACTIVITY": "true", **quiet}


def _configuration(user: LocalUser, name: str) -> dict[str, object]:
    others = [
        _person(f"29:other-{n}", f"Other Person{n}", f"00000000-0000-4000-8000-0000000000f{n}") for n in range(_OTHERS)
    ]
    return {
        "version": "0.1.1",
        "tenantId": user.tenant_id,
        "bot": {"id": "28:partnership-bot", "name": "Partnership Bot"},
        "currentUser": _person("29:local-user", name, user.aad_object_id),
        "users": others,
        "personalChat": {"id": "personal-chat"},
        "groupChat": {"id": "group-chat", "name": "Safeguarding group"},
        "team": {
            "id": "team",
            "name": "Partnership",
            "aadGroupId": "00000000-0000-0000-0000-000000000031",
            "channels": [{"id": "announcements", "name": "Announcements"}],
        },
    }


def _person(id: str, name: str, aad_object_id: str) -> dict[str, str]:
    given, _, surname = name.partition(" ")
    mail = f"{name.replace(' ', '.').lower()}@example.org"
    # "userPrincipleName" is the client's own spelling
    return {
        "id": id,
        "name": name,
        "userPrincipleName": mail,
        "aadObjectId": aad_object_id,
        "givenName": given,
        "surname": surname,
        "email": mail,
    }


def _free_port() -> int:
    """The client's usual port if nobody listens there, else any."""
    for port in (USUAL_PORT, 0):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise NotReady("No port is free for the local Teams client.")


async def _until_it_answers(url: str, ended: asyncio.Task[object], log: Path) -> None:
    deadline = asyncio.get_running_loop().time() + _PATIENCE
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
        while not await _answers(session, url):
            if ended.done() or asyncio.get_running_loop().time() > deadline:
                raise NotReady(f"The local Teams client did not start; what it said is in {log}.")
            await asyncio.sleep(0.1)


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


async def _end(process: asyncio.subprocess.Process) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 5)
            return
