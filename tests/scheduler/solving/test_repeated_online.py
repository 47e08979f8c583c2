"""The online meeting of ``docs/scenario.md`` that is repeated for three time zones."""

from __future__ import annotations

import re
from pathlib import Path

from support.command import Command
from support.project import DOCS

from scheduler.comparison.measures import in_the_day
from scheduler.comparison.option import Option
from scheduler.domain.places import minutes_at_night, states_parties
from scheduler.outcome import Settings, Status, Ties
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.solving.engine import solve

TEXT = (DOCS / "scenario.md").read_text("utf-8")
(EXAMPLE,) = [block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if "name: three-zones" in block]
DAY = (9 * 60, 18 * 60)


def test_each_state_can_attend_each_item_in_its_day() -> None:
    loaded = from_document(parse_document(EXAMPLE.encode(), "scenario.md"))
    outcome = solve(loaded.scenario, Settings(workers=1))
    assert (loaded.warnings, outcome.status, outcome.ties) == ((), Status.OPTIMAL, Ties(1, exact=True))
    assert outcome.timetable is not None
    hours = [placement.segments[0].start // 60 for placement in outcome.timetable]
    assert hours == [6, 12, 18] * 3
    for item in ("funding", "controls", "report"):
        times = [outcome.timetable[session] for session in loaded.scenario.held_again[item]]
        for state in states_parties():
            nights = [minutes_at_night(time.segments[0], "Africa/Nairobi", state.zone, DAY) for time in times]
            assert min(nights) == 0, (item, state.state)
    option = Option("A", "A", loaded.scenario, outcome.timetable, "optimal")
    assert set(in_the_day(option).values()) == {100.0}


def test_without_the_third_time_the_hours_cannot_be_kept(schedule: Command, tmp_path: Path) -> None:
    """And the explanation says which rule stands in the way, and what would help."""
    text = re.sub(r"      - \{id: \w+-3.*\n", "", EXAMPLE)
    text = re.sub(r", \w+-3\]", "]", text)
    path = tmp_path / "twice.yaml"
    path.write_text(text, "utf-8")
    run = schedule("explain", path)
    told = " ".join(run.out.split())
    assert "No timetable keeps this rule; without it a timetable exists: day-hours" in told
    assert "of what is repeated each State attends the time that suits it best" in told.replace("twice.yaml:25 ", "")
    assert "Allow a region 2 h at night instead of none" in told
