"""Conditions that planning with promises adds to a scenario from round to round; no scenario states them.

They have the form of rules, and are posted and checked as rules are. They count in planned durations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable, Where
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import BoolVar


class Protection(Rule):
    """Free time before a position, or before a planned start.

    At least ``buffer`` minutes stay free. Of the sessions that come before, the two with the largest ``budget`` may
    both be longer than planned: as many minutes as both need stay free too. This is the budget of Bertsimas and Sim
    (Operations Research 52, 2004, doi:10.1287/opre.1030.0065) with Gamma = 2, since it is unlikely that more than two
    sessions are late at once.
    """

    unit: ClassVar[str] = "session"
    rule: str = "protection"
    target: str
    """The session that is to end by ``by``, or else is to start with free time before it."""
    by: int | None = None
    """A position on the working-time axis."""
    buffer: int = 0
    budget: Mapping[str, int] = {}
    """Minutes by which each session may be longer than planned."""

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """A clause for each pair of sessions that may come before."""
        unless = model.relaxation(self, enforcement)
        target = SessionId(self.target)
        for others, minutes in self._pairs(model.programme):
            come_before: list[BoolVar] = []
            for other in others:
                if other != target:
                    come_before += [model.before(other, target), model.same_room(other, target)]
            conditions = [model.negated(literal) for literal in come_before]
            if self.by is not None:
                in_time = model.where(target, partial(_ends_by, model, self.by - minutes))
                model.clause(in_time, *conditions, unless=unless)
                continue
            gap = -(-minutes // model.grain) * model.grain
            for last in model.programme.sessions:
                if last == target:
                    continue
                beside = [model.negated(model.before(last, target)), model.negated(model.same_room(last, target))]
                model.clause(model.before(last, target, gap), *beside, *conditions, unless=unless)

    def _pairs(self, programme: Programme) -> Iterator[tuple[tuple[SessionId, ...], int]]:
        """Groups of sessions, each with the minutes that must stay free where the whole group comes before."""
        yield (), self.buffer
        late = [s for s in programme.sessions if self.budget.get(s) and (s != self.target or self.by is not None)]
        for size in (1, 2):
            for group in combinations(late, size):
                minutes = sum(self.budget[session] for session in group)
                if minutes > self.buffer:
                    yield group, minutes

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count the minutes in the timetable."""
        target = SessionId(self.target)
        if target not in timetable:
            return
        own = programme.own_slots(target)
        placed = timetable[target]
        worked = programme.calendar.axis.worked
        before = [p for p in timetable if p is not placed and p.room == placed.room and p.end <= placed.start]
        counted = [self.budget.get(p.session, 0) for p in before]
        if self.by is not None:
            counted.append(self.budget.get(target, 0))
        needed = max(self.buffer, sum(sorted(counted)[-2:]))
        if self.by is not None:
            kept = placed.end + needed <= self.by
        else:
            grain = programme.grain
            gap = -(-needed // grain) * grain
            kept = all(worked(p.end, own) + gap <= worked(placed.start, own) for p in before)
        if not kept:
            yield self.violation(f"{programme.title(target)} is not protected by {needed} min", target)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        return f"Time stays free before {programme.title(SessionId(self.target))}."


class NoGoods(Rule):
    """A timetable other than those that have been judged already."""

    unit: ClassVar[str] = "timetable"
    rule: str = "no_goods"
    timetables: tuple[Mapping[SessionId, tuple[int, Where | None]], ...] = ()
    """The start and the room of each session, for each timetable that has been judged."""

    def _timetables(self, programme: Programme) -> Iterator[Timetable]:
        for places in self.timetables:
            yield Timetable(programme.place_all(places).values())

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:  # noqa: ARG002  never explained
        """One clause for each timetable."""
        for timetable in self._timetables(model.programme):
            model.add_no_good(timetable)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare it with each of them."""
        if any(timetable == judged for judged in self._timetables(programme)):
            yield self.violation("the timetable has been judged before")

    def describe(self, programme: Programme) -> str:  # noqa: ARG002  the contract
        """One sentence."""
        return "The timetable is another."


def _ends_by(model: ScheduleModel, latest: int, segments: Sequence[Segment]) -> bool:
    return model.axis.positions(segments[-1])[1] <= latest
