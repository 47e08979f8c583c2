"""The board: programmes of many rooms, as a sheet and at a terminal."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from rich.console import Console
from support.small import scenario as small_scenario
from support.small import timetable as timetable_of

from exports.annex.board import BoardSideEvents, BoardSlot, Revised, board_of
from exports.annex.grid import has_many_rooms
from exports.annex.text_metrics import line_height
from exports.revision import revise
from exports.terminal.board import print_board
from exports.xlsx.annex import annex_bytes
from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import WEEKDAYS
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Outcome, Status
from scheduler.reading.entry import from_data
from scheduler.scenario import Scenario

DAYS = [f"2027-03-{day:02}" for day in range(1, 13)]


def programme(rooms: int, **more: Any) -> tuple[Scenario, Timetable]:
    """A body in each room, with two sessions one after the other; the first body's second day has one more."""
    bodies: list[dict[str, Any]] = []
    for number in range(rooms):
        sessions = [
            {"id": f"s{number}-{part}", "title": f"Paper {number}.{part}", "duration": "30 min"} for part in (1, 2)
        ]
        bodies.append({"id": f"b{number}", "label": f"Body {number}", "sessions": sessions})
    bodies[0]["sessions"].append({"id": "late", "duration": "1h30"})
    scenario = from_data(
        {
            "name": "talks",
            "meeting": {"series": "Talks", "annex_title": "TALKS"},
            "calendar": {"slots": ["09:00-10:00", "11:00-12:00"], "days": ["2027-03-01", "2027-03-02"]},
            "rooms": [{"id": f"r{number}", "name": f"Room {number}"} for number in range(rooms)],
            "bodies": bodies,
            **more,
        }
    )
    places = [(f"s{number}-{part}", 30 * part - 30, f"r{number}") for number in range(rooms) for part in (1, 2)]
    placements = [
        scenario.place(SessionId(s), start, RoomId(room)) for s, start, room in [*places, ("late", 120, "r0")]
    ]
    return scenario, Timetable(placement for placement in placements if placement)


def printed(scenario: Scenario, timetable: Timetable, width: int) -> list[str]:
    """What a terminal of this width shows."""
    console = Console(width=width)
    with console.capture() as captured:
        print_board(board_of(scenario, timetable), console)
    return [line.rstrip() for line in captured.get().splitlines()]


def test_the_annex_serves_three_rooms_and_the_board_four() -> None:
    assert [has_many_rooms(programme(rooms)[1]) for rooms in (3, 4)] == [False, True]
    names = [load_workbook(BytesIO(annex_bytes(*programme(rooms)))).sheetnames[0] for rooms in (3, 4)]
    assert names == ["Annex", "Programme"]


@pytest.mark.parametrize(("rooms", "sessions", "many"), [(1, 18, False), (2, 6, False), (2, 7, True), (3, 5, True)])
def test_the_board_serves_few_rooms_too_where_a_slot_is_crowded(rooms: int, sessions: int, many: bool) -> None:
    places = [(f"s{room}-{number}", 10 * number, f"r{room}") for room in range(rooms) for number in range(sessions)]
    scenario = from_data(
        {
            "name": "talks",
            "meeting": {"series": "Talks", "annex_title": "TALKS"},
            "calendar": {"slots": ["09:00-12:00"], "days": ["2027-03-01"]},
            "rooms": [{"id": f"r{room}"} for room in range(rooms)],
            "bodies": [{"id": "B", "sessions": [{"id": name, "duration": "10 min"} for name, _, _ in places]}],
        }
    )
    found = [scenario.place(SessionId(name), start, RoomId(room)) for name, start, room in places]
    assert has_many_rooms(Timetable(place for place in found if place)) is many


def test_the_sheet_has_a_table_a_day_with_rooms_beside_one_another() -> None:
    sheet = load_workbook(BytesIO(annex_bytes(*programme(4))))["Programme"]
    rows = [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]
    assert [row for row in rows if row] == [
        ["TALKS"],
        ["all times Zurich local time"],
        ["Monday 1 March"],
        ["Time", "Room 0", "Room 1", "Room 2", "Room 3"],
        ["09:00 \u2013 10:00", *(f"Body {n}\n09:00 Paper {n}.1\n09:30 Paper {n}.2" for n in range(4))],
        ["11:00 \u2013 12:00"],
        ["Tuesday 2 March"],
        ["Time", "Room 0"],
        ["09:00 \u2013 10:00", "Body 0\n09:00 late"],
        ["11:00 \u2013 12:00", "Body 0\n→ until 11:30 late"],
    ]


def test_footnotes_stand_below_with_their_asterisks() -> None:
    data = programme(4)[0].document
    data["meeting"]["footnotes"] = ["Rooms are **provisional**.", "Posters: all day."]
    scenario, timetable = from_data(data), programme(4)[1]
    sheet = load_workbook(BytesIO(annex_bytes(scenario, timetable)))["Programme"]
    column = [cell for (cell, *_) in sheet.iter_rows(values_only=True) if cell]
    assert (column[0], column[-2:]) == ("TALKS*", ["* Rooms are provisional.", "** Posters: all day."])
    assert printed(scenario, timetable, 110)[-3:] == ["* Rooms are provisional.", "** Posters: all day.", ""]


def test_chairs_and_presenters_stand_beside_what_they_do() -> None:
    data = programme(4)[0].document
    data["meeting"]["names_in_programme"] = True
    data["officers"] = [{"id": "o", "name": "Ada Example", "post": "Chair"}, {"id": "p", "post": "Facilitator"}]
    data["bodies"][0]["officers"] = ["o", "p"]
    data["bodies"][0]["sessions"][0]["presenters"] = ["o", "Bo Sample"]
    scenario = from_data(data)
    (meeting,) = board_of(scenario, programme(4)[1]).pages[0].rows[0].rooms[0]
    assert (meeting.chairs, meeting.sessions[0].people) == ("Ada Example, Facilitator", "Ada Example, Bo Sample")
    sheet = load_workbook(BytesIO(annex_bytes(scenario, programme(4)[1])))["Programme"]
    assert sheet["B5"].value == (
        "Body 0 (Ada Example, Facilitator)\n09:00 Paper 0.1 Ada Example, Bo Sample\n09:30 Paper 0.2"
    )
    del data["meeting"]["names_in_programme"]
    (unnamed,) = board_of(from_data(data), programme(4)[1]).pages[0].rows[0].rooms[0]
    assert (unnamed.chairs, unnamed.sessions[0].people) == ("", "")


@pytest.mark.parametrize(
    ("named", "chairs", "people"),
    [
        ("presenters", "", "Bo Sample"),
        (["officers"], "Ada Example", ""),
        (["attendees"], "", "attending: Ada Example, Cy Guest"),
        (["attendees", "presenters"], "", "Bo Sample; attending: Ada Example, Cy Guest"),
        ("false", "", ""),
        ("true", "Ada Example", "Bo Sample"),
    ],
)
def test_whose_names_are_printed_is_a_choice(named: Any, chairs: str, people: str) -> None:
    data = programme(4)[0].document
    data["meeting"]["names_in_programme"] = named
    data["officers"] = [{"id": "o", "name": "Ada Example", "post": "Chair"}]
    data["bodies"][0]["officers"] = ["o"]
    data["bodies"][0]["sessions"][0] |= {"presenters": ["Bo Sample"], "attendees": ["o", "Cy Guest"]}
    (meeting,) = board_of(from_data(data), programme(4)[1]).pages[0].rows[0].rooms[0]
    assert (meeting.chairs, meeting.sessions[0].people) == (chairs, people)


def test_eight_rooms_stand_beside_one_another_and_more_in_further_tables_of_equal_size() -> None:
    heads = []
    for rooms in (8, 9):
        sheet = load_workbook(BytesIO(annex_bytes(*programme(rooms))))["Programme"]
        heads.append([[c for c in row if c] for row in sheet.iter_rows(values_only=True) if row[0] == "Time"])
    assert heads[0] == [["Time", *(f"Room {n}" for n in range(8))], ["Time", "Room 0"]]
    assert heads[1] == [
        ["Time", *(f"Room {n}" for n in range(4))],
        ["Time", *(f"Room {n}" for n in range(4, 9))],
        ["Time", "Room 0"],
    ]


def test_days_share_a_page_while_they_fit_on_it() -> None:
    few = load_workbook(BytesIO(annex_bytes(*programme(4))))["Programme"]
    assert few.row_breaks.brk == []
    scenario, _ = programme(4, calendar={"slots": ["09:00-10:00", "11:00-12:00"], "days": DAYS})
    places = [scenario.place(session, 120 * day, RoomId("r1")) for day, session in enumerate(scenario.sessions)]
    timetable = Timetable(place for place in places if place)
    data = annex_bytes(scenario, timetable, board_of(scenario, timetable))
    many = load_workbook(BytesIO(data))["Programme"]
    breaks = [each.id for each in many.row_breaks.brk]
    labels = {row: str(many.cell(row + 1, 1).value) for row in breaks}
    assert labels
    assert all(label.split()[0] in WEEKDAYS for label in labels.values())


def test_side_events_stand_between_the_slots_across_all_rooms() -> None:
    events = [
        {"day": "2027-03-01", "title": "Lunch", "hours": "10:00-11:00", "room": "Foyer", "organiser": "Peru"},
        {"day": "2027-03-01", "title": "Reception", "hours": "18:00-19:00"},
        {"day": "2027-03-01", "title": "Stands"},
        {"day": "2027-03-02", "title": "Breakfast", "hours": "08:00-08:30"},
    ]
    scenario, timetable = programme(4, side_events=events)
    sheet = load_workbook(BytesIO(annex_bytes(scenario, timetable)))["Programme"]
    rows = [(row[0], row[1]) for row in sheet.iter_rows(values_only=True)]
    hours = [str(row[0]) for row in rows]
    assert [row[1] for row in rows if row[0] == "SIDE EVENTS"] == [
        "10:00 \u2013 11:00 Lunch, Peru (Foyer)",
        "18:00 \u2013 19:00 Reception\nStands",
        "08:00 \u2013 08:30 Breakfast",
    ]
    first = hours.index("SIDE EVENTS")
    assert hours[first - 1 : first + 3] == ["09:00 \u2013 10:00", "SIDE EVENTS", "11:00 \u2013 12:00", "SIDE EVENTS"]
    assert [line for line in printed(scenario, timetable, 110) if line.startswith("Side event")] == [
        "Side event: 10:00 \u2013 11:00 Lunch, Peru (Foyer)",
        "Side event: 18:00 \u2013 19:00 Reception",
        "Side event: Stands",
        "Side event: 08:00 \u2013 08:30 Breakfast",
    ]


def test_side_events_to_be_confirmed_stand_on_the_days_of_meetings() -> None:
    scenario, timetable = programme(4, side_events="tbc")
    rows = [page.rows[-1] for page in board_of(scenario, timetable).pages]
    assert [row.events[0].text for row in rows if isinstance(row, BoardSideEvents)] == ["tbc", "tbc"]


def test_an_end_is_printed_where_neither_the_next_session_nor_the_slot_tells_it() -> None:
    scenario, timetable = programme(4)
    placements = [p for p in timetable if p.session != "s2-2"]
    cells = board_of(scenario, Timetable(placements)).pages[0].rows[0]
    assert isinstance(cells, BoardSlot)
    assert [[item.hour for item in meeting.sessions] for room in cells.rooms for meeting in room] == [
        ["09:00", "09:30"],
        ["09:00", "09:30"],
        ["09:00 \u2013 09:30"],
        ["09:00", "09:30"],
    ]


def test_a_day_without_meetings_says_why() -> None:
    days: list[Any] = ["2027-03-01", {"date": "2027-03-02", "slots": [], "note": "Travel"}, "2027-03-03", "2027-03-04"]
    calendar = {"slots": ["09:00-10:00", "11:00-12:00"], "days": days}
    calendar["holidays"] = [{"date": "2027-03-03", "name": "Founding Day"}]
    scenario, _ = programme(4, calendar=calendar)
    places = [scenario.place(SessionId(f"s{n}-1"), 0, RoomId(f"r{n}")) for n in range(4)]
    pages = board_of(scenario, Timetable(place for place in places if place)).pages
    assert [(page.note, len(page.rows)) for page in pages] == [
        ("", 2),
        ("Travel", 0),
        ("Founding Day", 0),
        ("No meetings", 0),
    ]


def test_a_cell_of_sixty_papers_is_printed_whole_over_several_rows() -> None:
    sessions = [{"id": f"p{n}", "title": f"Poster {n}", "duration": "1 min"} for n in range(60)]
    others = [{"id": f"o{n}", "sessions": [{"id": f"t{n}", "duration": "1h"}]} for n in range(3)]
    scenario = from_data(
        {
            "name": "posters",
            "meeting": {"series": "Posters", "annex_title": "POSTERS"},
            "calendar": {"slots": ["09:00-10:00"], "days": ["2027-03-01"]},
            "rooms": [{"id": f"r{number}"} for number in range(4)],
            "bodies": [{"id": "posters", "sessions": sessions}, *others],
        }
    )
    starts = {session: int(session[1:]) if session.startswith("p") else 0 for session in scenario.sessions}
    room = {session: "r3" if session.startswith("p") else f"r{session[1:]}" for session in scenario.sessions}
    placements = [scenario.place(session, starts[session], RoomId(room[session])) for session in scenario.sessions]
    timetable = Timetable(placement for placement in placements if placement)
    sheet = load_workbook(BytesIO(annex_bytes(scenario, timetable)))["Programme"]
    whole = next(str(area) for area in sheet.merged_cells.ranges if str(area).startswith("E5"))
    assert whole == "E5:E6"
    assert str(sheet["E5"].value).count("\n") == 60
    assert all((sheet.row_dimensions[row].height or 0) <= 409 for row in range(1, 8))


def test_a_terminal_names_six_sessions_of_a_body_and_counts_the_others() -> None:
    lines = printed(*programme(4), 110)
    assert lines[:3] == ["TALKS", "all times Zurich local time", "Monday 1 March"]
    assert [line.split("│")[2] for line in lines[6:9]] == [
        "        Body 0        ",
        " 09:00 Paper 0.1      ",
        " 09:30 Paper 0.2      ",
    ]
    sessions = [{"id": f"p{n}", "title": f"Paper {n}", "duration": "5 min"} for n in range(8)]
    bodies = [{"id": "B", "sessions": sessions}, *({"id": f"c{n}", "sessions": []} for n in range(3))]
    scenario = from_data(programme(4)[0].document | {"bodies": bodies})
    places = [scenario.place(SessionId(f"p{n}"), 5 * n, RoomId("r0")) for n in range(8)]
    cell = [
        line for line in printed(scenario, Timetable(p for p in places if p), 60) if "Paper" in line or "more" in line
    ]
    assert [line.split("│")[2].strip() for line in cell] == [
        *(f"09:{5 * n:02} Paper {n}" for n in range(5)),
        "and 3 more sessions",
    ]


def test_rooms_that_do_not_fit_beside_one_another_stand_below() -> None:
    lines = printed(*programme(4), 80)
    heads = [line for line in lines if "Time" in line]
    assert [[f"Room {n}" in head for n in range(4)] for head in heads[:2]] == [
        [True, True, False, False],
        [False, False, True, True],
    ]


def test_a_programme_too_large_for_a_terminal_is_left_to_the_sheet() -> None:
    lines = printed(*programme(160), 80)
    assert lines[2:] == ["160 rooms are too many for a terminal: see the sheet Programme.", ""]


def test_hostile_names_are_texts_in_the_sheet() -> None:
    scenario, timetable = programme(4)
    data = scenario.document
    data["bodies"][1]["label"] = "=HYPERLINK(1)"
    data["rooms"][2]["name"] = "@SUM(A1)"
    sheet = load_workbook(BytesIO(annex_bytes(from_data(data), timetable)))["Programme"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any("=HYPERLINK(1)" in str(cell.value) for cell in cells)


def revised(note: str = "") -> tuple[Scenario, Timetable, Revised]:
    """The talks of five rooms: a paper moves to another day, another changes rooms, one is gone."""
    scenario, old = programme(5)
    places = {p.session: (p.start, p.room) for p in old if p.session != "s4-2"}
    places |= {SessionId("s1-1"): (150, RoomId("r1")), SessionId("s2-2"): (30, RoomId("r4"))}
    placements = [scenario.place(session, *place) for session, place in places.items()]
    gone = Timetable(old[SessionId(session)] for session in ("s1-1", "s2-2", "s4-2"))
    marks = {(SessionId("s1-1"), 0): "was Mon", (SessionId("s2-2"), 0): "was Room 2"}
    return scenario, Timetable(p for p in placements if p), Revised(scenario, gone, marks, note)


def test_a_revised_board_marks_new_places_and_strikes_old_ones_below_the_body_that_still_meets_there() -> None:
    scenario, new, changes = revised("Read so")
    board = board_of(scenario, new, changes)
    cells = {
        (page.label[:3], number): [
            (meeting.label.text, [(item.title, item.mark, item.struck) for item in meeting.sessions])
            for meeting in room
        ]
        for page in board.pages
        for number, room in enumerate(page.rows[0].rooms)
    }
    assert board.note == "Read so"
    assert cells["Mon", 1] == [("Body 1", [("Paper 1.2", None, False), ("Paper 1.1", None, True)])]
    assert cells["Mon", 2] == [("Body 2", [("Paper 2.1", None, False), ("Paper 2.2", None, True)])]
    assert cells["Mon", 4] == [
        ("Body 4", [("Paper 4.1", None, False), ("Paper 4.2", None, True)]),
        ("Body 2", [("Paper 2.2", "was Room 2", False)]),
    ]
    assert cells["Tue", 1] == [("Body 1", [("Paper 1.1", "was Mon", False)])]


def test_a_room_that_is_given_up_stays_on_the_board_with_its_sessions_struck() -> None:
    scenario, old = programme(5)
    new = Timetable(placement for placement in old if placement.room != "r4")
    gone = Timetable(placement for placement in old if placement.room == "r4")
    board = board_of(scenario, new, Revised(scenario, gone, {}, ""))
    assert board.rooms == tuple(f"Room {number}" for number in range(5))
    assert [meeting.struck for meeting in board.pages[0].rows[0].rooms[4]] == [True]


def test_the_sheet_of_a_revised_board_has_a_note_struck_texts_and_thick_lines() -> None:
    scenario, new, changes = revised("Read so")
    data = annex_bytes(scenario, new, board_of(scenario, new, changes))
    sheet = load_workbook(BytesIO(data), rich_text=True)["Programme"]
    assert str(sheet["A3"].value) == "Read so"
    cell = sheet["C6"].value
    assert isinstance(cell, CellRichText)
    assert [str(block).strip() for block in cell if isinstance(block, TextBlock) and block.font.strike] == [
        "09:00 \u2013 09:30 Paper 1.1"
    ]
    thick = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.border.left.style == "thick"}
    assert {" ".join(str(sheet[place].value).splitlines()[-2:]) for place in thick} == {
        "09:30 Paper 2.2 ⇄ was Room 2",
        "09:30 Paper 1.1 ⇄ was Mon",
    }


def test_on_a_revised_board_a_long_session_says_where_it_was_only_where_it_begins() -> None:
    rooms = [{"id": f"r{number}", "name": f"Room {number}"} for number in range(4)]
    bodies = {"A": "4h"} | {f"B{number}": {f"b{number}-{n}": "1h" for n in range(3)} for number in range(1, 4)}
    week = small_scenario(bodies, rooms=rooms)
    fixed = {
        f"b{number}-{n}": f"Fri {hour}:00 r{number}" for number in (1, 2, 3) for n, hour in enumerate((10, 11, 12))
    }
    old, new = (timetable_of(week, fixed | {"a": place}) for place in ("Tue 10:00 r0", "Wed 10:00 r0"))
    board = revise(week, old, week, Outcome(Status.OPTIMAL, new, 0, 0)).layout
    assert board is not None
    rows = [row for row in board.pages[1].rows if isinstance(row, BoardSlot)]
    said = [item.mark for row in rows for cell in row.rooms for meeting in cell for item in meeting.sessions]
    assert said == ["was Tue 10:00", "continued"]


def test_a_long_title_is_shown_whole_and_breaks_evenly() -> None:
    title = "PROGRAMME OF THE SECOND INTERNATIONAL CONFERENCE ON RESEARCH INTO TRANSFERS OF ARMS: 1-2 MARCH 2027"
    scenario, timetable = programme(4, meeting={"series": "Talks", "annex_title": title, "venue": "Hall " * 60})
    sheet = load_workbook(BytesIO(annex_bytes(scenario, timetable)))["Programme"]
    lines = str(sheet["A1"].value).split("\n")
    assert (" ".join(lines), len(lines)) == (title, 2)
    assert lines[1].endswith("1-2 MARCH 2027")
    assert sheet.row_dimensions[1].height >= 2 * line_height(14)
    assert (sheet.oddHeader.right.text, sheet.oddFooter.left.text) == ("Annex", "Talks")
    assert sheet.row_dimensions[2].height >= 2 * line_height(9)
