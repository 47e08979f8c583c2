"""A schedule of another program as a scenario: YAML that a person can read, and its timetable as CSV.

A track becomes a body, a talk a session, a speaker a presenter. The slots are the hours in which anything is held, with
pauses of less than half an hour. What the schedule does not say is left out, or made up and named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from math import gcd

from exports.csv_text import as_csv
from exports.ids import slug, slugs
from exports.systems.talks import SIDE_EVENT, Hours, Schedule, Talk
from exports.yaml_text import comment, quote
from scheduler.domain.clock import DAY_MINUTES, show_clock, write_minutes
from scheduler.domain.titles import escaped
from scheduler.errors import InputError
from scheduler.reading.diagnostics import ScenarioError, printable
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.wording import counted, listed

SHORT_PAUSE = 30
"""Pauses of fewer minutes are part of a slot."""
MADE_UP_LENGTH = 30
"""Minutes of a talk whose length is not known."""
MADE_UP_DAY = date(2030, 1, 7)
"""The first day where no talk has a date: a Monday."""
MADE_UP_SLOTS = ((9 * 60, 12 * 60 + 30), (14 * 60, 17 * 60 + 30))
NO_TRACK = "Programme"
"""What the body is called of talks without a track."""
COLUMNS = ("date", "start", "end", "session", "room")
_Slot = tuple[date, int, int]


@dataclass(frozen=True)
class ImportedScenario:
    """The scenario of a schedule that was read from the file ``source``."""

    schedule: Schedule
    source: str

    @property
    def name(self) -> str:
        """The name of the scenario and its files."""
        return slug(self.schedule.name, lower=False)

    @cached_property
    def talks(self) -> list[Talk]:
        """What becomes sessions."""
        return [talk for talk in self.schedule.talks if talk.kind != SIDE_EVENT]

    @cached_property
    def tracks(self) -> dict[str, str]:
        """The id of the body of each track, in order of their talks."""
        names = list(dict.fromkeys(talk.track for talk in self.talks))
        return dict(zip(names, slugs((name or NO_TRACK for name in names), lower=False), strict=True))

    @cached_property
    def rooms(self) -> dict[str, str]:
        """Ids of the rooms, by name."""
        names = list(self.schedule.rooms)
        return dict(zip(names, slugs(names), strict=True))

    @cached_property
    def sessions(self) -> list[str]:
        """Ids of the sessions: as this program has written them, or else made of their titles."""
        keys = [talk.key for talk in self.talks]
        if all(keys) and len(set(keys)) == len(keys) and not set(keys) & set(self.tracks.values()):
            return keys
        return slugs((talk.title for talk in self.talks), self.tracks.values())

    def _length(self, talk: Talk) -> int:
        return talk.minutes or MADE_UP_LENGTH

    # --- calendar --------------------------------------------------------------------------------------------

    @cached_property
    def held(self) -> list[Hours]:
        """All hours of all sessions, in order of time."""
        found = (hours for talk in self.talks for hours in talk.held)
        return sorted(found, key=lambda hours: (hours.day, hours.start, hours.room))

    @cached_property
    def slots(self) -> list[_Slot]:
        """Day, opening and closing of each slot; they may close on the next day."""
        if not self.held:
            return self._made_up_slots()
        runs: list[tuple[int, int]] = []
        for hours in self.held:
            begins = hours.day.toordinal() * DAY_MINUTES + hours.start
            ends = begins + hours.minutes
            if runs and begins < runs[-1][1] + SHORT_PAUSE:
                runs[-1] = runs[-1][0], max(runs[-1][1], ends)
            else:
                runs.append((begins, ends))
        split = (
            (date.fromordinal(begins // DAY_MINUTES), begins % DAY_MINUTES, ends - begins) for begins, ends in runs
        )
        return [(day, opens, opens + minutes) for day, opens, minutes in split]

    def _made_up_slots(self) -> list[_Slot]:
        """Working days on which every session finds a place, however they are put into slots."""
        longest = max(map(self._length, self.talks))
        hours: tuple[tuple[int, int], ...] = MADE_UP_SLOTS
        if longest > min(closes - opens for opens, closes in hours):
            hours = ((9 * 60, 9 * 60 + max(longest, 8 * 60)),)
        left = sum(map(self._length, self.talks))
        found: list[_Slot] = []
        day = MADE_UP_DAY
        while left > 0:
            if day.weekday() < 5:
                for opens, closes in hours:
                    found.append((day, opens, closes))
                    left -= max(closes - opens - longest + 1, longest) * max(1, len(self.rooms))
            day += timedelta(days=1)
        return found

    @cached_property
    def grain(self) -> int:
        """The step on which everything starts, in minutes."""
        opens = [(day.toordinal() * DAY_MINUTES + first, last - first) for day, first, last in self.slots]
        starts = [hours.day.toordinal() * DAY_MINUTES + hours.start for hours in self.held]
        behind = [start - max(first for first, _ in opens if first <= start) for start in starts]
        lengths = [hours.minutes for hours in self.held]
        return gcd(*(length for _, length in opens), *behind, *lengths, *map(self._length, self.talks))

    # --- what is told ----------------------------------------------------------------------------------------

    @cached_property
    def notes(self) -> list[str]:
        """What was left out, understood otherwise or made up, a sentence each."""
        schedule = self.schedule
        found = [*schedule.notes]
        if schedule.left_out:
            said = [f"{name} ({number})" for name, number in schedule.left_out.most_common()]
            found.append(f"left out, because a scenario has no place for it: {', '.join(said)}")
        if unknown := sum(talk.minutes is None for talk in self.talks):
            lengths = f"the lengths of {counted(unknown, 'session')}"
            found.append(f"made up, because the file does not say it: {lengths}, {write_minutes(MADE_UP_LENGTH)} each")
        if not self.held:
            found.append("made up, because the file does not say it: days and hours")
        elif unplaced := sum(not talk.held for talk in self.talks):
            found.append(f"{counted(unplaced, 'session')} without hours: not in the timetable")
        assumed = listed([name for name, _ in self._assumed()]) if self._assumed() else "none"
        silent = "who is admitted, who holds a post, who is away and which rules hold"
        return [*found, f"not said in the file, and left out: {silent}; rules that are assumed: {assumed}"]

    # --- what is written -------------------------------------------------------------------------------------

    def yaml(self) -> bytes:
        """The scenario.

        Raises:
            InputError: a scenario cannot hold this schedule, and why.
        """
        lines = [
            *self._head(),
            *self._calendar(),
            *self._rooms(),
            *self._bodies(),
            *self._side_events(),
            *self._rules(),
        ]
        data = ("\n".join(lines) + "\n").encode()
        try:
            from_document(parse_document(data, f"{self.name}.yaml"))
        except ScenarioError as error:
            first = next(each for each in error.diagnostics if each.severity.name == "ERROR")
            what = f"{first.path}: {first.message}" if first.path else first.message
            raise InputError(printable(f"{self.source}: no scenario can hold this schedule: {what}")) from None
        return data

    def timetable(self) -> bytes | None:
        """When and where everything is held, as a table that ``schedule check`` takes; None where it is not said."""
        rows = [
            [hours.day.isoformat(), show_clock(hours.start), _clock(hours.start + hours.minutes), session,
             self.rooms.get(hours.room, "")]
            for session, talk in zip(self.sessions, self.talks, strict=True) for hours in talk.held
        ]  # fmt: skip
        return as_csv([COLUMNS, *sorted(rows)]) if rows else None

    def _head(self) -> Iterator[str]:
        yield f"# Imported from {comment(self.source)}."
        yield from (f"# {comment(note)}" for note in self.notes)
        yield ""
        yield f"name: {quote(self.name)}"
        yield "meeting:"
        yield f"  series: {quote(escaped(self.schedule.title))}"
        yield f"  annex_title: {quote(escaped(self.schedule.title))}"
        if self.schedule.zone:
            yield f"  time_zone: {self.schedule.zone}"
        yield f"  source: {quote(comment(self.source))}"

    def _calendar(self) -> Iterator[str]:
        yield ""
        yield "calendar:"
        yield f"  grain: {write_minutes(self.grain)}"
        yield "  days:"
        for day, slots in groupby(self.slots, key=lambda slot: slot[0]):
            hours = ", ".join(f"{show_clock(opens)}-{_clock(closes)}" for _, opens, closes in slots)
            yield f"    - {{date: {day}, slots: [{hours}]}}"

    def _rooms(self) -> Iterator[str]:
        if self.rooms:
            yield ""
            yield "rooms:"
        for name, room in self.rooms.items():
            seats = self.schedule.rooms[name]
            yield f"  - {{id: {quote(room)}, name: {quote(name)}{f', capacity: {seats}' if seats else ''}}}"

    def _bodies(self) -> Iterator[str]:
        yield ""
        yield "bodies:"
        for track, body in self.tracks.items():
            yield f"  - id: {quote(body)}"
            yield f"    label: {quote(track or NO_TRACK)}"
            yield "    style: agenda"
            yield "    starts: anywhere"
            yield "    sessions:"
            mine = [pair for pair in zip(self.sessions, self.talks, strict=True) if pair[1].track == track]
            for session, talk in mine:
                alone = len(mine) == 1 and talk.title == track
                title = "" if alone else f", title: {quote(talk.title)}"
                people = ", ".join(map(quote, talk.people))
                speakers = f", presenters: [{people}]" if people else ""
                elsewhere = len({hours.room for hours in talk.held}) > 1
                changes = ", room_may_change: {price: 0}" if elsewhere else ""
                unknown = "  # made up" if talk.minutes is None else ""
                length = write_minutes(self._length(talk))
                yield f"      - {{id: {quote(session)}{title}, duration: {length}{speakers}{changes}}}{unknown}"

    def _side_events(self) -> Iterator[str]:
        events = [talk for talk in self.schedule.talks if talk.kind == SIDE_EVENT]
        if events:
            yield ""
            yield "side_events:"
        for event in events:
            (hours,) = event.held
            people = f", speakers: [{', '.join(map(quote, event.people))}]" if event.people else ""
            room = f", room: {quote(hours.room)}" if hours.room else ""
            times = f"{show_clock(hours.start)}-{_clock(hours.start + hours.minutes)}"
            yield f"  - {{day: {hours.day}, title: {quote(event.title)}, hours: {times}{room}{people}}}"

    def _assumed(self) -> list[tuple[str, str]]:
        """Rules that hold at every conference, each with its settings."""
        found = []
        whole = [session for session, talk in zip(self.sessions, self.talks, strict=True) if len(talk.held) < 2]
        if whole:
            names = "" if len(whole) == len(self.talks) else f", of: [{', '.join(map(quote, whole))}]"
            found.append(("within_slot", names))
        if any(talk.people for talk in self.talks):
            found.append(("presenters_apart", ", level: minute"))
        return found

    def _rules(self) -> Iterator[str]:
        if self._assumed():
            yield ""
            yield "rules:"
        for name, settings in self._assumed():
            yield f"  - {{rule: {name}{settings}, source: assumed by the import}}"


def _clock(minutes: int) -> str:
    """A time of day, of what may end on the next day."""
    return show_clock(minutes if minutes <= DAY_MINUTES else minutes - DAY_MINUTES)
