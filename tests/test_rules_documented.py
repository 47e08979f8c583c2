"""``docs/rules.md`` has a section for every kind of rule and promise: all its keys, and an example that is valid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from support.command import Command
from support.project import DOCS
from support.rules_page import TABLE, table

from constraints import KINDS, STANDING
from scheduler.domain.promise import AnyPromise, Promise
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.rules.rule import Rule

TEXT = (DOCS / "rules.md").read_text("utf-8")
PROMISES = {kind.model_fields["rule"].default: kind for kind in get_args(get_args(AnyPromise)[0])}
SECTIONS = {match[1]: match[0] for match in re.finditer(r"^### `(\w+)`.*?(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL)}


def blocks(text: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def test_every_kind_has_a_section_in_alphabetical_order_and_no_section_is_about_nothing() -> None:
    named = list(SECTIONS)
    assert set(named) == {*KINDS, *PROMISES}
    assert named == [*sorted(KINDS), *PROMISES]


@pytest.mark.parametrize("kind", [*KINDS, *PROMISES])
def test_a_section_names_the_keys_of_its_kind_and_no_others(kind: str) -> None:
    model, common = (KINDS[kind], Rule) if kind in KINDS else (PROMISES[kind], Promise)
    needed = {"of"} if "of" in model.model_fields and model.model_fields["of"].is_required() else set()
    own = {name for name in model.model_fields if name not in common.model_fields and name not in ("rule", "of")}
    given = set(re.findall(r"^- `(\w+)`: ", SECTIONS[kind], re.MULTILINE))
    assert given - {"of"} == own
    assert needed <= given


@pytest.mark.parametrize("kind", [*KINDS, *PROMISES])
def test_the_example_of_a_section_is_valid_as_it_stands(kind: str) -> None:
    (example,) = blocks(SECTIONS[kind])
    frame, key = blocks(TEXT)[0], "rules" if kind in KINDS else "promises"
    loaded = from_document(parse_document(f"{frame}{key}:\n{example}".encode(), "rules.md"))
    assert loaded.warnings == ()
    assert [rule.rule for rule in (*loaded.scenario.rules, *(loaded.scenario.promises or ()))] == [kind]


def test_the_table_says_what_the_rules_say() -> None:
    """``PYTHONPATH=tests python -m support.rules_page`` writes it."""
    (shown,) = TABLE.findall(TEXT)
    assert shown == table()


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_section_is_that_of_the_rule(kind: str) -> None:
    (example,) = blocks(SECTIONS[kind])
    own = json.dumps([{"rule": kind, **KINDS[kind].example}])
    shown, known = (
        from_document(parse_document(f"{blocks(TEXT)[0]}rules:\n{rules}\n".encode(), "rules.md")).scenario
        for rules in (example, f"  {own}")
    )
    assert shown.rules == known.rules


def test_those_that_hold_without_being_written_are_marked() -> None:
    assert {kind for kind, text in SECTIONS.items() if "(standing)" in text.splitlines()[0]} == set(STANDING)


def test_the_timetables_that_are_shown_as_made_by_hand_are_accepted(
    schedule: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (DOCS / "by-hand.md").read_text("utf-8")
    (tmp_path / "by-hand.json").write_text(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0], "utf-8")
    (tmp_path / "two.yaml").write_text(blocks(text)[0], "utf-8")
    monkeypatch.chdir(tmp_path)
    listed, grid = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    Path("half-days.csv").write_text(listed, "utf-8")
    Path("grid.csv").write_text(grid, "utf-8")
    for command, shown in re.findall(r"```\n\$ schedule (check[^\n]*)\n(.*?)```", text, re.DOTALL):
        run = schedule(*command.split())
        assert (run.status, run.err + run.out) == (0, shown)
    assert schedule("check", "two.yaml", "grid.csv").status == 0
    Path("two-ways.csv").write_text(f"{listed.rpartition('Wednesday')[0]}Wednesday,,REPORT\n", "utf-8")
    assert f"```\n{schedule('check', 'two.yaml', 'two-ways.csv').err}```" in text
