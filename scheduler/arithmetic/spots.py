"""Where each session may sit if it is the only one: the rules are asked one placement at a time.

They answer with the ``check`` that judges finished timetables. A rule that one session alone breaks stays broken
whatever else is placed, so what is forbidden here is forbidden in every timetable.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.cases import Cases
from scheduler.domain.timetable import Placement, Timetable
from scheduler.errors import InputError, OutOfTime
from scheduler.rules.rule import LooksAt, Rule
from scheduler.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Spot:
    """A start of one session and, for each room, the names of the rules that it alone breaks there."""

    placement: Placement
    broken: tuple[tuple[RoomId, frozenset[str]], ...]

    def rooms(self, ignored: frozenset[str] = frozenset()) -> tuple[RoomId, ...]:
        """The rooms in which no rule is broken except ignored ones."""
        return tuple(room for room, names in self.broken if names <= ignored)


class Spots:
    """The spots of every session, found when they are first asked for."""

    def __init__(self, scenario: Scenario, until: float | None = None, rules: Sequence[Rule] | None = None) -> None:
        """``rules``: others than those of the scenario."""
        self.scenario = scenario
        self.until = until
        """On the monotonic clock; later questions raise ``OutOfTime``."""
        self._hard = [
            rule for rule in (scenario.all_rules if rules is None else rules)
            if rule.weight is None and rule.monotone and rule.alone is not LooksAt.NOTHING
        ]  # fmt: skip
        self._about = {rule.name: frozenset(rule.sessions(scenario)) for rule in self._hard}
        self._spots: dict[SessionId, tuple[Spot, ...]] = {}

    def effort(self) -> int:
        """About how many questions the rules must be asked."""
        starts = self.scenario.calendar.axis.total // self.scenario.grain
        asked = 0
        for session in self.scenario.sessions:
            in_every_room = len(self._asked(session, LooksAt.ROOM, LooksAt.PLACE))
            asked += len(self._asked(session, LooksAt.START)) + in_every_room * len(self.scenario.rooms_of(session))
        return asked * starts

    def spots(self, session: SessionId) -> tuple[Spot, ...]:
        """The spots of a session.

        Raises:
            OutOfTime: the time is over.
        """
        if session not in self._spots:
            self._spots[session] = tuple(self._found(session))
        return self._spots[session]

    def left(
        self, session: SessionId, among: Collection[int] | None = None
    ) -> Iterator[tuple[Placement, tuple[RoomId, ...]]]:
        """The placements of a session that is never suspended that no rule forbids, each with the rooms it may have.

        ``among``: the only starts to ask about, in minutes on the axis; None: all.

        Raises:
            OutOfTime: the time is over.
        """
        by_start, by_place = self._asked(session, LooksAt.START), self._asked(session, LooksAt.PLACE)
        by_room = self._asked(session, LooksAt.ROOM)
        rooms, fitting = self.scenario.rooms_of(session), None
        axis = self.scenario.calendar.axis
        opening = any(session in rule.at_openings(self.scenario) for rule in by_start)
        starts = [slot.begins for slot in axis.slots] if opening else range(0, axis.total, self.scenario.grain)
        for start in starts if among is None else sorted(among):
            placement = self.scenario.place(session, start, rooms[0])
            if placement is None or self._broken(by_start, placement):
                continue
            self.look_at_the_clock()
            if fitting is None:
                fitting = [room for room in rooms if not self._broken(by_room, replace(placement, room=room))]
            free = [room for room in fitting if not self._broken(by_place, replace(placement, room=room))]
            if free:
                yield placement, tuple(free)

    def look_at_the_clock(self) -> None:
        """Raise ``OutOfTime`` where the time is over."""
        if self.until is not None and time.monotonic() > self.until:
            raise OutOfTime

    def _asked(self, session: SessionId, *what: LooksAt) -> list[Rule]:
        """The rules that look at one of these of a session."""
        mine = (rule for rule in self._hard if session in self._about[rule.name])
        return [rule for rule in mine if rule.looks_at(self.scenario, session) in what]

    def _found(self, session: SessionId) -> Iterator[Spot]:
        everywhere, by_room = self._asked(session, LooksAt.START), self._asked(session, LooksAt.ROOM, LooksAt.PLACE)
        rooms = self.scenario.rooms_of(session)
        starts = range(0, self.scenario.calendar.axis.total, self.scenario.grain)
        cases = self._cases(session)
        closings = (
            (start, closed) for start in starts for closed in (((),) if cases is None else cases.closing(start))
        )
        for start, closed in closings:
            placement = self.scenario.place_between(session, start, rooms[0], closed)
            if placement is None:
                continue
            self.look_at_the_clock()
            common = frozenset(self._breaks(everywhere, placement))
            if session in self.scenario.may_change_room:  # what rules say of its rooms they may say of single days
                yield Spot(placement, tuple((room, common) for room in rooms))
                continue
            found = []
            for room in rooms:
                here = replace(placement, room=room) if by_room else placement
                found.append((room, common.union(self._breaks(by_room, here))))
            yield Spot(placement, tuple(found))

    def _cases(self, session: SessionId) -> Cases | None:
        """What fixtures may close to it, wherever they are; None of a session that is never suspended.

        Raises:
            OutOfTime: they are too many to be gone through.
        """
        if session not in self.scenario.gives_way:
            return None
        try:
            return Cases(self.scenario, session, firm=())
        except InputError:
            raise OutOfTime from None

    def _broken(self, rules: Sequence[Rule], placement: Placement) -> bool:
        return next(self._breaks(rules, placement), None) is not None

    def _breaks(self, rules: Sequence[Rule], placement: Placement) -> Iterator[str]:
        alone = Timetable([placement])
        for rule in rules:
            if next(iter(rule.check(self.scenario, alone)), None) is not None:
                yield rule.name

    def confining(self, sessions: Iterable[SessionId]) -> list[str]:
        """Names of the rules that forbid some placement of the sessions, in the order of the scenario."""
        names = {
            name
            for session in sessions
            for spot in self.spots(session)
            for _, broken in spot.broken
            for name in broken
        }  # fmt: skip
        return [rule.name for rule in self.scenario.all_rules if rule.name in names]
