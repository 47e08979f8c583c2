"""Why a session is where it is: every other slot, what it would cost there, or which rule it would break first."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.timetable import Placement, Timetable
from scheduler.engine import Search, Settings
from scheduler.explanation.cheapest import Cheapest
from scheduler.explanation.items import Item, items_of, keeping
from scheduler.explanation.oracle import Oracle
from scheduler.outcome import Status
from scheduler.scenario import Scenario
from scheduler.yamltext import Document


@dataclass(frozen=True, slots=True)
class Place:
    """A slot in which the session could start."""

    slot: int
    possible: bool | None
    """None: not found out within the limit."""
    further: int | None = None
    """Points more (or, below 0, less) than the timetable costs, where it is possible."""
    moved: int = 0
    """Other sessions that would have to stand elsewhere."""
    timetable: Timetable | None = None
    breaks: tuple[Item, ...] = ()
    """What would have to be given up, the cheapest choice; first what the session breaks whatever else is moved."""
    dearer: tuple[str, ...] = ()
    """Wishes that would cost more, by name."""


@dataclass(frozen=True, slots=True)
class WhyHere:
    """The answer for one session of a timetable."""

    session: SessionId
    here: Placement
    cost: int
    """Of the timetable, in points."""
    broken: int
    """Hard rules that the timetable itself breaks."""
    places: tuple[Place, ...]
    """Other slots: possible ones by cost, then the others by what would have to be given up."""


def why_here(
    scenario: Scenario, timetable: Timetable, session: SessionId, document: Document | None = None,
    settings: Settings | None = None,
) -> WhyHere:  # fmt: skip
    """Ask of every other slot what it would take to start the session in it."""
    search = Search(settings or Settings(workers=1))
    items = items_of(scenario, document)
    oracle = Oracle(scenario, items, search)
    cheapest = Cheapest(scenario, search)
    report = check(scenario, timetable)
    before = _penalties(scenario, timetable)
    here = timetable[session]
    places = []
    for index in sorted(scenario.own_slots(session)):
        if index != here.segments[0].slot:
            places.append(_place(scenario, session, index, timetable, report.cost, before, cheapest, oracle))
    places.sort(key=lambda p: (p.possible is not True, p.further or 0, p.moved, sum(i.cost for i in p.breaks), p.slot))
    return WhyHere(session, here, report.cost, len(report.broken), tuple(places))


def _place(
    scenario: Scenario, session: SessionId, slot: int, timetable: Timetable, cost: int, before: dict[str, int],
    cheapest: Cheapest, oracle: Oracle,
) -> Place:  # fmt: skip
    status, other, points = cheapest.under(lambda model: [model.starts_in(session, slot)], near=timetable)
    if other is not None and points is not None:
        after = _penalties(scenario, other)
        dearer = tuple(name for name, penalty in after.items() if penalty > before.get(name, 0))
        moved = sum(
            p.start != timetable[p.session].start for p in other if p.session != session and p.session in timetable
        )
        return Place(slot, True, points - cost, moved, other, dearer=dearer)
    if status is not Status.INFEASIBLE:
        return Place(slot, None)
    broken = oracle.cheapest_to_start_in(session, slot) or ()
    return Place(
        slot, False, breaks=tuple(sorted(broken, key=lambda item: not _alone(scenario, oracle, session, slot, item)))
    )


def _alone(scenario: Scenario, oracle: Oracle, session: SessionId, slot: int, item: Item) -> bool:
    """Whether the session breaks the item in this slot wherever all others stand: that is the first thing to say."""
    kept = keeping(scenario, oracle.items, [item])
    rules = [rule for rule in kept.all_rules if rule.weight is None and rule.monotone]
    window = scenario.calendar.axis.slots[slot]
    for start in range(window.begins, window.ends, scenario.grain):
        placement = scenario.place(session, start)
        if placement is None:
            continue
        alone = Timetable([placement])
        if not any(True for rule in rules for _ in rule.check(kept, alone)):
            return False
    return True


def _penalties(scenario: Scenario, timetable: Timetable) -> dict[str, int]:
    found: dict[str, int] = {}
    for finding in check(scenario, timetable).findings:
        found[finding.id] = found.get(finding.id, 0) + finding.penalty
    return found
