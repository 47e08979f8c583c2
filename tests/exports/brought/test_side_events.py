"""Side events in tables made by hand: how they are named, and which hours follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.small import scenario as small

from exports.timetable_reading import read_timetable
from scheduler.errors import InputError
from scheduler.scenario import Scenario

EVENTS: dict[str, Any] = {
    "windows": [{"hours": "13:15-14:45", "name": "lunch"}, "18:30-20:00"],
    "rooms": ["Foyer"],
    "events": [
        {"title": "Film", "length": "1h"},
        {"title": "Reception", "length": "90 min", "windows": ["18:30-20:00"], "id": "drinks"},
        {"title": "Briefing", "day": "2025-02-25", "hours": "09:00-09:30"},
        {"title": "Photo", "day": "2025-02-26"},
    ],
}
WEEK = small({"WG": "3h"}, side_events=EVENTS)
HEAD = "day,half-day,body,title\n"


def held(folder: Path, text: str, scenario: Scenario = WEEK) -> list[tuple[str, str, int, int, str]]:
    (folder / "t.csv").write_text(f"{text}", "utf-8")
    stored = read_timetable(str(folder / "t.csv"), scenario, widen=True)
    assert [str(placed.session) for placed in stored.timetable] == ["wg"]
    events = stored.timetable.side_events or ()
    return [(each.event, f"{each.day:%a}", each.start, each.end, each.room) for each in sorted(events)]


@pytest.mark.parametrize(
    "row",
    [
        "Tue,13:15-14:15,Side event,Film",
        "Tue,13:15-14:15,Film,",
        "Tue,13:15,film,",
        "Tue,lunch,side event,Film",
        "Tue,pm,,Film",
        ",afternoon,Film,",
    ],
)
def test_a_row_of_a_side_event_is_read_as_far_as_its_hours_follow(row: str, tmp_path: Path) -> None:
    assert held(tmp_path, f"{HEAD}Tue,am,WG,\n{row}\n") == [("film", "Tue", 795, 855, "Foyer")]


@pytest.mark.parametrize(
    "text",
    [
        "day,hours,what\nTue,10:00-13:00,WG\nWed,18:30-20:00,Reception\n",
        "day,start,end,session\nTue,10:00,13:00,wg\nWed,18:30,,drinks\n",
        "Tue morning: WG\nWed evening: Reception\n",
        "Tue morning: WG\nWed: drinks\n",
        "Tue morning: WG\nWed 18:30: Reception\n",
    ],
)
def test_a_side_event_may_be_written_in_many_ways(text: str, tmp_path: Path) -> None:
    assert held(tmp_path, text) == [("drinks", "Wed", 1110, 1200, "Foyer")]


def test_hours_outside_the_windows_are_kept_for_the_check(tmp_path: Path) -> None:
    assert held(tmp_path, f"{HEAD}Tue,am,WG,\nWed,08:00-09:00,Film,\n") == [("film", "Wed", 480, 540, "Foyer")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Tue,,Film,", "3:6: 'Film' on Tuesday 25 February may be 13:15 - 14:45 or 18:30 - 20:00: write its start"),
        ("Tue,morning,Film,", "3:13: nothing says when 'Film' is held: write its start and end, as in 13:15-14:15"),
        ("Wed,,Photo,", "3:6: nothing says when 'Photo' is held: write its start and end, as in 13:15-14:15"),
        ("Wed,,Side event,Fylm", "3:17: nothing says when 'Fylm' is held: write its start and end, as in 13:15-14:15"),
        ("Wed,lunsh,Film,", "3:5: 'lunsh' is no half-day: did you mean 'lunch'?"),
        ("Wed,lunch,Fylm,", "3:11: 'Fylm' is no session or body of scenario 'small': did you mean 'Film'?"),
    ],
)
def test_what_is_missing_is_said_with_its_place(row: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        held(tmp_path, f"{HEAD}Tue,am,WG,\n{row}\n")
    assert f"t.csv:{said}" in caught.value.message.replace("\u2013", "-")


def test_an_event_that_is_given_keeps_its_hours_or_breaks_them(tmp_path: Path) -> None:
    assert held(tmp_path, f"{HEAD}Tue,am,WG,\nTue,,Briefing,\n") == []
    (tmp_path / "t.csv").write_text(f"{HEAD}Tue,am,WG,\nTue,09:15-09:45,Briefing,\n", "utf-8")
    (violation,) = read_timetable(str(tmp_path / "t.csv"), WEEK, widen=True).violations
    assert violation.message.startswith("'Briefing' is given")
