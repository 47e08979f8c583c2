"""Half-day entries: what they say, what follows without doubt, and what may be read in two ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.small import scenario as small

from exports.timetable_reading import read_timetable
from scheduler.checking import check
from scheduler.domain.clock import show_clock
from scheduler.errors import InputError
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

ROLLING = {"rule": "rolling"}
BODIES = {"WGETI": {"nip": "6h", "cei": "7h30"}, "WGTU": "4h30", "WGTR": "6h"}
WEEK = small(BODIES, ROLLING)
"""Tuesday to Friday, 25 to 28 February 2025, 10:00-13:00 and 15:00-18:00."""
PUBLISHED = {
    "nip": ["Tue 10:00-13:00", "Tue 15:00-18:00"],
    "cei": ["Wed 10:00-13:00", "Wed 15:00-18:00", "Thu 10:00-11:30"],
    "wgtu": ["Thu 11:30-13:00", "Thu 15:00-18:00"],
    "wgtr": ["Fri 10:00-13:00", "Fri 15:00-18:00"],
}
HEAD = "day,half-day,body\n"
ENTRIES = """\
day,half-day,body
Tuesday,morning,WGETI
Tuesday,afternoon,WGETI
Wednesday,am,WGETI
Wednesday,pm,WGETI
Thursday,am,WGETI
Thursday,am,WGTU
Thursday,pm,WGTU
Friday,am,WGTR
Friday,pm,WGTR
"""
TWO = small({"WG": {"first": "4h30"}, "REPORT": "3h"}, days=["2027-02-23", "2027-02-24"])


def places(stored: Any) -> dict[str, list[str]]:
    """Each session with its days and hours."""
    return {
        str(p.session): [
            f"{s.day:%a} {s.start // 60:02}:{s.start % 60:02}-{s.end // 60:02}:{s.end % 60:02}" for s in p.segments
        ]
        for p in stored.timetable
    }


def read(folder: Path, text: str | bytes, scenario: Scenario = WEEK, name: str = "half.csv") -> Any:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_timetable(str(path), scenario, widen=True)


def refusal(folder: Path, text: str, scenario: Scenario = WEEK) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, text, scenario)
    return plain(caught.value.message.replace(str(folder / "half.csv"), "half.csv"))


def plain(text: str) -> str:
    """With hyphens for dashes."""
    return text.replace("\u2013", "-")


def test_a_published_programme_follows_from_its_half_days(tmp_path: Path) -> None:
    stored = read(tmp_path, ENTRIES)
    assert places(stored) == PUBLISHED
    assert check(stored.scenario, stored.timetable, stored.violations).broken == ()
    (note,) = stored.notes
    assert "nip from Tuesday 25 February at 10:00 to 18:00" in note
    assert "WGTU from Thursday 27 February at 11:30 to 18:00" in note
    assert "WGTR" not in note  # it fills its half-days: nothing was assumed


@pytest.mark.parametrize(
    "text",
    [
        ENTRIES.replace(",", ";"),
        ENTRIES.replace(",", "\t"),
        "\ufeff" + ENTRIES.replace("\n", "\r\n"),
        ENTRIES.replace("day,half-day,body", "Date,Part of day,Working Group"),
        ENTRIES.replace("Tuesday", "25 Feb").replace("Wednesday", "2025-02-26").replace("Friday", "Fri 28.2.2025"),
        "Tuesday morning: WGETI\nTue pm: nip\nWed am: cei\nWed pm: cei\nThu am: WGETI, WGTU\nThu pm: WGTU\nFri: WGTR\n",
        "when;what\nTue am;nip\nTue pm;nip\nWed;cei\nThu am;cei\nThu 11:30-13:00;WGTU\nThu pm;WGTU\nFri;wgtr\n",
        "day,hours,body\nTue,10:00-18:00,nip\nWed,,cei\nThu,10:00-11:30,cei\nThu,11:30-18:00,WGTU\nFri,,WGTR\n",
        "Tue,am,nip\nTue,pm,nip\nWed,am,cei\nWed,pm,cei\nThu,am,cei\nThu,am,WGTU\nThu,pm,WGTU\nFri,am,WGTR\nFri,pm,WGTR\n",
        "day,half-day,body\nTuesday,,nip\nWednesday,am,cei\n,pm,cei\nThursday,am,cei\n,am,WGTU\n,pm,WGTU\nFriday,,WGTR\n",
        "day,session,body\nTue,morning,nip\nTue,afternoon,nip\nWed,morning,cei\nWed,afternoon,cei\nThu,morning,WGETI\n"
        "Thu,morning,WGTU\nThu,afternoon,WGTU\nFri,morning,WGTR\nFri,afternoon,WGTR\n",
        "Day,Date,Slot,Group\nTue,2025-02-25,,nip\nWed,2025-02-26,,cei\nThu,2025-02-27,am,cei\nThu,2025-02-27,am,WGTU\n"
        "Thu,2025-02-27,pm,WGTU\nFri,2025-02-28,,WGTR\n",
        "Programme of the week,,\n\nday,half-day,body\n" + ENTRIES.partition("\n")[2],
    ],
)  # fmt: skip
def test_it_may_be_written_in_many_ways(tmp_path: Path, text: str) -> None:
    assert places(read(tmp_path, text)) == PUBLISHED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"{HEAD}Wed,,REPORT\n",
            "2:6: REPORT on Wednesday 24 February may be 10:00 - 13:00 or 15:00 - 18:00: write its",
        ),
        (f"{HEAD}Tue,am,WGX\n", "2:8: 'WGX' is no session or body of scenario 'small': did you mean 'WG'?"),
        (f"{HEAD}Tue,tea,WG\n", "2:5: 'tea' is no half-day: write one of morning, afternoon, evening, all day"),
        (f"{HEAD}Feb 30,am,WG\n", "2:1: 'Feb 30' is no day: write it as 2027-02-25"),
        (f"{HEAD}0001-01-01,am,WG\n", "2:1: '0001-01-01' is no day: write it as 2027-02-25"),
        (f"{HEAD}Teusday,am,WG\n", "2:1: 'Teusday' is no day: did you mean 'Tuesday'?"),
        (f"{HEAD}Tue,mornign,WG\n", "2:5: 'mornign' is no half-day: did you mean 'morning'?"),
        (f"{HEAD}Monday,am,WG\n", "2:1: 'Monday' is no day of this series: it meets from Tuesday 23 February 2027 to"),
        (f"{HEAD}Mon 2027-02-23,am,WG\n", "2:1: 23 February 2027 is a Tuesday, not 'Mon 2027-02-23': correct one"),
        (f"{HEAD}Tue,am,REPORT\n1/2/2027,am,WG\n", "3:1: '1/2/2027' may be 1 February 2027 or 2 January 2027: write"),
        (f"{HEAD}Tue,evening,WG\n", "2:13: no day of this scenario has a meeting in the evening: write the hours"),
        ("Dya,half-day,body\nTue,am,WG\n", "1:1: unknown column 'Dya'"),
        ("day,half-day,room\nTue,am,Plenary\n", "1:1: no column says who meets: name one 'session' or 'body'"),
        ("start,end,body\n10:00,13:00,WG\n", "1:1: no column says on which day: name one 'day'"),
        ("day,start,end,body\nTue,13:00,10:00,WG\n", "2:11: 13:00 - 10:00 ends before it begins: correct start or"),
        ("day,start,end,body\nTue,noon,13:00,WG\n", "2:5: 'noon' is not a time of day: write HH:MM, as in 15:00"),
        (f"{HEAD}Tue,am,\n", "2:1: nothing in this row says who meets: write a session or a body"),
        (f"{HEAD}Tue,am,REPORT\nTue,pm,REPORT\n", "3:8: nothing is left of REPORT for Tuesday 23 February, 15:00"),
        (f"{HEAD}Tue,am,REPORT\nTue,am,WG\nTue,pm,WG\n", "3:8: no time is left for WG on Tuesday 23 February, 10:00"),
        ("day,half-day,body,body\nTue,am,WG,REPORT\n", "1:19: the column 'body' is there twice"),
        ("a,b\n1,2\n", "1:1: this is neither a list nor a grid of meetings"),
        ("name: two\nmeeting: {}\n", " this is a scenario: name a timetable of it"),
        (f'{HEAD}Tue,am,"WG\n', "2:8: the quote that opens here is never closed"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    assert f"half.csv:{said}" in refusal(tmp_path, text, TWO)


def test_a_column_that_is_misspelt_is_asked_about(tmp_path: Path) -> None:
    assert "did you mean 'day'?" in refusal(tmp_path, "Dya,half-day,body\nTue,am,WG\n", TWO)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    told = refusal(tmp_path, f"{HEAD}Tue,am,WGX\nMonth,am,WG\nTue,noonish,WG\n", TWO)
    assert [line.partition(":")[2][:3] for line in told.splitlines() if line.startswith("half.csv")] == [
        "2:8",
        "3:1",
        "4:5",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (f"{HEAD}Tue,am,WG é".encode() + b"\xe9\n", "(0xE9) is not UTF-8: save the file as UTF-8"),
        (f"{HEAD}Tue,am,WG\n".encode("utf-32"), "this text is in UTF-32: save it as UTF-8"),
        (b"day,half-day,body\nTue,am,\x07WG\n", "the character U+0007 does not belong here: delete it"),
        (b"", "the table is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "this is a workbook in the old format .xls"),
    ],
)
def test_bytes_that_are_no_table_are_refused(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("(", r"\(").replace(")", r"\)").replace("+", r"\+")):
        read(tmp_path, data, TWO)


# --- what follows, and what does not ---------------------------------------------------------------------------------


def test_a_short_session_in_a_half_day_of_two_slots_may_stand_in_either(tmp_path: Path) -> None:
    slots = ["10:00-11:30", "11:30-13:00", "15:00-18:00"]
    week = small({"A": "1h30", "B": "1h30"}, slots=slots, days=["2025-02-25"])
    said = "A on Tuesday 25 February may be 10:00 - 11:30 or 11:30 - 13:00: write its start"
    assert said in refusal(tmp_path, f"{HEAD}Tue,am,A\n", week)
    both = read(tmp_path, f"{HEAD}Tue,am,B\nTue,am,A\n", week)
    assert places(both) == {"a": ["Tue 11:30-13:00"], "b": ["Tue 10:00-11:30"]}
    told = read(tmp_path, "day,half-day,start,body\nTue,am,11:30,A\n", week)
    assert places(told) == {"a": ["Tue 11:30-13:00"]}


def test_sessions_of_a_body_that_may_be_parted_in_two_ways_are_named(tmp_path: Path) -> None:
    slots = ["10:00-11:00", "11:00-12:00", "15:00-16:00", "16:00-17:00"]
    week = small({"WG": {"a": "1h", "b": "1h", "c": "1h"}}, slots=slots)
    said = refusal(tmp_path, f"{HEAD}Tue,am,WG\nTue,pm,WG\n", week)
    ways = "WG a, 10:00 - 11:00 or WG a, 10:00 - 11:00 and WG b, 11:00 - 12:00"
    assert f"half.csv:2:8: WG on Tuesday 25 February may be {ways}: name the sessions, or write their starts" in said


def test_a_body_whose_other_sessions_are_named_gets_the_rest(tmp_path: Path) -> None:
    text = "day,half-day,what\nTue,am,nip\nTue,pm,nip\nWed,,WGETI\nThu,am,WGETI\n"
    assert places(read(tmp_path, text))["cei"] == PUBLISHED["cei"]


def test_what_the_entries_cannot_hold_is_left_to_the_check(tmp_path: Path) -> None:
    stored = read(tmp_path, f"{HEAD}Tue,am,WGTR\n")
    assert places(stored) == {"wgtr": ["Tue 10:00-13:00"]}
    assert "the entries do not hold WGTR whole and uncut: each takes what is left." in stored.notes[-1]
    messages = [
        plain(violation.message) for violation in check(stored.scenario, stored.timetable, stored.violations).broken
    ]
    assert "WGTR is given 3 h, planned are 6 h" in messages


def test_hours_outside_the_slots_are_reported_as_everywhere(tmp_path: Path) -> None:
    stored = read(tmp_path, "day,half-day,start,end,body\nTue,,19:00,22:00,REPORT\nTue,am,,,WG\nTue,pm,,,WG\n", TWO)
    assert [plain(violation.message) for violation in stored.violations] == [
        "REPORT on Tuesday 23 February, 19:00 - 22:00 lies outside every slot"
    ]


def test_a_half_day_that_this_day_does_not_have_lies_outside_the_slots(tmp_path: Path) -> None:
    days = ["2027-02-23", {"date": "2027-02-24", "slots": ["10:00-13:00"]}]
    week = small({"REPORT": "3h"}, days=days)
    stored = read(tmp_path, f"{HEAD}Wed,pm,REPORT\n", week)
    assert [plain(violation.message) for violation in stored.violations] == [
        "REPORT on Wednesday 24 February, 15:00 - 18:00 lies outside every slot"
    ]


def test_two_bodies_in_two_rooms_at_once_are_read_in_two_ways_or_by_their_lengths(tmp_path: Path) -> None:
    rooms = [{"id": "x"}, {"id": "y"}]
    short = small({"A": "1h", "B": "1h"}, ROLLING, rooms=rooms)
    text = f"{HEAD}Tue,am,A\nTue,am,B\n"
    assert "B on Tuesday 25 February may be 11:00 - 12:00 or 10:00 - 11:00" in refusal(tmp_path, text, short)
    full = small({"A": "3h", "B": "3h"}, ROLLING, rooms=rooms)
    stored = read(tmp_path, text, full)
    assert {str(p.session): (str(p.room), p.segments[0].start) for p in stored.timetable} == {
        "a": ("x", 600),
        "b": ("y", 600),
    }
    assert any("no room is written for A and B" in note for note in stored.notes)


def test_the_morning_of_a_day_without_pauses_ends_at_noon(tmp_path: Path) -> None:
    week = small({"A": "3h", "B": "6h"}, slots=["09:00-12:00", "12:00-15:00", "15:00-18:00"], days=["2025-02-25"])
    stored = read(tmp_path, f"{HEAD}Tue,morning,A\nTue,afternoon,B\n", week)
    assert places(stored) == {"a": ["Tue 09:00-12:00"], "b": ["Tue 12:00-15:00", "Tue 15:00-18:00"]}


def test_two_mornings_of_a_day_are_named_by_their_hours(tmp_path: Path) -> None:
    week = small({"A": "1h"}, slots=["08:00-09:00", "10:00-13:00"], days=["2025-02-25"])
    said = refusal(tmp_path, f"{HEAD}Tue,morning,A\n", week)
    assert "the morning of Tuesday 25 February may be 08:00 - 09:00 or 10:00 - 13:00: write the hours" in said
    assert places(read(tmp_path, f"{HEAD}Tue,8:00-9:00,A\n", week)) == {"a": ["Tue 08:00-09:00"]}


def test_a_slot_is_named_as_the_calendar_names_it(tmp_path: Path) -> None:
    slots = [{"hours": "10:00-13:00", "name": "first"}, {"hours": "15:00-18:00", "name": "second"}]
    week = small({"A": "3h"}, slots=slots)
    assert places(read(tmp_path, "day,slot,body\nWed,second,A\n", week)) == {"a": ["Wed 15:00-18:00"]}


def test_a_session_stops_for_a_fixture_as_the_scenario_says(tmp_path: Path) -> None:
    fixed = {"rule": "anchor", "of": ["VISIT"], "at": "11:00"}
    debate = {"suspends_for": ["VISIT"], "sessions": {"debate": "5h"}}
    week = small({"DEBATE": debate, "VISIT": "30 min"}, ROLLING | {"of": ["DEBATE"]}, fixed, days=["2025-02-25"])
    stored = read(tmp_path, f"{HEAD}Tue,am,DEBATE\nTue,am,VISIT\nTue,pm,DEBATE\n", week)
    assert places(stored) == {
        "debate": ["Tue 10:00-11:00", "Tue 11:30-13:00", "Tue 15:00-17:30"],
        "visit": ["Tue 11:00-11:30"],
    }


def test_a_session_that_this_scenario_does_not_hold_is_told_by_the_check(tmp_path: Path) -> None:
    chair = [{"id": "c", "post": "Chair", "vacant": True}]
    dropped = {"officers": ["c"], "when_vacant": "dropped", "sessions": {"forum": "3h"}}
    week = small({"A": "3h", "FORUM": dropped}, officers=chair)
    stored = read(tmp_path, f"{HEAD}Tue,am,A\nTue,pm,FORUM\n", week)
    assert [plain(violation.message) for violation in stored.violations] == [
        "'forum' belongs to FORUM, which is not held"
    ]


def test_more_than_anybody_can_read_is_refused(tmp_path: Path) -> None:
    assert "more than 1,000 rows say no hours" in refusal(tmp_path, HEAD + "Tue,am,WGETI\n" * 1_001)
    assert "can be read in too many ways: write their starts" in refusal(tmp_path, HEAD + "Tue,am,WGETI\n" * 200)
    assert refusal(tmp_path, HEAD + "Tue,am,WGX\n" * 3_000).endswith("100 errors")


def test_a_weekday_that_occurs_twice_is_asked_about(tmp_path: Path) -> None:
    week = small({"A": "3h"}, days=["2027-05-07", "2027-05-14"])
    said = refusal(tmp_path, f"{HEAD}Friday,am,A\n", week)
    assert "half.csv:2:1: 'Friday' may be Friday 7 May or Friday 14 May: write the date, as in 2027-05-07" in said


def test_an_entry_that_stands_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    for text in (f"{HEAD}Wed,am,REPORT\nWed,am,REPORT\n", "day,start,end,body\n" + "Wed,10:00,13:00,REPORT\n" * 2):
        stored = read(tmp_path, text, TWO)
        assert places(stored) == {"report": ["Wed 10:00-13:00"]}
        assert stored.notes[-1].endswith("half.csv:3: this entry stands on line 2 already, and counts once")
    stored = read(tmp_path, f"{HEAD}Tue,,WG\nTue,am,WG\nTue,pm,WG\n", TWO)
    assert places(stored) == {"first": ["Tue 10:00-13:00", "Tue 15:00-16:30"]}


# --- hours that are written ------------------------------------------------------------------------------------------

PARTED = ["10:00-11:30", "11:30-13:00", "15:00-18:00"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Tue 10:00-13:00: A\nTue 15:00-16:30: A\n", ["10:00-11:30", "11:30-13:00", "15:00-16:30"]),
        ("Tue morning 11:30: A\nTue afternoon: A\n", ["11:30-13:00", "15:00-18:00"]),
        ("day,body\nTuesday am 10:00,A\nTuesday pm,A\n", ["10:00-11:30", "11:30-13:00", "15:00-16:30"]),
        ("day,half-day,body\nTue,10:00-11:30,A\nTue,11:30-13:00,A\nTue,15:00-16:30,A\n",
         ["10:00-11:30", "11:30-13:00", "15:00-16:30"]),
    ],
)  # fmt: skip
def test_a_start_or_an_end_that_is_written_is_not_asked_for(tmp_path: Path, text: str, hours: list[str]) -> None:
    week = small({"A": "4h30"}, slots=PARTED, days=["2025-02-25"])
    assert places(read(tmp_path, text, week)) == {"a": [f"Tue {each}" for each in hours]}


def test_a_short_session_starts_with_the_hours_of_its_line_but_not_with_those_of_a_half_day(tmp_path: Path) -> None:
    week = small({"A": "1h30", "B": "1h30"}, slots=PARTED, days=["2025-02-25"])
    assert places(read(tmp_path, "Tue 10:00-13:00: A\n", week)) == {"a": ["Tue 10:00-11:30"]}
    assert " may be 10:00 - 11:30 or 11:30 - 13:00" in refusal(tmp_path, f"{HEAD}Tue,10:00-13:00,A\n", week)
    both = read(tmp_path, "Tue 10:00-13:00: B\nTue 10:00-13:00: A\n", week)
    assert places(both) == {"a": ["Tue 11:30-13:00"], "b": ["Tue 10:00-11:30"]}


def test_what_is_written_to_end_does_not_go_on(tmp_path: Path) -> None:
    stored = read(tmp_path, "Tue 10:00-13:00: WGTR\nTue 15:00-16:30: WGTR\n")
    assert places(stored) == {"wgtr": ["Tue 10:00-13:00", "Tue 15:00-16:30"]}
    said = [plain(each.message) for each in check(stored.scenario, stored.timetable, stored.violations).broken]
    assert "WGTR is given 4 h 30, planned are 6 h" in said


def test_a_word_that_the_hours_contradict_is_refused(tmp_path: Path) -> None:
    assert "half.csv:2:1: 'Tuesday morning 15:00' is no day" in refusal(
        tmp_path, "day,body\nTuesday morning 15:00,WGTU\n"
    )


def test_hours_after_midnight_of_a_night_that_is_named_lie_in_that_night(tmp_path: Path) -> None:
    slots = ["10:00-13:00", {"hours": "22:00-01:00", "name": "late"}]
    week = small({"A": "45 min", "B": "2h"}, slots=slots)
    head = "day,half-day,start,end,body\n"
    for part in ("late", "evening"):
        stored = read(tmp_path, f"{head}Wed,{part},22:00,24:00,B\nWed,{part},00:15,01:00,A\n", week)
        assert places(stored) == {"a": ["Wed 24:15-25:00"], "b": ["Wed 22:00-24:00"]}
        (note,) = [note for note in stored.notes if "midnight" in note]
        night = f"'{part}' of Wednesday 26 February reaches beyond midnight"
        assert note.endswith(f"half.csv:3: {night}: A is taken to start on Thursday 27 February at 00:15")
    by_date = read(tmp_path, f"{head}Wed,,00:15,01:00,A\n", week)
    assert places(by_date) == {"a": ["Tue 24:15-25:00"]}


NAMED = """\
name: named
meeting: {series: Named, annex_title: NAMED}
calendar:
  slots: [08:30-10:30, {hours: 10:45-13:15, name: morning}, {hours: 14:15-16:00, name: afternoon}, 16:15-19:00]
  days: [Tuesday 2027-02-23, Wednesday 2027-02-24]
bodies:
  - {id: WG, sessions: [{id: wg, duration: 4h30}]}
  - {id: REPORT, sessions: [{id: report, duration: 1h30}]}
"""


@pytest.mark.parametrize(
    ("rows", "hours"),
    [
        ("Tuesday,morning,WG", [("08:30", "10:30"), ("10:45", "13:15")]),  # too long for the slot, just its half-day
        ("Tuesday,afternoon,WG", [("14:15", "16:00"), ("16:15", "19:00")]),
        ("Tuesday,morning,REPORT", [("10:45", "12:15")]),  # the slot that bears the name
    ],
)
def test_a_name_of_a_slot_that_is_too_short_means_its_half_day(
    tmp_path: Path, rows: str, hours: list[tuple[str, str]]
) -> None:
    (tmp_path / "named.yaml").write_text(NAMED, encoding="utf-8")
    (tmp_path / "t.csv").write_text(f"day,half-day,body\n{rows}\n", encoding="utf-8")
    found = read_timetable(tmp_path / "t.csv", load(tmp_path / "named.yaml").scenario).timetable
    (placement,) = found
    assert [(show_clock(s.start), show_clock(s.end)) for s in placement.segments] == hours


def test_all_day_is_a_day_and_two_half_days_are_two_rows(tmp_path: Path) -> None:
    (tmp_path / "named.yaml").write_text(NAMED.replace("4h30", "9h"), encoding="utf-8")
    of = load(tmp_path / "named.yaml").scenario
    for text in ("day,half-day,body\nTuesday,all day,WG\n", "Tuesday all day: WG\n", "Tuesday: WG\n"):
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        (placement,) = read_timetable(tmp_path / "t.csv", of).timetable
        assert (placement.segments[0].start, placement.segments[-1].end) == (510, 1140)
    (tmp_path / "t.csv").write_text("day,half-day,body\nTuesday,morning and afternoon,WG\n", encoding="utf-8")
    with pytest.raises(InputError, match="is more than one half-day: write a row for each of them"):
        read_timetable(tmp_path / "t.csv", of)
