"""A comparison as a value: options, the table of criteria, which option is nowhere worse, and what moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.comparison.coverage import left_out
from scheduler.comparison.criterion import Criterion, CriterionRow
from scheduler.comparison.dominance import Alike, Dominance, Trade, alike, dominances, pareto_set, trades
from scheduler.comparison.moves import Move, moves
from scheduler.comparison.option import Option
from scheduler.comparison.rows import table
from scheduler.errors import InputError
from scheduler.side_events.moves import EventMove, event_moves
from scheduler.wording import did_you_mean, listed, uncapital


@dataclass(frozen=True, slots=True)
class Comparison:
    """Options in the order given; the first that has a timetable is the baseline of all changes."""

    options: tuple[Option, ...]
    first: Option | None
    """The baseline; None where there is no option at all."""
    rows: tuple[CriterionRow, ...]
    dominances: tuple[Dominance, ...]
    changes: tuple[tuple[Move, ...] | None, ...]
    """By option what moves against the baseline; None for the baseline itself and where there is no timetable."""
    over: tuple[CriterionRow, ...] = ()
    """The criteria that were chosen for the Pareto set."""
    pareto: tuple[int, ...] = ()
    """Indices of the options in it."""
    notes: tuple[str, ...] = ()
    """Remarks that come first, such as how the options were found."""
    alike: tuple[Alike, ...] = ()
    trades: tuple[Trade, ...] = ()
    events: tuple[tuple[EventMove, ...], ...] = ()
    """By option the side events that stand elsewhere than in the baseline."""

    @property
    def baseline(self) -> Option:
        """The option that changes are counted against; there must be one."""
        assert self.first is not None
        return self.first

    @property
    def differ(self) -> bool:
        """Whether any option has another timetable than the baseline, or none."""
        others = [c for o, c in zip(self.options, self.changes, strict=True) if o is not self.first]
        return any(change is None or change for change in others) or any(self.events)

    def left_out(self, option: Option) -> str:
        """What an option leaves out that another one holds, in words; empty where it holds as much."""
        return left_out(option, self.options)

    def sentences(self) -> list[str]:
        """The comparison in sentences: what is impossible, left out or broken; what is alike, and what is better."""
        if not self.options:
            return [*self.notes, "There is no option."]
        said = [*self.notes, *map(_without_timetable, (o for o in self.options if o.timetable is None))]
        for option in self.options:
            said += option.notes
            if option.timetable is not None and option.report.broken:
                said.append(f"{option.letter} breaks what must hold: {option.report.broken_in_words}.")
        said += self._less()
        said += [each.sentence for each in self.alike]
        said += [dominance.sentence for dominance in self.dominances]
        said += self._traded()
        if self.over:
            said.append(self._pareto())
        return said

    def _less(self) -> list[str]:
        """Which options leave out what another option holds."""
        letters: dict[str, list[str]] = {}
        for option in self.options:
            if left := self.left_out(option):
                letters.setdefault(left, []).append(option.letter)
        return [
            f"{each[0]} leaves out {left}: where it is better, it also does less."
            if len(each) == 1
            else f"{listed(each)} leave out {left}: where they are better, they also do less."
            for left, each in letters.items()
        ]

    def _traded(self) -> list[str]:
        """Pairs of options of which neither is better throughout."""
        if len(self.trades) == 1:
            return [self.trades[0].sentence]
        said = [trade.sentence for trade in self.trades if trade.details]
        pairs = [f"{trade.one.letter} and {trade.other.letter}" for trade in self.trades if not trade.details]
        different = sum(o.timetable is not None for o in self.options) - sum(len(a.options) - 1 for a in self.alike)
        if len(pairs) > 1 and len(pairs) == different * (different - 1) // 2:
            return ["No option is better throughout: of any two, each is better than the other in some row."]
        return [*said, *([f"Each is better than the other in some row: {'; '.join(pairs)}."] if pairs else [])]

    def _pareto(self) -> str:
        names = listed([uncapital(row.criterion.title) for row in self.over])
        letters = listed([self.options[index].letter for index in self.pareto])
        others = [o for i, o in enumerate(self.options) if o.timetable is not None and i not in self.pareto]
        more = " Every other option is worse than one of these in something and better in nothing." if others else ""
        less = [self.options[index].letter for index in self.pareto if self.left_out(self.options[index])]
        but = f" What is left out ({listed(less)}) does not count here." if less else ""
        return f"Pareto set over {names}: {letters}.{more}{but}"


def _without_timetable(option: Option) -> str:
    no = "impossible" if option.status == "infeasible" else "without a timetable"
    return f"{option.letter} ({option.name}) is {no}{': ' if option.reasons else '.'}{' '.join(option.reasons)}"


def _events(baseline: Option, option: Option) -> tuple[EventMove, ...]:
    if baseline.timetable is None or option.timetable is None:
        return ()
    return event_moves(baseline.scenario, baseline.timetable, option.scenario, option.timetable)


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
        InputError: ``over`` names a criterion that the table does not have.
    """
    if not options:
        return Comparison((), None, (), (), ())
    baseline = next((option for option in options if option.timetable is not None), options[0])
    rows = table(options, baseline, published=published, further=further)
    by_id = {row.criterion.id: row for row in rows}
    for name in over:
        if name not in by_id:
            known = [row.criterion.id for row in rows if row.criterion.part_of is None]
            hint = did_you_mean(name, known) if known else "no option has a timetable"
            raise InputError(f"there is no criterion '{name[:40]}': {hint}")
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
        alike=tuple(alike(options, rows)),
        trades=tuple(trades(options, rows)),
        events=tuple(_events(baseline, option) for option in options),
    )
