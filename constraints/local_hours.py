"""Those who present from afar do so at a decent hour of their day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import Hours, Minutes, show_clock, show_hours
from scheduler.domain.findings import Finding
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.rule import Rule

if TYPE_CHECKING:
    from scheduler.brief import Brief
    from scheduler.model import Guard, ScheduleModel


class LocalHours(Rule):
    """The hours of a session, at the clock of its ``time_zone`` or else of the venue; the date decides on summer time.

    Only their two ends count. They do ``big`` harm when they begin before the ``less_suitable`` hours or end outside of
    them, else ``small`` harm when they begin before or end after the ``suitable`` ones. Harm: that of the worst
    segment; or with ``per``, that of each segment for each so many minutes of it begun.
    """

    unit: ClassVar[str] = "point of harm"
    rule: Literal["local_hours"] = "local_hours"
    suitable: Hours
    less_suitable: Hours
    small: int = Field(default=1, ge=0, le=1_000_000)
    big: int = Field(default=10, ge=0, le=1_000_000)
    by: Literal["session", "slot"] = "session"
    """Whose hours count: those of the session itself, or of the whole slot in which its presenters wait their turn."""
    per: Minutes | None = None

    @model_validator(mode="after")
    def _one_within_the_other(self) -> LocalHours:
        (first, last), (opens, closes) = self.less_suitable, self.suitable
        if not first <= opens < closes <= last:
            inner, outer = ("-".join(map(show_clock, hours)) for hours in (self.suitable, self.less_suitable))
            raise ValueError(f"less_suitable {outer} does not contain the suitable hours {inner}: widen it")
        if self.per == 0:
            raise ValueError("per is a length for which harm is counted once: write for example 30 min")
        return self

    def _hours(self, programme: Programme, segment: Segment, zone: str) -> tuple[int, int]:
        """Start and end of what counts at a zone, in minutes after midnight there."""
        start, end = segment.start, segment.end
        if self.by == "slot":
            slot = programme.calendar.axis.slots[segment.slot]
            start, end = slot.opens, slot.closes
        seat = programme.meeting.time_zone
        return _local(segment.day, start, seat, zone), _local(segment.day, end, seat, zone)

    def _harm_in(self, programme: Programme, zone: str) -> Callable[[Segment], int]:
        def harm(segment: Segment) -> int:
            start, end = self._hours(programme, segment, zone)
            first, last = self.less_suitable
            if start < first or end > last or end < first:
                return self.big
            return self.small if start < self.suitable[0] or end > self.suitable[1] else 0

        return harm

    def _of_segment(self, harm: Callable[[Segment], int], segment: Segment) -> int:
        return harm(segment) * (1 if self.per is None else -(-segment.minutes // self.per))

    def _total(self, harm: Callable[[Segment], int], segments: tuple[Segment, ...]) -> int:
        harms = [self._of_segment(harm, segment) for segment in segments]
        return max(harms) if self.per is None else sum(harms)

    def post(self, model: ScheduleModel, guard: Guard = None) -> None:
        """Each start by its harm."""
        for session in self.sessions(model.programme):
            total = partial(self._total, self._harm_in(model.programme, _zone(model.programme, session)))
            most = max(map(total, model.placements(session).values()), default=0)
            model.measure(self, model.tally(session, total), most, guard)

    def count(self, brief: Brief) -> bool:
        """A price for each session and slot, where it is the same at every start."""
        programme = brief.programme
        alike: dict[str, list[SessionId]] = {}
        for session in self.sessions(programme):
            alike.setdefault(_zone(programme, session), []).append(session)
        return brief.price_slots(
            ((ids, partial(self._of_segment, self._harm_in(programme, zone))) for zone, ids in alike.items()),
            self.weight,
        )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Finding]:
        """Look at the local clock at both ends of each segment, or of its slot."""
        slots = programme.calendar.axis.slots
        for placement in timetable.of(self.sessions(programme)):
            zone = _zone(programme, placement.session)
            harm = self._harm_in(programme, zone)
            total = self._total(harm, placement.segments)
            if total:
                worst = max(placement.segments, key=harm)
                hours = show_hours(*self._hours(programme, worst, zone))
                title = programme.title(placement.session)
                where = f"in the slot of {title}, {slots[worst.slot]}"
                if self.by == "session":
                    where = f"when {title} sits on {worst}"
                yield self.finding(f"It is {hours} in {zone} {where}", placement.session, harm=total)

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        hours = [f"between {show_clock(opens)} and {show_clock(closes)}" for opens, closes in self._bands()]
        bands = f"{hours[0]}, or else {hours[1]}," if len(hours) == 2 else hours[0]
        who = f"{self.subject(programme)} {self.verb('lies', 'lie')}"
        if self.by == "slot":
            who = f"The {self.verb('slot', 'slots')} of {self.names(programme)} {self.verb('lies', 'lie')}"
        return f"{who} {bands} at the clock of {self.verb('its', 'their')} presenters."

    def _bands(self) -> list[tuple[int, int]]:
        """The hours that may be: where the rule must hold, those that do no harm."""
        return [self.suitable] if self.weight is None and self.small else [self.suitable, self.less_suitable]


def _zone(programme: Programme, session: SessionId) -> str:
    return programme.sessions[session].time_zone or programme.meeting.time_zone


@cache
def _local(day: date, minutes: int, seat: str, zone: str) -> int:
    """A time of day at one zone, told by the clock of another, in minutes after whatever midnight."""
    moment = datetime.combine(day, time(), ZoneInfo(seat)) + timedelta(minutes=minutes)
    there = moment.astimezone(ZoneInfo(zone))
    return there.hour * 60 + there.minute
