"""``schedule conference``: solves, writes, judges, refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.command import Command
from support.cosplib_workbooks import save, tiny

from scheduler.solving.counted.conference import Term

SMALL = replace(tiny(), name="small", weights=tuple(int(term is Term.PARALLEL) for term in Term))
"""Proved in no time: everything but a track in parallel with itself is free."""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return save(SMALL, tmp_path / "small.xlsx")


def test_a_workbook_is_solved_and_its_timetable_is_judged_alike(
    schedule: Command, workbook: Path, tmp_path: Path
) -> None:
    solved = schedule("conference", workbook, "-o", tmp_path / "out")
    assert solved.status == 0
    assert solved.out.splitlines()[0][:49] == "Optimal: it costs 0, and none costs less (proved "
    checked = schedule("conference", workbook, "--check", tmp_path / "out" / "small.timetable.xlsx")
    assert (checked.status, checked.out) == (0, "The timetable is valid; it costs 0.\n")


def test_the_document_gives_every_term(schedule: Command, workbook: Path, tmp_path: Path) -> None:
    run = schedule("conference", workbook, "-o", tmp_path / "out", "--workers", 1, "--json")
    document = json.loads(run.out)
    assert (run.status, document["valid"], document["cost"], document["bound"], document["proved"]) == (
        0,
        True,
        0,
        0,
        True,
    )
    assert list(document["terms"]) == [term.name.lower() for term in Term]


def test_a_timetable_with_faults_has_status_one(schedule: Command, workbook: Path, tmp_path: Path) -> None:
    schedule("conference", workbook, "-o", tmp_path / "out")
    shorter = save(replace(SMALL, submissions=SMALL.submissions[:-1]), tmp_path / "shorter.xlsx")
    schedule("conference", shorter, "-o", tmp_path / "out")
    run = schedule("conference", workbook, "--check", tmp_path / "out" / "shorter.timetable.xlsx")
    assert (run.status, run.out) == (
        1,
        "submission 'r3' is not in the timetable\nThe timetable is not valid: 1 faults.\n",
    )


def test_a_wrong_workbook_is_one_message_and_status_two(schedule: Command, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    run = schedule("conference", tmp_path / "x.xlsx")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"{tmp_path / 'x.xlsx'}: this is text and no workbook")
