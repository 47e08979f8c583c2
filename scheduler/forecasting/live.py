"""On the day: what has happened is fixed, the rest is forecast anew.

Reports are kept in a small file beside the timetable, one after another; the last can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from scheduler.domain.base import SessionId
from scheduler.domain.clock import parse_clock, show_clock, show_moment
from scheduler.domain.moment import PointOfCalendar, parse_moment
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError
from scheduler.forecasting.tracks import RoomTrack, Sitting, tracks_of
from scheduler.forecasting.windows import Forecast, forecast_of_tracks
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import REPORTS, MissingError
from scheduler.reading.strictjson import read_object
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean

FORMAT = "treaty-schedule/now"
VERSION = 1
LEAST_CHANGE = 5
"""Minutes by which a start must move to be told."""

Windows = dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class DayReport:
    """What was reported at one time; positions on the working-time axis."""

    at: str
    """As it was written: ``2025-02-26 11:40``."""
    now: int
    done: Mapping[str, int] = field(default_factory=dict)
    """Where each session ended."""
    running: Mapping[str, int | None] = field(default_factory=dict)
    """Where each session that sits started; None: when the one before it ended."""
    windows: Windows = field(default_factory=dict)
    """The start windows that were forecast from it."""
    taken: tuple[str, ...] = field(default=(), compare=False)
    """For each time that was written without a day, which day it was taken for; not stored."""


@dataclass(frozen=True)
class Known:
    """All that has happened so far."""

    now: int = 0
    starts: Mapping[str, int] = field(default_factory=dict)
    ends: Mapping[str, int] = field(default_factory=dict)

    def running(self) -> list[str]:
        """Sessions that have started and not ended."""
        return [session for session in self.starts if session not in self.ends]


# --- reading what is reported --------------------------------------------------------------------------------------


def read_report(scenario: Scenario, at: str, done: Sequence[str], running: Sequence[str]) -> DayReport:
    """A report from the words of the command line: ``cei``, ``nip@11:20``, ``nip@2025-02-25 17:40``.

    Raises:
        InputError: an unknown session, no time, a day outside the series, or two times for one session.
    """
    context = {"dates": list(scenario.calendar.dates)}
    try:
        moment = parse_moment(at, context)
    except ValueError as error:
        raise InputError(printable(f"--at: {error}")) from None
    if found := moment.unclear(scenario.calendar):
        raise InputError(printable(f"--at: {found}"))
    now, taken = _place(scenario, "--at", moment), []
    ended: dict[str, int] = {}
    begun: dict[str, int | None] = {}
    for option, texts in (("--done", done), ("--running", running)):
        for text in texts:
            session, time = _split(scenario, option, text)
            if time is None and option == "--done":
                raise InputError(printable(f"--done {text[:80]}: when did it end? Write {session}@11:20"))
            place = None if time is None else _position(scenario, option, text, time, moment, context)
            known: dict[str, int | None] = {**begun, **ended}
            if session in known and (known[session] != place or (option == "--running" and session in ended)):
                raise InputError(printable(f"{option} {text[:80]}: {session} is named twice: leave one of them out"))
            if time is not None and _bare(time):
                taken.append(f"{text[:80]} is taken for {show_moment(_day(scenario, moment), parse_clock(time))}")
            if option == "--running":
                begun[session] = place
            elif place is not None:
                ended[session] = place
    return DayReport(at, now, ended, begun, taken=tuple(map(printable, taken)))


def _split(scenario: Scenario, option: str, text: str) -> tuple[str, str | None]:
    name, _, time = text.partition("@")
    name = name.strip()
    found = _named(scenario, name)
    if len(found) != 1:
        hint = (
            f"it has several: {', '.join(found)}" if found else did_you_mean(name, [*scenario.sessions, *scenario.body])
        )
        what = f"'{name[:60]}' is no single session" if found else f"there is no session '{name[:60]}'"
        raise InputError(printable(f"{option} {text[:80]}: {what}: {hint}"))
    return found[0], time.strip() or None


def _named(scenario: Scenario, name: str) -> Sequence[str]:
    """The sessions of this id or, whatever its capital letters, of a session or a body of this id."""
    if name in scenario.sessions:
        return [name]
    for known in (scenario.sessions, scenario.body):
        same = [each for each in known if each.casefold() == name.casefold()]
        if same:
            return scenario.work(*same)
    return []


def _position(
    scenario: Scenario, option: str, text: str, time: str, at: PointOfCalendar, context: dict[str, Any]
) -> int:
    try:
        moment = PointOfCalendar(at.day, parse_clock(time)) if _bare(time) else parse_moment(time, context)
    except ValueError as error:
        raise InputError(printable(f"{option} {text[:80]}: {error}")) from None
    if found := moment.unclear(scenario.calendar):
        raise InputError(printable(f"{option} {text[:80]}: {found}"))
    return _place(scenario, f"{option} {text[:80]}", moment)


def _bare(time: str) -> bool:
    """Whether a time stands without a day: then it is of the day of ``--at``."""
    return len(time) <= 5


def _day(scenario: Scenario, moment: PointOfCalendar) -> date:
    """The day of a moment that has a place: where several are meant the last, as for its position."""
    slots = scenario.calendar.axis.slots
    return max(slots[index].day for index in moment.day.slots(scenario.calendar))


def _place(scenario: Scenario, option: str, moment: PointOfCalendar) -> int:
    position = moment.position(scenario.calendar)
    if position is None:
        raise InputError(printable(f"{option}: nobody meets on {moment.day}: name a day with slots"))
    return position


# --- what follows from all reports ---------------------------------------------------------------------------------


def known_from(scenario: Scenario, timetable: Timetable, reports: Sequence[DayReport]) -> Known:
    """What all reports say together.

    Raises:
        InputError: they contradict one another, tell of the future, or the time runs backwards.
    """
    now = 0
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    rooms = {str(p.session): p.room for p in timetable}
    tracks = tracks_of(scenario, timetable)
    for report in reports:
        if report.now < now:
            raise InputError(f"--at {report.at} is a time in the past: the last report is later; --undo takes it back")
        now = report.now
        _refuse_overtaking(tracks, report, starts, ends)
        for session, end in sorted(report.done.items(), key=lambda item: item[1]):
            if ends.get(session, end) != end:
                raise InputError(
                    f"{session} has been reported done at another time already: --undo takes that back "
                    f"(it ended on {show_at(scenario, ends[session])})"
                )
            if end > now:
                raise InputError(
                    f"--done {session}: it ends after {report.at}, on {show_at(scenario, end)}: nothing is reported "
                    f"ahead (a time without a day is of the day of --at; write the other day before it)"
                )
            starts.setdefault(session, _started(scenario, timetable, session, ends, end))
            if end < starts[session]:
                raise InputError(
                    f"--done {session}: it ends before it began: correct the time "
                    f"(it began on {show_at(scenario, starts[session])})"
                )
            ends[session] = end
        _refuse_two_at_once(scenario, tracks, report, starts, ends)
        for session, start in report.running.items():
            if session in ends:
                raise InputError(
                    f"--running {session}: it has been reported done: --undo takes that back "
                    f"(it ended on {show_at(scenario, ends[session])})"
                )
            if start is not None and start > now:
                raise InputError(f"--running {session}: it begins after the report of {report.at}")
            if start is not None and starts.get(session, start) != start:
                raise InputError(
                    f"{session} has been reported running since another time: --undo takes that back "
                    f"(it runs since {show_at(scenario, starts[session])})"
                )
            begun = _started(scenario, timetable, session, ends, now) if start is None else start
            starts.setdefault(session, begun)
            others = [s for s in starts if s not in ends and s != session and rooms.get(s) == rooms.get(session)]
            if others:
                raise InputError(
                    f"--running {session}: {others[0]} still runs there, since {show_at(scenario, starts[others[0]])}: "
                    f"add --done {others[0]}@TIME"
                )
            sat = [s for s in ends if rooms.get(s) == rooms.get(session) and starts[s] <= begun < ends[s]]
            if sat:
                raise InputError(
                    f"--running {session}: {sat[0]} sat there until {show_at(scenario, ends[sat[0]])}: correct the time"
                )
    return Known(now, starts, ends)


def _refuse_overtaking(
    tracks: Sequence[RoomTrack], report: DayReport, starts: Mapping[str, int], ends: Mapping[str, int]
) -> None:
    """Nothing ends while what the plan puts before it in its room is open.

    Unless it keeps its time come what may, the earlier one is to be taken up again later, or it was reported running
    before the earlier one had begun: then the order was changed on the day.

    Raises:
        InputError: with the session that is open, and what to report.
    """
    for track in tracks:
        for number, sitting in enumerate(track.sittings):
            if sitting.session not in report.done or sitting.session in ends or sitting.keeps_time:
                continue
            for earlier in track.sittings[:number]:
                over = earlier.session in ends or earlier.session in report.done
                overtaken = sitting.session in starts and earlier.session not in starts
                if not over and not overtaken and not earlier.carried:
                    raise InputError(
                        f"--done {sitting.session}: {earlier.session} comes before it and is still open: add "
                        f"--done {earlier.session}@TIME; if {sitting.session} was taken first, report it "
                        f"--running {sitting.session}@TIME before it is done"
                    )


def _refuse_two_at_once(
    scenario: Scenario,
    tracks: Sequence[RoomTrack],
    report: DayReport,
    starts: Mapping[str, int],
    ends: Mapping[str, int],
) -> None:
    """Nothing ends while another session runs in its room that began before that end.

    Unless it keeps its time come what may, or interrupts the other.

    Raises:
        InputError: with the session that runs, and what to report.
    """
    for track in tracks:
        running = [s for s in track.sessions if s in starts and s not in ends]
        for sitting in track.sittings:
            if sitting.session not in report.done or sitting.keeps_time:
                continue
            for other in running:
                if starts[other] < ends[sitting.session]:
                    since = show_at(scenario, starts[other])
                    raise InputError(
                        f"--done {sitting.session}: {other} has been reported running there since {since} and is still "
                        f"open: add --done {other}@TIME, or take that back with --undo"
                    )


def _started(scenario: Scenario, timetable: Timetable, session: str, ends: Mapping[str, int], latest: int) -> int:
    """Where a session must have started: when the last one of its room had ended or, waiting for it, at its time."""
    planned = timetable[SessionId(session)]
    before = [ends[s] for s in ends if timetable[SessionId(s)].room == planned.room]
    free = max(before, default=0)
    track = next(t for t in tracks_of(scenario, timetable) if session in t.sessions)
    sitting = track.sittings[track.sessions.index(SessionId(session))]
    start = max(free, sitting.waits_for or 0)
    start = scenario.calendar.axis.resume(start, sitting.own)
    return start if start <= latest else min(free, latest)


def forecast_from(scenario: Scenario, timetable: Timetable, known: Known) -> Forecast:
    """The forecast of what is left: what is done stands first, then what runs, then the rest in the planned order."""
    return forecast_of_tracks(scenario, timetable, live_tracks(scenario, timetable, known))


def live_tracks(scenario: Scenario, timetable: Timetable, known: Known) -> tuple[RoomTrack, ...]:
    """The tracks of a timetable with what has happened in them."""
    return tuple(_live(scenario, track, known) for track in tracks_of(scenario, timetable))


def _live(scenario: Scenario, track: RoomTrack, known: Known) -> RoomTrack:
    sittings = [_marked(scenario, track, sitting, known) for sitting in track.sittings]
    done = sorted((s for s in sittings if s.ended is not None), key=lambda s: (s.ended or 0, s.started or 0))
    running = [s for s in sittings if s.started is not None and s.ended is None]
    return RoomTrack(track.room, (*done, *running, *(s for s in sittings if s.started is None)))


def _marked(scenario: Scenario, track: RoomTrack, sitting: Sitting, known: Known) -> Sitting:
    start, end = known.starts.get(sitting.session), known.ends.get(sitting.session)
    paused = 0
    if start is not None and end is None:
        worked, axis = scenario.calendar.axis.worked, scenario.calendar.axis
        for other in track.sessions:
            first, last = known.starts.get(other), known.ends.get(other)
            if other != sitting.session and first is not None and last is not None and start <= first:
                paused += worked(last, axis.common) - worked(first, axis.common)
    return replace(sitting, started=start, ended=end, now=known.now, paused=paused)


def changes(before: Windows, after: Forecast, least: int = LEAST_CHANGE) -> list[tuple[SessionId, int]]:
    """Sessions whose median start has moved by at least so many minutes since the last forecast, and by how many."""
    moved = []
    for session, found in after.sessions.items():
        if session in before:
            minutes = found.start.window[1] - before[session][1]
            if abs(minutes) >= least:
                moved.append((session, minutes))
    return moved


def show_at(scenario: Scenario, position: int) -> str:
    """A reported time: ``Tuesday 17:40``, with its date where a weekday occurs twice in the series."""
    axis = scenario.calendar.axis
    slot = axis.slot_before(max(1, min(position, axis.total)))
    clock = show_clock(slot.opens + min(position, axis.total) - slot.begins)
    return f"{scenario.calendar.day_name(slot.day)} {clock}"


# --- the state file ------------------------------------------------------------------------------------------------


def state_path(timetable: str) -> Path:
    """Where reports on a timetable are kept: ``csp11.now.json`` beside ``csp11.json``."""
    path = Path(timetable)
    return path.with_name(f"{path.stem}.now.json")


def load_state(path: Path, sha256: Collection[str]) -> list[DayReport]:
    """All reports so far on the timetable that has any of these digests; none where the file does not exist.

    Raises:
        InputError: the file is damaged or belongs to another timetable.
    """
    try:
        data, _ = read_object(path, REPORTS)
    except MissingError:
        return []
    try:
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise ValueError
        if data["timetable_sha256"] not in sha256:
            raise InputError(f"{path}: these reports are on another timetable: name another file with --state")
        return [
            DayReport(
                str(entry["at"]),
                int(entry["now"]),
                {str(s): int(p) for s, p in entry["done"].items()},
                {str(s): None if p is None else int(p) for s, p in entry["running"].items()},
                {str(s): (int(w[0]), int(w[1]), int(w[2])) for s, w in entry["windows"].items()},
            )
            for entry in data["reports"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise InputError(f"{path}: this is no {REPORTS.noun}: {REPORTS.remedy}") from None


def state_bytes(reports: Sequence[DayReport], sha256: str) -> bytes:
    """The state file."""
    entries = [
        {
            "at": report.at,
            "now": report.now,
            "done": dict(report.done),
            "running": dict(report.running),
            "windows": {session: list(window) for session, window in report.windows.items()},
        }
        for report in reports
    ]
    document = {"format": FORMAT, "version": VERSION, "timetable_sha256": sha256, "reports": entries}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
