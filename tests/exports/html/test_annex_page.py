"""The annex as a web page: what it says, in which hours, and that nothing in a text gets out of its place."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from support.letters import document, from_data, letter
from support.pages import Page
from support.small import scenario as small
from support.small import timetable

from exports.html.annex import html_bytes
from scheduler.outcome import Settings
from scheduler.scenario import Scenario
from scheduler.solving.engine import solve

HOSTILE = "</script><script>alert(1)</script><b>"


def shown(of: Scenario) -> str:
    held = solve(of, Settings(workers=1)).timetable
    assert held is not None
    return html_bytes(of, held).decode()


@pytest.fixture(scope="module")
def source() -> str:
    return shown(letter("csp11"))


def linked(source: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Page(source).text("script").split('"use strict"')[0])
    return found


def test_only_its_own_script_may_run_and_nothing_is_asked_for(source: str) -> None:
    page = Page(source)
    assert page.open == []
    (policy,) = [str(a["content"]) for a in page.of("meta") if "http-equiv" in a]
    script = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    assert len(script) == 1
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert {tag for tag, _ in page.tags} & {"img", "link", "iframe", "object", "base"} == set()
    assert [a for _, attributes in page.tags for a in attributes if a.startswith("on") or a in ("src", "style")] == []
    assert set(re.findall(r"https?://[^/\"]+", source)) == {"https://schema.org"}


def test_the_list_has_every_session_with_its_moment(source: str) -> None:
    """Of the letter of CSP11: the second Working Group begins on Thursday at 11:30, and goes on after lunch."""
    rows = [(a["data-begins"], a["data-ends"]) for a in Page(source).of("tr") if a.get("data-body") == "WGTU"]
    assert rows == [
        ("2025-02-27T11:30:00+01:00", "2025-02-27T13:00:00+01:00"),
        ("2025-02-27T15:00:00+01:00", "2025-02-27T18:00:00+01:00"),
    ]
    assert "Hours are Geneva local time" in Page(source).text("caption")


def test_search_engines_find_the_meeting_and_what_is_held(source: str) -> None:
    found = linked(source)
    assert (found["@type"], found["startDate"], found["endDate"]) == ("Event", "2025-02-25", "2025-02-28")
    assert found["location"]["name"] == "Centre International de Conf\u00e9rences Gen\u00e8ve (CICG)"
    assert [part["startDate"] for part in found["subEvent"]][:2] == [
        "2025-02-25T10:00:00+01:00",
        "2025-02-25T15:00:00+01:00",
    ]
    assert len(found["subEvent"]) == 9


def test_what_ends_after_midnight_ends_on_the_next_day() -> None:
    of = small({"A": "3h"}, days=["2025-03-29"], slots=["22:00-01:00"])
    page = Page(html_bytes(of, timetable(of, {"a": "Sat 22:00"})).decode())
    assert [(a["data-begins"], a["data-ends"]) for a in page.of("tr") if "data-begins" in a] == [
        ("2025-03-29T22:00:00+01:00", "2025-03-30T01:00:00+01:00")
    ]


def test_whatever_a_scenario_says_stays_text() -> None:
    data = document("csp11")
    data["meeting"]["series"] = data["meeting"]["annex_title"] = data["meeting"]["venue"] = HOSTILE
    data["meeting"]["footnotes"] = [HOSTILE]
    for body in data["bodies"]:
        body["label"] = body["name"] = HOSTILE
    source = shown(from_data(data))
    harmless = Page(shown(letter("csp11")))
    page = Page(source)
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in harmless.tags}
    assert len(page.of("script")) == 2
    assert linked(source)["name"] == HOSTILE
    assert "<b>" not in source


def test_the_same_in_the_same_bytes(source: str) -> None:
    assert shown(letter("csp11")) == source


def test_a_programme_of_many_rooms_has_a_table_for_each_day_and_the_rooms_in_its_list() -> None:
    rooms = [{"id": name, "name": f"Room {name.upper()}"} for name in "abcd"]
    of = small({name.upper(): {name: "3h"} for name in "klmn"}, days=["2025-02-25"], rooms=rooms)
    held = timetable(of, {k: f"Tue 10:00 {r}" for k, r in zip("klmn", "abcd", strict=True)})
    page = Page(html_bytes(of, held).decode())
    assert page.text("caption").startswith("Tuesday 25 February")
    assert [text for tags, text in page.inside if tags[-2:] == ("tr", "td") and text.startswith("Room")] == [
        "Room A", "Room B", "Room C", "Room D",
    ]  # fmt: skip


def test_the_list_says_what_is_repeated_and_the_head_names_the_only_room() -> None:
    rooms = [{"id": "p", "name": "Plenary"}, {"id": "z", "name": "Room Z"}]
    sessions = {"a": {"duration": "1h", "title": "Item 1"}, "b": {"repeats": "a"}}
    of = small({"WG": {"sessions": sessions}}, rooms=rooms)
    source = html_bytes(of, timetable(of, {"a": "Tue 10:00 z", "b": "Wed 10:00 z"})).decode()
    rows = re.findall(r"<tr[^>]*data-body=\"WG\".*?</tr>", source, re.DOTALL)
    assert ["Item 1 (repeated)" in row for row in rows] == [False, True]
    assert re.search(r"Room Z\s+\u00b7\s+all times", source)
