"""Report: for each rule of each letter and series, how many equally good timetables remain without it.

1: the others imply it, and it stands for its source alone. 0: nothing is possible without it (the fixed boundaries that
it replaces do not fit). "50+": counting stopped there.

Run: PYTHONPATH=tests python tests/support/rules_needed.py
"""

from __future__ import annotations

from support.letters import ALL, SERIES, letter

from scheduler.scenario import Scenario
from scheduler.solving.engine import solve


def remaining(scenario: Scenario, rule: str) -> str:
    """How many timetables cost the least without the rule."""
    ties = solve(scenario.without(rule)).ties
    return "0" if ties is None else f"{ties.count}{'' if ties.exact else '+'}"


def report(names: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """By scenario and rule."""
    return {name: {rule.name: remaining(letter(name), rule.name) for rule in letter(name).rules} for name in names}


if __name__ == "__main__":
    for name, rules in report((*ALL, *SERIES)).items():
        for rule, count in rules.items():
            print(f"{name:<24} without {rule:<32} {count:>4} optimal {'timetable' if count == '1' else 'timetables'}")
