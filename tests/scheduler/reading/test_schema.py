"""The JSON Schema that editors use accepts what the loader accepts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from support.letters import SCENARIOS

from scheduler.reading.schema import scenario_schema

VALIDATOR = jsonschema.Draft202012Validator(scenario_schema())
FILES = sorted(SCENARIOS.rglob("*.yaml"))


def as_an_editor_reads_it(path: Path) -> Any:
    """YAML 1.2 with its own types; a date is a text there."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if hasattr(value, "isoformat") else value

    return plain(YAML(typ="safe", pure=True).load(path.read_text("utf-8")))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(scenario_schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_of_the_project_satisfies_it(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(as_an_editor_reads_it(path))] == []


BODIES = [{"id": "ONE", "sessions": {"from": "one.csv"}}, {"id": "TWO"}]
SIMILAR = [{"rule": "similar_bodies_apart", "pairs": {"from": "pairs.csv"}}]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sessions", {"from": "talks.xlsx", "sheet": "talks"}),
        ("sessions", {"from": "talks.csv", "header": 2, "durations": "minutes"}),
        ("bodies", BODIES),
        ("bodies", [{"id": "ONE", "sessions": [{"id": "a", "duration": "1h"}, {"id": "b", "repeats": "a"}]}]),
        ("rules", SIMILAR),
        ("rules", [{"rule": "similar_bodies_apart", "pairs": {"from": "pairs.csv", "header": 3}}]),
    ],
)
def test_tables_may_stand_in_files(key: str, value: Any) -> None:
    scenario = as_an_editor_reads_it(SCENARIOS / "csp11.yaml") | {key: value}
    assert [error.message for error in VALIDATOR.iter_errors(scenario)] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", None),
        ("calendar", {"days": ["soon"]}),
        ("bodies", "WGETI"),
        ("rules", [{"rule": "ordr"}]),
        ("foo", 1),
        ("sessions", {"from": "talks.ods"}),
        ("sessions", {"sheet": "x"}),
        ("sessions", {"from": "talks.csv", "header": 0}),
        ("sessions", {"from": "talks.csv", "durations": "hours"}),
        ("bodies", [{"id": "ONE", "sessions": [{"id": "a"}]}]),
        ("bodies", [{"id": "ONE", "sessions": [{"id": "a", "duration": "1h"}, {"id": "b", "repeats": ["a"]}]}]),
    ],
)
def test_it_underlines_mistakes(key: str, value: Any) -> None:
    scenario = as_an_editor_reads_it(SCENARIOS / "csp11.yaml") | {key: value}
    assert not VALIDATOR.is_valid(scenario)
