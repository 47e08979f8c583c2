"""Doubts about when people are there: what ``present`` and ``absent`` say of the same minutes of the meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from scheduler.domain.calendar import Axis
from scheduler.domain.clock import show_day, show_hours
from scheduler.domain.persons import Entry, Officer, key_of
from scheduler.domain.spans import Span, joined
from scheduler.domain.when import Period
from scheduler.reading.diagnostics import Loc
from scheduler.scenario import Scenario
from scheduler.wording import shortened

_Minutes: TypeAlias = Mapping[int, tuple[Span, ...]]
"""By the number of a slot the minutes of it that are meant, in stretches."""
_MOST_STRETCHES = 3
"""Stretches of time that a message names."""


def presence_doubts(scenario: Scenario) -> Iterator[tuple[Loc, str, str]]:
    """Where, what and the remedy: contradictions, overlaps, and what says nothing beside the rest."""
    axis = scenario.calendar.axis
    for loc, entry in scenario.entries():
        if isinstance(entry, Officer) and entry.vacant:
            continue
        of_one = scenario.persons.entries.get(scenario.persons.person(key_of(entry)), [entry])
        yield from _of_present(axis, loc, entry, of_one)
        yield from _of_absent(axis, loc, entry, of_one)
        for key, periods in (("absent", entry.absent), ("present", entry.present)):
            yield from _said_twice(axis, (*loc, key), periods)


def _of_present(axis: Axis, loc: Loc, entry: Entry, of_one: Sequence[Entry]) -> Iterator[tuple[Loc, str, str]]:
    """Times that absences take away whole; a part of a longer stay that is left out is in order."""
    away = _minutes(axis, [period for each in of_one for period in each.absent])
    for number, period in enumerate(entry.present):
        mine = _minutes(axis, [period])
        if mine and _shared(mine, away) == mine:
            message = f"{period.spoken} stands in absent too: they are not there then"
            yield (*loc, "present", number), message, "leave one of the two out"


def _of_absent(axis: Axis, loc: Loc, entry: Entry, of_one: Sequence[Entry]) -> Iterator[tuple[Loc, str, str]]:
    """Absences at times at which ``present`` says already that they are not there."""
    for each in of_one:
        here = _minutes(axis, each.present)
        stays = [_minutes(axis, [period]) for period in each.present]
        for number, period in enumerate(entry.absent if each.present else ()):
            mine = _minutes(axis, [period])
            both, place = _shared(mine, here), (*loc, "absent", number)
            if mine and not both:
                message = f"present says already that they are not there {period.spoken}: this says nothing"
                yield place, message, "leave it out, or correct one of the two"
            elif both != mine and not any(stay and _shared(stay, mine) == stay for stay in stays):
                named = [f"{show_day(axis.slots[n].day)}, {show_hours(*span)}" for n in both for span in both[n]]
                when = shortened(named, _MOST_STRETCHES)
                message = f"only a part of this lies within present ({when}); for the rest they are not there anyway"
                yield place, message, "write in absent what lies within present, or correct one of the two"


def _said_twice(axis: Axis, loc: Loc, periods: Sequence[Period]) -> Iterator[tuple[Loc, str, str]]:
    for number, period in enumerate(periods):
        mine = _minutes(axis, [period])
        for before in periods[:number]:
            earlier = _minutes(axis, [before])
            both = _shared(mine, earlier)
            if mine and both in (mine, earlier):
                inner, outer = (period, before) if both == mine else (before, period)
                yield (
                    (*loc, number),
                    f"what lies {inner.spoken} is named {outer.spoken} too",
                    "leave one of the two out",
                )
                break


def _minutes(axis: Axis, periods: Sequence[Period]) -> _Minutes:
    found = {}
    for slot in axis.slots:
        spans = joined(
            (max(first, start), min(last, end))
            for period in periods
            for first, last in period.spans(slot.day)
            for start, end in slot.stretches
            if first < end and start < last
        )
        if spans:
            found[slot.index] = spans
    return found


def _shared(one: _Minutes, other: _Minutes) -> _Minutes:
    found = {}
    for index in one.keys() & other.keys():
        spans = joined((max(a, c), min(b, d)) for a, b in one[index] for c, d in other[index] if a < d and c < b)
        if spans:
            found[index] = spans
    return dict(sorted(found.items()))
