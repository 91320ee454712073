"""Starts a command of the product, waits until it answers, and ends it with everything it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_START_S = 60.0
_STOP_S = 10.0
_LOG_TAIL = 4_000


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], *, env: Mapping[str, str], ready: str, log: Path) -> Iterator[None]:
    """Run `command` until the end of the block; enter it when `ready` answers 200. Its words go to `log`."""
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that what it starts can be ended with it
        )
        try:
            _wait_for(ready, process, log)
            yield
        finally:
            _end(process)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_S
    while not _answers(url):
        ended = process.poll() is not None
        if ended or time.monotonic() > end:
            why = f"ended with {process.returncode}" if ended else f"did not answer {url} in {_START_S:.0f} s"
            tail = log.read_text(errors="replace")[-_LOG_TAIL:]
            raise AssertionError(f"{' '.join(process.args)} {why}\n{tail}")  # type: ignore[arg-type]
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
