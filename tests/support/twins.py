"""A timetable that a rule must refuse, and a near twin that it must allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from support.agreement import posted
from support.small import messages, scenario, timetable

from scheduler.scenario import Scenario


@dataclass(frozen=True)
class Twins:
    """``rule`` comes first in the scenario; ``more`` is whatever else the scenario says."""

    rule: Mapping[str, Any]
    bodies: Mapping[str, Any]
    refused: Mapping[str, str]
    message: str
    allowed: Mapping[str, str]
    more: Mapping[str, Any] = field(default_factory=dict)
    around: tuple[Mapping[str, Any], ...] = ()
    """Rules that this one takes into account."""

    def scenario(self) -> Scenario:
        """The scenario of both."""
        return scenario(self.bodies, self.rule, *self.around, **self.more)


def verdict(twins: Twins, places: Mapping[str, str]) -> tuple[bool, list[str]]:
    """Whether the model allows the timetable, and what the check says of it."""
    of = twins.scenario()
    allowed = posted(of, of.rules[0], timetable(of, places)) is not None
    return allowed, messages(of, places)
