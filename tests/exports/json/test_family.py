"""Every answer of ``--json`` says what it is and is valid against its published schema; the page shows each once."""

from __future__ import annotations

import importlib
import json
import re
import shlex
from keyword import iskeyword
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support.command import Command
from support.project import ROOT

from exports.json.schemas import NAMES, SCHEMAS
from scheduler.cli import COMMANDS

PAGE = (ROOT / "docs" / "json.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([\w-]+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def _schema(schedule: Command, name: str) -> dict[str, Any]:
    run = schedule("schema", "--of", name)
    assert run.status == 0
    schema: dict[str, Any] = json.loads(run.out)
    return schema


def _holds(whole: Any, part: Any) -> bool:
    """Whether the members of ``part`` are among those of ``whole``, and its items among the items."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and _holds(whole[key], value) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return all(any(_holds(item, wanted) for item in whole) for wanted in part) and bool(part or not whole)
    return bool(whole == part)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder in which the scenarios stand."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "actuals.csv").write_text(*_blocks(SECTIONS["fit"], "csv"), encoding="utf-8")
    (tmp_path / "letter.txt").write_text(*_blocks(SECTIONS["lint"], "text"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_has_a_section_and_a_line_for_each_document() -> None:
    assert list(SECTIONS) == list(SCHEMAS)
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE) == list(SCHEMAS)


def test_the_page_names_every_command_that_prints_a_document() -> None:
    printed = " ".join(re.findall(r"^\| `[\w-]+` \| (.*) \|$", PAGE, re.MULTILINE))
    with_option = {
        name
        for name in COMMANDS
        for module in [importlib.import_module(f"scheduler.commands.{name.replace('-', '_')}{'_' * iskeyword(name)}")]
        if any("--json" in option.opts for option in module.command.params)
    }
    assert with_option == set(COMMANDS)
    assert {name for name in COMMANDS if f"`{name}" not in printed} == {"schema"}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", SCHEMAS)
def test_each_example_of_the_page_is_printed_and_valid(name: str, schedule: Command) -> None:
    assert schedule("solve", "scenarios/csp11.yaml").status == 0
    lines = [line for block in _blocks(SECTIONS[name], "sh") for line in block.splitlines()]
    for line in lines:
        run = schedule(*shlex.split(line.removeprefix("schedule ")))
    answer = json.loads(run.out)
    (shown,) = map(json.loads, _blocks(SECTIONS[name], "json"))
    assert list(answer)[:2] == ["format", "version"]
    assert shown["format"] == answer["format"] == f"treaty-schedule/{name}"
    assert _holds(answer, shown)
    jsonschema.Draft202012Validator(_schema(schedule, name)).validate(answer)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("timetable", ("solve", "scenarios/impossible/csp11-friday.yaml")),
        ("timetable", ("solve", "scenarios/csp11.yaml", "--time-limit", "0.001")),
        ("timetable", ("solve", "scenarios/side-events/csp11.yaml")),
        ("explanation", ("explain", "scenarios/side-events/csp11.yaml")),
        ("what-if", ("what-if", "scenarios/side-events/csp11.yaml", "--set", "side_events.at_most=1")),
        ("comparison", ("compare", "scenarios/side-events/csp11.yaml", "scenarios/csp11.yaml")),
        ("replan", ("replan", "scenarios/side-events/csp11.yaml", "--from", "out/csp11.json")),
        ("check", ("check", "scenarios/csp8.yaml", "out/csp11.json")),
        ("validation", ("validate", "actuals.csv")),
        ("explanation", ("explain", "scenarios/impossible/four-hours-in-one-slot.yaml")),
        ("explanation", ("explain", "scenarios/forecast/csp11-promise.yaml")),
        ("explanation", ("explain", "scenarios/csp11.yaml")),
        ("prices", ("explain", "scenarios/csp11.yaml", "--prices")),
        ("what-if", ("what-if", "scenarios/csp11.yaml", "--forbid", "wgtr on Thu")),
        ("what-if", ("what-if", "scenarios/csp11.yaml", "--drop", "dief-last")),
        ("comparison", ("compare", "scenarios/impossible/csp11-friday.yaml", "scenarios/csp11.yaml")),
        ("comparison", ("compare", "scenarios/csp8.yaml", "--trade-off", "nights,waiting")),
        ("replan", ("replan", "scenarios/options/csp11-b-forum-mornings.yaml", "--from", "out/csp11.json", "--pareto")),
        ("forecast", ("forecast", "scenarios/forecast/csp11-promise.yaml")),
        ("written", ("init", "csp13", "--days", "2027-02-23..2027-02-26")),
    ],
)
def test_answers_of_other_kinds_are_valid_too(name: str, words: tuple[str, ...], schedule: Command) -> None:
    assert schedule("solve", "scenarios/csp11.yaml").status == 0
    answer = json.loads(schedule(*words, "--json").out)
    assert (answer["format"], answer["version"]) == (f"treaty-schedule/{name}", 1)
    jsonschema.Draft202012Validator(_schema(schedule, name)).validate(answer)


def test_a_revision_is_a_timetable(schedule: Command, folder: Path) -> None:
    assert schedule("solve", "scenarios/csp11.yaml").status == 0
    schedule("replan", "scenarios/options/csp11-b-forum-mornings.yaml", "--from", "out/csp11.json")
    (revision,) = (folder / "out").glob("*.rev1.json")
    document = json.loads(revision.read_text("utf-8"))
    assert document["revision"]["number"] == 1
    jsonschema.Draft202012Validator(_schema(schedule, "timetable")).validate(document)


@pytest.mark.usefixtures("folder")
def test_certificates_and_reports_are_valid_too(schedule: Command) -> None:
    assert schedule("solve", "scenarios/csp11.yaml").status == 0
    schedule("now", "out/csp11.json", "--at", "Wed 12:00", "--done", "nip@11:00", "--state", "out/now.json")
    schedule("explain", "scenarios/csp11.yaml", "--certificate", "out/best.json")
    schedule("explain", "scenarios/impossible/csp11-friday.yaml", "--certificate", "out/none.json")
    for name, path in (("now", "out/now.json"), ("certificate", "out/best.json"), ("certificate", "out/none.json")):
        document = json.loads(Path(path).read_text("utf-8"))
        assert document["format"] == f"treaty-schedule/{name}"
        valid = jsonschema.Draft202012Validator(_schema(schedule, name)).is_valid
        assert valid(document)
        assert not valid({key: value for key, value in document.items() if key != "version"})


def test_no_schema_lets_an_unknown_member_pass(schedule: Command) -> None:
    schema = _schema(schedule, "check")
    answer = {"format": "treaty-schedule/check", "version": 1, "keeps_all": True, "cost": 0, "findings": []}
    valid = jsonschema.Draft202012Validator(schema).is_valid
    assert valid(answer)
    assert not valid(answer | {"costs": 0})
    assert not valid(answer | {"version": 2})
    assert not valid({key: value for key, value in answer.items() if key != "cost"})


def test_the_names_are_listed(schedule: Command) -> None:
    run = schedule("schema", "--of")
    assert run.status == 0
    assert [line.split(":")[0] for line in run.out.splitlines()] == list(NAMES)


def test_an_unknown_name_is_refused_with_the_names(schedule: Command) -> None:
    run = schedule("schema", "--of", "timetabel")
    assert (run.status, run.out) == (2, "")
    assert "did you mean 'timetable'?" in run.err
    assert all(name in run.err for name in NAMES)


def test_the_schema_of_a_scenario_is_the_one_without_a_name(schedule: Command) -> None:
    assert schedule("schema", "--of", "scenario").out == schedule("schema").out
