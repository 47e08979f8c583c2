"""Results as pandas tables, with a type for each column: moments, categories, numbers, texts."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pandas import Categorical, DataFrame, Series

from exports.table import COLUMNS, SESSIONS_COLUMNS, segments_table, sessions_rows
from scheduler.comparison.compare import Comparison
from scheduler.comparison.moves import Move
from scheduler.domain.carry import begins
from scheduler.domain.clock import WEEKDAYS, parse_clock
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation

if TYPE_CHECKING:
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.places import WhyHere
    from scheduler.explanation.prices import Prices
    from scheduler.explanation.ties import Tied
    from scheduler.explanation.whatif import WhatIf
    from scheduler.forecasting.windows import Forecast

TEXTS = ("title", "officers")
"""Columns of a timetable that no two rows need to share."""


def timetable_frame(programme: Programme, timetable: Timetable) -> DataFrame:
    """One row a segment, with the columns of the CSV; ``start`` and ``end`` are moments in the zone of the venue."""
    rows = segments_table(programme, timetable)
    zone = programme.meeting.time_zone
    frame = DataFrame({"date": Series([row["date"] for row in rows], dtype="datetime64[ns]")})
    frame["weekday"] = Categorical([row["weekday"] for row in rows], categories=WEEKDAYS, ordered=True)
    for name in ("start", "end"):
        frame[name] = moments(((row["date"], parse_clock(row[name])) for row in rows), zone)
    for name in COLUMNS[4:-1]:
        texts = [row[name] for row in rows]
        frame[name] = Series(texts, dtype="string") if name in TEXTS else Categorical(texts, list(dict.fromkeys(texts)))
    frame["minutes"] = Series([row["minutes"] for row in rows], dtype="int64")
    return frame


def sessions_frame(programme: Programme, timetable: Timetable) -> DataFrame:
    """The working workbook's sheet *Sessions* as a pandas table, the same rows and values."""
    header = [name.capitalize() for name in SESSIONS_COLUMNS]
    return DataFrame(sessions_rows(programme, timetable), columns=header, dtype=object)


def moments(times: Iterable[tuple[date, int] | None], zone: str) -> Series[Any]:
    """Days with minutes after midnight as moments in a time zone; ``NaT`` for what there is not."""
    there = ZoneInfo(zone)
    found = [at and datetime.combine(at[0], time.min, there) + timedelta(minutes=at[1]) for at in times]
    return Series(found, dtype=f"datetime64[ns, {zone}]")


def violations_frame(violations: Iterable[Violation]) -> DataFrame:
    """One row a violation: the rule, whether it must hold, the points that it costs, and the sentence."""
    found = list(violations)
    return _typed(
        {
            "rule": ("category", [each.rule for each in found]),
            "id": ("category", [each.id for each in found]),
            "hard": ("bool", [each.hard for each in found]),
            "penalty": ("int64", [each.penalty for each in found]),
            "message": ("string", [each.message for each in found]),
        }
    )


def comparison_frame(comparison: Comparison) -> DataFrame:
    """One row a criterion, indexed by its id; a column of numbers for each option, in the unit of the row."""
    rows = comparison.rows
    columns: dict[str, tuple[str, Sequence[Any]]] = {
        "criterion": ("string", [row.criterion.id for row in rows]),
        "title": ("string", [row.criterion.title for row in rows]),
        "unit": ("category", [row.criterion.unit for row in rows]),
        "better": ("category", [row.criterion.better for row in rows]),
    }
    for index, option in enumerate(comparison.options):
        columns[option.title] = ("float64", [row.numbers[index] for row in rows])
    return _typed(columns).set_index("criterion")


def changes_frame(answer: WhatIf) -> DataFrame:
    """One row a session that stands elsewhere: where it was and where it is now, in words."""
    found = answer.changes
    return _typed(
        {
            "session": ("string", [each.session for each in found]),
            "title": ("string", [each.title for each in found]),
            "before": ("string", [each.before for each in found]),
            "after": ("string", [each.after for each in found]),
            "room_before": ("category", [each.rooms[0] if each.rooms else None for each in found]),
            "room_after": ("category", [each.rooms[1] if each.rooms else None for each in found]),
        }
    )


def ways_frame(explanation: Explanation) -> DataFrame:
    """One row a way out: what it costs in points, the sentence, and how ``schedule what-if`` tries it."""
    ways = explanation.repairs.ways
    return _typed(
        {
            "cost": ("int64", [way.cost for way in ways]),
            "sentence": ("string", [way.sentence for way in ways]),
            "options": ("string", [shlex.join(way.options) or None for way in ways]),
        }
    )


def prices_frame(prices: Prices) -> DataFrame:
    """One row a rule or wish: what it costs in points, and whether the other rules imply it."""
    rules, wishes = prices.rules, prices.wishes
    return _typed(
        {
            "name": ("string", [*(rule.member.name for rule in rules), *(wish.name for wish in wishes)]),
            "hard": ("bool", [True for _ in rules] + [False for _ in wishes]),
            "costs": ("Int64", [*map(prices.costs, rules), *(wish.cost for wish in wishes)]),
            "implied": ("boolean", [*(rule.implied for rule in rules), *(None for _ in wishes)]),
            "saves": ("string", [*(", ".join(rule.saves) for rule in rules), *("" for _ in wishes)]),
            "sentence": ("string", [*(rule.member.sentence for rule in rules), *(wish.sentence for wish in wishes)]),
        }
    )


def margins_frame(prices: Prices) -> DataFrame:
    """One row a number that may move: from how many minutes on something else must move, and nothing fits."""
    found = prices.margins
    return _typed(
        {
            "what": ("string", [each.what for each in found]),
            "way": ("category", [each.way for each in found]),
            "change_after": ("Int64", [each.change for each in found]),
            "nothing_fits_after": ("Int64", [each.nothing for each in found]),
            "examined": ("bool", [each.sure for each in found]),
        }
    )


def ties_frame(tied: Tied) -> DataFrame:
    """One row a session and place, of those that equally good timetables have at several: how many have it there."""
    rows = [(spread.title, where, count) for spread in tied.spreads for where, count in spread.places]
    return _typed(
        {
            "title": ("category", [title for title, _, _ in rows]),
            "place": ("string", [where for _, where, _ in rows]),
            "timetables": ("int64", [count for _, _, count in rows]),
        }
    )


def moves_frame(moves: Sequence[Move], before: Programme, after: Programme) -> DataFrame:
    """One row a session that has moved: what has changed, when it began and begins, and from which room to which."""
    frame = _typed(
        {
            "session": ("string", [move.session for move in moves]),
            "title": ("string", [move.title for move in moves]),
            "change": ("category", [move.kind for move in moves]),
            "room_before": ("category", [move.rooms and move.rooms[0] for move in moves]),
            "room_after": ("category", [move.rooms and move.rooms[1] for move in moves]),
            "sentence": ("string", [move.sentence for move in moves]),
        }
    )
    for index, (name, programme) in enumerate((("before", before), ("after", after)), 3):
        places: list[Placement | None] = [getattr(move, name) for move in moves]
        begun = (None if place is None else begins(place) for place in places)
        frame.insert(index, name, moments(begun, programme.meeting.time_zone))
    return frame


def slots_frame(programme: Programme, why: WhyHere) -> DataFrame:
    """One row for every other slot: whether the session can start in it, and at what price in points and moves."""
    slots = [programme.calendar.axis.slots[place.slot] for place in why.places]
    opens = moments(((slot.day, slot.opens) for slot in slots), programme.meeting.time_zone)
    frame = _typed(
        {
            "possible": ("boolean", [place.possible for place in why.places]),
            "further": ("Int64", [place.further for place in why.places]),
            "moved": ("Int64", [place.moved if place.possible else None for place in why.places]),
            "breaks": ("string", [", ".join(item.name for item in place.breaks) for place in why.places]),
        }
    )
    frame.insert(0, "opens", opens)
    return frame


def forecast_frame(found: Forecast) -> DataFrame:
    """One row a session: when it is planned, when it starts and ends in 8 of 10 cases, and how likely it overruns."""
    from exports.json.forecast import forecast_document

    rows = forecast_document(found)["sessions"]
    zone = found.scenario.meeting.time_zone
    frame = _typed(
        {
            "session": ("string", [row["id"] for row in rows]),
            "title": ("string", [found.scenario.title(row["id"]) for row in rows]),
        }
    )
    frame["planned"] = moments((_position(row["planned"]) for row in rows), zone)
    for what in ("start", "end"):
        for number, name in enumerate(("early", "median", "late")):
            frame[f"{what}_{name}"] = moments((_position(row[what][number]) for row in rows), zone)
    for name in ("on_planned_day", "overruns_its_slots"):
        frame[name] = Series([row[name] for row in rows], dtype="float64")
    return frame


def _position(moment: Mapping[str, Any]) -> tuple[date, int]:
    return date.fromisoformat(moment["date"]), parse_clock(moment["time"]) + int(moment["beyond_minutes"])


def _typed(columns: Mapping[str, tuple[str, Sequence[Any]]]) -> DataFrame:
    return DataFrame({name: Series(list(values), dtype=kind) for name, (kind, values) in columns.items()})
