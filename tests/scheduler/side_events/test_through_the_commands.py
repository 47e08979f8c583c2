"""Side events from the file to every answer: solved, written, read back, checked, explained, replanned, compared."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.command import Command

SCENARIO = """\
name: week
meeting: {series: Week, annex_title: WEEK}
calendar: {slots: [10:00-13:00, 15:00-18:00], days: [Tuesday 2027-02-23, 2027-02-24, 2027-02-25]}
rooms: [{id: hall, name: Assembly Hall}]
bodies: [{id: WG, sessions: [{id: wg, duration: 3h}]}]
rules: [{rule: pin, of: [wg], start: Tuesday 10:00-13:00}]
side_events:
  windows: [13:15-14:45, {hours: 18:15-19:45, name: evening, days: [Wednesday]}]
  rooms: [XXII, XXIII]
  events:
    - {title: Briefing, day: 2027-02-23, hours: 13:15-14:45, room: XXIII, organiser: Norway}
    - {title: "=Film", id: film, length: 1h, organiser: [Peru, Chile], wished: [Tuesday]}
    - {title: Launch, length: 1h30, windows: [evening], rooms: [XXII], source: note of 3 May}
"""
FILM = {"id": "film", "date": "2027-02-23", "start": "13:15", "end": "14:15", "room": "XXII"}
LAUNCH = {"id": "launch", "date": "2027-02-24", "start": "18:15", "end": "19:45", "room": "XXII"}


@pytest.fixture
def solved(tmp_path: Path, schedule: Command) -> Path:
    """The folder with ``week.yaml`` and what ``solve`` writes."""
    (tmp_path / "week.yaml").write_text(SCENARIO, encoding="utf-8")
    assert schedule("solve", tmp_path / "week.yaml", "-o", tmp_path).status == 0
    return tmp_path


def changed(folder: Path, old: str, new: str) -> Path:
    assert SCENARIO.count(old) == 1
    (folder / "other.yaml").write_text(SCENARIO.replace(old, new), encoding="utf-8")
    return folder / "other.yaml"


def test_the_document_has_what_was_placed_and_what_it_costs(solved: Path) -> None:
    document = json.loads((solved / "week.json").read_text("utf-8"))
    assert document["side_events"] == [FILM, LAUNCH]
    assert (document["status"], document["cost"], document["ties"]) == (
        "optimal",
        1,  # two on Tuesday, none on Thursday
        {"count": 1, "exact": True, "side_events_only": False},
    )


@pytest.mark.parametrize("name", ["week.json", "week.xlsx", "week.working.xlsx"])
def test_what_was_written_is_read_back_and_keeps_every_rule(solved: Path, schedule: Command, name: str) -> None:
    run = schedule("check", solved / "week.yaml", solved / name)
    assert (run.status, run.out.splitlines()[-1]) == (0, "The timetable keeps every rule that must hold; it costs 1.")


@pytest.mark.parametrize(
    ("entries", "broken"),
    [
        ([FILM], "'Launch' is not placed"),
        ([FILM, LAUNCH | {"room": "XXIII"}], "'Launch' is in 'XXIII', but may be held in 'XXII' only"),
        ([FILM | {"room": "XXIII"}, LAUNCH], "'=Film' and 'Briefing' are both in XXIII on Tuesday 23 February"),
        ([FILM, LAUNCH, FILM | {"id": "flim"}], "'flim' is no side event of this scenario"),
        (
            [FILM, LAUNCH, FILM | {"id": "briefing"}],
            "'Briefing' is given on Tuesday 23 February, 13:15 \u2013 14:45, and",
        ),
        ([FILM, LAUNCH, LAUNCH], "'Launch' stands twice; the last counts"),
    ],
)
def test_a_document_by_hand_is_judged(
    solved: Path, schedule: Command, entries: list[dict[str, str]], broken: str
) -> None:
    document = json.loads((solved / "week.json").read_text("utf-8"))
    (solved / "hand.json").write_text(json.dumps({"sessions": document["sessions"], "side_events": entries}))
    run = schedule("check", solved / "week.yaml", solved / "hand.json")
    assert run.status == 1
    assert f"broken  {broken}" in run.out


@pytest.mark.parametrize("entry", [FILM | {"start": "15:00"}, FILM | {"date": "2027-02-30"}, {"id": "film"}, "film", 3])
def test_an_entry_that_is_none_is_refused_with_its_place(solved: Path, schedule: Command, entry: object) -> None:
    (solved / "hand.json").write_text(json.dumps({"sessions": [], "side_events": [entry]}))
    run = schedule("check", solved / "week.yaml", solved / "hand.json")
    assert run.status == 2
    assert "side_events[0]" in run.err


def test_they_stand_in_the_row_of_the_annex_and_in_the_list(solved: Path) -> None:
    book = load_workbook(solved / "week.xlsx", rich_text=True)
    (row,) = [row for row in book["Annex"].iter_rows() if str(row[0].value) == "SIDE EVENTS"]
    assert [str(cell.value or "").replace("\n", " ") for cell in row[1:4]] == [
        "13:15 \u2013 14:15 =Film, Peru, Chile (XXII) 13:15 \u2013 14:45 Briefing, Norway (XXIII)",
        "18:15 \u2013 19:45 Launch (XXII)",
        "",
    ]
    listed = [[str(cell) for cell in row[4:8]] for row in book["Sessions"].iter_rows(values_only=True)]
    assert listed[1:] == [
        ["WG", "None", "all", "Assembly Hall"],
        ["Side event", "=Film", "all", "XXII"],
        ["Side event", "Briefing", "all", "XXIII"],
        ["Side event", "Launch", "all", "XXII"],
    ]


def test_a_list_with_names_has_who_holds_them_and_who_speaks(tmp_path: Path, schedule: Command) -> None:
    text = SCENARIO.replace(
        "annex_title: WEEK}", "annex_title: WEEK, names_in_list: [officers, presenters, attendees]}"
    )
    (tmp_path / "week.yaml").write_text(text.replace("wished: [Tuesday]", "speakers: Dr Example"), encoding="utf-8")
    assert schedule("solve", tmp_path / "week.yaml", "-o", tmp_path).status == 0
    rows = list(load_workbook(tmp_path / "week.xlsx")["Sessions"].iter_rows(values_only=True))
    assert rows[0][8:] == ("Officers", "Organisers", "Presenters", "Attendees")
    assert {row[5]: [cell or "" for cell in row[8:]] for row in rows if row[4] == "Side event"} == {
        "=Film": ["", "Peru; Chile", "Dr Example", ""],
        "Briefing": ["", "Norway", "", ""],
        "Launch": ["", "", "", ""],
    }
    assert schedule("check", tmp_path / "week.yaml", tmp_path / "week.xlsx").status == 0


def test_they_stand_in_the_csv_and_no_title_is_a_formula(solved: Path, schedule: Command) -> None:
    schedule("export", solved / "week.json", "--to", "csv", "-o", solved)
    run = schedule("check", solved / "week.yaml", solved / "week.csv")
    assert (run.status, run.out.splitlines()[-1]) == (0, "The timetable keeps every rule that must hold; it costs 1.")
    rows = list(csv.DictReader(io.StringIO((solved / "week.csv").read_text("utf-8-sig"))))
    assert [(row["body"], row["session"], row["title"], row["organisers"], row["minutes"]) for row in rows] == [
        ("WG", "wg", "WG", "", "180"),
        ("Side event", "film", "'=Film", "Peru; Chile", "60"),
        ("Side event", "briefing", "Briefing", "Norway", "90"),
        ("Side event", "launch", "Launch", "", "90"),
    ]


def test_many_on_a_day_are_counted_in_the_row_and_stand_in_a_sheet_of_rooms_by_days(
    tmp_path: Path, schedule: Command
) -> None:
    more = "".join(f"    - {{title: Talk {n}., length: 1h}}\n" for n in range(12))  # fifteen in all: five a day
    text = SCENARIO.replace("rooms: [XXII, XXIII]", "rooms: [XXII, XXIII, A, B, C]")
    (tmp_path / "week.yaml").write_text(text + more, encoding="utf-8")
    run = schedule("solve", tmp_path / "week.yaml", "-o", tmp_path)
    assert (run.status, "Side events on Tuesday 23 February" in run.out) == (0, True)
    book = load_workbook(tmp_path / "week.xlsx", rich_text=True)
    assert book.sheetnames == ["Annex", "Side events", "Sessions"]
    rows = book["Side events"].iter_rows(values_only=True)
    sheet = [[str(cell or "").replace("\n", " ") for cell in row] for row in rows]
    assert sheet[3] == ["Time", "Room", "Tuesday 23 February", "Wednesday 24 February", "Thursday 25 February"]
    assert [row[1] for row in sheet[4:9]] == ["XXII", "XXIII", "A", "B", "C"]
    assert sheet[5][2] == "Briefing, Norway"
    cells = [cell for row in sheet[4:] for cell in row[2:] if cell]
    assert len(cells) == 15
    assert sum(cell.startswith("Talk") for cell in cells) == 12
    (row,) = [row for row in book["Annex"].iter_rows(values_only=True) if str(row[0]) == "SIDE EVENTS"]
    assert str(row[1]) == "13:15: 5 side events"
    assert schedule("check", tmp_path / "week.yaml", tmp_path / "week.xlsx").status == 0


def test_a_day_of_few_names_them_beside_a_day_of_many(tmp_path: Path, schedule: Command) -> None:
    more = "".join(f"    - {{title: Talk {n}, length: 1h, day: 2027-02-23}}\n" for n in range(4))
    text = SCENARIO.replace("rooms: [XXII, XXIII]", "rooms: [XXII, XXIII, A, B, C, D]")
    (tmp_path / "week.yaml").write_text(text + more, encoding="utf-8")
    run = schedule("solve", tmp_path / "week.yaml", "-o", tmp_path)
    assert run.status == 0
    assert [line for line in run.out.splitlines() if line.startswith("Side events on")] == [
        "Side events on Tuesday 23 February"
    ]
    book = load_workbook(tmp_path / "week.xlsx", rich_text=True)
    (row,) = [row for row in book["Annex"].iter_rows(values_only=True) if str(row[0]) == "SIDE EVENTS"]
    cells = [str(cell or "") for cell in row[1:4]]
    assert "side events" in cells[0]
    assert any("Launch" in cell for cell in cells[1:])
    assert not any("side event" in cell for cell in cells[1:])


def test_what_can_stay_stays_and_the_move_is_named_marked_and_written(solved: Path, schedule: Command) -> None:
    other = changed(solved, "organiser: [Peru, Chile]", "organiser: [Peru, Norway]")
    run = schedule("replan", other, "--from", solved / "week.json", "-o", solved, "--date", "2027-01-05")
    was, now = (f"{day}, 13:15 \u2013 14:15" for day in ("Tuesday 23 February", "Thursday 25 February"))
    sentence = f"Side event '=Film' moves from {was}, to {now}."
    assert "No session has to move. One side event stands elsewhere: proved the fewest." in run.out
    assert sentence in " ".join(run.out.split())
    book = load_workbook(solved / "week.rev1.xlsx", rich_text=True)
    texts = [str(cell) for row in book["Annex"].iter_rows(values_only=True) for cell in row if cell]
    assert any("was Tue 23 February 13:15" in text for text in texts)
    assert any(sentence in text for text in texts)
    before = json.loads((solved / "week.rev1.json").read_text("utf-8"))["revision"]["before"]
    assert before["side_events"] == [FILM, LAUNCH]
    schedule("export", solved / "week.rev1.json", "--to", "csv", "-o", solved)
    rows = csv.DictReader(io.StringIO((solved / "week.rev1.csv").read_text("utf-8-sig")))
    assert {row["session"]: row["change"] for row in rows} == {"wg": "", "briefing": "", "film": "moved", "launch": ""}


def test_a_dearer_place_is_kept_and_a_frozen_one_that_cannot_stay_is_told(solved: Path, schedule: Command) -> None:
    wish = changed(solved, "wished: [Tuesday]", "wished: [Thursday]")
    run = schedule("replan", wish, "--from", solved / "week.json", "-o", solved)
    assert "Nothing has to move: the timetable that is out keeps every rule." in run.out
    assert "The new timetable costs 2 points." in run.out
    other = changed(solved, "organiser: [Peru, Chile]", "organiser: [Peru, Norway]")
    run = schedule("replan", other, "--from", solved / "week.json", "-o", solved, "--frozen-before", "2027-02-24")
    assert run.status == 3
    assert "'=Film' can neither stay where it was nor go to a window that is not frozen." in run.out


def test_compare_lists_their_moves_and_calls_the_timetables_different(solved: Path, schedule: Command) -> None:
    other = changed(solved, "wished: [Tuesday]", "wished: [Thursday]")
    run = schedule("compare", solved / "week.json", other, "--exit-code", "--html", solved / "c.html")
    assert run.status == 1
    assert "Side event '=Film' moves from Tuesday 23 February" in run.out
    assert "the same timetable" not in run.out
    assert "Side event '=Film' moves" in unescape((solved / "c.html").read_text("utf-8"))
    told = json.loads(schedule("compare", solved / "week.json", other, "--json").out)
    assert [move["kind"] for move in told["side_events"]["B"]] == ["moved"]


def test_what_if_names_their_moves_and_why_they_cannot_be_placed(solved: Path, schedule: Command) -> None:
    path = solved / "week.yaml"
    run = schedule("what-if", path, "--set", "side_events.events.film.wished=[Thursday]")
    assert "It costs 0 instead of 1; one side event changed." in run.out
    run = schedule("what-if", path, "--set", "side_events.events.film.length=2h")
    assert (run.status, run.out) == (
        3,
        "With this change side events cannot all be placed. '=Film' has no window: it takes 2 h, the window 1 h 30.\n",
    )
    told = json.loads(schedule("what-if", path, "--set", "side_events.events.film.length=2h", "--json").out)
    assert told["side_events"]["reasons"] == ["'=Film' has no window: it takes 2 h, the window 1 h 30."]


def test_explain_says_what_every_other_window_would_cost(solved: Path, schedule: Command) -> None:
    run = schedule("explain", solved / "week.yaml", solved / "week.json", "film")
    assert [" ".join(line.split()) for line in run.out.splitlines()] == [
        "'=Film' stands on Tuesday 23 February, 13:15 \u2013 14:15. Elsewhere:",
        "Thu 25 Feb 13:15 the same price nothing else moves",  # a wish missed, and the days are even
        "Wed 24 Feb 13:15 and Wed 24 Feb 18:15 one point more nothing else moves",
        "",
    ]
    told = json.loads(schedule("explain", solved / "week.yaml", solved / "week.json", "launch", "--json").out)
    assert [(other["possible"], other["why"]) for other in told["others"]] == [(False, "it asks for evening")] * 3
    run = schedule("explain", solved / "week.yaml", solved / "week.json", "briefing")
    assert (run.status, run.err) == (2, "the place of 'Briefing' is given in the scenario, so it is not sought\n")


def test_explain_says_why_they_cannot_be_placed_and_what_is_enough(solved: Path, schedule: Command) -> None:
    other = changed(solved, "length: 1h,", "length: 2h,")
    run = schedule("explain", other)
    assert run.status == 3
    assert [" ".join(line.split()) for line in run.out.splitlines()[:4]] == [
        "The side events cannot all be placed; the sessions alone can.",
        "'=Film' has no window: it takes 2 h, the window 1 h 30.",
        "With any one of these they can, each tried:",
        "1. '=Film' takes 1 h 30, as long as the longest window.",
    ]
    told = json.loads(schedule("explain", other, "--json").out)
    assert told["side_events"]["enough"][0]["options"] == ["--set", "side_events.events.1.length=1h30"]


@pytest.mark.parametrize(
    ("said", "enough"),
    [
        (  # a window of one room takes one, whatever the limit says
            "windows: [13:15-14:45], rooms: [X], at_most: 1, "
            "events: [{F, length: 1h}, {G, length: 1h}, {H, length: 1h}]",
            ["at most 3 side events in a window and 2 more rooms"],
        ),
        (  # both are too long, and then two at once want a second room
            "windows: [13:15-14:45], rooms: [X], events: [{F, length: 2h}, {G, length: 3h}]",
            [
                "'F' takes 1 h 30, as long as the longest window, 'G' takes 1 h 30, as long as the longest window and "
                "one more room"
            ],
        ),
        (  # two that ask for the noon of one room: freeing either is enough, or a second room
            "windows: [13:15-14:45, 18:15-19:45], rooms: [X], "
            "events: [{F, length: 1h, windows: [13:15-14:45]}, {G, length: 1h, windows: [13:15-14:45]}]",
            ["one more room", "'F' may stand in any window", "'G' may stand in any window"],
        ),
        ("windows: [13:15-14:45], events: [{F, length: 1h, speakers: [peru]}]", []),
    ],
)
def test_every_way_to_place_them_is_enough_when_run_and_none_is_told_where_there_is_none(
    tmp_path: Path, schedule: Command, said: str, enough: list[str]
) -> None:
    file = tmp_path / "noon.yaml"
    written = re.sub(r"\{([FGH]),", r"{title: \1,", said)
    file.write_text(
        "name: noon\nmeeting: {series: Noon, annex_title: NOON}\n"
        "calendar: {slots: [10:00-13:00], days: [2027-03-16]}\n"
        "people: [{id: peru, absent: [2027-03-16]}]\n"
        "bodies: [{id: WG, sessions: [{id: wg, duration: 3h}]}]\n"
        f"side_events: {{{written}}}\n",
        encoding="utf-8",
    )
    told = json.loads(schedule("explain", file, "--json").out)["side_events"]["enough"]
    assert [way["sentence"] for way in told] == enough
    for way in told:
        assert schedule("what-if", file, *way["options"]).status == 0
    assert ("No change that was tried is enough." in schedule("explain", file).out) is not bool(enough)


def test_alternatives_and_trade_offs_have_them_too(solved: Path, schedule: Command) -> None:
    told = json.loads(schedule("solve", solved / "week.yaml", "-k", "2", "-o", solved, "--json").out)
    assert [each["side_events"] for each in told["alternatives"]] == [[FILM, LAUNCH]]
    assert told["alternatives"][0]["cost"] == 1
    run = schedule("compare", solved / "week.yaml", "--trade-off", "days,cost", "--json")
    assert json.loads(run.out)["options"][0]["name"] == "days 0, cost 1"


def test_a_certificate_covers_them(solved: Path, schedule: Command) -> None:
    schedule("explain", solved / "week.yaml", "--certificate", solved / "best.json")
    run = schedule("verify", solved / "best.json")
    assert run.status == 0
    assert "They cost 1, as certified." in run.out


def test_prices_and_ties_count_their_wishes_and_fail_where_they_cannot_be_placed(
    solved: Path, schedule: Command
) -> None:
    told = json.loads(schedule("explain", solved / "week.yaml", "--prices", "--ties", "--json").out)
    assert told["prices"]["cost"] == 1
    assert {wish["name"]: wish["cost"] for wish in told["prices"]["wishes"]} == {
        "side_events.missed_wish": 0,
        "side_events.spread": 1,
    }
    assert {rule["cost_without"] for rule in told["prices"]["rules"]} == {1}
    assert told["ties"]["count"] == 1
    other = changed(solved, "length: 1h,", "length: 2h,")
    assert schedule("explain", other, "--prices").status == 3
    assert schedule("explain", other, "--ties").status == 3


def test_the_library_has_them_too(solved: Path) -> None:
    import scheduler as s

    week = s.load(solved / "week.yaml")
    answer = s.solve(week)
    assert answer.timetable is not None
    assert [(held.event, held.room) for held in answer.timetable.side_events or ()] == [
        ("film", "XXII"),
        ("launch", "XXII"),
    ]
    assert s.check(week, answer.timetable).cost == 1
    other = s.load(changed(solved, "organiser: [Peru, Chile]", "organiser: [Peru, Norway]"))
    assert [v.message.split(" on ")[0] for v in s.check(other, answer.timetable).violations if v.hard] == [
        "Norway is at '=Film' and 'Briefing'"
    ]
    assert "Side event '=Film' moves" in str(s.replan(other, answer.timetable))
    assert list(s.to_frame(week, answer.timetable)["session"]) == ["wg", "film", "briefing", "launch"]
    assert "stands on Tuesday" in str(s.explain(week, answer.timetable, "film"))
