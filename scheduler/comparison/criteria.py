"""The catalogue of criteria: what stands in the table, in which unit, and which way is better."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from scheduler.comparison import meaning, measures
from scheduler.comparison.moves import moves
from scheduler.comparison.option import Option
from scheduler.domain.clock import show_minutes
from scheduler.wording import uncapital

_PLURALS = {"body": "bodies", "breach": "breaches", "clash": "clashes"}
_DETAIL = re.compile(r" \([^()]*\)$")

_WITH_TENTHS = ("%", "percentage point")

Number: TypeAlias = float | None
Better: TypeAlias = Literal["less", "more"] | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row of the table; ``measure`` gives a number for an option with a timetable, None where it says nothing."""

    id: str
    title: str
    unit: str
    """``day``, ``minute``, ``%``."""
    better: Better
    """None: shown for information, and counts in no comparison."""
    definition: str
    measure: Callable[[Option], Number]
    part_of: str | None = None
    """The criterion of which this row is one part."""
    whole: str = ""
    """The title of that criterion."""
    means: Callable[[Sequence[Option]], bool] = lambda _: True
    """Whether the row says anything of these options."""

    @property
    def phrase(self) -> str:
        """What it is called within a sentence: ``days of meeting``, ``remote day hours (Asia)``."""
        title = f"{_DETAIL.sub('', self.whole)} ({self.title})" if self.part_of is not None else self.title
        return uncapital(title)

    def shown(self, number: Number) -> Number:
        """The number as exactly as the table shows it: what looks alike is alike."""
        return None if number is None else round(number, 1) if self.unit in _WITH_TENTHS else round(number)

    def show(self, number: Number) -> str:
        """The number with its unit, as a planner writes it."""
        if number is None:
            return "-"
        if self.unit == "minute":
            return show_minutes(round(number))
        if self.unit == "%":
            return f"{number:.1f} %"
        if self.unit == "percentage point":
            return f"{number:.1f} points"
        plural = _PLURALS.get(self.unit, f"{self.unit}s")
        return f"{round(number)} {self.unit if round(number) == 1 else plural}"


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion with its number for each option."""

    criterion: Criterion
    numbers: tuple[Number, ...]

    @property
    def best(self) -> frozenset[int]:
        """Which options are best in it; none where it counts in no comparison, or all are alike."""
        known = [number for number in self.shown if number is not None]
        if self.criterion.better is None or len(set(known)) < 2:
            return frozenset()
        top = min(known) if self.criterion.better == "less" else max(known)
        return frozenset(index for index, number in enumerate(self.shown) if number == top)

    @property
    def shown(self) -> tuple[Number, ...]:
        """The numbers as exactly as the table shows them."""
        return tuple(map(self.criterion.shown, self.numbers))


def _worst(shares: dict[str, float]) -> Number:
    return min(shares.values(), default=None)


def _spread(shares: dict[str, float]) -> Number:
    return max(shares.values()) - min(shares.values()) if shares else None


def _named(amounts: dict[str, int]) -> Number:
    return sum(amounts.values()) if amounts else None


CRITERIA = (
    Criterion("days", "Days of meeting", "day", "less", "Days on which any session sits.", measures.days),
    Criterion(
        "hours",
        "Meeting hours",
        "minute",
        None,
        "Time of all sessions together, breaks left out.",
        measures.meeting_minutes,
    ),
    Criterion(
        "unused",
        "Unused half-days",
        "half-day",
        "less",
        "Mornings and afternoons of the calendar in which nobody meets; a slot that lies in both counts "
        "for itself, and slots reserved for named work do not count.",
        measures.unused_half_days,
    ),
    Criterion(
        "interpreted",
        "Interpreted meetings",
        "meeting",
        "less",
        "Slots of a room in which interpreted work sits; without a rule on interpretation all work is.",
        measures.interpreted_meetings,
        means=meaning.with_interpretation,
    ),
    Criterion(
        "teams",
        "Interpreters",
        "team-day",
        "less",
        "For each day as many teams as meet at once, and one for every two meetings (or what the scenario says).",
        measures.team_days,
        means=meaning.with_interpretation,
    ),
    Criterion(
        "nights",
        "Nights away (all sessions)",
        "night",
        "less",
        "Nights of somebody who follows everything, between the days of meeting; over a gap of more than four nights "
        "they go home.",
        measures.nights,
    ),
    Criterion(
        "journeys",
        "Journeys (all sessions)",
        "journey",
        "less",
        "Journeys of somebody who follows everything: a gap of more than four nights is two journeys.",
        measures.journeys,
    ),
    Criterion(
        "officer-nights",
        "Nights away (officers together)",
        "night",
        "less",
        "For each officer who serves, nights between the days on which they serve; added up.",
        lambda option: _named(measures.nights_of_officers(option)),
    ),
    Criterion(
        "body-nights",
        "Nights away (one body only)",
        "night",
        "less",
        "For each body that stands below no other, nights of somebody who follows it alone; added up.",
        lambda option: sum(measures.nights_of_bodies(option).values()),
    ),
    Criterion(
        "closed",
        "Closed hours",
        "minute",
        None,
        "Time of sessions that keep some audience out.",
        measures.closed_minutes,
        means=meaning.with_closed_work,
    ),
    Criterion(
        "waiting",
        "Waiting outside",
        "minute",
        "less",
        "Closed time before a session of the same day that somebody whom it keeps out may attend.",
        measures.waiting_minutes,
        means=meaning.with_closed_work,
    ),
    Criterion(
        "split",
        "Bodies split over days",
        "body",
        "less",
        "Bodies that sit on more than one day.",
        measures.split_bodies,
    ),
    Criterion(
        "missed",
        "Missed by a delegation of one",
        "minute",
        "less",
        "Time that one person cannot follow, because another session sits at the same time.",
        measures.missed_minutes,
        means=meaning.of_meetings,
    ),
    Criterion(
        "clashes",
        "Wanted in two sessions at once",
        "clash",
        "less",
        "People who cannot attend both: for each officer, presenter and attendee the pairs of sessions that sit at the "
        "same time and both want them.",
        lambda option: _named(measures.clashes(option)),
    ),
    Criterion(
        "remote",
        "Remote day hours (worst region)",
        "%",
        "more",
        "Share of session time between 07:00 and 22:00 at the capitals of a region, on average; of the worst region.",
        lambda option: _worst(measures.in_the_day(option)),
        means=meaning.from_afar,
    ),
    Criterion(
        "remote-spread",
        "Remote day hours (spread)",
        "percentage point",
        "less",
        "The same of the best region, less that of the worst.",
        lambda option: _spread(measures.in_the_day(option)),
        means=meaning.from_afar,
    ),
    Criterion(
        "broken",
        "Rules broken that must hold",
        "breach",
        "less",
        "What the checker finds.",
        lambda option: len(option.report.broken),
    ),
    Criterion(
        "cost",
        "Cost of the rules",
        "point",
        "less",
        "Points of all soft rules together.",
        lambda option: option.report.cost,
    ),
)
"""Every criterion that stands on its own, in the order of the table."""


def changes_from(baseline: Option, *, published: bool) -> Criterion:
    """Sessions that are elsewhere than in the timetable against which options are held; few are better if published."""
    definition = (
        f"Sessions that start at another time or sit in another room than in {baseline.letter}, take longer or less, "
        "are new or gone. Those that only begin at another hour because their slot does count too."
    )
    better: Better = "less" if published else None
    title = f"Changes against {baseline.letter}"
    return Criterion("changes", title, "session", better, definition, lambda option: len(moves(baseline, option)))


def table(
    options: Sequence[Option], baseline: Option, *, published: bool = False, further: Sequence[Criterion] = ()
) -> list[Row]:
    """All rows; below a criterion those of its officers, bodies, regions and rules.

    Changes are counted against ``baseline``; ``published`` says that it has gone out, so that few changes are better.
    ``further`` criteria come from parts of the program that this one does not know.
    """
    rows: list[Row] = []
    held = [option for option in options if option.timetable is not None]
    changes = [changes_from(baseline, published=published)] if len(held) > 1 else []
    for criterion in (*_fitting(options), *further, *changes):
        if not criterion.means(held):
            continue
        rows.append(_row(criterion, options))
        rows += [_row(part, options) for part in _parts(criterion, options)]
    return [row for row in rows if any(number is not None for number in row.numbers)]


def _fitting(options: Sequence[Option]) -> list[Criterion]:
    """The criteria; cost compares nothing where the options are not held against the same soft rules."""
    rules = {
        tuple(sorted((r.describe(o.scenario), r.weight) for r in o.scenario.all_rules if r.weight is not None))
        for o in options
    }
    if len(rules) < 2:
        return list(CRITERIA)
    words = "The options have different rules, so it counts in no comparison."
    return [replace(c, better=None, definition=f"{c.definition} {words}") if c.id == "cost" else c for c in CRITERIA]


def _row(criterion: Criterion, options: Sequence[Option]) -> Row:
    return Row(criterion, tuple(None if o.timetable is None else criterion.measure(o) for o in options))


def _parts(whole: Criterion, options: Sequence[Option]) -> list[Criterion]:
    """The rows below a criterion: one for each officer, body, region or rule that any option has."""
    sources: dict[str, tuple[Callable[[Option], dict[str, float]], str]] = {
        "officer-nights": (lambda o: dict(measures.nights_of_officers(o)), "night"),
        "body-nights": (lambda o: dict(measures.nights_of_bodies(o)), "night"),
        "clashes": (lambda o: dict(measures.clashes(o)), "clash"),
        "remote": (measures.in_the_day, "%"),
        "cost": (_costs, "point"),
    }
    if whole.id not in sources:
        return []
    amounts, unit = sources[whole.id]
    names = dict.fromkeys(name for option in options if option.timetable is not None for name in amounts(option))

    def part(name: str) -> Criterion:
        return Criterion(
            f"{whole.id}.{name}",
            name,
            unit,
            whole.better,
            "",
            lambda option: amounts(option).get(name),
            whole.id,
            whole.title,
        )

    return [part(name) for name in names]


def _costs(option: Option) -> dict[str, float]:
    """Points by soft rule."""
    return {
        r.name: sum(f.penalty for f in option.report.of(r)) for r in option.scenario.all_rules if r.weight is not None
    }
