"""The forecast of a timetable: windows and chances, session by session, body by body, and for the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Axis, Segment
from scheduler.domain.timetable import Placement, Timetable
from scheduler.forecasting.tracks import RoomTrack, Sitting, tracks_of
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from scheduler.forecasting.convolution import TrackForecast
    from scheduler.forecasting.laws import Array, Law
    from scheduler.forecasting.line import Line

EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9
"""The percentiles of every window: it holds in 8 of 10 cases."""
MIN_MINUTES_BEYOND, MAX_MINUTES_BEYOND = 60, 20_000
"""Minutes beyond the last slot that a forecast covers."""
MAX_DEVIATION = 2.5
"""Standard deviations by which all sessions at once may be long in these minutes."""


@dataclass(frozen=True)
class Distribution:
    """The distribution of a position on the working-time axis, by whole minutes."""

    chances: Array

    def percentile(self, share: float) -> int:
        """The first position by which the event has happened in that share of cases."""
        reached = self.chances.cumsum() >= share - 1e-9
        return int(reached.argmax()) if reached.any() else len(self.chances) - 1

    @cached_property
    def window(self) -> tuple[int, int, int]:
        """The 10th, 50th and 90th percentile."""
        return self.percentile(EARLY), self.percentile(MIDDLE), self.percentile(LATE)

    @property
    def width(self) -> int:
        """Working minutes from the 10th to the 90th percentile."""
        return self.window[2] - self.window[0]

    def by(self, position: int) -> float:
        """The chance that it has happened by a position."""
        return min(1.0, float(self.chances[: max(position, -1) + 1].sum()))

    def after(self, position: int) -> float:
        """The chance that it happens later."""
        return float(self.chances[max(position, -1) + 1 :].sum())

    def minutes_after(self, position: int) -> float:
        """Expected minutes from a position until it happens; 0 where it has happened before."""
        return sum(float(chance) * max(0, minute - position) for minute, chance in enumerate(self.chances))


@dataclass(frozen=True)
class SessionForecast:
    """The forecast of one session; chances between 0 and 1, times as positions on the working-time axis."""

    session: SessionId
    planned: Placement
    start: Distribution
    end: Distribution
    on_planned_day: float
    before_lunch: float | None
    """The chance to start in the morning of the planned day or earlier; None where that day has one half only or a slot
    that lies in both halves."""
    overruns: float
    """The chance that it is not finished when its last planned slot closes."""
    curtailed: float
    """The chance that it stops, or is cut, with work left."""
    carried: float
    """Expected minutes that go on after the last session of the room."""
    absorbs: float
    """Expected minutes of empty room before it: they absorb the delay of what comes before."""
    waits: bool
    """Whether it waits for its planned start."""


@dataclass(frozen=True)
class Forecast:
    """The forecast of a whole timetable."""

    scenario: Scenario
    timetable: Timetable
    tracks: tuple[RoomTrack, ...]
    sessions: Mapping[SessionId, SessionForecast]
    finals: tuple[Distribution, ...]
    """Where the work of each track ends, carried work included."""
    exact: bool
    """Whether all of it is by convolution; a simulation errs by a minute or two."""

    @property
    def axis(self) -> Axis:
        """The working-time axis."""
        return self.scenario.calendar.axis

    @cached_property
    def overruns(self) -> float:
        """The chance that the meeting is not over when the last slot closes."""
        kept = 1.0
        for final in self.finals:
            kept *= final.by(self.axis.total)
        return 1.0 - kept

    @cached_property
    def end(self) -> Distribution:
        """Where the meeting ends: the last of its rooms, taken as independent of one another."""
        import numpy as np

        reached = np.ones(max((len(final.chances) for final in self.finals), default=1))
        for final in self.finals:
            passed = np.cumsum(final.chances)
            reached *= np.concatenate([passed, np.full(len(reached) - len(passed), passed[-1])])
        return Distribution(np.diff(reached, prepend=0.0))

    @cached_property
    def unused(self) -> float:
        """Expected minutes of slots in which nobody sits, before a session and at the end; all rooms together."""
        passed = [self.axis.worked(position, self.axis.common) for position in range(self.axis.total + 1)]
        left = 0.0
        for track, final in zip(self.tracks, self.finals, strict=True):
            if all(self.axis.slots[i].reserved_for for sitting in track.sittings for i in sitting.planned.slots):
                continue
            chances = final.chances[: len(passed)]
            left += sum(float(c) * (passed[-1] - minutes) for c, minutes in zip(chances, passed, strict=False))
        return left + sum(found.absorbs for found in self.sessions.values())

    def before(self, session: SessionId) -> SessionForecast | None:
        """The forecast of the session before it in its room."""
        for track in self.tracks:
            if session in track.sessions[1:]:
                return self.sessions[track.sessions[track.sessions.index(session) - 1]]
        return None

    def body_overruns(self, body: str) -> float:
        """The chance that a body is not finished when its last planned slot closes; of several rooms, the worst."""
        return max((self.sessions[s].overruns for s in self.scenario.work(body) if s in self.sessions), default=0.0)

    @cached_property
    def mean_width(self) -> float:
        """Working minutes of the mean start window: the criterion *width of windows*."""
        return sum(f.start.width for f in self.sessions.values()) / max(1, len(self.sessions))

    def start_of(self, position: int) -> Segment:
        """The clock time of a position as a start, as an empty segment; beyond the last slot the clock goes on."""
        slot = self.axis.slot_at(min(position, self.axis.total - 1))
        clock = slot.start_at(position)
        return Segment(slot.index, slot.day, clock, clock)

    def end_of(self, position: int) -> Segment:
        """The clock time of a position as an end, as an empty segment."""
        if position <= 0:
            return self.start_of(0)
        slot = self.axis.slot_before(min(position, self.axis.total))
        clock = slot.end_at(position)
        return Segment(slot.index, slot.day, clock, clock)


def forecast(scenario: Scenario, timetable: Timetable, laws: Mapping[SessionId, Law] | None = None) -> Forecast:
    """The forecast of a timetable, by convolution where possible; ``laws`` replace those of the scenario."""
    return forecast_of_tracks(scenario, timetable, tracks_of(scenario, timetable, laws))


def forecast_of_tracks(scenario: Scenario, timetable: Timetable, tracks: tuple[RoomTrack, ...]) -> Forecast:
    """The forecast of tracks, in which sessions may have started and ended already."""
    from scheduler.forecasting.convolution import NotExactError, exact
    from scheduler.forecasting.line import Line

    axis = scenario.calendar.axis
    if not axis.slots:
        return Forecast(scenario, timetable, (), {}, (), exact=True)
    sessions: dict[SessionId, SessionForecast] = {}
    finals: list[Distribution] = []
    precise = True
    for track in tracks:
        line = Line(axis, _beyond(track, axis))
        try:
            found = exact(track, line)
        except NotExactError:
            found = _simulated(track, line)
            precise = False
        sessions |= {sitting.session: _session(scenario, sitting, found) for sitting in track.sittings}
        finals.append(Distribution(found.final))
    ordered = {session: sessions[session] for session in scenario.sessions if session in sessions}
    return Forecast(scenario, timetable, tracks, ordered, tuple(finals), precise)


def _beyond(track: RoomTrack, axis: Axis) -> int:
    """Minutes after the last slot by which the work is practically over, even if all sessions are long at once."""
    known = [p for s in track.sittings for p in (s.planned.end, s.started, s.ended, s.now) if p is not None]
    late = sum(s.law.percentile(MAX_DEVIATION) - (0 if _postponed(s) else s.law.median) for s in track.sittings)
    return min(MAX_MINUTES_BEYOND, max(0, ceil(max(known) + late) - axis.total) + MIN_MINUTES_BEYOND)


def _postponed(sitting: Sitting) -> bool:
    """Whether the whole session may come later than planned, and not only the part by which it is longer."""
    return (
        sitting.carried or sitting.no_start_after is not None or bool(sitting.interrupted_by) or sitting.now is not None
    )


def _session(scenario: Scenario, sitting: Sitting, found: TrackForecast) -> SessionForecast:
    axis = scenario.calendar.axis
    start, end = Distribution(found.starts[sitting.session]), Distribution(found.ends[sitting.session])
    day = sitting.planned.segments[0].day
    slots = [axis.slots[index] for index in axis.by_day[day]]
    opens, closes = slots[0].begins, slots[-1].ends
    halves = [slot.half for slot in slots]
    lunch = slots[halves.index("pm")].begins if {*halves} == {"am", "pm"} else None
    late = end.after(axis.slots[sitting.planned.slots[-1]].ends)
    return SessionForecast(
        sitting.session,
        sitting.planned,
        start,
        end,
        start.by(closes - 1) - start.by(opens - 1),
        None if lunch is None else start.by(lunch - 1),
        max(late, found.curtailed[sitting.session]),
        found.curtailed[sitting.session],
        found.carried[sitting.session],
        found.waited[sitting.session],
        sitting.waits_for is not None,
    )


def _simulated(track: RoomTrack, line: Line) -> TrackForecast:
    """The forecast by simulation, as chances of whole minutes."""
    import numpy as np

    from scheduler.forecasting.convolution import TrackForecast
    from scheduler.forecasting.simulation import simulate

    drawn = simulate(track, line.axis)

    def counted(positions: Array) -> Array:
        minutes = np.clip(np.rint(positions), 0, line.length).astype(np.int64)
        return np.bincount(minutes, minlength=line.length + 1) / len(positions)

    return TrackForecast(
        {s: counted(x) for s, x in drawn.starts.items()},
        {s: counted(x) for s, x in drawn.ends.items()},
        {s: float((x > 0.5).mean()) for s, x in drawn.lost.items()},
        {s: float(x.mean()) for s, x in drawn.carried.items()},
        {s: float(x.mean()) for s, x in drawn.waited.items()},
        counted(drawn.final),
    )
