"""What a workbook says about its timetable: how it was found, what it costs, and which rules it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from scheduler.checking import Report
from scheduler.documents.timetable_document import Stored
from scheduler.domain.violations import Violation
from scheduler.outcome import Outcome
from scheduler.scenario import Scenario
from scheduler.version import __version__

if TYPE_CHECKING:
    from scheduler.side_events.judging import Asked


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a timetable. None of them may depend on the clock, a seed or a number of workers."""

    status: str
    """``optimal``, ``feasible`` or, after a check, ``checked``."""
    sentence: str
    """The status as one sentence for the planner."""
    cost: int | None = None
    """Points; None: not known."""
    bound: int | None = None
    """Points; no timetable costs less. None: not known."""
    violations: tuple[Violation, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    """By name: this program and its solver."""
    alternative: str | None = None
    """``A``, ``B``: which one, where several timetables are written."""


def facts_of(outcome: Outcome) -> Facts:
    """The facts about a timetable that was just solved."""
    ortools = str(outcome.solver.get("ortools", ""))
    versions = {"treaty-schedule": __version__} | ({"OR-tools": ortools} if ortools else {})
    return Facts(outcome.status.value, outcome.sentence, outcome.cost, outcome.bound, outcome.violations, versions)


def facts_of_stored(stored: Stored, report: Report) -> Facts:
    """The facts about a timetable that was read: what the check finds, not what the file claims."""
    outcome = stored.outcome
    if outcome is not None and report.keeps_all and report.cost == outcome.cost:
        return facts_of(replace(outcome, violations=report.violations))
    broken = f"breaks what must hold: {report.broken_in_words}"
    verdict = broken if report.broken else "keeps every rule that must hold"
    sentence = f"checked: this timetable {verdict}; it costs {report.cost}"
    return Facts("checked", sentence, report.cost, None, report.violations, {"treaty-schedule": __version__})


def rules_table(scenario: Scenario, violations: Sequence[Violation]) -> list[dict[str, Any]]:
    """One row for each rule, those of the scenario first, what is asked of side events last: is it kept?

    Keys: ``rule``, ``sentence``, ``source``, ``standing`` (holds without being written), ``weight`` (None: must hold),
    ``unit`` (of violation), ``kept``, ``cost`` (points) and ``messages`` (a sentence for each violation).
    """
    stated = [
        _rule_row(r.name, r.describe(scenario), r.weight, r.unit, violations)
        | {"source": r.source or "", "standing": r.standing and r not in scenario.rules}
        for r in scenario.all_rules
    ]
    return stated + [_rule_row(a.name, a.sentence, a.weight, a.unit, violations) for a in _asked(scenario)]


def _rule_row(
    name: str, sentence: str, weight: int | None, unit: str, violations: Sequence[Violation]
) -> dict[str, Any]:
    mine = [violation for violation in violations if violation.id == name]
    return {
        "rule": name,
        "sentence": sentence,
        "source": "",
        "standing": False,
        "weight": weight,
        "unit": unit,
        "kept": not mine,
        "cost": sum(violation.penalty for violation in mine),
        "messages": [violation.message for violation in mine],
    }


def _asked(scenario: Scenario) -> tuple[Asked, ...]:
    """What is asked of side events; nothing is imported where none is to be placed."""
    if not scenario.to_place:
        return ()
    from scheduler.side_events.judging import asked_of

    return asked_of(scenario)


def other_messages(scenario: Scenario, violations: Sequence[Violation]) -> list[str]:
    """Violations that belong to no rule: sessions that are not placed, cut, or outside their slots."""
    names = {rule.name for rule in scenario.all_rules} | {asked.name for asked in _asked(scenario)}
    return [violation.message for violation in violations if violation.id not in names]
