"""The table of rules in ``docs/rules.md``, as the rules say it: ``PYTHONPATH=tests python -m support.rules_page``."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from support.project import DOCS

from constraints import KINDS
from scheduler.rules.rule import Rule

PAGE = DOCS / "rules.md"
HEAD = (
    "| rule | says | its own keys | one unit of violation | giving it up costs |",
    "|---|---|---|---|---|",
)
TABLE = re.compile(r"^\| rule \|.*\n\|---.*\n(?:\|.*\n)+", re.MULTILINE)


def row(kind: str) -> str:
    """A kind of rule: what the first paragraph of its file says, its keys, its unit and its points."""
    rule = KINDS[kind]
    says = " ".join((import_module(rule.__module__).__doc__ or "").partition("\n\n")[0].split())
    keys = ", ".join(f"`{name}`" for name in rule.model_fields if name not in Rule.model_fields)
    anchor, mark = (f"{kind}-standing", " (standing)") if rule.standing else (kind, "")
    return f"| [`{kind}`](#{anchor}){mark} | {says} | {keys} | {rule.unit} | {rule.default_cost_to_waive} |"


def table() -> str:
    """The whole table."""
    return "\n".join((*HEAD, *map(row, sorted(KINDS)))) + "\n"


def write(page: Path = PAGE) -> None:
    """Put the table where the old one stands."""
    page.write_text(TABLE.sub(lambda _: table(), page.read_text("utf-8"), count=1), "utf-8")


if __name__ == "__main__":
    write()
