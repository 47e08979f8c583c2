"""What `explain` and `forecast` print, in words: plurals, what was not examined, the order of a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console
from support.small import scenario as small
from support.small import timetable

from exports.annex.side_events import side_events_on
from exports.terminal.annex import print_rules
from exports.terminal.answers import print_prices, print_ties
from exports.terminal.forecast import forecast_rows, print_forecast
from exports.terminal.screen import Screen
from exports.terminal.small_grid import print_small_grid
from scheduler.domain.base import RoomId, altered
from scheduler.domain.programme import Room
from scheduler.domain.side_events import SideEvent
from scheduler.domain.timetable import Timetable
from scheduler.explanation.members import members_of
from scheduler.explanation.prices import Margin, PriceList, RulePrice, WishPrice
from scheduler.explanation.ties import tied
from scheduler.forecasting.windows import forecast
from scheduler.outcome import Settings, Ties
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve
from scheduler.wording import counted


def two_bodies(*rules: dict[str, object]) -> Scenario:
    return from_data(
        {
            "name": "two",
            "meeting": {"series": "s", "annex_title": "t"},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2027-02-23", "2027-02-24"]},
            "bodies": [
                {"id": "GROUP", "sessions": [{"id": "group", "duration": {"low": "2h", "likely": "3h", "high": "5h"}}]},
                {"id": "BUREAU", "sessions": [{"id": "bureau", "duration": "1h"}]},
            ],
            "rules": list(rules),
        }
    )


LATE_GROUP = {"id": "late", "rule": "pin", "of": ["GROUP"], "start": "Wednesday am"}
EARLY_BUREAU = {"id": "early", "rule": "pin", "of": ["BUREAU"], "start": "Tuesday pm"}


def console() -> tuple[Console, StringIO]:
    out = StringIO()
    return Console(file=out, width=140, color_system=None), out


@pytest.mark.parametrize(
    ("unit", "two"),
    [
        ("slot later", "2 slots later"),
        ("pair out of order", "2 pairs out of order"),
        ("body with a gap", "2 bodies with a gap"),
        ("further room in a slot", "2 further rooms in a slot"),
        ("segment without somebody", "2 segments without somebody"),
        ("meeting too many", "2 meetings too many"),
        ("minute of waiting", "2 minutes of waiting"),
        ("session afterwards", "2 sessions afterwards"),
        ("further body", "2 further bodies"),
        ("further day", "2 further days"),
        ("idle minute", "2 idle minutes"),
    ],
)
def test_of_a_unit_of_harm_the_thing_is_put_in_the_plural(unit: str, two: str) -> None:
    assert counted(2, unit) == two
    assert counted(1, unit) == f"one {unit}"


def test_a_rule_that_was_not_examined_is_not_said_to_cost_nothing() -> None:
    scenario = two_bodies(LATE_GROUP, EARLY_BUREAU)
    late, early, *_ = members_of(scenario)
    screen, out = console()
    rules = (RulePrice(late, None, (), None), RulePrice(early, 0, (), implied=True))
    print_prices(PriceList(solve(scenario, Settings(workers=1)), rules), screen)
    lines = out.getvalue().splitlines()
    assert "Not found out in the time allowed: late." in lines
    assert "Follow from the other rules: early." in lines
    assert not [line for line in lines if line.startswith("Cost nothing")]


def test_costs_of_rules_and_of_wishes_stand_in_one_column() -> None:
    scenario = two_bodies(LATE_GROUP, {"id": "a-wish-with-a-long-name", "rule": "early_finish", "weight": 2})
    outcome = solve(scenario, Settings(workers=1))
    assert outcome.cost == 2, "4 h need two slots, and the work ends in the third"
    screen, out = console()
    late = members_of(scenario)[0]
    wish = WishPrice("a-wish-with-a-long-name", "As early as can be.", 2)
    print_prices(PriceList(outcome, (RulePrice(late, 0, (), None),), (wish,)), screen)
    columns = {line.index("costs") for line in out.getvalue().splitlines()[1:] if "costs" in line}
    assert len(columns) == 1


def test_numbers_that_may_move_equally_far_may_do_so_one_at_a_time() -> None:
    scenario = two_bodies()
    margins = (
        Margin("the length of A", "longer", 30, None),
        Margin("the length of B", "longer", 30, None),
        Margin("the length of C", "longer", None, None),
    )
    screen, out = console()
    print_prices(PriceList(solve(scenario, Settings(workers=1)), (), (), margins), screen)
    said = "the length of A and the length of B, each alone: 30 min longer and the timetable must change."
    assert said in out.getvalue()
    assert "the length of C: 4 h longer changes nothing." in out.getvalue()


def test_ties_say_in_how_many_timetables_a_session_stands_where() -> None:
    screen, out = console()
    print_ties(tied(two_bodies(LATE_GROUP), Settings(workers=1)), screen)
    assert "3 timetables are equally good." in out.getvalue()
    assert "BUREAU: Tuesday 10:00 (1 of 3), Tuesday 15:00 (1 of 3), Wednesday 15:00 (1 of 3)" in out.getvalue()


def test_a_forecast_lists_the_sessions_as_they_are_planned_to_start() -> None:
    scenario = two_bodies(LATE_GROUP, EARLY_BUREAU)
    timetable = solve(scenario, Settings(workers=1)).timetable
    assert timetable is not None
    found = forecast(scenario, timetable)
    assert [row[0] for row in forecast_rows(found)] == ["BUREAU", "GROUP"]
    screen, out = console()
    print_forecast(found, (), (), screen)
    letter = out.getvalue().split("For the letter:\n")[1]
    assert letter.index("BUREAU") < letter.index("GROUP")


def test_a_small_grid_has_one_row_for_slots_that_open_at_the_same_hour() -> None:
    days = ["2027-02-23", {"date": "2027-02-24", "slots": ["10:00-13:00", "15:00-17:00"]}]
    scenario = from_data(
        {
            "name": "hours",
            "meeting": {"series": "s", "annex_title": "t"},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": days},
            "bodies": [{"id": "WG", "sessions": [{"id": "wg", "duration": "11h"}]}],
        }
    )
    timetable = solve(scenario, Settings(workers=1)).timetable
    assert timetable is not None
    screen, out = console()
    print_small_grid(scenario, timetable, Screen(screen))
    rows = [line for line in out.getvalue().splitlines() if ":00" in line]
    assert [(line.count("15:00"), line.count("WG")) for line in rows] == [(0, 2), (1, 2)]


def test_days_of_a_small_grid_that_open_at_other_hours_share_its_rows_and_say_when_they_begin() -> None:
    days = ["2025-02-25", {"date": "2025-02-26", "slots": ["09:00-12:00"]}, "2025-02-27"]
    scenario = small({"A": "3h", "B": "3h", "C": "3h"}, days=days)
    screen, out = console()
    held = timetable(scenario, {"a": "Tue 10:00", "b": "Wed 09:00", "c": "Thu 15:00"})
    print_small_grid(scenario, held, Screen(screen))
    rows = [line.replace("│", " ").split() for line in out.getvalue().splitlines() if ":00" in line]
    assert rows == [["10:00", "A", "09:00", "B"], ["15:00", "C"]]


def test_a_side_event_in_a_room_of_the_meeting_is_printed_with_the_name_of_the_room() -> None:
    scenario = altered(
        two_bodies(),
        rooms=(Room(id=RoomId("r2"), name="Committee Room 2"),),
        side_events=tuple(
            SideEvent(day=date(2027, 2, 23), title=title, room=room) for title, room in (("A", "r2"), ("B", "Foyer"))
        ),
    )
    events = [event.text for _, event in side_events_on(scenario, date(2027, 2, 23), Timetable([]))]
    assert events == ["A (Committee Room 2)", "B (Foyer)"]


def test_a_post_behind_a_name_is_closed_with_a_comma() -> None:
    away = [
        {"id": "named", "post": "Chair", "name": "Ms Example", "absent": ["2027-02-23"]},
        {"id": "unnamed", "post": "Facilitator", "present": ["2027-02-24"]},
    ]
    data = two_bodies().model_dump(mode="json", exclude_none=True) | {"officers": away}
    data["bodies"][0]["officers"] = ["named"]
    data["bodies"][1]["officers"] = ["unnamed"]
    sentences = {member.sentence for member in members_of(from_data(data))}
    assert "Ms Example, Chair, is away on Tuesday 23 February." in sentences
    assert "The Facilitator is here only on Wednesday 24 February." in sentences


def test_how_many_are_equally_good_counts_the_one_that_is_shown() -> None:
    assert solve(two_bodies(LATE_GROUP), Settings(workers=1)).sentence == (
        "optimal: no timetable of this scenario costs less, and this is one of 3 that are equally good"
    )


def test_short_names_of_rules_stand_below_their_heading() -> None:
    scenario = two_bodies({"id": "t", "rule": "within_day"})
    screen, out = console()
    print_rules(scenario, solve(scenario, Settings(workers=1)).violations, screen)
    head, row, *_ = out.getvalue().splitlines()
    assert head.index("Kept") == row.index("kept")


def test_a_preference_of_unknown_effect_is_not_advised() -> None:
    known = tied(two_bodies(LATE_GROUP), Settings(workers=1))
    assert known.preference is not None
    unknown = replace(known, preference=replace(known.preference, ties=Ties(2, exact=False)))
    advised = []
    for found in (known, unknown):
        screen, out = console()
        print_ties(found, screen)
        advised.append("One more preference" in out.getvalue())
    assert advised == [True, False]
