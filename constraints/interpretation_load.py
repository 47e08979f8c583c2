"""The interpreters' teams suffice: per slot, per day and per week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from scheduler.domain.base import RoomId
from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import show_date, show_day
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Interpretation, Rule
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class InterpretationLoad(Rule):
    """``of`` names the interpreted work. An interpreted meeting is a slot of a room in which any of it sits.

    Amount: one per meeting beyond what the teams can do at once, in a day, or in a week (Monday to Sunday).
    """

    unit = "meeting too many"
    default_cost_to_waive = 80
    example = {"teams": 2, "meetings_per_day": 2, "meetings_per_week": 7}
    teams: int = Field(default=1, ge=1)
    """Teams for the languages of the meeting (six languages: 14 interpreters)."""
    meetings_per_day: int = Field(default=2, ge=1)
    """3-hour meetings that one team does in a day."""
    meetings_per_week: int | None = Field(default=None, ge=1)
    """Meetings that one team does in a week; None: no limit."""

    def interpretation(self, programme: Programme) -> Interpretation:
        """Its work, and what its teams do."""
        return Interpretation(self.sessions(programme), self.meetings_per_day, self.teams, self.meetings_per_week)

    def _limits(self, calendar: Calendar) -> Iterator[tuple[str, int, list[int]]]:
        """Each period in words, the meetings allowed in it, and its slots."""
        days: dict[date, list[int]] = {}
        weeks: dict[date, list[int]] = {}
        for slot in calendar.axis.slots:
            yield f"at once on {slot}", self.teams, [slot.index]
            days.setdefault(slot.day, []).append(slot.index)
            weeks.setdefault(slot.day - timedelta(days=slot.day.weekday()), []).append(slot.index)
        for day, slots in days.items():
            yield f"on {show_day(day)}", self.teams * self.meetings_per_day, slots
        for monday, slots in weeks.items() if self.meetings_per_week else ():
            yield f"in the week of {show_date(monday)}", self.teams * (self.meetings_per_week or 0), slots

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """One team more; more meetings for each team, in a day or in a week."""
        teams, daily, weekly = self.teams, self.meetings_per_day, self.meetings_per_week
        yield adjusting.more(self, "teams", f"hire {{}} teams of interpreters instead of {teams}", 1)
        yield adjusting.more(self, "meetings_per_day", f"let a team do {{}} meetings a day instead of {daily}", 2)
        if weekly is not None:
            text = f"let a team do {{}} meetings a week instead of {weekly}"
            yield adjusting.more(self, "meetings_per_week", text, 7)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count rooms in use, slot by slot."""
        sessions = self.sessions(model.programme)
        rooms = [RoomId(room.id) for room in model.programme.rooms]
        for _, most, slots in self._limits(model.programme.calendar):
            held = [model.body_in(sessions, slot, room) for slot in slots for room in rooms]
            model.measure_beyond(self, most, held, enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Count the same on the timetable."""
        held = {(s.slot, p.room_on(s.day)) for p in timetable.of(self.sessions(programme)) for s in p.segments}
        rooms_in_use = Counter(slot for slot, _ in held)
        for period, most, slots in self._limits(programme.calendar):
            meetings = sum(rooms_in_use[slot] for slot in slots)
            if meetings > most:
                few = "one" if most == 1 else most
                message = f"{meetings} interpreted meetings {period}, of which the interpreters can do {few}"
                yield self.violation(message, amount=meetings - most)

    def describe(self, programme: Programme) -> str:
        teams = "One team of interpreters serves" if self.teams == 1 else f"{self.teams} teams of interpreters serve"
        limits = [f"at most {counted(self.teams, 'meeting')} at once", f"{self.teams * self.meetings_per_day} a day"]
        if self.meetings_per_week:
            limits.append(f"{self.teams * self.meetings_per_week} a week")
        return f"{teams} {self.names(programme)}: {listed(limits)}."
