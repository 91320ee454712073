"""`ask`: one question, or a file of them, answered out of the partnership's folder. Needs no database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands import door
from bot.commands.house import clock, rules_of
from dialogs.asking import Asked, ask
from services.rulebook import Rulebook
from services.understanding import Guide


@click.command("ask")
@click.argument("question", required=False)
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), help='A file of {"q": ...} lines.')
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object for each question.")
def command(question: str | None, batch: Path | None, as_json: bool) -> None:
    """Answer a question out of the approved guidance."""
    if (question is None) == (batch is None):
        raise click.UsageError("Give one question in quotation marks, or --batch FILE.")
    settings = door.settings()
    questions = [question or ""] if batch is None else _read(batch)
    with door.telling():
        _, guide, rules = rules_of(settings)
    for answered in _answers(questions, guide, rules):
        # one line at a time, so that a script can read along
        click.echo(json.dumps(answered.as_json(), ensure_ascii=False) if as_json else f"{answered.text}\n")


def _answers(questions: list[str], guide: Guide, rules: Rulebook) -> Iterator[Asked]:
    """The answers in the order of the questions; how far it is goes to standard error."""
    today = rules.today(clock())
    shown = len(questions) > 1 and sys.stderr.isatty()
    with click.progressbar(questions, label="Answering", file=sys.stderr, hidden=not shown) as bar:
        for question in bar:
            yield ask(rules.pack, guide, question, today)


def _read(path: Path) -> list[str]:
    """The questions of a file. Every faulty line is named, and nothing is answered until all can be read."""
    try:
        # not `splitlines`: a line separator may stand inside a string of JSON
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        door.fail(f"{path} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        door.fail(f"{path} is not UTF-8 text. Save it as UTF-8 and try again.")
    questions, faults = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question = _question(line)
        if question is None:
            faults.append(
                f'{path}:{number}: must be an object with the question as "q", like {{"q": "what is level 3"}}'
            )
        else:
            questions.append(question)
    if faults:
        door.fail(*faults)
    return questions


def _question(line: str) -> str | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    found = row.get("q") if isinstance(row, dict) else None
    return found if isinstance(found, str) else None
