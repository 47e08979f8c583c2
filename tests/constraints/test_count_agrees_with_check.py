"""What a rule tells the counted formulation costs the same as what its check finds, in any timetable of cells.

A failure names its cases: ``draw(kind, number)`` of ``random_cells`` draws them again.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest
from support.agreement import checked
from support.counts import price, says_something
from support.random_cells import draw
from support.random_programmes import Case

from constraints import KINDS
from scheduler.rules.counting import Counts
from scheduler.rules.rule import Rule

COUNTED = sorted(kind for kind in KINDS if KINDS[kind].count_into is not Rule.count_into)
KEPT_BY_CELLS = {
    "fixed_boundaries",
    "officer_double_booking",
    "one_body_per_room",
    "repeats_in_order",
    "restricted_access",
    "room_clash",
    "within_slot",
}
"""The kinds that no timetable of cells can break, where they can be counted at all."""
HARD_ONLY = {"one_body_per_room", "room_clash", "room_unavailable"}
"""The kinds that cannot be counted with a weight."""
SOFT_ONLY = {"few_slots"}
"""The kinds that cannot be counted without one."""

WHERE_OPEN = {"few_slots"}
"""The kinds that take for granted that nobody sits where a rule that must hold closes the minute."""

every_counted_kind = pytest.mark.parametrize("kind", COUNTED)


@cache
def cases(kind: str) -> list[tuple[Case, Counts, bool]]:
    """Each with what its rule adds, and whether it could be counted."""
    every = [draw(kind, number) for number in range(1000 if kind in WHERE_OPEN else 150)]
    drawn = [(case, Counts(case.scenario)) for case in every if kind not in WHERE_OPEN or sits_where_open(case)]
    return [(case, counts, case.rule.count_into(counts)) for case, counts in drawn]


def sits_where_open(case: Case) -> bool:
    closing = [rule for rule in case.scenario.all_rules if rule.by_minute and rule.weight is None]
    return not any(True for rule in closing for _ in rule.check(case.scenario, case.timetable))


@every_counted_kind
def test_the_counts_charge_exactly_what_the_check_finds(kind: str) -> None:
    counted = [
        (case, price(counts, case.timetable)) for case, counts, could_be_counted in cases(kind) if could_be_counted
    ]
    found = [(case, checked(case.scenario, case.rule, case.timetable)) for case, _ in counted]
    assert [(case.name, cost) for case, cost in counted] == [(case.name, cost) for case, cost in found]
    hard = (True,) if kind in HARD_ONLY else (False,) if kind in SOFT_ONLY else (True, False)
    silent = (True,) if kind in KEPT_BY_CELLS else (True, False)
    assert {(case.rule.weight is None, cost == 0) for case, cost in found} == set(product(hard, silent))


@every_counted_kind
def test_a_rule_that_cannot_be_counted_adds_nothing(kind: str) -> None:
    uncounted = [
        (case.name, says_something(counts)) for case, counts, could_be_counted in cases(kind) if not could_be_counted
    ]
    assert uncounted == [(name, False) for name, _ in uncounted]


def test_the_kinds_that_are_never_counted_ask_for_minutes_days_or_sequences() -> None:
    assert set(KINDS) - set(COUNTED) == {
        "adjacent",
        "alone",
        "anchor",
        "changeover",
        "daily_limit",
        "days_apart",
        "early_finish",
        "end_of_day",
        "few_days",
        "interpretation_load",
        "last_in_week",
        "nights_away",
        "no_idle_slots",
        "listed_order",
        "one_at_a_time",
        "order",
        "parallel_limit",
        "remote_burden",
        "rolling",
        "same_day",
        "same_time",
        "spread",
        "tag_limit",
        "uninterrupted",
        "waiting_outside",
        "whole_slot",
        "within_day",
        "within_half_day",
    }
