"""Harrow's rules, whose published figures the reports must reproduce."""

from __future__ import annotations

import pytest

from services.rulebook import Rulebook
from tests.services.harrow import harrow_rules


@pytest.fixture
def harrow() -> Rulebook:
    return harrow_rules()
