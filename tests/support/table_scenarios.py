"""Scenarios with tables, written into a folder and loaded, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import Loaded, load

HEAD = """\
name: demo
meeting: {series: Demo, annex_title: DEMO}
calendar:
  slots: [10:00-13:00]
  days: [Tuesday 2025-02-25, Wednesday 2025-02-26]
rooms: [{id: plenary}, {id: annexe}]
officers: [{id: ann, post: Chair, name: Ann}]
"""
FROM_ONE = HEAD + "bodies: [{id: ONE}, {id: TWO}]\nsessions: {from: talks.csv}\n"
WRITTEN_OUT = (
    HEAD
    + """\
bodies:
  - id: ONE
    sessions:
      - {id: a, duration: 1h, title: "First, of all", rooms: [plenary, annexe], presenters: [Ann, "Smith; John"]}
      - {id: b, duration: 30 min, title: "=1+1", attendance: 20, position: 2}
  - id: TWO
    sessions:
      - {id: c, duration: 90 min, access: [states-parties], officers: [ann], time_zone: Asia/Tokyo, source: letter}
"""
)
TALKS = '''\
id,title,duration,body,rooms,presenters,attendance,position,access,officers,time_zone,source
a,"First, of all",1h,ONE,plenary;annexe,"Ann; ""Smith; John""",,,,,,
c,,90 min,TWO,,,,,states-parties,ann,Asia/Tokyo,letter

b,=1+1,30 min,ONE,,,20,2,,,,
'''


def written(folder: Path, text: str, table: str | bytes | None = None, name: str = "talks.csv") -> Loaded:
    """Write a scenario, and a table, into the working directory, and load it."""
    (folder / "scenario.yaml").write_text(text, "utf-8")
    if table is not None:
        (folder / name).write_bytes(table if isinstance(table, bytes) else table.encode())
    return load("scenario.yaml")


def refusal(folder: Path, text: str, table: str | bytes | None = None, name: str = "talks.csv") -> list[str]:
    """What is said of them, in the order of places."""
    with pytest.raises(ScenarioError) as caught:
        written(folder, text, table, name)
    found = sorted(dict.fromkeys(caught.value.diagnostics), key=lambda d: (d.file, d.line, d.column))
    return [f"{d.file}:{d.line}:{d.column}: {d.path}: {d.message}{f' ({d.hint})' if d.hint else ''}" for d in found]


def sheet(folder: Path, rows: list[list[Any]], *titles: str) -> None:
    """Write ``talks.xlsx``: the rows in its first sheet, the other sheets empty."""
    book = Workbook()
    book.worksheets[0].title = titles[0] if titles else "talks"
    for row in rows:
        book.worksheets[0].append(row)
    for title in titles[1:]:
        book.create_sheet(title)
    book.save(folder / "talks.xlsx")
