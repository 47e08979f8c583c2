"""Why a session is where it is: for every other slot what it would cost there, or what must be given up for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.domain.carry import begins
from scheduler.domain.clock import show_minutes
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import penalties
from scheduler.errors import InputError, OutOfTime
from scheduler.explanation.members import Member, keeping, members_of
from scheduler.explanation.nearest import moves_from
from scheduler.explanation.oracle import Oracle
from scheduler.explanation.rebuilding import oracle_of
from scheduler.explanation.why_rooms import why_rooms
from scheduler.model.schedule_model import ScheduleModel
from scheduler.outcome import Settings, Status
from scheduler.presiding import presided, who_is_there
from scheduler.reading.diagnostics import printable
from scheduler.reading.yamltext import Document
from scheduler.scenario import Scenario
from scheduler.solving.canonical import least
from scheduler.solving.posting import posted
from scheduler.solving.search import Search
from scheduler.wording import did_you_mean

NOT_FOUND_OUT = "not found out within the limit"


@dataclass(frozen=True, slots=True)
class OtherSlot:
    """A slot in which the session could start."""

    slot: int
    possible: bool | None
    """None: not found out within the limit."""
    further: int | None = None
    """Where it is possible: points more than the timetable costs, below 0 less; an upper bound unless ``least``."""
    moved: int = 0
    """Other sessions that move; an upper bound unless ``fewest``."""
    timetable: Timetable | None = None
    breaks: tuple[Member, ...] = ()
    """Where it is not possible: the cheapest members to give up together, first those that the session alone breaks."""
    dearer: tuple[str, ...] = ()
    """Wishes that would cost more, by name."""
    least: bool = True
    """Whether the points are proved the least."""
    fewest: bool = True
    """Whether the moves are proved the fewest for these points."""
    reason: str = ""
    """Why giving up rules does not help, or that it was not found out, in words."""

    @property
    def disturbs(self) -> tuple[int, int]:
        """Points and moves: less is better."""
        return self.further or 0, self.moved


@dataclass(frozen=True, slots=True)
class WhyHere:
    """The answer for one session of a timetable."""

    session: SessionId
    here: Placement
    cost: int
    """Points of the timetable."""
    broken: int
    """Number of violations of hard rules in the timetable itself."""
    others: tuple[OtherSlot, ...]
    """The other slots: possible ones by cost, then the rest by what would have to be given up."""
    standing_in: tuple[str, ...] = ()
    """Who is there that is not named first, of several who may be, a sentence each."""
    rooms: tuple[str, ...] = ()
    """Why it changes its room overnight, a sentence each; empty where it does not."""


def why_here(
    scenario: Scenario, timetable: Timetable, session: SessionId, document: Document | None = None,
    settings: Settings | None = None,
) -> WhyHere:  # fmt: skip
    """Ask of every other slot what it would take to start the session in it.

    First the timetable that moves the fewest others, which is quick to find: it is the answer where time runs out. Then
    the cheapest, then of the cheapest the one that moves the fewest.
    """
    asked = _Asked(scenario, timetable, session, document, Search(settings or Settings(workers=1)))
    slots = [i for i in sorted(scenario.own_slots(session)) if i != asked.here.segments[0].slot]
    others = [asked.other(index, left) for index, left in zip(slots, range(len(slots), 0, -1), strict=True)]
    others.sort(key=lambda o: (o.possible is not True, *o.disturbs, sum(member.cost for member in o.breaks), o.slot))
    standing_in = tuple(who_is_there(presided(scenario, timetable), timetable, session))
    rooms = why_rooms(scenario, timetable, session)
    return WhyHere(session, asked.here, asked.report.cost, len(asked.report.broken), tuple(others), standing_in, rooms)


def session_named(scenario: Scenario, timetable: Timetable, name: str, where: str = "this timetable") -> SessionId:
    """The session with this id, or of the body with this id that has one session; ``where`` names the timetable.

    Raises:
        InputError: there is none, there are several, or it is not placed.
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
        self.members = members_of(scenario, document)

    @cached_property
    def _model(self) -> ScheduleModel:
        def moves(model: ScheduleModel) -> None:
            moves_from(model, self.timetable, besides=self.session)

        return posted(self.scenario, self.search.until, ask=moves)

    @cached_property
    def _oracle(self) -> Oracle:
        oracle = oracle_of(self.scenario, self.members, self.search)
        oracle.near = None if self.report.broken else self.timetable
        return oracle

    def other(self, slot: int, left: int) -> OtherSlot:
        """The answer for a slot, in its share of the time; ``left`` counts the slots still to be asked about."""
        if not any(self._alone_in(slot)):
            return OtherSlot(slot, False, reason=self._too_long(slot))
        try:
            return self._asked(slot, self.search.left / left)
        except OutOfTime:
            return OtherSlot(slot, None, reason=NOT_FOUND_OUT)

    def _alone_in(self, slot: int) -> Iterator[Placement]:
        """Every placement of the session that starts in the slot."""
        window = self.scenario.calendar.axis.slots[slot]
        found = (self.scenario.place(self.session, p) for p in range(window.begins, window.ends, self.scenario.grain))
        return (placement for placement in found if placement is not None)

    def _too_long(self, slot: int) -> str:
        own = self.scenario.own_slots(self.session)
        left = sum(s.minutes for s in self.scenario.calendar.axis.slots if s.index in own and s.index >= slot)
        takes = show_minutes(self.scenario.minutes(self.session))
        return f"it takes {takes}, and from there to the end its slots last {show_minutes(left)}"

    def _asked(self, slot: int, seconds: float) -> OtherSlot:
        until = time.monotonic() + seconds
        if not self._model.presolve and (alone := self._moved_alone(slot)) is not None:
            return self._answer(slot, alone, least=True, fewest=True)
        found, status = self._solved(slot, None, None, seconds / 3 if self._model.presolve else seconds)
        if status is Status.INFEASIBLE:
            return self._given_up(slot, max(until - time.monotonic(), seconds / 2))
        if found is None:
            return OtherSlot(slot, None, reason=NOT_FOUND_OUT)
        answer = self._answer(slot, found, least=False, fewest=status is Status.OPTIMAL)
        if answer.fewest and self.report.cost + (answer.further or 0) == 0:
            return replace(answer, least=True)
        cheaper, status = self._solved(slot, found, None, (until - time.monotonic()) / 2)
        if cheaper is not None:
            least = status is Status.OPTIMAL
            other = self._answer(slot, cheaper, least=least, fewest=False)
            answer = min(other, replace(answer, fewest=False), key=lambda each: each.disturbs)
            answer = replace(answer, least=least)
        most = self.report.cost + (answer.further or 0)
        nearest, status = self._solved(slot, answer.timetable, most, until - time.monotonic())
        if nearest is not None:
            fewest = status is Status.OPTIMAL and answer.least
            answer = self._answer(slot, nearest, least=answer.least, fewest=fewest)
        return answer

    def _moved_alone(self, slot: int) -> Timetable | None:
        """A timetable that costs nothing, in which no other session moves: of many sessions it saves a search."""
        for placement, room in product(self._alone_in(slot), self.scenario.rooms_of(self.session)):
            moved = Timetable(
                replace(placement, room=room) if each.session == self.session else each for each in self.timetable
            )
            report = check(self.scenario, moved)
            if not report.broken and report.cost == 0:
                return moved
        return None

    def _answer(self, slot: int, found: Timetable, *, least: bool, fewest: bool) -> OtherSlot:
        report = check(self.scenario, found)
        before, after = penalties(self.report.violations), penalties(report.violations)
        dearer = tuple(name for name, penalty in after.items() if penalty > before.get(name, 0))
        others = [p for p in found if p.session != self.session and p.session in self.timetable]
        moved = sum((p.start, p.where) != (was.start, was.where) for p in others for was in [self.timetable[p.session]])
        points = report.cost - self.report.cost
        return OtherSlot(slot, True, points, moved, found, (), dearer, least or not points, fewest)

    def _solved(
        self, slot: int, hint: Timetable | None, most: int | None, seconds: float
    ) -> tuple[Timetable | None, Status]:
        """With ``hint`` and no ``most`` the cheapest timetable, else of those within ``most`` points the nearest."""
        twin = self._model.twin()
        twin.clause(twin.starts_in(self.session, slot))
        if hint is not None and most is None:
            if not twin.costs:
                return hint, Status.OPTIMAL
            twin.cp.minimize(twin.cost)
        else:
            for condition in () if most is None else twin.within(most):
                twin.cp.add(condition)
            twin.cp.minimize(twin.count(moves_from(twin, self.timetable, besides=self.session)))
        near = hint or self.timetable
        here = [p for p in near if p.session in self.scenario.sessions and twin.axis.position(*begins(p)) is not None]
        twin.hint(Timetable(here))
        answer = least(twin, self.search, max(seconds, 0.01))
        return (twin.read(answer.solver) if answer.found else None), answer.status

    def _given_up(self, slot: int, seconds: float) -> OtherSlot:
        """What must be given up together for a timetable with the session in the slot."""
        broken = self._oracle.cheapest_to_start_in(self.session, slot, seconds)
        if broken is None:
            reason = "no timetable has it there; what would have to be given up was not found"
            return OtherSlot(slot, False, reason=reason)
        if not broken:
            return OtherSlot(slot, False, reason="calendar and rooms alone leave no timetable with it there")
        return OtherSlot(slot, False, breaks=tuple(sorted(broken, key=lambda m: not self._breaks_alone(slot, m))))

    def _breaks_alone(self, slot: int, member: Member) -> bool:
        """Whether the session in this slot breaks the member wherever the other sessions are."""
        kept = keeping(self.scenario, self.members, [member])
        rules = [rule for rule in kept.all_rules if rule.weight is None and rule.monotone]
        alone = (Timetable([placement]) for placement in self._alone_in(slot))
        return all(any(True for rule in rules for _ in rule.check(kept, each)) for each in alone)
