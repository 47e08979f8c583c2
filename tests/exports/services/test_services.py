"""The services workbook: interpreters, rooms, people, days and deadlines, against values reckoned by hand."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from support.letters import letter
from support.small import scenario as small
from support.small import timetable

from exports.services.bookings import bookings
from exports.services.interpreters import interpreters_programme
from exports.services.orders import orders
from exports.services.people import duties
from exports.services.workbook import NOTICE, services_bytes
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

UN = ["ar", "zh", "en", "fr", "ru", "es"]
PLACES = {"a": "Tue 10:00 hall", "talk": "Tue 10:00 annexe", "more": "Tue 15:00 annexe", "d": "Wed 10:00 hall"}
HOSTILE = '=HYPERLINK("http://x")\x07'


def week(*rules: Any, languages: Any = UN, label: str = "B") -> tuple[Scenario, Timetable]:
    """A all Tuesday in the hall; two sessions of B beside it; D, closed and its post vacant, on Wednesday."""
    of_b = {
        "talk": {"title": "Talk", "duration": "3h", "presenters": ["Ann Lee"], "attendance": 40},
        "more": {"title": "More", "duration": "3h", "officers": ["vice"], "equipment": ["screen"]},
    }
    meeting = {"series": "Small", "annex_title": "SMALL"} | ({} if languages is None else {"interpretation": languages})
    of = small(
        {
            "A": {"officers": [{"one_of": ["co-1", "co-2"]}], "sessions": {"a": "6h"}},
            "B": {"label": label, "officers": ["chair"], "sessions": of_b},
            "D": {"officers": ["head"], "access": ["states-parties"], "sessions": {"d": "3h"}},
        },
        *rules,
        meeting=meeting,
        rooms=[{"id": "hall", "name": "Hall", "capacity": 300}, {"id": "annexe", "name": "Annexe"}],
        officers=[
            {"id": "co-1", "post": "Co-chair", "name": "Ms. Alpha"},
            {"id": "co-2", "post": "Co-chair", "name": "Mr. Beta"},
            {"id": "chair", "post": "Chair of B", "name": "Amb. Example"},
            {"id": "vice", "post": "Vice-chair", "name": "Ann Lee"},
            {"id": "head", "post": "Chair of D", "vacant": True},
        ],
        side_events=[
            {"day": "2025-02-25", "title": "Briefing", "hours": "13:15-14:45", "room": "Annexe",
             "speakers": ["Ann Lee"], "organiser": "NGO"},
            {"day": "2025-02-26", "title": "Later"},
        ],
    )  # fmt: skip
    return of, timetable(of, PLACES)


def test_each_slot_of_a_room_is_a_meeting_with_the_first_team_that_is_free() -> None:
    """On Tuesday two rooms at once take teams A and B, each of them twice; on Wednesday A alone: 28 and 14 people."""
    programme = interpreters_programme(*week())
    assert [(m.day.day, m.start // 60, m.end // 60, m.room, m.team) for m in programme.meetings] == [
        (25, 10, 13, "Annexe", "A"), (25, 10, 13, "Hall", "B"), (25, 15, 18, "Annexe", "A"), (25, 15, 18, "Hall", "B"),
        (26, 10, 13, "Hall", "A"),
    ]  # fmt: skip
    assert [(day.day, *numbers) for day, *numbers in programme.days()] == [(25, 4, 2, 2), (26, 1, 1, 1)]
    assert (programme.team, programme.codes) == (14, "ar zh en fr ru es")
    assert programme.notes == (
        "A team does 2 meetings a day, of up to 3 hours each (estimate: what is usual).",
        "Estimate: 14 interpreters in a team, two for each language and three for Arabic and Chinese. Ask the "
        "interpreters' service.",
    )


def test_a_rule_says_which_work_is_interpreted_and_what_a_team_does() -> None:
    """One meeting a day a team: A's two on Tuesday and D's on Wednesday; one a week is too few for team A."""
    rule = {"rule": "interpretation_load", "of": ["A", "D"], "meetings_per_day": 1, "meetings_per_week": 1, "weight": 1}
    programme = interpreters_programme(*week(rule, languages=None))
    assert [(m.day.day, m.start // 60, m.team) for m in programme.meetings] == [
        (25, 10, "A"),
        (25, 15, "B"),
        (26, 10, "A"),
    ]
    assert programme.team is None
    assert programme.notes == (
        "A team does one meeting a day, of up to 3 hours each (as the scenario says).",
        "The scenario has one team; teams beyond them are missing.",
        "Team A has 2 meetings in the week of 2025-02-24: 1 are the most that the scenario allows.",
    )


@pytest.mark.parametrize(
    ("languages", "note"),
    [
        (None, "The scenario names no languages of interpretation (meeting.interpretation) and no teams."),
        (["en"], "Nothing is interpreted: the meeting is held in English."),
    ],
)
def test_without_languages_nothing_is_made_up(languages: Any, note: str) -> None:
    programme = interpreters_programme(*week(languages=languages))
    assert (programme.meetings, programme.notes) == ((), (note,))
    assert not {"Interpreters", "Interpreters by day"} & set(
        opened(services_bytes(*week(languages=languages))).sheetnames
    )


def test_a_meeting_longer_than_three_hours_is_remarked() -> None:
    of = small({"A": "4h"}, slots=["10:00-14:00"], meeting={"series": "S", "annex_title": "T", "interpretation": UN})
    (meeting,) = interpreters_programme(of, timetable(of, {"a": "Tue 10:00"})).meetings
    assert meeting.remark == "4 h: longer than a meeting of one team"


def test_rooms_are_booked_for_sessions_and_side_events() -> None:
    found = [(b.room, b.day.day, b.hours, b.body, b.title, b.admitted) for b in bookings(*week())]
    assert found == [
        ("Hall", 25, (600, 780), "A", "", "everybody"),
        ("Hall", 25, (900, 1080), "A", "", "everybody"),
        ("Hall", 26, (600, 780), "D", "", "States Parties only"),
        ("Annexe", 25, (600, 780), "B", "Talk", "everybody"),
        ("Annexe", 25, (795, 885), "Side event", "Briefing", "everybody"),
        ("Annexe", 25, (900, 1080), "B", "More", "everybody"),
        ("no room yet", 26, None, "Side event", "Later", "everybody"),
    ]


def test_people_and_where_they_must_be() -> None:
    """Ann Lee presents, speaks at lunch and is vice-chair in the afternoon; nobody is Chair of D."""
    found = [(d.person, d.post, d.day.day, d.hours[0] // 60, d.room, d.remark) for d in duties(*week())]
    assert found == [
        ("Amb. Example", "Chair of B", 25, 10, "Annexe", ""),
        ("Amb. Example", "Chair of B", 25, 15, "Annexe", ""),
        ("Ann Lee", "presenter", 25, 10, "Annexe", ""),
        ("Ann Lee", "speaker", 25, 13, "Annexe", ""),
        ("Ann Lee", "Vice-chair", 25, 15, "Annexe", ""),
        ("Ms. Alpha", "Co-chair", 25, 10, "Hall", "or Mr. Beta"),
        ("Ms. Alpha", "Co-chair", 25, 15, "Hall", "or Mr. Beta"),
        ("(vacant)", "Chair of D", 26, 10, "Hall", ""),
    ]


def test_a_deputy_and_who_is_away_are_remarked() -> None:
    seat = {"who": "chair", "deputies": ["vice"], "price": 5}
    of = small(
        {"A": {"officers": [seat], "sessions": {"a": "3h"}}, "B": {"officers": ["chair"], "sessions": {"b": "3h"}}},
        officers=[
            {"id": "chair", "post": "Chair", "name": "Amb. Example", "absent": ["2025-02-25"]},
            {"id": "vice", "post": "Vice-chair", "name": "Ann Lee"},
        ],
    )
    found = duties(of, timetable(of, {"a": "Tue 10:00", "b": "Tue 15:00"}))
    assert [(d.person, d.remark) for d in found] == [
        ("Amb. Example", "away then"), ("Ann Lee", "stands in for Amb. Example"),
    ]  # fmt: skip


def test_the_order_of_a_day_is_in_order_of_time() -> None:
    of, held = week()
    days = orders(of, bookings(of, held), duties(of, held))
    assert [(p.hours, p.room, p.body, p.title, p.people) for p in days[date(2025, 2, 25)]] == [
        ("10:00 \u2013 13:00", "Annexe", "B", "Talk", ("Amb. Example (Chair of B)", "Ann Lee")),
        ("10:00 \u2013 13:00", "Hall", "A", "", ("Ms. Alpha (Co-chair)",)),
        ("13:15 \u2013 14:45", "Annexe", "Side event", "Briefing", ("Ann Lee",)),
        ("15:00 \u2013 18:00", "Annexe", "B", "More", ("Amb. Example (Chair of B)", "Ann Lee (Vice-chair)")),
        ("15:00 \u2013 18:00", "Hall", "A", "", ("Ms. Alpha (Co-chair)",)),
    ]
    assert [(p.title, p.people) for p in days[date(2025, 2, 26)]] == [("", ("Chair of D: vacant",)), ("Later", ())]
    assert days[date(2025, 2, 28)] == ()


def test_breaks_stand_in_the_order_of_a_day() -> None:
    breaks = [{"hours": "11:30-11:45", "title": "Coffee"}]
    of = small({"A": "2h45"}, calendar={"days": ["2025-02-25"], "slots": ["10:00-13:00"], "breaks": breaks})
    held = timetable(of, {"a": "Tue 10:00"})
    (points,) = orders(of, bookings(of, held), duties(of, held)).values()
    assert [(p.hours, p.body, p.title) for p in points] == [
        ("10:00 \u2013 13:00", "A", ""), ("11:30 \u2013 11:45", "", "Coffee"),
    ]  # fmt: skip


def test_a_long_day_stands_upright() -> None:
    """Twenty-four papers of one hour in four rooms; the other days have none."""
    papers = {f"p{n}": {"title": f"Paper {n}", "duration": "1h"} for n in range(24)}
    rooms = [{"id": f"r{n}"} for n in range(4)]
    of = small({"P": {"starts": "anywhere", "sessions": papers}}, rooms=rooms)
    places = {f"p{n}": f"Tue {(10, 11, 12, 15, 16, 17)[n // 4]}:00 r{n % 4}" for n in range(24)}
    workbook = opened(services_bytes(of, timetable(of, places)))
    assert workbook["Tue 25 Feb"].page_setup.orientation == "portrait"
    assert workbook["Wed 26 Feb"].page_setup.orientation == "landscape"


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def test_the_workbook_has_a_page_for_each_day_and_says_on_every_page_that_it_stays() -> None:
    workbook = opened(services_bytes(*week()))
    days = ["Tue 25 Feb", "Wed 26 Feb", "Thu 27 Feb", "Fri 28 Feb"]
    tables = ["Interpreters", "Interpreters by day", "Rooms", "People", "Deadlines"]
    assert workbook.sheetnames == ["Services", *tables, *days]
    for sheet in workbook:
        assert sheet.oddFooter.left.text.startswith(NOTICE)
    for name in ("Services", *days):
        assert (workbook[name].page_setup.fitToWidth, workbook[name].page_setup.fitToHeight) == (1, 1)
        assert NOTICE in [cell.value for row in workbook[name].iter_rows() for cell in row]


def test_the_dates_of_the_letter_stand_in_it() -> None:
    of = letter("csp10")
    held = solve(of, Settings(workers=1)).timetable
    assert held is not None
    rows = [[cell.value for cell in row] for row in opened(services_bytes(of, held))["Deadlines"].iter_rows()]
    assert rows[0] == ["Date", "Weekday", "Days before", "What", "Who"]
    told = {row[3]: (row[0].date(), row[2]) for row in rows[1:]}
    first = of.calendar.axis.days[0]
    assert told["Invitation"] == (of.meeting.milestones.invitation, (first - told["Invitation"][0]).days)


def test_hostile_texts_stay_texts_and_equal_timetables_give_equal_bytes() -> None:
    data = services_bytes(*week(label=HOSTILE))
    assert data == services_bytes(*week(label=HOSTILE))
    cells = [cell for sheet in opened(data) for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any('=HYPERLINK("http://x")' in str(cell.value) for cell in cells)
