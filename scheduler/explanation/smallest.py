"""Looks for an impossible set with fewer members than a minimal one, by hitting sets.

An impossible set has a member in common with the members that any timetable breaks (a correction set). The smallest
set that meets all correction sets known so far is either impossible, and then a smallest one, or possible, and then
its timetable gives one more correction set.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from scheduler.checking import check
from scheduler.domain.timetable import Timetable
from scheduler.explanation.members import Member, keeping
from scheduler.explanation.oracle import Oracle, Verdict
from scheduler.scenario import Scenario

SMALLEST_SECONDS = 15.0
"""Seconds for the search, at most."""


def smallest_set(
    oracle: Oracle, found: tuple[Member, ...], hints: Sequence[Timetable]
) -> tuple[tuple[Member, ...], bool]:
    """An impossible set with the fewest members, and whether that is proved; else ``found``, which is impossible too.

    ``hints`` are timetables: each one that breaks few members saves a question.
    """
    until = time.monotonic() + SMALLEST_SECONDS
    broken = [_broken(oracle, timetable) for timetable in hints]
    while time.monotonic() < until:
        candidate = _hitting_set(oracle.members, broken, len(found), until)
        if candidate is None:
            return found, False
        if len(candidate) >= len(found):
            return found, True
        verdict = oracle.check(candidate)
        if verdict.holds is None:
            return found, False
        if verdict.holds is False:
            return candidate, True
        broken.append(_grown(oracle, candidate, verdict))
    return found, False


def broken_members(
    scenario: Scenario, members: Sequence[Member], timetable: Timetable, among: Sequence[Member] | None = None
) -> tuple[Member, ...]:
    """The members that a timetable does not keep, as the checker sees it; only those ``among`` some of them."""
    violations = check(scenario, timetable).broken
    rules, kinds = {violation.id for violation in violations}, {violation.rule for violation in violations}

    def breaks(member: Member) -> bool:
        stated = [condition.id.startswith("rules/") for condition in member.conditions]
        if any(each.name in rules for each, is_stated in zip(member.conditions, stated, strict=True) if is_stated):
            return True
        if all(stated) or not any(condition.kind in kinds for condition in member.conditions):
            return False
        return bool(check(keeping(scenario, members, [member]), timetable).broken)

    return tuple(member for member in (members if among is None else among) if breaks(member))


def _broken(oracle: Oracle, timetable: Timetable) -> frozenset[str]:
    return frozenset(member.id for member in broken_members(oracle.scenario, oracle.members, timetable))


def _grown(oracle: Oracle, kept: Collection[Member], verdict: Verdict[Member]) -> frozenset[str]:
    """What a timetable of the set breaks after the set was grown as far as possible: fewer members say more."""
    assert verdict.timetable is not None
    broken = _broken(oracle, verdict.timetable)
    grown = [member for member in oracle.members if member.id not in broken]
    for member in oracle.members:
        if member.id in broken and member not in kept:
            further = oracle.check([*grown, member])
            if further.timetable is not None:
                broken = _broken(oracle, further.timetable)
                grown = [other for other in oracle.members if other.id not in broken]
    return broken


def _hitting_set(
    members: Sequence[Member], broken: Sequence[frozenset[str]], below: int, until: float
) -> tuple[Member, ...] | None:
    """The smallest set of members that meets every one of ``broken``, or the first with ``below`` members or more.

    Depth first over the sets not yet met, deepening one member at a time; None when time runs out.
    """
    order = {member.id: number for number, member in enumerate(members)}

    def search(chosen: frozenset[str], room: int) -> frozenset[str] | None:
        if time.monotonic() > until:
            raise TimeoutError
        open_sets = [names for names in broken if not names & chosen]
        if not open_sets:
            return chosen
        if room == 0:
            return None
        smallest = min(open_sets, key=len)
        for name in sorted(smallest, key=order.__getitem__):
            if (found := search(chosen | {name}, room - 1)) is not None:
                return found
        return None

    try:
        for size in range(below):
            if (found := search(frozenset(), size)) is not None:
                return tuple(member for member in members if member.id in found)
    except TimeoutError:
        return None
    return tuple(members[:below])
