"""The Teams app package: what an administrator uploads holds together with the bot that answers."""

from __future__ import annotations

import json
import struct
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deploy.teams.package import HERE, ICONS, MANIFEST, main
from services.model import Role
from services.work import Database
from tests.dialogs.questions.questions_chat import Chat

APP = "11111111-2222-4333-8444-555555555555"
GIVEN = {
    "--app-id": APP.upper(),
    "--developer": "Example Partnership",
    "--website": "https://example.org/",
    "--privacy": "https://example.org/privacy",
    "--terms": "https://example.org/terms",
}


def made(folder: Path, **changed: str) -> tuple[int, str, Path]:
    output = folder / "app.zip"
    options = {**GIVEN, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    words = [part for option in options.items() for part in option]
    done = CliRunner().invoke(main, [*words, "--output", str(output)])
    return done.exit_code, done.output, output


def test_the_package_holds_the_manifest_filled_in_and_its_icons(tmp_path: Path) -> None:
    code, said, output = made(tmp_path)
    assert code == 0, said
    with zipfile.ZipFile(output) as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        manifest: dict[str, Any] = json.loads(package.read("manifest.json"))
    project = tomllib.loads((HERE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (manifest["id"], manifest["bots"][0]["botId"], manifest["version"]) == (APP, APP, project["version"])
    assert manifest["developer"]["privacyUrl"] == GIVEN["--privacy"]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("app_id", "my-bot", "Application (client) ID"),
        ("app_id", "00000000-0000-0000-0000-000000000000", "placeholder"),
        ("privacy", "http://example.org/", "begins with https://"),
        ("developer", "x" * 33, "1 to 32 characters"),
    ],
)
def test_what_teams_would_refuse_is_refused_here_with_what_to_do(
    tmp_path: Path, option: str, value: str, said: str
) -> None:
    code, output, package = made(tmp_path, **{option: value})
    assert code == 2
    assert said in " ".join(output.split())
    assert not package.exists()


def test_icons_have_the_sizes_that_teams_demands() -> None:
    sizes = {icon: struct.unpack(">II", (HERE / icon).read_bytes()[16:24]) for icon in ICONS}
    assert sizes == {"color.png": (192, 192), "outline.png": (32, 32)}


async def test_every_command_that_teams_suggests_has_an_answer_of_its_own(database: Database) -> None:
    lists = json.loads(MANIFEST.read_text(encoding="utf-8"))["bots"][0]["commandLists"]
    titles = {command["title"] for one in lists for command in one["commands"]}
    chat = Chat(database)
    await chat.join("Alice", roles=[Role.DSL])
    unsure = (await chat.types("Alice", "xyzzy plugh")).text
    answers = {(await chat.types("Alice", title)).text.splitlines()[0] for title in titles}
    assert len(answers) == len(titles)
    assert unsure.splitlines()[0] not in answers
