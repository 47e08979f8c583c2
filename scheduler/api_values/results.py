"""What the functions of ``scheduler.api`` return: values that can show themselves, as text and in a notebook.

``repr`` is one line; ``print`` shows what the command of the same name prints; a notebook shows HTML.
"""

import shlex
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from exports.annex.changes import move_sentences
from exports.files import Outbox
from exports.html import notebook
from exports.terminal.annex import print_rules, print_violations
from exports.terminal.answers import (
    print_prices,
    print_ties,
    print_what_if,
    print_why_here,
    print_why_window,
    ties_verdict,
)
from exports.terminal.compare import print_comparison
from exports.terminal.explained import print_explanation
from scheduler.api_values.arguments import a_path, a_timetable
from scheduler.api_values.loaded import UNNAMED, LoadedScenario
from scheduler.checking import Report
from scheduler.documents.timetable_document import Stored
from scheduler.domain.clock import parse_date
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import InputError, OutputError
from scheduler.outcome import Outcome, Status
from scheduler.scenario import Scenario
from scheduler.side_events.places import name_of, shown
from scheduler.wording import as_sentence, counted

if TYPE_CHECKING:
    from pandas import DataFrame
    from rich.console import Console

    from scheduler.comparison.compare import Comparison
    from scheduler.comparison.moves import Move
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.prices import PriceList
    from scheduler.explanation.side_events import WhyWindow
    from scheduler.explanation.ties import Tied
    from scheduler.explanation.whatif import WhatIf
    from scheduler.explanation.why_here import WhyHere
    from scheduler.forecasting.planning import PromisePlan
    from scheduler.forecasting.promises import Judgement
    from scheduler.forecasting.windows import Forecast
    from scheduler.replanning.published import Published
    from scheduler.replanning.replan import Replan


class Printed:
    """A result that ``print`` shows as a command prints it, and a notebook too unless it has more to show."""

    def _print(self, console: "Console") -> None:
        raise NotImplementedError

    def __str__(self) -> str:
        return notebook.printed(self._print)

    def _repr_html_(self) -> str:
        return notebook.text_html(str(self))


class ShownTimetable(Timetable):
    """A timetable with the scenario that it was made for or held against."""

    def __init__(self, scenario: Scenario, timetable: Timetable, stored: Stored | None = None) -> None:
        super().__init__(timetable, timetable.side_events)
        self.scenario = LoadedScenario.from_scenario(scenario)
        self.stored = stored
        """What was read with it; None for a timetable that was solved."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What was wrong when it was read, such as a session outside the slots."""
        return () if self.stored is None else self.stored.violations

    @property
    def notes(self) -> tuple[str, ...]:
        """Where the sheets of the workbook disagree that it was read from."""
        return () if self.stored is None else self.stored.notes

    def __repr__(self) -> str:
        days = sorted({day for placement in self for day in placement.days})
        when = f", {days[0]} to {days[-1]}" if days else ""
        return f"<Timetable of {self.scenario.name}: {counted(len(self), 'session')}{when}>"

    def __str__(self) -> str:
        return notebook.timetable_text(self.scenario, self)

    def _repr_html_(self) -> str:
        return notebook.timetable_html(self.scenario, self)


@dataclass(frozen=True, repr=False)
class SolveResult:
    """The answer to a scenario: a timetable, or what is known instead."""

    scenario: Scenario
    outcome: Outcome
    plan: "PromisePlan | None" = None
    """For a scenario with promises: how they are kept, and at what price."""

    @cached_property
    def timetable(self) -> ShownTimetable | None:
        """The placement of each session; None without a timetable, and then ``status`` says why."""
        found = self.outcome.timetable
        return None if found is None else ShownTimetable(self.scenario, found)

    @property
    def status(self) -> Status:
        """``optimal``, ``feasible``, ``infeasible`` or ``unknown``; equal to these texts."""
        return self.outcome.status

    @property
    def cost(self) -> int | None:
        """Points of all wishes together; None without a timetable."""
        return self.outcome.cost

    @property
    def bound(self) -> int | None:
        """Points: no timetable costs less. Equal to ``cost`` when the timetable is proved optimal."""
        return self.outcome.bound

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Wishes that the timetable does not grant, as the checker finds them."""
        return self.outcome.violations

    @property
    def sentence(self) -> str:
        """What is known, in words."""
        return self.outcome.sentence if self.plan is None else self.plan.sentence

    def __repr__(self) -> str:
        return f"<Answer to {self.scenario.name}: {self.sentence}>"

    def __str__(self) -> str:
        said = as_sentence(self.sentence)
        if self.timetable is not None:
            return f"{self.timetable}\n{said}"
        why = ("Why, and the cheapest ways out: explain(scenario).",) if self.status is Status.INFEASIBLE else ()
        return "\n".join([said, *self.outcome.reasons, *why])

    def _repr_html_(self) -> str:
        return notebook.text_html(str(self)) if self.timetable is None else self.timetable._repr_html_()


@dataclass(frozen=True, repr=False)
class CheckResult(Printed):
    """What the checker finds in a timetable: rules that must hold and are broken, wishes that are not granted."""

    scenario: Scenario
    report: Report

    @property
    def keeps_all(self) -> bool:
        """Whether every rule that must hold is kept."""
        return self.report.keeps_all

    @property
    def cost(self) -> int:
        """Points of all wishes together."""
        return self.report.cost

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Every violation of a rule that must hold or of a wish."""
        return self.report.violations

    def frame(self) -> "DataFrame":
        """One row a violation; columns ``rule``, ``id``, ``hard``, ``penalty`` (points), ``message``."""
        from exports.frames import table

        columns = "rule:category id:category hard:bool penalty:int64 message:string"
        return table(self.report.violations, columns)

    def __repr__(self) -> str:
        return f"<Check of {self.scenario.name}: it {self.report.verdict}; it costs {counted(self.cost, 'point')}>"

    def _print(self, console: "Console") -> None:
        print_rules(self.scenario, self.violations, console)
        print_violations(self.violations, console)


@dataclass(frozen=True, repr=False)
class ExplainResult(Printed):
    """Why there is no timetable: what clashes, and the cheapest ways out."""

    explanation: "Explanation"
    arguments: tuple[str, ...] = (UNNAMED,)
    """Arguments of ``schedule what-if`` in the commands shown: the file, and the change asked about."""

    @property
    def status(self) -> Status:
        """``infeasible`` when it is proved that there is no timetable; ``feasible`` when there is one after all."""
        return self.explanation.status

    @property
    def sentence(self) -> str:
        """The verdict, in words."""
        return self.explanation.verdict

    @property
    def clash(self) -> tuple[str, ...]:
        """Names of the rules, or ids of the sessions, that cannot hold together."""
        conflict = self.explanation.conflict
        return () if conflict is None else tuple(member.name for member in conflict.members)

    @property
    def ways(self) -> tuple[SolveResult, ...]:
        """For each way out its changed scenario and the answer to it, in the order of ``frame()``."""
        found = self.explanation.repairs.ways
        return tuple(SolveResult(LoadedScenario.from_scenario(way.scenario), way.outcome) for way in found)

    def frame(self) -> "DataFrame":
        """One row a way out; columns ``cost`` (points), ``sentence``, ``options`` (of ``schedule what-if``)."""
        from exports.frames import table

        ways = self.explanation.repairs.ways
        rows = [(way.cost, way.sentence, shlex.join(way.options) or None) for way in ways]
        return table(rows, "cost:int64 sentence:string options:string")

    def __repr__(self) -> str:
        return (
            f"<Explanation of {self.explanation.scenario.name}: {self.sentence} {', '.join(self.clash)}".strip() + ">"
        )

    def _print(self, console: "Console") -> None:
        print_explanation(self.explanation, self.arguments, console)

    def __str__(self) -> str:
        return super().__str__() if self.status is Status.INFEASIBLE else self.sentence

    def _repr_html_(self) -> str:
        return notebook.explanation_html(self.explanation)


@dataclass(frozen=True, repr=False)
class WhyHereResult(Printed):
    """Why a session is where it is: what every other slot would cost, or which rules it would break."""

    scenario: Scenario
    why: "WhyHere"

    def frame(self) -> "DataFrame":
        """One row for every other slot: ``opens``, ``possible``, ``further`` (points), ``moved``, ``breaks``."""
        from exports.frames import slots_frame

        return slots_frame(self.scenario, self.why)

    def __repr__(self) -> str:
        where = self.why.here.segments[0].starts_on
        possible = sum(place.possible is True for place in self.why.others)
        unknown = any(place.possible is None for place in self.why.others)
        slots = f"{'at least ' if unknown else ''}{counted(possible, 'other slot')}"
        return f"<{self.scenario.title(self.why.session)} starts on {where}; it could start in {slots}>"

    def _print(self, console: "Console") -> None:
        print_why_here(self.scenario, self.why, console)

    def _repr_html_(self) -> str:
        return notebook.why_here_html(self.scenario, self.why)


@dataclass(frozen=True, repr=False)
class WhyWindowResult(Printed):
    """Why a side event is where it is: what every other window would cost, or why it is none for it."""

    scenario: Scenario
    why: "WhyWindow"

    def frame(self) -> "DataFrame":
        """One row for every other window: ``opens``, ``possible``, ``further`` (points), ``moved``, ``why``."""
        from exports.frames import windows_frame

        return windows_frame(self.scenario, self.why)

    def __repr__(self) -> str:
        possible = sum(window.possible is True for window in self.why.others)
        unknown = any(window.possible is None for window in self.why.others)
        windows = f"{'at least ' if unknown else ''}{counted(possible, 'other window')}"
        return f"<{name_of(self.scenario, self.why.event)} stands {shown(self.why.here)}; it could be in {windows}>"

    def _print(self, console: "Console") -> None:
        print_why_window(self.scenario, self.why, console)


@dataclass(frozen=True, repr=False)
class PricesResult(Printed):
    """What each rule and wish costs in the best timetable, and how far each number may move."""

    scenario: Scenario
    prices: "PriceList"

    @property
    def answer(self) -> SolveResult:
        """The best timetable."""
        return SolveResult(self.scenario, self.prices.outcome)

    @property
    def status(self) -> Status:
        """``optimal`` or ``feasible``; without a timetable ``infeasible`` or ``unknown``."""
        return self.prices.outcome.status

    @property
    def cost(self) -> int | None:
        """Points of the best timetable; None where there is none."""
        return self.prices.outcome.cost

    def frame(self) -> "DataFrame":
        """One row a rule or wish: ``name``, ``hard``, ``costs`` (points), ``implied``, ``saves``, ``sentence``.

        ``costs`` and ``implied`` are NA when they are not known.
        """
        from exports.frames import table

        rows = [
            (rule.member.name, True, self.prices.costs(rule), rule.implied, ", ".join(rule.saves), rule.member.sentence)
            for rule in self.prices.rules
        ]
        rows += [(wish.name, False, wish.cost, None, "", wish.sentence) for wish in self.prices.wishes]
        return table(rows, "name:string hard:bool costs:Int64 implied:boolean saves:string sentence:string")

    def margins(self) -> "DataFrame":
        """One row a number: ``what``, ``way``, and ``change_after`` and ``nothing_fits_after`` in minutes.

        Both are NA when nothing happens within 4 hours, or when ``examined`` is False.
        """
        from exports.frames import table

        rows = [(each.what, each.way, each.change, each.nothing, each.sure) for each in self.prices.margins]
        return table(rows, "what:string way:category change_after:Int64 nothing_fits_after:Int64 examined:bool")

    def __repr__(self) -> str:
        if self.cost is None:
            return f"<Prices of {self.scenario.name}: {self.answer.sentence}>"
        dear = sum(bool(self.prices.costs(rule)) for rule in self.prices.rules)
        wishes = sum(bool(wish.cost) for wish in self.prices.wishes)
        some = f"{counted(dear, 'rule')} and {counted(wishes, 'wish', 'wishes')}"
        return f"<Prices of {self.scenario.name}: the best timetable costs {self.cost}; {some} cost something>"

    def _print(self, console: "Console") -> None:
        print_prices(self.prices, console)

    def __str__(self) -> str:
        return str(self.answer) if self.cost is None else super().__str__()

    def _repr_html_(self) -> str:
        return self.answer._repr_html_() if self.cost is None else notebook.prices_html(self.prices)


@dataclass(frozen=True, repr=False)
class TiesResult(Printed):
    """Where equally good timetables differ, and the wish that would leave the fewest."""

    scenario: Scenario
    tied: "Tied"

    @property
    def answer(self) -> SolveResult:
        """The first of the equally good timetables."""
        return SolveResult(self.scenario, self.tied.outcome)

    @property
    def timetables(self) -> tuple[ShownTimetable, ...]:
        """The equally good timetables; ``exact`` says whether these are all."""
        return tuple(ShownTimetable(self.scenario, timetable) for timetable in self.tied.timetables)

    @property
    def exact(self) -> bool:
        """Whether it is proved that there are no more."""
        return self.tied.exact

    @property
    def preference(self) -> str | None:
        """The wish, as in the YAML, that would leave the fewest; None when none was found or needed."""
        return None if self.tied.preference is None else self.tied.preference.yaml

    def frame(self) -> "DataFrame":
        """One row a session and a time and room that it may have: ``title``, ``place``, ``timetables`` (how many)."""
        from exports.frames import table

        rows = [(spread.title, where, count) for spread in self.tied.spreads for where, count in spread.places]
        return table(rows, "title:category place:string timetables:int64")

    def __repr__(self) -> str:
        return f"<Ties of {self.scenario.name}: {ties_verdict(self.tied) if self.timetables else self.answer.sentence}>"

    def _print(self, console: "Console") -> None:
        print_ties(self.tied, console)

    def __str__(self) -> str:
        return super().__str__() if self.timetables else str(self.answer)


@dataclass(frozen=True, repr=False)
class WhatIfResult(Printed):
    """The scenario as it is and with a change, each with its answer."""

    answer: "WhatIf"
    fewest: "Replan | None" = None
    """The timetable that moves the fewest sessions, when a second search looked for it."""
    arguments: tuple[str, ...] = (UNNAMED,)
    """Arguments of ``schedule what-if`` for the same question: the file, and the options."""

    @property
    def before(self) -> SolveResult:
        """The answer without the change."""
        return SolveResult(self.answer.scenario, self.answer.before)

    @property
    def after(self) -> SolveResult:
        """The answer with the change."""
        return SolveResult(LoadedScenario.from_scenario(self.answer.changed), self.answer.after)

    @property
    def status(self) -> Status:
        """What is known with the change."""
        return self.answer.after.status

    @property
    def cost(self) -> int | None:
        """Points with the change; None without a timetable."""
        return self.answer.cost

    @property
    def explanation(self) -> ExplainResult | None:
        """Why the change makes the scenario impossible; None when it does not."""
        return None if self.answer.explanation is None else ExplainResult(self.answer.explanation, self.arguments)

    def frame(self) -> "DataFrame":
        """One row a session whose time or room differs: ``session``, ``title``, ``before``, ``after`` and rooms."""
        from exports.frames import table, with_rooms

        changes = self.answer.changes
        return with_rooms(table(changes, "session:string title:string before:string after:string"), changes)

    def __repr__(self) -> str:
        if self.cost is None:
            return f"<What if, of {self.answer.scenario.name}: {self.answer.after.sentence}>"
        moved = counted(len(self.answer.changes), "session")
        none = "there is none" if self.before.status is Status.INFEASIBLE else "none was found"
        was = none if self.before.cost is None else str(self.before.cost)
        price = f"it costs {self.cost}, without the change {was}"
        return f"<What if, of {self.answer.scenario.name}: {price}; {moved} changed>"

    def _print(self, console: "Console") -> None:
        print_what_if(self.answer, self.fewest, self.arguments[0], console)

    def __str__(self) -> str:
        return super().__str__() if self.explanation is None else f"{super().__str__()}\n{self.explanation}"

    def _repr_html_(self) -> str:
        why = "" if self.explanation is None else self.explanation._repr_html_()
        return f"{notebook.text_html(super().__str__())}{why}"


@dataclass(frozen=True, repr=False)
class CompareResult(Printed):
    """Options side by side; changes are told against the first option that has a timetable."""

    comparison: "Comparison"

    @property
    def sentences(self) -> list[str]:
        """The comparison in sentences: options that are impossible or break a rule, alike, or better than another."""
        return self.comparison.sentences()

    @property
    def options(self) -> list[str]:
        """Names of the options, such as ``A: csp11``; ``frame()`` has a column for each."""
        return [option.title for option in self.comparison.options]

    def frame(self) -> "DataFrame":
        """One row a criterion: ``title``, ``unit``, ``better``, and a column of numbers for each option."""
        from exports.frames import comparison_frame

        return comparison_frame(self.comparison)

    def __repr__(self) -> str:
        return f"<Comparison of {counted(len(self.options), 'option')}: {'; '.join(self.options)}>"

    def _print(self, console: "Console") -> None:
        print_comparison(self.comparison, console)

    def _repr_html_(self) -> str:
        return notebook.comparison_html(self.comparison)


@dataclass(frozen=True, repr=False)
class ReplanResult:
    """The smallest change to a published timetable."""

    scenario: Scenario
    replan: "Replan"
    published: "Published"
    """The published timetable."""

    @property
    def answer(self) -> SolveResult:
        """The new timetable with its status and cost."""
        return SolveResult(self.scenario, self.replan.outcome)

    @property
    def timetable(self) -> ShownTimetable | None:
        """The new timetable; None where there is none."""
        return self.answer.timetable

    @property
    def moved(self) -> tuple[str, ...]:
        """Ids of the sessions that start at another time or sit in another room."""
        return tuple(self.replan.moved)

    @property
    def sentence(self) -> str:
        """How many sessions move, and whether that is proved the least."""
        return self.replan.sentence

    @cached_property
    def moves(self) -> "tuple[Move, ...]":
        """What has changed, session by session; ``move.sentence`` says it in words."""
        from exports.revision import moves_since

        return moves_since(self.published, self.scenario, self.timetable)

    def frame(self) -> "DataFrame":
        """One row a session that has changed: ``change``, ``before`` and ``after`` (moments), rooms, ``sentence``."""
        from exports.frames import moves_frame

        return moves_frame(self.moves, self.published.scenario, self.scenario)

    def to_workbook(
        self, path: str | Path | None = None, *, clean: bool = False, issued: str | date | None = None,
        reason: str | None = None, force: bool = False,
    ) -> bytes:  # fmt: skip
        """Give the annex as a revision, as an Excel workbook: old places struck through, new ones marked.

        Parameters
        ----------
        path
            Where to write it; None: nowhere. ``.schedule.json`` beside it remembers which files are ours.
        clean
            Whether to leave out the marks.
        issued
            The day of the revision for its note; None: no day.
        reason
            Why the annex is issued again, for its note.
        force
            Whether to overwrite a file that a person has edited.

        Returns
        -------
        bytes
            The file; equal arguments give equal bytes.

        Raises
        ------
        InputError
            There is no new timetable, or ``issued`` is not a day.
        OutputError
            As for ``to_workbook`` of a timetable.

        Examples
        --------
        >>> import scheduler as s
        >>> week = s.load("scenarios/csp11.yaml")
        >>> change = s.replan(week.with_(durations={"wgtu": "3h"}), s.solve(week).timetable)
        >>> change.to_workbook(reason="WGTU needs less time")[:2]
        b'PK'
        """
        from exports.revision import Issue, revise

        a_timetable(self.timetable)
        issue, out = Issue(_day(issued), reason), self.published
        revision = revise(out.scenario, out.timetable, self.scenario, self.replan.outcome, out.days, issue)
        return written(dict(revision.annexes())["clean.xlsx" if clean else "xlsx"], path, force=force)

    def __repr__(self) -> str:
        return f"<Replan of {self.scenario.name}: {self.sentence}>"

    def __str__(self) -> str:
        if self.timetable is None:
            return self.sentence
        said = move_sentences(self.published.scenario, self.scenario, self.timetable, self.moves)
        said += [move.sentence for move in self.replan.events]
        return "\n".join([str(self.timetable), self.sentence, *(f"  {n}. {words}" for n, words in enumerate(said, 1))])

    def _repr_html_(self) -> str:
        return self.answer._repr_html_()


@dataclass(frozen=True, repr=False)
class ForecastResult(Printed):
    """When each session will really start, and how likely it overruns."""

    forecast: "Forecast"
    promises: "tuple[Judgement, ...]" = ()

    @property
    def overruns(self) -> float:
        """The chance, from 0 to 1, that the meeting is not over when its last slot closes."""
        return self.forecast.overruns

    def frame(self) -> "DataFrame":
        """One row a session: ``planned``, windows that hold in 8 of 10 cases, and chances from 0 to 1."""
        from exports.frames import forecast_frame

        return forecast_frame(self.forecast)

    def __repr__(self) -> str:
        kept = sum(judgement.kept for judgement in self.promises)
        told = f"; {kept} of {counted(len(self.promises), 'promise')} kept" if self.promises else ""
        chance = f"it runs past its last slot with {self.overruns:.0%}"
        return f"<Forecast of {self.forecast.scenario.name}: {chance}{told}>"

    def _print(self, console: "Console") -> None:
        from exports.terminal.forecast import print_forecast
        from scheduler.forecasting.influence import influences

        print_forecast(self.forecast, self.promises, influences(self.forecast), console)


def written(data: bytes, path: str | Path | None, *, force: bool) -> bytes:
    """Write a workbook if ``path`` is given, and return it.

    Raises:
        InputError: ``path`` does not end in ``.xlsx``.
        OutputError: it could not be written; or a person has edited the file there, and the new one stands beside it.
    """
    if path is not None:
        if a_path(path).suffix.lower() != ".xlsx":
            raise InputError(f"{path}: this writes an Excel workbook: end the name in .xlsx")
        kept = Outbox(Path(path).parent, force).write(Path(path).name, data)
        if kept.set_aside:
            raise OutputError(kept.message.replace("--force overwrites", "force=True overwrites"))
    return data


def _day(issued: str | date | None) -> date | None:
    if isinstance(issued, datetime):
        return issued.date()
    try:
        return parse_date(issued) if isinstance(issued, str) else issued
    except ValueError as error:
        raise InputError(f"issued: {error}") from None
