"""Numbers that a planner could change: within the rules in conflict, and lengths, hours, days, rooms and who serves.

Whether a setting suffices is for ``repairs`` to ask.
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
from scheduler.domain.clock import show_clock, show_day, show_minutes, write_minutes
from scheduler.domain.persons import who
from scheduler.domain.programme import Body, Room
from scheduler.explanation.members import Member
from scheduler.rules.adjusting import AdjustableNumber, Adjusting, NumberSetting, written
from scheduler.scenario import Scenario

STEP = 30
"""Minutes by which hours and lengths are changed, or the grain where that is finer."""
EARLIEST, LATEST = 8 * 60, 21 * 60
"""Clock times beyond which no slot is proposed."""
MOST_HOURS = 4
"""Steps of ``STEP`` by which hours are moved, at most: two hours."""
PER_MINUTE_SHORTER = 3
"""A session that is shortened by a little costs one point for so many minutes; cut down to nothing, twice as much."""
PER_MINUTE_LONGER = 4
"""A slot that is made longer costs one point for so many minutes, on each day."""
BREAK = 30
"""Minutes between the last slot of a day and an evening slot."""
EVENING = 18 * 60
"""No evening slot opens before."""
EVENING_COST = 40
"""Points for an evening slot, besides those for its length."""
FURTHER_ROOM = 120
"""Points for one room more."""
DEPUTY = 45
"""Points for somebody else at one session."""
FURTHER_DAY = 150
"""Points for one more day of meeting."""


def adjustable_numbers(
    scenario: Scenario, conflict: Sequence[Member], first: Sequence[SessionId] = ()
) -> Iterator[AdjustableNumber]:
    """Every number that may help: within the rules in conflict, then lengths (``first`` first), hours and days."""
    for member in conflict:
        adjusting = Adjusting(scenario, scenario.rules, member.cost, unit(scenario), KINDS)
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
        yield from _deputies(scenario, session)


# --- lengths ------------------------------------------------------------------------------------------------


def unit(scenario: Scenario) -> int:
    """Minutes of one step of lengths and hours: half an hour, or the grain where that is finer or declared."""
    declared = scenario.calendar.grain
    if declared:
        return declared if STEP % declared or declared > STEP else STEP
    return min(STEP, scenario.grain) if STEP % scenario.grain == 0 or scenario.grain < STEP else STEP


def _shorter(scenario: Scenario, session: SessionId) -> Iterator[AdjustableNumber]:
    planned, step = scenario.minutes(session), unit(scenario)
    title, body = scenario.title(session), scenario.body_of[session].id
    settings = []
    for cut in range(step, planned - step + 1, step):
        left = planned - cut
        settings.append(
            NumberSetting(
                f"shorten {title} by {show_minutes(cut)}, to {show_minutes(left)}",
                max(1, round(cut / PER_MINUTE_SHORTER * (1 + cut / planned))),
                partial(_bodies_with, scenario, session, left),
                f"bodies.{body}.sessions.{session}.duration={write_minutes(left)}",
                cut=cut,
                less=cut - step,
            )
        )
    if settings:
        yield AdjustableNumber(session, tuple(settings))


def _bodies_with(scenario: Scenario, session: SessionId, minutes: int) -> Mapping[str, Any]:
    return {"bodies": with_duration(scenario, session, minutes).bodies}


# --- hours and days -----------------------------------------------------------------------------------------


def _hours(scenario: Scenario) -> Iterator[AdjustableNumber]:
    days = [day for day in scenario.calendar.axis.days if scenario.calendar.open_to_all(day)]
    choices = [[day] for day in days] + ([days] if len(days) > 1 else [])
    step = unit(scenario)
    for chosen in choices:
        whom = scenario.calendar.day_name(chosen[0]) if len(chosen) == 1 else "every day"
        first = {scenario.calendar.open_to_all(day)[0].opens for day in chosen}
        last = {scenario.calendar.open_to_all(day)[-1].closes for day in chosen}
        for early in (True, False):
            edge = min(first) if early else max(last)
            if len(first if early else last) > 1:
                continue
            settings = []
            for count in range(1, MOST_HOURS * STEP // step + 1):
                minutes = count * step
                clock = edge - minutes if early else edge + minutes
                if not EARLIEST <= clock <= LATEST:
                    break
                verb = "open" if early else "close"
                moved = (minutes, 0) if early else (0, minutes)
                if _overlap(with_hours(scenario, chosen, *moved).calendar):
                    break
                settings.append(
                    NumberSetting(
                        f"{verb} {whom} at {show_clock(clock)}",
                        max(1, round(minutes * len(chosen) / PER_MINUTE_LONGER)),
                        partial(_calendar_with, scenario, tuple(chosen), *moved),
                        _hours_setting(scenario, chosen, *moved),
                    )
                )
            if settings:
                yield AdjustableNumber("hours", tuple(settings))


def _calendar_with(scenario: Scenario, chosen: Sequence[date], opens: int, closes: int) -> Mapping[str, Any]:
    return {"calendar": with_hours(scenario, chosen, opens, closes).calendar}


def _overlap(calendar: Calendar) -> bool:
    """Whether two slots of one day share a minute: the hours reach into a slot that is reserved, or over midnight."""
    for day in calendar.days:
        slots = sorted(calendar.slots if day.slots is None else day.slots, key=lambda slot: slot.opens)
        if any(then.opens < slot.closes for slot, then in pairwise(slots)):
            return True
    return False


def _evenings(scenario: Scenario) -> Iterator[AdjustableNumber]:
    """A further slot in the evening of a day: for what no slot of the day can hold besides."""
    for day in scenario.calendar.axis.days:
        entry = next(d for d in scenario.calendar.days if d.date == day)
        slots = scenario.calendar.slots if entry.slots is None else entry.slots
        last = max(slot.closes for slot in slots)
        opens = max(EVENING, last + BREAK)
        settings = []
        for minutes in (60, 90, 120, 150, 180):
            if opens + minutes > LATEST:
                break
            slot = trusted(SlotHours, opens=opens, closes=opens + minutes, reserved_for=(), name=None)

            days = [altered(d, slots=(*slots, slot)) if d.date == day else d for d in scenario.calendar.days]
            calendar = altered(scenario.calendar, days=tuple(days))
            hours = f"{show_clock(opens)} to {show_clock(opens + minutes)}"
            sentence = f"meet on the evening of {show_day(day)}, from {hours}"
            cost = max(1, EVENING_COST + round(minutes / PER_MINUTE_LONGER))
            settings.append(NumberSetting(sentence, cost, partial(dict, calendar=calendar), _days_setting(calendar)))
        if settings:
            yield AdjustableNumber(f"evening {day}", tuple(settings))


def _rooms(scenario: Scenario) -> Iterator[AdjustableNumber]:
    """One room more, as large as the largest and with all that the others have."""
    taken = {room.id for room in scenario.rooms}
    name = next(f"room-{number}" for number in range(2, len(taken) + 3) if f"room-{number}" not in taken)
    capacities = [room.capacity for room in scenario.rooms]
    capacity = None if None in capacities else max(c for c in capacities if c is not None)
    equipment = tuple(dict.fromkeys(each for room in scenario.rooms for each in room.equipment))
    room = trusted(Room, id=name, name="Second room" if len(taken) == 1 else None, capacity=capacity,
                                equipment=equipment)  # fmt: skip
    rooms = (*scenario.rooms, room)
    written = [json.dumps(each.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) for each in rooms]
    sentence = f"meet in a {'second' if len(taken) == 1 else 'further'} room as well"
    setting = f"rooms=[{', '.join(written)}]"
    yield AdjustableNumber("rooms", (NumberSetting(sentence, FURTHER_ROOM, partial(dict, rooms=rooms), setting),))


def _deputies(scenario: Scenario, session: SessionId) -> Iterator[AdjustableNumber]:
    """Somebody else serves at one session; for an officer who is away at times, or who serves at several."""
    body = scenario.body_of[session]
    for one in scenario.officers_of(session):
        officer = scenario.officer[one]
        serves = [other for other in scenario.sessions if one in scenario.officers_of(other)]
        if not (officer.absent or officer.present or len(serves) > 1):
            continue
        others = tuple(o for o in body.officers if o != one)
        sessions = []
        for each in body.sessions:
            own = tuple(o for o in each.officers if o != one)
            keeps = each.id != session and one in (*body.officers, *each.officers)
            sessions.append(altered(each, officers=(*own, one) if keeps else own))
        changed = altered(body, officers=others, sessions=tuple(sessions))
        bodies = tuple(changed if b.id == changed.id else b for b in scenario.bodies)
        sentence = f"let a deputy serve at {scenario.title(session)} for {who(officer)}"
        yield AdjustableNumber(
            f"deputy {session}",
            (
                NumberSetting(
                    sentence, DEPUTY, partial(dict, bodies=bodies), _deputy_setting(changed, one, session, body)
                ),
            ),
        )


def _deputy_setting(changed: Body, officer: str, session: SessionId, body: Body) -> str:
    """The officers who are left, of the body where it has one session, or of the session that names its own."""
    if officer not in body.officers:
        own = next(each for each in changed.sessions if each.id == session)
        return f"bodies.{body.id}.sessions.{session}.officers=[{', '.join(own.officers)}]"
    if len(body.sessions) == 1 and officer not in body.sessions[0].officers:
        return f"bodies.{body.id}.officers=[{', '.join(changed.officers)}]"
    written = changed.model_dump(mode="json", exclude_defaults=True)
    return f"bodies.{body.id}={json.dumps(written, ensure_ascii=False)}"


def _hours_setting(scenario: Scenario, chosen: Sequence[date], opens: int, closes: int) -> str:
    """The hours of one day, or of all days where none has its own, as ``--set`` takes them; else all days."""
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
    """One more working day, after the last or before the first; or one that is shown and stays empty."""
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
        yield AdjustableNumber(
            f"day {day}",
            (NumberSetting(sentence, FURTHER_DAY, partial(dict, calendar=calendar), _days_setting(calendar)),),
        )
