"""A benchmark conference as the scenario that is imported."""

from __future__ import annotations

from pathlib import Path

from exports.cosplib.conference_scenario import CosplibScenario
from exports.cosplib.conference_values import Conference
from scheduler.reading.loading import load
from scheduler.scenario import Scenario


def written(conference: Conference, folder: Path) -> tuple[CosplibScenario, Scenario]:
    """Written as a scenario into a folder, and loaded."""
    found = CosplibScenario(conference, "a.xlsx")
    tables = found.tables()
    for key, data in tables.items():
        (folder / f"{key}.csv").write_bytes(data)
    (folder / "scenario.yaml").write_bytes(found.yaml({key: f"{key}.csv" for key in tables}))
    return found, load(folder / "scenario.yaml").scenario
