"""Mistakes in breaks, each told at its place with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import load

BASE = """\
name: base
meeting: {series: Base, annex_title: BASE}
calendar:
  breaks: [BREAKS]
  grain: GRAIN
  slots: [10:00-13:00, 15:00-18:00]
  days: [Tuesday 2027-02-23, {date: 2027-02-24, slots: [10:00-11:30, 11:45-13:00]}]
bodies: [{id: WG, sessions: [{id: first, duration: 1h}]}]
rules: [{rule: rolling}, {rule: anchor, of: [first], at: "ANCHOR"}]
"""


def told(folder: Path, breaks: str, grain: str = "15 min", anchor: str = "10:00") -> list[tuple[int, int, str, str]]:
    text = BASE.replace("BREAKS", breaks).replace("GRAIN", grain).replace("ANCHOR", anchor)
    (folder / "base.yaml").write_text(text)
    with pytest.raises(ScenarioError) as caught:
        load(folder / "base.yaml")
    return [(each.line, each.column, each.message, each.hint) for each in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("breaks", "column", "message", "hint"),
    [
        (
            "12:45-13:00",
            12,
            "on Tuesday 23 February the break 12:45-13:00 does not lie within the slot 10:00-13:00",
            "let the slot close at 12:45",
        ),
        (
            "16:00-16:15, 09:45-10:15",
            25,
            "on Tuesday 23 February the break 09:45-10:15 does not lie within the slot 10:00-13:00",
            "let the slot open at 10:15",
        ),
        (
            "11:15-11:45",
            12,
            "on Wednesday 24 February the break 11:15-11:45 does not lie within the slot 10:00-11:30",
            "let the slot close at 11:15, or name the 'days' that have it",
        ),
        (
            "13:15-13:30",
            12,
            "no slot is open from 13:15 to 13:30: a break lies within a slot",
            "slots are 10:00-13:00, 15:00-18:00; what lies between them needs no break",
        ),
        (
            "{hours: 16:00-16:15, days: [2027-02-24]}",
            12,
            "on Wednesday 24 February no slot is open from 16:00 to 16:15: a break lies within a slot",
            "slots are 10:00-11:30, 11:45-13:00; what lies between them needs no break",
        ),
        (
            "16:00-16:15, 16:15-16:30",
            25,
            "the breaks 16:00-16:15 and 16:15-16:30 overlap or touch on Tuesday 23 February",
            "write one, 16:00-16:30, or give them different 'days'",
        ),
        (
            "16:00-17:15",
            12,
            "1 h 15 are no break, which lies within a slot and is shorter than an hour: take it out, and let one slot "
            "close at 16:00 and another open at 17:15",
            "",
        ),
        (
            "13:00-15:00",
            12,
            "2 h are no break, which lies within a slot and is shorter than an hour: take it out, and let one slot "
            "close at 13:00 and another open at 15:00",
            "",
        ),
        ("16:15-16:00", 12, "'16:15-16:00' ends before it begins: write the earlier time first", ""),
        (
            "{hours: 16:00-16:15, days: [Monday]}",
            40,
            "no day of this series is meant by 'Monday': it runs from 23 February to 24 February",
            "",
        ),
        (
            "{hours: 16:00-16:15, days: [teatime]}",
            40,
            "'teatime' is no day: write weekdays, dates or ranges of dates, as in [Tuesday, 2025-02-26..2025-02-28]",
            "",
        ),
        (
            "{hours: 16:00-16:15, days: []}",
            39,
            "a break on no day is none: name days, or leave 'days' out for every day",
            "",
        ),
        ("{hours: [16:00, 16:15]}", 20, "one pair of hours is expected here, not a list: write 16:00-16:15", ""),
        ("{hours: 16:00-16:15, day: [Tuesday]}", 33, "unknown key", "did you mean 'days'?"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, breaks: str, column: int, message: str, hint: str) -> None:
    assert told(tmp_path, breaks) == [(4, column, message, hint)]


def test_a_break_off_the_grain_is_told_with_the_hours_beside_it(tmp_path: Path) -> None:
    message = "1 h 20 of work before 16:20, from 15:00, do not fit the grain of 30 min"
    assert told(tmp_path, "16:20-16:50", "30 min") == [
        (4, 12, message, "begin it at 16:00 or 16:30, or choose a finer grain")
    ]


def test_a_slot_that_a_break_leaves_off_the_grain_is_told_with_a_finer_one(tmp_path: Path) -> None:
    message = "the slot 15:00-18:00 lasts 2 h 45 without its breaks, which does not fit the grain of 30 min"
    assert told(tmp_path, "16:30-16:45", "30 min") == [(6, 10, message, "choose a finer grain, such as 15 min")]


def test_a_slot_whose_length_fits_the_grain_without_its_break_is_right(tmp_path: Path) -> None:
    text = BASE.replace("BREAKS", "16:30-16:50").replace("GRAIN", "30 min").replace("ANCHOR", "10:00")
    (tmp_path / "base.yaml").write_text(
        text.replace("15:00-18:00", "15:00-18:20").replace("11:45-13:00", "11:30-13:00")
    )
    assert load(tmp_path / "base.yaml").scenario.calendar.axis.slots[1].minutes == 180


@pytest.mark.parametrize("at", ["11:30", "11:40"])
def test_nobody_is_anchored_in_a_break(tmp_path: Path, at: str) -> None:
    found = told(tmp_path, "{hours: 11:30-11:45, days: [Tuesday]}", anchor=at)
    hint = "write 11:45, when work goes on, or move the break"
    assert found == [(9, 58, f"nobody starts at {at}, in the break 11:30-11:45", hint)]
