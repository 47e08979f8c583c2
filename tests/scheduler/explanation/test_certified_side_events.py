"""A certificate covers side events: where they stand, that this is allowed, its cost, and that none cost less."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from support.command import Command

from scheduler.explanation import certified_events
from scheduler.explanation.certificate import of_outcome
from scheduler.explanation.verification import claim_of, verify
from scheduler.outcome import Settings
from scheduler.reading.entry import from_data
from scheduler.solving.engine import solve
from scheduler.solving.side_events.placing import place

DATA: dict[str, Any] = {
    "name": "two-days",
    "meeting": {"series": "Two Days", "annex_title": "TWO DAYS"},
    "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2027-02-23", "2027-02-24"]},
    "bodies": [{"id": "WG", "sessions": [{"id": "wg", "duration": "6h"}]}],
    "side_events": {
        "windows": ["13:15-14:45"],
        "rooms": ["X"],
        "events": [
            {"title": "Film", "length": "1h", "wished": ["Tuesday"]},
            {"title": "Song", "length": "1h", "wished": ["Tuesday"]},
        ],
    },
}
"""Two events, two days, one room: one of them misses its wish, for a point, in either of the two ways."""


@pytest.fixture(scope="module")
def genuine() -> dict[str, Any]:
    scenario, settings = from_data(DATA), Settings(workers=1)
    return of_outcome(scenario, solve(scenario, settings), place(scenario, settings))


def changed(certificate: dict[str, Any], **keys: Any) -> dict[str, Any]:
    found = copy.deepcopy(certificate)
    found["side_events"] |= keys
    return found


def said(certificate: dict[str, Any], holds: bool | None = True) -> list[str]:
    return [point.sentence for point in verify(certificate) if point.holds is holds and "side event" in point.sentence]


def test_a_genuine_one_holds(genuine: dict[str, Any]) -> None:
    assert all(point.holds for point in verify(genuine))
    assert said(genuine)[-1] == "No places of side events cost less than 1: 4 ways to place them, all tried."
    (claimed,) = claim_of(genuine).sentences[1:]
    assert claimed == "Its side events stand in places that cost one point, and none cost less."


def test_without_the_part_it_says_nothing_of_them(genuine: dict[str, Any]) -> None:
    silent = {key: value for key, value in genuine.items() if key != "side_events"}
    assert claim_of(silent).sentences[1:] == ("Of side events it says nothing.",)
    assert said(silent) == []
    assert all(point.holds for point in verify(silent))


def test_what_is_forged_is_found(genuine: dict[str, Any]) -> None:
    film, song = genuine["side_events"]["places"]
    both = [film, song | {"date": film["date"]}]
    assert said(changed(genuine, cost=0), False) == ["The places of side events cost 1, not 0 as certified."]
    assert said(changed(genuine, bound=2), False) == ["The bound of 2 for side events does not fit a cost of 1."]
    assert said(changed(genuine, places=[film]), False) == [
        "The places of side events break 'side_events': 'Song' is not placed."
    ]
    (clash,) = said(changed(genuine, places=both), False)
    assert clash.startswith("The places of side events break 'side_events': ")
    assert "stands twice" in said(changed(genuine, places=[film, song, song]), False)[0]
    spread = [film | {"date": "2027-02-24"}, song | {"date": "2027-02-23"}]
    assert all(point.holds for point in verify(changed(genuine, places=spread))), "the other way costs the same"


def test_a_bound_that_is_too_high_is_found() -> None:
    dearer = copy.deepcopy(DATA)
    dearer["side_events"]["events"][1]["wished"] = ["Wednesday"]
    scenario, settings = from_data(dearer), Settings(workers=1)
    certificate = of_outcome(scenario, solve(scenario, settings), place(scenario, settings))
    film, song = certificate["side_events"]["places"]
    swapped = [film | {"date": song["date"]}, song | {"date": film["date"]}]
    forged = changed(certificate, places=swapped, cost=2, bound=2)
    assert said(forged, False) == ["Places of side events that cost 0 exist, less than the bound of 2."]


def test_too_many_ways_are_not_decided(genuine: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certified_events, "MOST_WAYS", 3)
    (open_point,) = said(genuine, None)
    assert open_point.endswith("there are 4 ways to place them, and 3 are gone through.")


def test_through_the_commands(tmp_path: Path, schedule: Command) -> None:
    path, certificate = tmp_path / "two-days.yaml", tmp_path / "c.json"
    path.write_text(json.dumps(DATA), encoding="utf-8")
    schedule("explain", path, "--certificate", certificate)
    assert "They cost 1, as certified." in schedule("verify", certificate).out
    path.write_text(json.dumps(DATA).replace("13:15-14:45", "13:15-13:45"), encoding="utf-8")
    run = schedule("explain", path, "--certificate", certificate)
    assert run.status == 3
    assert "There is no certificate that side events cannot be placed" in run.err
