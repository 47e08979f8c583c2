"""A certificate holds when it is genuine; whatever is changed in it is found, with the reason."""

from __future__ import annotations

import copy
from base64 import b64decode, b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from support import small
from support.impossible import KNOWN, explained
from support.letters import WITH_GRID, letter

from scheduler.checking import check
from scheduler.documents.timetable_document import sessions_of
from scheduler.domain.base import SessionId
from scheduler.errors import InputError
from scheduler.explanation.certificate import of_conflict, of_outcome
from scheduler.explanation.certificate_file import read_certificate
from scheduler.explanation.impossible import explain
from scheduler.explanation.verification import Checked, claim_of, verify
from scheduler.explanation.why_here import why_here
from scheduler.outcome import Settings
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve


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
    others = why_here(scenario, outcome.timetable, SessionId("bias")).others
    (second,) = [other.timetable for other in others if other.timetable is not None]
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


def with_model(certificate: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Another model, with its own hash."""
    certificate["model"] = {"sha256": sha256(data).hexdigest(), "data": b64encode(data).decode()}
    return certificate


def test_an_empty_model_with_its_own_hash_is_rejected() -> None:
    assert failures(with_model(genuine(of_letter("csp10")), b"")) == ["The certificate holds no model: it is empty."]


def test_the_model_of_another_scenario_with_its_own_hash_is_rejected() -> None:
    other = b64decode(of_letter("csp8")["model"]["data"])
    assert failures(with_model(genuine(of_letter("csp10")), other)) == [
        "The model is not that of the scenario: built anew, it is another one."
    ]
    assert failures(with_model(genuine(of_set("csp11-friday")), other))[0].startswith("The model is not that of")


def test_a_certificate_of_an_older_version_holds_as_long_as_its_model_is_still_built() -> None:
    assert failures(genuine(of_letter("csp10")) | {"version": 1}) == []


def test_a_certificate_of_an_older_version_whose_model_is_another_today_cannot_be_rebuilt() -> None:
    other = b64decode(of_letter("csp8")["model"]["data"])
    (failure,) = failures(with_model(genuine(of_letter("csp10")) | {"version": 1}, other))
    assert failure.startswith("made by 0.1, cannot be rebuilt: ")


def test_a_certificate_of_an_older_version_whose_scenario_is_not_valid_any_more_cannot_be_rebuilt() -> None:
    certificate = genuine(of_letter("csp10")) | {"version": 1}
    certificate["scenario"]["document"]["rules"][0]["rule"] = "gone"
    (failure,) = failures(certificate)
    assert failure.startswith("made by 0.1, cannot be rebuilt: its scenario is not valid any more: ")


def test_a_model_of_another_release_of_the_solver_is_left_open() -> None:
    certificate = with_model(genuine(of_letter("csp10")), b64decode(of_letter("csp8")["model"]["data"]))
    certificate["versions"]["ortools"] = "9.99"
    assert [point.holds for point in verify(certificate)].count(None) == 1


def test_the_planners_own_scenario_is_compared_key_by_key() -> None:
    own = letter("csp10")
    assert failures_against(own, of_letter("csp10")) == []
    rules = [dict(rule) for rule in own.document["rules"]]
    rules[-1]["weight"] = 7
    changed = from_data({**own.document, "rules": rules, "name": "mine"})
    (failure,) = failures_against(changed, of_letter("csp10"))
    assert failure.startswith(
        'It is not the scenario of the file given: name is "mine" in the file, "csp10" in the certificate; rules.'
    )
    assert "weight" in failure


def failures_against(own: Scenario, certificate: dict[str, Any]) -> list[str]:
    return [point.sentence for point in verify(certificate, own=own) if point.holds is False]


def test_what_is_claimed_is_said_in_our_own_words() -> None:
    claim = claim_of(of_letter("csp10"))
    assert (claim.name, claim.sentences) == (
        "csp10",
        ("A timetable of least cost, 0 points, and no other is as good.",),
    )
    certificate = genuine(of_set("csp11-friday"))
    for member in certificate["set"]:
        member["sentence"] = "Everything is impossible."
    said = " ".join(point.sentence for point in verify(certificate))
    assert "Everything is impossible" not in said
    assert "WGETI meets first, then WGTU, then WGTR." in said
    assert claim_of(certificate).repeated[-1] == "No other set has fewer members."


def late_and_early() -> Scenario:
    """Two sessions of 3 h in two slots; q stands in the second, so p fills the first."""
    return from_data(
        {
            "name": "late",
            "meeting": {"series": "S", "annex_title": "T"},
            "calendar": {"slots": ["09:00-12:00", "14:00-17:00"], "days": ["2027-03-02"]},
            "bodies": [{"id": "P", "sessions": [{"id": "p", "duration": "3h"}, {"id": "q", "duration": "3h"}]}],
            "rules": [
                {"id": "full", "rule": "no_idle_slots"},
                {"id": "early", "rule": "early_finish"},
                {"id": "q-late", "rule": "pin", "of": ["q"], "at": "14:00"},
            ],
        }
    )


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([{"held": "q"}, {"rules": ["rules/full"]}, {"rules": ["rules/q-late"]}], "'full' (no_idle_slots)"),
        ([{"held": "q"}, {"rules": ["rules/early"]}, {"rules": ["rules/q-late"]}], "a timetable keeps it"),
        ([{"held": "q"}, {"rules": ["rules/q-late", "rules/full"]}], "further sessions can mend a violation"),
        ([{"rules": []}], "member 1 is neither a rule nor a session"),
        ([{"held": "q", "rules": ["rules/full"]}], "member 1 is neither a rule nor a session"),
        ([{"held": "q"}, {"held": "q"}], "named twice"),
        ([{"rules": ["q"]}], "it calls a session a rule"),
        ([], "it is empty"),
    ],
)
def test_a_forged_impossibility_is_refused_with_the_reason(members: list[dict[str, Any]], said: str) -> None:
    scenario = late_and_early()
    assert solve(scenario, Settings(workers=1)).cost == 0
    certificate = genuine(of_set("csp11-friday"))
    document = {"name": scenario.name, "sha256": scenario.sha256, "document": scenario.document}
    certificate |= {"scenario": document, "set": members, "minimal": False, "witnesses": []}
    assert any(said in failure for failure in failures(certificate))


def test_a_set_of_sessions_for_which_there_is_no_room_holds_without_rules_that_others_could_mend() -> None:
    """Three sessions of 3 h in two slots: any three of them suffice, whatever the rules say."""
    data = late_and_early().document
    third = [*data["bodies"][0]["sessions"], {"id": "r", "duration": "3h"}]
    scenario = from_data({**data, "bodies": [{"id": "P", "sessions": third}], "rules": data["rules"][:1]})
    explanation = explain(scenario, None, Settings(workers=1))
    assert explanation.conflict is not None
    assert explanation.conflict.held
    assert failures(of_conflict(explanation)) == []


@pytest.mark.parametrize("text", ['{"claim": "optimal", "claim": "infeasible"}', '{"scenario": {"a": 1, "a": 2}}'])
def test_a_key_that_is_given_twice_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="is given twice in one object: delete one"):
        read_certificate(path)


def test_a_set_that_lacks_a_member_is_rejected() -> None:
    certificate = genuine(of_set("csp11-friday"))
    del certificate["set"][1]
    assert failures(certificate)[:2] == [
        "The model is not that of the scenario: built anew, it is another one.",
        "The set of one member is not impossible: a timetable keeps it.",
    ]


def test_a_set_with_a_member_too_many_is_rejected() -> None:
    certificate = genuine(of_set("csp11-friday"))
    certificate["set"].append({"rules": ["rules/plenary"], "sentence": "Nothing meets at the same time."})
    assert failures(certificate) == [
        "The model is not that of the scenario: built anew, it is another one.",
        "No timetable shows that the set needs: No two sessions sit at the same time.",
    ]


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
    assert points[-1] == Checked(
        None,
        "That no other is as good is not decided: too large for the second engine "
        "(its pairs of placements take longer to compare than the time allowed).",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "something"}, "it: this is 'something 2', not 'treaty-schedule/certificate 2'"),
        ({"version": 3}, "it: this is 'treaty-schedule/certificate 3', not 'treaty-schedule/certificate 2'"),
        ({"claim": "magic"}, "it: it claims 'magic', which is nothing that can be verified"),
        ({"model": None}, "it: model: a value is missing after 'model:'\n1 error"),
        ({"cost": "0"}, "it: cost: '0' is a text here, not a whole number: write it without quotes\n1 error"),
    ],
)
def test_what_is_no_certificate_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        list(verify({**of_letter("csp10"), **change}, "it"))
    assert caught.value.message == message


def test_many_sessions_that_are_alike_are_verified_by_adding_up() -> None:
    """9 sessions of 3 h, 8 slots of 3 h: going through them all would take for ever."""
    asked = small.scenario({f"B{number}": "3h" for number in range(9)})
    explanation = explain(asked, ways=0)
    assert explanation.conflict is not None
    points = list(verify(of_conflict(explanation)))
    assert {point.holds for point in points if point.holds is not None} == {True}
    told = "The set of 9 members is impossible, by adding up: 27 h are asked for, 24 h exist: 3 h too much."
    assert told in [point.sentence for point in points]


def test_a_session_that_is_given_to_another_body_is_rejected() -> None:
    forged = genuine(of_letter("csp11"))
    own = forged["sessions"][0]["body"]
    forged["sessions"][0]["body"] = other = next(s["body"] for s in forged["sessions"] if s["body"] != own)
    assert [said for said in failures(forged) if f"another body than its own: '{other}'" in said]
    forged = genuine(of_set("order-in-a-circle"))
    forged["witnesses"][0]["sessions"][0]["body"] = "NOBODY"
    assert [said for said in failures(forged) if "another body than its own: 'NOBODY'" in said]


@pytest.mark.parametrize("name", [["cei"], {}, 7, None])
def test_a_session_whose_id_is_no_text_is_rejected(name: object) -> None:
    for forged in (genuine(of_letter("csp11")), genuine(of_set("order-in-a-circle"))):
        sessions = forged["sessions"] if forged.get("sessions") else forged["witnesses"][0]["sessions"]
        sessions[0]["id"] = name
        with pytest.raises(InputError, match=r"sessions\[0\]: a session has a text for its id"):
            failures(forged)


def test_what_nobody_checks_is_said_to_be_repeated_only() -> None:
    forged = genuine(of_set("order-in-a-circle"))
    forged["set"][0]["sentence"] = "The President may not be asked."
    forged["solver"]["workers"] = 64
    repeated = claim_of(forged).repeated
    assert "The solver was run as it describes." in repeated
    assert "The members are worded and placed as it writes them." in repeated
