# ruff: noqa: RUF001 - the annexes print their hours with an en dash
import io
from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import get_column_letter
from support.cells import column_pixels, text_of

from exports.annex.facts import Facts
from exports.annex.text_metrics import MAX_ROW_HEIGHT, Run, text_height, text_pixels
from exports.annex.texts import paragraph
from exports.xlsx.annex import annex_bytes
from exports.xlsx.cell_runs import even
from exports.xlsx.working import working_bytes
from scheduler.domain.base import altered
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.reading.entry import from_data

NIP = "Sub-working Group on exchange of national implementation practices"
CEI = "Sub-working Group on current and emerging implementation issues"
FOOTNOTE = "The meetings will be held **on a rolling basis**."
WEEK = [f"2025-02-{day}" for day in range(24, 29)]
VERSIONS = {"treaty-schedule": "0.1.0", "ortools": "9.15"}
FACTS = Facts("optimal", "no timetable of this scenario costs less", 5, 4, (), VERSIONS)


def scenario(**more):
    return from_data(
        {
            "name": "csp11",
            "meeting": {
                "series": "CSP11",
                "annex_title": "DRAFT SCHEDULE OF THE 1st CSP11 MEETINGS",
                "venue": "CICG",
                "footnotes": [FOOTNOTE],
            },
            "calendar": {
                "slots": ["10:00-13:00", "15:00-18:00"],
                "days": [{"date": "2025-02-24", "slots": []}, *(f"2025-02-{day}" for day in range(25, 29))],
            },
            "officers": [{"id": "chair", "post": "Chair of WGTR", "name": "Amb. Example"}],
            "bodies": [
                {
                    "id": "WGETI",
                    "sessions": [
                        {"id": "nip", "title": NIP, "duration": "6h"},
                        {"id": "cei", "title": CEI, "duration": "7h30"},
                    ],
                },
                {"id": "WGTU", "sessions": [{"id": "wgtu", "duration": "4h30"}]},
                {"id": "WGTR", "officers": ["chair"], "sessions": [{"id": "wgtr", "duration": "6h"}]},
            ],
            "side_events": "tbc",
            "rules": [
                {"rule": "order", "of": ["WGETI", "WGTU", "WGTR"], "source": "practice since CSP6"},
                {"rule": "few_days", "at_most": 3, "weight": 5},
                {"rule": "rolling"},
            ],
            **more,
        }
    )


def one_body(**more):
    """A scenario with one body of one session."""
    bodies = [{"id": "A", "sessions": [{"id": "a", "duration": "3h"}], **more}]
    return scenario(bodies=bodies, rules=[], officers=[])


def one_after_the_other(trial):
    placements, start = [], 0
    for name in trial.sessions:
        placements.append(trial.place(name, start))
        start = placements[-1].end
    return Timetable(placements)


def workbook(trial, timetable=None):
    data = annex_bytes(trial, one_after_the_other(trial) if timetable is None else timetable)
    return load_workbook(io.BytesIO(data), rich_text=True)


def working(trial, facts=FACTS, timetable=None):
    data = working_bytes(trial, one_after_the_other(trial) if timetable is None else timetable, facts)
    return load_workbook(io.BytesIO(data), rich_text=True)


def words_of(cell):
    """The text of a cell, line breaks as blanks; the reader has decoded that of rich text already."""
    return " ".join((str(cell.value) if isinstance(cell.value, CellRichText) else text_of(cell)).split())


def texts(sheet):
    """What stands in each row that is not empty."""
    rows = [[words_of(cell) for cell in row] for row in sheet.iter_rows()]
    return [row for row in rows if any(row)]


def cell_of(sheet, words):
    """The first cell with these words."""
    return next(cell for row in sheet.iter_rows() for cell in row if words_of(cell) == words)


def area_of(sheet, cell):
    """The rows and columns that a cell spans, as ranges."""
    for area in sheet.merged_cells.ranges:
        if area.min_row == cell.row and area.min_col == cell.column:
            return range(area.min_row, area.max_row + 1), range(area.min_col, area.max_col + 1)
    return range(cell.row, cell.row + 1), range(cell.column, cell.column + 1)


def clipped(sheet):
    """Cells whose text is higher than the rows that they span."""
    found = []
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell.value, str | CellRichText):
                continue
            rows, columns = area_of(sheet, cell)
            height = sum(sheet.row_dimensions[number].height for number in rows)
            pixels = sum(column_pixels(sheet.column_dimensions[get_column_letter(number)].width) for number in columns)
            parts = cell.value if isinstance(cell.value, CellRichText) else [cell.value]
            runs = [
                Run(part) if isinstance(part, str) else Run(part.text, bool(part.font.b), points=part.font.sz)
                for part in parts
            ]
            if text_height(runs, cell.font.sz, pixels - 9 * (cell.alignment.indent or 0)) > height:
                found.append(cell.coordinate)
    return found


def test_the_annex_stands_as_in_the_letters():
    rows = texts(workbook(scenario())["Annex"])
    assert rows == [
        ["DRAFT SCHEDULE OF THE 1st CSP11 MEETINGS*", *[""] * 6],
        ["CICG · all times Geneva local time", *[""] * 6],
        [
            "Time",
            "Monday 24 February",
            "Tuesday 25 February",
            "Wednesday 26 February",
            "Thursday 27 February",
            "Friday 28 February",
            "Time",
        ],
        ["10:00 – 13:00", "", f"WGETI {NIP}", f"WGETI {CEI}", f"WGETI {CEI}", "WGTR", "10:00 – 13:00"],
        ["", "", "", "", "WGTU", "", ""],
        ["15:00 – 18:00", "", f"WGETI {NIP}", f"WGETI {CEI}", "WGTU", "WGTR", "15:00 – 18:00"],
        ["SIDE EVENTS", "", "tbc", "tbc", "tbc", "tbc", "SIDE EVENTS"],
        ["* The meetings will be held on a rolling basis.", *[""] * 6],
    ]


def test_words_that_are_bold_italic_or_raised_are_so_in_the_cell():
    sheet = workbook(scenario())["Annex"]

    def looks(words):
        parts = cell_of(sheet, words).value
        return [(part.text, bool(part.font.b), bool(part.font.i), part.font.vertAlign) for part in parts]

    assert looks("* The meetings will be held on a rolling basis.") == [
        ("* The meetings will be held ", False, False, None),
        ("on a rolling basis", True, False, None),
        (".", False, False, None),
    ]
    assert looks("DRAFT SCHEDULE OF THE 1st CSP11 MEETINGS*")[1] == ("st", True, False, "superscript")
    assert looks(f"WGETI {NIP}") == [
        ("WGETI\n", True, False, None),
        ("Sub-working Group\n", False, True, None),
        ("on exchange of national\n", False, True, None),
        ("implementation practices", False, True, None),
    ]


def test_days_of_one_body_span_the_lines_of_a_slot_that_two_share():
    sheet = workbook(scenario())["Annex"]
    assert area_of(sheet, sheet["C4"]) == (range(4, 6), range(3, 4))
    assert area_of(sheet, sheet["E4"]) == (range(4, 5), range(5, 6))
    assert area_of(sheet, sheet["B4"]) == (range(4, 7), range(2, 3))
    assert sheet.row_dimensions[4].height == pytest.approx(sheet.row_dimensions[5].height, abs=1)


def test_no_two_merges_overlap():
    areas = list(workbook(scenario())["Annex"].merged_cells.ranges)
    assert len(areas) > 5
    assert [(a.coord, b.coord) for a, b in combinations(areas, 2) if not a.isdisjoint(b)] == []


def test_bodies_have_colours_and_the_edges_are_drawn():
    sheet = workbook(scenario())["Annex"]
    colours = {at: sheet[at].fill.fgColor.rgb[2:] for at in ("C4", "E5", "F4", "B4")}
    assert colours == {"C4": "E9F0FB", "E5": "E8F4E9", "F4": "FDF2E0", "B4": "F3F4F6"}
    assert (sheet["C4"].border.top.style, sheet["C5"].border.bottom.style) == ("thin", "thin")
    assert (sheet["E4"].border.bottom.style, sheet["E5"].border.top.style) == ("dashed", "dashed")
    assert [sheet[at].border.left.style for at in ("A3", "A4", "A5", "A7")] == ["medium"] * 4
    assert sheet["A3"].fill.fgColor.rgb == "001F3864"


def test_the_annex_prints_on_one_page():
    sheet = workbook(scenario())["Annex"]
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.print_area == "'Annex'!$A$1:$G$9"
    assert sheet.oddHeader.right.text == "Annex"
    assert sheet.oddFooter.left.text == "CSP11"
    assert sheet.oddFooter.right.text == "Page 1 of 1"


def test_the_grid_fills_the_page_and_no_more():
    sheet = workbook(scenario())["Annex"]
    height = sum(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
    width = sum(column_pixels(sheet.column_dimensions[get_column_letter(column)].width) for column in range(1, 8))
    assert 400 <= height <= 487  # points
    assert 1000 <= width <= 1026  # pixels


LONG = "All delegations wish to speak on this item, some of them twice. " * 79
HOSTILE = {
    "a formula": '=HYPERLINK("https://example.org","click")',
    "a command": "+cmd|' /C calc'!A0",
    "5000 characters": LONG[:5000].strip(),
    "5000 characters without a blank": "x" * 5000,
    "Arabic": "الفريق العامل المعني بالتنفيذ الفعال للمعاهدة " * 4,
    "Chinese": "条约机构改革与加强条约机构制度的有效运作问题工作组会议" * 4,
    "control characters": "a\x00b\x1b[31m\x7f",
    "XML": "<b>&amp;</b> ]]> _x0041_",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("style", ["sub-groups", "agenda"])
def test_hostile_texts_stay_texts_and_none_is_clipped(words, style):
    sessions = [{"id": "a", "duration": "3h", "title": words}]
    trial = one_body(label=f"{words[:200]}", style=style, sessions=sessions)
    book = workbook(trial)
    for sheet in (*book, *working(trial)):
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type in "fe"] == []
        assert clipped(sheet) == []
        assert max(row.height or 0 for row in sheet.row_dimensions.values()) <= MAX_ROW_HEIGHT
    expected = "".join(character for character in words if character.isprintable())
    annex = " ".join(" ".join(row) for row in texts(book["Annex"]))
    assert " ".join(expected.split()) in annex.replace("• ", "")


def test_a_text_that_looks_like_a_formula_is_marked_as_text():
    sheet = workbook(one_body(label="=1+1"))["Annex"]
    cell = cell_of(sheet, "=1+1")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_same_arguments_give_the_same_bytes():
    trials = [(trial := scenario(), one_after_the_other(trial)) for _ in range(2)]
    assert len({annex_bytes(*trial) for trial in trials}) == 1
    assert len({working_bytes(*trial, FACTS) for trial in trials}) == 1


def test_an_empty_timetable_has_an_annex_too():
    rows = texts(workbook(scenario(), timetable=Timetable([]))["Annex"])
    assert rows[3] == ["10:00 – 13:00", *[""] * 5, "10:00 – 13:00"]


def test_two_weeks_stand_below_one_another_by_weekday():
    days = ["2025-02-26", "2025-02-27", "2025-02-28", *(f"2025-03-0{day}" for day in range(3, 8))]
    bodies = [{"id": "A", "sessions": [{"id": "a", "duration": "24h"}]}]
    trial = scenario(calendar={"slots": ["10:00-13:00"], "days": days}, bodies=bodies, rules=[], officers=[])
    rows = texts(workbook(trial)["Annex"])
    assert [row[1:6] for row in rows if row[0] == "Time"] == [
        ["", "", "Wednesday 26 February", "Thursday 27 February", "Friday 28 February"],
        ["Monday 3 March", "Tuesday 4 March", "Wednesday 5 March", "Thursday 6 March", "Friday 7 March"],
    ]
    assert [row[1:6] for row in rows if row[0].startswith("10:00")] == [["", "", "A", "A", "A"], ["A"] * 5]


def test_the_sessions_are_dates_and_times_that_a_spreadsheet_can_reckon_with():
    sheet = working(scenario())["Sessions"]
    assert [cell.value for cell in sheet[1]] == [
        "Date", "Weekday", "Start", "End", "Body", "Session", "Title", "Access", "Officers", "Room", "Minutes",
        "Presenters", "Source",
    ]  # fmt: skip
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert len(values) == 9
    assert values[5][:6] == [datetime(2025, 2, 27), "Thursday", time(11, 30), time(13), "WGTU", "wgtu"]  # noqa: DTZ001
    assert values[8][6:] == [None, "all", "Amb. Example, Chair of WGTR", "Plenary", 180, None, None]
    formats = [sheet.cell(2, column).number_format for column in (1, 3, 4, 11)]
    assert formats == ["yyyy-mm-dd", "hh:mm", "hh:mm", "General"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:M10")


def test_a_session_that_ends_at_midnight_ends_at_24_00():
    trial = scenario(
        calendar={"slots": ["21:00-24:00"], "days": ["2025-02-25"]},
        bodies=[{"id": "A", "sessions": [{"id": "a", "duration": "3h"}]}],
        rules=[],
    )
    (_, row) = workbook(trial)["Sessions"].iter_rows()
    assert (row[2].value, row[3].value, row[3].number_format) == (time(21), timedelta(days=1), "[hh]:mm")


def test_the_rules_say_whether_they_are_kept_and_what_they_cost():
    violations = (
        Violation("few_days", "few_days", "They take 4 days", weight=5),
        Violation("order", "order", "WGTU starts before WGETI ends"),
        Violation("order", "order", "WGTR starts before WGTU ends"),
        Violation("structure", "structure", "WGTR is not placed"),
    )
    trial = scenario()
    sheet = working(trial, Facts("checked", "", 5, None, violations))["Rules"]
    rows = {row[0]: row[1:] for row in ([text_of(cell) for cell in line] for line in sheet.iter_rows())}
    order = trial.rules[0].describe(trial)
    found = "• WGTU starts before WGETI ends\n• WGTR starts before WGTU ends"
    assert rows["order"] == [order, "practice since CSP6", "must hold", "broken", "", found]
    assert rows["few_days"][2:] == ["5 points per further day", "broken", "5", "They take 4 days"]
    assert rows["rolling"][2:] == ["must hold", "kept", "", ""]
    assert rows[""][-1] == "WGTR is not placed"
    assert set(rows) == {"Rule", "", *(rule.name for rule in trial.all_rules)}


def test_of_many_breaches_the_first_are_told():
    violations = tuple(Violation("order", "order", f"breach {number}") for number in range(100))
    sheet = working(scenario(), Facts("checked", "", 0, None, violations))["Rules"]
    assert text_of(sheet["G2"]).split("\n")[-2:] == ["• breach 11", "• and 88 more"]
    assert clipped(sheet) == []


def test_about_says_what_it_is_and_how_good():
    trial = scenario()
    rows = dict(texts(working(trial)["About"]))
    assert rows == {
        "Fact": "Value",
        "Scenario": "csp11",
        "SHA-256 of the scenario": trial.sha256,
        "Meeting series": "CSP11",
        "Status": "optimal",
        "In words": "no timetable of this scenario costs less",
        "Cost, in points": "5",
        "No timetable costs less than": "4",
        "Gap between the two": "20.0%",
        "ortools": "9.15",
        "treaty-schedule": "0.1.0",
    }


def test_lines_break_evenly_and_rather_before_small_words():
    def lines(words, pixels, **looks):
        return [line.strip() for line in even(paragraph(words, **looks), 10, pixels).text.split("\n")]

    assert lines("Sub-working Group on Articles 6&7", 170, italic=True) == ["Sub-working Group", "on Articles 6&7"]
    assert lines(NIP, 170) == ["Sub-working Group", "on exchange of national", "implementation practices"]
    assert lines("Update on the development of a draft five-year strategy for the ATT", 411, bullet=True) == [
        "• Update on the development",
        "of a draft five-year strategy for the ATT",
    ]
    assert lines("The work of the Group", 100) == ["The work", "of the Group"]
    assert lines("WGTU", 170) == ["WGTU"]
    assert lines("x" * 500, 170) == ["x" * 500]
    assert lines("", 170) == [""]


def test_an_early_date_is_a_text():
    trial = scenario(
        calendar={"slots": ["10:00-13:00"], "days": ["1899-12-29"]},
        bodies=[{"id": "A", "sessions": [{"id": "a", "duration": "3h"}]}],
        rules=[],
    )
    assert workbook(trial)["Sessions"]["A2"].value == date(1899, 12, 29).isoformat()


def test_a_long_title_breaks_evenly_and_never_inside_a_date():
    title = (
        "PROGRAMME OF WORK OF THE OPEN-ENDED INTERGOVERNMENTAL EXPERT GROUP MEETING OF STATES PARTIES: 9-12 MAY 2023"
    )
    trial = one_body()
    trial = altered(trial, meeting=trial.meeting.model_copy(update={"annex_title": title, "footnotes": ()}))
    lines = str(workbook(trial)["Annex"]["A1"].value).split("\n")
    assert " ".join(lines) == title
    assert len(lines) == 2
    assert lines[1].endswith(" 9-12 MAY 2023")


@pytest.mark.parametrize(
    ("text", "pixels", "lines"),
    [
        ("Session of 9 - 12 May 2023", 130, ["Session of", "9 - 12 May 2023"]),
        ("Talks on Tuesday 27 February", 170, ["Talks on Tuesday", "27 February"]),
        ("Report until 31 May, 2024", 130, ["Report until", "31 May, 2024"]),
    ],
)
def test_no_line_breaks_inside_a_date(text, pixels, lines):
    assert "".join(run.text for run in even(paragraph(text), 10, pixels).runs).split("\n") == lines


def test_eighteen_open_bodies_have_a_colour_each():
    bodies = [{"id": f"B{n}", "sessions": [{"id": f"s{n}", "duration": "3h"}]} for n in range(19)]
    trial = scenario(
        calendar={"slots": ["08:00-11:00", "11:00-14:00", "14:00-17:00", "17:00-20:00"], "days": WEEK},
        bodies=bodies,
        rules=[],
        officers=[],
    )
    sheet = workbook(trial)["Annex"]
    colours = [cell_of(sheet, f"B{n}").fill.fgColor.rgb for n in range(19)]
    assert len(set(colours[:18])) == 18
    assert colours[18] == colours[0]


def test_side_events_keep_clear_of_the_edges_of_their_column():
    events = [{"day": "2025-02-25", "title": "Stockpiles: marking, tracing and keeping of records in the field " * 2}]
    sheet = workbook(scenario(side_events=events))["Annex"]
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if "Stockpiles" in str(cell.value))
    room = column_pixels(sheet.column_dimensions[cell.column_letter].width) - 16
    lines = str(cell.value).split("\n")
    assert len(lines) > 2
    assert max(text_pixels(line, 10) for line in lines) <= room
    assert clipped(sheet) == []


def test_a_week_without_meetings_takes_little_of_the_page():
    closed = [{"date": f"2025-03-{day:02}", "slots": []} for day in range(3, 8)]
    days = [*WEEK, *closed, *(f"2025-03-{day}" for day in range(10, 15))]
    bodies = [{"id": "A", "sessions": [{"id": "a", "duration": "30h"}]}]
    trial = scenario(
        calendar={"slots": ["10:00-13:00", "15:00-18:00"], "days": days}, bodies=bodies, rules=[], officers=[]
    )
    sheet = workbook(trial)["Annex"]
    heights = [
        sheet.row_dimensions[row].height
        for row in range(1, sheet.max_row)
        if (words_of(sheet.cell(row, 1)) or "Time") != "Time" and words_of(sheet.cell(row, 1))[:1].isdigit()
    ]
    assert len(heights) == 4  # the week without any slot has a row without hours
    assert heights[0] == heights[1] > 2 * heights[2] == 2 * heights[3]


def test_about_tells_no_bound_that_says_nothing_and_names_what_is_broken():
    rows = dict(texts(working(scenario(), Facts("optimal", "proved", 0, 0))["About"]))
    assert [name for name in rows if "costs less" in name or "Gap" in name] == []
    assert "No timetable costs less than" not in dict(texts(working(scenario(), Facts("feasible", "", 7, 0))["About"]))
    violations = (
        Violation("order", "order", "WGTU starts too early"),
        Violation("few_days", "few_days", "4 days", weight=1),
    )
    rows = dict(texts(working(scenario(), Facts("checked", "", 1, None, violations))["About"]))
    assert rows["Broken, although it must hold"] == "WGTU starts too early"


def test_an_empty_line_parts_sub_groups_that_take_several_lines():
    def cell(first, second):
        sessions = [{"id": "a", "title": first, "duration": "1h"}, {"id": "b", "title": second, "duration": "2h"}]
        return str(workbook(one_body(sessions=sessions))["Annex"]["C4"].value).split("\n")

    hours = ("10:00 – 11:00", "11:00 – 13:00")
    assert [line for line in cell("Group on A", "Group on B") if line] == [
        "A",
        "Group on A",
        hours[0],
        "Group on B",
        hours[1],
    ]
    lines = cell(NIP, CEI)
    gap = lines.index("")
    assert (" ".join(lines[1:gap]), " ".join(lines[gap + 1 :])) == (f"{NIP} {hours[0]}", f"{CEI} {hours[1]}")


def test_a_slot_of_two_hours_is_two_thirds_as_high_as_one_of_three():
    data = {
        "name": "two",
        "meeting": {"series": "Two", "annex_title": "TWO"},
        "calendar": {"slots": ["10:00-13:00", "15:00-17:00"], "days": ["2025-02-25"]},
        "bodies": [{"id": "A", "sessions": [{"id": "a", "duration": "3h"}]}],
    }
    trial = from_data(data)
    sheet = load_workbook(io.BytesIO(annex_bytes(trial, Timetable([trial.place("a", 0)]))))["Annex"]
    rows = {str(row[0].value): sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows() if row[0].value}
    assert rows["15:00 – 17:00"] / rows["10:00 – 13:00"] == pytest.approx(2 / 3, abs=0.01)
