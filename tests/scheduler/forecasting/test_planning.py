"""Plans that keep promises: the price, the proof, and fresh samples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.forecasts import PROMISE, body, week
from support.letters import letter

from scheduler.checking import check
from scheduler.documents.timetable_document import to_document
from scheduler.forecasting.planning import PromisePlan, plan
from scheduler.forecasting.promises import Judgement, describe, judge
from scheduler.forecasting.simulation import simulate
from scheduler.forecasting.tracks import tracks_of
from scheduler.forecasting.windows import forecast
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

ONE = Settings(workers=1)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(PROMISE).scenario


@pytest.fixture(scope="module")
def planned(scenario: Scenario) -> PromisePlan:
    return plan(scenario, ONE)


def without_promises(planned: PromisePlan, scenario: Scenario) -> tuple[Judgement, ...]:
    """How likely the cheapest timetable without promises keeps each."""
    assert planned.nominal.timetable is not None
    return judge(forecast(scenario, planned.nominal.timetable))


def test_the_cheapest_timetable_breaks_the_promise_in_40_percent_and_the_planned_one_in_5(
    scenario: Scenario, planned: PromisePlan
) -> None:
    (nominal,), (kept,) = without_promises(planned, scenario), planned.judgements
    assert 1 - nominal.chance == pytest.approx(0.40, abs=0.01)
    assert 1 - kept.chance <= 0.05
    assert (planned.nominal.cost, planned.outcome.cost, planned.price) == (0, 10, 10)
    assert planned.outcome.status is Status.OPTIMAL
    assert planned.sentence == (
        "every promise is kept, and they cost 10 points (proved: no timetable that keeps them costs less)"
    )


def test_the_promise_is_kept_on_fresh_samples(scenario: Scenario, planned: PromisePlan) -> None:
    assert planned.outcome.timetable is not None
    (track,) = tracks_of(scenario, planned.outcome.timetable)
    drawn = simulate(track, scenario.calendar.axis, 50_000, np.random.default_rng(2025))
    late = float((drawn.ends["wgtr"] > scenario.calendar.axis.total).mean())  # type: ignore[index]  # an id of it
    assert late <= 0.05


def test_the_planned_timetable_keeps_every_rule(scenario: Scenario, planned: PromisePlan) -> None:
    assert planned.outcome.timetable is not None
    report = check(scenario, planned.outcome.timetable)
    assert (report.broken, report.cost) == ((), 10)


def test_without_promises_the_plan_is_the_engines_answer() -> None:
    scenario = letter("csp11")
    planned = plan(scenario, ONE)
    expected = solve(scenario, ONE)
    assert (planned.outcome, planned.sentence, planned.promised) == (expected, expected.sentence, False)


def test_planning_twice_gives_the_same_document(scenario: Scenario, planned: PromisePlan) -> None:
    assert to_document(scenario, plan(scenario, ONE).outcome) == to_document(scenario, planned.outcome)


def anchored(chance: str, **more: Any) -> dict[str, Any]:
    """A panel at 15:00 of the first day; rather A before it than B, and A is uncertain."""
    bodies = [
        body("A", {"low": "1h30", "likely": "3h", "high": "4h30"}),
        body("B", {"low": "1h50", "likely": "2h", "high": "2h10"}),
        body("PANEL", "1h"),
    ]
    rules = [
        {"rule": "anchor", "of": ["PANEL"], "at": "15:00", "when": "2025-02-25"},
        {"rule": "order", "of": ["A", "PANEL"], "weight": 7},
        {"rule": "order", "of": ["PANEL", "B"], "weight": 3},
    ]
    promise = {"rule": "start_within", "of": ["PANEL"], "chance": chance}
    return week(bodies, rules, promises=[{**promise, **more}])


def test_a_panel_that_must_never_start_late_gets_the_shorter_session_before_it() -> None:
    scenario = from_data(anchored("99 %"))
    planned = plan(scenario, ONE)
    (nominal,), (kept,) = without_promises(planned, scenario), planned.judgements
    assert nominal.chance == pytest.approx(0.5, abs=0.01)
    assert kept.chance >= 0.99
    assert planned.outcome.status is Status.OPTIMAL
    assert planned.outcome.timetable is not None
    starts = {p.session: p.start for p in planned.outcome.timetable}
    assert starts["panel"] == 180
    assert starts["a"] > 180  # type: ignore[index]  # an id of the scenario


def test_a_late_start_that_is_tolerated_costs_nothing() -> None:
    planned = plan(from_data(anchored("95 %", late="3h")), ONE)
    assert (planned.price, planned.rounds) == (0, 1)


def test_slack_before_the_last_slot_closes_is_a_promise_too() -> None:
    bodies = [body("A", {"low": "8h", "likely": "10h", "high": "11h"})]
    data = week(bodies, promises=[{"rule": "keep_slack", "minutes": "30m", "chance": "90 %"}])
    judged = plan(from_data(data), ONE).judgements[0]
    assert judged.kept
    assert judged.sentence == "30 min stay free before the last slot closes with 90 %."
    data["promises"][0]["minutes"] = "90m"
    lost = plan(from_data(data), ONE)
    assert lost.outcome.timetable is None
    assert lost.outcome.status is Status.INFEASIBLE
    assert lost.sentence.startswith("no timetable keeps every promise")


def test_the_protected_plan_is_never_cheaper_than_the_cheapest_that_enumeration_finds() -> None:
    """All orders of three uncertain sessions by hand, on a promise about one of them."""
    bodies = [
        body(name, {"low": "1h", "likely": "2h", "high": f"{hours}h"})
        for name, hours in zip("ABC", (3, 4, 5), strict=True)
    ]
    wishes = [
        {"rule": "order", "of": list(pair), "weight": weight} for pair, weight in (("CA", 4), ("BA", 3), ("CB", 2))
    ]
    promise = {"rule": "finish_by", "of": ["A"], "by": "2025-02-25 18:00", "chance": "75 %"}
    scenario = from_data(week(bodies, wishes, promises=[promise]))
    planned = plan(scenario, ONE)
    from itertools import permutations

    from support.forecasts import planned as placed

    costs = []
    for order in permutations(bodies):
        _, timetable = placed(week(list(order), wishes))
        if judge(forecast(scenario, timetable))[0].kept:
            costs.append(check(scenario, timetable).cost)
    assert planned.outcome.cost == min(costs)
    assert planned.nominal.cost == 0 < min(costs)


def test_a_promise_for_a_day_without_slots_is_explained() -> None:
    from scheduler.errors import InputError

    data = week([body("A", "1h")], promises=[{"rule": "finish_by", "of": ["A"], "by": "2025-02-26 12:00"}])
    data["calendar"]["days"][1] = {"date": "2025-02-26", "slots": []}
    with pytest.raises(InputError, match="nobody meets on 2025-02-26"):
        plan(from_data(data), ONE)


@pytest.mark.parametrize(
    ("days", "by", "spoken"),
    [
        (["2027-08-05", "2027-08-06"], "2027-08-06 18:00", "Friday 18:00"),
        (["2027-08-05", "2027-08-06"], "last day 18:00", "Friday 18:00"),
        (["2027-08-06", "2027-08-09", "2027-08-13"], "2027-08-13 12:30", "Friday 13 August 12:30"),
        (["2027-08-06", "2027-08-09", "2027-08-13"], "Mon 18:00", "Monday 9 August 18:00"),
        (["2027-08-06", "2027-08-09", "2027-08-13"], "first day 18:00", "Friday 6 August 18:00"),
    ],
)
def test_a_promise_names_its_day_as_every_output_does(days: list[str], by: str, spoken: str) -> None:
    data = week([body("A", "1h")], promises=[{"rule": "finish_by", "of": ["A"], "by": by, "chance": "90 %"}])
    data["calendar"]["days"] = days
    promised = from_data(data)
    assert [describe(promised, each) for each in promised.promises or ()] == [f"A ends by {spoken} with 90 %."]
