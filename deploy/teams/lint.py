"""Hold the Teams app's manifest against Microsoft's published schema: python -m deploy.teams.lint SCHEMAS_FOLDER."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from jsonschema import Draft4Validator

from deploy.teams.package import filled_in


def main() -> int:
    """Print every fault. 1 when there is one."""
    link = "https://example.org/"
    manifest = filled_in(
        app_id="11111111-2222-4333-8444-555555555555", developer="Example", website=link, privacy=link, terms=link
    )
    schema = Path(sys.argv[1]) / f"v{manifest['manifestVersion']}" / "MicrosoftTeams.schema.json"
    faults = list(Draft4Validator(json.loads(schema.read_text(encoding="utf-8"))).iter_errors(manifest))
    for fault in faults:
        click.echo(f"deploy/teams/manifest.json: {'.'.join(map(str, fault.path))}: {fault.message}", err=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
