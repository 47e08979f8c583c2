"""Errors and doubts in what ``starts`` says; a file that is read and a value that is set meet the same errors."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scheduler.reading.declared import declared
from scheduler.reading.diagnostics import Loc
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario


def mistaken(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Where, what and the remedy: where a rule that must hold, or any rolling basis, says of all the work otherwise."""
    for loc, declaring, all_work in declared(scenario, "starts"):
        work = all_work - scenario.anchored
        for rule in scenario.rules if work else ():
            about = work & set(rule.sessions(scenario))
            title = scenario.name_of(declaring.id)
            if declaring.starts == "anywhere" and about & set(rule.at_openings(scenario)):
                message = f"{title} starts anywhere here, and only when a slot opens by the rule '{rule.name}'"
                yield loc, message, "leave out one of the two, or give the rule a weight"
            elif rule.rolls and about == work and (declaring.starts == "at_opening" or rule.weight is None):
                message = f"{title} is on a rolling basis by the rule '{rule.name}', which says when it starts"
                yield loc, message, "leave out one of the two"


def doubts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """Where it says nothing, as a rule says more of all the work."""
    for loc, declaring, work in declared(scenario, "starts"):
        told = scenario.anchored.union(*(rule.sessions(scenario) for rule in _looser(scenario.rules)))
        if declaring.starts == "anywhere" and work <= told:
            title = scenario.name_of(declaring.id)
            yield loc, f"{title} may start within a slot anyway, as rules say when: the key says nothing"


def _looser(rules: Collection[Rule]) -> Iterator[Rule]:
    """Rules in whose place nothing starts only when a slot opens."""
    return (rule for rule in rules if rule.replaces)
