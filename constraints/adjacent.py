"""Sessions follow one another directly: each starts soon after the one before it in the list ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise, product
from typing import TYPE_CHECKING

from pydantic import model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import DAY_MINUTES, Minutes, show_minutes
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.naming import as_listed, names_needed
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import one_session_alone

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, Relaxation, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class Adjacent(Rule):
    """``of`` names the sessions in the order in which they are held; a body stands for its sessions, in the order of
    the scenario. Each starts when the one before it ends, or up to ``within`` later by the clock, so that a lunch or a
    night between them is longer.

    Amount: one per pair of neighbours of which the second starts earlier or later than that, or, with ``same_room``,
    sits in another room.
    """

    unit = "pair apart"
    default_cost_to_waive = 15
    example = {"of": ["first", "second"], "within": "15 min", "same_room": True}
    alone = LooksAt.NOTHING
    chained = True
    within: Minutes = 15
    """The most minutes by the clock between the end of one and the start of the next."""
    same_room: bool = False
    """Whether neighbours sit in one room."""

    @model_validator(mode="after")
    def _names(self) -> Adjacent:
        names_needed(self, "of: [first, second], or of: [WGETI] for its own sessions")
        if self.within > DAY_MINUTES:
            raise ValueError(
                f"within {show_minutes(self.within)} is not directly after: write 24h at most, or the rule days_apart"
            )
        return self

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session: it has no neighbour."""
        return one_session_alone(self, programme)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """A later start, six steps at most; other rooms."""
        who = self.names(adjusting.programme)
        most = min(self.within + 6 * adjusting.step, DAY_MINUTES)
        longer = range(self.within + adjusting.step, most + 1, adjusting.step)
        settings = [(n, f"allow {show_minutes(n)} between two sessions of {who}") for n in longer]
        yield adjusting.number(self, "within", settings)
        if self.same_room:
            yield adjusting.number(self, "same_room", [(False, f"let {who} change rooms in between")])

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Wherever one ends, the next starts soon afterwards."""
        for one, then in pairwise(as_listed(self, model.programme)):
            self._post_pair(model, one, then, model.relaxation(self, enforcement))

    def _post_pair(self, model: ScheduleModel, one: SessionId, then: SessionId, unless: Relaxation) -> None:
        for ends, clock in model.by_amount(one, _ending):
            soon = model.where(then, partial(_starts_between, clock, clock + self.within))
            model.clause(model.negated(ends), soon, unless=unless)
        if self.same_room:
            for (ends, last), (begins, first) in product(model.edge(one, last=True), model.edge(then, last=False)):
                together = model.same_room(last, first)
                model.clause(model.negated(ends), model.negated(begins), together, unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare neighbours that are both placed."""
        for one, then in pairwise(as_listed(self, programme)):
            if one in timetable and then in timetable:
                first, second = timetable[one], timetable[then]
                if why := self._why_apart(programme, first, second):
                    names = f"{programme.title(then)} is not directly after {programme.title(one)}"
                    yield self.violation(f"{names}: {why}", one, then)

    def _why_apart(self, programme: Programme, first: Placement, second: Placement) -> str:
        """Why two neighbours are apart, in words; empty where they are not."""
        ended, starts = first.segments[-1], second.segments[0]
        pause = (starts.day - ended.day).days * DAY_MINUTES + starts.start - ended.end
        if pause < 0:
            return f"it starts on {starts.starts_on}, before that ends on {ended.ends_on}"
        if pause > self.within:
            return f"it starts on {starts.starts_on}, and that ends on {ended.ends_on}"
        if self.same_room and (left := first.room_on(ended.day)) != second.room:
            return f"it sits in {programme.room_title(second.room)}, and that in {programme.room_title(left)}"
        return ""

    def describe(self, programme: Programme) -> str:
        when = f"within {show_minutes(self.within)} after" if self.within else "when"
        where = ", in the same room" if self.same_room else ""
        return f"Of {self.names(programme)}, each session starts {when} the one before it ends{where}."


def _ending(segments: tuple[Segment, ...]) -> int:
    """When the last segment ends, in minutes by the clock since the first day of all."""
    return segments[-1].day.toordinal() * DAY_MINUTES + segments[-1].end


def _starts_between(first: int, last: int, segments: tuple[Segment, ...]) -> bool:
    return first <= segments[0].day.toordinal() * DAY_MINUTES + segments[0].start <= last
