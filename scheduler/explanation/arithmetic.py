"""The arithmetic that needs no solver: "27 h are asked for, 24 h exist: 3 h too much".

For something that serves one session at a time (the only room, the plenary rule, an officer, rooms together) and a
window of slots, every session must spend a least number of minutes in the window, wherever it is placed. If these
add up to more than the window has, nothing fits: Hall's condition, and a little more, because a session need not be
confined to the window to need a part of it. Where a session may be placed comes from the rules that speak of it
alone, asked one placement at a time with the same ``check`` that holds finished timetables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Slot
from scheduler.domain.clock import show_minutes, weekday
from scheduler.domain.timetable import Placement, Timetable
from scheduler.explanation.items import who
from scheduler.rule import Rule, counted, listed
from scheduler.scenario import Scenario

MOST_WINDOWS = 600
"""Windows of slots that are tried for each resource; larger calendars have more, and days and weeks come first."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """More is asked of a resource in a window than there is; minutes."""

    resource: str
    """``one room``, ``the plenary``, an officer's title; empty for the calendar as a whole."""
    window: str
    """``""`` for the whole series, or ``on Thursday``."""
    asked: int
    there: int
    sessions: tuple[tuple[str, int], ...]
    """Titles, with the minutes each needs in the window."""
    because: tuple[str, ...]
    """Names of the planner's rules that it rests on; none: calendar and rooms alone."""
    whole_slots: bool = False
    """Whether a closed session is counted with the rest of its slot."""

    @property
    def sentence(self) -> str:
        """``27 h are asked for, 24 h exist: 3 h too much.``"""
        whom = f" of {self.resource}" if self.resource else ""
        where = f" {self.window}" if self.window else ""
        too_much = show_minutes(self.asked - self.there)
        exist = "exists" if self.there == 60 else "exist"
        there = f"{show_minutes(self.there)} {exist}" if self.there else "nothing is there"
        return f"{show_minutes(self.asked)} are asked{whom}{where or ' for'}, {there}: {too_much} too much."

    @property
    def detail(self) -> str:
        """The sessions with their minutes, and what it rests on."""
        parts = [f"{title} {show_minutes(minutes)}" for title, minutes in self.sessions]
        text = " + ".join(parts)
        if self.whole_slots:
            text += " (a closed session takes its whole slots)"
        return text


@dataclass(frozen=True, slots=True)
class Homeless:
    """A session that fits nowhere, whatever else is placed."""

    title: str
    minutes: int
    because: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """One sentence."""
        if self.because:
            return f"{self.title} ({show_minutes(self.minutes)}) fits nowhere."
        return f"{self.title} takes {show_minutes(self.minutes)} and fits into no slots of this calendar."

    @property
    def detail(self) -> str:
        """What stands in its way."""
        return ""


class Arithmetic:
    """Where each session may be placed, and what that adds up to."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._ignored: frozenset[str] = frozenset()
        self.slots = scenario.calendar.axis.slots

    @cached_property
    def _alone(self) -> Mapping[SessionId, tuple[tuple[Placement, frozenset[str]], ...]]:
        """Every placement of each session, with the names of the items that it breaks on its own."""
        hard = [rule for rule in self.scenario.all_rules if rule.weight is None and rule.monotone]
        found = {}
        for session in self.scenario.sessions:
            mine = [rule for rule in hard if session in rule.sessions(self.scenario)]
            places = []
            for start in range(0, self.scenario.calendar.axis.total, self.scenario.grain):
                placement = self.scenario.place(session, start)
                if placement is not None:
                    places.append((placement, frozenset(self._breaks(mine, placement))))
            found[session] = tuple(places)
        return found

    def _breaks(self, rules: Sequence[Rule], placement: Placement) -> Iterator[str]:
        alone = Timetable([placement])
        for rule in rules:
            if next(iter(rule.check(self.scenario, alone)), None) is not None:
                yield rule.name

    def places(self, session: SessionId) -> list[Placement]:
        """Placements that break nothing on their own; all of them in the first room it may sit in."""
        return [placement for placement, broken in self._alone[session] if broken <= self._ignored]

    def confining(self, sessions: Iterable[SessionId]) -> list[str]:
        """The rules that leave sessions fewer places, by name, in the order of the scenario."""
        names = {name for session in sessions for _, broken in self._alone[session] for name in broken}
        return [rule.name for rule in self.scenario.all_rules if rule.name in names]

    def _needed(self, names: Sequence[str], still: Callable[[], bool]) -> tuple[str, ...]:
        """Those of the rules that cannot be left out while ``still`` holds; standing ones are not the planner's."""
        for name in names:
            before = self._ignored
            self._ignored = before | {name}
            if not still():
                self._ignored = before
        needed = [name for name in names if name not in self._ignored]
        self._ignored = frozenset()
        return tuple(name for name in needed if name in {rule.name for rule in self.scenario.rules})

    def shortages(self) -> list[Shortage | Homeless]:
        """What does not add up: sessions that fit nowhere, else the shortage that is simplest to say; may be empty."""
        if len(self.scenario.rooms) == 1 and not self.scenario.calendar.axis.total:
            return []
        homeless: list[Shortage | Homeless] = [
            self._homeless(session) for session in self.scenario.sessions if not self.places(session)
        ]
        if homeless:
            return homeless
        for resource, capacity, sessions, because in self._resources():
            for window, name in self._windows(sessions):
                shortage = self._shortage(resource, capacity, sessions, because, window, name)
                if shortage is not None:
                    asked = (resource, capacity, sessions, because, window, name)
                    inside = self.confining(s for s in sessions if self._least(s, window, padded=False))
                    needed = self._needed(inside, lambda asked=asked: self._shortage(*asked) is not None)  # type: ignore[misc]  # bound now
                    return [replace(shortage, because=(*because, *needed))]
        return []

    def _homeless(self, session: SessionId) -> Homeless:
        needed = self._needed(self.confining([session]), lambda: not self.places(session))
        return Homeless(self.scenario.title(session), self.scenario.minutes(session), needed)

    def _resources(self) -> Iterator[tuple[str, int, tuple[SessionId, ...], tuple[str, ...]]]:
        """Name, sessions it serves at once, the sessions it must serve, and the rules this rests on."""
        everything = tuple(self.scenario.sessions)
        rooms = len(self.scenario.rooms)
        whole = "" if rooms == 1 else f"the {rooms} rooms"
        yield whole, rooms, everything, ()
        for rule in self.scenario.rules:
            if rule.weight is None and rule.rule == "one_at_a_time" and rooms > 1:
                yield "one meeting at a time", 1, rule.sessions(self.scenario), (rule.name,)
        for room in self.scenario.rooms if rooms > 1 else ():
            only = tuple(s for s in everything if self.scenario.rooms_of(s) == (room.id,))
            if only:
                yield room.title, 1, only, ()
        for officer in self.scenario.officers if rooms > 1 else ():
            served = tuple(s for s in everything if officer.id in self.scenario.officers_of(s))
            if len(served) > 1:
                yield who(officer), 1, served, (officer.id,)

    def _windows(self, sessions: Sequence[SessionId]) -> Iterator[tuple[frozenset[int], str]]:
        """Sets of slots: everything, weeks, days, then where single sessions are confined, then runs of slots."""
        everything = frozenset(slot.index for slot in self.slots)
        yield everything, ""
        weeks: dict[int, set[int]] = {}
        days: dict[str, set[int]] = {}
        for slot in self.slots:
            weeks.setdefault(slot.day.isocalendar().week, set()).add(slot.index)
            days.setdefault(f"on {weekday(slot.day)} {slot.day.day}", set()).add(slot.index)
        if len(weeks) > 1:
            yield from ((frozenset(slots), f"in week {week}") for week, slots in weeks.items())
        confined = {
            session: frozenset(index for placement in self.places(session) for index in placement.slots)
            for session in sessions
        }
        seen = {everything}
        own = sorted(set(confined.values()), key=lambda w: (len(w), sorted(w)))
        both = [one | other for number, one in enumerate(own) for other in own[number + 1 :]]
        runs = [
            frozenset(range(first, last))
            for length in range(1, len(self.slots))
            for first in range(len(self.slots) - length + 1)
            for last in (first + length,)
        ]
        for window in [frozenset(slots) for slots in days.values()] + own + both + runs:
            if window not in seen:
                if len(seen) > MOST_WINDOWS:
                    return
                seen.add(window)
                yield window, self._named(window)

    def _named(self, window: frozenset[int]) -> str:
        """``on Thursday``, ``on Thursday 15:00 and Friday 10:00``, ``in the 5 slots from ... to ...``."""
        chosen = [slot for slot in self.slots if slot.index in window]
        days = list(dict.fromkeys(slot.day for slot in chosen))
        if all(set(self.scenario.calendar.axis.by_day[day]) <= window for day in days) and len(days) <= 3:
            return f"on {listed([weekday(day) for day in days])}"
        for half, name in (("am", "in the mornings"), ("pm", "in the afternoons")):
            if window == {slot.index for slot in self.slots if slot.half == half}:
                return name
        if len(chosen) <= 3:
            return f"on {listed([str(slot) for slot in chosen])}"
        return f"in {counted(len(chosen), 'slot')} from {chosen[0]} to {chosen[-1]}"

    def _shortage(
        self, resource: str, capacity: int, sessions: Sequence[SessionId], because: tuple[str, ...],
        window: frozenset[int], name: str,
    ) -> Shortage | None:  # fmt: skip
        there = capacity * sum(self.slots[index].minutes for index in window)
        needs = {session: self._least(session, window, padded=False) for session in sessions}
        padded = self._padded(sessions, window, needs) if capacity == 1 and len(self.scenario.rooms) == 1 else {}
        total = sum(needs.values())
        if total > there:
            padded = {}
        else:
            needs |= padded
            total = sum(needs.values())
        if total <= there:
            return None
        counted_in = [session for session, minutes in needs.items() if minutes]
        titles = tuple((self.scenario.title(session), needs[session]) for session in counted_in)
        return Shortage(resource, name, total, there, titles, because, whole_slots=bool(padded))

    def _padded(
        self, sessions: Sequence[SessionId], window: frozenset[int], needs: Mapping[SessionId, int]
    ) -> dict[SessionId, int]:
        """Closed sessions with the rest of their slots, which nobody else can use."""
        found = {}
        hard = any(r.rule == "restricted_access" and r.weight is None for r in self.scenario.standing)
        for session in sessions if hard else ():
            alone = all(
                self.scenario.audience(other) != self.scenario.audience(session)
                for other in sessions
                if other != session
            )
            if self.scenario.restricted(session) and self.scenario.clearing(session) is None and alone:
                least = self._least(session, window, padded=True)
                if least > needs[session]:
                    found[session] = least
        return found

    def _least(self, session: SessionId, window: frozenset[int], *, padded: bool) -> int:
        """The minutes it spends in the window wherever it is placed, at least."""

        def spent(placement: Placement) -> int:
            inside = [segment for segment in placement.segments if segment.slot in window]
            return sum(_length(self.slots, segment.slot) if padded else segment.minutes for segment in inside)

        return min((spent(placement) for placement in self.places(session)), default=0)


def _length(slots: Sequence[Slot], index: int) -> int:
    return slots[index].minutes
