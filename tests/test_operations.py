"""What would otherwise be noticed in use: a button nobody answers, an error without a sentence, a setting nobody
can look up, a path of somebody's own machine."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from config.settings import settings_table
from dialogs.router import VERBS
from dialogs.wording import SENTENCES
from services import errors

ROOT = Path(__file__).parent.parent
ERRORS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.ServiceError)
}


def _calls(*rooms: str) -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in these rooms: module, plain name of what is called, the call."""
    for path in (path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                yield module, node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


def _value(module: str, node: ast.expr) -> object:
    """What a literal, or the name of a constant, stands for in `module`."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return getattr(getattr(import_module(module), node.value.id), node.attr)
    assert isinstance(node, ast.Name), f"{module}:{node.lineno}: cannot be read"
    return getattr(import_module(module), node.id)


def test_every_button_of_a_card_has_a_flow_that_answers_it() -> None:
    pressed = {_value(module, call.args[1]) for module, name, call in _calls("dialogs", "bot") if name == "button"}
    assert pressed
    assert pressed - set(VERBS) == set()


def _sentences_used() -> Iterator[tuple[str, str, set[str]]]:
    """Where a sentence is asked for by a literal key, which one, and what it is filled with."""
    for module, name, call in _calls("bot", "scheduler", "dialogs", "services"):
        if name not in ERRORS | {"say"} or not call.args or not isinstance(call.args[0], ast.Constant):
            continue
        key = str(call.args[0].value)
        given = {keyword.arg for keyword in call.keywords}
        fields = {field for _, field, _, _ in string.Formatter().parse(SENTENCES.get(key, "")) if field}
        yield f"{module}:{call.lineno}", key, set() if None in given else fields - {str(one) for one in given}


def test_every_error_code_and_key_has_a_sentence() -> None:
    used = list(_sentences_used())
    assert len(used) > 20
    assert [(place, key) for place, key, _ in used if key not in SENTENCES] == []


def test_every_sentence_is_given_what_it_is_filled_with() -> None:
    assert [(place, key, missing) for place, key, missing in _sentences_used() if missing] == []


def test_what_is_promised_is_said_with_will() -> None:
    """ "I tell them" is a habit to a UK reader, and leaves open whether it happens this time."""
    habit = re.compile(r"(?<!Shall )\bI (?:tell|ask|remind|write)\b|\bI do not (?:tell|ask|remind|write)\b")
    assert habit.search("They are booked. I tell them.")
    assert [key for key, sentence in SENTENCES.items() if habit.search(sentence)] == []


def test_every_setting_stands_in_the_readme_with_its_default_and_its_meaning() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in readme.splitlines() if line.startswith("|")]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]
    for setting in settings_table():
        assert [setting.name, setting.default, setting.description] in rows, setting


# Libraries that are needed without being imported by name, and why.
UNSEEN = {
    "aiosqlite": "the driver that a database URL names",
    "psycopg": "the driver that a database URL names",
    "tzdata": "zone files for images that have none",
    "urllib3": "held above 1.x, which repeats a POST by itself",
}
# Modules that come with a library that is declared.
COMES_WITH = {"botframework": "botbuilder-core", "pydantic_core": "pydantic", "yarl": "aiohttp"}


def _third_parties() -> set[str]:
    ours = {"bot", "services", "dialogs", "scheduler", "config"}
    found = set()
    for path in (path for room in ours for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(str(node.module).split(".")[0])
    return found - ours - set(sys.stdlib_module_names)


def test_what_runs_declares_exactly_the_libraries_it_uses() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]}
    homes = {
        module: {re.sub(r"[-_.]+", "-", home).lower() for home in found}
        for module, found in packages_distributions().items()
    }
    used = {COMES_WITH.get(one) or next(iter(homes.get(one, {one}) & declared), one) for one in _third_parties()}
    assert used - declared == set(), "imported, and not declared in pyproject.toml"
    assert declared - used - set(UNSEEN) == set(), "declared in pyproject.toml, and used nowhere"


# Spelt in pieces, so that this file does not hold what it forbids.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w./-])/(?:work|root|Users|home)/\w",
    "the host of a package registry": "|".join(
        re.escape(".".join(host))
        for host in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("deb", "debian", "org"))
    ),
    "a secret": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
}


def _committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in _committed()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    }
    assert found == set()
