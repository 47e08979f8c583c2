"""One of several officers or presenters, and deputies at a price: who is chosen, what it costs, what it frees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from support.agreement import decisions
from support.small import scenario, timetable

from scheduler.checking import check
from scheduler.domain.base import SessionId
from scheduler.errors import InputError
from scheduler.outcome import Status
from scheduler.presiding import presided
from scheduler.reading.diagnostics import ScenarioError
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.solving.exhaustive import optimum, search

ROOMS = [{"id": "hall"}, {"id": "annexe"}, {"id": "attic"}]
ONE_DAY: dict[str, Any] = {"days": ["2025-02-25"]}
AWAY = "2025-02-25 10:00-13:00"
"""Tuesday morning."""
CHAIR: dict[str, Any] = {"who": "chair", "deputies": ["vice"], "price": 50}
EITHER: dict[str, Any] = {"one_of": ["chair", "vice"]}


def officers(**more: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A chair, a vice-chair and a third, each with what is said of them."""
    return [{"id": name, "post": name.capitalize(), **more.get(name, {})} for name in ("chair", "vice", "third")]


def meeting(bodies: Mapping[str, Any], *rules: Mapping[str, Any], **more: Any) -> Scenario:
    listed = officers(**more.pop("absent", {}))
    return scenario(bodies, *rules, officers=listed, rooms=ROOMS, **ONE_DAY | more)


def of(entry: Any, length: str = "3h") -> dict[str, Any]:
    return {"officers": [entry], "sessions": {"a": length}}


def there(of: Scenario, places: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Who must be at each session, as chosen."""
    decided = presided(of, timetable(of, places))
    return {session: decided.needed(SessionId(session)) for session in places}


def judged(of: Scenario, places: Mapping[str, str]) -> tuple[list[str], int]:
    report = check(of, timetable(of, places))
    return [violation.message for violation in report.broken], report.cost


# --- who is chosen -------------------------------------------------------------------------------------------------


def test_the_chair_presides_where_nothing_keeps_her_away() -> None:
    asked = meeting({"A": of(CHAIR)})
    assert there(asked, {"a": "Tue 10:00"}) == {"a": ("chair",)}
    assert judged(asked, {"a": "Tue 10:00"}) == ([], 0)


def test_a_deputy_stands_in_for_a_chair_who_is_away_and_costs_the_price() -> None:
    asked = meeting({"A": of(CHAIR)}, absent={"chair": {"absent": [AWAY]}})
    assert there(asked, {"a": "Tue 10:00"}) == {"a": ("vice",)}
    report = check(asked, timetable(asked, {"a": "Tue 10:00"}))
    assert [(v.rule, v.id, v.penalty, v.message) for v in report.violations] == [
        ("deputies", "prices-of-deputies", 50, "Vice stands in for Chair in A")
    ]
    assert judged(asked, {"a": "Tue 15:00"}) == ([], 0)


def test_the_solver_moves_the_session_rather_than_pay_the_price() -> None:
    wish = {"rule": "pin", "of": ["a"], "start": "Tuesday am"}
    absent = {"chair": {"absent": [AWAY]}}
    for weight, cost, start in ((49, 49, "15:00"), (51, 50, "10:00")):
        outcome = solve(meeting({"A": of(CHAIR)}, wish | {"weight": weight}, absent=absent))
        assert outcome.timetable is not None
        begins = outcome.timetable[SessionId("a")].segments[0].start
        assert (outcome.cost, f"{begins // 60}:00") == (cost, start)


def test_where_the_deputy_is_away_too_the_chair_is_missed() -> None:
    absent = {"chair": {"absent": [AWAY]}, "vice": {"absent": [AWAY]}}
    asked = meeting({"A": of(CHAIR)}, absent=absent)
    assert judged(asked, {"a": "Tue 10:00"}) == (["Chair is away when A sits on Tuesday 25 February, 10:00 – 13:00"], 0)  # noqa: RUF001
    assert solve(asked).timetable is not None  # in the afternoon
    assert search(asked).impossible is False


def test_the_first_of_several_deputies_who_is_there_stands_in() -> None:
    entry = {"who": "chair", "deputies": ["vice", "third"], "price": 3}
    absent = {name: {"absent": [AWAY]} for name in ("chair", "vice")}
    assert there(meeting({"A": of(entry)}, absent=absent), {"a": "Tue 10:00"}) == {"a": ("third",)}


def test_one_of_several_costs_nothing_whoever_it_is() -> None:
    asked = meeting({"A": of(EITHER)}, absent={"chair": {"absent": [AWAY]}})
    assert there(asked, {"a": "Tue 10:00"}) == {"a": ("vice",)}
    assert there(asked, {"a": "Tue 15:00"}) == {"a": ("chair",)}
    assert judged(asked, {"a": "Tue 10:00"}) == ([], 0)
    assert asked.implied == ()


def test_one_person_is_chosen_for_the_whole_of_a_session() -> None:
    afternoon = "2025-02-25 15:00-18:00"
    absent = {"chair": {"absent": [AWAY]}, "vice": {"absent": [afternoon]}}
    asked = meeting({"A": of(EITHER, "6h")}, absent=absent)
    assert len(judged(asked, {"a": "Tue 10:00"})[0]) == 1
    assert solve(asked).status is Status.INFEASIBLE
    assert optimum(asked)[0].impossible is True


# --- at two places -------------------------------------------------------------------------------------------------

TWO = {"A": {"officers": [CHAIR], "sessions": {"a": "3h"}}, "B": {"officers": ["chair"], "sessions": {"b": "3h"}}}


def test_a_chair_sits_in_two_rooms_only_if_one_is_deputised() -> None:
    asked = meeting(TWO)
    assert there(asked, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"}) == {"a": ("vice",), "b": ("chair",)}
    assert judged(asked, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"}) == ([], 50)
    assert judged(asked, {"a": "Tue 10:00 hall", "b": "Tue 15:00 annexe"}) == ([], 0)


def test_a_deputy_does_not_stand_in_for_two_at_once() -> None:
    bodies = {
        name: {"officers": [{"who": "third" if name == "C" else "chair", "deputies": ["vice"], "price": 5}],
               "sessions": {name.lower(): "3h"}}
        for name in ("A", "C")
    }  # fmt: skip
    absent = {name: {"absent": [AWAY]} for name in ("chair", "third")}
    asked = meeting(bodies, absent=absent)
    broken, cost = judged(asked, {"a": "Tue 10:00 hall", "c": "Tue 10:00 annexe"})
    assert broken == ["Chair is away when A sits on Tuesday 25 February, 10:00 – 13:00"]  # noqa: RUF001
    assert cost == 5  # the first of the two equally bad choices: the deputy stands in for the other
    assert optimum(asked)[1] == solve(asked).cost == 0


def test_the_cheapest_of_several_who_could_be_deputised_is() -> None:
    dear, cheap = CHAIR | {"price": 9}, CHAIR | {"price": 4}
    bodies = {"A": {"officers": [dear], "sessions": {"a": "3h"}}, "B": {"officers": [cheap], "sessions": {"b": "3h"}}}
    asked = meeting(bodies)
    assert there(asked, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"}) == {"a": ("chair",), "b": ("vice",)}
    assert judged(asked, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"}) == ([], 4)


def test_chairs_apart_asks_nothing_of_a_chair_who_is_deputised() -> None:
    bodies = {
        "A": {"officers": [CHAIR], "sessions": {"a": "1h"}},
        "B": {"officers": ["chair"], "sessions": {"b": "1h"}},
    }
    free = {"starts": "anywhere"}
    asked = meeting({name: body | free for name, body in bodies.items()}, {"rule": "chairs_apart", "weight": 60})
    places = {"a": "Tue 10:00 hall", "b": "Tue 11:00 annexe"}
    assert judged(asked, places) == ([], 50)
    cheaper = meeting({name: body | free for name, body in bodies.items()}, {"rule": "chairs_apart", "weight": 40})
    assert judged(cheaper, places) == ([], 40)


def test_nights_are_counted_for_whoever_is_chosen() -> None:
    bodies = {"A": {"officers": [CHAIR], "sessions": {"a": "3h", "b": "3h"}}}
    rule = {"rule": "nights_away", "officers": ["chair"], "weight": 30}
    asked = meeting(bodies, rule, days=["2025-02-25", "2025-02-26", "2025-02-27"])
    assert judged(asked, {"a": "Tue 10:00", "b": "Wed 10:00"}) == ([], 30)  # one night is cheaper than a deputy
    assert judged(asked, {"a": "Tue 10:00", "b": "Thu 10:00"}) == ([], 50)  # two are dearer
    assert there(asked, {"a": "Tue 10:00", "b": "Thu 10:00"}) == {"a": ("chair",), "b": ("vice",)}


def test_presenters_may_be_one_of_several_and_have_deputies() -> None:
    either, ann = {"one_of": ["Ann", "Ben"]}, {"who": "Ann", "deputies": ["Cy"], "price": 7}
    bodies = {
        "A": {"sessions": {"a": {"duration": "3h", "presenters": [either]}}},
        "B": {"sessions": {"b": {"duration": "3h", "presenters": [ann]}}},
        "C": {"sessions": {"c": {"duration": "3h", "presenters": ["Ben"]}}},
    }
    asked = meeting(bodies, {"rule": "presenters_apart"})
    places = {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe"}
    assert there(asked, places) == {"a": ("Ben",), "b": ("Ann",)}
    places["c"] = "Tue 10:00 attic"
    assert there(asked, places) == {"a": ("Ann",), "b": ("Cy",), "c": ("Ben",)}
    assert judged(asked, places) == ([], 7)


# --- body and session, vacant posts, one person ----------------------------------------------------------------------


def test_what_a_session_says_of_somebody_takes_the_place_of_what_its_body_says() -> None:
    sessions = {"a": {"duration": "3h", "officers": ["chair"]}, "b": "3h"}
    asked = meeting({"A": {"officers": [CHAIR], "sessions": sessions}}, absent={"chair": {"absent": [AWAY]}})
    assert len(judged(asked, {"a": "Tue 10:00", "b": "Tue 15:00"})[0]) == 1
    assert judged(asked, {"b": "Tue 10:00", "a": "Tue 15:00"}) == ([], 50)
    loose = {"a": {"duration": "3h", "officers": [CHAIR]}, "b": "3h"}
    other = meeting({"A": {"officers": ["chair"], "sessions": loose}}, absent={"chair": {"absent": [AWAY]}})
    assert judged(other, {"a": "Tue 10:00", "b": "Tue 15:00"}) == ([], 50)


@pytest.mark.parametrize(
    ("entry", "vacant", "needed"),
    [
        (EITHER, ["chair"], ("vice",)),
        (EITHER, ["chair", "vice"], ()),
        (CHAIR, ["chair"], ()),
        (CHAIR, ["vice"], ("chair",)),
    ],
)
def test_a_vacant_post_cannot_be_chosen(entry: Any, vacant: list[str], needed: tuple[str, ...]) -> None:
    asked = meeting({"A": of(entry)}, absent={name: {"vacant": "true"} for name in vacant})
    assert there(asked, {"a": "Tue 10:00"}) == {"a": needed}
    dropped = meeting(
        {"A": of(entry) | {"when_vacant": "dropped"}, "B": "1h"}, absent={name: {"vacant": "true"} for name in vacant}
    )
    assert bool(dropped.dropped) == (needed == ())


def test_two_entries_of_one_person_are_one_choice() -> None:
    named = {"chair": {"name": "Amb. One"}, "vice": {"name": "Amb. One"}}
    assert meeting({"A": of(EITHER)}, absent=named).open_seats == {}
    apart = {"chair": {"name": "Amb. One"}, "vice": {"name": "Amb. One", "same_name": "different"}}
    assert meeting({"A": of(EITHER)}, absent=apart).open_seats == {"a": (0,)}


# --- the choice is the cheapest of all ---------------------------------------------------------------------------


def test_the_choice_costs_no_more_than_any_other() -> None:
    entries = [
        CHAIR | {"price": 6},
        EITHER,
        {"one_of": ["vice", "third"]},
        {"who": "third", "deputies": ["chair"], "price": 2},
    ]
    bodies = {f"B{n}": {"officers": [entry], "sessions": {f"s{n}": "3h"}} for n, entry in enumerate(entries)}
    rules = [{"rule": "officer_double_booking", "weight": 5}, {"rule": "officer_availability", "weight": 3}]
    asked = meeting(bodies, *rules, absent={"third": {"absent": [AWAY]}}, days=["2025-02-25", "2025-02-26"])
    places = {"s0": "Tue 10:00 hall", "s1": "Tue 10:00 annexe", "s2": "Tue 10:00 attic", "s3": "Wed 10:00"}
    found = timetable(asked, places)
    costs = [sum(v.penalty for rule in asked.all_rules for v in rule.check(each, found)) for each in decisions(asked)]
    assert len(costs) == 16
    assert check(asked, found).cost == min(costs) == 3  # chair, vice, and the third person, who is away


def test_more_ways_than_can_be_compared_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.presiding.MAX_EFFORT", 100)
    bodies = {name: {"officers": [EITHER], "sessions": {name.lower(): "3h"}} for name in "ABC"}
    asked = meeting(bodies)
    crowded = timetable(asked, {"a": "Tue 10:00 hall", "b": "Tue 10:00 annexe", "c": "Tue 10:00 attic"})
    with pytest.raises(InputError, match=r"at A, B and C, people may stand in .* \(12 were tried\)"):
        check(asked, crowded)


def test_sessions_that_do_not_hang_together_are_never_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.presiding.MAX_EFFORT", 8)
    days = [f"2025-02-{day}" for day in (24, 25, 26, 27, 28)]
    absent = {"chair": {"absent": [f"{days[0]}..{days[-1]}"]}}
    asked = meeting({"A": {"officers": [CHAIR], "sessions": dict.fromkeys("abcde", "3h")}}, absent=absent, days=days)
    spread = dict(zip("abcde", [f"{day} 10:00" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")], strict=True))
    assert judged(asked, spread) == ([], 250)


# --- mistakes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            {"one_of": ["chair"]},
            "one of several takes two names or more: add one, or write the name alone, without one_of",
        ),
        ({"one_of": ["chair", "chair"]}, "'chair' stands here twice: name somebody else, or write the name alone"),
        ({"one_of": ["chair", "vise"]}, "there is no officer 'vise' in this scenario"),
        ({"one of": ["chair", "vice"]}, "unknown key"),
        ({"who": "chair", "deputies": ["vice"]}, "'price' is missing here"),
        ({"who": "chair", "deputies": [], "price": 5}, "at least 1 must stand here, not 0"),
        ({"who": "chair", "deputies": ["vice"], "price": -1}, "'-1' is out of range: it must be at least 0"),
        (
            {"id": "chair", "deputies": ["vice"], "price": 5},
            "whom the deputies stand in for is named by 'who', not by 'id'",
        ),
    ],
)  # fmt: skip
def test_an_entry_that_says_nothing_clear_is_refused(entry: Any, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        meeting({"A": of(entry)})
    assert [each.message for each in refused.value.diagnostics] == [message]


def test_a_list_names_somebody_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        meeting({"A": {"officers": ["chair", CHAIR], "sessions": {"a": "1h"}}})
    assert [each.message for each in refused.value.diagnostics] == ["this list names 'chair' twice"]


def test_who_attends_at_a_time_of_their_choice_may_not_be_chosen_as_well() -> None:
    sessions = {
        "a": {"duration": "1h", "attendees": ["Ann"]},
        "again": {"repeats": "a"},
        "b": {"duration": "1h", "presenters": [{"one_of": ["Ann", "Ben"]}]},
    }
    with pytest.raises(ScenarioError) as refused:
        meeting({"A": {"sessions": sessions}})
    assert [each.message for each in refused.value.diagnostics] == [
        "'Ann' attends this, which is held several times, and is one of several or a deputy"
    ]
