"""A number of days lies between two pieces of work: the next day, not on two days running, a week for drafting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator, model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Calendar
from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.limits import DayLimit
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import counted, listed, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting

MOST_DAYS_APART = 400
SATURDAY = 5

Part = tuple[SessionId, ...]
"""The sessions of one name, or one session of the only name."""


class DaysApart(Rule):
    """How many days lie between two pieces of work is the least number of days from a day of the one to a day of the
    other, whichever comes first; 0 on one day.

    ``at_least`` holds between any two of the names in ``of``, ``at_most`` between each and the next; of one name alone,
    between its sessions. A body that is not held is left out. Amount: for each such pair, one for each day too few or
    too many.
    """

    unit = "day too few or too many"
    default_cost_to_waive = 20
    example = {"of": ["WG", "REPORT"], "at_least": 1, "at_most": 3, "days": "working"}
    not_adjustable = {"days": "it says what is counted"}
    alone = LooksAt.NOTHING
    monotone = False
    at_least: int = Field(default=0, ge=0, le=MOST_DAYS_APART)
    """Days that lie between them at least: 1 is another day, 2 is not on two days running."""
    at_most: int | None = Field(default=None, ge=0, le=MOST_DAYS_APART)
    """Days that lie between them at most: 0 is the same day, 1 the same day or the next."""
    days: Literal["calendar", "working"] = "calendar"
    """Which days are counted. Working days are those on which somebody can meet, and all others that are neither
    weekends nor holidays.
    """

    @field_validator("at_least", "at_most", mode="before")
    @classmethod
    def _number_of_days(cls, value: object) -> object:
        if isinstance(value, str) and re.search("[A-Za-z]", value):
            raise ValueError(
                f"'{value[:60]}' is no number of days: write 1 for another day, 2 for not on two days running, "
                "7 for a week"
            )
        return value

    @model_validator(mode="after")
    def _says_something(self) -> DaysApart:
        if not self.of:
            raise ValueError("days_apart needs names: write of: [WGETI, REPORT], or of: [WGETI] for its own sessions")
        if len(set(self.of)) < len(self.of):
            raise ValueError("days_apart names nobody twice")
        if not self.at_least and self.at_most is None:
            raise ValueError("days_apart needs a number of days: write at_least: 1, at_most: 3, or both")
        if self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"at_least {self.at_least} is more than at_most {self.at_most}: exchange them")
        return self

    def silent(self, programme: Programme) -> Iterator[str]:
        """One name with one session, two names with a session in common, or more days than the meeting has."""
        number = numbered(programme.calendar, self.days)
        last = max((number[d] for d in programme.calendar.axis.days), default=0)
        longest = last - min((number[d] for d in programme.calendar.axis.days), default=0)
        why = f"the first and the last day are {counted(longest, self._noun)} apart"
        if self.at_least > longest:
            yield f"at_least {self.at_least} is never kept: {why}"
        if self.at_most is not None and self.at_most > longest:
            yield f"at_most {self.at_most} is always kept: {why}"
        if len(self.of) == 1 and len(programme.work(*self.of)) == 1:
            yield "one session alone is named, and it takes two: the rule says nothing"
        for one, other in combinations(self.of, 2):
            if both := set(programme.work(one)) & set(programme.work(other)):
                both_hold = f"'{one}' and '{other}' both hold '{min(both)}'"
                yield f"{both_hold}, and nothing is apart from itself: it is left out between the two"

    def _parts(self, programme: Programme) -> list[Part]:
        if len(self.of) == 1:
            return [(session,) for session in programme.work(*self.of)]
        return [part for name in self.of if (part := programme.work(name))]

    def _least(self, programme: Programme) -> Iterator[tuple[Part, Part]]:
        """The pairs between which there are days enough."""
        return _without_common(combinations(self._parts(programme), 2) if self.at_least else ())

    def _most(self, programme: Programme) -> Iterator[tuple[Part, Part]]:
        """The pairs between which there are not too many."""
        return _without_common(() if self.at_most is None else pairwise(self._parts(programme)))

    def limits(self, programme: Programme) -> Iterator[DayLimit]:
        """One session of each part, the shortest: each takes a day that is far enough from those of the others."""
        parts = self._parts(programme)
        held = [session for part in parts for session in part]
        if self.at_least and len(set(held)) == len(held):
            names = shortened([self._called(programme, part) for part in parts])
            so = f"for {names}, each at least {counted(self.at_least, self._noun)} from the others"
            shortest = tuple(min(part, key=programme.minutes) for part in parts)
            yield DayLimit(shortest, 1, so, partial(self._far_enough, numbered(programme.calendar, self.days)))

    def _far_enough(self, number: Mapping[date, int], days: Sequence[date]) -> int:
        """The most of the days between any two of which there are days enough."""
        found, last = 0, None
        for day in days:
            if last is None or number[day] - number[last] >= self.at_least:
                found, last = found + 1, day
        return found

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Fewer days at least; up to three more at most."""
        who, noun = self.names(adjusting.programme), self._noun
        fewer = [
            (n, f"leave at least {counted(n, noun)} between {who} instead of {self.at_least}")
            for n in range(self.at_least - 1, 0, -1)
        ]
        if self.at_least and self.at_most is not None:
            fewer.append((0, f"let {who} meet on one day"))
        if fewer:
            yield adjusting.number(self, "at_least", fewer)
        if self.at_most is not None:
            yield adjusting.more(self, "at_most", f"leave up to {{}} {noun}s between {who} instead of {self.at_most}")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Between two days that are too near, not both; two that are near enough, both."""
        calendar = model.programme.calendar
        number = numbered(calendar, self.days)
        between = {(d, e): abs(number[d] - number[e]) for d in model.axis.days for e in model.axis.days}
        for one, other in self._least(model.programme):
            self._post_least(model, one, other, between, enforcement)
        for one, other in self._most(model.programme):
            self._post_most(model, one, other, between, enforcement)

    def _post_least(
        self,
        model: ScheduleModel,
        one: Part,
        other: Part,
        between: Mapping[tuple[date, date], int],
        enforcement: Enforcement,
    ) -> None:
        """For each distance that is too small: days that are no farther apart cost what it lacks to the next."""
        near = sorted({distance for distance in between.values() if distance < self.at_least})
        near = near if self.weight is not None else near[-1:]
        for distance, following in pairwise([*near, self.at_least]):
            unless = model.relaxation(self, enforcement, following - distance)
            for (d, e), apart in between.items():
                if apart <= distance:
                    here, there = model.body_on(one, d), model.body_on(other, e)
                    model.clause(model.negated(here), model.negated(there), unless=unless)

    def _post_most(
        self,
        model: ScheduleModel,
        one: Part,
        other: Part,
        between: Mapping[tuple[date, date], int],
        enforcement: Enforcement,
    ) -> None:
        """For each distance that is too great: unless some days are nearer, it costs what it exceeds the last by."""
        most = self.at_most or 0
        far = sorted({distance for distance in between.values() if distance > most})
        far = far if self.weight is not None else far[:1]
        for last, distance in pairwise([most, *far]):
            unless = model.relaxation(self, enforcement, distance - last)
            both = [
                model.all_of(("both on", *one, d, *other, e), [model.body_on(one, d), model.body_on(other, e)])
                for (d, e), apart in between.items()
                if apart < distance
            ]
            model.clause(*both, unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look for the two days that are nearest to one another."""
        number = numbered(programme.calendar, self.days)
        for pairs, least in ((self._least(programme), True), (self._most(programme), False)):
            for one, other in pairs:
                near = _nearest(timetable, one, other, number)
                if near is None:
                    continue
                found, (first, day), (then, its_day) = near
                limit = self.at_least if least else self.at_most or 0
                amount = limit - found if least else found - limit
                if amount > 0:
                    how = f"{counted(found, self._noun)} apart" if found else "on one day"
                    asked = f"at {'least' if least else 'most'} {limit}"
                    names = f"{self._called(programme, one)} meets on {show_day(day)} and "
                    names += f"{self._called(programme, other)} on {show_day(its_day)}"
                    yield self.violation(f"{names}: {how}, not {asked}", first, then, amount=amount)

    def _called(self, programme: Programme, part: Part) -> str:
        """What a part is called."""
        if len(self.of) == 1:
            return programme.title(part[0])
        return programme.name_of(next(name for name in self.of if {*part} <= {*programme.work(name)}))

    @property
    def _noun(self) -> str:
        return "working day" if self.days == "working" else "day"

    def describe(self, programme: Programme) -> str:
        names = [programme.name_of(name) for name in self.of]
        if len(names) == 2:
            how = f"are {self._both()} apart" if self.at_most != 0 else "share a day"
            return f"{names[0]} and {names[1]} {how}."
        any_two = f"Any two sessions of {names[0]}" if len(names) == 1 else f"Any two of {listed(names)}"
        each = f"each session of {names[0]}" if len(names) == 1 else f"each of {listed(names)}"
        said = []
        if self.at_least:
            said.append(f"{any_two} are at least {counted(self.at_least, self._noun)} apart")
        if self.at_most is not None:
            most = f"is at most {counted(self.at_most, self._noun)} from" if self.at_most else "shares a day with"
            said.append(f"{each} {most} the next")
        sentence = ", and ".join(said)
        return f"{sentence[0].upper()}{sentence[1:]}."

    def _both(self) -> str:
        """What is asked of two names, in words."""
        noun = self._noun
        if self.at_most is None:
            return f"at least {counted(self.at_least, noun)}"
        if self.at_least == self.at_most:
            return f"exactly {counted(self.at_least, noun)}"
        if not self.at_least:
            return f"at most {counted(self.at_most, noun)}"
        return f"at least {self.at_least} and at most {counted(self.at_most, noun)}"


def _without_common(pairs: Iterable[tuple[Part, Part]]) -> Iterator[tuple[Part, Part]]:
    """The pairs without the sessions that both hold; no pair of which nothing is left."""
    for one, other in pairs:
        mine, others = (tuple(s for s in a if s not in b) for a, b in ((one, other), (other, one)))
        if mine and others:
            yield mine, others


def numbered(calendar: Calendar, counted_days: Literal["calendar", "working"]) -> Mapping[date, int]:
    """The days on which somebody can meet, each with its number among the days that are counted."""
    days = calendar.axis.days
    if counted_days == "calendar" or not days:
        return {day: day.toordinal() for day in days}
    found, number, day = {}, 0, days[0]
    met = frozenset(days)
    while day <= days[-1]:
        if day in met or (day.weekday() < SATURDAY and day not in calendar.closed):
            number += 1
            found[day] = number
        day += timedelta(days=1)
    return {day: found[day] for day in days}


Place = tuple[SessionId, date]


def _nearest(
    timetable: Timetable, one: Sequence[SessionId], other: Sequence[SessionId], number: Mapping[date, int]
) -> tuple[int, Place, Place] | None:
    """The least distance with the session and the day of each; None where one of the two is not placed."""
    here, there = ([(p.session, day) for p in timetable.of(part) for day in p.days] for part in (one, other))
    pairs = [(abs(number[a[1]] - number[b[1]]), a, b) for a, b in product(here, there)]
    return min(pairs, key=lambda pair: pair[0], default=None)
