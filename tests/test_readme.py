"""What the README shows is true."""

from __future__ import annotations

import re
from pathlib import Path

from constraints import KINDS
from scheduler.loading import from_document
from scheduler.rule import Rule
from scheduler.scenario import Scenario
from scheduler.yamltext import read_document

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def example() -> str:
    return next(block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if block.startswith("name:"))


def test_the_example_scenario_is_valid() -> None:
    loaded = from_document(read_document(example().encode(), "README.md"))
    assert loaded.warnings == ()


def test_the_example_scenario_shows_every_key_once() -> None:
    keys = set(re.findall(r"[\s{]([a-z_]+):", "\n" + example()))
    shown = {"hours" if name in ("opens", "closes") else name for name in _keys_of(Scenario) | set(Rule.model_fields)}
    assert shown - keys - {"minutes"} == set()


def test_the_table_names_every_rule_and_its_own_keys() -> None:
    rows = dict(re.findall(r"^\| `(\w+)`[^|]*\|[^|]*\|([^|]*)\|", README, re.MULTILINE))
    own = {
        kind: {f"`{name}`" for name in rule.model_fields if name not in Rule.model_fields}
        for kind, rule in KINDS.items()
    }
    assert {kind: set(rows[kind].replace(",", " ").split()) for kind in KINDS} == own


def _keys_of(model: type) -> set[str]:
    from pydantic import BaseModel

    from scheduler.loading import models_in

    seen: set[type[BaseModel]] = set()
    queue: list[type[BaseModel]] = [model]
    while queue:
        current = queue.pop()
        if current not in seen and not issubclass(current, Rule):
            seen.add(current)
            queue.extend(m for name in current.model_fields for m in models_in(current, name))
    return {name for found in seen for name in found.model_fields}
