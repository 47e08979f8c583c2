"""Results as pandas tables, with a type for each column: moments, categories, numbers, texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pandas import Categorical, DataFrame, Series

from exports.table import segments_table, sessions_columns, sessions_rows, table_columns
from scheduler.comparison.compare import Comparison
from scheduler.comparison.moves import Move
from scheduler.domain.carry import begins
from scheduler.domain.clock import WEEKDAYS, over_midnight, parse_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable

if TYPE_CHECKING:
    from scheduler.explanation.side_events import WhyWindow
    from scheduler.explanation.whatif import Change
    from scheduler.explanation.why_here import WhyHere
    from scheduler.forecasting.windows import Forecast

TEXTS = ("title", "officers", "organisers")
"""Columns of a timetable that no two rows need to share."""


def timetable_frame(programme: Programme, timetable: Timetable) -> DataFrame:
    """One row a segment, with the columns of the CSV; ``start`` and ``end`` are moments in the zone of the venue."""
    rows = segments_table(programme, timetable)
    zone = programme.meeting.time_zone
    frame = DataFrame({"date": Series([row["date"] for row in rows], dtype="datetime64[ns]")})
    frame["weekday"] = Categorical([row["weekday"] for row in rows], categories=WEEKDAYS, ordered=True)
    hours = [over_midnight(parse_clock(row["start"]), parse_clock(row["end"])) for row in rows]
    for side, name in enumerate(("start", "end")):
        frame[name] = moments(((row["date"], each[side]) for row, each in zip(rows, hours, strict=True)), zone)
    for name in table_columns(programme)[4:-1]:
        texts = [row[name] for row in rows]
        frame[name] = Series(texts, dtype="string") if name in TEXTS else Categorical(texts, list(dict.fromkeys(texts)))
    frame["minutes"] = Series([row["minutes"] for row in rows], dtype="int64")
    return frame


def sessions_frame(programme: Programme, timetable: Timetable) -> DataFrame:
    """The working workbook's sheet *Sessions* as a pandas table, the same rows and values."""
    header = [name.capitalize() for name in sessions_columns(programme)]
    return DataFrame(sessions_rows(programme, timetable), columns=header, dtype=object)


def moments(times: Iterable[tuple[date, int] | None], zone: str) -> Series[Any]:
    """Days with minutes after midnight as moments in a time zone; ``NaT`` for what there is not."""
    there = ZoneInfo(zone)
    found = [at and datetime.combine(at[0], time.min, there) + timedelta(minutes=at[1]) for at in times]
    return Series(found, dtype=f"datetime64[ns, {zone}]")


def comparison_frame(comparison: Comparison) -> DataFrame:
    """One row a criterion, indexed by its id; a column of numbers for each option, in the unit of the row."""
    criteria = [row.criterion for row in comparison.rows]
    frame = table(criteria, "id:string title:string unit:category better:category").rename(columns={"id": "criterion"})
    for index, option in enumerate(comparison.options):
        frame[option.title] = Series([row.numbers[index] for row in comparison.rows], dtype="float64")
    return frame.set_index("criterion")


def moves_frame(moves: Sequence[Move], before: Programme, after: Programme) -> DataFrame:
    """One row a session that has moved: what has changed, when it began and begins, and from which room to which."""
    frame = table(moves, "session:string title:string kind:category").rename(columns={"kind": "change"})
    for name, programme in (("before", before), ("after", after)):
        places: list[Placement | None] = [getattr(move, name) for move in moves]
        frame[name] = moments(
            (None if place is None else begins(place) for place in places), programme.meeting.time_zone
        )
    frame = with_rooms(frame, moves)
    frame["sentence"] = Series([move.sentence for move in moves], dtype="string")
    return frame


def slots_frame(programme: Programme, why: WhyHere) -> DataFrame:
    """One row for every other slot: whether the session can start in it, and at what price in points and moves."""
    rows = [
        (
            place.possible,
            place.further,
            place.moved if place.possible else None,
            ", ".join(member.name for member in place.breaks),
        )
        for place in why.others
    ]
    frame = table(rows, "possible:boolean further:Int64 moved:Int64 breaks:string")
    slots = [programme.calendar.axis.slots[place.slot] for place in why.others]
    frame.insert(0, "opens", moments(((slot.day, slot.opens) for slot in slots), programme.meeting.time_zone))
    return frame


def windows_frame(programme: Programme, why: WhyWindow) -> DataFrame:
    """One row for every other window: whether the side event can stand in it, and at what price, or why not."""
    rows = [(other.possible, other.further, other.moved, other.why) for other in why.others]
    frame = table(rows, "possible:boolean further:Int64 moved:Int64 why:string")
    zone = programme.meeting.time_zone
    frame.insert(0, "opens", moments(((other.day, other.opens) for other in why.others), zone))
    return frame


def forecast_frame(found: Forecast) -> DataFrame:
    """One row a session: when it is planned, when it starts and ends in 8 of 10 cases, and how likely it overruns."""
    from exports.json.forecast import forecast_document

    rows = forecast_document(found)["sessions"]
    zone = found.scenario.meeting.time_zone
    frame = table([(row["id"], found.scenario.title(row["id"])) for row in rows], "session:string title:string")
    frame["planned"] = moments((_position(row["planned"]) for row in rows), zone)
    for what in ("start", "end"):
        for number, name in enumerate(("early", "median", "late")):
            frame[f"{what}_{name}"] = moments((_position(row[what][number]) for row in rows), zone)
    for name in ("on_planned_day", "overruns_its_slots"):
        frame[name] = Series([row[name] for row in rows], dtype="float64")
    return frame


def _position(moment: Mapping[str, Any]) -> tuple[date, int]:
    return date.fromisoformat(moment["date"]), parse_clock(moment["time"]) + int(moment["beyond_minutes"])


def with_rooms(frame: DataFrame, changes: Sequence[Move | Change]) -> DataFrame:
    """The same with the rooms between which each session changes."""
    for number, name in enumerate(("room_before", "room_after")):
        frame[name] = Series([each.rooms[number] if each.rooms else None for each in changes], dtype="category")
    return frame


def table(rows: Iterable[Any], columns: str) -> DataFrame:
    """A table of tuples, or of the attributes of other values; ``columns`` has the name and the type of each column."""
    named = [column.split(":") for column in columns.split()]
    values = [row if isinstance(row, tuple) else tuple(getattr(row, name) for name, _ in named) for row in rows]
    return DataFrame({name: Series([row[at] for row in values], dtype=kind) for at, (name, kind) in enumerate(named)})
