"""Lengths in half-days and slots, ``2 half-days``, turned into minutes before a scenario is read.

They may stand wherever the length of a session stands. Each means the same minutes wherever the session may stand, by
the calendar and what is reserved in it, or it is refused. Only a scenario that holds such a text imports this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pydantic import ValidationError

from scheduler.domain.base import trusted
from scheduler.domain.calendar import Calendar, Slot
from scheduler.domain.clock import show_day, show_minutes
from scheduler.domain.duration import Exactly, in_half_days_or_slots
from scheduler.domain.half_days import HalfDay, half_days
from scheduler.reading.whole_scenario import Mistake
from scheduler.scenario import entries
from scheduler.wording import counted, quoted

Unit: TypeAlias = Literal["half-day", "slot"]
_WRITTEN = re.compile(r"([0-9]{1,3})(?:([.,])([0-9]{1,2}))?\s*(?:(half[- ]days?)|slots?)", re.IGNORECASE)
_SOME_LENGTH = trusted(Exactly, minutes=60)
"""Stands in place of a length that is refused, so that the rest of the scenario is read all the same."""


class _NoLengthError(Exception):
    """A text that has no minutes; its message says why."""


def written_out(data: Any) -> list[Mistake]:
    """Replace such lengths in plain data, a copy of one's own, by minutes; those that have none are told.

    Of a calendar that cannot be read nothing is told here.
    """
    found: list[Mistake] = []
    bodies = [body for body in entries(data, "bodies") if isinstance(body, dict)]
    above = {str(body.get("id")): str(body.get("parent")) for body in bodies}
    calendar = _calendar(data)
    for at, body in enumerate(entries(data, "bodies")):
        for number, session in enumerate(entries(body, "sessions")):
            parts = list(_parts(session))
            for holder, key, way in parts:
                try:
                    halves, unit = _read(holder[key])
                    if calendar is not None:
                        open_to = _open(calendar, str(session.get("id")), str(body.get("id")), above)
                        holder[key] = open_to.minutes(halves, unit, holder[key])
                except _NoLengthError as error:
                    found.append((("bodies", at, "sessions", number, *way), str(error), ""))
            if any(isinstance(holder[key], str) for holder, key, _ in parts):
                session["duration"] = _SOME_LENGTH
    return found


def _parts(session: Any) -> Iterator[tuple[dict[str, Any], str, tuple[str, ...]]]:
    """The lengths of a session that are in half-days or slots: what holds each, under which key, and the way to it."""
    duration = session.get("duration") if isinstance(session, dict) else None
    if in_half_days_or_slots(duration):
        yield session, "duration", ("duration",)
    elif isinstance(duration, dict):
        for key in ("low", "likely", "high"):
            if in_half_days_or_slots(duration.get(key)):
                yield duration, key, ("duration", key)


def _read(text: str) -> tuple[int, Unit]:
    """Twice the number, which may end in a half, and the unit."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise _NoLengthError(
            f"{quoted(text)} is no length: write 1 half-day, 1.5 half-days or 2 slots; or hours, as 3h"
        )
    unit: Unit = "half-day" if match[4] else "slot"
    if match[2] == ",":
        raise _NoLengthError(f"{quoted(text)} has a comma: write {match[1]}.{match[3]} {unit}s")
    halves = {"": 0, "0": 0, "5": 1}.get((match[3] or "").rstrip("0"))
    if halves is None:
        raise _NoLengthError(f"{quoted(text)}: {unit}s are counted in halves, as in 1.5 {unit}s; write hours")
    if not int(match[1]) and not halves:
        raise _NoLengthError(f"{quoted(text)} is no time at all: a session takes at least a minute")
    return 2 * int(match[1]) + halves, unit


def _calendar(data: Any) -> Calendar | None:
    try:
        return Calendar.model_validate(data["calendar"])
    except (ValidationError, KeyError, TypeError):
        return None


def _open(calendar: Calendar, session: str, body: str, above: Mapping[str, str]) -> _Open:
    """What is open to a session, by the names for which its slots may be reserved."""
    names, each = {session}, body
    while each not in names and each in above:
        names.add(each)
        each = above[each]
    slots = [slot for slot in calendar.axis.slots if not slot.reserved_for or slot.reserved_for & names]
    own = any(session in slot.reserved_for for slot in calendar.axis.slots)
    return _Open(session if own else body, slots, calendar.dated)


@dataclass(frozen=True)
class _Open:
    """The slots open to somebody, and whether days are told with their dates."""

    who: str
    slots: Sequence[Slot]
    dated: bool

    def minutes(self, halves: int, unit: Unit, text: str) -> int:
        """How long a number of halves of a unit lasts, wherever they begin.

        Raises:
            _NoLengthError: they last longer in one place than in another, or there are fewer.
        """
        pieces = half_days(self.slots) if unit == "half-day" else [HalfDay((slot,)) for slot in self.slots]
        places = _places([piece.minutes for piece in pieces], halves)
        if not places:
            there = (
                f"only {counted(len(pieces), unit)} {'is' if len(pieces) == 1 else 'are'}"
                if pieces
                else f"no {unit} is"
            )
            raise _NoLengthError(f"{quoted(text)}: {there} open to {quoted(self.who)}; write less, or add days")
        if any(place.doubled % 2 for place in places):
            raise _NoLengthError(f"{quoted(text)} is no whole number of minutes: write hours, as in 1h30")
        first, *others = places
        if other := next((place for place in others if place.doubled != first.doubled), None):
            said, are, begins = (f"a {unit}", "is", "on") if halves == 2 else (text, "are", "from")
            told = [
                f"{show_minutes(place.doubled // 2)} {begins} {'the middle of ' * place.inside}"
                f"{self._name(pieces, pieces[place.first])}"
                for place in (first, other)
            ]
            raise _NoLengthError(f"{said} open to {quoted(self.who)} {are} {' and '.join(told)}: write hours")
        return first.doubled // 2

    def _name(self, pieces: Sequence[HalfDay], piece: HalfDay) -> str:
        """``Tuesday morning``; with the hours where that could be another one of them."""
        alike = [each for each in pieces if (each.day, each.word) == (piece.day, piece.word)]
        return f"{show_day(piece.day, dated=self.dated)} {piece.word if len(alike) == 1 else piece.hours}"


@dataclass(frozen=True)
class _Place:
    """Where a length of several units in a row can begin, and what it lasts there."""

    doubled: int
    """Twice its minutes."""
    first: int
    """The unit in which it begins."""
    inside: bool
    """Whether it begins in the middle of that unit, and fills the last one."""


def _places(lengths: Sequence[int], halves: int) -> list[_Place]:
    """Every place for a number of halves in a row, in order; ``lengths`` are the minutes of each unit.

    What ends in a half fills half of the last unit or, where it begins in the middle, half of the first.
    """
    span, found = (halves + 1) // 2, []
    for first in range(len(lengths) - span + 1):
        doubled = [2 * minutes for minutes in lengths[first : first + span]]
        found.append(_Place(sum(doubled) - halves % 2 * doubled[-1] // 2, first, inside=False))
        if halves % 2 and span > 1:
            found.append(_Place(sum(doubled) - doubled[0] // 2, first, inside=True))
    return found
