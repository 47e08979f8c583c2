"""Solves a scenario in the formulation in slots: the places of each session, the model, and the search.

Presolve takes longer than the search here, so there is none. With wishes, the first question is whether all of them can
be had: without an objective that is found, or refuted by counting, much sooner.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence

from scheduler.arithmetic.spots import Spots
from scheduler.checking import confirm
from scheduler.domain.base import SessionId
from scheduler.domain.occupancy import by_body
from scheduler.domain.timetable import Timetable
from scheduler.model.packed_model import PackedModel
from scheduler.model.schedule_model import ScheduleModel
from scheduler.model.slot_model import Place, Places, SlotModel
from scheduler.outcome import Outcome, Status, Ties
from scheduler.rules.rule import OfCells, Rule
from scheduler.scenario import Scenario
from scheduler.solving.canonical import equally_good, straight
from scheduler.solving.formulation import missing, places_at_most
from scheduler.solving.search import Answer, Halt, Search, facts_of, fingerprint, prove_again

PLAIN_EFFORT, ZERO_EFFORT = 1.0, 5.0
"""Deterministic seconds for the question whether all wishes can be had: of a plain search, and of one that counts."""
CORE_EFFORT, FIRST_EFFORT = 5.0, 5.0
"""Deterministic seconds that one worker gets before all cores search: without a linear relaxation, then with one."""
FIRST_IN_ORDER = 0.3
"""Deterministic seconds in which the first of the best timetables is looked for, or as many as the best one took."""
MANY_PLACES = 15_000
"""Places of all sessions together beyond which fewer are tried at first."""
TIES_EFFORT = 1.0
"""Deterministic seconds in which others are looked for that are as good; of one that leaves rooms free many are."""


def places(
    scenario: Scenario,
    until: float | None = None,
    rules: Sequence[Rule] | None = None,
    among: Mapping[SessionId, Collection[int]] | None = None,
) -> Places:
    """The places of every session: what the hard rules on it alone leave to it. ``rules``: others than the scenario's.

    ``among``: the only starts to ask about; of a session that may not start at any of them, and of others, all.

    Raises:
        OutOfTime: the time, on the monotonic clock, is over.
    """
    spots = Spots(scenario, until, rules)

    def of(session: SessionId, starts: Collection[int] | None) -> dict[int, Place]:
        return {p.start: Place(p.segments, frozenset(rooms)) for p, rooms in spots.left(session, starts)}

    some = among or {}
    return {s: (of(s, some[s]) if s in some else None) or of(s, None) for s in scenario.sessions}


def without_idle_minutes(scenario: Scenario) -> dict[SessionId, list[int]]:
    """The starts of each session at which others of its body can fill the slot from its opening on."""
    found = {}
    for members in by_body(scenario, scenario.sessions).values():
        for session in members:
            sums = {0}
            for other in members:
                sums |= {length + scenario.minutes(other) for length in sums} if other != session else set()
            slots = [scenario.calendar.axis.slots[slot] for slot in sorted(scenario.own_slots(session))]
            found[session] = [slot.begins + length for slot in slots for length in sums if length < slot.minutes]
    return found


def build(
    scenario: Scenario,
    until: float | None = None,
    which: Callable[[Rule], bool] = lambda _: True,
    ask: Callable[[ScheduleModel], object] | None = None,
    *,
    granted: bool = False,
) -> SlotModel:
    """The model with the rules posted and the cost to be minimised.

    ``which``: the rules to post; all hard ones must be among them. ``ask`` asks for views of rooms, which there are
    before ``finish`` alone. ``granted``: every wish must hold as well, and a body that has its rooms to
    itself has one in a slot, even if no rule says so; with many places, it leaves no minutes idle before its sessions.

    Raises:
        OutOfTime: the time is over.
    """
    rules = _all_granted(scenario) if granted else scenario.all_rules
    unsaid = missing(scenario, rules)
    packed = not unsaid or (granted and unsaid == [OfCells.ONE_ROOM])
    few = granted and packed and places_at_most(scenario) > MANY_PLACES
    left = places(scenario, until, rules, without_idle_minutes(scenario) if few else None)
    if packed:
        model: SlotModel = PackedModel(scenario, left, until)
    else:
        model = SlotModel(scenario, left, until, exclusive=OfCells.ONE_SITTING not in unsaid)
    for rule in rules:
        if which(rule):
            rule.post(model)
    if ask is not None:
        ask(model)
    model.finish()
    model.deadline = None
    if model.costs:
        model.cp.minimize(model.cost)
    return model


def solve(scenario: Scenario, search: Search, impossible: Callable[[], tuple[str, ...]] = tuple) -> Outcome:
    """Find the cheapest timetable that keeps every hard rule; search it in the fixed order, and count those as good.

    ``impossible`` adds up what is needed: it says why there is no timetable, or nothing where it does not know.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
        OutOfTime: the time is over before the model is built.
    """
    found = for_nothing(scenario, search, briefly=any(rule.weight for rule in scenario.all_rules))
    if found is not None:
        return found
    model = build(scenario, search.until)
    facts = facts_of(search.settings, model_sha256=fingerprint(model.cp), formulation="slots")
    answer = _first(model, search, asked=_asks_no_more(scenario))
    if not answer.found and answer.status is not Status.INFEASIBLE and (reasons := impossible()):
        return Outcome(Status.INFEASIBLE, solver=facts, reasons=reasons)
    alone, answer = answer, _further(model, search, answer)
    if not answer.found:
        if answer.status is Status.INFEASIBLE:
            prove_again(model.cp, search, presolve=True)
        return Outcome(answer.status, interrupted=answer.interrupted, solver=facts)
    proved, first = answer.status is Status.OPTIMAL, None
    cost = round(answer.solver.objective_value) if model.costs else 0
    bound = cost if proved else round(answer.solver.best_objective_bound)
    if cost and proved:
        effort = max(FIRST_IN_ORDER, answer.solver.response_proto.deterministic_time)
        first = straight(model.twin(*model.within(cost)), search, effort)
    timetable = model.read(answer.solver) if first is None else first
    ties = _counted(model, cost, timetable, search) if proved else None
    return confirm(scenario, timetable, cost if proved else None).outcome(
        timetable, proved=proved, bound=bound, ties=ties, canonical=first is not None, interrupted=search.interrupted,
        varies=first is None and answer is not alone, solver=facts,
    )  # fmt: skip


def for_nothing(scenario: Scenario, search: Search, *, briefly: bool = False) -> Outcome | None:
    """A timetable that keeps every rule and every wish, or the proof that no timetable keeps the rules; None: neither.

    Wishes that must hold leave fewer places, and there is nothing to be weighed. ``briefly``: by a plain search alone.

    Raises:
        EngineError: the checker does not confirm what the solver claims.
        OutOfTime: the time is over before the model is built.
    """
    model = build(scenario, search.until, granted=True)
    facts = facts_of(search.settings, model_sha256=fingerprint(model.cp), formulation="slots")
    first, answer = _any(model, search, briefly=briefly)
    if first is None and not answer.found:
        if answer.status is not Status.INFEASIBLE or not _asks_no_more(scenario):
            return None
        prove_again(model.cp, search, presolve=True)
        return Outcome(answer.status, interrupted=answer.interrupted, solver=facts)
    timetable = model.read(answer.solver) if first is None else first
    whole = not _leaves_some_out(scenario)
    ties, canonical = _counted(model, 0, timetable, search, all_of_them=whole), first is not None and whole
    return confirm(scenario, timetable, 0).outcome(
        timetable, proved=True, ties=ties, canonical=canonical, interrupted=search.interrupted, solver=facts
    )


def _all_granted(scenario: Scenario) -> list[Rule]:
    """The rules, each of which must hold."""
    return [rule.changed(weight=None) if rule.weight else rule for rule in scenario.all_rules]


def _leaves_some_out(scenario: Scenario) -> bool:
    """Whether the model in which every wish is granted leaves out timetables that keep all rules and wishes."""
    unsaid = missing(scenario, _all_granted(scenario))
    return unsaid == [OfCells.ONE_ROOM] or (not unsaid and places_at_most(scenario) > MANY_PLACES)


def _counted(model: SlotModel, cost: int, first: Timetable, search: Search, *, all_of_them: bool = True) -> Ties | None:
    """The number of the cheapest timetables, up to a limit; None: another one was not found, nor that there is none.

    ``all_of_them``: whether the model leaves none out.
    """
    found, exhausted = equally_good(model, first, cost, search, TIES_EFFORT)
    exact = exhausted and all_of_them
    return Ties(len(found), exact) if exact or len(found) > 1 else None


def _asks_no_more(scenario: Scenario) -> bool:
    """Whether the model in which every wish is granted asks nothing but what must hold."""
    return not any(rule.weight for rule in scenario.all_rules) and not _leaves_some_out(scenario)


def _any(model: SlotModel, search: Search, *, briefly: bool) -> tuple[Timetable | None, Answer]:
    """The first timetable in the order, if it is found; and whether there is any.

    Both are searched for at the same time, each with its own effort: which of them ends first makes no difference.
    Where a plain search finds nothing, one that also counts by a linear relaxation may.
    """
    halt, answers, firsts = Halt(), [search.nothing()], []

    def any_of_them() -> None:
        for plain, effort in ((True, PLAIN_EFFORT), *(() if briefly else ((False, ZERO_EFFORT),))):
            if answers[-1].status is Status.UNKNOWN and not halt.over:
                answers.append(
                    search.run(model.cp, presolve=False, effort=effort, workers=1, seed=0, plain=plain, halt=halt)
                )
        if answers[-1].status is Status.INFEASIBLE:
            halt.now()

    def the_first() -> None:
        firsts.append(straight(model.twin(), search, FIRST_IN_ORDER, halt))
        if firsts[0] is not None:
            halt.now()

    search.side_by_side(halt, the_first, any_of_them)
    return firsts[0] if firsts else None, answers[-1]


def _first(model: SlotModel, search: Search, *, asked: bool) -> Answer:
    """What one worker finds: first it collects wishes that cannot all be had, then it goes by a linear relaxation.

    ``asked``: one has searched this model already.
    """
    best = search.nothing()
    for effort, plain in () if asked else ((CORE_EFFORT, True), (FIRST_EFFORT, False)):
        core = plain and bool(model.costs)
        answer = search.run(model.cp, presolve=False, effort=effort, workers=1, seed=0, plain=plain, by_core=core)
        if answer.status in (Status.OPTIMAL, Status.INFEASIBLE):
            return answer
        best = _better(model, best, answer)
    return best


def _further(model: SlotModel, search: Search, answer: Answer) -> Answer:
    """All cores, if one worker has not sufficed."""
    if answer.status in (Status.OPTIMAL, Status.INFEASIBLE) or search.interrupted:
        return answer
    further = search.run(model.cp, presolve=False, workers=search.settings.workers or os.cpu_count() or 1)
    return further if further.status in (Status.OPTIMAL, Status.INFEASIBLE) else _better(model, answer, further)


def _better(model: SlotModel, best: Answer, answer: Answer) -> Answer:
    """The better of two answers; the model is told of it, and of the bound that was proved."""
    if model.costs and answer.found:
        model.cp.add(model.cost >= round(answer.solver.best_objective_bound))
    if not answer.found or (best.found and best.solver.objective_value <= answer.solver.objective_value):
        return best
    model.hint(model.read(answer.solver))
    return answer
