"""Fixtures for all tests."""

from __future__ import annotations

import pytest
from support.command import Command


@pytest.fixture
def schedule(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The ``schedule`` command, called in this process."""
    return Command(capsys, monkeypatch)
