"""``--require`` for side events, and why one is where it is, from the library."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler import explain, load, solve, what_if
from scheduler.api_values.results import WhyWindowResult
from scheduler.errors import InputError
from scheduler.scenario import Scenario

TWO_DAYS = """
name: two-days
meeting: {series: Two Days, annex_title: TWO DAYS}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [Tuesday 2027-02-23, Wednesday 2027-02-24]}
bodies: [{id: WG, sessions: [{id: wg, duration: 3h}]}]
side_events:
  windows: [{hours: 13:15-14:45, name: lunch}, 18:15-19:45]
  rooms: [XXIII, Foyer]
  events:
    - {title: Briefing, day: 2027-02-23, hours: 13:15-14:45, room: XXIII, organiser: Norway}
    - {title: Film, length: 1h, organiser: Norway}
    - {title: Round table, length: 1h30, wished: [Wednesday], windows: [lunch]}
"""
TUE, WED = date(2027, 2, 23), date(2027, 2, 24)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path = tmp_path_factory.mktemp("two") / "two-days.yaml"
    path.write_text(TWO_DAYS, encoding="utf-8")
    return load(path)


def place(week: Scenario, event: str, *wishes: str) -> tuple[date, int, str]:
    answer = what_if(week, require=list(wishes)).answer
    assert answer.after.timetable is not None
    (held,) = (held for held in answer.after.timetable.side_events or () if held.event == event)
    return held.day, held.start, held.room


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("film on Wed", (WED, 795, "Foyer")),
        ("film at 18:15", (TUE, 1095, "XXIII")),
        ("film on Wed at 18:15", (WED, 1095, "XXIII")),
        ("FILM  at 18:15 on Wednesday", (WED, 1095, "XXIII")),
        ("film in foyer", (TUE, 1095, "Foyer")),
    ],
)
def test_it_stands_where_it_must(week: Scenario, wish: str, found: tuple[date, int, str]) -> None:
    assert place(week, "film", wish) == found


def test_several_wishes_hold_together_and_a_missed_wish_costs(week: Scenario) -> None:
    assert place(week, "film", "film on Wed", "film at 18:15", "film in Foyer") == (WED, 1095, "Foyer")
    answer = what_if(week, require="round-table on Tue")
    assert (answer.before.cost, answer.cost) == (0, 1)


def test_what_cannot_be_is_explained(week: Scenario) -> None:
    answer = what_if(week, require="film on Tue at 13:15")
    assert answer.status.value == "infeasible"
    assert "Norway is at 'Briefing' then" in str(answer)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("film in Foyerr", "did you mean 'Foyer'?"),
        ("film at 17:00", "they open at 13:15 and 18:15"),
        ("film at five", "time"),
        ("round-table at 18:15", "'Round table' asks for lunch, which does not open then"),
        ("film before wg", "side events have no order"),
        ("briefing on Wed", "the place of 'Briefing' is given in the scenario"),
        ("film on Tue pm", "name its day, and its hour with 'at'"),
        ("film on", "'film on' is no wish: write 'film on Wed'"),
        ("film", "'film' is no wish"),
        ("film on Friday", "Friday"),
        ("fim on Wed", "did you mean 'film'?"),
    ],
)
def test_wishes_that_cannot_be_meant(week: Scenario, wish: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        what_if(week, require=wish)
    assert said in str(error.value)


def test_a_side_event_is_not_forbidden_and_a_given_day_stays(week: Scenario) -> None:
    with pytest.raises(InputError, match="use --require"):
        what_if(week, forbid="film on Tue")
    with pytest.raises(InputError, match="gives 'Film' another day"):
        what_if(week, require=["film on Tue", "film on Wed"])


def test_the_library_says_why_a_side_event_is_where_it_is(week: Scenario) -> None:
    why = explain(week, solve(week).timetable, "film")
    assert isinstance(why, WhyWindowResult)
    assert "stands on Tuesday 23 February" in repr(why)
    assert "could be in 2 other windows" in repr(why)
    assert "Norway is at 'Briefing' then" in str(why)
    frame = why.frame()
    assert list(frame["possible"]) == [False, True, True]
    assert [str(opens)[:16] for opens in frame["opens"]] == ["2027-02-23 13:15", "2027-02-24 13:15", "2027-02-24 18:15"]
    with pytest.raises(InputError, match="is given in the scenario"):
        explain(week, solve(week).timetable, "briefing")
