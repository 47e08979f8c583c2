"""Trade-offs between two or three wishes: the timetables that are better in one only by being worse in another.

Each wish is a soft rule of weight 1, and its amount is what is traded. Each solve finds a compromise that no known one
dominates. When there is none left, the set is proved complete.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from constraints.few_days import FewDays
from constraints.nights_away import NightsAway
from constraints.remote_burden import RemoteBurden
from constraints.waiting_outside import WaitingOutside
from constraints.within_day import WithinDay
from scheduler.checking import confirm
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError, OutOfTime
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.views import Linear
from scheduler.outcome import Settings, Status
from scheduler.rules.rule import Rule
from scheduler.scenario import Scenario
from scheduler.solving.canonical import first_in_order
from scheduler.solving.posting import posted
from scheduler.solving.search import Search
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.solving.side_events.placing import EventsPlaced

MAX_COMPROMISES = 30
DEFAULT_SECONDS = 60.0

WISHES: dict[str, Rule] = {
    "days": FewDays(id="wish-days", weight=1, at_most=1),
    "nights": NightsAway(id="wish-nights", weight=1),
    "waiting": WaitingOutside(id="wish-waiting", weight=1),
    "split": WithinDay(id="wish-split", weight=1),
    "remote": RemoteBurden(id="wish-remote", weight=1),
}
"""What can be traded, by name; besides ``cost`` (the scenario's own soft rules) and ``officer-nights``."""

NAMES = (*WISHES, "officer-nights", "cost")


@dataclass(frozen=True, slots=True)
class Compromise:
    """A number for each wish, where less is better, and a timetable that has these numbers."""

    numbers: tuple[int, ...]
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class Front:
    """The compromises found, the least of the first wish first."""

    wishes: tuple[str, ...]
    units: tuple[str, ...]
    points: tuple[Compromise, ...]
    complete: bool
    """Whether it is proved that there are no others."""

    def with_events(self, placed: EventsPlaced | None) -> Front:
        """The same with their side events, which stand alike in all of them; without any, no compromise is left."""
        if placed is None or placed.cost is None:
            return self if placed is None else replace(self, points=(), complete=placed.status is Status.INFEASIBLE)
        cost = placed.cost
        points = (
            Compromise(
                tuple(n + cost * (wish == "cost") for n, wish in zip(point.numbers, self.wishes, strict=True)),
                point.timetable.with_side_events(placed.held),
            )
            for point in self.points
        )
        return replace(self, points=tuple(points))

    @property
    def sentence(self) -> str:
        """The number of compromises, and whether these are all."""
        found = "One compromise" if len(self.points) == 1 else f"{len(self.points)} compromises"
        of = f"{found} of {listed(self.wishes)}"
        if self.complete:
            return f"{of}; proved: no timetable is better in one of them without being worse in another."
        return f"{of} so far; the limit of points or time was reached, and there may be more."


def trade_offs(
    scenario: Scenario,
    wishes: Sequence[str],
    *,
    most: int = MAX_COMPROMISES,
    seconds: float = DEFAULT_SECONDS,
    settings: Settings | None = None,
) -> Front:
    """The Pareto set over ``wishes`` (of ``NAMES``), up to ``most`` points and within ``seconds``.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
        InputError: a wish is about officers, and none serves, or who serves is not settled.
    """
    search = Search(settings or Settings(time_limit=seconds))
    until = min(search.until, time.monotonic() + seconds)
    rules = [_rule(scenario, wish) for wish in wishes]
    units = tuple("point" if rule is None else rule.unit for rule in rules)
    try:
        amounts: list[Linear] = []
        model = posted(scenario, until, ask=lambda model: amounts.extend(_amount(model, rule) for rule in rules))
    except OutOfTime:
        return Front(tuple(wishes), units, (), complete=False)
    total = model.total(amounts)
    points: list[Compromise] = []
    complete = False
    while len(points) <= most and time.monotonic() < until:
        model.cp.minimize(total)
        answer = search.run(model.cp, presolve=model.presolve, seconds=until - time.monotonic())
        if answer.status is Status.INFEASIBLE:
            complete = search.run(model.cp, presolve=not model.presolve).status is Status.INFEASIBLE
            break
        if answer.status is not Status.OPTIMAL or len(points) == most:
            break
        value = round(answer.solver.objective_value)
        found, _ = first_in_order(model, model.read(answer.solver), search, total <= value)
        cost = confirm(scenario, found).cost
        numbers = tuple(cost if r is None else sum(v.amount for v in r.check(scenario, found)) for r in rules)
        points.append(Compromise(numbers, found))
        better = []
        for amount, number, wish in zip(amounts, numbers, wishes, strict=True):
            literal = model.choice(f"better in {wish} than point {len(points)}")
            model.bound(amount <= number - 1, unless=(model.negated(literal),))
            better.append(literal)
        model.clause(*better)
    return Front(tuple(wishes), units, tuple(sorted(points, key=lambda point: point.numbers)), complete)


def _rule(scenario: Scenario, wish: str) -> Rule | None:
    """The rule behind a wish; None for the cost of the scenario's own rules."""
    if wish in ("nights", "officer-nights") and scenario.meeting.format == "online":
        raise InputError(f"{wish}: the meeting is online, and nobody spends a night away")
    if wish == "officer-nights":
        if scenario.open_seats:
            raise InputError("officer-nights: who serves is not settled where one of several may, or a deputy")
        serving = dict.fromkeys(o for session in scenario.sessions for o in scenario.serving(session))
        if not serving:
            raise InputError("officer-nights: no officer serves in this scenario")
        return NightsAway(id="wish-officer-nights", weight=1, officers=tuple(serving))
    return WISHES.get(wish)


def _amount(model: ScheduleModel, rule: Rule | None) -> Linear:
    """By the solver; without adding it to the cost of the model."""
    if rule is None:
        return model.cost
    own = list(model.costs)
    model.costs.clear()
    rule.post(model)
    amount = model.cost
    model.costs[:] = own
    return amount
