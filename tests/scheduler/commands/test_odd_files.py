"""Pipes, folders and devices in place of files: an answer, never a hang."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest
from support.command import Command
from support.letters import SCENARIOS

from scheduler.reading import files as reading

CSP11 = SCENARIOS / "csp11.yaml"


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipe into which nobody writes."""
    monkeypatch.setattr(reading, "PATIENCE_SECONDS", 0.1)
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("validate", "PIPE"),
        ("solve", "PIPE"),
        ("check", CSP11, "PIPE"),
        ("forecast", "PIPE"),
        ("export", "PIPE", "--to", "csv"),
        ("now", "PIPE", "--at", "Friday 10:00"),
        ("verify", "PIPE"),
        ("fit", "PIPE"),
    ],
)
def test_a_pipe_into_which_nobody_writes_is_answered(
    words: tuple[object, ...], silent: Path, schedule: Command
) -> None:
    run = schedule(*(silent if word == "PIPE" else word for word in words))
    assert (run.status, "this is a pipe, and nothing is written into it: name a file" in run.err) == (2, True)


def test_a_pipe_that_somebody_writes_into_is_read(tmp_path: Path, schedule: Command) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = Thread(target=path.write_bytes, args=(CSP11.read_bytes(),))
    writer.start()
    run = schedule("validate", path)
    writer.join()
    assert (run.status, run.err) == (0, "")


def test_a_folder_as_an_output_file_is_answered(tmp_path: Path, schedule: Command) -> None:
    dot, folder = (schedule("compare", CSP11, CSP11, "--html", path) for path in ("./", tmp_path))
    assert (dot.status, dot.err) == (
        2,
        "a folder is named here, where a file is to be written: add the name of the file.\n",
    )
    assert (folder.status, folder.err) == (2, f"Cannot compare with {tmp_path}: it is a folder, not a file.\n")


@pytest.mark.parametrize("command", ["validate", "fit", "verify"])
def test_a_folder_as_input_is_answered(command: str, tmp_path: Path, schedule: Command) -> None:
    run = schedule(command, tmp_path)
    assert (run.status, "Traceback" in run.err, str(tmp_path) in run.err) == (2, False, True)
