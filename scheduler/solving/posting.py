"""The model of a scenario with its rules posted, in the formulation that serves it.

Whatever is asked about single sessions (why here, what if, moves, ties, alternatives) is asked of this model; the
choice of the formulation is made here alone. The counted formulation knows no session by name: many sessions are asked
about in slots.
"""

from __future__ import annotations

from collections.abc import Callable

from scheduler.model.schedule_model import ScheduleModel
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.solving.formulation import Formulation, by_name


def every(_: Rule) -> bool:
    """All rules are posted."""
    return True


def hard(rule: Rule) -> bool:
    """Those that must hold are posted."""
    return rule.weight is None


def stated(rule: Rule) -> bool:
    """All rules are posted but those that were given up."""
    return rule.given_up is None


def posted(
    scenario: Scenario,
    until: float | None = None,
    *,
    which: Callable[[Rule], bool] = every,
    ask: Callable[[ScheduleModel], object] | None = None,
    formulation: Formulation | None = None,
) -> ScheduleModel:
    """The model with the rules posted and the cost to be minimised.

    ``which``: the rules to post; all hard ones must be among them. ``ask`` asks the model for views of rooms: where
    these are counted, it can say nothing of a single room later on.
    ``formulation``: axis or slots; None: the one that serves the scenario.

    Raises:
        OutOfTime: the moment ``until``, on the monotonic clock, has passed.
    """
    if (formulation or by_name(scenario)) is Formulation.SLOTS:
        from scheduler.solving import slots

        return slots.build(scenario, until, which, ask)
    model = on_the_axis(scenario, until, which)
    if ask is not None:
        ask(model)
    return model


def on_the_axis(scenario: Scenario, until: float | None = None, which: Callable[[Rule], bool] = every) -> ScheduleModel:
    """The same on the axis.

    Raises:
        OutOfTime: the moment ``until``, on the monotonic clock, has passed.
    """
    model = ScheduleModel(scenario, until)
    for rule in scenario.all_rules:
        if which(rule):
            rule.post(model)
    model.deadline = None
    if model.costs:
        model.cp.minimize(model.cost)
    return model
