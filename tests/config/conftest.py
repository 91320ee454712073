"""A small good pack for each test of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.small_pack import SmallPack


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    """A pack that loads, to be broken."""
    return SmallPack(tmp_path / "anytown")
