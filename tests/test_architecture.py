"""The house stays the house: import rules that bite, small files, short functions."""

from __future__ import annotations

import ast
import os
import re
import shutil
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "scheduler", "dialogs", "services", "config")

# For each contract: files with an import that it must refuse. A file that exists gets the line added.
PLANTS: dict[str, dict[str, str]] = {
    "Rooms import downwards only": {
        "services/planted_upwards.py": "import dialogs.wording",
        "config/planted_upwards.py": "import services.model",
        "scheduler/planted_sibling.py": "import bot.app",
        "bot/planted_sibling.py": "import scheduler.jobs",
    },
    "Bot Framework stays in bot/": {
        "dialogs/planted_core.py": "import botbuilder.core",
        "services/planted_connector.py": "from botframework.connector import models",
        "scheduler/planted_msrest.py": "import msrest",
    },
    "APScheduler stays in scheduler.timetable": {
        "scheduler/planted_alarm.py": "from apscheduler.triggers import cron",
        "bot/planted_alarm.py": "import apscheduler",
    },
    "SQL stays in the store": {
        "services/planted_sql.py": "import sqlalchemy",
        "bot/planted_sql.py": "from sqlalchemy.ext import asyncio",
    },
    "Dialogs decide what to say, never how to store or send": {
        "dialogs/planted_tables.py": "import services.tables",
        "dialogs/planted_store.py": "from services.store import rows",
        "dialogs/planted_http.py": "import aiohttp",
    },
    "The rules are pure": {
        "services/model/__init__.py": "import services.ports",
        "services/workdays.py": "import config",
        "services/errors.py": "from services.store import rows",
    },
    "Settings are read at the door only": {
        "services/planted_settings.py": "from config.settings import load_settings",
        "bot/planted_settings.py": "import config.settings",
    },
}


def _lint_imports(folder: Path) -> tuple[int, str]:
    program = Path(sys.executable).with_name("lint-imports")
    # wide, so that no name is broken over two lines
    env = {**os.environ, "COLUMNS": "400", "NO_COLOR": "1"}
    done = subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, env=env, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says about a copy of the house in which every contract is broken."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "harrow"))
    for plants in PLANTS.values():
        for name, line in plants.items():
            with (copy / name).open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")
    code, said = _lint_imports(copy)
    assert code == 1, said
    return said


def test_the_house_keeps_its_import_rules() -> None:
    code, said = _lint_imports(ROOT)
    assert code == 0, said


@pytest.mark.parametrize("contract", PLANTS)
def test_each_import_rule_catches_what_it_forbids(contract: str, planted: str) -> None:
    assert re.search(rf"^{re.escape(contract)} BROKEN\b", planted, re.MULTILINE), planted
    heading = rf"^{re.escape(contract)}\n-+$"
    section = re.split(r"^[^\n]+\n-+$", re.split(heading, planted, flags=re.MULTILINE)[-1], flags=re.MULTILINE)[0]
    modules = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in PLANTS[contract]}
    assert {module for module in modules if f"{module} -> " not in section} == set(), section


def test_every_import_rule_has_a_planted_violation() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]} == set(PLANTS)


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_small() -> None:
    sizes = {str(path.relative_to(ROOT)): _lines(path) for path in _files(*ROOMS)}
    assert {name: size for name, size in sizes.items() if size > 400} == {}
    assert statistics.median(sizes.values()) <= 100


def test_test_files_are_at_most_500_lines() -> None:
    sizes = {str(path.relative_to(ROOT)): _lines(path) for path in _files("tests")}
    assert {name: size for name, size in sizes.items() if size > 500} == {}


def test_nine_functions_in_ten_have_at_most_30_lines() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in _files(*ROOMS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    long = {name: length for name, length in lengths.items() if length > 30}
    assert len(long) <= len(lengths) / 10, long
