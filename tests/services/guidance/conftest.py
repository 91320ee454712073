"""The guide of the real Harrow pack, built once: what is tested is what people meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.pack import Pack, load_pack
from config.words import English, read_english
from services.guidance.build import guide_for
from services.understanding import Guide

PACK = Path(__file__).parents[3] / "config" / "harrow"


@pytest.fixture(scope="session")
def harrow() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="session")
def english() -> English:
    return read_english()


@pytest.fixture(scope="session")
def guide(harrow: Pack) -> Guide:
    return guide_for(harrow)
