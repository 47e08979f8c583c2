"""Holds the second statement of the rules against ``post``, ``check`` and the optimum of the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from independent import drawing
from independent.rules import STATED, Table, amounts, judged
from independent.world import Data, Sitting, World
from support.agreement import decisions, posted, total

from scheduler.checking import check
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.timetable import Placement, Timetable
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

MOST_TIMETABLES = 400
"""Of a scenario."""
SAMPLED = 12
"""Timetables of a scenario that are compared rule by rule."""
POSTED = 2
"""Of these, those that are held against the model too."""


@dataclass
class Campaign:
    """What has been compared, and what differs."""

    scenarios: int = 0
    timetables: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    """Amounts that were seen, by kind: what is never broken has not been tested."""
    differences: list[str] = field(default_factory=list)


def compare(seed: str, campaign: Campaign, draw: Callable[[Random, int], Data] = drawing.scenario) -> None:
    """Draw one scenario and compare everything."""
    rng = Random(seed)
    data = draw(rng, MOST_TIMETABLES)
    world, scenario = World(data), from_data(deepcopy(data))
    campaign.scenarios += 1

    def differs(what: str) -> None:
        campaign.differences.append(f"{seed}: {what}\n{data}")

    tables = list(world.timetables())
    for number, table in enumerate(rng.sample(tables, min(len(tables), SAMPLED))):
        campaign.timetables += 1
        timetable = as_timetable(scenario, table)
        for kind, what in _rule_by_rule(world, scenario, table, timetable, campaign):
            differs(f"{kind}: {what} in {shown(table)}")
        if number < POSTED:
            for kind, what in _in_the_model(world, scenario, table, timetable):
                differs(f"{kind} in the model: {what} in {shown(table)}")
    costs = [(cost, number) for number, table in enumerate(tables) if (cost := judged(world, table)) is not None]
    best = min(costs, default=None)
    outcome = solve(scenario, Settings(workers=1))
    if best is None:
        if outcome.status is not Status.INFEASIBLE:
            differs(f"the engine says {outcome.status}, every timetable breaks a rule")
    elif outcome.status is not Status.OPTIMAL or outcome.cost != best[0]:
        differs(f"the engine says {outcome.status} {outcome.cost}, the best is {best[0]}: {shown(tables[best[1]])}")


def _rule_by_rule(
    world: World, scenario: Scenario, table: Table, timetable: Timetable, campaign: Campaign
) -> list[tuple[str, str]]:
    """Rules of which the statement and ``check`` find another amount."""
    different = []
    for raw, rule in zip(world.data["rules"], scenario.rules, strict=True):
        mine = _least(world, raw, table)
        found = min((list(rule.check(each, timetable)) for each in decisions(scenario)), key=total)
        theirs = total(found)
        campaign.broken[raw["rule"]] += bool(mine)
        if mine != theirs:
            different.append((raw["rule"], f"{raw} does {mine}, check says {theirs}: {[f.message for f in found]}"))
    mine_points, report = judged(world, table), check(scenario, timetable)
    theirs_points = report.cost if report.keeps_all else None
    if mine_points != theirs_points and not different:
        broken = [kind for kind, weight, amount in amounts(world, table) if weight is None and amount]
        said = [violation.message for violation in report.broken]
        different.append(("verdict", f"{mine_points} ({broken}), check says {theirs_points}: {said}"))
    for kind, weight, amount in amounts(world, table):
        campaign.broken[f"{kind} must hold"] += weight is None and bool(amount)
    return different


def _least(world: World, raw: Data, table: Table) -> int:
    """The amount of one rule, if the seats were filled for it alone."""
    return min(STATED[raw["rule"]](world, raw, table) for _ in world.fillings())


def _in_the_model(world: World, scenario: Scenario, table: Table, timetable: Timetable) -> list[tuple[str, str]]:
    """Rules of which the model of one rule alone has another cost."""
    different = []
    for raw, rule in zip(world.data["rules"], scenario.rules, strict=True):
        amount = _least(world, raw, table)
        mine = amount * rule.weight if rule.weight is not None else None if amount else 0
        theirs = posted(scenario, rule, timetable)
        if mine != theirs:
            different.append((raw["rule"], f"{raw} costs {mine}, the model says {theirs}"))
    return different


def as_timetable(scenario: Scenario, table: Table) -> Timetable:
    """The same sittings as the project knows them."""
    return Timetable(_placement(scenario, sitting) for sitting in table.values())


def _placement(scenario: Scenario, sitting: Sitting) -> Placement:
    slot = scenario.calendar.axis.slots[sitting.first[0]]
    start = slot.position(sitting.first[1])
    days = {
        scenario.calendar.axis.slots[cell[0]].day: room for room, cell in zip(sitting.rooms, sitting.cells, strict=True)
    }
    placement = scenario.place(SessionId(sitting.session), start, tuple(map(RoomId, days.values())))
    assert placement is not None
    assert [(part.slot, part.start, part.end) for part in placement.segments] == sitting.parts
    return placement


def shown(table: Table) -> dict[str, tuple[tuple[str, ...], list[tuple[int, int, int]]]]:
    """A timetable to read."""
    return {sitting.session: (tuple(dict.fromkeys(sitting.rooms)), sitting.parts) for sitting in table.values()}


def run(seed: str, count: int, draw: Callable[[Random, int], Data] = drawing.scenario) -> Campaign:
    """Compare ``count`` scenarios."""
    campaign = Campaign()
    for number in range(count):
        compare(f"{seed} {number}", campaign, draw)
    return campaign
