"""Those whom a closed session keeps out do not wait outside for a later session of the same day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import show_minutes
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import open_to_everybody

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import BoolVar, Linear


class WaitingOutside(Rule):
    """Without names the rule is about every closed session.

    Amount: one per minute of a closed session, if a later session of that day is open to somebody whom the closed one
    keeps out. Minutes in slots reserved for named work do not count: nobody else is there yet.
    """

    unit = "minute of waiting"
    default_cost_to_waive = 10
    example = {"of": ["FORUM"], "weight": 1}
    alone = LooksAt.NOTHING

    def sessions(self, programme: Programme) -> tuple[SessionId, ...]:
        """The closed ones among those named."""
        return tuple(filter(programme.restricted, programme.work(*self.of)))

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names that are open to everybody."""
        return open_to_everybody(self, programme)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """For each slot: the minutes that the session takes of it, where another comes later on the day."""
        waits: list[Linear] = []
        most = 0
        common = [slot for slot in model.axis.slots if not slot.reserved_for]
        for session in self.sessions(model.programme):
            others = model.programme.open_to_kept_out(session)
            most += model.programme.minutes(session)
            if model.suspended(session):
                waits += self._waits_of_segments(model, session, others)
                continue
            for slot in common:
                later = [model.touches(o, k) for o in others for k in model.axis.by_day[slot.day] if k > slot.index]
                for other in others:
                    here = [model.ends_in(session, slot.index), model.starts_in(other, slot.index)]
                    after = ("after", session, other, slot.index)
                    later.append(model.all_of(after, [*here, model.before(session, other)]))
                    later += self._resumed_later(model, session, other, slot.index)
                follows = model.any_of(("open later", session, slot.index), later)
                taken = {_minutes(parts, slot.index) for parts in model.placements(session).values()}
                for minutes in sorted(taken - {0}):
                    sits = model.where(session, partial(_takes, slot.index, minutes))
                    waits.append(minutes * model.all_of(("waits", session, slot.index, minutes), [sits, follows]))
        model.measure(self, model.total(waits), most, enforcement)

    @staticmethod
    def _waits_of_segments(model: ScheduleModel, session: SessionId, others: Sequence[SessionId]) -> Iterator[Linear]:
        """Segment by segment, for a closed session that is suspended: somebody may come later in the same slot."""
        table = model.placements(session).values()
        for number in range(max(map(len, table), default=0)):
            end = model.end_of_segment(session, number)
            for slot in (slot for slot in model.axis.slots if not slot.reserved_for):
                later = [model.touches(o, k) for o in others for k in model.axis.by_day[slot.day] if k > slot.index]
                for other in others:
                    comes = [(model.starts_in(other, slot.index), model.start(other))]
                    for place, (there, position) in enumerate((*comes, *model.resumptions(other, slot.index))):
                        name = ("comes later", other, session, number, slot.index, place)
                        ended = model.not_later((*name, "ended"), end, position)
                        later.append(model.all_of(name, [there, ended]))
                follows = model.any_of(("open later than segment", session, number, slot.index), later)
                for minutes in {s[number].minutes for s in table if len(s) > number and s[number].slot == slot.index}:
                    sits = model.where(session, partial(_segment_takes, slot.index, number, minutes))
                    yield minutes * model.all_of(("waits", session, number, slot.index, minutes), [sits, follows])

    @staticmethod
    def _resumed_later(model: ScheduleModel, session: SessionId, other: SessionId, slot: int) -> list[BoolVar]:
        """Literals: the other, which is suspended, goes on in the slot when the session has ended there."""
        found = []
        for number, (resumes, position) in enumerate(model.resumptions(other, slot)):
            name = ("goes on after", other, session, slot, number)
            ended = model.not_later((*name, "ended"), model.end(session), position)
            found.append(model.all_of(name, [model.ends_in(session, slot), resumes, ended]))
        return found

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look for later segments of the day."""
        slots = programme.calendar.axis.slots
        for placement in timetable.of(self.sessions(programme)):
            others = timetable.of(programme.open_to_kept_out(placement.session))
            for segment in placement.segments:
                later = [s for o in others for s in o.segments if s.day == segment.day and s.start >= segment.end]
                if later and not slots[segment.slot].reserved_for:
                    title = programme.title(placement.session)
                    wait = show_minutes(segment.minutes)
                    message = f"Those who may not attend {title} wait outside for {wait}: {segment}"
                    yield self.violation(message, placement.session, amount=segment.minutes)

    def describe(self, programme: Programme) -> str:
        who = self.names(programme) if self.of else "a closed session"
        return f"Those who may not attend {who} do not wait outside for a later session of the day."


def _segment_takes(slot: int, number: int, minutes: int, parts: tuple[Segment, ...]) -> bool:
    return len(parts) > number and parts[number].slot == slot and parts[number].minutes == minutes


def _takes(slot: int, minutes: int, parts: tuple[Segment, ...]) -> bool:
    return _minutes(parts, slot) == minutes


def _minutes(parts: tuple[Segment, ...], slot: int) -> int:
    return sum(part.minutes for part in parts if part.slot == slot)
