"""The calendar of a meeting series and its working-time axis.

The axis joins every slot of the calendar end to end, in order; breaks and nights have no length on it. A position is
a number of working minutes since the first slot opened. Where one slot closes and the next opens, both share one
position: as a start it means the opening, as an end the closing. A break within a slot has no length either: as a
start its position means the end of the break, as an end its beginning.

A slot may be reserved for named work: then it is part of the axis, but everybody else passes it by. What a session
may use is its *own slots*, a frozen set of slot indices.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, Literal

from pydantic import GetJsonSchemaHandler, ValidationInfo, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from scheduler.domain.base import Frozen, WorkRef
from scheduler.domain.breaks import Break
from scheduler.domain.clock import (
    DAY_MINUTES,
    HOURS_SCHEMA,
    MOST_DAYS,
    NOON,
    Clock,
    Date,
    LateClock,
    Minutes,
    on_its_day,
    over_midnight,
    parse_hours,
    parse_weekday,
    show_clock,
    show_date,
    show_day,
    show_hours,
    show_minutes,
    show_moment,
    text_of_range,
    weekday,
)
from scheduler.domain.spans import Span, between

AFTER_LUNCH = 14 * 60
"""When a slot of the morning has closed at the latest."""
EARLIEST_YEAR, LATEST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class Slot:
    """A fixed window in which meetings can sit; clock times in minutes after midnight, half-open.

    It belongs to the day on which it opens; where it runs over midnight it closes beyond 1440.
    """

    index: int
    day: date
    opens: int
    closes: int
    begins: int
    """Its position on the working-time axis, in minutes."""
    reserved_for: frozenset[str]
    """Bodies or sessions that alone may use it; empty: everybody."""
    name: str | None = None
    """What a table calls it, besides its date and opening hour."""
    dated: bool = False
    """Whether its weekday alone could mean several days of the series."""
    breaks: tuple[Span, ...] = ()
    """Hours within it in which nobody sits, in order and apart; none touches its opening or closing."""

    @property
    def minutes(self) -> int:
        """Its length in working minutes: breaks do not count."""
        return self.closes - self.opens - sum(last - first for first, last in self.breaks)

    @property
    def stretches(self) -> tuple[Span, ...]:
        """The hours between its breaks."""
        return between(self.opens, self.closes, self.breaks)

    def position(self, clock: int) -> int:
        """The axis position of a clock time; outside its hours that of its opening or closing."""
        inside = min(max(clock, self.opens), self.closes)
        passed = sum(max(0, min(inside, last) - first) for first, last in self.breaks)
        return self.begins + inside - self.opens - passed

    def start_at(self, position: int) -> int:
        """The clock time at which work starts that starts at a position; beyond its end the clock goes on."""
        clock = self.opens + position - self.begins
        for first, last in self.breaks:
            if clock >= first:
                clock += last - first
        return clock

    def end_at(self, position: int) -> int:
        """The clock time at which work ends that ends at a position; beyond its end the clock goes on."""
        clock = self.opens + position - self.begins
        for first, last in self.breaks:
            if clock > first:
                clock += last - first
        return clock

    def after(self, clock: int) -> int:
        """When work goes on that has ended at a clock time: after the break that begins then; else then."""
        return next((last for first, last in self.breaks if first == clock), clock)

    def part(self, start: int, end: int) -> "Segment":
        """What falls into it between two clock times."""
        inside = [(max(first, start), min(last, end)) for first, last in self.breaks if first < end and start < last]
        return Segment(self.index, self.day, start, end, tuple(inside))

    def minute_of(self, clock: int) -> int | None:
        """The minute of a clock time at which work can start; None outside its hours, and in a break.

        After midnight it lies beyond 1440.
        """
        at = clock if self.opens <= clock else clock + DAY_MINUTES
        inside = at < self.closes and not any(first <= at < last for first, last in self.breaks)
        return at if inside else None

    @property
    def ends(self) -> int:
        """The axis position of its end."""
        return self.begins + self.minutes

    @property
    def half(self) -> Literal["am", "pm"] | None:
        """``am`` when it opens before noon and closes by 14:00, ``pm`` when it opens at noon or later.

        None of a slot that lies in both, as 10:00-18:00 does.
        """
        if self.opens >= NOON:
            return "pm"
        return "am" if self.closes <= AFTER_LUNCH else None

    @property
    def hours(self) -> str:
        """As a scenario writes them: ``10:00-13:00``."""
        return f"{show_clock(self.opens)}-{show_clock(self.closes)}"

    def __str__(self) -> str:
        return f"{show_day(self.day, dated=self.dated)} {show_clock(self.opens)}"


@dataclass(frozen=True, slots=True)
class Segment:
    """What falls into one slot: half-open clock times in minutes after midnight."""

    slot: int
    day: date
    start: int
    end: int
    breaks: tuple[Span, ...] = ()
    """The breaks of the slot that it runs across, in order."""

    @property
    def minutes(self) -> int:
        """Its length in working minutes: breaks do not count."""
        return self.end - self.start - sum(last - first for first, last in self.breaks)

    @property
    def stretches(self) -> tuple[Span, ...]:
        """The hours in which it sits: without its breaks."""
        return between(self.start, self.end, self.breaks)

    @property
    def begins(self) -> tuple[date, int]:
        """Date and minute at which it starts: what starts after midnight starts on the next day."""
        return on_its_day(self.day, self.start)

    @property
    def ends(self) -> tuple[date, int]:
        """Date and minute at which it ends, after midnight those of the next day."""
        return on_its_day(self.day, self.end, ending=True)

    @property
    def starts_on(self) -> str:
        """When it starts, in words: ``Thursday 27 February at 10:00``."""
        return show_moment(*self.begins)

    @property
    def ends_on(self) -> str:
        """When it ends, in words."""
        return show_moment(self.day, self.end)

    @property
    def of_slot(self) -> str:
        """Of what starts after midnight, to which day its slot belongs; else nothing."""
        return "" if self.begins[0] == self.day else f", in a slot of {show_day(self.day)}"

    def __str__(self) -> str:
        day, start = self.begins
        return f"{show_day(day)}, {show_hours(start, self.end - self.start + start)}"


def time_between(one: Sequence[Segment], other: Sequence[Segment]) -> int:
    """The least minutes by the clock between a segment of the one and a segment of the other; below 0 they overlap."""
    return min(_pause(a, b) for a in one for b in other)


def _pause(one: Segment, other: Segment) -> int:
    shift = (other.day - one.day).days * DAY_MINUTES
    return max(other.start + shift - one.end, one.start - shift - other.end)


class Axis:
    """The working-time axis: positions to clock times and back."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.slots = tuple(slots)
        self._begins = [slot.begins for slot in self.slots]
        self.total = self.slots[-1].ends if self.slots else 0
        """Length in minutes, reserved slots included."""
        self.days = tuple(dict.fromkeys(slot.day for slot in self.slots))
        """The days on which something can sit, in order."""
        self.common = frozenset(slot.index for slot in self.slots if not slot.reserved_for)
        """Slots that are reserved for nobody."""
        self._worked: dict[frozenset[int], list[int]] = {}
        self.by_day = {day: tuple(s.index for s in self.slots if s.day == day) for day in self.days}

    def slot_at(self, position: int) -> Slot:
        """The slot in which work that starts at ``position`` (0 <= position < total) starts."""
        return self.slots[bisect_right(self._begins, position) - 1]

    def slot_before(self, position: int) -> Slot:
        """The slot in which work that ends at ``position`` (0 < position <= total) ends."""
        return self.slots[bisect_right(self._begins, position - 1) - 1]

    def position(self, day: date, clock: int) -> int | None:
        """The position of a clock time as a start, or None when no slot holds it or it lies in a break."""
        slot = self.slot_of(day, clock)
        return None if slot is None or slot.minute_of(clock) is None else slot.position(clock)

    def pause_after(self, index: int) -> int:
        """Minutes by the clock from the closing of a slot to the opening of the next one; of the last there is none."""
        slot, following = self.slots[index], self.slots[index + 1]
        return following.opens + (following.day - slot.day).days * DAY_MINUTES - slot.closes

    def reached(self, day: date, clock: int) -> int:
        """The first position at which work that starts there starts no earlier than a clock time of a day.

        It may lie beyond 24:00; total when all slots have closed by then.
        """
        for slot in self.slots:
            there = clock + (day - slot.day).days * DAY_MINUTES
            if there < slot.closes:
                return slot.position(there)
        return self.total

    def slot_of(self, day: date, clock: int) -> Slot | None:
        """The slot of a day that is open at a clock time, be it in a break; None when none is."""
        return next((slot for slot in self.slots if slot.day == day and slot.opens <= clock < slot.closes), None)

    def positions(self, segment: Segment) -> tuple[int, int]:
        """Where a segment begins and ends."""
        slot = self.slots[segment.slot]
        return slot.position(segment.start), slot.position(segment.end)

    def worked(self, position: int, slots: frozenset[int]) -> int:
        """Minutes of the given slots that have passed at ``position``."""
        if slots not in self._worked:
            minutes = (slot.minutes if slot.index in slots else 0 for slot in self.slots)
            self._worked[slots] = [0, *accumulate(minutes)]
        if position <= 0 or not self.slots:
            return 0
        slot = self.slot_before(position)
        within = min(position - slot.begins, slot.minutes) if slot.index in slots else 0
        return self._worked[slots][slot.index] + within

    def resume(self, position: int, own: frozenset[int]) -> int:
        """The first position at or after ``position`` that lies in an ``own`` slot; total when there is none."""
        while position < self.total and (slot := self.slot_at(position)).index not in own:
            position = slot.ends
        return position

    def stretch(
        self, start: int, minutes: int, own: frozenset[int], closed: Sequence[tuple[int, int]] = ()
    ) -> tuple[Segment, ...] | None:
        """Cut ``minutes`` of work from ``start`` into segments, passing by slots that are not own.

        ``closed``: ranges of positions, in order and apart, in which the work is suspended. None when it starts outside
        the own slots or in closed minutes, or does not end within the axis.
        """
        if not 0 <= start < self.total or self.slot_at(start).index not in own:
            return None
        if any(first <= start < last for first, last in closed):
            return None
        segments = []
        position, left = start, minutes
        while left > 0:
            position, until = self._open_from(position, own, closed)
            if position >= self.total:
                return None
            slot = self.slot_at(position)
            taken = min(left, slot.ends - position, until - position)
            segments.append(slot.part(slot.start_at(position), slot.end_at(position + taken)))
            position, left = position + taken, left - taken
        return tuple(segments)

    def _open_from(self, position: int, own: frozenset[int], closed: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The first position from here on that is own and not closed, and where the next closed range begins."""
        position = self.resume(position, own)
        for first, last in closed:
            if position < first:
                return position, first
            if position < last:
                position = self.resume(last, own)
        return position, self.total

    def parts(self, segments: Sequence[Segment], own: frozenset[int]) -> tuple[tuple[Segment, ...], ...]:
        """The segments of one session, a group for each part: a part begins where own working time lies in between.

        Going on after lunch or the night is no new part.
        """
        found: list[list[Segment]] = []
        for segment in segments:
            goes_on = bool(found) and self.resume(self.positions(found[-1][-1])[1], own) >= self.positions(segment)[0]
            if goes_on:
                found[-1].append(segment)
            else:
                found.append([segment])
        return tuple(map(tuple, found))


class SlotHours(Frozen):
    """Hours of a slot, perhaps reserved for named bodies or sessions (a closed meeting before the opening hour)."""

    opens: Clock
    closes: LateClock
    reserved_for: tuple[WorkRef, ...] = ()
    name: str | None = None
    """What tables may call it, besides its date and opening hour; after its day where several days bear the name."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            opens, closes = parse_hours(value)
            return {"opens": opens, "closes": closes}
        if isinstance(value, dict) and "hours" in value:
            opens, closes = parse_hours(value["hours"])
            return {**{k: v for k, v in value.items() if k != "hours"}, "opens": opens, "closes": closes}
        return value

    @field_validator("closes")
    @classmethod
    def _perhaps_next_day(cls, closes: int, info: ValidationInfo) -> int:
        return over_midnight(info.data["opens"], closes)[1] if "opens" in info.data else closes

    @model_validator(mode="after")
    def _forwards(self, info: ValidationInfo) -> "SlotHours":
        if self.opens >= self.closes:
            raise ValueError(f"a slot that opens at {show_clock(self.opens)} must close later")
        context = info.context or {}
        grain = None if context.get("breaks") else context.get("grain")  # with breaks the whole calendar tells
        if grain and (self.closes - self.opens) % grain:
            length = show_minutes(self.closes - self.opens)
            raise ValueError(
                f"a slot of {length} does not fit the grain of {show_minutes(grain)}: choose a finer grain"
            )
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """In an editor: ``10:00-13:00``, or the hours with whom they are reserved for."""
        return {"anyOf": [HOURS_SCHEMA, with_text_key(handler, core, "hours", HOURS_SCHEMA, ("opens", "closes"))]}


def with_text_key(
    handler: GetJsonSchemaHandler, core: CoreSchema, key: str, schema: JsonSchemaValue, instead_of: tuple[str, ...]
) -> JsonSchemaValue:
    """The JSON Schema of a value that also accepts one text under ``key`` in place of several keys."""
    full = dict(handler.resolve_ref_schema(handler(core)))
    full["properties"] = {key: schema, **full.get("properties", {})}
    full["required"] = [name for name in full.get("required", ()) if name not in instead_of]
    return full


def with_range(schema: JsonSchemaValue) -> JsonSchemaValue:
    """The JSON Schema of a value with a ``date`` that may be a range of days too."""
    one = r"([A-Za-z]+ )?\d{4}-\d{2}-\d{2}"
    shown = dict(schema)
    text = {"type": "string", "pattern": rf"^{one}( *\.\. *{one})?$", "examples": ["2025-02-25"]}
    shown["properties"] = {**shown.get("properties", {}), "date": text}
    return shown


def _slots_apart(slots: tuple[SlotHours, ...] | None) -> tuple[SlotHours, ...] | None:
    ordered = sorted(slots or (), key=lambda s: s.opens)
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise ValueError(
                f"the slots {show_hours(earlier.opens, earlier.closes)} and {show_hours(later.opens, later.closes)} "
                "overlap: slots of a day follow one another"
            )
    return None if slots is None else tuple(ordered)


class Day(Frozen):
    """A column of the annex: a date, with slots of its own where they differ; ``slots: []`` is shown, empty."""

    date: Date
    weekday: str | None = None
    slots: tuple[SlotHours, ...] | None = None
    note: str | None = None
    """Shown in the empty column, for example why nobody meets."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if (text := text_of_range(value)) is not None:
            from scheduler.domain.day_ranges import refused

            raise ValueError(refused(text))
        if isinstance(value, str):
            *words, day = value.split() or [""]
            if len(words) > 1:
                raise ValueError(
                    f"'{value[:60]}' is not a day: write 2025-02-25 or Tuesday 2025-02-25; or several, weekends and "
                    "holidays left out, as 2025-02-25..2025-03-07"
                )
            return {"date": day, "weekday": words[0]} if words else {"date": day}
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """In an editor: ``Tuesday 2025-02-25``, or the date with what is particular to the day."""
        one = r"([A-Za-z]+ )?\d{4}-\d{2}-\d{2}"
        examples = ["Tuesday 2025-02-25", "2025-02-25..2025-03-07"]
        text = {"type": "string", "pattern": rf"^{one}( *\.\. *{one})?$", "examples": examples}
        return {"anyOf": [text, with_range(handler.resolve_ref_schema(handler(core)))]}

    @field_validator("slots")
    @classmethod
    def _apart(cls, slots: tuple[SlotHours, ...] | None) -> tuple[SlotHours, ...] | None:
        return _slots_apart(slots)

    @field_validator("weekday")
    @classmethod
    def _matches(cls, name: str | None, info: ValidationInfo) -> str | None:
        if name is None:
            return None
        number = parse_weekday(name)
        if number is None:
            raise ValueError(f"'{name[:60]}' is not a weekday: write Monday to Sunday")
        day = info.data.get("date")
        if day is not None and day.weekday() != number:
            raise ValueError(f"{show_date(day, year=True)} is a {weekday(day)}, not a {name}: correct one of them")
        return weekday(day) if day is not None else name


class Holiday(Frozen):
    """A day on which nobody meets, although it lies within the series."""

    date: Date
    name: str

    @field_validator("date", mode="before")
    @classmethod
    def _one_day(cls, value: Any) -> Any:
        if (text := text_of_range(value)) is not None:
            from scheduler.domain.day_ranges import refused

            raise ValueError(refused(text))
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """In an editor: its date, or the first and the last of several, and its name."""
        return with_range(handler.resolve_ref_schema(handler(core)))


class Calendar(Frozen):
    """Days and slots; ``grain`` is the step on which sessions may start (derived when absent)."""

    slots: tuple[SlotHours, ...] = ()
    days: tuple[Day, ...]
    holidays: tuple[Holiday, ...] = ()
    grain: Minutes | None = None
    breaks: tuple[Break, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _ranges_written_out(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        days, holidays = (value.get(key) for key in ("days", "holidays"))
        if not any(text_of_range(item) for many in (days, holidays) if isinstance(many, list | tuple) for item in many):
            return value
        from scheduler.domain.day_ranges import closed_days, overlap, written_out

        closed = closed_days(holidays) if isinstance(holidays, list | tuple) else set()
        if isinstance(days, list | tuple) and (found := overlap(days, closed)):
            index, message = found
            raise PydanticCustomError("overlap", "{message}", {"message": message, "at": ("days", index)})
        out: dict[str, set[date] | None] = {"days": closed, "holidays": None}
        lists = {key: value[key] for key in out if isinstance(value.get(key), list | tuple)}
        return {**value, **{key: [item for item, _ in written_out(many, out[key])] for key, many in lists.items()}}

    @field_validator("slots")
    @classmethod
    def _apart(cls, slots: tuple[SlotHours, ...]) -> tuple[SlotHours, ...]:
        return _slots_apart(slots) or ()

    @field_validator("grain")
    @classmethod
    def _positive(cls, grain: int | None) -> int | None:
        if grain is not None and not 1 <= grain <= 24 * 60:
            raise ValueError("the grain is the step between possible starts: write 15 min or 30 min")
        return grain

    @field_validator("days")
    @classmethod
    def _in_order(cls, days: tuple[Day, ...]) -> tuple[Day, ...]:
        if not days:
            raise ValueError("a series needs at least one day: write '- Tuesday 2025-02-25'")
        if len(days) > MOST_DAYS:
            raise ValueError(f"{len(days)} days: a series has at most {MOST_DAYS}")
        for day in days:
            refuse_strange_year(day.date)
        for earlier, later in pairwise(days):
            if later.date == earlier.date:
                raise ValueError(f"{show_date(later.date, year=True)} stands twice: every day once")
            if later.date < earlier.date:
                raise ValueError(
                    f"{show_date(later.date, year=True)} stands after {show_date(earlier.date)}: list days in order"
                )
        return days

    @model_validator(mode="after")
    def _nights_apart(self) -> "Calendar":
        for earlier, later in pairwise(self.axis.slots):
            if earlier.closes > (later.day - earlier.day).days * DAY_MINUTES + later.opens:
                raise ValueError(
                    f"the slot {show_hours(earlier.opens, earlier.closes)} of {show_day(earlier.day)} goes on while "
                    f"{show_hours(later.opens, later.closes)} of {show_day(later.day)} is open: let one end earlier"
                )
        return self

    @model_validator(mode="after")
    def _names_once(self) -> "Calendar":
        for day in self.days:
            hours = self.slots if day.slots is None else day.slots
            names = [slot.name for slot in hours if slot.name]
            if twice := next((name for name in names if names.count(name) > 1), None):
                where = "every day" if day.slots is None else show_day(day.date)
                raise ValueError(f"two slots of {where} are called '{twice[:60]}': a day has a name once")
        names = [slot.name for slot in self.axis.slots if slot.name]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"'{twice[:60]}' is the name of one slot and would be that of another: choose other names")
        return self

    @cached_property
    def closed(self) -> dict[date, str]:
        """Holidays by date, with their names."""
        return {holiday.date: holiday.name for holiday in self.holidays}

    @cached_property
    def axis(self) -> Axis:
        """The working-time axis of all slots, in order; holidays have none."""
        slots: list[Slot] = []
        position = 0
        several = self._names_of_several
        for day in self.days:
            if day.date in self.closed:
                continue
            for hours in self.slots if day.slots is None else day.slots:
                only = frozenset(hours.reserved_for)
                name = f"{self.day_name(day.date)} {hours.name}" if hours.name in several else hours.name
                pauses = self._breaks_of(day.date, hours) if self.breaks else ()
                slot = Slot(len(slots), day.date, hours.opens, hours.closes, position, only, name, self.dated, pauses)
                slots.append(slot)
                position = slot.ends
        return Axis(slots)

    def _breaks_of(self, day: date, slot: SlotHours) -> tuple[Span, ...]:
        """The hours of the breaks that fall into a slot of a day.

        Those that a planner writes lie amid it; where a what-if closes it earlier, one may reach its closing.
        """
        found: list[Span] = []
        for first, last in sorted(b.within(slot.opens, slot.closes) for b in self.breaks or () if b.on(day)):
            first, last = max(first, found[-1][1] if found else slot.opens), min(last, slot.closes)
            if first < last:
                found.append((first, last))
        return tuple(found)

    @cached_property
    def meant(self) -> dict[Any, Any]:
        """What parts of the calendar mean, once they have been asked; see ``scheduler.domain.when``."""
        return {}

    @cached_property
    def _names_of_several(self) -> frozenset[str]:
        """Names that slots of several days bear: only together with its day such a name stands for one slot."""
        if not any(slot.name for slot in self.slots) and not any(s.name for day in self.days for s in day.slots or ()):
            return frozenset()
        met = [day for day in self.days if day.date not in self.closed]
        named = Counter(s.name for day in met for s in (self.slots if day.slots is None else day.slots) if s.name)
        return frozenset(name for name, times in named.items() if times > 1)

    @cached_property
    def dated(self) -> bool:
        """Whether a weekday alone could mean several days: then days are named with their dates everywhere."""
        return several_weeks(self)

    def open_to_all(self, day: date) -> list[SlotHours]:
        """The slots of a day of the series that are reserved for nobody."""
        entry = next(each for each in self.days if each.date == day)
        return [slot for slot in (self.slots if entry.slots is None else entry.slots) if not slot.reserved_for]

    def worked(self, day: date, start: int, end: int) -> int:
        """Working minutes between two minutes after the midnight of a day."""
        shifts = ((slot, (day - slot.day).days * DAY_MINUTES) for slot in self.axis.slots)
        return sum(slot.position(end + shift) - slot.position(start + shift) for slot, shift in shifts)

    def day_name(self, day: date, *, short: bool = False) -> str:
        """``Friday``, or ``Friday 5 March`` where a weekday occurs twice; short ``Fri`` or ``Fri 5 Mar``."""
        return show_day(day, dated=self.dated, short=short)

    @cached_property
    def slot_named(self) -> dict[str, int]:
        """Indices of slots by what tables may call them: ``2027-03-15 09:30``, and their names.

        Names that slots of several days bear stand behind their day: ``Monday morning``, ``2027-03-15 morning``.
        """
        dated = {f"{slot.day} {show_clock(slot.opens)}": slot.index for slot in self.axis.slots}
        if several := self._names_of_several:
            for slot in self.axis.slots:
                own = (slot.name or "").removeprefix(f"{self.day_name(slot.day)} ")
                dated |= {f"{slot.day} {own}": slot.index} if own in several else {}
        return {slot.name: slot.index for slot in self.axis.slots if slot.name} | dated

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day shown, empty ones included."""
        return tuple(day.date for day in self.days)


def refuse_strange_year(day: date) -> None:
    """Refuse a year in which nobody meets, and beyond which there may be no day before or after.

    Raises:
        ValueError: it is one.
    """
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(f"the year {day.year} is outside {EARLIEST_YEAR} to {LATEST_YEAR}: is it right?")


def several_weeks(*calendars: Calendar) -> bool:
    """Whether a weekday alone could mean several days of calendars that are told together."""
    days = {day for calendar in calendars for day in calendar.dates}
    return len({day.weekday() for day in days}) < len(days)
