"""Warns of what a wish gives up: a standing rule that is stated with a weight need not hold any more."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.reading.diagnostics import Diagnostic, Located, warned
from scheduler.rules.rule import Rule, Yields
from scheduler.scenario import Scenario
from scheduler.wording import listed


def lifted(document: Located, scenario: Scenario) -> Iterator[Diagnostic]:
    """A warning for each wish of a standing kind: who may now collide, or that it changes nothing.

    A weight of 0 says so itself.
    """
    for index, rule in enumerate(scenario.rules):
        if rule.standing and rule.weight:
            strict = [r for r in scenario.rules if r.rule == rule.rule and r.weight is None]
            parts = tuple(frozenset(r.sessions(scenario)) for r in strict)
            may = rule.yielding(Yields(stated=parts)).lifts(scenario)
            if may:
                message = f"with a weight this is a wish, not a rule that must hold: as far as it goes, {may}"
            elif strict and rule.lifts(scenario):
                names = listed([f"'{r.name}'" for r in strict])
                message = f"this wish lifts nothing and costs nothing: {names} must hold for what it names"
            else:
                message = "" if any(rule.silent(scenario)) else _idle(scenario, rule)
            if message:
                loc = ("rules", index, "weight")
                yield warned(document, loc, message, key=True)


def _idle(scenario: Scenario, rule: Rule) -> str:
    """A wish that lifts nothing: between one session and the others the standing rule holds all the same."""
    if not rule.about_pairs or not rule.of or len(rule.sessions(scenario)) != 1:
        return ""
    name = scenario.name_of(rule.of[0])
    return (
        f"this wish lifts nothing and costs nothing: between {name} and other work the rule must hold all the same, "
        "because they are not named too"
    )
