"""What one change would cost, what moves, and why it is impossible where it is."""

from __future__ import annotations

import pytest
from support import small
from support.letters import letter

from scheduler.checking import check
from scheduler.errors import InputError
from scheduler.explanation.whatif import Change, what_if
from scheduler.outcome import Settings, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario

ONE = Settings(workers=1)


def test_dief_of_csp10_on_wednesday_afternoon_is_impossible_because_of_two_rules() -> None:
    answer = what_if(letter("csp10"), settings=ONE, require=["dief on Wed pm"])
    assert answer.after.status is Status.INFEASIBLE
    assert answer.explanation is not None
    assert answer.explanation.conflict is not None
    assert [member.name for member in answer.explanation.conflict.rules] == ["working-groups", "wgeti-block"]
    assert answer.explanation.repairs.ways[0].options == ("--drop", "wgeti-block")


def test_the_way_out_that_is_proposed_works_as_an_option() -> None:
    answer = what_if(letter("csp10"), settings=ONE, require=["dief on Wed pm"], drop=["wgeti-block"])
    assert (answer.before.cost, answer.cost, answer.not_kept) == (0, 0, ("wgeti-block",))
    assert [(change.session, change.before, change.after) for change in answer.changes] == [
        ("cei", "Wednesday 15:00 to 18:00", "Thursday 10:00 to 13:00"),
        ("wgtu", "Thursday 10:00 to 13:00", "Thursday 15:00 to 18:00"),
        ("dief", "Thursday 15:00 to 18:00", "Wednesday 15:00 to 18:00"),
    ]
    assert answer.after.timetable is not None
    assert check(answer.changed, answer.after.timetable).broken == ()


def test_a_wish_that_holds_already_changes_nothing() -> None:
    answer = what_if(letter("csp10"), settings=ONE, require=["dief on Thursday pm"])
    assert (answer.changes, answer.prices, answer.cost) == ((), (), 0)


def test_a_change_of_a_number_shows_what_moves_and_what_it_costs() -> None:
    answer = what_if(letter("csp3"), settings=ONE, values=["bodies.PREP.sessions.bias.duration=1h15"])
    assert [change.session for change in answer.changes] == ["bias", "regions", "experience", "assistance", "agenda"]
    assert answer.cost == 0


def test_of_equally_good_timetables_the_one_that_moves_least_is_shown() -> None:
    """The first in the fixed order would exchange the two bodies; moving one of them alone is as good."""
    scenario = from_data(
        {
            "name": "two",
            "meeting": {"series": "s", "annex_title": "t"},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2025-02-25", "2025-02-26"]},
            "bodies": [
                {"id": "A", "sessions": [{"id": "a", "duration": "3h"}]},
                {"id": "B", "sessions": [{"id": "b", "duration": "3h"}]},
            ],
        }
    )
    answer = what_if(scenario, settings=ONE, forbid=["a on Tue am"])
    assert [(change.session, change.before) for change in answer.changes] == [("a", "Tuesday 10:00 to 13:00")]


def test_a_session_that_is_no_longer_held_is_shown_so() -> None:
    answer = what_if(letter("csp10"), settings=ONE, values=["bodies.WGTU.sessions=[]"])
    assert Change("wgtu", "WGTU", "Thursday 10:00 to 13:00", None) in answer.changes  # type: ignore[arg-type]  # an id


def test_a_rule_that_is_not_there_cannot_be_dropped() -> None:
    with pytest.raises(InputError) as caught:
        what_if(letter("csp10"), settings=ONE, drop=["dief-lst"])
    assert caught.value.message == (
        "--drop:1:1: there is no rule 'dief-lst'\n"
        "    1 | dief-lst\n"
        "      | ^^^^^^^^  did you mean 'dief-last'?\n"
        "1 error"
    )


def two_bodies(**more: object) -> Scenario:
    return small.scenario({"A": "3h", "B": "3h"}, {"rule": "order", "of": ["A", "B"]}, **more)  # type: ignore[arg-type]  # keywords


DAYS = ["2025-02-25", "2025-02-26"]
"""Tuesday and Wednesday."""


@pytest.mark.parametrize(
    "setting",
    [
        "calendar.days=[2025-02-24, 2025-02-25, 2025-02-26]",
        "calendar.slots=[08:00-09:00, 10:00-13:00, 15:00-18:00]",
        "calendar.slots=[10:00-13:00, 14:00-14:30, 15:00-18:00]",
        "rooms=[{id: plenary, name: Grand Hall}]",
        "rooms=[{id: hall, name: Plenary}]",
    ],
)
def test_a_day_a_slot_or_a_name_more_moves_nothing(setting: str) -> None:
    answer = what_if(two_bodies(days=DAYS), settings=ONE, values=[setting])
    assert (answer.after.status, answer.changes, answer.cost) == (Status.OPTIMAL, (), 0)


def test_where_a_slot_is_taken_what_stood_in_it_moves_and_the_rest_is_compared_by_the_hour() -> None:
    answer = what_if(two_bodies(days=DAYS), settings=ONE, values=["calendar.slots=[15:00-18:00]"])
    assert [(change.session, change.before, change.after) for change in answer.changes] == [
        ("a", "Tuesday 10:00 to 13:00", "Tuesday 15:00 to 18:00"),
        ("b", "Tuesday 15:00 to 18:00", "Wednesday 15:00 to 18:00"),
    ]


def test_a_meeting_moved_as_a_whole_is_otherwise_unchanged() -> None:
    """From 25 February to 3 June 2025: 98 days."""
    answer = what_if(two_bodies(days=DAYS), settings=ONE, values=["calendar.days=[2025-06-03, 2025-06-04]"])
    assert (answer.days, answer.changes) == (98, ())


def test_a_room_that_is_gone_is_a_change_of_rooms_at_the_same_hour() -> None:
    rooms = [{"id": "east", "name": "Room East"}, {"id": "west", "name": "Room West"}]
    before = small.scenario({"A": {"sessions": {"a": {"duration": "3h"}}}}, days=DAYS, rooms=rooms)
    answer = what_if(before, settings=ONE, values=["rooms=[{id: west, name: Room West}]"])
    assert [(change.before, change.after, change.rooms) for change in answer.changes] == [
        ("Tuesday 10:00 to 13:00", "Tuesday 10:00 to 13:00", ("Room East", "Room West"))
    ]


def test_where_a_weekday_occurs_twice_the_date_stands_by_it() -> None:
    fortnight = two_bodies(days=["2025-02-25", "2025-03-04"])
    answer = what_if(fortnight, settings=ONE, forbid=["a on 2025-02-25", "b on 2025-02-25"])
    assert answer.changes[0].before == "Tuesday 25 February 10:00 to 13:00"
