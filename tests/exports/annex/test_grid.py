# ruff: noqa: RUF001 - the annexes print their hours with an en dash
from datetime import date

import pytest

from exports.annex.entries import CLOSED_TONE
from exports.annex.grid import annex_grid
from exports.annex.heights import fitted_heights
from exports.annex.texts import subtitle
from scheduler.domain.timetable import Timetable
from scheduler.reading.entry import from_data

TWO_SLOTS = ["10:00-13:00", "15:00-18:00"]
NIP = "Sub-working Group on exchange of national implementation practices"


def body(name, *sessions, **more):
    return {"id": name, "sessions": list(sessions), **more}


def session(name, duration="3h", title=None, **more):
    return {"id": name, "duration": duration, **({"title": title} if title else {}), **more}


def scenario(bodies, days=("2025-02-25", "2025-02-26"), slots=TWO_SLOTS, meeting=None, calendar=None, **more):
    return from_data(
        {
            "name": "trial",
            "meeting": {"series": "Trial", "annex_title": "SCHEDULE OF THE TRIAL", **(meeting or {})},
            "calendar": {"slots": slots, "days": list(days), **(calendar or {})},
            "bodies": bodies,
            **more,
        }
    )


def one_after_the_other(trial):
    placements, start = [], 0
    for name in trial.sessions:
        placements.append(trial.place(name, start))
        start = placements[-1].end
    return Timetable(placements)


def at(trial, name, day, clock, room=None):
    return trial.place(name, trial.calendar.axis.position(date.fromisoformat(day), clock * 60), room)


def spans(grid):
    """Of the first band: column, first line, number of lines, and the words that stand there."""
    return [
        (cell.column, cell.first, cell.span, " ".join(cell.entry.words) if cell.entry else cell.note)
        for cell in grid.bands[0].cells
    ]


def test_each_cell_says_which_body_meets_and_on_what():
    bodies = [body("WGETI", session("nip", "6h", NIP)), body("WGTU", session("u")), body("WGTR", session("r"))]
    trial = scenario(bodies)
    assert annex_grid(trial, one_after_the_other(trial)).text() == [
        [[f"WGETI {NIP}"], [f"WGETI {NIP}"]],
        [["WGTU"], ["WGTR"]],
    ]


def test_two_bodies_in_one_slot_are_lines_in_time_order_and_the_other_days_span_them():
    trial = scenario([body("B", session("b", "1h30")), body("A", session("a", "9h"))])
    grid = annex_grid(trial, one_after_the_other(trial))
    assert grid.text() == [[["B", "A"], ["A"]], [["A"], ["A", "15:00 – 16:30"]]]
    assert [(row.first, row.span) for row in grid.bands[0].rows] == [(0, 2), (2, 1)]
    assert spans(grid) == [(0, 0, 1, "B"), (0, 1, 1, "A"), (0, 2, 1, "A"), (1, 0, 2, "A"), (1, 2, 1, "A 15:00 – 16:30")]


def test_lines_that_are_left_go_to_the_longer_entry():
    hours = [body(name.upper(), session(name, "1h")) for name in "cde"]
    trial = scenario([body("A", session("a", "30m")), body("B", session("b", "2h30")), *hours])
    places = [trial.place("a", 0), trial.place("b", 30), *(trial.place(x, 360 + 60 * n) for n, x in enumerate("cde"))]
    assert [(cell[1], cell[2], cell[3]) for cell in spans(annex_grid(trial, Timetable(places))) if cell[0] == 0] == [
        (0, 1, "A"),
        (1, 2, "B"),
        (3, 1, None),
    ]


def test_lines_that_are_left_go_one_by_one_to_whoever_has_most_minutes_a_line():
    hours = [body(name.upper(), session(name, "30m")) for name in "cdefg"]
    trial = scenario([body("A", session("a", "90m")), body("B", session("b", "80m")), *hours])
    others = [trial.place(x, 360 + 30 * n) for n, x in enumerate("cdefg")]
    places = [trial.place("a", 0), trial.place("b", 90), *others]
    found = [(cell[3], cell[2]) for cell in spans(annex_grid(trial, Timetable(places))) if cell[1] < 5]
    # three lines are left: at 45 and 40 minutes a line A gets one, at 30 and 40 B does, at 30 and 27 A again
    assert [(words.split()[0], lines) for words, lines in found if words][:2] == [("A", 3), ("B", 2)]


def test_the_note_of_a_day_stands_in_the_largest_grey_cell_alone():
    short = {"date": "2025-02-26", "slots": ["10:00-13:00"], "note": "Budget committee"}
    trial = scenario([body("A", session("a"))], ["2025-02-25", short], ["09:00-10:00", "10:00-13:00", "15:00-16:30"])
    grey = [(cell.first, cell.note) for cell in annex_grid(trial, Timetable([])).bands[0].cells if not cell.open]
    assert grey == [(0, None), (2, "Budget committee")]  # 90 minutes against 60, although the first borders on 3 hours


def test_the_same_entry_is_one_cell_down_to_the_next_slot_where_no_break_lies_between():
    bodies = [body("WGTR", session("r")), body("WGTU", session("u", "1h30"))]
    trial = scenario(bodies, slots=["13:00-14:30", "14:30-16:00"])
    grid = annex_grid(trial, one_after_the_other(trial))
    assert spans(grid) == [(0, 0, 2, "WGTR"), (1, 0, 1, "WGTU"), (1, 1, 1, None)]
    assert grid.text()[0] == [["WGTR"], ["WGTR"]]
    (whole, *_) = grid.bands[0].cells
    assert (whole.entry.sessions, whole.entry.starts, whole.entry.ends) == (("r",), 13 * 60, 16 * 60)


def test_a_cell_never_spans_the_lunch_break():
    trial = scenario([body("WGTR", session("r", "6h"))], days=["2025-02-25"])
    assert spans(annex_grid(trial, one_after_the_other(trial))) == [(0, 0, 1, "WGTR"), (0, 1, 1, "WGTR")]


def test_different_sub_groups_of_one_body_are_not_one_cell():
    groups = [session("a", "1h30", "Group on A"), session("b", "1h30", "Group on B")]
    trial = scenario([body("WGETI", *groups)], days=["2025-02-25"], slots=["13:00-14:30", "14:30-16:00"])
    assert spans(annex_grid(trial, one_after_the_other(trial))) == [
        (0, 0, 1, "WGETI Group on A"),
        (0, 1, 1, "WGETI Group on B"),
    ]


def test_sessions_of_a_body_that_follow_one_another_are_one_entry():
    groups = [session("a", "1h", "Group on A"), session("b", "2h", "Group on B"), session("c", "3h")]
    trial = scenario([body("WGETI", *groups)], days=["2025-02-25"])
    grid = annex_grid(trial, one_after_the_other(trial))
    hours = ("10:00 – 11:00", "11:00 – 13:00")
    assert grid.text() == [[["WGETI Group on A", hours[0], "WGETI Group on B", hours[1]], ["WGETI"]]]
    looks = [(line.text, line.runs[0].bold, line.runs[0].italic) for line in grid.bands[0].cells[0].entry.lines]
    assert looks == [
        ("WGETI", True, False),
        ("Group on A", False, True),
        (hours[0], False, False),
        ("Group on B", False, True),
        (hours[1], False, False),
    ]


def test_an_agenda_is_a_heading_with_bullets():
    items = [session("i1", "1h", "Finances"), session("i2", "2h", "AOB")]
    trial = scenario([body("agenda", *items, label="Arrangements:", style="agenda")], days=["2025-02-25"])
    grid = annex_grid(trial, one_after_the_other(trial))
    assert grid.text() == [[["Arrangements:", "Finances", "AOB"], []]]
    assert [(line.text, line.bullet) for line in grid.bands[0].cells[0].entry.lines] == [
        ("Arrangements:", False),
        ("Finances", True),
        ("AOB", True),
    ]


def test_an_empty_monday_is_one_grey_cell_and_has_no_side_events():
    monday = {"date": "2025-02-24", "slots": []}
    trial = scenario([body("WGTU", session("u", "6h"))], days=[monday, "2025-02-25"], side_events="tbc")
    grid = annex_grid(trial, one_after_the_other(trial))
    first, *others = grid.bands[0].cells
    assert (first.column, first.first, first.span, first.open, first.note) == (0, 0, 2, False, None)
    assert [cell.open for cell in others] == [True, True]
    assert [[event.text for event in events] for events in grid.bands[0].side_events] == [[], ["tbc"]]
    assert grid.text() == [[[], []], [["WGTU"], ["WGTU"]]]
    assert [(column.weekday, column.label, column.open) for column in grid.bands[0].columns] == [
        ("Monday", "24 February", False),
        ("Tuesday", "25 February", True),
    ]


def test_a_holiday_says_its_name_in_the_empty_column():
    holiday = {"holidays": [{"date": "2025-02-26", "name": "Swiss National Day"}]}
    trial = scenario([body("WGTU", session("u"))], calendar=holiday)
    grid = annex_grid(trial, one_after_the_other(trial))
    assert spans(grid) == [(0, 0, 1, "WGTU"), (0, 1, 1, None), (1, 0, 2, "Swiss National Day")]
    assert [column.note for column in grid.bands[0].columns] == [None, None]


def test_a_series_of_holidays_alone_still_has_a_grid():
    trial = scenario([body("WGTU", session("u"))], days=[{"date": "2025-02-25", "slots": []}], slots=[])
    assert spans(annex_grid(trial, Timetable([]))) == [(0, 0, 1, None)]


def test_days_with_slots_of_their_own_are_blank_where_they_have_none():
    short = {"date": "2025-02-26", "slots": ["09:00-12:00"], "note": "The building closes at noon"}
    trial = scenario([body("A", session("a", "6h")), body("B", session("b"))], days=["2025-02-25", short])
    grid = annex_grid(trial, one_after_the_other(trial))
    assert [row.label for row in grid.bands[0].rows] == ["10:00 – 13:00", "15:00 – 18:00"]
    assert spans(grid) == [
        (0, 0, 1, "A"),
        (0, 1, 1, "A"),
        (1, 0, 1, "B 09:00 – 12:00"),
        (1, 1, 1, "The building closes at noon"),
    ]
    assert [cell.open for cell in grid.bands[0].cells] == [True, True, True, False]


def test_the_note_of_a_day_that_is_open_throughout_stands_in_its_header():
    trial = scenario([body("A", session("a"))], days=[{"date": "2025-02-25", "note": "Livestream only"}])
    grid = annex_grid(trial, one_after_the_other(trial))
    assert [column.note for column in grid.bands[0].columns] == ["Livestream only"]
    assert [cell.note for cell in grid.bands[0].cells] == [None, None]


def test_a_reserved_slot_that_nobody_uses_takes_no_row():
    early = {"hours": "09:00-10:00", "reserved_for": ["bureau"]}
    bodies = [body("bureau", session("b", "1h")), body("A", session("a"))]
    trial = scenario(bodies, days=["2025-02-25"], slots=[early, "10:00-13:00"])
    a, b = at(trial, "a", "2025-02-25", 10), at(trial, "b", "2025-02-25", 9)
    assert [row.opens for row in annex_grid(trial, Timetable([a])).bands[0].rows] == [600]
    assert [row.opens for row in annex_grid(trial, Timetable([a, b])).bands[0].rows] == [540, 600]


def test_rooms_are_named_and_stand_below_one_another_where_more_than_one_is_in_use():
    rooms = [{"id": "xix", "name": "Room XIX"}, {"id": "xx", "name": "Room XX"}]
    bodies = [body("A", session("a")), body("B", session("b")), body("C", session("c"))]
    trial = scenario(bodies, days=["2025-02-25"], rooms=rooms)
    places = [trial.place("b", 0, "xx"), trial.place("a", 0, "xix"), trial.place("c", 180, "xx")]
    grid = annex_grid(trial, Timetable(places))
    assert spans(grid) == [(0, 0, 1, "A"), (0, 1, 1, "B"), (0, 2, 1, "C")]
    assert [cell.entry.room for cell in grid.bands[0].cells] == ["Room XIX", "Room XX", "Room XX"]


def test_one_room_is_not_named():
    trial = scenario([body("A", session("a"))], rooms=[{"id": "xix"}, {"id": "xx"}])
    assert annex_grid(trial, one_after_the_other(trial)).bands[0].cells[0].entry.room is None


@pytest.mark.parametrize(
    ("access", "words"),
    [
        ({"access": ["states-parties", "signatory-states"]}, ["DIEF (States Parties and signatory States only)"]),
        ({"access": ["states-parties"], "access_note": "by invitation"}, ["DIEF (by invitation)"]),
        ({"access": ["states-parties"], "access_note": "(by invitation)"}, ["DIEF (by invitation)"]),
        ({"access": []}, ["DIEF (closed)"]),
        ({}, ["DIEF"]),
    ],
)
def test_a_restricted_session_says_who_may_attend(access, words):
    trial = scenario([body("WGTU", session("u")), body("DIEF", session("d"), **access)], days=["2025-02-25"])
    assert annex_grid(trial, one_after_the_other(trial)).text() == [[["WGTU"], words]]


def test_a_session_with_access_of_its_own_is_an_entry_of_its_own():
    sessions = [session("a", "1h"), session("b", "1h", access=["states-parties"]), session("c", "1h")]
    trial = scenario([body("A", *sessions, access_note="not for this one")], days=["2025-02-25"], slots=["10:00-13:00"])
    words = ["A (not for this one)", "A (States Parties only)", "A (not for this one)"]
    assert annex_grid(trial, one_after_the_other(trial)).text() == [[words]]


def test_open_bodies_have_tones_by_their_order_and_closed_ones_have_the_tone_of_closed_ones():
    bodies = [
        body("A", session("a", "1h")),
        body("DIEF", session("d", "1h"), access=["states-parties"]),
        body("A2", session("a2", "1h"), parent="A"),
        body("B", session("b", "1h")),
    ]
    trial = scenario(bodies, days=["2025-02-25"])
    grid = annex_grid(trial, one_after_the_other(trial))
    assert [cell.entry.tone for cell in grid.bands[0].cells if cell.entry] == [1, CLOSED_TONE, 1, 2]


def test_the_title_has_an_asterisk_where_there_is_a_footnote():
    bodies = [body("A", session("a"))]
    notes = ["The meetings are held **on a rolling basis**.", "Second, ** not bold **."]
    grid = annex_grid(scenario(bodies, meeting={"footnotes": notes}), Timetable([]))
    assert grid.title.text == "SCHEDULE OF THE TRIAL*"
    assert [[(run.text, run.bold) for run in note.runs] for note in grid.footnotes] == [
        [("* The meetings are held ", False), ("on a rolling basis", True), (".", False)],
        [("** Second, ** not bold **.", False)],
    ]
    assert annex_grid(scenario(bodies), Timetable([])).title.text == "SCHEDULE OF THE TRIAL"


def test_an_asterisk_that_the_planner_wrote_is_not_doubled():
    meeting = {"annex_title": "SCHEDULE*", "footnotes": ["* Subject to change.", "**All** of it."]}
    grid = annex_grid(scenario([body("A", session("a"))], meeting=meeting), Timetable([]))
    assert grid.title.text == "SCHEDULE*"
    assert [note.text for note in grid.footnotes] == ["* Subject to change.", "** All of it."]


def test_the_letters_of_ordinals_are_raised():
    items = session("p", "3h", "Items 2nd to 11th, not 1stly")
    trial = scenario(
        [body("prep", items, label="1st CSP8 Informal Preparatory Meeting")],
        meeting={"annex_title": "WG MEETINGS & 1st CSP8 MEETING"},
    )
    grid = annex_grid(trial, one_after_the_other(trial))
    label, title = grid.bands[0].cells[0].entry.lines
    assert [(run.text, run.superscript) for run in label.runs][:2] == [("1", False), ("st", True)]
    assert [run.text for run in title.runs if run.superscript] == ["nd", "th"]
    assert [run.text for run in grid.title.runs if run.superscript] == ["st"]
    assert grid.title.text == "WG MEETINGS & 1st CSP8 MEETING"


def test_side_events_stand_below_their_days_in_order_of_time():
    events = [
        {"day": "2025-02-26", "title": "Film"},
        {"day": "2025-02-26", "title": "Panel", "hours": "13:15-14:45", "room": "Room V"},
    ]
    trial = scenario([body("A", session("a"))], side_events=events)
    (band,) = annex_grid(trial, one_after_the_other(trial)).bands
    assert [[event.text for event in day] for day in band.side_events] == [[], ["13:15 – 14:45 Panel (Room V)", "Film"]]
    assert annex_grid(scenario([body("A", session("a"))]), Timetable([])).bands[0].side_events is None


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        ({"venue": "CICG"}, "CICG  ·  all times Geneva local time"),
        ({}, "all times Zurich local time"),
        ({"venue": "Kongresshaus"}, "Kongresshaus  ·  all times Zurich local time"),
        ({"venue": "Palais des Nations"}, "Palais des Nations  ·  all times Geneva local time"),
        ({"venue": "Online and Genève"}, "Online and Genève  ·  all times Geneva local time"),
        ({"venue": "Zurich, not Geneva"}, "Zurich, not Geneva  ·  all times Zurich local time"),
        ({"venue": "Bernex"}, "Bernex  ·  all times Zurich local time"),
        ({"venue": "Hotel Zürich"}, "Hotel Zürich  ·  all times Zürich local time"),
        ({"venue": "UN", "time_zone": "America/New_York"}, "UN  ·  all times New York local time"),
        ({"time_zone": "UTC"}, "all times UTC"),
    ],
)
def test_the_subtitle_says_where_and_whose_time(meeting, words):
    assert subtitle(scenario([body("A", session("a"))], meeting=meeting).meeting) == words


def test_more_than_seven_days_stand_in_weeks():
    days = [f"2025-02-{day}" for day in range(20, 29)]
    trial = scenario([body("A", session("a"))], days=days)
    grid = annex_grid(trial, one_after_the_other(trial))
    weeks = [[column.day.day for column in band.columns] for band in grid.bands]
    assert weeks == [[20, 21, 22, 23], [24, 25, 26, 27, 28]]
    assert len(grid.text()) == 9


def test_a_week_without_meetings_among_others_has_one_row_and_no_side_events():
    days = [
        *(f"2025-02-{day}" for day in range(24, 29)),
        {"date": "2025-03-04", "slots": []},
        "2025-03-10",
        "2025-03-11",
    ]
    trial = scenario([body("A", session("a", "30h"))], days=days, side_events="tbc")
    first, second, third = annex_grid(trial, one_after_the_other(trial)).bands
    assert [[row.label for row in band.rows] for band in (first, second, third)] == [
        ["10:00 – 13:00", "15:00 – 18:00"],
        [""],
        ["10:00 – 13:00", "15:00 – 18:00"],
    ]
    assert [band.side_events is None for band in (first, second, third)] == [False, True, True]


def test_line_breaks_and_control_characters_do_not_reach_the_grid():
    trial = scenario([body("A", session("a", "3h", "two\n lines\x1b[2J\x85and\u2028more"), label="La\tbel")])
    assert annex_grid(trial, one_after_the_other(trial)).text()[0][0] == ["La bel two lines[2Jandmore"]


def test_a_room_that_the_scenario_does_not_know_is_shown_by_its_id():
    trial = scenario([body("A", session("a")), body("B", session("b"))])
    places = [trial.place("a", 0), trial.place("b", 0, "cellar")]
    first, second, *_ = annex_grid(trial, Timetable(places)).bands[0].cells
    assert (first.entry.room, second.entry.room) == ("Plenary", "cellar")


def test_heights_satisfy_every_span_and_are_even():
    assert fitted_heights(2, [(0, 2, 5)], 1) == [3, 2]
    assert fitted_heights(2, [(0, 1, 50), (1, 1, 14.2), (0, 2, 100)], 0.75) == [50.25, 50.25]
    assert fitted_heights(3, [(0, 1, 2), (0, 3, 20), (0, 2, 7), (2, 1, 1)], 1) == [7, 6, 7]
    assert fitted_heights(1, [], 1) == [0]


def test_a_session_at_a_fixed_time_shows_its_hours():
    trial = scenario(
        [body("A", session("a", "2h")), body("PANEL", session("panel", "1h", "Experts"))],
        rules=[{"rule": "anchor", "of": ["panel"], "at": "12:00"}],
    )
    grid = annex_grid(trial, Timetable([trial.place("a", 0), trial.place("panel", 120)]))
    assert grid.text()[0][0] == ["A", "PANEL Experts", "12:00 – 13:00"]
    assert [line.text for line in grid.bands[0].columns[0].entries[0][1].lines] == [
        "PANEL",
        "Experts",
        "12:00 – 13:00",
    ]


def test_a_fixed_time_that_is_the_slot_itself_needs_no_hours():
    trial = scenario([body("PANEL", session("panel"))], rules=[{"rule": "anchor", "of": ["panel"], "at": "10:00"}])
    assert annex_grid(trial, Timetable([trial.place("panel", 0)])).text()[0][0] == ["PANEL"]
