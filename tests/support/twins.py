"""Timetables that a rule must refuse, and near twins that it must allow, from ``tests/constraints/twins.yaml``.

A case is written as in ``support.small``: bodies by id, and where each session stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from support.agreement import posted
from support.project import ROOT
from support.small import messages, scenario, timetable


@dataclass(frozen=True)
class Twins:
    """``more`` is whatever else the scenario says."""

    kind: str
    case: str
    """What is wrong with the timetable that is refused, in words."""
    bodies: Mapping[str, Any]
    refused: Mapping[str, str]
    message: str
    """What the check says of it."""
    allowed: Mapping[str, str]
    keys: Mapping[str, Any] = field(default_factory=dict)
    """Those of the rule."""
    more: Mapping[str, Any] = field(default_factory=dict)
    around: tuple[Mapping[str, Any], ...] = ()
    """Rules that this one takes into account."""

    def verdict(self, places: Mapping[str, str]) -> tuple[bool, list[str]]:
        """Whether the model allows the timetable, and what the check says of it."""
        of = scenario(self.bodies, {"rule": self.kind, **self.keys}, *self.around, **self.more)
        allowed = posted(of, of.rules[0], timetable(of, places)) is not None
        return allowed, messages(of, places)


_TABLE = YAML(typ="safe").load(ROOT / "tests" / "constraints" / "twins.yaml")
TWINS = [Twins(kind, **case) for kind, cases in _TABLE.items() for case in cases]
