"""A certificate holds when it is genuine; whatever is changed in it is found, with the reason."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest
from impossible import KNOWN, explained
from letters import WITH_GRID, letter

from scheduler.checking import check
from scheduler.document import sessions_of
from scheduler.domain.base import SessionId
from scheduler.engine import Settings, solve
from scheduler.errors import InputError
from scheduler.explanation.certificate import of_conflict, of_outcome
from scheduler.explanation.places import why_here
from scheduler.explanation.verification import Point, verify
from scheduler.scenario import from_data


@cache
def of_letter(name: str) -> dict[str, Any]:
    scenario = letter(name)
    return of_outcome(scenario, solve(scenario, Settings(workers=1)))


@cache
def of_set(name: str) -> dict[str, Any]:
    return of_conflict(explained(name))


def genuine(certificate: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(certificate)


def verdicts(certificate: dict[str, Any], seconds: float = 60.0) -> list[bool | None]:
    return [point.holds for point in verify(certificate, seconds=seconds)]


def failures(certificate: dict[str, Any]) -> list[str]:
    return [point.sentence for point in verify(certificate) if point.holds is False]


@pytest.mark.parametrize("name", ["csp3", *WITH_GRID])
def test_the_certificate_of_a_letter_holds_its_uniqueness_included(name: str) -> None:
    points = list(verify(of_letter(name)))
    assert [point.holds for point in points] == [True] * 6
    assert points[-1].sentence.startswith("No other timetable is as good: searched exhaustively")


@pytest.mark.parametrize("name", KNOWN)
def test_the_certificate_of_a_set_holds_with_a_witness_for_each_member(name: str) -> None:
    assert verdicts(of_set(name)) == [True] * (3 + len(KNOWN[name].members))


def test_a_tampered_timetable_is_rejected() -> None:
    certificate = genuine(of_letter("csp10"))
    sessions = {entry["id"]: entry for entry in certificate["sessions"]}
    dief, wgtu = sessions["dief"], sessions["wgtu"]
    dief["segments"], wgtu["segments"] = wgtu["segments"], dief["segments"]
    (failure,) = failures(certificate)
    assert failure.startswith("The timetable breaks 'dief-last': WGTU ")


def test_a_tampered_cost_is_rejected() -> None:
    certificate = genuine(of_letter("csp10"))
    certificate["cost"] = certificate["bound"] = 3
    assert failures(certificate) == ["The timetable costs 0, not 3 as certified."]


def test_a_tampered_bound_is_rejected() -> None:
    certificate = genuine(of_letter("csp10"))
    certificate["bound"] = 2
    assert failures(certificate) == ["The bound of 2 does not fit a cost of 0."]


def costly() -> dict[str, Any]:
    scenario = letter("csp11")
    early = {"id": "wgtr-early", "rule": "only_on", "of": ["WGTR"], "when": ["Tuesday"], "weight": 5}
    changed = from_data({**scenario.document, "rules": [*scenario.document["rules"], early]})
    return of_outcome(changed, solve(changed, Settings(workers=1)))


def test_a_bound_above_nothing_is_proved_by_exhaustive_search() -> None:
    certificate = costly()
    assert certificate["cost"] == certificate["bound"] == 10
    points = list(verify(certificate))
    assert [point.holds for point in points] == [True] * 6
    assert points[4].sentence.startswith("No timetable costs less than 10: searched exhaustively")


def test_a_timetable_certified_as_the_best_that_is_not_is_rejected() -> None:
    """The genuine second choice, with its true cost, and a bound that claims that nothing is cheaper."""
    rules = [{"id": "one", "rule": "one_at_a_time"}, {"id": "roll", "rule": "rolling"}]
    rules.append({"id": "last", "rule": "last_in_week", "of": ["bias"], "weight": 1})
    scenario = from_data({**letter("csp3").document, "rules": rules})
    outcome = solve(scenario, Settings(workers=1))
    assert outcome.timetable is not None
    places = why_here(scenario, outcome.timetable, SessionId("bias")).places
    (second,) = [place.timetable for place in places if place.timetable is not None]
    certificate = of_outcome(scenario, outcome)
    certificate["sessions"] = sessions_of(scenario, second)
    certificate["cost"] = certificate["bound"] = check(scenario, second).cost
    (failure, *_) = failures(certificate)
    assert failure.endswith(f"exists, less than the bound of {certificate['bound']}.")


def test_a_claim_to_be_the_only_one_that_is_false_is_rejected() -> None:
    scenario = letter("csp11").without("sub-groups", "wgeti-block")
    certificate = of_outcome(scenario, solve(scenario, Settings(workers=1)))
    assert certificate["unique"] is False
    certificate["unique"] = True
    assert failures(certificate) == ["It is not the only one: another timetable is as good."]


def test_a_tampered_scenario_is_rejected() -> None:
    certificate = genuine(of_letter("csp10"))
    certificate["scenario"]["document"]["rules"][-1]["weight"] = 1
    assert failures(certificate)[0] == "The scenario has been changed: its sha256 is not the one certified."


def test_a_tampered_model_is_rejected() -> None:
    certificate = genuine(of_letter("csp10"))
    certificate["model"]["data"] = "AAAA" + certificate["model"]["data"][4:]
    assert failures(certificate) == ["The model has been changed: its sha256 is not the one certified."]


def test_a_set_that_lacks_a_member_is_rejected() -> None:
    certificate = genuine(of_set("csp11-friday"))
    del certificate["set"][1]
    assert failures(certificate)[0] == "The set of one member is not impossible: a timetable keeps it."


def test_a_set_with_a_member_too_many_is_rejected() -> None:
    certificate = genuine(of_set("csp11-friday"))
    certificate["set"].append({"rules": ["rules/plenary"], "sentence": "Nothing meets at the same time."})
    (failure,) = failures(certificate)
    assert failure == "No timetable shows that the set needs: Nothing meets at the same time."


def test_a_set_that_names_no_rule_of_the_scenario_is_rejected() -> None:
    certificate = genuine(of_set("csp11-friday"))
    certificate["set"][0]["rules"] = ["rules/nobody"]
    assert failures(certificate) == ["The set cannot be verified: 'rules/nobody' is no rule of the scenario."]


def test_a_tampered_witness_is_rejected() -> None:
    certificate = genuine(of_set("csp11-friday"))
    one, other = certificate["witnesses"]
    one["sessions"], other["sessions"] = other["sessions"], one["sessions"]
    assert [failure.partition("breaks '")[2].partition("'")[0] for failure in failures(certificate)] == [
        "standing-officer-availability",
        "working-groups",
    ]


def test_what_is_too_large_for_the_second_engine_is_left_open() -> None:
    points = list(verify(of_letter("csp12"), seconds=0.0))
    assert [point.holds for point in points] == [True, True, True, True, True, None]
    assert points[-1] == Point(
        None,
        "That no other is as good is not decided: too large for the second engine "
        "(its pairs of placements take longer to compare than the time allowed).",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "something"}, "it: this is 'something 1', not 'treaty-schedule/certificate 1'"),
        ({"claim": "magic"}, "it: it claims 'magic', which is nothing that can be verified"),
        (
            {"model": None},
            "it: model: Input should be a valid dictionary or instance of _Model: this is no certificate of ours",
        ),
    ],
)
def test_what_is_no_certificate_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        list(verify({**of_letter("csp10"), **change}, "it"))
    assert caught.value.message == message
