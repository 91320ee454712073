"""What is scored: our guide, asked directly or through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.figures import Verdict
from evaluation.questions import Question
from services.understanding import Understands


def directly(guide: Understands, questions: Sequence[Question]) -> list[Verdict]:
    """What the guide understands of each question."""
    verdicts = []
    for question in questions:
        understood = guide.understand(question.text)
        verdicts.append(
            Verdict(
                understood.outcome.value,
                tuple(candidate.topic for candidate in understood.candidates),
                understood.command.value if understood.command else None,
            )
        )
    return verdicts


def by_command_line(pack: Path, questions: Sequence[Question]) -> list[Verdict]:
    """What `python -m bot ask --batch` prints of each question. Raises `CalledProcessError` when it fails."""
    with tempfile.TemporaryDirectory() as folder:
        batch = Path(folder) / "questions.jsonl"
        batch.write_text("".join(json.dumps({"q": one.text}) + "\n" for one in questions), encoding="utf-8")
        asked = [sys.executable, "-m", "bot", "ask", "--batch", str(batch), "--json"]
        done = subprocess.run(  # noqa: S603  our own command, no shell
            asked, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=_environment(pack)
        )
    return [_verdict(json.loads(line)) for line in done.stdout.splitlines() if line.strip()]


def _environment(pack: Path) -> dict[str, str]:
    return {**os.environ, "PARTNERSHIP_BOT_PACK": str(pack)}


def _verdict(printed: dict[str, object]) -> Verdict:
    candidates = printed["candidates"]
    assert isinstance(candidates, list)
    command = printed["command"]
    return Verdict(
        str(printed["outcome"]),
        tuple(str(candidate["topic"]) for candidate in candidates),
        str(command) if command is not None else None,
    )
