"""Prices: what each rule costs, is implied, how far numbers move. Ties: where the best timetables differ."""

from __future__ import annotations

from typing import Any

from support.letters import letter

from scheduler.checking import check
from scheduler.domain.base import altered
from scheduler.explanation.members import keeping, members_of
from scheduler.explanation.prices import prices
from scheduler.explanation.ties import tied
from scheduler.outcome import Settings, Status, Ties
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum, search

ONE = Settings(workers=1)


def week(*rules: dict[str, Any], hours: str = "6h", **more: Any) -> Scenario:
    return from_data(
        {
            "name": "week",
            "meeting": {"series": "s", "annex_title": "t"},
            "calendar": {
                "slots": ["10:00-13:00", "15:00-18:00"],
                "days": ["2025-02-25", "2025-02-26", "2025-02-27"],
            },
            "bodies": [
                {"id": "WGTU", "sessions": [{"id": "wgtu", "duration": "3h"}]},
                {"id": "WGTR", "sessions": [{"id": "wgtr", "duration": hours}]},
            ],
            "rules": list(rules),
            **more,
        }
    )


EARLY = {"id": "early", "rule": "early_finish", "weight": 4}
ONE_DAY = {"id": "wgtr-day", "rule": "within_day", "of": ["WGTR"]}
ORDER = {"id": "groups", "rule": "order", "of": ["WGTU", "WGTR"]}


def test_that_wgtr_meets_on_one_day_costs_one_half_day() -> None:
    found = prices(week(EARLY, ONE_DAY, ORDER), settings=ONE)
    by_name = {rule.member.name: rule for rule in found.rules}
    assert found.outcome.cost == 4
    assert by_name["wgtr-day"].cost_without == 0
    assert by_name["wgtr-day"].saves == ("one slot later (early)",)
    assert [(wish.name, wish.cost) for wish in found.wishes] == [("early", 4)]


def test_every_price_is_the_least_cost_without_the_rule_as_the_second_engine_finds_it() -> None:
    scenario = week(EARLY, ONE_DAY, ORDER)
    items = members_of(scenario)
    found = {}
    for item in items:
        others = keeping(scenario, items, [other for other in items if other is not item])
        wishes = [rule for rule in others.rules if rule.weight is None or rule.name == "early"]
        standing = [rule for rule in others.rules if rule.rule == "fixed_boundaries"]
        without = altered(others, rules=(*wishes, *standing))
        best = optimum(without)[0].timetable
        assert best is not None
        found[item.name] = sum(f.penalty for f in check(without, best).violations if f.id == "early")
    assert {rule.member.name: rule.cost_without for rule in prices(scenario, settings=ONE).rules} == found
    assert found == {"wgtr-day": 0, "groups": 0, "WGTU fixed slots": 4, "WGTR fixed slots": 4}


def test_a_rule_that_the_others_imply_is_found_and_one_that_they_do_not_is_not() -> None:
    twice = {"id": "again", "rule": "order", "of": ["wgtu", "wgtr"]}
    found = {r.member.name: r.implied for r in prices(week(ONE_DAY, ORDER, twice), settings=ONE).rules}
    assert (found["groups"], found["again"], found["wgtr-day"]) == (True, True, False)


def test_what_is_called_implied_cannot_be_broken_while_the_others_hold() -> None:
    scenario = letter("csp11")
    items = members_of(scenario)
    implied = [rule.member for rule in prices(scenario, settings=ONE).rules if rule.implied]
    assert len(implied) >= 3
    for item in implied:
        others = keeping(scenario, items, [other for other in items if other is not item])
        timetable = search(others).timetable
        assert timetable is not None
        assert check(keeping(scenario, items, [item]), timetable).broken == ()


def test_in_a_full_week_half_an_hour_more_of_anything_and_nothing_fits() -> None:
    found = prices(letter("csp11"), settings=ONE)
    assert {(m.change, m.nothing) for m in found.margins} == {(30, 30)}
    assert found.estimate is not None
    assert found.estimate.sentence == "30 min longer and nothing fits"


def test_where_there_is_room_a_length_may_grow_until_it_does_not_fit() -> None:
    found = prices(week(ONE_DAY, hours="4h"), settings=ONE)
    lengths = {margin.what: margin for margin in found.margins if margin.way == "longer"}
    assert lengths["the length of WGTR"].nothing == 150
    assert found.estimate is not None
    assert found.estimate.what == "the length of WGTR"
    assert solve(week(ONE_DAY, hours="6h"), ONE).status is Status.OPTIMAL
    assert solve(week(ONE_DAY, hours="6h30"), ONE).status is Status.INFEASIBLE


def test_presence_that_ends_earlier_is_a_margin() -> None:
    officers = [{"id": "chair", "post": "Chair", "present": ["2025-02-25 10:00-18:00"]}]
    scenario = week(officers=officers)
    document = scenario.document
    document["bodies"][1]["officers"] = ["chair"]
    found = prices(from_data(document), settings=ONE)
    margin = next(m for m in found.margins if m.what.startswith("the presence"))
    assert margin.what == "the presence of the Chair on Tuesday 25 February (until 18:00)"
    assert (margin.change, margin.nothing) == (30, 30)


def test_an_impossible_scenario_has_no_prices() -> None:
    found = prices(week(ONE_DAY, hours="6h30"), settings=ONE)
    assert (found.outcome.status, found.rules, found.margins) == (Status.INFEASIBLE, (), ())


def test_csp11_without_the_order_of_its_sub_groups_has_two_best_timetables_and_that_order_settles_it() -> None:
    scenario = letter("csp11").without("sub-groups", "wgeti-block")
    found = tied(scenario, ONE)
    assert (len(found.timetables), found.exact) == (2, True)
    assert [len(spread.places) for spread in found.spreads] == [2, 2]
    assert found.preference is not None
    assert found.preference.yaml == "{rule: order, of: [nip, cei], weight: 1}"
    assert found.preference.ties == Ties(1, exact=True)


def test_the_equally_good_timetables_are_all_there_are_and_each_keeps_every_rule() -> None:
    scenario = week(EARLY, hours="3h")
    found = tied(scenario, ONE)
    assert (len(found.timetables), len(set(found.timetables)), found.exact) == (2, 2, True)
    assert [check(scenario, t).cost for t in found.timetables] == [found.outcome.cost] * 2
    assert found.outcome.ties == Ties(2, exact=True)


def test_a_letter_has_one_best_timetable() -> None:
    found = tied(letter("csp10"), ONE)
    assert (len(found.timetables), found.exact, found.spreads, found.preference) == (1, True, (), None)


def test_many_ties_are_counted_at_least() -> None:
    found = tied(week(), ONE)
    assert found.exact is True
    assert len(found.timetables) == 20
