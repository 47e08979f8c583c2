"""What is reported on the day: read from the command line, and kept in a small file beside the timetable.

Reports are kept one after another; the last can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from scheduler.domain.clock import DAY_MINUTES, parse_clock, show_moment
from scheduler.domain.moment import PointOfCalendar, parse_moment
from scheduler.errors import InputError
from scheduler.reading.diagnostics import printable
from scheduler.reading.files import REPORTS, MissingError
from scheduler.reading.strictjson import read_object
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean


def _as_moment(text: str) -> str:
    parse_moment(text)
    return text


_Moment = Annotated[str, AfterValidator(_as_moment)]
_Position = Annotated[int, Field(strict=True, ge=0, le=10**7)]
Windows = Mapping[str, tuple[_Position, _Position, _Position]]
"""The 10th, 50th and 90th percentile of the start of each session, as positions."""
LONGEST_CLOCK = 5
"""Characters of a time without a day: ``11:20``."""


@dataclass(frozen=True)
class DayReport:
    """What was reported at one time; positions on the working-time axis."""

    at: _Moment
    """As it was written: ``2025-02-26 11:40``."""
    now: _Position
    done: Mapping[str, _Position] = field(default_factory=dict)
    """Where each session ended."""
    running: Mapping[str, _Position | None] = field(default_factory=dict)
    """Where each running session started; None: when the one before it ended."""
    windows: Windows = field(default_factory=dict)
    """The start windows that were forecast from it."""


@dataclass(frozen=True)
class ReportsFile:
    """The state file; its fields are the keys of the document."""

    format: Literal["treaty-schedule/now"]
    version: Literal[1]
    timetable_sha256: str
    reports: list[DayReport]


def read_report(
    scenario: Scenario, at: str, done: Sequence[str], running: Sequence[str]
) -> tuple[DayReport, tuple[str, ...]]:
    """A report from the words of the command line: ``cei``, ``nip@11:20``, ``nip@2025-02-25 17:40``.

    Returns:
        The report and, for each time without a day, which day it was taken for.

    Raises:
        InputError: an unknown session, no time, a day outside the series, or two times for one session.
    """
    nights = {slot.day + timedelta(days=1) for slot in scenario.calendar.axis.slots if slot.closes > DAY_MINUTES}
    context = {"dates": sorted({*scenario.calendar.dates, *nights})}
    with _mistakes_of("--at"):
        present = parse_moment(at, context)
        now = _position(scenario, present)
    ended: dict[str, int] = {}
    begun: dict[str, int | None] = {}
    taken = []
    for option, texts in (("--done", done), ("--running", running)):
        for text in texts:
            with _mistakes_of(f"{option} {text[:80]}"):
                name, _, time = (part.strip() for part in text.partition("@"))
                session, position = _session(scenario, name), None
                if not time and option == "--done":
                    raise ValueError(f"when did it end? Write {session}@11:20")
                if time:
                    dated = len(time) > LONGEST_CLOCK
                    then = parse_moment(time, context) if dated else replace(present, clock=parse_clock(time))
                    position = _position(scenario, then)
                    if not dated:
                        taken.append(printable(f"{text[:80]} is taken for {_in_full(scenario, then)}"))
                known = begun | ended
                if session in known and (known[session] != position or (option == "--running" and session in ended)):
                    raise ValueError(f"{session} is named twice: leave one of them out")
            if option == "--running":
                begun[session] = position
            elif position is not None:
                ended[session] = position
    return DayReport(at, now, ended, begun), tuple(taken)


@contextmanager
def _mistakes_of(words: str) -> Iterator[None]:
    """Say to which words of the command line a mistake belongs."""
    try:
        yield
    except ValueError as error:
        raise InputError(printable(f"{words}: {error}")) from None


def _session(scenario: Scenario, name: str) -> str:
    """The one session that a name means: a session or, whatever its capital letters, a session or a body."""
    if name in scenario.sessions:
        return name
    for known in (scenario.sessions, scenario.body):
        if same := [each for each in known if each.casefold() == name.casefold()]:
            found = scenario.work(*same)
            if len(found) != 1:
                raise ValueError(f"'{name[:60]}' is no single session: it has several: {', '.join(found)}")
            return found[0]
    raise ValueError(f"there is no session '{name[:60]}': {did_you_mean(name, [*scenario.sessions, *scenario.body])}")


def _position(scenario: Scenario, moment: PointOfCalendar) -> int:
    if unclear := moment.unclear(scenario.calendar):
        raise ValueError(unclear)
    position = moment.position(scenario.calendar)
    if position is None:
        raise ValueError(f"nobody meets on {moment.day}: name a day with slots")
    return position


def _in_full(scenario: Scenario, moment: PointOfCalendar) -> str:
    """``Wednesday 26 February at 11:20``; where several days are meant the last, as for the position."""
    slots = scenario.calendar.axis.slots
    last = max((slots[index].day for index in moment.day.slots(scenario.calendar)), default=moment.day.day)
    return str(moment) if last is None else show_moment(last, moment.clock)


def state_path(timetable: str) -> Path:
    """Where reports on a timetable are kept: ``csp11.now.json`` beside ``csp11.json``."""
    path = Path(timetable)
    return path.with_name(f"{path.stem}.now.json")


def load_state(path: Path, sha256: Collection[str], sessions: Collection[str]) -> list[DayReport]:
    """All reports so far on the timetable that has any of these digests; none where the file does not exist.

    Raises:
        InputError: the file is damaged, belongs to another timetable, or reports on what is none of its ``sessions``.
    """
    try:
        data, _ = read_object(path, REPORTS)
        state = TypeAdapter(ReportsFile).validate_python(data)
    except MissingError:
        return []
    except ValidationError:
        state = None
    keys = {each.name for each in fields(DayReport)}  # all are written, though a report in Python may leave some out
    if state is None or any(keys.difference(report) for report in data["reports"]):
        raise InputError(f"{path}: this is no {REPORTS.noun}: {REPORTS.remedy}")
    if state.timetable_sha256 not in sha256:
        raise InputError(f"{path}: these reports are on another timetable: name another file with --state")
    strange = {name for each in state.reports for name in (*each.done, *each.running)}.difference(sessions)
    if strange:
        raise InputError(printable(f"{path}: no session is called '{min(strange)[:60]}': {REPORTS.remedy}"))
    return state.reports


def state_bytes(reports: Sequence[DayReport], sha256: str) -> bytes:
    """The state file."""
    document = asdict(ReportsFile("treaty-schedule/now", 1, sha256, list(reports)))
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
