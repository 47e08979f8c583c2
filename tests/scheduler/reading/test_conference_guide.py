"""What docs/conferences.md says about changes, done to the starter conference."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from support.project import DOCS

from constraints import KINDS
from scheduler.domain.seats import Role
from scheduler.reading.loading import load
from scheduler.rules.rule import Rule
from scheduler.starters.conference import starter_conference

DOCS = (DOCS / "conferences.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in starter_conference("forum", date(2027, 8, 26), date(2027, 8, 27)).items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_variant_of_the_documentation_withdraws_a_paper_and_changes_people(folder: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    (folder / "rev1.yaml").write_text(next(block for block in blocks if block.startswith("extends:")), "utf-8")
    before, after = load(folder / "forum.yaml"), load(folder / "rev1.yaml")
    assert (before.warnings, after.warnings) == ((), ())
    assert set(before.scenario.sessions) - set(after.scenario.sessions) == {"data-3"}
    assert after.scenario.body["law"].officers == ("chair-data",)
    assert set(after.scenario.there(next(s for s in after.scenario.sessions if s == "law-4"), Role.PRESENTER)) == {
        "Grace Mwangi"
    }
    assert [rule.name for rule in after.scenario.rules if rule not in before.scenario.rules] == ["practice-first"]


def test_the_rules_that_the_documentation_says_cannot_be_counted_are_all_that_cannot() -> None:
    (sentence,) = re.findall(r"Rules that cannot be counted.*?\. The others can", DOCS, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", sentence)) == {
        kind for kind, rule in KINDS.items() if rule.count_into is Rule.count_into
    }
