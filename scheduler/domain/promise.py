"""Promises: conditions on what is likely, which no single timetable keeps or breaks for certain.

They stand beside the rules and not among them: whether a promise is kept follows from the uncertain durations of all
that comes before, and no condition on the planned times alone says the same. ``scheduler.forecast`` judges and plans.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from scheduler.domain.base import Frozen, Identifier, SessionRef, WorkRef
from scheduler.domain.clock import Minutes
from scheduler.domain.moment import Moment

_ROUNDING = 1e-9
"""The error that adding up a few thousand chances may have."""


def parse_chance(value: object) -> float:
    """Read ``95 %`` or ``0.95`` as 0.95.

    Raises:
        ValueError: no number, a bare number above 1, or outside 0 to 100 %.
    """
    text = str(value).strip()
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)\s*(%?)", text)
    if match is None:
        raise ValueError(f"'{text[:60]}' is not a chance: write 95 % or 0.95")
    number = float(match[1])
    if not match[2] and number > 1:
        raise ValueError(f"'{text[:60]}' is not a chance: write {text[:8]} % or a number between 0 and 1")
    chance = round(number / 100 if match[2] else number, 6)
    if not 0 < chance <= 1:
        raise ValueError(f"'{text[:60]}' is not a chance: it lies above 0 and at most at 100 %")
    return chance


def show_chance(chance: float) -> str:
    """Write a chance for people, never rounded to certainty: ``95 %``, ``< 1 %``, ``> 99 %``."""
    if _ROUNDING < chance < 0.005:
        return "< 1 %"
    if 0.995 < chance < 1 - _ROUNDING:
        return "> 99 %"
    return f"{100 * chance:.0f} %"


Chance = Annotated[
    float,
    BeforeValidator(lambda value: value if type(value) is float else parse_chance(value)),
    PlainSerializer(lambda chance: f"{100 * chance:g} %", return_type=str, when_used="json"),
    WithJsonSchema({"type": ["string", "number"], "examples": ["95 %", "0.95"]}),
]
"""A chance above 0 and at most 1, written ``95 %``."""


class Promise(Frozen):
    """What every promise has."""

    id: Identifier | None = None
    """The planner's name for it; derived from the kind when absent."""
    chance: Chance = 0.95
    """How likely it must be."""
    source: str | None = None
    """To whom it was given."""


class FinishBy(Promise):
    """Each body or session named has ended by a point of the calendar."""

    rule: Literal["finish_by"] = "finish_by"
    of: tuple[WorkRef, ...] = Field(min_length=1)
    by: Moment


class StartWithin(Promise):
    """Each session named starts at most ``late`` after its planned start, in working time."""

    rule: Literal["start_within"] = "start_within"
    of: tuple[WorkRef, ...] = Field(min_length=1)
    late: Minutes = 0


class KeepSlack(Promise):
    """``minutes`` of working time stay free before the planned start of a session, or before the last slot closes."""

    rule: Literal["keep_slack"] = "keep_slack"
    minutes: Minutes
    before: SessionRef | None = None


AnyPromise: TypeAlias = Annotated[FinishBy | StartWithin | KeepSlack, Field(discriminator="rule")]
"""What the list ``promises`` of a scenario may hold."""
