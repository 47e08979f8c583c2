"""No region has to follow much of the meeting at night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pydantic import field_validator

from scheduler.domain.clock import Minutes, agreeing, show_clock, show_minutes
from scheduler.domain.places import DAY_HOURS, HomePlace, in_region, night_minutes, regions, states_parties
from scheduler.domain.programme import Programme
from scheduler.domain.spans import Band, Span, show_end, write_band
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.domain.attending import Times
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import Linear
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class RemoteBurden(Rule):
    """The night of a region is the minutes of the work outside the hours of the day at its capitals, on average over
    its States Parties. Of a session that is repeated each State counts the time with the fewest such minutes.

    Amount: one per minute, rounded up, of the longest night of a region beyond ``at_most``. The least amount is the
    fairest timetable.
    """

    unit = "minute at night"
    default_cost_to_waive = 20
    example = {"regions": ["Asia", "Oceania"], "at_most": "3h", "weight": 1}
    not_adjustable = {"regions": "whom it is about", "hours": "people's own day is not the planner's to move"}
    alone = LooksAt.START
    from_afar = True
    regions: tuple[str, ...] = ()
    """The regions that count; empty: every region of ``places.csv``."""
    at_most: Minutes = 0
    """Minutes at night that cost nothing."""
    hours: Band | None = None
    """The hours of the day, at the clock of each capital; None: 07:00-22:00."""

    @field_validator("regions")
    @classmethod
    def _in_the_table(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        known = regions(states_parties())
        for name in names:
            if name not in known:
                raise ValueError(f"'{name[:60]}' is no region of places.csv: write {listed(list(known), 'or')}")
        return names

    @property
    def _day(self) -> Span:
        return self.hours or DAY_HOURS

    def _counted(self) -> dict[str, tuple[HomePlace, ...]]:
        known = regions(states_parties())
        return {name: known[name] for name in (self.regions or known)}

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Longer, by four steps at most."""
        longer = [self.at_most + n * adjusting.step for n in range(1, 5)]
        instead = f"instead of {show_minutes(self.at_most) if self.at_most else 'none'}"
        texts = [(minutes, f"allow a region {show_minutes(minutes)} at night {instead}") for minutes in longer]
        yield adjusting.number(self, "at_most", texts)

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Add up each region's minutes; the longest night counts."""
        sessions = self.sessions(model.programme)
        attended = model.programme.attended(sessions)
        nights = []
        for places in self._counted().values():
            terms = [term for times in attended for term in self._terms(model, times, places)]
            nights.append((model.total(terms) - self.at_most * len(places), len(places)))
        most = sum(model.programme.minutes(session) for session in sessions)
        model.measure_largest(self, nights, most, enforcement)

    def _terms(self, model: ScheduleModel, times: Times, places: tuple[HomePlace, ...]) -> Iterator[Linear]:
        """The minutes at night of one session, added up over places; of several times those that each place chooses."""
        seat = model.programme.meeting.time_zone
        if len(times) == 1:
            yield model.tally(times[0], partial(night_minutes, seat=seat, places=places, hours=self._day))
            return
        most = max(map(model.programme.minutes, times))
        for zone, number in Counter(place.zone for place in places).items():
            there = next(place for place in places if place.zone == zone)
            minutes = partial(night_minutes, seat=seat, places=(there,), hours=self._day)
            at_night = [model.tally(time, minutes) for time in times]
            yield number * model.least(("least at night", self._day, zone, *times), at_night, most)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Add up the same on the timetable."""
        sessions = self.sessions(programme)
        held = [times for times in programme.attended(sessions) if all(time in timetable for time in times)]
        nights = {}
        for region, places in self._counted().items():
            total = sum(self._chosen_by(programme, timetable.of(times), places) for times in held)
            nights[region] = -(-total // len(places))
        worst = max(nights, key=lambda region: nights[region])
        if nights[worst] > self.at_most:
            free = f", at most {show_minutes(self.at_most)} should be" if self.at_most else ""
            lies = f"{show_minutes(nights[worst])} {agreeing(nights[worst], 'lies', 'lie')}"
            message = f"In {in_region(worst)}, {lies} outside {write_band(self._day)} on average{free}"
            if any(len(times) > 1 for times in held):
                message += ", at the times that suit each State best"
            placed = timetable.of(sessions)
            yield self.violation(message, *(p.session for p in placed), amount=nights[worst] - self.at_most)

    def describe(self, programme: Programme) -> str:
        what = self.names(programme) if self.of else "the programme"
        lies = f"no minute of {what} lies"
        if self.at_most:
            lies = f"at most {show_minutes(self.at_most)} of {what} {agreeing(self.at_most, 'lies', 'lie')}"
        where = listed([in_region(name) for name in self.regions]) if self.regions else "every region"
        again = programme.held_again and any(len(times) > 1 for times in programme.attended(self.sessions(programme)))
        best = "; of what is repeated each State attends the time that suits it best" if again else ""
        night = f"between {show_end(self._day[1])} and {show_clock(self._day[0])}"
        return f"In {where}, {lies} {night}, on average over the capitals{best}."

    def _chosen_by(self, programme: Programme, times: Sequence[Placement], places: Sequence[HomePlace]) -> int:
        """Minutes at night of the times that the places choose, added up over them."""
        minutes = partial(night_minutes, seat=programme.meeting.time_zone, hours=self._day)
        if len(times) == 1:
            return minutes(times[0].segments, places=places)
        return sum(min(minutes(time.segments, places=(place,)) for time in times) for place in places)
