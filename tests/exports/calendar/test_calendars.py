"""Calendars, read back by another library: who gets what, updates and cancellations, and nothing but text in texts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from support.command import Command
from support.letters import document, from_data, letter
from support.small import scenario as small
from support.small import timetable

from exports.calendar.events import changes, events_of
from exports.calendar.ics import calendars
from exports.calendar.zone import zone_between
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

HOSTILE = "Item 1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:planted, and; more"


def held(of: Scenario) -> Timetable:
    found = solve(of, Settings(workers=1)).timetable
    assert found is not None
    return found


def files(of: Scenario, found: Timetable) -> dict[str, bytes]:
    return dict(calendars(of, events_of(of, found)))


def entries(data: bytes) -> list[dict[str, Any]]:
    """Each event by what it says."""
    vars(vobject.icalendar)["__tzidMap"].clear()  # it keeps the first zone of a name
    found = vobject.readOne(data.decode())
    return [{child.name.lower(): child.value for child in event.getChildren()} for event in found.vevent_list]


@pytest.fixture(scope="module")
def week() -> dict[str, bytes]:
    of = letter("csp10")
    return files(of, held(of))


def test_every_stretch_of_every_session_is_an_event_at_its_hours(week: dict[str, bytes]) -> None:
    """Of the letter of CSP10: eight half-days in four days, the forum on Thursday afternoon."""
    found = entries(week["ics"])
    zone = ZoneInfo("Europe/Zurich")
    hours = [(event["dtstart"], event["dtend"]) for event in found]
    assert hours == [
        (datetime(2024, 2, day, start, tzinfo=zone), datetime(2024, 2, day, start + 3, tzinfo=zone))
        for day in (20, 21, 22, 23)
        for start in (10, 15)
    ]
    (forum,) = [event for event in found if event.get("class") == "CONFIDENTIAL"]
    assert (forum["summary"], forum["dtstart"].day, forum["dtstart"].hour) == ("DIEF", 22, 15)
    assert forum["description"] == (
        "Diversion Information Exchange Forum (DIEF). Open to States Parties and signatory States only. Draft "
        "schedule, subject to change."
    )
    assert {event["status"] for event in found} == {"TENTATIVE"}
    assert {event["location"] for event in found} == {"Centre International de Conférences Genève (CICG)"}


def test_nobody_gets_what_they_may_not_attend(week: dict[str, bytes]) -> None:
    kept_out = ("observer-states", "organisations", "civil-society", "industry")
    assert [name for name in week if name.startswith("for-")] == [f"for-{audience}.ics" for audience in kept_out]
    assert all(b"DIEF" not in week[f"for-{audience}.ics"] for audience in kept_out)
    assert all(len(entries(week[f"for-{audience}.ics"])) == 7 for audience in kept_out)


def test_each_body_has_a_calendar(week: dict[str, bytes]) -> None:
    counts = {name: len(entries(week[name])) for name in week if name.startswith("of-")}
    assert counts == {"of-WGETI.ics": 4, "of-WGTU.ics": 1, "of-DIEF.ics": 1, "of-WGTR.ics": 2}


def test_the_same_in_the_same_bytes(week: dict[str, bytes]) -> None:
    of = letter("csp10")
    assert files(of, held(of)) == week


def test_what_a_text_says_stays_in_its_line() -> None:
    data = document("csp10")
    data["meeting"]["venue"] = data["bodies"][0]["label"] = HOSTILE
    of = from_data(data)
    found = entries(files(of, held(of))["ics"])
    assert len(found) == 8
    assert {event["location"] for event in found} == {"Item 1 END:VEVENT BEGIN:VEVENT SUMMARY:planted, and; more"}


def test_a_session_over_midnight_ends_on_the_next_day_before_the_change_of_the_clock() -> None:
    of = small({"A": "3h", "B": "1h"}, days=["2025-03-29", "2025-03-30"], slots=["22:00-01:00"])
    one, other = entries(files(of, timetable(of, {"a": "Sat 22:00", "b": "Sun 22:00"}))["ics"])
    assert one["dtstart"].isoformat() == "2025-03-29T22:00:00+01:00"
    assert one["dtend"].isoformat() == "2025-03-30T01:00:00+01:00"
    assert other["dtstart"].isoformat() == "2025-03-30T22:00:00+02:00"


def test_the_zone_changes_its_clock_when_summer_time_begins() -> None:
    """On 30 March 2025 at 02:00, and on 26 October at 03:00, both as the clock said until then."""
    spring = zone_between("Europe/Zurich", date(2025, 3, 29), date(2025, 3, 31)).to_ical().decode().split()
    assert [line for line in spring if line.startswith(("DTSTART", "TZOFFSET", "TZNAME"))] == [
        "DTSTART:20250329T010000", "TZNAME:CET", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100",
        "DTSTART:20250330T020000", "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
    ]  # fmt: skip
    autumn = zone_between("Europe/Zurich", date(2025, 10, 25), date(2025, 10, 27)).to_ical().decode().split()
    assert "DTSTART:20251026T030000" in autumn


def test_only_what_changes_is_an_update() -> None:
    of = small({"A": "3h", "B": "6h", "C": "3h"})
    one = events_of(of, timetable(of, {"a": "Tue 10:00", "b": "Wed 10:00", "c": "Thu 10:00"}))
    other = events_of(of, timetable(of, {"a": "Tue 15:00", "b": "Wed 10:00", "c": "Thu 10:00"}))
    assert list(one) == ["a", "b", "b/2", "c"]
    assert changes(one, other, {}, 1) == {"a": 1}
    assert changes(other, one, {"a": 1, "c": 1}, 2) == {"a": 2, "c": 1}
    assert changes(one, {name: one[name] for name in ("a", "b")}, {}, 3) == {"b/2": 3, "c": 3}
    assert set(changes(one, one, {}, 4, moved=True).values()) == {4}


def _variant(folder: Path, name: str, base: str, text: str) -> Path:
    (folder / name).write_text(f"extends: {base}\nname: week\n{text}", "utf-8")
    return folder / name


def test_a_calendar_that_takes_in_each_revision_shows_the_last_programme(schedule: Command, tmp_path: Path) -> None:
    """B moves in the first revision and is not held in the second; A stays where it is throughout."""
    base = tmp_path / "week.yaml"
    base.write_text(
        "name: week\n"
        "meeting: {series: Trial, annex_title: TRIAL}\n"
        'calendar: {slots: ["10:00-13:00", "15:00-18:00"], days: [2027-03-02, 2027-03-03]}\n'
        "bodies:\n"
        "  - {id: A, sessions: [{id: a, duration: 3h}]}\n"
        "  - {id: B, sessions: [{id: b, duration: 3h}]}\n"
        "rules:\n"
        '  - {id: a-first, rule: pin, of: [A], start: 2027-03-02, at: "10:00"}\n'
        '  - {id: b-then, rule: pin, of: [B], start: 2027-03-02, at: "15:00"}\n',
        "utf-8",
    )
    away = _variant(tmp_path, "away.yaml", "week.yaml", "set: {rules.b-then.start: 2027-03-03}\n")
    gone = _variant(tmp_path, "gone.yaml", "week.yaml", "remove: [bodies.B, rules.b-then]\n")
    shown: dict[str, tuple[int, str, str]] = {}
    out = tmp_path / "out"
    assert schedule("solve", base, "-o", out).status == 0
    names = ("week.json", "week.rev1.json", "week.rev2.json")
    for document_, scenario, before in zip(names, (None, away, gone), ("", *names), strict=False):
        if scenario is not None:
            done = schedule("replan", scenario, "--from", out / before, "-o", out, "--date", "2027-01-01")
            assert done.status == 0, done.err
        assert schedule("export", out / document_, "--to", "ics", "-o", out).status == 0
        for event in entries((out / f"{document_.removesuffix('.json')}.ics").read_bytes()):
            known = shown.get(event["uid"])
            if known is None or int(event["sequence"]) > known[0]:
                hour = f"{event['dtstart']:%d %H:%M}"
                shown[event["uid"]] = (int(event["sequence"]), event["summary"], f"{hour} {event['status']}")
        told = sorted(shown.values(), key=lambda each: each[1])
        if document_ == "week.json":
            assert told == [(0, "A", "02 10:00 TENTATIVE"), (0, "B", "02 15:00 TENTATIVE")]
        if document_ == "week.rev1.json":
            assert told == [(0, "A", "02 10:00 TENTATIVE"), (1, "B", "03 15:00 TENTATIVE")]
    assert told == [(0, "A", "02 10:00 TENTATIVE"), (2, "B", "03 15:00 CANCELLED")]
