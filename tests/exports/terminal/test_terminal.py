# ruff: noqa: RUF001 - the annexes print their hours with an en dash
import io
import subprocess
import sys

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from support.project import ROOT

from exports.annex.grid import annex_grid
from exports.terminal.annex import print_grid, print_rules, print_violations
from exports.terminal.boxes import Box, Strip, drawn
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.reading.entry import from_data

CEI = "Sub-working Group on current and emerging implementation issues"


EDGES = ("┌", "│", "├", "└")


def scenario(**more):
    days = [{"date": "2025-02-24", "slots": []}, "2025-02-25", "2025-02-26", "2025-02-27", "2025-02-28"]
    return from_data(
        {
            "name": "trial",
            "meeting": {"series": "Trial", "annex_title": "SCHEDULE", "footnotes": ["Held **on a rolling basis**."]},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": days},
            "bodies": [
                {"id": "WGETI", "sessions": [{"id": "cei", "title": CEI, "duration": "13h30"}]},
                {"id": "WGTU", "sessions": [{"id": "wgtu", "duration": "4h30"}]},
                {"id": "WGTR", "sessions": [{"id": "wgtr", "duration": "6h"}]},
            ],
            "side_events": "tbc",
            **more,
        }
    )


def one_body(**more):
    bodies = [{"id": "A", "sessions": [{"id": "a", "duration": "3h"}], **more}]
    return scenario(bodies=bodies, calendar={"slots": ["10:00-13:00"], "days": ["2025-02-25"]})


def one_after_the_other(trial):
    placements, start = [], 0
    for name in trial.sessions:
        placements.append(trial.place(name, start))
        start = placements[-1].end
    return Timetable(placements)


def console(width=80, file=None, **more):
    return Console(file=file or io.StringIO(), width=width, **more)


def printed(show, *arguments, width=80, **more):
    screen = console(width, **more)
    show(*arguments, screen)
    return screen.file.getvalue()


def grid_lines(trial, width=80, **more):
    return printed(print_grid, annex_grid(trial, one_after_the_other(trial)), width=width, **more).splitlines()


def test_a_small_grid_is_drawn_like_this():
    bodies = [
        {"id": "WGTU", "sessions": [{"id": "u", "duration": "1h30"}]},
        {"id": "WGTR", "sessions": [{"id": "r", "duration": "7h30"}]},
    ]
    calendar = {"slots": ["10:00-13:00", "13:00-14:30"], "days": ["2025-02-25", "2025-02-26"]}
    assert grid_lines(scenario(bodies=bodies, calendar=calendar), 60) == [
        "SCHEDULE*",
        "all times Zurich local time",
        "┌────────┬───────────────────┬───────────────────┬────────┐",
        "│  Time  │      Tuesday      │     Wednesday     │  Time  │",
        "│        │    25 February    │    26 February    │        │",
        "├────────┼───────────────────┼───────────────────┼────────┤",
        "│ 10:00– │       WGTU        │                   │ 10:00– │",
        "│ 13:00  ├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤                   │ 13:00  │",
        "│        │       WGTR        │       WGTR        │        │",
        "├────────┼───────────────────┤                   ├────────┤",
        "│ 13:00– │       WGTR        │                   │ 13:00– │",
        "│ 14:30  │                   │                   │ 14:30  │",
        "├────────┼───────────────────┼───────────────────┼────────┤",
        "│  SIDE  │        tbc        │        tbc        │  SIDE  │",
        "│ EVENTS │                   │                   │ EVENTS │",
        "└────────┴───────────────────┴───────────────────┴────────┘",
        "* Held on a rolling basis.",
        "",
    ]


def test_a_cell_that_spans_rows_writes_over_the_lines_between_them():
    high = Strip(1, (Box(tuple(Text(letter) for letter in "abcde"), 2),))
    low = Strip(1, (Box((Text("x"),)), Box((Text("y"),), dashed=True)))
    assert [line.plain for line in drawn([high, low], 2)] == [
        "┌─┬─┐",
        "│a│x│",
        "│b│ │",
        "│c├╌┤",
        "│d│y│",
        "│e│ │",
        "└─┴─┘",
    ]


@pytest.mark.parametrize("width", [80, 100, 140, 200])
def test_columns_fit_the_terminal_and_cut_no_word(width):
    lines = grid_lines(scenario(), width)
    assert max(cell_len(line) for line in lines) <= width
    table = [line for line in lines if line.startswith(EDGES)]
    assert len({cell_len(line) for line in table}) == 1
    words = {word for line in table for word in line.replace("│", " ").split()}
    assert set(CEI.split()) <= words


@pytest.mark.parametrize("width", [140, 200])
def test_hours_stand_at_both_sides(width):
    assert [line.count("10:00 – 13:00") for line in grid_lines(scenario(), width) if "10:00" in line] == [2]


def test_a_terminal_too_narrow_for_columns_shows_a_list_of_days():
    lines = grid_lines(scenario(), 40)
    assert lines[2:8] == [
        "Monday 24 February",
        "  no meeting",
        "Tuesday 25 February",
        "  10:00 – 13:00",
        "    WGETI",
        "    Sub-working Group on current and",
    ]
    assert max(len(line) for line in lines) <= 40


def test_bullets_hang():
    sessions = [{"id": "a", "duration": "3h", "title": "Update on the Gender Focal Points' survey"}]
    lines = grid_lines(one_body(style="agenda", label="Items:", sessions=sessions), 44)
    cells = [line.split("│")[2].rstrip() for line in lines if line.count("│") == 4]
    assert cells[2:5] == ["Items:", "• Update on the Gender Focal", "  Points' survey"]


def test_a_pipe_gets_plain_text_and_no_color_takes_colours_away():
    trial = scenario()
    grid = annex_grid(trial, one_after_the_other(trial))
    assert "\x1b" not in printed(print_grid, grid)
    dressed = printed(print_grid, grid, force_terminal=True, color_system="standard")
    assert "\x1b[1mWGTR\x1b[0m" in dressed
    codes = {code for part in dressed.split("\x1b[")[1:] for code in part.split("m")[0].split(";")}
    assert codes == {"0", "1", "2", "3"}  # bold, dim and italic, which any background bears


def test_texts_are_not_markup_and_move_no_cursor():
    label = "[bold red]A[/b] [wgtr-1] :smile: \x1b[2J\x9b2J\u202e"
    sessions = [{"id": "a", "duration": "1h", "title": "T\x07itle\u2066"}]
    text = "\n".join(grid_lines(one_body(label=label, sessions=sessions), 100))
    assert "[bold red]A[/b]" in text
    assert "[wgtr-1] :smile:" in text
    assert "[2J2J" in text  # what a terminal obeys is left out at the door
    assert {character for character in text if not character.isprintable()} == {"\n"}


def test_a_wide_script_keeps_the_lines_straight():
    lines = grid_lines(one_body(label="条约机构改革与加强条约机构制度的有效运作问题工作组会议"), 50)
    assert len({cell_len(line) for line in lines if line.startswith(EDGES)}) == 1


@pytest.mark.parametrize("words", ["x" * 5000, "word " * 1000, ""])
def test_a_long_text_is_broken_not_cut(words):
    sessions = [{"id": "a", "duration": "1h", **({"title": words} if words else {})}]
    table = [line for line in grid_lines(one_body(sessions=sessions), 80) if "│" in line]
    shown = "".join(line.split("│")[2] for line in table).replace(" ", "")
    assert words.replace(" ", "") in shown


def test_an_old_terminal_gets_plain_lines():
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="latin-1", newline="\n")
    trial = one_body(label="Genève • 条约")
    print_grid(annex_grid(trial, one_after_the_other(trial)), console(60, file))
    file.flush()
    text = raw.getvalue().decode("latin-1")
    assert "| 10:00 - 13:00 |" in text
    assert "Genève * ??" in text
    assert "+---" in text


def test_rooms_notes_and_holidays_are_shown():
    trial = scenario(
        bodies=[
            {"id": "A", "access_note": "by invitation", "sessions": [{"id": "a", "duration": "3h"}]},
            {"id": "B", "sessions": [{"id": "b", "duration": "3h"}]},
        ],
        calendar={
            "slots": ["10:00-13:00"],
            "days": [{"date": "2025-02-25", "note": "Livestream only"}, "2025-02-26"],
            "holidays": [{"date": "2025-02-26", "name": "Closed for the holiday"}],
        },
        rooms=[{"id": "xix", "name": "Room XIX"}, {"id": "xx", "name": "Room XX"}],
    )
    grid = annex_grid(trial, Timetable([trial.place("a", 0, "xix"), trial.place("b", 0, "xx")]))
    for width in (140, 26):
        text = printed(print_grid, grid, width=width)
        found = ["(by invitation)", "Room XIX", "Room XX", "Livestream only", "Closed for the holiday"]
        shown = " ".join(text.replace("│", " ").split())
        assert [words for words in found if words not in shown] == []


RULES = [
    {"rule": "order", "id": "chain", "of": ["WGETI", "WGTU"]},
    {"rule": "few_days", "at_most": 3, "weight": 5},
    {"rule": "rolling"},
]
FINDINGS = [
    Violation("few_days", "few_days", "They take 4 days", weight=5),
    Violation("order", "chain", "WGTU starts [/b] before WGETI ends\x1b[2J"),
]


def test_rules_are_listed_with_what_they_cost():
    trial = scenario(rules=RULES)
    sentences = [rule.describe(trial) for rule in trial.rules]
    assert printed(print_rules, trial, FINDINGS, width=120).splitlines() == [
        "Rule      Kept     Cost",
        f"chain     broken           {sentences[0]}",
        f"few_days  broken      5    {sentences[1]}",
        f"rolling   kept             {sentences[2]}",
        f"{len(trial.standing)} standing rules kept.",
        "",
    ]


def test_a_breach_counts_for_its_own_rule_only():
    chains = [{"rule": "order", "id": name, "of": ["WGETI", "WGTU"]} for name in ("first", "second")]
    text = printed(print_rules, scenario(rules=chains), [Violation("order", "second", "WGTU is early")], width=120)
    assert [line.split()[:2] for line in text.splitlines()[1:3]] == [["first", "kept"], ["second", "broken"]]


def test_a_standing_rule_is_listed_only_when_it_is_broken():
    trial = scenario()
    violation = Violation("room_clash", "standing-room-clash", "Two at once")
    lines = printed(print_rules, trial, [violation], width=120).splitlines()
    assert [line.split()[:2] for line in lines[1:3]] == [
        ["standing-room-clash", "broken"],
        [str(len(trial.standing) - 1), "standing"],
    ]


def test_findings_are_told_with_hard_ones_first():
    assert printed(print_violations, FINDINGS).splitlines() == [
        "broken  WGTU starts [/b] before WGETI ends\\x1b[2J  (chain, must hold)",
        "costs   They take 4 days  (few_days, 5 points)",
    ]


def test_long_rules_and_findings_stay_within_the_terminal():
    trial = scenario(rules=[{"rule": "order", "id": "x" * 60, "of": ["WGETI", "WGTU", "WGTR"]}])
    violations = [Violation("order", "x" * 60, "word " * 100)]
    text = printed(print_rules, trial, violations, width=60) + printed(print_violations, violations, width=60)
    assert max(len(line) for line in text.splitlines()) <= 60


def test_the_terminal_needs_neither_pandas_nor_a_workbook_library_nor_the_solver():
    code = "import sys, exports.terminal.annex, exports.table; print(*{name.split('.')[0] for name in sys.modules})"
    root = ROOT
    answer = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert {"pandas", "openpyxl", "ortools"} & set(answer.stdout.split()) == set()


def test_sub_groups_that_take_several_lines_stand_apart():
    titles = {"a": "Group on the exchange of practices", "b": "Group on current and emerging issues"}
    sessions = [{"id": key, "duration": "1h30", "title": title} for key, title in titles.items()]
    lines = grid_lines(one_body(sessions=sessions), 44)
    cells = [line.split("│")[2].strip() for line in lines if line.count("│") == 4]
    text = "\n".join(cells)
    assert "practices\n10:00 – 11:30\n\nGroup on current" in text
