"""Bodies follow one another in a given order, perhaps with a gap or a night between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING

from pydantic import model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.clock import Minutes, show_minutes
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import DayLimit, Limit
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class Order(Rule):
    """``of`` names the chain. Every session of one name ends before every session of the next starts: earlier by
    ``gap``, and on an earlier day with ``night_between``.

    Amount: one per neighbouring pair of the chain that is out of order, however many of its sessions are. A body that
    is not held is left out of the chain: its neighbours keep their order.
    """

    unit = "pair out of order"
    default_cost_to_waive = 25
    example = {"of": ["first", "second", "REPORT"], "gap": "30 min"}
    alone = LooksAt.NOTHING
    chained = True
    gap: Minutes = 0
    """The least working minutes between the end of one and the start of each session of the next, in slots of that
    session.
    """
    night_between: bool = False
    """Whether each session of the next starts on a later day than the last session of the one ends."""

    @model_validator(mode="after")
    def _a_chain(self) -> Order:
        if len(self.of) < 2:
            raise ValueError("an order needs at least two names: write of: [WGETI, WGTU]")
        if len(set(self.of)) < len(self.of):
            raise ValueError("an order names nobody twice")
        return self

    def steps(self, programme: Programme) -> Sequence[int]:  # noqa: ARG002  the gap is the rule's own
        """The gap."""
        return (self.gap,)

    def _pairs(self, programme: Programme) -> Iterator[tuple[str, str]]:
        return pairwise(name for name in self.of if programme.work(name))

    def precedences(self, programme: Programme) -> Iterator[tuple[SessionId, SessionId]]:
        """Each session of a body before each of the next."""
        for first, then in self._pairs(programme):
            yield from product(programme.work(first), programme.work(then))

    def limits(self, programme: Programme) -> Iterator[Limit | DayLimit]:
        """The longest session of each name: one at a time, and a day with a night between them."""
        held = [work for name in self.of if (work := programme.work(name))]
        longest = tuple(max(work, key=programme.minutes) for work in held)
        names = shortened([programme.name_of(name) for name in self.of if programme.work(name)])
        yield Limit(longest, 1, f"of {names}, one after the other")
        if self.night_between:
            yield DayLimit(longest, 1, f"for {names}, with a night between them")

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """A shorter gap, or where there is none, no night in between."""
        names = self.names(adjusting.programme)
        if self.gap:
            yield adjusting.shorter(self, "gap", f"leave {{}} between {names}")
        elif self.night_between:
            yield adjusting.number(self, "night_between", [(False, f"leave no night between {names}")])

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each session of the one ends before any session of the next starts."""
        programme = model.programme
        for first, then in self._pairs(programme):
            unless = model.relaxation(self, enforcement)
            for a in programme.work(first):
                for b in programme.work(then):
                    model.clause(model.before(a, b, self.gap), unless=unless)
                    for day in model.axis.days if self.night_between else ():
                        met, too_early = model.on_day(a, day), model.starts_by(b, day)
                        model.clause(model.negated(met), model.negated(too_early), unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare every session of the next, the earliest first, with the last end of the one; one violation a pair."""
        for first, then in self._pairs(programme):
            earlier, later = timetable.of(programme.work(first)), timetable.of(programme.work(then))
            if not earlier:
                continue
            last = max(earlier, key=lambda p: p.end)
            for placement in sorted(later, key=lambda p: p.start):
                if how := self._out_of_order(programme, last, placement):
                    title, name = programme.title(placement.session), programme.name_of(first)
                    starts = f"{title} starts on {placement.segments[0].starts_on}"
                    message = f"{starts}, {how} {name} ends on {last.segments[-1].ends_on}"
                    yield self.violation(message, last.session, placement.session)
                    break

    def _out_of_order(self, programme: Programme, last: Placement, then: Placement) -> str | None:
        """How a session follows the last of those before it, in words; None when it is in order."""
        if last.end > then.start:
            return "before"
        if self._waits(programme, last, then) < self.gap:
            return f"less than {show_minutes(self.gap)} after"
        if self.night_between and last.days[-1] >= then.days[0]:
            return "without a night after"
        return None

    def _waits(self, programme: Programme, last: Placement, then: Placement) -> int:
        """Working minutes between the two, in slots that the later one may use."""
        axis, own = programme.calendar.axis, programme.own_slots(then.session)
        return axis.worked(then.start, own) - axis.worked(last.end, own)

    def describe(self, programme: Programme) -> str:
        names = [programme.name_of(name) for name in self.of]
        chain = f"{names[0]} meets before {names[1]}"
        if len(names) > 2:
            chain = f"{names[0]} meets first, then {', then '.join(names[1:])}"
        apart = f", at least {show_minutes(self.gap)} of working time apart" if self.gap else ""
        return f"{chain}{apart}{', with a night between them' if self.night_between else ''}."
