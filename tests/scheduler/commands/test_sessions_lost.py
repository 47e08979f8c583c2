"""No command loses a session of a stored timetable in silence: one that stands twice, or that nobody knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command import Command

GOLDEN = Path(__file__).parents[2] / "golden" / "written_by_0_1"
DOORS = [
    ("check", GOLDEN / "week.yaml", "made.json"),
    ("export", "made.json", "--to", "csv", "-o", "out"),
    ("now", "made.json", "--at", "2027-02-23 11:40", "--state", "state.json"),
    ("forecast", "made.json"),
    ("compare", "made.json"),
    ("explain", GOLDEN / "week.yaml", "made.json", "a"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A timetable made by hand: it says nothing of its cost, so nothing is judged anew."""
    monkeypatch.chdir(tmp_path)
    document = json.loads((GOLDEN / "week.A.json").read_bytes())
    for key in ("cost", "status", "bound"):
        del document[key]
    first = document["sessions"][0]
    document["sessions"] += [first, first | {"id": "ghost"}]
    Path("made.json").write_text(json.dumps(document), "utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", DOORS, ids=lambda words: words[0])
def test_a_session_that_stands_twice_or_is_not_known_is_told(words: tuple[str | Path, ...], schedule: Command) -> None:
    run = schedule(*words)
    said = " ".join((run.out + run.err).split())
    assert "'a' stands 2 times in the timetable" in said
    assert "'ghost' is no session of this scenario" in said
