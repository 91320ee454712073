"""Make the Teams app package that an administrator uploads: the manifest, filled in, with its two icons."""

from __future__ import annotations

import json
import tomllib
import uuid
import zipfile
from pathlib import Path
from typing import Any

import click

HERE = Path(__file__).parent
MANIFEST = HERE / "manifest.json"
ICONS = ("color.png", "outline.png")
_LONGEST_NAME = 32
"""Characters that Teams allows for the developer's name."""


class DirectoryId(click.ParamType[str]):
    """An application id of Microsoft Entra: a UUID, not of noughts only."""

    name = "uuid"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """In lower case with hyphens, as Teams compares it."""
        try:
            found = uuid.UUID(value)
        except ValueError:
            self.fail(f"{value!r} is not an application id. Microsoft Entra shows it as Application (client) ID.")
        if not found.int:
            self.fail("that is the placeholder, not your application's id.")
        return str(found)


class WebAddress(click.ParamType[str]):
    """An address that Teams shows to people: it must begin with https://."""

    name = "https://..."

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As it was given."""
        if not value.startswith("https://") or len(value) <= len("https://"):
            self.fail(f"{value!r} is not an address that begins with https://.")
        return value


def filled_in(*, app_id: str, developer: str, website: str, privacy: str, terms: str) -> dict[str, Any]:
    """The manifest with what only this installation knows, and the product's version."""
    project = tomllib.loads((HERE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    manifest["id"] = manifest["bots"][0]["botId"] = app_id
    manifest["version"] = project["version"]
    manifest["developer"] = {
        "name": developer,
        "websiteUrl": website,
        "privacyUrl": privacy,
        "termsOfUseUrl": terms,
    }
    return manifest


def write(manifest: dict[str, Any], output: Path) -> None:
    """Write the package. Teams wants its three files at the top of the archive."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False))
        for icon in ICONS:
            package.write(HERE / icon, icon)


@click.command()
@click.option("--app-id", type=DirectoryId(), required=True, help="The bot's application id, as in the settings.")
@click.option("--developer", required=True, help="Who offers the app: the partnership or the council.")
@click.option("--website", type=WebAddress(), required=True, help="Where people can read about it.")
@click.option("--privacy", type=WebAddress(), required=True, help="The privacy notice.")
@click.option("--terms", type=WebAddress(), required=True, help="The terms of use.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), default="teams-app.zip", show_default=True)
def main(app_id: str, developer: str, website: str, privacy: str, terms: str, output: Path) -> None:
    """Make the Teams app package. Upload it in the Teams admin centre under Manage apps."""
    if not 0 < len(developer.strip()) <= _LONGEST_NAME:
        raise click.BadParameter(f"Teams wants 1 to {_LONGEST_NAME} characters.", param_hint="--developer")
    manifest = filled_in(app_id=app_id, developer=developer.strip(), website=website, privacy=privacy, terms=terms)
    write(manifest, output)
    click.echo(f"{output}: version {manifest['version']} for {app_id}.")


if __name__ == "__main__":
    main()
