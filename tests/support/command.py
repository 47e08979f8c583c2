"""Calls the ``schedule`` command in this process."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from scheduler.cli import main


@dataclass(frozen=True)
class Run:
    """What a call gave."""

    status: int
    out: str
    err: str


class Command:
    """``schedule(...)`` in tests."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, *arguments: object) -> Run:
        """Run with these arguments."""
        self._monkeypatch.setattr(sys, "argv", ["schedule", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = self._capsys.readouterr()
        return Run(int(stopped.value.code or 0), captured.out, captured.err)
