"""Every way out really solves, is the known cheapest, and nothing cheaper among the rules would do."""

from __future__ import annotations

from functools import cache
from itertools import combinations, islice

import pytest
from support.impossible import KNOWN, explained, random_scenario
from support.small import scenario

from scheduler.checking import check
from scheduler.domain.base import altered
from scheduler.explanation.adjustable import adjustable_numbers
from scheduler.explanation.impossible import explain
from scheduler.explanation.members import keeping, members_of
from scheduler.explanation.oracle import Oracle
from scheduler.explanation.set_values import with_settings
from scheduler.explanation.whatif import what_if
from scheduler.outcome import Settings, Status
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import search
from scheduler.solving.search import Search


@pytest.mark.parametrize("name", KNOWN)
def test_the_cheapest_way_out_is_the_known_one(name: str) -> None:
    way = explained(name).repairs.ways[0]
    assert way.cost == KNOWN[name].cost
    assert way.sentence[: len(KNOWN[name].way)] == KNOWN[name].way


@pytest.mark.parametrize("name", KNOWN)
def test_every_way_out_really_solves_and_they_are_ranked_by_cost(name: str) -> None:
    repairs = explained(name).repairs
    assert repairs.complete is True
    assert [way.cost for way in repairs.ways] == sorted(way.cost for way in repairs.ways)
    for way in repairs.ways:
        assert way.outcome.timetable is not None
        assert check(way.scenario, way.outcome.timetable).broken == ()


@pytest.mark.parametrize("name", KNOWN)
def test_there_are_at_least_two_ways_out_and_no_two_change_the_same(name: str) -> None:
    sentences = [way.sentence for way in explained(name).repairs.ways]
    assert len(set(sentences)) == len(sentences)
    assert len(sentences) >= 2


@pytest.mark.parametrize("name", KNOWN)
def test_every_command_that_is_proposed_works(name: str) -> None:
    """Where no option can say it, it is said what to write."""
    for way in explained(name).repairs.ways:
        options = dict[str, list[str]]()
        for option, value in zip(way.options[::2], way.options[1::2], strict=True):
            options.setdefault(option, []).append(value)
        assert bool(options) != bool(way.by_hand)
        answer = what_if(
            explained(name).scenario,
            settings=Settings(workers=1),
            values=options.get("--set", ()),
            drop=options.get("--drop", ()),
        )
        if options:
            assert answer.after.status is Status.OPTIMAL


def test_csp11_with_a_forum_has_three_ways_out_of_different_kinds() -> None:
    ways = explained("csp11-forum").repairs.ways
    assert [way.sentence for way in ways] == [
        "open every day at 09:00",
        "shorten WGETI current and emerging issues by 3 h, to 4 h 30",
        "shorten WGETI national implementation practices by 3 h, to 3 h",
    ]
    assert [solve(way.scenario).status for way in ways] == [Status.OPTIMAL] * 3


@pytest.mark.parametrize("name", ["csp11-forum", "three-days-at-most", "one-chair-two-bodies"])
def test_a_further_day_a_session_left_out_and_another_rule_have_commands_that_work(name: str) -> None:
    scenario = explained(name).scenario
    for way in explain(scenario, settings=Settings(workers=1), ways=9).repairs.ways:
        if way.options[:1] == ("--set",):
            changed = with_settings(scenario, way.options[1:2])
            assert way.outcome.timetable is not None
            assert check(changed, way.outcome.timetable).broken == ()
        else:
            assert way.by_hand or way.given_up


def test_it_is_said_why_a_session_is_shortened_by_more_than_is_missing() -> None:
    explanation = explain(explained("csp11-forum").scenario, settings=Settings(workers=1), ways=8)
    assert {way.sentence: explanation.why_more(way) for way in explanation.repairs.ways if way.cut} == {
        "shorten WGETI current and emerging issues by 3 h, to 4 h 30": "",
        "shorten WGETI national implementation practices by 3 h, to 3 h": "",
        "shorten WGTU by 3 h, to 1 h 30": "",
        "shorten WGTR by 4 h 30, to 1 h 30": "3 h are missing, but 4 h less were tried and do not suffice: what "
        "becomes free then is not where the other sessions need it.",
    }
    by_name = {way.sentence: way.options for way in explanation.repairs.ways}
    assert by_name["meet on Monday 3 March as well"] == (
        "--set",
        "calendar.days=[2025-02-25, 2025-02-26, 2025-02-27, 2025-02-28, 2025-03-03]",
    )
    assert by_name["leave DIEF out"] == ("--set", "bodies.DIEF.sessions=[]")


def test_less_than_the_proposed_shortening_is_not_enough() -> None:
    explanation = explained("csp11-forum")
    way = explanation.repairs.ways[1]
    cei = next(s for s in way.scenario.sessions if s == "cei")
    assert explanation.scenario.minutes(cei) - way.scenario.minutes(cei) == 180
    assert sum(way.scenario.minutes(s) for s in way.scenario.sessions) == way.scenario.calendar.axis.total


def test_what_the_planner_said_giving_way_costs_decides() -> None:
    """The dearest of three wishes in a circle is given up first when its Chair says that it costs nothing much."""
    scenario = explained("order-in-a-circle").scenario
    cheap = [r.model_copy(update={"cost_to_waive": 1}) if r.name == "after-wgeti" else r for r in scenario.rules]
    ways = explain(altered(scenario, rules=tuple(cheap))).repairs.ways
    assert [(way.cost, [member.name for member in way.given_up]) for way in ways[:2]] == [
        (1, ["after-wgeti"]),
        (10, ["after-wgtr"]),
    ]


@pytest.mark.parametrize(
    ("kind", "hour", "sentence"),
    [
        ("earliest_hour", "11:00", "let every session run from 10:00"),
        ("latest_hour", "17:00", "let every session run until 18:00"),
    ],
)
def test_the_hour_of_a_rule_is_moved_as_far_as_the_work_needs(kind: str, hour: str, sentence: str) -> None:
    """A session that fills its only slot; two steps of half an hour are half the price of the rule and one more."""
    hours = {"days": ["2025-02-25"], "slots": ["10:00-18:00"], "grain": "30 min"}
    impossible = scenario({"A": "8h"}, {"rule": kind, "hour": hour}, calendar=hours)
    ways = explain(impossible, settings=Settings(workers=1)).repairs.ways
    moved = [(way.sentence, way.cost, way.options) for way in ways if "run" in way.sentence]
    assert moved == [(sentence, 26, ("--set", f"rules.{kind}.hour={sentence[-5:]}"))]


def test_ways_out_go_over_midnight_where_slots_do() -> None:
    """Three steps past 23:30 are the price of 24:00 and two more; a slot that ends at 01:00 may go on."""
    night = {"days": ["2025-02-25"], "slots": ["18:00-01:00"], "grain": "30 min"}
    kept_short = scenario({"A": "7h"}, {"rule": "latest_hour", "hour": "23:30"}, calendar=night)
    ways = explain(kept_short, settings=Settings(workers=1)).repairs.ways
    assert [(way.sentence, way.cost, way.options) for way in ways if "run" in way.sentence] == [
        ("let every session run until 01:00", 27, ("--set", "rules.latest_hour.hour=01:00"))
    ]
    assert closings(night)[0] == "close Tuesday at 01:30"


def closings(calendar: dict[str, object]) -> list[str]:
    numbers = adjustable_numbers(scenario({"A": "1h"}, calendar=calendar), ())
    sentences = [setting.sentence for number in numbers for setting in number.settings]
    return [sentence for sentence in sentences if sentence.startswith("close Tuesday")]


def test_no_slot_is_made_longer_than_a_night_or_into_the_next_day() -> None:
    for slots in (["13:00-01:00"], ["18:00-01:00", "01:00-03:00"]):
        night = {"days": ["2025-02-25", "2025-02-26"], "slots": slots, "grain": "1h"}
        assert closings(night) == []


def by_rules_alone(number: int) -> bool:
    """Whether a random scenario is impossible, and possible when all its rules are given up."""
    scenario = random_scenario(number)
    bare = keeping(scenario, members_of(scenario), ())
    return search(scenario).impossible is True and search(bare).impossible is False


@cache
def impossible_by_rules_alone() -> tuple[int, ...]:
    """The first fifteen. Found while a test runs: what is collected must not depend on how far a search gets."""
    return tuple(islice(filter(by_rules_alone, range(60)), 15))


@pytest.mark.parametrize("index", range(15))
def test_no_cheaper_set_of_rules_could_be_given_up(index: int) -> None:
    """Brute force: every set that costs less than the one proposed leaves the scenario impossible."""
    scenario = random_scenario(impossible_by_rules_alone()[index])
    members = members_of(scenario)
    dropped = Oracle(scenario, members, Search(Settings(workers=1))).cheapest_to_drop()
    assert dropped is not None
    price = sum(member.cost for member in dropped)
    assert search(keeping(scenario, members, [i for i in members if i not in dropped])).impossible is False
    for size in range(1, 4):
        for less in combinations(members, size):
            if sum(member.cost for member in less) < price:
                assert search(keeping(scenario, members, [i for i in members if i not in less])).impossible is True
