"""Those who present from afar do so at a decent hour of their day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import Minutes, show_clock
from scheduler.domain.programme import Programme
from scheduler.domain.spans import Band, Span, at_clock_of, in_band, show_end, write_band
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class LocalHours(Rule):
    """Takes the hours of a session at the clock of its ``time_zone``, or else of the venue, on the date of the session.

    A segment costs nothing if it lies wholly within the ``suitable`` hours, ``small`` points if it lies wholly within
    the ``less_suitable`` hours, and ``big`` points otherwise. Both are hours of every day and may run over midnight.
    Amount: that of the worst segment; with ``per``, that of every segment, for each such length begun.
    """

    unit = "point of unsuitable hours"
    default_cost_to_waive = 30
    example = {
        "suitable": "09:00-18:00",
        "less_suitable": "07:00-22:00",
        "small": 1,
        "big": 10,
        "weight": 1,
    }
    not_adjustable = dict.fromkeys(("suitable", "less_suitable"), "people's own day is not the planner's to move") | (
        dict.fromkeys(("small", "big", "by", "per"), "it says what counts how much")
    )
    alone = LooksAt.START
    suitable: Band
    less_suitable: Band
    small: int = Field(default=1, ge=0, le=1_000_000)
    big: int = Field(default=10, ge=0, le=1_000_000)
    by: Literal["session", "slot"] = "session"
    """Which hours count: those of the session, or of its whole slot, in which its presenters wait for their turn."""
    per: Minutes | None = None

    @model_validator(mode="after")
    def _one_within_the_other(self) -> LocalHours:
        if not in_band(self.less_suitable, *self.suitable):
            inner, outer = (write_band(band) for band in (self.suitable, self.less_suitable))
            raise ValueError(f"less_suitable {outer} does not contain the suitable hours {inner}: widen it")
        if self.per == 0:
            raise ValueError("per is a length for which points are counted once: write for example 30 min")
        return self

    def _hours(self, programme: Programme, segment: Segment, zone: str) -> tuple[Span, ...]:
        """The hours that count, at the clock of a zone: a stretch between breaks is two where that clock changes."""
        held = programme.calendar.axis.slots[segment.slot] if self.by == "slot" else segment
        seat = programme.meeting.time_zone
        return tuple(
            stretch for start, end in held.stretches for stretch in at_clock_of(zone, held.day, start, end, seat)
        )

    def _amount_in(self, programme: Programme, zone: str) -> Callable[[Segment], int]:
        def amount(segment: Segment) -> int:
            hours = self._hours(programme, segment, zone)
            if all(in_band(self.suitable, *stretch) for stretch in hours):
                return 0
            return self.small if all(in_band(self.less_suitable, *stretch) for stretch in hours) else self.big

        return amount

    def _of_segment(self, amount: Callable[[Segment], int], segment: Segment) -> int:
        return amount(segment) * (1 if self.per is None else -(-segment.minutes // self.per))

    def _total(self, amount: Callable[[Segment], int], segments: tuple[Segment, ...]) -> int:
        amounts = [self._of_segment(amount, segment) for segment in segments]
        return max(amounts) if self.per is None else sum(amounts)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Each start by its amount."""
        for session in self.sessions(model.programme):
            total = partial(self._total, self._amount_in(model.programme, _zone(model.programme, session)))
            most = max(map(total, model.placements(session).values()), default=0)
            model.measure(self, model.tally(session, total), most, enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price for each session and slot, where it is the same at every start."""
        programme = counts.programme
        alike: dict[str, list[SessionId]] = {}
        for session in self.sessions(programme):
            alike.setdefault(_zone(programme, session), []).append(session)
        return counts.price_slots(
            ((ids, partial(self._of_segment, self._amount_in(programme, zone))) for zone, ids in alike.items()),
            self.weight,
        )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at the local clock from the start to the end of each segment, or of its slot."""
        slots = programme.calendar.axis.slots
        for placement in timetable.of(self.sessions(programme)):
            zone = _zone(programme, placement.session)
            amount = self._amount_in(programme, zone)
            total = self._total(amount, placement.segments)
            if total:
                worst = max(placement.segments, key=amount)
                stretches = self._hours(programme, worst, zone)
                hours = f"{show_clock(stretches[0][0])} – {show_end(stretches[-1][1])}"  # noqa: RUF001
                title = programme.title(placement.session)
                where = f"in the slot of {title}, {slots[worst.slot]}"
                if self.by == "session":
                    where = f"when {title} sits on {worst}"
                yield self.violation(f"It is {hours} in {zone} {where}", placement.session, amount=total)

    def describe(self, programme: Programme) -> str:
        hours = [f"between {show_clock(opens)} and {show_end(closes)}" for opens, closes in self._bands()]
        bands = f"{hours[0]}, or else {hours[1]}," if len(hours) == 2 else hours[0]
        who = f"{self.subject(programme)} {self.verb('lies', 'lie')}"
        if self.by == "slot":
            who = f"The {self.verb('slot', 'slots')} of {self.names(programme)} {self.verb('lies', 'lie')}"
        return f"{who} {bands} at the clock of {self.verb('its', 'their')} presenters."

    def _bands(self) -> list[Span]:
        """The hours that keep the rule; of a hard rule those that cost nothing."""
        return [self.suitable] if self.weight is None and self.small else [self.suitable, self.less_suitable]


def _zone(programme: Programme, session: SessionId) -> str:
    return programme.sessions[session].time_zone or programme.meeting.time_zone
