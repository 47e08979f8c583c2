"""Side events: what is given with its hours, what is to be placed, and the windows in which it may stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from scheduler.domain.base import Frozen, Identifier
from scheduler.domain.clock import (
    DAY_MINUTES,
    HOURS_SCHEMA,
    Clock,
    Date,
    LateClock,
    Minutes,
    over_midnight,
    parse_hours,
    show_clock,
    show_date,
    show_hours,
)
from scheduler.domain.meeting import one_or_more
from scheduler.domain.when import PartOfCalendar, When

TO_BE_NAMED = frozenset({"", "tbc", "tba", "tbd", "n.n.", "nn"})
"""What stands where a room or an organiser is not yet known."""


Names = Annotated[
    tuple[str, ...],
    BeforeValidator(one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One name, or a list of names."""


def _whole_days(part: PartOfCalendar) -> PartOfCalendar:
    if part.half is not None or part.hours is not None:
        raise ValueError(f"'{part.text[:60]}' is part of a day: name days here, such as Tuesday, and hours by windows")
    return part


Days = Annotated[When, AfterValidator(_whole_days)]
"""Days of the series, as rules name them, without hours."""


def _hours(value: Any) -> Any:
    """The two times of day, as a stored document has them; ``over_midnight`` then says which is of the next day."""
    of_texts = isinstance(value, list) and any(isinstance(each, str) for each in value)
    two_times = of_texts and len(value) == 2 and all(re.fullmatch(r"\d\d:\d\d", str(each)) for each in value)
    if two_times or not (of_texts or isinstance(value, str)):
        return value
    opens, closes = parse_hours(value)
    return opens, closes - DAY_MINUTES * (closes > DAY_MINUTES)


FromTo = Annotated[
    tuple[Clock, LateClock],
    BeforeValidator(_hours),
    AfterValidator(lambda hours: over_midnight(*hours)),
    WithJsonSchema(HOURS_SCHEMA),
]
"""Half-open hours, in minutes after midnight."""


class Window(Frozen):
    """Hours in which side events are placed, on every day on which somebody can meet, or on some."""

    hours: FromTo
    name: str | None = None
    """What events call it; None: by its hours."""
    days: tuple[Days, ...] | None = None
    """The days that have it; None: all."""
    at_most: int | None = Field(default=None, ge=0)
    """The most side events in it on one day; None: as all windows."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"hours": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _forwards(self) -> Window:
        opens, closes = self.hours
        if opens >= closes:
            raise ValueError(f"a window that opens at {show_clock(opens)} must close later")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """In an editor: ``13:15-14:45``, or the hours with what is particular to them."""
        return {"anyOf": [HOURS_SCHEMA, handler.resolve_ref_schema(handler(core))]}

    @property
    def title(self) -> str:
        """Its name, or its hours as they are written: ``13:15-14:45``."""
        return self.name or "-".join(map(show_clock, self.hours))


class SideEvent(Frozen):
    """A side event: given, with its day, or to be placed, with its length."""

    id: Identifier | None = None
    """What commands and documents call it; None: made from its title."""
    day: Date | None = None
    title: str = "tbc"
    hours: FromTo | None = None
    length: Minutes | None = Field(default=None, ge=1)
    """How long it takes: it is to be placed. None: it is given."""
    room: str | None = None
    """Where it is held: the id or the name of a room of the scenario, or any other place."""
    rooms: tuple[str, ...] | None = None
    """Where it may be held; None: as all."""
    windows: tuple[str, ...] | None = None
    """The windows in which it may stand, by their names or hours; None: any."""
    wished: tuple[Days, ...] | None = None
    """The days asked for; None: any."""
    organiser: Names = ()
    """Who holds it."""
    speakers: Names | None = None
    """Who speaks: names, or ids of officers and people."""
    source: str | None = None

    @field_validator("day")
    @classmethod
    def _of_the_series(cls, day: date | None, info: ValidationInfo) -> date | None:
        dates = (info.context or {}).get("dates")
        if dates and day is not None and day not in dates:
            raise ValueError(f"{show_date(day, year=True)} is not a day of this series")
        return day

    @model_validator(mode="after")
    def _given_or_to_be_placed(self) -> SideEvent:
        """Refuse keys that contradict one another."""
        if self.length is None:
            if self.day is None:
                raise ValueError("write the day of a side event that is given, or the length of one to be placed")
            for key in ("rooms", "windows", "wished"):
                if getattr(self, key) is not None:
                    raise _contradiction(key, f"'{key}' is for an event to be placed: write its length as well")
        elif self.hours is not None:
            raise _contradiction(
                "length", f"its hours, {show_hours(*self.hours)}, say how long it takes: write hours or length"
            )
        elif self.room is not None and self.rooms is not None:
            raise _contradiction("rooms", "room and rooms: write one of them")
        elif self.day is not None and self.wished is not None:
            raise _contradiction("wished", f"its day is given, {show_date(self.day)}: write day or wished")
        return self

    @property
    def given(self) -> bool:
        """Whether its place is given, and not to be found."""
        return self.length is None


def _contradiction(key: str, message: str) -> PydanticCustomError:
    return PydanticCustomError("contradiction", "{message}", {"message": message, "at": (key,)})


class SideEvents(Frozen):
    """Side events that are scheduled: those given keep their place, the others are placed in windows."""

    windows: tuple[Window, ...] = ()
    rooms: tuple[str, ...] = ()
    """Where an event may be held that names no room; empty: its room is not planned."""
    at_most: int | None = Field(default=None, ge=1)
    """The most side events in a window of one day; None: as many as the rooms hold."""
    missed_wish: int = Field(default=1, ge=0, le=1_000_000)
    """Points for each event on a day that is not among those it wished."""
    spread: int = Field(default=1, ge=0, le=1_000_000)
    """Points for each event that the fullest day has more than the emptiest, but for one."""
    events: tuple[SideEvent, ...]


@dataclass(frozen=True, slots=True, order=True)
class HeldEvent:
    """Where a side event stands; ``start`` and ``end`` in minutes after midnight."""

    day: date
    start: int
    end: int
    event: str
    """Its id."""
    room: str = ""
    """An id or a place; empty: not planned."""

    def overlaps(self, other: HeldEvent) -> bool:
        """Whether both are held at some same minute; back to back is no overlap."""
        return self.meets(other.day, other.start, other.end)

    def meets(self, day: date, start: int, end: int) -> bool:
        """Whether these hours of a day share a minute with it, also over midnight."""
        later = (day - self.day).days * DAY_MINUTES
        return self.start < end + later and start + later < self.end

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """Its hours, to find out who can be there."""
        return ((self.start, self.end),)

    @property
    def shown(self) -> str:
        """``13:15 - 14:45``."""
        return show_hours(self.start, self.end)


def alike(name: str) -> str:
    """Case and blanks do not tell rooms, titles and organisers apart."""
    return " ".join(name.casefold().split())


def id_from(title: str) -> str:
    """An id made of a title: ``Briefing on arms`` becomes ``briefing-on-arms``."""
    words = "".join(c if c.isalnum() else " " for c in title.casefold()).split()
    return "-".join(words)[:48].rstrip("-") if words and alike(title) not in TO_BE_NAMED else "side-event"
