"""The scenarios of real letters and of other bodies' programmes, for tests: loaded, changed, solved."""

from __future__ import annotations

import copy
from typing import Any

from support.project import SCENARIOS

from scheduler.domain.timetable import Timetable
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

WITH_GRID = ("csp8", "csp10", "csp11", "csp12")
ALL = ("csp3", *WITH_GRID)
SERIES = tuple(sorted(path.stem for path in (SCENARIOS / "series").glob("*.yaml")))


def letter(name: str) -> Scenario:
    """The scenario as it stands in the file, of a letter or of another body's series."""
    return load(SCENARIOS / ("series" if name in SERIES else "") / f"{name}.yaml").scenario


def document(name: str) -> dict[str, Any]:
    """Its normalised document, to be changed."""
    return copy.deepcopy(letter(name).document)


def entry(document: dict[str, Any], family: str, name: str) -> dict[str, Any]:
    """The body, officer, room or rule of that id; or the session, looked for in all bodies."""
    if family == "sessions":
        listed = [session for body in document["bodies"] for session in body["sessions"]]
    else:
        listed = document[family]
    found: dict[str, Any] = next(item for item in listed if item["id"] == name)
    return found


def starts(timetable: Timetable) -> dict[str, list[str]]:
    """Segments in words, by session: ``Thursday 15:00-18:00``."""
    return {
        p.session: [
            f"{s.day:%A} {s.start // 60:02}:{s.start % 60:02}-{s.end // 60:02}:{s.end % 60:02}" for s in p.segments
        ]
        for p in timetable
    }


__all__ = ["ALL", "SERIES", "WITH_GRID", "Scenario", "document", "entry", "from_data", "letter", "starts"]
