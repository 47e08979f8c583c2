"""Half-days of random programmes, as a solver has placed them, come back as they were or are said to be unclear."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from support.small_scenarios import small_scenarios

from exports.timetable_reading import read_timetable
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

UNCLEAR = (" may be ", "can be read in too many ways")


def half_days(scenario: Scenario, timetable: Timetable) -> str:
    """A row for each half-day of each session, in order of time."""
    rows = [
        (segments[0].day, segments[0].start, f"{segments[0].day},{half.hours},{placement.session},{placement.room}")
        for placement in timetable
        for half in scenario.half_days(placement.session)
        if (segments := [segment for segment in placement.segments if segment.slot in half.indices])
    ]
    return "\n".join(["day,half-day,session,room", *(row for *_, row in sorted(rows))])


@pytest.mark.parametrize("batch", range(3))
def test_they_come_back_or_are_said_to_be_unclear(batch: int, tmp_path: Path) -> None:
    told: Counter[str] = Counter()
    for scenario in small_scenarios(f"half-days {batch}", 50):
        timetable = solve(scenario, Settings(workers=1)).timetable
        if timetable is None:
            continue
        (tmp_path / "half.csv").write_text(half_days(scenario, timetable), "utf-8")
        told[_read_back(tmp_path / "half.csv", scenario, timetable)] += 1
    assert told["equal"] > 2
    assert told.keys() <= {"equal", "unclear"}


def _read_back(path: Path, scenario: Scenario, timetable: Timetable) -> str:
    try:
        found = read_timetable(str(path), scenario, widen=True)
    except InputError as error:
        return "unclear" if any(words in error.message for words in UNCLEAR) else error.message
    return "equal" if found.timetable == timetable else path.read_text("utf-8")
