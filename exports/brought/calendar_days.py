"""Finds the days of a scenario that a table means, those of last year's annex too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from exports.brought.days import WrittenDay, wrong_weekday
from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import WEEKDAYS, show_date, weekday
from scheduler.wording import listed, quoted

MOST_DAYS_NAMED = 10


@dataclass(slots=True)
class Days:
    """The date of each day that is written, or what is wrong with it."""

    dates: dict[WrittenDay, date] = field(default_factory=dict)
    wrong: dict[WrittenDay, str] = field(default_factory=dict)
    note: str = ""
    """That the dates of another year are taken for those of the scenario."""
    strange: str = ""
    """That no day is one of the scenario, and cannot be taken for one."""


def settled(calendar: Calendar, written: Iterable[WrittenDay], heads: Sequence[WrittenDay] = ()) -> Days:
    """The dates of the days that are ``written``; ``heads`` are further ones on which nobody need meet."""
    found, days = Days(), list(dict.fromkeys(written))
    fits = {day: _fitting(calendar, day) for day in days}
    if days and not any(fits.values()) and all(day.dates for day in days):
        return _of_another_year(calendar, days, heads)
    for day, meant in fits.items():
        if len(meant) == 1:
            found.dates[day] = meant[0]
        elif meant:
            shown = listed([f"{weekday(each)} {show_date(each)}" for each in meant], "or")
            found.wrong[day] = f"{quoted(day.text)} may be {shown}: write the date, as in {meant[0].isoformat()}"
        elif day.day is not None:
            found.dates[day] = day.day
        else:
            found.wrong[day] = _why_not(calendar, day)
    return found


def _fitting(calendar: Calendar, day: WrittenDay) -> list[date]:
    """The days of the series that may be meant."""
    known = calendar.dates
    return [each for each in day.days(known) if each in known and day.weekday in (None, each.weekday())]


def _why_not(calendar: Calendar, day: WrittenDay) -> str:
    same = [each for each in day.days(calendar.dates) if each in calendar.dates]
    if same and day.weekday is not None:
        return wrong_weekday(same[0], WEEKDAYS[day.weekday])
    readings = day.days(())
    if len(readings) > 1:
        shown = listed([show_date(each, year=True) for each in readings], "or")
        return f"{quoted(day.text)} may be {shown}: write {readings[0].isoformat()} or {readings[1].isoformat()}"
    return f"{quoted(day.text)} is no day of this series: {_named(calendar.dates)}"


def _of_another_year(calendar: Calendar, days: Sequence[WrittenDay], heads: Sequence[WrittenDay]) -> Days:
    """Days of another year, recognised where number and weekdays are those of the series, in order."""
    for written in (_in_order([*days, *heads]), _in_order(days)):
        pattern = [_weekday(day) for day in written]
        for own in (calendar.dates, calendar.axis.days):
            if pattern == [day.weekday() for day in own]:
                pairs = list(zip(written, own, strict=True))
                dates = {day: each for there, each in pairs for day in (*days, *heads) if _key(day) == _key(there)}
                shown = listed([f"{_shown(day)} for {show_date(each, year=True)}" for day, each in pairs])
                note = f"its days are of another year, and are taken by number and weekday: {shown}"
                return Days(dates, note=note)
    found = [_shown(day) for day in _in_order(days)]
    named = ", ".join(found[:MOST_DAYS_NAMED]) + (", ..." if len(found) > MOST_DAYS_NAMED else "")
    strange = (
        f"its days are {named}, and this scenario has none of them: {_named(calendar.dates)}; days of another year "
        "are recognised only where all their weekdays agree: write the days of this scenario"
    )
    return Days(strange=strange)


def _in_order(days: Iterable[WrittenDay]) -> list[WrittenDay]:
    """Each day once, in order; of those alike the one whose year is written."""
    found: dict[tuple[int, int], WrittenDay] = {}
    for day in days:
        key = _key(day)
        if key not in found or found[key].day is None:
            found[key] = day
    whole = all(day.day is not None for day in found.values())
    return sorted(
        found.values(), key=lambda day: (day.day or date.min, *_key(day)) if whole else (date.min, *_key(day))
    )


def _key(day: WrittenDay) -> tuple[int, int]:
    """Month and day of the month."""
    return day.dates[0][1:] if day.dates else (0, 0)


def _weekday(day: WrittenDay) -> int | None:
    return day.weekday if day.day is None else day.day.weekday()


def _shown(day: WrittenDay) -> str:
    return quoted(day.text) if day.day is None else f"{weekday(day.day)} {show_date(day.day, year=True)}"


def _named(days: Sequence[date]) -> str:
    first, last = (f"{weekday(day)} {show_date(day, year=True)}" for day in (days[0], days[-1]))
    return f"it meets on {first}" if len(days) == 1 else f"it meets from {first} to {last}"
