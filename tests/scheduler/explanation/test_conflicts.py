"""The set that is shown is impossible, no set with fewer members is, and every rule of it reads as a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from random import Random

import pytest
from support.impossible import FOLDER, KNOWN, explained, random_scenario
from support.letters import letter
from support.small import scenario as small

from scheduler.altering import holding
from scheduler.checking import check
from scheduler.domain.timetable import Timetable
from scheduler.errors import OutOfTime
from scheduler.explanation import impossible
from scheduler.explanation.conflict import find_conflict
from scheduler.explanation.impossible import Explanation, explain
from scheduler.explanation.members import HeldSession, Member, keeping, members_of
from scheduler.explanation.oracle import Oracle, Verdict, feasible
from scheduler.outcome import Settings, Status
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document
from scheduler.scenario import Scenario
from scheduler.solving.exhaustive import search
from scheduler.solving.search import Search


def names(explanation: Explanation) -> tuple[str, ...]:
    assert explanation.conflict is not None
    return tuple(m.session if isinstance(m, HeldSession) else m.name for m in explanation.conflict.members)


def possible(scenario: Scenario) -> bool:
    """As the second engine sees it."""
    result = search(scenario)
    assert result.impossible is not None, result.reason
    return not result.impossible


def every_set_is_possible(scenario: Scenario, members: Sequence[Member], size: int) -> bool:
    """Brute force; a timetable found for one set serves for all others that it keeps, as the checker sees it."""
    known: list[Timetable] = []
    for chosen in combinations(members, size):
        kept = keeping(scenario, members, chosen)
        if any(check(kept, timetable).keeps_all for timetable in known):
            continue
        found = search(kept)
        assert found.impossible is not None, found.reason
        if found.timetable is None:
            return False
        known.append(found.timetable)
    return True


def test_there_are_at_least_fifteen_and_all_are_known() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(KNOWN)
    assert len(KNOWN) >= 15


@pytest.mark.parametrize("name", KNOWN)
def test_the_set_is_the_known_one_and_proved_smallest(name: str) -> None:
    explanation = explained(name)
    assert explanation.status is Status.INFEASIBLE
    assert explanation.conflict is not None
    assert names(explanation) == KNOWN[name].members
    assert (explanation.conflict.minimal, explanation.conflict.smallest) == (True, True)


@pytest.mark.parametrize("name", [name for name in KNOWN if name != "csp11-forum"])
def test_the_set_is_impossible_and_every_set_with_fewer_rules_is_possible(name: str) -> None:
    explanation = explained(name)
    assert explanation.conflict is not None
    scenario, members, found = explanation.scenario, explanation.members, explanation.conflict.rules
    assert possible(keeping(scenario, members, found)) is False
    assert every_set_is_possible(scenario, members, len(found) - 1) is True


def test_any_four_of_the_five_sessions_of_csp11_with_a_forum_fit_and_the_five_do_not() -> None:
    explanation = explained("csp11-forum")
    bare = keeping(explanation.scenario, explanation.members, ())
    sessions = list(bare.sessions)
    assert possible(bare) is False
    assert [possible(holding(bare, four)) for four in combinations(sessions, 4)] == [True] * 5


@pytest.mark.parametrize("name", KNOWN)
def test_each_member_has_its_witness_that_the_checker_confirms(name: str) -> None:
    explanation = explained(name)
    conflict = explanation.conflict
    assert conflict is not None
    assert [witness.without for witness in conflict.witnesses] == list(conflict.members)
    for witness in conflict.witnesses:
        if isinstance(witness.without, Member):
            rest = [member for member in conflict.rules if member is not witness.without]
            kept = keeping(explanation.scenario, explanation.members, rest)
        else:
            rest_held = [h.session for h in conflict.held if h is not witness.without]
            kept = holding(keeping(explanation.scenario, explanation.members, ()), rest_held)
        shown = Timetable(p for p in witness.timetable if p.session in kept.sessions)
        assert check(kept, shown).broken == ()


@pytest.mark.parametrize("name", KNOWN)
def test_every_rule_reads_as_a_sentence_with_its_source_and_the_line_it_stands_on(name: str) -> None:
    explanation = explained(name)
    assert explanation.conflict is not None
    lines = (FOLDER / f"{name}.yaml").read_text("utf-8").splitlines()
    for member in explanation.conflict.rules:
        assert member.sentence[0] == member.sentence[0].upper()
        assert member.sentence.endswith(".")
        assert member.source
        file, _, line = member.place.partition(":")
        assert file == f"{name}.yaml"
        stands = lines[int(line) - 1]
        assert any(word in stands for word in (member.name, "absent", "present", "attendance", "- {id", "- id"))


def test_rules_of_one_line_are_one_rule() -> None:
    rules = "rules: [{id: last, rule: last_in_week, of: [PREP]}, {id: early, rule: order, of: [PREP, WGTR]}]\n"
    text = (FOLDER / "csp8-prep-first.yaml").read_text("utf-8").partition("rules:")[0] + rules
    loaded = from_document(parse_document(text.encode(), "one-line.yaml"))
    found = explain(loaded.scenario, loaded.document)
    assert names(found) == ("last, early",)


def test_a_scenario_that_is_possible_is_called_so() -> None:
    explanation = explain(letter("csp10"))
    assert (explanation.status, explanation.conflict) == (Status.FEASIBLE, None)
    assert explanation.possible is not None
    assert check(letter("csp10"), explanation.possible).broken == ()


def test_without_time_nothing_is_claimed() -> None:
    explanation = explain(explained("csp11-friday").scenario, settings=Settings(time_limit=1e-9, workers=1))
    assert (explanation.status, explanation.conflict, explanation.repairs.ways) == (Status.UNKNOWN, None, ())
    assert explanation.verdict.startswith("Not known")


class Tired(Oracle):
    """An oracle whose checks hit their limit from the third on."""

    def check(self, kept: Collection[Member]) -> Verdict[Member]:
        return super().check(kept) if self.checks < 2 else Verdict(None)


def test_a_set_whose_checks_hit_their_limit_is_called_enough_and_perhaps_not_smallest() -> None:
    whole = explained("csp10-forum-morning")
    oracle = Tired(whole.scenario, whole.members, Search(Settings(workers=1)))
    conflict = find_conflict(oracle)
    assert conflict is not None
    assert (conflict.minimal, conflict.smallest) == (False, False)
    assert possible(keeping(whole.scenario, whole.members, conflict.rules)) is False
    told = Explanation(whole.scenario, whole.members, Status.INFEASIBLE, conflict=conflict)
    assert told.verdict.endswith("; they are enough to make it impossible, perhaps not the smallest such set:")


IMPOSSIBLE = [n for n in range(50) if search(random_scenario(n)).impossible][:15]


def test_enough_random_scenarios_are_impossible() -> None:
    assert len(IMPOSSIBLE) == 15


@pytest.mark.parametrize("number", IMPOSSIBLE)
def test_a_random_set_is_impossible_and_without_any_one_member_possible(number: int) -> None:
    scenario = random_scenario(number)
    explanation = explain(scenario, ways=1)
    conflict = explanation.conflict
    assert conflict is not None
    assert (conflict.minimal, conflict.smallest) == (True, True)
    if conflict.held:
        bare = keeping(scenario, explanation.members, ())
        sessions = [held.session for held in conflict.held]
        assert possible(holding(bare, sessions)) is False
        assert all(possible(holding(bare, [s for s in sessions if s != left])) for left in sessions)
        return
    assert possible(keeping(scenario, explanation.members, conflict.rules)) is False
    for member in conflict.rules:
        rest = [other for other in conflict.rules if other is not member]
        assert possible(keeping(scenario, explanation.members, rest)) is True
    assert every_set_is_possible(scenario, explanation.members, len(conflict.rules) - 1) is True


@pytest.mark.parametrize("number", range(0, 60, 8))
def test_assuming_guards_and_giving_way_in_the_scenario_are_the_same(number: int) -> None:
    """The guarded model and the plain scenario must agree on every set, or explanations would be of another problem."""
    scenario = random_scenario(number)
    members, rng = members_of(scenario), Random(number)
    oracle = Oracle(scenario, members, Search(Settings(workers=1)))
    for _ in range(6):
        kept = rng.sample(members, rng.randint(0, len(members)))
        plain = feasible(keeping(scenario, members, kept), Search(Settings(workers=1)))
        assert oracle.check(kept).holds == plain.holds == possible(keeping(scenario, members, kept))


def test_the_numbers_are_told_where_no_conflict_is_found_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five sessions of 3 h, two at once, in two slots."""

    def late(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr(impossible, "find_conflict", late)
    bodies = {f"B{number}": "3h" for number in range(5)}
    rooms = [{"id": f"r{number}"} for number in range(3)]
    asked = small(bodies, {"rule": "parallel_limit", "at_most": 2}, days=["2025-02-25"], rooms=rooms)
    explanation = impossible.explain(asked)
    assert [shortage.sentence for shortage in explanation.shortages] == [
        "15 h are asked with at most 2 of the sessions at once, 12 h exist: 3 h too much."
    ]
    assert explanation.verdict == "No timetable keeps all rules: the numbers prove it."
