"""The timetable for other programs, held to a statement of our own of what their formats ask."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from support.letters import document, from_data, letter
from support.small import scenario as small
from support.small import timetable

from exports.calendar.events import identity
from exports.systems.frab import frab_bytes
from exports.systems.lists import ODOO_COLUMNS, indico_bytes, odoo_bytes
from exports.systems.pretalx import pretalx_bytes
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
OF_EVENT = {
    "room": ".+", "title": ".+", "subtitle": "|Part [0-9]+ of [0-9]+", "type": "meeting|side event", "date": MOMENT,
    "start": r"\d\d:\d\d", "duration": r"\d\d:\d\d", "abstract": ".*", "slug": r"[a-z0-9_]{4,}-[a-z0-9_-]{4,}",
    "track": ".+", "persons": r"\s*", "recording": r"\s*",
}  # fmt: skip
"""What an event of frab XML has, and how it reads."""
HOSTILE = "]]></title><event>&amp; <b>x</b>\x07\u202e\r\nend"


def held(of: Scenario) -> Timetable:
    found = solve(of, Settings(workers=1)).timetable
    assert found is not None
    return found


def xml_events(data: bytes) -> list[Element]:
    return list(ElementTree.fromstring(data).iter("event"))


def json_events(data: bytes) -> Iterator[dict[str, Any]]:
    for day in json.loads(data)["schedule"]["conference"]["days"]:
        for room, events in day["rooms"].items():
            assert all(event["room"] == room and event["date"].startswith(day["date"]) for event in events)
            yield from events


@pytest.fixture(scope="module")
def week() -> tuple[Scenario, Timetable]:
    of = letter("csp10")
    return of, held(of)


def test_an_event_of_frab_has_what_the_format_asks(week: tuple[Scenario, Timetable]) -> None:
    root = ElementTree.fromstring(frab_bytes(*week))
    assert [child.tag for child in root] == ["generator", "version", "conference", *["day"] * 4]
    assert [day.get("index") for day in root.iter("day")] == ["1", "2", "3", "4"]
    events = xml_events(frab_bytes(*week))
    for event in events:
        assert {
            child.tag: bool(re.fullmatch(OF_EVENT[child.tag], child.text or "")) for child in event
        } == dict.fromkeys(OF_EVENT, True)
        assert re.fullmatch(UUID, event.get("guid", ""))
        assert int(event.get("id", "0")) > 0
    for unique in ("guid", "id"):
        assert len({event.get(unique) for event in events}) == len(events) == 8
    assert len({event.findtext("slug") for event in events}) == 8


def test_hours_rooms_bodies_and_who_is_kept_out(week: tuple[Scenario, Timetable]) -> None:
    """CSP10: eight half-days in four days, the forum on Thursday afternoon closed."""
    found = [(e.findtext("date"), e.findtext("duration"), e.findtext("track")) for e in xml_events(frab_bytes(*week))]
    assert [moment for moment, _, _ in found] == [
        f"2024-02-{day}T{hour}:00:00+01:00" for day in (20, 21, 22, 23) for hour in (10, 15)
    ]
    assert {length for _, length, _ in found} == {"03:00"}
    (forum,) = [event for event in json_events(pretalx_bytes(*week)) if event["do_not_stream"]]
    assert (forum["track"], forum["date"], forum["do_not_record"]) == ("DIEF", "2024-02-22T15:00:00+01:00", True)
    assert "Open to States Parties and signatory States only." in forum["abstract"]
    closed = [e.findtext("track") for e in xml_events(frab_bytes(*week)) if e.findtext("recording/optout") == "true"]
    assert closed == ["DIEF"]


def test_both_formats_and_the_calendar_know_an_event_by_one_identity(week: tuple[Scenario, Timetable]) -> None:
    in_xml = [event.get("guid") for event in xml_events(frab_bytes(*week))]
    assert [event["guid"] for event in json_events(pretalx_bytes(*week))] == in_xml
    assert str(identity(week[0], "dief")) in in_xml


def test_a_session_of_several_half_days_says_its_parts() -> None:
    of = small({"A": "6h", "B": "3h"})
    data = pretalx_bytes(of, timetable(of, {"a": "Tue 10:00", "b": "Wed 10:00"}))
    found = [(event["slug"], event["title"], event["subtitle"]) for event in json_events(data)]
    assert found == [
        ("small-session-a", "A", "Part 1 of 2"),
        ("small-session-a-part-2", "A", "Part 2 of 2"),
        ("small-session-b", "B", ""),
    ]


def _named(**meeting: Any) -> Scenario:
    sessions = {"a": {"duration": "3h", "presenters": ["Ann Lee", "tbc"], "attendees": ["Guest"]}}
    return small(
        {"A": {"officers": ["chair"], "sessions": sessions}},
        officers=[{"id": "chair", "post": "Chair", "name": "Amb. Example"}],
        meeting={"series": "Small", "annex_title": "SMALL"} | meeting,
    )


@pytest.mark.parametrize(
    ("meeting", "names"),
    [
        ({}, ["Ann Lee"]),
        ({"names_in_list": ["officers", "attendees"]}, ["Amb. Example"]),
        ({"names_in_programme": True}, ["Amb. Example", "Ann Lee"]),
        ({"names_in_list": False}, []),
    ],
)
def test_speakers_are_named_and_officers_where_the_scenario_prints_them(meeting: Any, names: list[str]) -> None:
    of = _named(**meeting)
    (event,) = json_events(pretalx_bytes(of, timetable(of, {"a": "Tue 10:00"})))
    assert [person["public_name"] for person in event["persons"]] == names


def test_a_side_event_is_one_too_and_its_duration_is_real_time_when_the_clock_changes() -> None:
    """From 01:00 to 04:00 in the night in which summer time begins, two hours pass."""
    events = [{"day": "2025-03-30", "title": "Vigil", "hours": "01:00-04:00", "speakers": ["Ann Lee"]}]
    of = small({"A": "3h"}, days=["2025-03-30"], side_events=events)
    _, event = json_events(pretalx_bytes(of, timetable(of, {"a": "Sun 10:00"})))
    assert (event["date"], event["end"]) == ("2025-03-30T01:00:00+01:00", "2025-03-30T04:00:00+02:00")
    assert (event["duration"], event["room"], event["type"]) == ("02:00", "Room to be confirmed", "side event")
    assert [person["public_name"] for person in event["persons"]] == ["Ann Lee"]


def test_a_zone_whose_name_the_schema_does_not_take_is_left_out() -> None:
    for zone, named in (("Europe/Zurich", True), ("UTC", True), ("Etc/GMT-2", False)):
        of = small({"A": "3h"}, meeting={"series": "S", "annex_title": "T", "time_zone": zone})
        conference = json.loads(pretalx_bytes(of, timetable(of, {"a": "Tue 10:00"})))["schedule"]["conference"]
        assert ("time_zone_name" in conference) is named


def test_indico_gets_seven_columns_without_a_header(week: tuple[Scenario, Timetable]) -> None:
    data = indico_bytes(*week)
    rows = list(csv.reader(data.decode("ascii").splitlines()))
    assert {len(row) for row in rows} == {7}
    assert rows[5] == ["2024-02-22 15:00", "180", "DIEF", "", "", "", ""]
    of = _named()
    (row,) = csv.reader(indico_bytes(of, timetable(of, {"a": "Tue 10:00"})).decode().splitlines())
    assert row == ["2025-02-25 10:00", "180", "A", "Ann", "Lee", "", ""]


def test_odoo_gets_tracks_with_external_ids(week: tuple[Scenario, Timetable]) -> None:
    header, *rows = csv.reader(io.StringIO(odoo_bytes(*week).decode("utf-8-sig"), newline=""))
    assert tuple(header) == ODOO_COLUMNS
    assert len({row[0] for row in rows}) == 8
    forum = dict(zip(header, rows[5], strict=True))
    assert (forum["id"], forum["date"], forum["duration"]) == ("csp10_session_dief", "2024-02-22 15:00:00", "3")


def test_hostile_texts_stay_texts() -> None:
    data = document("csp10")
    data["meeting"]["series"] = data["bodies"][0]["label"] = data["rooms"][0]["name"] = HOSTILE
    of = from_data(data)
    found = held(of)
    shown = "]]></title><event>&amp; <b>x</b> end"
    events = xml_events(frab_bytes(of, found))
    assert len(events) == 8
    assert {event.findtext("room") for event in events} == {shown}
    assert {event["room"] for event in json_events(pretalx_bytes(of, found))} == {shown}
    assert ElementTree.fromstring(frab_bytes(of, found)).findtext("conference/title") == shown
    assert len(indico_bytes(of, found).decode().splitlines()) == 8


def test_two_rooms_of_one_name_stay_two() -> None:
    rooms = [{"id": "one", "name": "Hall"}, {"id": "two", "name": "Hall"}]
    of = small({"A": "3h", "B": "3h"}, rooms=rooms)
    data = pretalx_bytes(of, timetable(of, {"a": "Tue 10:00 one", "b": "Tue 10:00 two"}))
    assert [event["room"] for event in json_events(data)] == ["Hall", "Hall (2)"]


def test_the_same_in_the_same_bytes(week: tuple[Scenario, Timetable]) -> None:
    for write in (frab_bytes, pretalx_bytes, indico_bytes, odoo_bytes):
        assert write(*week) == write(letter("csp10"), held(letter("csp10")))
