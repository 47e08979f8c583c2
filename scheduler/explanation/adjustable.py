"""Numbers that a planner could change: within the rules in conflict, and lengths, hours, days, rooms and who serves.

``repairs`` asks whether a setting is enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from constraints import KINDS
from scheduler.altering import with_duration, with_hours
from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.calendar import Calendar, Day, SlotHours
from scheduler.domain.clock import DAY_MINUTES, LONGEST_NIGHT, show_clock, show_day, show_minutes, write_minutes
from scheduler.domain.programme import Room
from scheduler.explanation.another_room import room_changes
from scheduler.explanation.members import Member
from scheduler.explanation.standing_in import deputies
from scheduler.rules.adjusting import AdjustableNumber, Adjusting, NumberSetting, written
from scheduler.scenario import Scenario

STEP = 30
"""Minutes by which hours and lengths are changed, or the grain where that is finer."""
EARLIEST, LATEST = 8 * 60, 21 * 60
"""No slot is proposed that begins before or ends after these minutes after midnight, unless one does already."""
FURTHEST_HOURS = 120
"""Minutes by which a slot is made longer, at most."""
MINUTES_SHORTER_A_POINT = 3
"""Minutes that a session loses for one point, where it loses few; twice the points where it loses nearly all."""
MINUTES_LONGER_A_POINT = 4
"""Minutes by which a slot is made longer for one point, on each day."""
BREAK = 30
"""Minutes between the last slot of a day and an evening slot."""
EVENING, EVENING_LENGTHS = 18 * 60, (60, 90, 120, 150, 180)
"""No evening slot opens before this minute after midnight; the minutes that it may last."""
EVENING_COST = 40
"""Points for an evening slot, besides those for its length."""
FURTHER_ROOM_COST, FURTHER_DAY_COST = 120, 150
"""Points for one more room, and for one more day of meeting."""


def adjustable_numbers(
    scenario: Scenario, conflict: Sequence[Member], first: Sequence[SessionId] = ()
) -> Iterator[AdjustableNumber]:
    """Every number that may help: those of the rules in conflict, then lengths, hours, days, rooms and who serves.

    The sessions ``first`` come before the others.
    """
    for member in conflict:
        adjusting = Adjusting(scenario, scenario.rules, member.cost, step_of(scenario), KINDS)
        for condition in member.conditions:
            yield from condition.adjustable(adjusting)
    sessions = [*first, *(s for s in scenario.sessions if s not in first)]
    for session in sessions:
        yield from _shorter(scenario, session)
    yield from _hours(scenario)
    yield from _evenings(scenario)
    yield from _days(scenario)
    yield from _rooms(scenario)
    for session in sessions:
        yield from deputies(scenario, session)
    if len(scenario.rooms) > 1:
        yield from room_changes(scenario, sessions)


# --- lengths ------------------------------------------------------------------------------------------------


def step_of(scenario: Scenario) -> int:
    """Minutes of one step of lengths and hours: half an hour, or the grain where that is finer or declared."""
    declared = scenario.calendar.grain
    if declared:
        return declared if STEP % declared or declared > STEP else STEP
    return min(STEP, scenario.grain) if STEP % scenario.grain == 0 or scenario.grain < STEP else STEP


def _single(family: str, sentence: str, cost: int, option: str, **fields: Any) -> AdjustableNumber:
    """A number with one setting, which changes these fields of the scenario."""
    return AdjustableNumber(family, (NumberSetting(sentence, cost, partial(dict, fields), option),))


def _shorter(scenario: Scenario, session: SessionId) -> Iterator[AdjustableNumber]:
    planned, step = scenario.minutes(session), step_of(scenario)
    title, path = scenario.title(session), f"bodies.{scenario.body_of[session].id}.sessions.{session}.duration"
    settings = tuple(
        NumberSetting(
            f"shorten {title} by {show_minutes(cut)}, to {show_minutes(planned - cut)}",
            max(1, round(cut / MINUTES_SHORTER_A_POINT * (1 + cut / planned))),
            partial(_bodies_with, scenario, session, planned - cut),
            f"{path}={write_minutes(planned - cut)}",
            cut=cut,
            less=cut - step,
        )
        for cut in range(step, planned - step + 1, step)
    )
    if settings:
        yield AdjustableNumber(session, settings)


def _bodies_with(scenario: Scenario, session: SessionId, minutes: int) -> Mapping[str, Any]:
    return {"bodies": with_duration(scenario, session, minutes).bodies}


# --- hours and days -----------------------------------------------------------------------------------------


def _hours(scenario: Scenario) -> Iterator[AdjustableNumber]:
    """The first slot opens earlier, or the last closes later: on one day, or on every day."""
    days = [day for day in scenario.calendar.axis.days if scenario.calendar.open_to_all(day)]
    for chosen in [[day] for day in days] + ([days] if len(days) > 1 else []):
        whom = scenario.calendar.day_name(chosen[0]) if len(chosen) == 1 else "every day"
        first = {scenario.calendar.open_to_all(day)[0].opens for day in chosen}
        last = {scenario.calendar.open_to_all(day)[-1].closes for day in chosen}
        for verb, edges, way in (("open", first, -1), ("close", last, 1)):
            if len(edges) == 1 and (settings := tuple(_moved_edges(scenario, chosen, verb, whom, min(edges), way))):
                yield AdjustableNumber("hours", settings)


def _moved_edges(
    scenario: Scenario, days: Sequence[date], verb: str, whom: str, edge: int, way: int
) -> Iterator[NumberSetting]:
    step = step_of(scenario)
    for minutes in range(step, FURTHEST_HOURS + 1, step):
        clock, moved = edge + way * minutes, (minutes, 0) if way < 0 else (0, minutes)
        if not EARLIEST <= clock <= (LATEST if edge <= LATEST else edge + FURTHEST_HOURS):
            return
        calendar = with_hours(scenario, days, *moved).calendar
        if _overlap(calendar) or _too_long_a_night(calendar):
            return
        yield NumberSetting(
            f"{verb} {whom} at {show_clock(clock)}",
            max(1, round(minutes * len(days) / MINUTES_LONGER_A_POINT)),
            partial(_calendar_with, scenario, tuple(days), *moved),
            _hours_setting(scenario, days, *moved),
        )


def _calendar_with(scenario: Scenario, chosen: Sequence[date], opens: int, closes: int) -> Mapping[str, Any]:
    return {"calendar": with_hours(scenario, chosen, opens, closes).calendar}


def _overlap(calendar: Calendar) -> bool:
    """Whether two slots share a minute, of one day or of a night and the day after."""
    slots = [
        (day.date.toordinal() * DAY_MINUTES + slot.opens, day.date.toordinal() * DAY_MINUTES + slot.closes)
        for day in calendar.days
        for slot in (calendar.slots if day.slots is None else day.slots)
    ]
    return any(then[0] < one[1] for one, then in pairwise(sorted(slots)))


def _too_long_a_night(calendar: Calendar) -> bool:
    """Whether a slot over midnight lasts longer than it may."""
    slots = [slot for day in calendar.days for slot in (calendar.slots if day.slots is None else day.slots)]
    return any(slot.closes > DAY_MINUTES and slot.closes - slot.opens > LONGEST_NIGHT for slot in slots)


def _evenings(scenario: Scenario) -> Iterator[AdjustableNumber]:
    """A further slot in the evening of a day."""
    for day in scenario.calendar.axis.days:
        entry = next(d for d in scenario.calendar.days if d.date == day)
        slots = scenario.calendar.slots if entry.slots is None else entry.slots
        opens = max(EVENING, max(slot.closes for slot in slots) + BREAK)
        settings = []
        for closes in (opens + minutes for minutes in EVENING_LENGTHS if opens + minutes <= LATEST):
            slot = trusted(SlotHours, opens=opens, closes=closes, reserved_for=(), name=None)
            changed = altered(entry, slots=(*slots, slot))
            days = tuple(changed if d.date == day else d for d in scenario.calendar.days)
            calendar = altered(scenario.calendar, days=days)
            sentence = f"meet on the evening of {show_day(day)}, from {show_clock(opens)} to {show_clock(closes)}"
            cost = max(1, EVENING_COST + round((closes - opens) / MINUTES_LONGER_A_POINT))
            settings.append(NumberSetting(sentence, cost, partial(dict, calendar=calendar), _days_setting(calendar)))
        if settings:
            yield AdjustableNumber(f"evening {day}", tuple(settings))


def _rooms(scenario: Scenario) -> Iterator[AdjustableNumber]:
    """One more room, as large as the largest and with all equipment that the others have."""
    taken = {room.id for room in scenario.rooms}
    alone = len(taken) == 1
    name = next(f"room-{number}" for number in range(2, len(taken) + 3) if f"room-{number}" not in taken)
    capacities = [room.capacity for room in scenario.rooms]
    capacity = None if None in capacities else max(c for c in capacities if c is not None)
    equipment = tuple(dict.fromkeys(each for room in scenario.rooms for each in room.equipment))
    title = "Second room" if alone else None
    rooms = (*scenario.rooms, trusted(Room, id=name, name=title, capacity=capacity, equipment=equipment))
    written_out = (
        json.dumps(room.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) for room in rooms
    )
    option = f"rooms=[{', '.join(written_out)}]"
    sentence = f"meet in a {'second' if alone else 'further'} room as well"
    yield _single("rooms", sentence, FURTHER_ROOM_COST, option, rooms=rooms)


def _hours_setting(scenario: Scenario, chosen: Sequence[date], opens: int, closes: int) -> str:
    """The new hours, as ``--set`` takes them: of one day, of all days where none has its own, or the days anew."""
    calendar = with_hours(scenario, chosen, opens, closes).calendar
    slots = next(day.slots for day in calendar.days if day.date in chosen) or ()
    if any(slot.reserved_for for slot in slots):
        return _days_setting(calendar)
    shown = written([f"{show_clock(slot.opens)}-{show_clock(slot.closes)}" for slot in slots])
    if len(chosen) == 1:
        return f"calendar.days.{chosen[0].isoformat()}.slots={shown}"
    common = all(day.slots is None for day in scenario.calendar.days if day.date in chosen)
    return f"calendar.slots={shown}" if common else _days_setting(calendar)


def _days_setting(calendar: Calendar) -> str:
    """All days as ``--set`` takes them: dates, and keys where a day has slots of its own or a note."""
    return f"calendar.days=[{', '.join(_day_written(day) for day in calendar.days)}]"


def _day_written(day: Day) -> str:
    if day.slots is None and day.note is None:
        return day.date.isoformat()
    keys = [f"date: {day.date.isoformat()}"]
    if day.slots is not None:
        keys.append(f"slots: [{', '.join(map(_slot_written, day.slots))}]")
    if day.note is not None:
        keys.append(f"note: {json.dumps(day.note, ensure_ascii=False)}")
    return f"{{{', '.join(keys)}}}"


def _slot_written(slot: SlotHours) -> str:
    hours = f"{show_clock(slot.opens)}-{show_clock(slot.closes)}"
    keys = [f"reserved_for: [{', '.join(slot.reserved_for)}]"] if slot.reserved_for else []
    keys += [f"name: {json.dumps(slot.name, ensure_ascii=False)}"] if slot.name else []
    return f"{{{', '.join([f'hours: {hours}', *keys])}}}" if keys else hours


def _days(scenario: Scenario) -> Iterator[AdjustableNumber]:
    """One more working day: one that is shown and stays empty, the one after the last, or the one before the first."""
    if not scenario.calendar.slots:
        return
    used, shown = set(scenario.calendar.axis.days), [day.date for day in scenario.calendar.days]
    candidates = [day for day in shown if day not in used and day not in scenario.calendar.closed]
    for days, way in (((max(used or shown),), 1), ((min(used or shown),), -1)):
        following = days[0] + timedelta(days=way)
        while following.weekday() >= 5 or following in scenario.calendar.closed:
            following += timedelta(days=way)
        candidates.append(following)
    for day in dict.fromkeys(d for d in candidates if d not in used):
        kept = [d for d in scenario.calendar.days if d.date != day]
        new = trusted(Day, date=day, weekday=None, slots=None, note=None)
        calendar = altered(scenario.calendar, days=tuple(sorted([*kept, new], key=lambda d: d.date)))
        sentence = f"meet on {show_day(day)} as well"
        yield _single(f"day {day}", sentence, FURTHER_DAY_COST, _days_setting(calendar), calendar=calendar)
