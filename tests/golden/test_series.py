"""The programmes of other bodies are found as they were published, as far as that is known, and nothing is as good."""

from __future__ import annotations

import re

import pytest
from support.letters import SERIES, letter, starts
from support.project import DOCS
from support.rules_needed import report

from scheduler.checking import check
from scheduler.outcome import Status, Ties
from scheduler.solving.engine import solve

AM, PM = "10:00-13:00", "15:00-18:00"

PUBLISHED: dict[str, dict[str, list[str]]] = {
    "bwc-experts-2019": {
        "mx1": [f"29 {AM}", f"29 {PM}", f"30 {AM}", f"30 {PM}"],
        "mx2": [f"31 {AM}", f"31 {PM}", f"02 {AM}", f"02 {PM}"],
        "mx3": [f"05 {AM}", f"05 {PM}"],
        "mx4": [f"06 {AM}", f"06 {PM}", f"07 {AM}", f"07 {PM}"],
        "mx5": [f"08 {AM}", f"08 {PM}"],
    },
    "bwc-working-group-2": {
        "cooperation": [f"{day} {hours}" for day in ("07", "08", "09") for hours in (AM, PM)],
        "cooperation-mechanism": [f"10 {AM}", f"10 {PM}"],
        "science": [f"{day} {hours}" for day in ("11", "14", "15") for hours in (AM, PM)],
        "review-mechanism": [f"16 {AM}", f"16 {PM}"],
        "national": [f"{day} {hours}" for day in ("17", "18") for hours in (AM, PM)],
    },
    "human-rights-committee-140": {
        "chile": [f"05 {PM}", f"06 {AM}"],
        "namibia": [f"06 {PM}", f"07 {AM}"],
        "somalia": [f"07 {PM}", f"08 {AM}"],
        "indonesia": [f"11 {PM}", f"12 {AM}"],
        "united-kingdom": [f"12 {PM}", f"13 {AM}"],
        "serbia": [f"14 {PM}", f"15 {AM}"],
    },
    "human-rights-council-36": {
        "african-descent": ["25 13:00-15:00", "26 09:00-10:00"],
        "panel": ["25 15:00-18:00"],
        "ukraine": ["26 11:00-12:00", "26 12:00-12:30"],
        "cambodia": ["26 15:00-16:30"],
        "somalia": ["26 16:30-18:00"],
    },
    "mine-ban-2001": {
        "va": [f"07 {AM}", f"07 {PM}", f"08 {AM}"],
        "mc": [f"08 {PM}", "09 09:30-13:00", f"09 {PM}"],
        "sd": ["10 09:30-13:00", f"10 {PM}"],
        "gs": ["11 09:00-13:00", f"11 {PM}"],
    },
    "ozone-oewg-42": {
        "zone-1": ["14 18:00-21:00"],
        "zone-2": ["15 12:00-15:00"],
        "zone-3": ["16 08:00-11:00"],
    },
}
"""Day of the month and hours of each part. Of the Council the programme tells the slots, not the minutes."""


def sits(name: str) -> dict[str, list[str]]:
    timetable = solve(letter(name)).timetable
    assert timetable is not None
    hours = starts(timetable)
    return {
        p.session: [
            f"{segment.day:%d} {text.split()[1]}" for segment, text in zip(p.segments, hours[p.session], strict=True)
        ]
        for p in timetable
    }


def table_of_the_page() -> list[tuple[str, str, str]]:
    """Scenario, rule and the number of timetables without it, as docs/series.md tells them."""
    page = (DOCS / "series.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:`([\w-]+)`)? ?\| `([\w-]+)` \| (50 or more|none|\d+)", page, re.MULTILINE)
    found, name = [], ""
    for scenario, rule, count in rows:
        name = scenario or name
        found.append((name, rule, {"50 or more": "50+", "none": "0"}.get(count, count)))
    return found


@pytest.mark.parametrize("name", SERIES)
def test_every_series_has_one_best_timetable_at_no_cost(name: str) -> None:
    scenario = letter(name)
    outcome = solve(scenario)
    assert (outcome.status, outcome.cost, outcome.ties) == (Status.OPTIMAL, 0, Ties(1, exact=True))
    assert outcome.timetable is not None
    assert check(scenario, outcome.timetable).violations == ()


@pytest.mark.parametrize("name", SERIES)
def test_it_is_the_published_one(name: str) -> None:
    found = sits(name)
    assert {session: found[session] for session in PUBLISHED[name]} == PUBLISHED[name]


def test_how_many_optima_remain_without_each_rule() -> None:
    found = report(SERIES)
    assert [row for row in table_of_the_page() if found[row[0]][row[1]] != row[2]] == []
    assert len(table_of_the_page()) == sum(map(len, found.values()))
    assert found == {
        "bwc-experts-2019": {
            "one-meeting": "1",
            "numbered": "50+",
            "first-week-in-XX": "4",
            "second-week-in-the-hall": "8",
        },
        "bwc-working-group-2": {"topics": "50+"},
        "human-rights-committee-140": {
            "one-committee": "1",
            "opening-first": "28",
            "afternoon-and-morning": "4",
            "no-weekend-between": "1",
            "states-in-order": "50+",
            "briefed-before": "2",
            "briefed-before-the-second-week": "1",
            "briefings-on-mondays": "8",
        },
        "human-rights-council-36": {
            "rolling-basis": "0",
            "agenda": "50+",
            "first-item": "2",
            "panel-at-three": "2",
        },
        "mine-ban-2001": {"committees": "1"},
        "ozone-oewg-42": {
            "one-a-day": "1",
            "hours-of-zone-1": "1",
            "hours-of-zone-2": "3",
            "hours-of-zone-3": "1",
            "each-state-by-day": "1",
        },
    }
