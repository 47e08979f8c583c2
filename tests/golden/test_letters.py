"""The scenarios of the real letters give the grids that were really published, and nothing else is as good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.letters import ALL, WITH_GRID, document, entry, letter, starts

from exports.annex.grid import annex_grid
from scheduler.checking import check
from scheduler.outcome import Status, Ties
from scheduler.reading.entry import from_data
from scheduler.solving.engine import solve

HERE = Path(__file__).parent


def published(name: str) -> dict[str, Any]:
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", WITH_GRID)
def test_the_published_grid_is_the_only_optimum(name: str) -> None:
    scenario = letter(name)
    outcome = solve(scenario)
    assert (outcome.status, outcome.cost, outcome.ties) == (Status.OPTIMAL, 0, Ties(1, exact=True))
    assert outcome.timetable is not None
    assert annex_grid(scenario, outcome.timetable).text() == [day["cells"] for day in published(name)["days"]]


@pytest.mark.parametrize("name", WITH_GRID)
def test_title_days_hours_side_events_and_footnote_are_those_of_the_annex(name: str) -> None:
    scenario, annex = letter(name), published(name)
    timetable = solve(scenario).timetable
    assert timetable is not None
    grid = annex_grid(scenario, timetable)
    assert grid.title.text == annex["title"]
    band = grid.bands[0]
    assert [(c.weekday, c.day.isoformat()) for c in band.columns] == [(d["weekday"], d["date"]) for d in annex["days"]]
    assert [row.label for row in band.rows] == [" – ".join(slot) for slot in annex["slots"]]  # noqa: RUF001
    assert band.side_events is not None
    assert [" ".join(p.text for p in events) for events in band.side_events] == annex["side_events"]
    notes = ["".join(f"**{r.text}**" if r.bold else r.text for r in note.runs) for note in grid.footnotes]
    assert notes == ([annex["footnote"]] if annex["footnote"] else [])


@pytest.mark.parametrize("name", ALL)
def test_every_letter_is_solved_to_optimality_at_no_cost(name: str) -> None:
    scenario = letter(name)
    outcome = solve(scenario)
    assert (outcome.status, outcome.cost, outcome.bound) == (Status.OPTIMAL, 0, 0)
    assert outcome.timetable is not None
    assert check(scenario, outcome.timetable).violations == ()


def test_csp11_from_monday_to_thursday_is_the_same_grid_a_day_earlier() -> None:
    changed = document("csp11")
    changed["calendar"]["days"] = [{"date": f"2025-02-{day}"} for day in (24, 25, 26, 27)]
    scenario = from_data(changed)
    outcome = solve(scenario)
    assert outcome.timetable is not None
    assert outcome.ties == Ties(1, exact=True)
    assert annex_grid(scenario, outcome.timetable).text() == [day["cells"] for day in published("csp11")["days"]]


def test_csp11_with_a_forum_is_impossible() -> None:
    changed = document("csp11")
    entry(changed, "officers", "dief-chair")["vacant"] = False
    assert solve(from_data(changed)).status is Status.INFEASIBLE


def test_csp11_with_two_bodies_of_six_hours_has_no_shared_slot() -> None:
    changed = document("csp11")
    entry(changed, "sessions", "cei")["duration"] = "6h"
    entry(changed, "sessions", "wgtu")["duration"] = "6h"
    scenario = from_data(changed)
    outcome = solve(scenario)
    assert outcome.timetable is not None
    assert starts(outcome.timetable) == {
        session: [f"{day} 10:00-13:00", f"{day} 15:00-18:00"]
        for session, day in (("nip", "Tuesday"), ("cei", "Wednesday"), ("wgtu", "Thursday"), ("wgtr", "Friday"))
    }


def test_csp11_in_four_slots_a_day_keeps_its_clock_times_in_four_rows() -> None:
    changed = document("csp11")
    hours = (("10:00", "11:30"), ("11:30", "13:00"), ("15:00", "16:30"), ("16:30", "18:00"))
    changed["calendar"]["slots"] = [{"opens": opens, "closes": closes} for opens, closes in hours]
    scenario = from_data(changed)
    outcome = solve(scenario)
    as_published = solve(letter("csp11")).timetable
    assert outcome.timetable is not None
    assert as_published is not None
    assert outcome.ties == Ties(1, exact=True)
    assert {p.session: p.start for p in outcome.timetable} == {p.session: p.start for p in as_published}
    assert len(annex_grid(scenario, outcome.timetable).bands[0].rows) == 4


def test_csp11_with_a_forum_and_mornings_from_nine_has_it_on_thursday_afternoon() -> None:
    changed = document("csp11")
    entry(changed, "officers", "dief-chair")["vacant"] = False
    changed["calendar"]["slots"] = [{"opens": "09:00", "closes": "13:00"}, {"opens": "15:00", "closes": "18:00"}]
    scenario = from_data(changed)
    outcome = solve(scenario)
    assert outcome.timetable is not None
    assert outcome.ties == Ties(1, exact=True)
    assert starts(outcome.timetable)["dief"] == ["Thursday 15:00-18:00"]


def test_csp10_from_monday_to_thursday_has_its_forum_on_wednesday_afternoon() -> None:
    changed = document("csp10")
    changed["calendar"]["days"] = [{"date": f"2024-02-{day}"} for day in (19, 20, 21, 22)]
    scenario = from_data(changed)
    outcome = solve(scenario)
    assert outcome.timetable is not None
    assert outcome.ties == Ties(1, exact=True)
    assert starts(outcome.timetable)["dief"] == ["Wednesday 15:00-18:00"]


@pytest.mark.parametrize("name", ALL)
def test_no_session_is_pinned_or_anchored_and_no_rule_names_a_day_or_an_hour(name: str) -> None:
    for rule in letter(name).rules:
        assert rule.rule not in {"pin", "anchor", "only_on", "not_on", "latest_hour"}
        assert rule.source
