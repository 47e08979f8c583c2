"""A comparison as a value: options, the table of criteria, who is nowhere worse, and what moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.comparison.criteria import Criterion, Row, table
from scheduler.comparison.dominance import Dominance, dominances, pareto_set
from scheduler.comparison.moves import Move, moves
from scheduler.comparison.option import Option
from scheduler.rule import listed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Options in the order given; the first that has a timetable is the baseline of all changes."""

    options: tuple[Option, ...]
    baseline: Option
    rows: tuple[Row, ...]
    dominances: tuple[Dominance, ...]
    changes: tuple[tuple[Move, ...] | None, ...]
    """By option what moves against the baseline; None for the baseline itself and where there is no timetable."""
    over: tuple[Row, ...] = ()
    """The criteria that were chosen for the Pareto set."""
    pareto: tuple[int, ...] = ()
    """Indices of the options in it."""
    notes: tuple[str, ...] = ()
    """What else is to be said first, such as how the options were found."""

    @property
    def differ(self) -> bool:
        """Whether any option has another timetable than the baseline, or none."""
        return any(
            change is None or change
            for o, change in zip(self.options, self.changes, strict=True)
            if o is not self.baseline
        )

    def sentences(self) -> list[str]:
        """What can be said in short: impossible options, dominance, the Pareto set."""
        said = list(self.notes)
        said += [
            f"{option.letter} ({option.name}) is "
            f"{'impossible' if option.status == 'infeasible' else 'without a timetable'}: {' '.join(option.reasons)}"
            for option in self.options
            if option.timetable is None
        ]
        said += [dominance.sentence for dominance in self.dominances]
        held = [option for option in self.options if option.timetable is not None]
        if not self.dominances and len(held) > 1:
            said.append("No option is nowhere worse than another: each is better than every other in something.")
        if self.over:
            names = listed([row.criterion.title.lower() for row in self.over])
            letters = listed([self.options[index].letter for index in self.pareto])
            said.append(f"Pareto set over {names}: {letters}. Every other option is worse in one and better in none.")
        return said


def compare(
    options: Sequence[Option],
    over: Sequence[str] = (),
    *,
    published: bool = False,
    further: Sequence[Criterion] = (),
) -> Comparison:
    """Lay options side by side.

    ``over`` names criteria for the Pareto set; ``published`` says that the first option has gone out, so that fewer
    changes against it are better; ``further`` are criteria from other parts of the program.

    Raises:
        KeyError: ``over`` names a criterion that the table does not have.
    """
    baseline = next((option for option in options if option.timetable is not None), options[0])
    rows = table(options, baseline, published=published, further=further)
    by_id = {row.criterion.id: row for row in rows}
    chosen = tuple(by_id[name] for name in over)
    changes = tuple(
        None
        if option is baseline or option.timetable is None or baseline.timetable is None
        else moves(baseline, option)
        for option in options
    )
    return Comparison(
        tuple(options),
        baseline,
        tuple(rows),
        tuple(dominances(options, rows)),
        changes,
        chosen,
        tuple(pareto_set(options, chosen)) if chosen else (),
    )
