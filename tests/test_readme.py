"""The annotated scenario and the table of rules are true, and README leads to every page."""

from __future__ import annotations

import re

from support.project import ROOT

from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario

README = (ROOT / "README.md").read_text("utf-8")
SCENARIO = (ROOT / "docs" / "scenario.md").read_text("utf-8")


def example() -> str:
    return next(block for block in re.findall(r"```yaml\n(.*?)```", SCENARIO, re.DOTALL) if block.startswith("name:"))


def test_the_example_scenario_is_valid() -> None:
    loaded = from_document(parse_document(example().encode(), "scenario.md"))
    assert loaded.warnings == ()


def test_the_example_scenario_shows_every_key_once() -> None:
    keys = set(re.findall(r"[\s{]([a-z_]+):", "\n" + example()))
    shown = {"hours" if name in ("opens", "closes") else name for name in _keys_of(Scenario) | set(Rule.model_fields)}
    assert shown - keys - {"minutes"} == set()


def test_readme_leads_to_every_page_and_to_nothing_that_is_not_there() -> None:
    pages = set(re.findall(r"\]\(((?:docs/)?[\w-]+\.\w+)\)", README))
    assert {page for page in pages if not (ROOT / page).is_file()} == set()
    assert {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} - pages == {"docs/index.md"}


def _keys_of(model: type) -> set[str]:
    from pydantic import BaseModel

    from scheduler.reading.meant import models_in

    seen: set[type[BaseModel]] = set()
    queue: list[type[BaseModel]] = [model]
    while queue:
        current = queue.pop()
        if current not in seen and not issubclass(current, Rule):
            seen.add(current)
            queue.extend(m for name in current.model_fields for m in models_in(current, name))
    return {name for found in seen for name in found.model_fields}
