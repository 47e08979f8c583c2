"""A series of two weeks: whatever is said of a day says which, for a weekday alone could mean two."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.command import Command

FORTNIGHT = """\
name: fortnight
meeting: {series: Fortnight, annex_title: FORTNIGHT}
calendar:
  slots: [10:00-13:00, 15:00-18:00]
  grain: 30 min
  days: [2027-05-06, 2027-05-07, 2027-05-10, 2027-05-13, 2027-05-14]
officers:
  - {id: chair, post: Chair of TR, absent: [2027-05-10..2027-05-13]}
bodies:
  - id: WG
    sessions:
      - {id: long, duration: {low: 5h, likely: 6h, high: 8h}}
      - {id: short, duration: {low: 1h, likely: 2h, high: 4h}}
  - {id: TR, officers: [chair], sessions: [{id: tr, duration: {low: 2h, likely: 3h, high: 4h}}]}
rules:
  - {rule: one_at_a_time}
  - {rule: rolling}
  - {rule: early_finish, weight: 1}
  - {id: not-thursday, rule: not_on, of: [tr], when: [Thursday], weight: 2}
  - {id: early, rule: latest_hour, of: [TR], hour: "12:30", weight: 1}
promises:
  - {rule: finish_by, of: [WG], by: 2027-05-10 18:00}
"""
_BARE = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri)(?:day)?\b(?! \d)")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fortnight.yaml").write_text(FORTNIGHT)
    moved = FORTNIGHT.replace("{rule: rolling}", '{rule: anchor, of: [tr], at: "15:00", when: 2027-05-14}')
    moved = moved.replace("name: fortnight", "name: later")
    (tmp_path / "later.yaml").write_text(moved)
    return tmp_path


def bare(text: str) -> list[str]:
    """Lines, besides those of grids, whose dates stand below, in which a weekday stands without its date."""
    told = [line for line in text.splitlines() if not line.startswith(("│", "┃")) and "Thursdays (" not in line]
    return [line for line in told if _BARE.search(line)]


@pytest.mark.usefixtures("folder")
def test_every_command_names_days_with_their_dates(schedule: Command) -> None:
    solved = schedule("solve", "fortnight.yaml", "--workers", "1")
    assert solved.status == 0
    assert schedule("solve", "later.yaml", "--workers", "1").status == 0
    stored = "out/fortnight.json"
    for words in (
        ["forecast", "fortnight.yaml"],
        ["forecast", stored, "--json"],
        ["now", stored, "--at", "2027-05-06 17:00", "--done", "long@2027-05-06 16:30"],
        ["check", "fortnight.yaml", "out/later.json"],
        ["explain", "fortnight.yaml", "--prices", "--ties"],
        ["explain", "fortnight.yaml", stored, "tr"],
        ["what-if", "fortnight.yaml", "--forbid", "tr on 2027-05-07"],
        ["compare", stored, "out/later.json"],
        ["replan", "later.yaml", "--from", stored],
    ):
        run = schedule(*words)
        said = run.out + run.err
        assert run.status in (0, 1), said
        assert bare(said) == [], words


@pytest.mark.usefixtures("folder")
def test_the_words_themselves(schedule: Command) -> None:
    schedule("solve", "fortnight.yaml", "--workers", "1")
    said = schedule("forecast", "fortnight.yaml").out
    assert "Chance that the meeting runs past Friday 14 May 18:00" in said
    assert "  WG long is expected on Thursday 6 May at 10:00." in said
    now = schedule("now", "out/fortnight.json", "--at", "2027-05-06 17:00", "--done", "long@2027-05-06 16:30")
    assert ", Thursday 6 May 17:00: " in now.out.splitlines()[0]
    asked = schedule("what-if", "fortnight.yaml", "--require", "tr on Fri")
    assert asked.status == 2
    assert "'Fri' may be Friday 7 May or Friday 14 May: write the date, as in 2027-05-07" in asked.err


def test_one_week_needs_no_dates(schedule: Command, folder: Path) -> None:
    (folder / "week.yaml").write_text(FORTNIGHT.replace(", 2027-05-13, 2027-05-14", "").replace("fortnight", "week"))
    assert "  WG long is expected on Thursday at 10:00." in schedule("forecast", "week.yaml").out
