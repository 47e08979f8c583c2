"""On the day: what has happened is fixed, the rest is forecast anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.domain.base import SessionId
from scheduler.domain.clock import on_its_day, show_clock
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.forecasting.reports import DayReport, Windows
from scheduler.forecasting.tracks import RoomTrack, Sitting, tracks_of
from scheduler.forecasting.windows import Forecast, forecast_of_tracks
from scheduler.scenario import Scenario

LEAST_CHANGE = 5
"""Minutes by which a start must have moved to be listed as changed."""


@dataclass(frozen=True)
class Known:
    """All that has happened so far; positions on the working-time axis."""

    now: int = 0
    starts: Mapping[str, int] = field(default_factory=dict)
    ends: Mapping[str, int] = field(default_factory=dict)

    def running(self) -> list[str]:
        """Sessions that have started and not ended."""
        return [session for session in self.starts if session not in self.ends]


def known_from(scenario: Scenario, timetable: Timetable, reports: Sequence[DayReport]) -> Known:
    """What all reports say together.

    Raises:
        InputError: they contradict one another, report the future, or go back in time.
    """
    facts = _Facts(scenario, timetable)
    for report in reports:
        facts.add(report)
    return Known(facts.now, facts.starts, facts.ends)


class _Facts:
    """What has been reported so far, with which each further report must agree."""

    def __init__(self, scenario: Scenario, timetable: Timetable) -> None:
        self.scenario = scenario
        self.tracks = tracks_of(scenario, timetable)
        self.sittings: dict[str, Sitting] = {s.session: s for track in self.tracks for s in track.sittings}
        self.now = 0
        self.starts: dict[str, int] = {}
        self.ends: dict[str, int] = {}

    def add(self, report: DayReport) -> None:
        """Take a report in.

        Raises:
            InputError: it contradicts those before it, reports the future, or goes back in time.
        """
        if report.now < self.now:
            raise InputError(f"--at {report.at} is a time in the past: the last report is later; --undo takes it back")
        self.now = report.now
        self._refuse_overtaking(report)
        for session, end in sorted(report.done.items(), key=lambda item: item[1]):
            self._add_end(session, end, report.at)
        self._refuse_two_at_once(report)
        for session, start in report.running.items():
            self._add_start(session, start, report.at)

    def _add_end(self, session: str, end: int, at: str) -> None:
        if self.ends.get(session, end) != end:
            raise InputError(
                f"{session} has been reported done at another time already: --undo takes that back "
                f"(it ended on {self._show(self.ends[session])})"
            )
        if end > self.now:
            raise InputError(
                f"--done {session}: it ends after {at}, on {self._show(end)}: nothing is reported ahead "
                f"(a time without a day is of the day of --at; write the other day before it)"
            )
        start = self.starts.setdefault(session, self._start(session, end))
        if end < start:
            raise InputError(
                f"--done {session}: it ends before it began: correct the time (it began on {self._show(start)})"
            )
        self.ends[session] = end

    def _add_start(self, session: str, start: int | None, at: str) -> None:
        if session in self.ends:
            raise InputError(
                f"--running {session}: it has been reported done: --undo takes that back "
                f"(it ended on {self._show(self.ends[session])})"
            )
        if start is not None and start > self.now:
            raise InputError(f"--running {session}: it begins after the report of {at}")
        if start is not None and self.starts.get(session, start) != start:
            raise InputError(
                f"{session} has been reported running since another time: --undo takes that back "
                f"(it runs since {self._show(self.starts[session])})"
            )
        begun = self._start(session, self.now) if start is None else start
        self.starts.setdefault(session, begun)
        for other in self._in_room_of(session, self.starts):
            if other != session and other not in self.ends and not self._suspended(session, other):
                raise InputError(
                    f"--running {session}: {other} still runs there, since {self._show(self.starts[other])}: "
                    f"add --done {other}@TIME"
                )
        for other in self._in_room_of(session, self.ends):
            if self.starts[other] <= begun < self.ends[other] and not self._suspended(session, other):
                until = self._show(self.ends[other])
                raise InputError(f"--running {session}: {other} sat there until {until}: correct the time")

    def _refuse_overtaking(self, report: DayReport) -> None:
        """Nothing ends while a session that the plan puts before it in its room is open.

        There are three exceptions: it keeps its time in any case, the earlier session is carried over, or it was
        reported running before the earlier session had begun, so that the order was changed on the day.

        Raises:
            InputError: with the session that is open, and what to report.
        """
        for track in self.tracks:
            for number, sitting in enumerate(track.sittings):
                session = sitting.session
                if session not in report.done or session in self.ends or sitting.keeps_time:
                    continue
                for earlier in track.sittings[:number]:
                    over = earlier.session in self.ends or earlier.session in report.done
                    overtaken = session in self.starts and earlier.session not in self.starts
                    if not over and not overtaken and not earlier.carried:
                        raise InputError(
                            f"--done {session}: {earlier.session} comes before it and is still open: add "
                            f"--done {earlier.session}@TIME; if {session} was taken first, report it "
                            f"--running {session}@TIME before it is done"
                        )

    def _refuse_two_at_once(self, report: DayReport) -> None:
        """Nothing ends while a session runs in its room that began before that end, unless it keeps its time.

        Raises:
            InputError: with the session that runs, and what to report.
        """
        for track in self.tracks:
            running = [s for s in track.sessions if s in self.starts and s not in self.ends]
            for sitting in track.sittings:
                if sitting.session not in report.done or sitting.keeps_time:
                    continue
                for other in running:
                    if self.starts[other] < self.ends[sitting.session]:
                        since = self._show(self.starts[other])
                        raise InputError(
                            f"--done {sitting.session}: {other} has been reported running there since {since} and is "
                            f"still open: add --done {other}@TIME, or take that back with --undo"
                        )

    def _start(self, session: str, latest: int) -> int:
        """Where a session must have started: when its room was free, or at the time for which it waits."""
        sitting = self.sittings[session]
        within = [s for s in sitting.interrupted_by if self.sittings[s].planned.start >= sitting.planned.start]
        others = [other for other in self._in_room_of(session, self.ends) if other not in within]
        free = max((self.ends[other] for other in others), default=0)
        start = self.scenario.calendar.axis.resume(max(free, sitting.waits_for or 0), sitting.own)
        return start if start <= latest else min(free, latest)

    def _suspended(self, one: str, other: str) -> bool:
        """Whether one of the two is suspended for the other."""
        return any(b in self.scenario.gives_way.get(SessionId(a), ()) for a, b in ((one, other), (other, one)))

    def _in_room_of(self, session: str, known: Mapping[str, int]) -> list[str]:
        rooms = {*self.sittings[session].planned.each_room}
        beside = next(track.sessions for track in self.tracks if session in track.sessions)
        return [other for other in known if other in beside or rooms & {*self.sittings[other].planned.each_room}]

    def _show(self, position: int) -> str:
        return show_at(self.scenario, position)


def forecast_from(scenario: Scenario, timetable: Timetable, known: Known) -> Forecast:
    """The forecast of what is left: what is done stands first, then what runs, then the rest in the planned order."""
    tracks = tuple(_live(scenario, track, known) for track in tracks_of(scenario, timetable))
    return forecast_of_tracks(scenario, timetable, tracks)


def _live(scenario: Scenario, track: RoomTrack, known: Known) -> RoomTrack:
    sittings = [_marked(scenario, track, sitting, known) for sitting in track.sittings]
    done = sorted((s for s in sittings if s.ended is not None), key=lambda s: (s.ended or 0, s.started or 0))
    running = [s for s in sittings if s.started is not None and s.ended is None]
    return replace(track, sittings=(*done, *running, *(s for s in sittings if s.started is None)))


def _marked(scenario: Scenario, track: RoomTrack, sitting: Sitting, known: Known) -> Sitting:
    """The sitting with its start and end, as far as they are known, and with the minutes that others took from it."""
    start, end = known.starts.get(sitting.session), known.ends.get(sitting.session)
    paused, axis = 0, scenario.calendar.axis
    if start is not None and end is None:
        for other in track.sittings:
            first, last = known.starts.get(other.session), known.ends.get(other.session)
            if last is None and sitting.session in other.closes:
                last = known.now  # it is suspended while the fixture sits
            if other != sitting and first is not None and last is not None and start <= first:
                paused += axis.worked(last, axis.common) - axis.worked(first, axis.common)
    return replace(sitting, started=start, ended=end, now=known.now, paused=paused)


def changes(before: Windows, after: Forecast) -> list[tuple[SessionId, int]]:
    """Sessions whose median start has moved since the last forecast, each with the minutes by which it is later."""
    moved = ((s, found.start.window[1] - before[s][1]) for s, found in after.sessions.items() if s in before)
    return [(session, minutes) for session, minutes in moved if abs(minutes) >= LEAST_CHANGE]


def show_at(scenario: Scenario, position: int) -> str:
    """A reported time: ``Tuesday 17:40``, with its date where a weekday occurs twice in the series."""
    axis = scenario.calendar.axis
    slot = axis.slot_before(max(1, min(position, axis.total)))
    day, clock = on_its_day(slot.day, slot.end_at(min(position, axis.total)), ending=True)
    return f"{scenario.calendar.day_name(day)} {show_clock(clock)}"
