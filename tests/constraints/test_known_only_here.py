"""What is known of a kind of rule stands in its own file: nobody else in the program asks which kind a rule is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.project import ROOT

from constraints import KINDS

MAY_NAME = {
    "exports/cosplib/conference_scenario.py": "writes a scenario, rules included",
    "exports/systems/schedule_scenario.py": "writes a scenario, rules included",
    "scheduler/alternatives/pareto.py": "states the wishes that are traded, each a rule",
    "scheduler/comparison/measures.py": "two criteria are by definition what these rules count",
    "scheduler/explanation/ties.py": "states the preferences that it proposes, each a rule",
    "scheduler/explanation/wish_language.py": "states what --require and --forbid ask for, each a rule",
    "scheduler/commands/lint.py": "names a kind of slip, and no rule",
    "scheduler/linting/checks/order.py": "names a kind of slip, and no rule",
    "scheduler/reading/levels.py": "proposes rules to the planner",
    "scheduler/reading/unguarded.py": "proposes a rule to the planner",
    "scheduler/replanning/held.py": "states what is frozen or kept, each a rule",
    "scheduler/replanning/replan_wishes.py": "--keep order is a part of a place, and no rule",
    "scheduler/solving/counted/translation.py": "says which rules a scenario lacks that is to be counted",
    "scheduler/starters/conference.py": "writes a scenario, rules included",
    "scheduler/starters/series.py": "writes a scenario, rules included",
}
"""Files that name kinds of rules, each with what it names them for; none asks a rule of which kind it is."""

CLASSES = {"".join(part.capitalize() for part in kind.split("_")) for kind in KINDS}
WORDS = re.compile(rf"\b({'|'.join(kind for kind in KINDS if '_' in kind)})\b")
"""Kinds of which no other word is made: those of one word are looked for as a whole text only."""
FILES = sorted(path for folder in ("scheduler", "exports") for path in (ROOT / folder).rglob("*.py"))


def named(tree: ast.Module) -> Iterator[str]:
    """Kinds of rules that a module names, as a text or by their class."""
    comments = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments:
            yield from [node.value] if node.value in KINDS else WORDS.findall(node.value)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("constraints."):
            yield str(node.module)
        elif isinstance(node, ast.Name) and node.id in CLASSES:
            yield node.id


def asked(tree: ast.Module) -> Iterator[str]:
    """Places where a module asks a rule for its kind: by its class, or by comparing its word with a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            classes = {name.id for name in ast.walk(node.args[1]) if isinstance(name, ast.Name)}
            yield from sorted(classes & CLASSES)
        elif isinstance(node, ast.Compare | ast.Match):
            parts = [node.left, *node.comparators] if isinstance(node, ast.Compare) else [node.subject]
            if any(isinstance(part, ast.Attribute) and part.attr == "rule" for part in parts):
                texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and n.value in KINDS]
                yield from map(str, texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_names_no_kind_of_rule_but_for_a_reason(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(asked(tree)) == []
    if str(path.relative_to(ROOT)) not in MAY_NAME:
        assert sorted(set(named(tree))) == []


def test_every_exception_is_needed() -> None:
    needless = [name for name in MAY_NAME if not any(named(ast.parse((ROOT / name).read_text(encoding="utf-8"))))]
    assert needless == []


@pytest.mark.parametrize(
    "code",
    [
        "def weigh(rule):\n    return 3 if rule.rule == 'only_on' else 0",
        "def weigh(rule):\n    match rule.rule:\n        case 'order' | 'pin':\n            return 3",
        "def weigh(rule):\n    return 3 if isinstance(rule, (OnlyOn, Pin)) else 0",
    ],
)
def test_a_question_for_the_kind_is_found(code: str) -> None:
    assert list(asked(ast.parse(code)))
    assert list(named(ast.parse(code)))
