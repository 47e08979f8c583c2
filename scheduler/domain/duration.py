"""How long a session takes: one number, a range, or the speakers' list."""

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Discriminator,
    PlainSerializer,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from scheduler.domain.base import Frozen
from scheduler.domain.clock import LENGTH_SCHEMA, Minutes, parse_minutes, show_minutes, write_minutes

_RANGE = re.compile(r"(\d{1,5}(?:\.\d)?)\s*(?:\.\.|-|–)\s*(\d{1,5}(?:\.\d)?)")  # noqa: RUF001


def _parse_range(value: Any) -> tuple[float, float]:
    if isinstance(value, (tuple, list)):
        low, high = float(value[0]), float(value[1])
    elif match := _RANGE.fullmatch(str(value).strip()):
        low, high = float(match[1]), float(match[2])
    elif re.fullmatch(r"\d{1,5}(\.\d)?", str(value).strip()):
        low = high = float(value)
    else:
        raise ValueError(f"'{str(value)[:60]}' is not a number or a range: write 40 or 35..50")
    if low > high:
        raise ValueError(f"'{str(value)[:60]}' runs downwards: write the smaller number first")
    return low, high


def _write_range(value: tuple[float, float]) -> str:
    return f"{value[0]:g}" if value[0] == value[1] else f"{value[0]:g}..{value[1]:g}"


Range = Annotated[
    tuple[float, float],
    BeforeValidator(_parse_range),
    PlainSerializer(_write_range, return_type=str, when_used="json"),
    WithJsonSchema({"type": ["string", "number"], "examples": ["35..50", "40"]}),
]
"""A number or a range ``low..high``."""


def in_half_days_or_slots(value: Any) -> bool:
    """Whether a length is written in half-days or slots, ``2 half-days``, or is meant so.

    What it lasts depends on the calendar and on the body: a scenario is read with its minutes in that place.
    """
    text = value.lower() if isinstance(value, str) else ""
    return any(word in text for word in ("hal", "day", "slot"))


class Exactly(Frozen):
    """A duration known as one number of minutes."""

    minutes: Minutes

    @property
    def low(self) -> int:
        """Minutes that only one session in ten stays under; here the number itself."""
        return self.minutes

    @property
    def likely(self) -> int:
        """Minutes that the plan uses."""
        return self.minutes

    @property
    def high(self) -> int:
        """Minutes that only one session in ten exceeds; here the number itself."""
        return self.minutes


_IN_UNITS = r"^\d{1,3}(\.[05])?\s*(half-days?|slots?)$"
_Whole = Annotated[
    Minutes,
    WithJsonSchema(
        {"anyOf": [LENGTH_SCHEMA, {"type": "string", "pattern": _IN_UNITS, "examples": ["2 half-days", "1 slot"]}]}
    ),
]
"""The whole length of a session in minutes; a file may write it in half-days or slots too."""


class Between(Frozen):
    """A duration as a range: the 10th, 50th and 90th percentile, in minutes."""

    low: _Whole
    likely: _Whole
    high: _Whole

    @field_validator("likely")
    @classmethod
    def _fits(cls, minutes: int, info: ValidationInfo) -> int:
        return on_the_grain(minutes, info)

    @model_validator(mode="after")
    def _ascending(self) -> "Between":
        if not 0 < self.low <= self.likely <= self.high:
            raise ValueError("low, likely and high must not run downwards, and low must be above 0")
        return self


class FromTheFloor(Frozen):
    """A duration estimated from the speakers' list: opening + speakers x minutes each + replies.

    The likely value takes the midpoints of both ranges; low and high take both low ends and both high ends.
    """

    opening: Minutes = 0
    speakers: Range
    minutes_each: Range
    replies: Minutes = 0

    def _at(self, share: float) -> int:
        speakers = self.speakers[0] + share * (self.speakers[1] - self.speakers[0])
        each = self.minutes_each[0] + share * (self.minutes_each[1] - self.minutes_each[0])
        return self.opening + round(speakers * each) + self.replies

    @property
    def low(self) -> int:
        """Minutes with the fewest speakers, each at the shortest."""
        return self._at(0)

    @property
    def likely(self) -> int:
        """Minutes with the midpoint of speakers and of minutes each."""
        return self._at(0.5)

    @property
    def high(self) -> int:
        """Minutes with the most speakers, each at the longest."""
        return self._at(1)


def _form(value: Any) -> Literal["exactly", "between", "floor"]:
    if isinstance(value, Exactly | Between | FromTheFloor):
        return {Exactly: "exactly", Between: "between", FromTheFloor: "floor"}[type(value)]  # type: ignore[return-value]  # literal keys
    if isinstance(value, dict):
        return "floor" if {"speakers", "minutes_each", "opening", "replies"} & set(value) else "between"
    return "exactly"


def on_the_grain(minutes: int, info: ValidationInfo) -> int:
    """Refuse a length that the declared grain, given as validation context, does not divide.

    Raises:
        ValueError: with the nearest lengths that it divides.
    """
    grain = (info.context or {}).get("grain")
    if not grain or minutes % grain == 0:
        return minutes
    lower = minutes // grain * grain
    near = " or ".join(write_minutes(m) for m in (lower, lower + grain) if m)
    raise ValueError(
        f"{show_minutes(minutes)} does not fit the grain of {show_minutes(grain)}: write {near}, or a finer grain"
    )


def _exactly(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, Exactly):
        return value
    minutes = value if type(value) is int else parse_minutes(value)
    if minutes <= 0:
        raise ValueError(f"'{str(value)[:60]}' is no time at all: a session takes at least a minute")
    return {"minutes": on_the_grain(minutes, info)}


def _write_exactly(value: Exactly) -> Any:
    return value.model_dump(mode="json")["minutes"]


Duration = Annotated[
    Annotated[
        Exactly,
        BeforeValidator(_exactly),
        PlainSerializer(_write_exactly, when_used="json"),
        WithJsonSchema({"type": "string", "examples": ["3h", "1h30", "90 min", "2 half-days", "1 slot"]}),
        Tag("exactly"),
    ]
    | Annotated[Between, Tag("between")]
    | Annotated[FromTheFloor, Tag("floor")],
    Discriminator(_form),
]
"""``3h`` or ``2 half-days``, or ``{low, likely, high}``, or ``{opening, speakers, minutes_each, replies}``."""
