"""What the functions of ``scheduler.api`` return: values that can show themselves, as text and in a notebook.

``repr`` is one line; ``print`` shows what the command of the same name prints; a notebook shows HTML.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.checking import Report
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.errors import InputError
from scheduler.loaded import UNNAMED, LoadedScenario
from scheduler.outcome import Outcome, Status
from scheduler.rules.rule import counted
from scheduler.scenario import Scenario
from scheduler.timetable_document import Stored

if TYPE_CHECKING:
    from pandas import DataFrame

    from scheduler.comparison.compare import Comparison
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.places import WhyHere
    from scheduler.explanation.whatif import WhatIf
    from scheduler.forecasting.planning import Plan
    from scheduler.forecasting.promises import Judgement
    from scheduler.forecasting.windows import Forecast
    from scheduler.replanning.replan import Replan


class ShownTimetable(Timetable):
    """A timetable with the scenario that it was made for or held against."""

    def __init__(self, scenario: Scenario, timetable: Timetable, stored: Stored | None = None) -> None:
        super().__init__(timetable)
        self.scenario = LoadedScenario.from_scenario(scenario)
        self.stored = stored
        """What else was read with it; None where it was solved."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """What was found wrong while it was read, such as a session that sits outside the slots."""
        return () if self.stored is None else self.stored.violations

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the file first: where the sheets of a workbook disagree."""
        return () if self.stored is None else self.stored.notes

    def __repr__(self) -> str:
        days = sorted({day for placement in self for day in placement.days})
        when = f", {days[0]} to {days[-1]}" if days else ""
        return f"<Timetable of {self.scenario.name}: {counted(len(self), 'session')}{when}>"

    def __str__(self) -> str:
        from exports.html.notebook import timetable_text

        return timetable_text(self.scenario, self)

    def _repr_html_(self) -> str:
        from exports.html.notebook import timetable_html

        return timetable_html(self.scenario, self)


@dataclass(frozen=True, repr=False)
class SolveResult:
    """The answer to a scenario. ``timetable`` is None where there is none, and ``status`` says what is known."""

    scenario: Scenario
    outcome: Outcome
    plan: "Plan | None" = None
    """Where the scenario has promises: how they were kept, and at what price."""

    @cached_property
    def timetable(self) -> ShownTimetable | None:
        """Where and when each session sits."""
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
        """Points that no timetable can cost less than; equal to ``cost`` where that is proved."""
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
        said = f"{self.sentence[:1].upper()}{self.sentence[1:]}."
        if self.timetable is not None:
            return f"{self.timetable}\n{said}"
        why = ("Why, and the cheapest ways out: explain(scenario).",) if self.status is Status.INFEASIBLE else ()
        return "\n".join([said, *self.outcome.reasons, *why])

    def _repr_html_(self) -> str:
        from exports.html.notebook import text_html

        return text_html(str(self)) if self.timetable is None else self.timetable._repr_html_()


@dataclass(frozen=True, repr=False)
class CheckResult:
    """What the checker finds in a timetable: every rule, those that must hold and the wishes."""

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
        """What breaks a rule or does not grant a wish."""
        return self.report.violations

    def frame(self) -> "DataFrame":
        """One row a violation; columns ``rule``, ``id``, ``hard``, ``penalty`` (points), ``message``."""
        from exports.frames import violations_frame

        return violations_frame(self.report.violations)

    def __repr__(self) -> str:
        broken = f"breaks rules that must hold, in {counted(len(self.report.broken), 'place')}"
        verdict = "keeps every rule that must hold" if self.keeps_all else broken
        return f"<Check of {self.scenario.name}: it {verdict}; it costs {counted(self.cost, 'point')}>"

    def __str__(self) -> str:
        from exports.html.notebook import printed
        from exports.terminal.annex import print_rules, print_violations

        found = self.report.violations
        rules = printed(lambda console: print_rules(self.scenario, found, console))
        return "\n".join(filter(None, [rules, printed(lambda console: print_violations(found, console))]))

    def _repr_html_(self) -> str:
        from exports.html.notebook import text_html

        return text_html(str(self))


@dataclass(frozen=True, repr=False)
class ExplainResult:
    """Why there is no timetable: what clashes, and the cheapest ways out."""

    explanation: "Explanation"
    arguments: tuple[str, ...] = (UNNAMED,)
    """What ``schedule what-if`` is to be given for the same question: the file, and the change asked about."""

    @property
    def status(self) -> Status:
        """``infeasible`` where it is proved that there is none; ``feasible`` where there is one after all."""
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

    def frame(self) -> "DataFrame":
        """One row a way out; columns ``cost`` (points), ``sentence``, ``options`` (of ``schedule what-if``)."""
        from exports.frames import ways_frame

        return ways_frame(self.explanation)

    def __repr__(self) -> str:
        return (
            f"<Explanation of {self.explanation.scenario.name}: {self.sentence} {', '.join(self.clash)}".strip() + ">"
        )

    def __str__(self) -> str:
        from exports.html.notebook import printed
        from exports.terminal.explained import print_explanation

        if self.status is not Status.INFEASIBLE:
            return self.sentence
        return printed(lambda console: print_explanation(self.explanation, self.arguments, console))

    def _repr_html_(self) -> str:
        from exports.html.notebook import explanation_html

        return explanation_html(self.explanation)


@dataclass(frozen=True, repr=False)
class WhyHereResult:
    """Why a session is where it is: what every other slot would cost, or which rules it would break."""

    scenario: Scenario
    why: "WhyHere"

    def frame(self) -> "DataFrame":
        """One row for every other slot: ``opens``, ``possible``, ``further`` (points), ``moved``, ``breaks``."""
        from exports.frames import slots_frame

        return slots_frame(self.scenario, self.why)

    def __repr__(self) -> str:
        where = self.why.here.segments[0].starts_on
        possible = sum(place.possible is True for place in self.why.places)
        unknown = any(place.possible is None for place in self.why.places)
        slots = f"{'at least ' if unknown else ''}{counted(possible, 'other slot')}"
        return f"<{self.scenario.title(self.why.session)} starts on {where}; it could start in {slots}>"

    def __str__(self) -> str:
        from exports.html.notebook import printed
        from exports.terminal.answers import print_why_here

        return printed(lambda console: print_why_here(self.scenario, self.why, console))

    def _repr_html_(self) -> str:
        from exports.html.notebook import text_html

        return text_html(str(self))


@dataclass(frozen=True, repr=False)
class WhatIfResult:
    """The scenario as it is and with a change, each with its answer."""

    answer: "WhatIf"
    fewest: "Replan | None" = None
    """The timetable with the change that moves the fewest sessions, where it was looked for separately."""
    arguments: tuple[str, ...] = (UNNAMED,)
    """What ``schedule what-if`` is to be given for the same: the file, and the options."""

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
        """Why the change makes it impossible, where it does."""
        return None if self.answer.explanation is None else ExplainResult(self.answer.explanation, self.arguments)

    def frame(self) -> "DataFrame":
        """One row a session that stands elsewhere: ``session``, ``title``, ``before``, ``after`` and rooms."""
        from exports.frames import changes_frame

        return changes_frame(self.answer)

    def __repr__(self) -> str:
        if self.cost is None:
            return f"<What if, of {self.answer.scenario.name}: {self.answer.after.sentence}>"
        moved = counted(len(self.answer.changes), "session")
        none = "there is none" if self.before.status is Status.INFEASIBLE else "none was found"
        was = none if self.before.cost is None else str(self.before.cost)
        price = f"it costs {self.cost}, without the change {was}"
        return f"<What if, of {self.answer.scenario.name}: {price}; {moved} changed>"

    def __str__(self) -> str:
        return self._said() if self.explanation is None else f"{self._said()}\n{self.explanation}"

    def _repr_html_(self) -> str:
        from exports.html.notebook import text_html

        why = "" if self.explanation is None else self.explanation._repr_html_()
        return f"{text_html(self._said())}{why}"

    def _said(self) -> str:
        from exports.html.notebook import printed
        from exports.terminal.answers import print_what_if

        return printed(lambda console: print_what_if(self.answer, self.fewest, self.arguments[0], console))


@dataclass(frozen=True, repr=False)
class CompareResult:
    """Timetables side by side; the first that there is, is what changes are told against."""

    comparison: "Comparison"

    @property
    def sentences(self) -> list[str]:
        """What can be said in short: what is impossible or broken, who is alike, who is better."""
        return self.comparison.sentences()

    @property
    def options(self) -> list[str]:
        """What the options are called, which are the columns of their numbers: ``A: csp11``."""
        return [option.title for option in self.comparison.options]

    def frame(self) -> "DataFrame":
        """One row a criterion: ``title``, ``unit``, ``better``, and a column of numbers for each option."""
        from exports.frames import comparison_frame

        return comparison_frame(self.comparison)

    def __repr__(self) -> str:
        return f"<Comparison of {counted(len(self.options), 'option')}: {'; '.join(self.options)}>"

    def __str__(self) -> str:
        from exports.html.notebook import printed
        from exports.terminal.compare import print_comparison

        return printed(lambda console: print_comparison(self.comparison, console))

    def _repr_html_(self) -> str:
        from exports.html.notebook import comparison_html

        return comparison_html(self.comparison)


@dataclass(frozen=True, repr=False)
class ReplanResult:
    """The smallest change to a timetable that is out."""

    scenario: Scenario
    replan: "Replan"

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

    def __repr__(self) -> str:
        return f"<Replan of {self.scenario.name}: {self.sentence}>"

    def __str__(self) -> str:
        return "\n".join([*([str(self.timetable)] if self.timetable is not None else []), self.sentence])

    def _repr_html_(self) -> str:
        return self.answer._repr_html_()


@dataclass(frozen=True, repr=False)
class ForecastResult:
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

    def __str__(self) -> str:
        from exports.html.notebook import printed
        from exports.terminal.forecast import print_forecast
        from scheduler.forecasting.influence import influences

        ranked = influences(self.forecast)
        return printed(lambda console: print_forecast(self.forecast, self.promises, ranked, console))

    def _repr_html_(self) -> str:
        from exports.html.notebook import text_html

        return text_html(str(self))


def placed(timetable: Timetable | None) -> Timetable:
    """The timetable where there is one.

    Raises:
        InputError: there is none.
    """
    if timetable is None:
        raise InputError("there is no timetable: the scenario has none, or none was found; explain(scenario) says why")
    return timetable
