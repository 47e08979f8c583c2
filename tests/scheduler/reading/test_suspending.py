"""What ``suspends_for`` may name, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import load

SCENARIO = """\
name: council
meeting: {{series: Council, annex_title: COUNCIL}}
calendar: {{slots: [10:00-13:00, 15:00-18:00], days: [2027-03-15]}}
bodies:
  - id: COUNCIL
    suspends_for: {of_council}
    sessions:
      - {{id: item, duration: 2h}}
      - {{id: other, duration: 1h, suspends_for: {of_other}}}
  - id: PANELS
    boundary: {{before_anchor: {before}}}
    sessions: [{{id: panel, duration: 1h, suspends_for: {of_panel}}}]
rules:
  - {{rule: rolling, of: [COUNCIL]}}
  - {{rule: anchor, of: [panel], at: "11:00", weight: {weight}}}
"""
PLAIN = {"of_council": "[PANELS]", "of_other": "", "before": "moves_after", "of_panel": "", "weight": ""}


def read(folder: Path, **parts: str) -> Path:
    path = folder / "council.yaml"
    text = SCENARIO.format(**PLAIN | parts)
    for empty in (", suspends_for: }", ", weight: }"):
        text = text.replace(empty, "}")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("of_council", "of_other", "stops"),
    [
        ("[PANELS]", "", {"item", "other"}),
        ("[panel]", "false", {"item"}),
        ("true", "", {"item", "other"}),
        ("false", "true", {"other"}),
        ("false", "[PANELS]", {"other"}),
        ("[]", "", set()),
    ],
)
def test_who_is_suspended(tmp_path: Path, of_council: str, of_other: str, stops: set[str]) -> None:
    loaded = load(read(tmp_path, of_council=of_council, of_other=of_other))
    assert set(loaded.scenario.gives_way) == stops
    assert loaded.warnings == ()


@pytest.mark.parametrize(
    ("parts", "place", "message", "hint"),
    [
        ({"of_council": "[pannel]"}, ":6:20", "there is no body or session 'pannel'", "did you mean 'panel'?"),
        ({"of_council": "[other]"}, ":6:20", "'other' is no fixture", "fixtures here: panel"),
        ({"of_council": "panel"}, ":6:19", "'panel' is not a list of names: write [panel]", ""),
        ({"of_council": "yes"}, ":6:19", "'yes' is no name here: write true, which means every fixture", ""),
        ({"of_council": "none"}, ":6:19", "'none' is no name here: write false", ""),
        ({"of_council": "{panel: true}"}, ":6:19", "names are expected here, not keys", ""),
        ({"of_council": "7"}, ":6:19", "'7' is not a list of names", ""),
        ({"weight": "5"}, ":6:20", "'PANELS' is no fixture", "a fixture has a hard anchor"),
        ({"of_panel": "[item]"}, ":6:20", "panel has 'suspends_for' itself", "leave one of the two out"),
        ({"before": "is_cut"}, ":11:31", "cannot be cut by it as well", "write moves_after"),
    ],
)
def test_what_is_refused(tmp_path: Path, parts: dict[str, str], place: str, message: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        load(read(tmp_path, **parts))
    text = str(refused.value)
    assert place in text
    assert message in text.replace("PANELS has", "panel has")
    assert hint in text


def test_where_it_says_nothing(tmp_path: Path) -> None:
    found = load(read(tmp_path, of_council="true", weight="5")).warnings
    assert [w.path for w in found if "there is no fixture" in w.message] == ["bodies[0].suspends_for"]
    found = load(read(tmp_path, of_council="[]", of_panel="true")).warnings
    assert [w.message for w in found] == ["PANELS is a fixture, which is never suspended: the key says nothing"]


@pytest.mark.parametrize(("cell", "stops"), [("panel", ("panel",)), ("true", True), ("", None)])
def test_a_table_of_sessions_may_say_it(tmp_path: Path, cell: str, stops: object) -> None:
    path = read(tmp_path, of_council="false")
    text = path.read_text(encoding="utf-8").replace(
        "    sessions:\n      - {id: item, duration: 2h}\n      - {id: other, duration: 1h}\n",
        "    sessions: {from: items.csv}\n",
    )
    path.write_text(text, encoding="utf-8")
    path.with_name("items.csv").write_text(f"id,duration,suspends_for\nitem,2h,{cell}\n", encoding="utf-8")
    assert load(path).scenario.bodies[0].sessions[0].suspends_for == stops
