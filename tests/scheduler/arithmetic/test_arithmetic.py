"""What does not add up is said in hours, with the sessions named; and only what is really impossible is said."""

from __future__ import annotations

import pytest
from support.impossible import KNOWN, explained, random_scenario
from support.letters import ALL, letter

from scheduler.arithmetic.findings import Homeless, Shortage, said
from scheduler.arithmetic.shortage import Arithmetic
from scheduler.explanation.members import keeping
from scheduler.reading.entry import from_data
from scheduler.solving.exhaustive import search


def only(name: str) -> Shortage | Homeless:
    (found,) = explained(name).shortages
    return found


def test_csp11_with_a_forum_is_told_in_one_sentence() -> None:
    shortage = only("csp11-forum")
    assert shortage.sentence == "27 h are asked for, 24 h exist: 3 h too much."
    assert shortage.detail.split(" + ") == [
        "WGETI national implementation practices 6 h",
        "WGETI current and emerging issues 7 h 30",
        "WGTU 4 h 30",
        "WGTR 6 h",
        "DIEF 3 h",
    ]
    assert shortage.because == ()


def test_sessions_confined_to_one_day_are_added_up() -> None:
    shortage = only("all-on-thursday")
    assert shortage.sentence == "7 h 30 are asked on Thursday 28 May, 6 h exist: 1 h 30 too much."
    assert shortage.because == ("vtf-thursday", "mc-thursday", "gender-thursday")


def test_the_time_of_an_officer_is_added_up() -> None:
    shortage = only("one-chair-two-bodies")
    assert shortage.sentence == (
        "6 h are asked of the Chair of WGTU and WGTR on Tuesday 15 February 10:00, 3 h exist: 3 h too much."
    )
    assert shortage.because == ("chair", "wgtu-opens", "wgtr-opens")


def test_a_session_that_fits_nowhere_is_named_with_only_the_rules_in_its_way() -> None:
    homeless = only("nothing-after-five")
    assert (homeless.sentence, homeless.because) == ("WGTR (6 h) fits nowhere.", ("home-by-five",))


@pytest.mark.parametrize("name", ALL)
def test_of_the_letters_nothing_is_said(name: str) -> None:
    assert Arithmetic(letter(name)).shortages() == []


@pytest.mark.parametrize("name", [name for name in KNOWN if explained(name).shortages])
def test_what_rests_on_no_rule_is_impossible_with_calendar_and_rooms_alone(name: str) -> None:
    explanation = explained(name)
    for shortage in explanation.shortages:
        bare = keeping(explanation.scenario, explanation.members, ())
        assert bool(shortage.reasons) is not (search(bare).impossible is True)


def test_a_shortage_is_never_claimed_of_what_is_possible() -> None:
    claimed = [n for n in range(60) if Arithmetic(random_scenario(n)).shortages()]
    assert len(claimed) >= 15
    assert [n for n in claimed if search(random_scenario(n)).impossible is not True] == []


def test_a_rule_that_would_not_be_missed_is_not_named_as_the_cause() -> None:
    """The chair serves all three, one at a time; that two have a presenter in common adds nothing."""
    talks = [{"id": f"t{number}", "duration": "1h", "presenters": ["Bo Ode"] if number else []} for number in range(3)]
    data = {
        "name": "chaired",
        "meeting": {"series": "s", "annex_title": "t"},
        "calendar": {"slots": ["10:00-12:00"], "days": ["2027-02-23"]},
        "rooms": [{"id": "r1"}, {"id": "r2"}],
        "officers": [{"id": "chair", "post": "Chair"}],
        "bodies": [{"id": "WG", "officers": ["chair"], "sessions": talks}],
        "rules": [{"id": "presenters", "rule": "presenters_apart"}, {"id": "rolling", "rule": "rolling"}],
    }
    (shortage,) = Arithmetic(from_data(data)).shortages()
    assert shortage.sentence == "3 h are asked of the Chair, 2 h exist: 1 h too much."
    assert shortage.because == ("chair",)
    assert said([shortage])[-1] == "What makes it so: chair."


def test_a_rule_without_which_presenters_may_be_in_two_rooms_is_named() -> None:
    talks = [{"id": f"t{number}", "duration": "1h", "presenters": ["Bo Ode"]} for number in range(3)]
    data = {
        "name": "presented",
        "meeting": {"series": "s", "annex_title": "t"},
        "calendar": {"slots": ["10:00-12:00"], "days": ["2027-02-23"]},
        "rooms": [{"id": "r1"}, {"id": "r2"}],
        "bodies": [{"id": "WG", "sessions": talks}],
        "rules": [{"id": "presenters", "rule": "presenters_apart"}, {"id": "rolling", "rule": "rolling"}],
    }
    (shortage,) = Arithmetic(from_data(data)).shortages()
    assert shortage.because == ("Bo Ode", "presenters")
