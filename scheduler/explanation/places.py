"""Why a session is where it is: every other slot, what it would cost there, or what must be given up for it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_minutes
from scheduler.domain.timetable import Placement, Timetable
from scheduler.errors import InputError, OutOfTime
from scheduler.explanation.cheapest import same_time
from scheduler.explanation.members import Member, keeping, members_of
from scheduler.explanation.oracle import Oracle
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.views import BoolVar
from scheduler.outcome import Settings, Status
from scheduler.reading.diagnostics import printable
from scheduler.reading.yamltext import Document
from scheduler.scenario import Scenario
from scheduler.solving.engine import build
from scheduler.solving.search import Search
from scheduler.wording import did_you_mean


@dataclass(frozen=True, slots=True)
class Place:
    """A slot in which the session could start."""

    slot: int
    possible: bool | None
    """None: not found out within the limit."""
    further: int | None = None
    """Points more (or, below 0, less) than the timetable costs, where it is possible; at most so many."""
    moved: int = 0
    """Other sessions that would have to stand elsewhere; at most so many."""
    timetable: Timetable | None = None
    breaks: tuple[Member, ...] = ()
    """What would have to be given up together, the cheapest choice; first what the session breaks wherever all others
    stand. None, where it is not possible: see ``reason``."""
    dearer: tuple[str, ...] = ()
    """Wishes that would cost more, by name."""
    least: bool = True
    """Whether the points are proved the least."""
    fewest: bool = True
    """Whether the moves are proved the fewest for these points."""
    reason: str = ""
    """Why giving up rules does not help, or that it was not found out, in words."""


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
    """Ask of every other slot what it would take to start the session in it.

    First the timetable that moves the fewest others, which is quick to find and can be told where time runs out; then
    the cheapest, from there; then of the cheapest the one that moves the fewest.
    """
    asked = _Asked(scenario, timetable, session, document, Search(settings or Settings(workers=1)))
    slots = [i for i in sorted(scenario.own_slots(session)) if i != asked.here.segments[0].slot]
    places = [asked.place(index, left) for index, left in zip(slots, range(len(slots), 0, -1), strict=True)]
    places.sort(key=lambda p: (p.possible is not True, p.further or 0, p.moved, sum(i.cost for i in p.breaks), p.slot))
    report = asked.report
    return WhyHere(session, asked.here, report.cost, len(report.broken), tuple(places))


def session_named(scenario: Scenario, timetable: Timetable, name: str, where: str = "this timetable") -> SessionId:
    """The session that is called so, by its id or by that of a body with one session; ``where`` names the timetable.

    Raises:
        InputError: nothing is called so, or several sessions are, or it is not placed.
    """
    named = scenario.work(name)
    if len(named) != 1:
        bodies = [body for body in scenario.body if body.lower() == name.lower()]
        held = scenario.work(*bodies) if bodies else named
        known = f"name one of its sessions: {', '.join(held)}" if held else did_you_mean(name, scenario.sessions)
        raise InputError(printable(f"'{name[:60]}' is not one session: {known}"))
    if named[0] not in timetable:
        raise InputError(printable(f"{scenario.title(named[0])} is not placed in {where}"))
    return named[0]


class _Asked:
    """One model with costs and moves, and one with enforcement literals, asked about slot after slot."""

    def __init__(
        self, scenario: Scenario, timetable: Timetable, session: SessionId, document: Document | None, search: Search
    ) -> None:
        self.scenario, self.session, self.search, self.timetable = scenario, session, search, timetable
        self.here = timetable[session]
        self.report = check(scenario, timetable)
        self.before = _penalties(scenario, timetable)
        self._members = members_of(scenario, document)
        self._oracle: Oracle | None = None
        self._model: ScheduleModel | None = None

    def place(self, slot: int, left: int) -> Place:
        """The answer for a slot, with as many still to be asked as are ``left``."""
        starts = [p for p in self._starts(slot) if self.scenario.place(self.session, p) is not None]
        if not starts:
            return Place(slot, False, reason=self._too_long(slot))
        try:
            return self._asked(slot, self.search.left / left)
        except OutOfTime:
            return Place(slot, None, reason="not found out within the limit")

    def _starts(self, slot: int) -> range:
        window = self.scenario.calendar.axis.slots[slot]
        return range(window.begins, window.ends, self.scenario.grain)

    def _too_long(self, slot: int) -> str:
        own = self.scenario.own_slots(self.session)
        left = sum(s.minutes for s in self.scenario.calendar.axis.slots if s.index in own and s.index >= slot)
        takes = show_minutes(self.scenario.minutes(self.session))
        return f"it takes {takes}, and from there to the end its slots last {show_minutes(left)}"

    def _asked(self, slot: int, seconds: float) -> Place:
        until = time.monotonic() + seconds
        few = self._solved(slot, None, None, seconds / 3)
        if few is None:
            return self._given_up(slot, until - time.monotonic())
        found, status = few
        if found is None:
            return Place(slot, None, reason="not found out within the limit")
        place = self._told(slot, found, least=False, fewest=status is Status.OPTIMAL)
        cheaper = self._solved(slot, found, None, (until - time.monotonic()) / 2)
        if cheaper is not None and cheaper[0] is not None:
            least = cheaper[1] is Status.OPTIMAL
            other = self._told(slot, cheaper[0], least=least, fewest=False)
            place = min(other, replace(place, fewest=False), key=lambda p: (p.further or 0, p.moved))
            place = replace(place, least=least)
        nearest = self._solved(slot, place.timetable, self.report.cost + (place.further or 0), until - time.monotonic())
        if nearest is not None and nearest[0] is not None:
            least = place.least
            place = self._told(slot, nearest[0], least=least, fewest=nearest[1] is Status.OPTIMAL and least)
        return place

    def _told(self, slot: int, found: Timetable, *, least: bool, fewest: bool) -> Place:
        after = _penalties(self.scenario, found)
        dearer = tuple(name for name, penalty in after.items() if penalty > self.before.get(name, 0))
        moved = sum(
            (p.start, p.room) != (self.timetable[p.session].start, self.timetable[p.session].room)
            for p in found
            if p.session != self.session and p.session in self.timetable
        )
        points = check(self.scenario, found).cost - self.report.cost
        return Place(slot, True, points, moved, found, (), dearer, least or not points, fewest)

    def _solved(
        self, slot: int, hint: Timetable | None, most: int | None, seconds: float
    ) -> tuple[Timetable | None, Status] | None:
        """With ``hint`` and no ``most`` the cheapest timetable, else of those within ``most`` points the nearest.

        None where it is proved that there is none; no timetable where none was found.
        """
        if self._model is None:
            self._model = build(self.scenario, self.search.until)
        twin = self._model.twin()
        twin.clause(twin.starts_in(self.session, slot))
        cheapest = hint is not None and most is None
        if cheapest and not twin.costs:
            return hint, Status.OPTIMAL
        if cheapest:
            twin.cp.minimize(twin.cost)
        else:
            for condition in () if most is None else twin.within(most):
                twin.cp.add(condition)
            twin.cp.minimize(twin.count(self._moving(twin)))
        near = hint or self.timetable
        twin.hint(Timetable(p for p in near if p.session in self.scenario.sessions and same_time(twin, p) is not None))
        answer = self.search.run(twin.cp, seconds=max(seconds, 0.01))
        if answer.status is Status.INFEASIBLE:
            return None
        return (twin.read(answer.solver) if answer.found else None), answer.status

    def _moving(self, twin: ScheduleModel) -> list[BoolVar]:
        moved = []
        for p in self.timetable:
            if p.session != self.session and p.session in self.scenario.sessions:
                start = same_time(twin, p)
                if start is not None:
                    stays = [twin.starts_among(p.session, [start]), twin.in_room(p.session, p.room)]
                    moved.append(twin.negated(twin.all_of(("is as near", p.session), stays)))
        return moved

    def _given_up(self, slot: int, seconds: float) -> Place:
        """What must be given up together for a timetable with the session in the slot."""
        if self._oracle is None:
            self._oracle = Oracle(self.scenario, self._members, self.search)
        broken = self._oracle.cheapest_to_start_in(self.session, slot, seconds)
        if broken is None:
            return Place(slot, False, reason="no timetable has it there; what would have to be given up was not found")
        if not broken:
            return Place(slot, False, reason="calendar and rooms alone leave no timetable with it there")
        oracle = self._oracle
        alone = sorted(broken, key=lambda member: not _alone(self.scenario, oracle, self.session, slot, member))
        return Place(slot, False, breaks=tuple(alone))


def _alone(scenario: Scenario, oracle: Oracle, session: SessionId, slot: int, member: Member) -> bool:
    """Whether the session breaks the member in this slot wherever all others stand: that is the first thing to say."""
    kept = keeping(scenario, oracle.members, [member])
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
    for violation in check(scenario, timetable).violations:
        found[violation.id] = found.get(violation.id, 0) + violation.penalty
    return found
