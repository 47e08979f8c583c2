"""Schedules and lists of other programs as scenarios: what we have written comes back, what is not said is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.command import Command
from support.small import scenario as small
from support.small import timetable

from exports.systems.frab import frab_bytes
from exports.systems.list_reading import read_list
from exports.systems.pretalx import pretalx_bytes
from exports.systems.schedule_reading import read_frab, read_pretalx
from exports.systems.schedule_scenario import ImportedScenario
from exports.systems.talks import Schedule
from exports.timetable_reading import read_timetable
from scheduler.checking import check
from scheduler.domain.timetable import Timetable
from scheduler.errors import InputError, ScheduleError
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

WRITERS = {"frab": frab_bytes, "pretalx": pretalx_bytes}
READERS = {"frab": read_frab, "pretalx": read_pretalx}
HOSTILE = 'x", duration: 9h}\n      - {id: evil # </title>&amp;{dates}'


def source() -> tuple[Scenario, Timetable]:
    """Two rooms, a session over lunch, two beside it, speakers, a side event."""
    sessions = {
        "talk-1": {"title": "First; talk", "duration": "1h30", "presenters": ["Ann Lee", "Bo Chen"]},
        "talk-2": {"title": HOSTILE, "duration": "45m", "presenters": ["Ann Lee"]},
    }
    of = small(
        {"A": "6h", "TALKS": {"label": "Talks & more", "starts": "anywhere", "sessions": sessions}},
        rooms=[{"id": "hall", "name": "Hall", "capacity": 80}, {"id": "annexe"}],
        side_events=[{"day": "2025-02-26", "title": "Briefing", "hours": "13:15-14:45", "room": "Foyer"}],
    )
    return of, timetable(of, {"a": "Tue 10:00 hall", "talk-1": "Tue 10:00 annexe", "talk-2": "Wed 12:15 annexe"})


def said(of: Scenario) -> dict[str, Any]:
    """What a schedule says of a scenario."""
    return {
        str(name): (
            of.body_of[name].title,
            " ".join((session.title or "").split()),
            of.minutes(name),
            session.presenters,
        )
        for name, session in of.sessions.items()
    }


def brought(schedule: Schedule, folder: Path) -> tuple[Scenario, Timetable | None]:
    """The scenario and the timetable that an import writes."""
    found = ImportedScenario(schedule, "schedule")
    (folder / "new.yaml").write_bytes(found.yaml())
    scenario, table = load(folder / "new.yaml").scenario, found.timetable()
    if table is None:
        return scenario, None
    (folder / "new.csv").write_bytes(table)
    stored = read_timetable(folder / "new.csv", scenario)
    assert stored.violations == ()
    return scenario, stored.timetable


@pytest.mark.parametrize("form", WRITERS)
def test_what_was_written_comes_back(form: str, tmp_path: Path) -> None:
    of, held = source()
    (tmp_path / "file").write_bytes(WRITERS[form](of, held))
    back, again = brought(READERS[form](str(tmp_path / "file")), tmp_path)
    assert again is not None
    assert said(back) == {name: (*rest, people or None) for name, (*rest, people) in said(of).items()}
    assert {room.title for room in back.rooms} == {"Hall", "annexe"}
    assert [(e.title, e.day, e.hours, e.room) for e in back.listed_events] == [
        (e.title, e.day, e.hours, e.room) for e in of.listed_events
    ]
    assert back.meeting.time_zone == of.meeting.time_zone
    places = {p.session: [(s.day, s.start, s.end, back.room_title(p.room)) for s in p.segments] for p in again}
    assert places == {p.session: [(s.day, s.start, s.end, of.room_title(p.room)) for s in p.segments] for p in held}
    assert [violation.message for violation in check(back, again).violations if violation.hard] == []


def test_a_session_that_changes_its_room_overnight_may_do_so_again(tmp_path: Path) -> None:
    whole = {"room_may_change": {"price": 5}, "sessions": {"x": "9h"}}
    of = small({"X": whole}, rooms=[{"id": "one"}, {"id": "two"}])
    held = timetable(of, {"x": "Tue 10:00 one,two"})
    (tmp_path / "file").write_bytes(frab_bytes(of, held))
    back, again = brought(read_frab(str(tmp_path / "file")), tmp_path)
    assert again is not None
    assert [placement.rooms for placement in again] == [("one", "two")]
    assert [violation.message for violation in check(back, again).violations if violation.hard] == []


def _event(title: str, date: str, duration: str = "00:30", **more: Any) -> dict[str, Any]:
    return {"title": title, "date": date, "duration": duration, "track": None, "persons": []} | more


def _pretalx(*events: dict[str, Any], **head: Any) -> dict[str, Any]:
    days = [{"date": "2027-03-01", "rooms": {"Hall": list(events)}}]
    return {"schedule": {"conference": {"title": "Forum", "days": days} | head}}


def _write(folder: Path, data: Any) -> str:
    (folder / "schedule.json").write_text(json.dumps(data), "utf-8")
    return str(folder / "schedule.json")


def test_slots_are_the_hours_in_which_something_is_held(tmp_path: Path) -> None:
    """Pauses of less than half an hour are part of a slot; a night is one slot over midnight."""
    data = _pretalx(
        _event("A", "2027-03-01T09:00:00+01:00", persons=[{"public_name": "Ann", "biography": "Long"}]),
        _event("B", "2027-03-01T09:50:00+01:00", "00:40", abstract="Words"),
        _event("C", "2027-03-01T11:00:00+01:00"),
        _event("D", "2027-03-01T23:30:00+01:00", "01:30"),
    )
    schedule = read_pretalx(_write(tmp_path, data))
    of, held = brought(schedule, tmp_path)
    assert [slot.hours for slot in of.calendar.axis.slots] == ["09:00-10:30", "11:00-11:30", "23:30-01:00"]
    assert of.grain == 10
    assert held is not None
    assert {p.session: p.segments[0].start for p in held} == {"a": 540, "b": 590, "c": 660, "d": 1410}
    assert schedule.left_out == {"abstract": 1, "biography": 1}
    assert [rule.rule for rule in of.rules] == ["within_slot", "presenters_apart"]


@pytest.mark.parametrize(
    ("zone", "dates", "taken"),
    [
        ("Europe/Zurich", ["2027-03-01T09:00:00+01:00", "2027-07-01T09:00:00+02:00"], "Europe/Zurich"),
        ("UTC", ["2027-03-01T09:00:00+01:00"], "Etc/GMT-1"),
        ("", ["2027-03-01T09:00:00Z"], "UTC"),
        ("Nowhere/Land", ["2027-03-01T09:00:00+05:30"], None),
        ("UTC", ["2027-03-01T09:00:00+01:00", "2027-03-01T10:00:00+02:00"], None),
        ("Europe/Zurich", ["2027-03-01T09:00:00"], "Europe/Zurich"),
    ],
)
def test_a_time_zone_is_taken_if_the_hours_are_of_it(
    zone: str, dates: list[str], taken: str | None, tmp_path: Path
) -> None:
    events = [_event(f"T{number}", date) for number, date in enumerate(dates)]
    schedule = read_pretalx(_write(tmp_path, _pretalx(*events, time_zone_name=zone)))
    assert schedule.zone == taken
    assert bool(schedule.notes) is (taken != zone)


def test_an_old_schedule_without_dates_of_events_is_read_by_its_days(tmp_path: Path) -> None:
    """What starts before the day begins is of the night after it."""
    event = '<event id="{0}"><title>{1}</title><start>{2}</start><duration>01:00</duration></event>'
    (tmp_path / "old.xml").write_text(
        "<schedule><conference><title>Camp</title></conference>"
        '<day date="2027-03-01" start="2027-03-01T10:00:00+01:00"><room name="Tent">'
        f"{event.format(1, 'Day', '22:00')}{event.format(2, 'Night', '00:30')}</room></day></schedule>",
        "utf-8",
    )
    schedule = read_frab(str(tmp_path / "old.xml"))
    assert [(str(t.held[0].day), t.held[0].start) for t in schedule.talks] == [("2027-03-01", 1320), ("2027-03-02", 30)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<schedule>", "line 1, column 11: this is no XML: export the schedule as frab XML"),
        ("<html/>", "this is no schedule: export the schedule as frab XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><schedule/>', "it declares entities or a document type, which none needs"),
        ("<schedule><conference/></schedule>", "no event of this schedule has a title and a duration"),
        (
            "<schedule><conference/><day><room name='R'><event id='7'><title>T</title><duration>1:00</duration>"
            "</event></room></day></schedule>",
            "event 7 begins at no time that can be read: write '2027-03-01T10:00:00+01:00'",
        ),
    ],
)  # fmt: skip
def test_what_is_no_schedule_is_refused_in_a_sentence(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        read_frab(str(tmp_path / "bad.xml"))
    assert str(refused.value) == f"{tmp_path / 'bad.xml'}: {message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "'schedule' is missing or no object"),
        ({"schedule": {"conference": {"days": {}}}}, "'days' is missing or no list"),
        ({"schedule": {"conference": {"days": [{"rooms": {"R": [3]}}]}}}, "'days[0].rooms['R'][0]' is missing"),
        (_pretalx(_event("T", "soon")), "days[0].rooms['Hall'][0] begins at no time that can be read"),
        (_pretalx(_event("T", "2027-03-01T09:00:00", "999:00")), "no scenario can hold this schedule"),
    ],
)
def test_json_that_is_no_schedule_too(data: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        ImportedScenario(read_pretalx(_write(tmp_path, data)), "schedule.json").yaml()
    assert message in str(refused.value)


def _list(folder: Path, text: str) -> Schedule:
    (folder / "talks.csv").write_text(text, "utf-8")
    return read_list(str(folder / "talks.csv"))


def test_a_list_of_sessionize_a_row_for_each_speaker(tmp_path: Path) -> None:
    schedule = _list(
        tmp_path,
        "Session Id,Title,Description,Owner,Session format,Track,Room,Scheduled At,Scheduled Duration,"
        "FirstName,LastName,Status\n"
        "1,One,Words,Ann Lee,Talk,Law,Hall,2027-03-01 09:00,45,Ann,Lee,Accepted\n"
        "1,One,Words,Ann Lee,Talk,Law,Hall,2027-03-01 09:00,45,Bo,Chen,Accepted\n"
        "2,Two,,Cy Doe,Workshop (2 hours),,,,,Cy,Doe,Accepted\n"
        "3,Three,,Di,Talk,,,,,Di,Eve,Declined\n",
    )
    one, two = schedule.talks
    assert (one.people, one.minutes, str(one.held[0].day), one.held[0].start) == (
        ("Ann Lee", "Bo Chen"), 45, "2027-03-01", 540,
    )  # fmt: skip
    assert (two.people, two.minutes, two.held) == (("Cy Doe",), 120, ())
    assert schedule.notes == (
        "one row with a status such as Declined: left out",
        "columns that are left out: 'Description'",
    )
    of, held = brought(schedule, tmp_path)
    assert [(str(session), body.title) for session, body in of.body_of.items()] == [
        ("one", "Law"),
        ("two", "Programme"),
    ]
    assert held is not None
    assert list(held.placements) == ["one"]


@pytest.mark.parametrize(
    ("begins", "start"),
    [
        ("2027-03-01T09:05", ("2027-03-01", 545)),
        ("13/3/2027 14:00", ("2027-03-13", 840)),
        ("3/13/2027 2:00 PM", ("2027-03-13", 840)),
        ("1.3.2027 14:00", ("2027-03-01", 840)),
        ("1 Mar 2027 12:30 am", ("2027-03-01", 30)),
        ('"March 1, 2027 9:00"', ("2027-03-01", 540)),
    ],
)
def test_dates_as_lists_have_them(begins: str, start: tuple[str, int], tmp_path: Path) -> None:
    (talk,) = _list(tmp_path, f"title,start,duration\nOne,{begins},45\n").talks
    assert (str(talk.held[0].day), talk.held[0].start) == start


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,x\na,b\n", "no column names the titles"),
        ("title,start,duration\nOne,3/4/2027 14:00,45\n", "'3/4/2027 14:00' can be read in two ways: write it as"),
        ("title,start,duration\nOne,31/2/2027 14:00,45\n", "'31/2/2027 14:00' is no date with a time of day"),
        ("title,start,duration\nOne,2027-03-01 29:00,45\n", "'2027-03-01 29:00' is no date with a time of day"),
        ("title,duration\nOne,long\n", "'long' is not a duration"),
        ("title,status\nOne,Declined\n", "no row of this list is a talk that is held"),
    ],
)
def test_a_list_that_cannot_be_understood_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ScheduleError) as refused:
        _list(tmp_path, text)
    assert message in str(refused.value)


def test_a_list_without_hours_gets_days_that_are_made_up_and_say_so(tmp_path: Path) -> None:
    """Three talks of 30 minutes."""
    schedule = _list(tmp_path, "title;speakers\nOne;Ann Lee\nTwo;Ann Lee\nThree;\n")
    of, held = brought(schedule, tmp_path)
    assert held is None
    assert {of.minutes(session) for session in of.sessions} == {30}
    assert [str(day) for day in of.calendar.axis.days] == ["2030-01-07"]
    text = (tmp_path / "new.yaml").read_text("utf-8")
    assert "# made up, because the file does not say it: the lengths of 3 sessions, 30m each\n" in text
    assert "# made up, because the file does not say it: days and hours\n" in text
    assert text.count("  # made up\n") == 3


def test_the_command_writes_what_check_takes_and_tells_what_is_left_out(schedule: Command, tmp_path: Path) -> None:
    of, held = source()
    (tmp_path / "file.xml").write_bytes(frab_bytes(of, held))
    run = schedule("import", tmp_path / "file.xml", "--format", "frab", "-o", tmp_path)
    assert run.status == 0
    assert "note: left out, because a scenario has no place for it: abstract (5)" in run.err
    assert schedule("check", tmp_path / "small.yaml", tmp_path / "small.timetable.csv").status == 0
    assert schedule("import", tmp_path / "file.xml", "--format", "frab", "--sheet", "x").status == 2
