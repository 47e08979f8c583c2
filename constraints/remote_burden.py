"""No region has to follow much of the meeting at night."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from pydantic import field_validator

from scheduler.domain.clock import Minutes, show_minutes
from scheduler.domain.places import HomePlace, night_minutes, regions, states_parties
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class RemoteBurden(Rule):
    """The night of a region is the minutes of the work outside 07:00-22:00 in its capitals, on average over its States
    Parties.

    Amount: one per minute, rounded up, of the longest night of a region beyond ``at_most``. The least amount is the
    fairest timetable.
    """

    unit = "minute at night"
    default_cost_to_waive = 20
    example = {"regions": ["Asia", "Oceania"], "at_most": "3h", "weight": 1}
    not_adjustable = {"regions": "whom it is about"}
    alone = LooksAt.START
    from_afar = True
    regions: tuple[str, ...] = ()
    """The regions that count; empty: every region of ``places.csv``."""
    at_most: Minutes = 0
    """Minutes at night that cost nothing."""

    @field_validator("regions")
    @classmethod
    def _in_the_table(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        known = regions(states_parties())
        for name in names:
            if name not in known:
                raise ValueError(f"'{name[:60]}' is no region of places.csv: write {listed(list(known), 'or')}")
        return names

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
        seat = model.programme.meeting.time_zone
        sessions = self.sessions(model.programme)
        nights = []
        for places in self._counted().values():
            terms = [model.tally(session, partial(night_minutes, seat=seat, places=places)) for session in sessions]
            nights.append((model.total(terms) - self.at_most * len(places), len(places)))
        most = sum(model.programme.minutes(session) for session in sessions)
        model.measure_largest(self, nights, most, enforcement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Add up the same on the timetable."""
        placements = timetable.of(self.sessions(programme))
        nights = {}
        for region, places in self._counted().items():
            total = sum(night_minutes(p.segments, programme.meeting.time_zone, places) for p in placements)
            nights[region] = -(-total // len(places))
        worst = max(nights, key=lambda region: nights[region])
        if nights[worst] > self.at_most:
            free = f", at most {show_minutes(self.at_most)} should be" if self.at_most else ""
            message = f"In {worst}, {show_minutes(nights[worst])} lie outside 07:00-22:00 on average{free}"
            yield self.violation(message, *(p.session for p in placements), amount=nights[worst] - self.at_most)

    def describe(self, programme: Programme) -> str:
        what = self.names(programme) if self.of else "the programme"
        lies = f"at most {show_minutes(self.at_most)} of {what} lie" if self.at_most else f"no minute of {what} lies"
        where = listed(list(self.regions)) if self.regions else "every region"
        return f"In {where}, {lies} between 22:00 and 07:00, on average over the capitals."
