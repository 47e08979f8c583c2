"""The rows of a comparison: a criterion each, and below it those of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.comparison.criterion import Better, Criterion, CriterionRow
from scheduler.comparison.measures import CRITERIA
from scheduler.comparison.moves import moves
from scheduler.comparison.option import Option


def changes_from(baseline: Option, *, published: bool) -> Criterion:
    """Sessions that are elsewhere than in the timetable against which options are held; few are better if published."""
    definition = (
        f"Sessions that start at another time or sit in another room than in {baseline.letter}, take longer or less, "
        "are suspended otherwise, are new or gone. "
        "Those that only begin at another hour because their slot does count too."
    )
    better: Better = "less" if published else None
    title = f"Changes against {baseline.letter}"
    return Criterion("changes", title, "session", better, definition, lambda option: len(moves(baseline, option)))


def table(
    options: Sequence[Option], baseline: Option, *, published: bool = False, further: Sequence[Criterion] = ()
) -> list[CriterionRow]:
    """All rows; below a criterion those of its officers, bodies, regions and rules.

    Changes are counted against ``baseline``; ``published`` says that it has gone out, so that few changes are better.
    ``further`` criteria come from parts of the program that this one does not know.
    """
    rows: list[CriterionRow] = []
    held = [option for option in options if option.timetable is not None]
    changes = [changes_from(baseline, published=published)] if len(held) > 1 else []
    for criterion in (*_fitting(options), *further, *changes):
        if not criterion.means(held):
            continue
        rows.append(_row(criterion, options))
        if criterion.parts is not None:
            names = dict.fromkeys(name for option in held for name in criterion.parts(option))
            rows += [_row(criterion.part(name), options) for name in names]
    return [row for row in rows if any(number is not None for number in row.numbers)]


def _fitting(options: Sequence[Option]) -> list[Criterion]:
    """The criteria; cost compares nothing where the options are not held against the same soft rules."""
    rules = {tuple(sorted(_soft(option))) for option in options}
    if len(rules) < 2:
        return list(CRITERIA)
    words = "The options have different rules, so it counts in no comparison."
    return [replace(c, better=None, definition=f"{c.definition} {words}") if c.id == "cost" else c for c in CRITERIA]


def _soft(option: Option) -> Iterator[tuple[str, int]]:
    """The sentence and the weight of each wish."""
    scenario = option.scenario
    yield from ((r.describe(scenario), r.weight) for r in scenario.all_rules if r.weight is not None)
    if scenario.to_place:
        from scheduler.side_events.judging import asked_of

        yield from ((asked.name, asked.weight) for asked in asked_of(scenario) if asked.weight is not None)


def _row(criterion: Criterion, options: Sequence[Option]) -> CriterionRow:
    return CriterionRow(criterion, tuple(None if o.timetable is None else criterion.measure(o) for o in options))
