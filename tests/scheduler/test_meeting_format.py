"""How people take part in a meeting: what it costs them, what is printed, and what is told of wrong words."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.small import scenario, timetable

from exports.annex.texts import subtitle
from scheduler.alternatives.pareto import WISHES, _rule
from scheduler.comparison.measures import body_nights, journeys, nights_of_all, officer_nights
from scheduler.comparison.option import Option
from scheduler.errors import InputError
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

TEXT = """\
name: small
meeting: {series: Small, annex_title: SMALL, format: FORMAT}
calendar: {slots: [10:00-13:00], days: [2025-02-25, 2025-02-27, 2025-03-10]}
officers: [{id: chair, post: Chair}]
bodies:
  - {id: A, officers: [chair], sessions: [{id: a, duration: 1h}, {id: b, duration: 1h}]}
  - {id: B, sessions: [{id: c, duration: 1h}]}
rules: [{id: home, rule: nights_away, weight: 1}]
"""


def read(tmp_path: Path, word: str) -> Scenario:
    (tmp_path / "s.yaml").write_text(TEXT.replace("FORMAT", word))
    return load(tmp_path / "s.yaml").scenario


@pytest.mark.parametrize(
    ("word", "figures"),
    [("in_person", [2, 2, 2, 2]), ("hybrid", [2, 2, 2, 2]), ("online", [0, 0, 0, 0])],
)
def test_nobody_travels_to_an_online_meeting(tmp_path: Path, word: str, figures: list[int]) -> None:
    """Tuesday to Thursday are two nights; the third day is eleven nights later, which is a second journey."""
    of = read(tmp_path, word)
    placed = timetable(of, {"a": "Tue 10:00", "b": "Thu 10:00", "c": "Mon 10:00"})
    option = Option("A", "A", of, placed, "optimal")
    assert [rate.measure(option) for rate in (nights_of_all, journeys, officer_nights, body_nights)] == figures


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        ({"venue": "Hall 2", "format": "in_person"}, "Hall 2  ·  all times Zurich local time"),
        ({"venue": "Hall 2", "format": "hybrid"}, "Hall 2 (in person and online)  ·  all times Zurich local time"),
        ({"venue": "Webex", "format": "online"}, "Webex (online)  ·  all times Zurich local time"),
        ({"format": "online"}, "Online  ·  all times Zurich local time"),
        ({"format": "hybrid"}, "In person and online  ·  all times Zurich local time"),
        ({"format": "in_person"}, "all times Zurich local time"),
    ],
)
def test_the_annex_says_where(meeting: dict[str, str], words: str) -> None:
    of = scenario({"A": "1h"}, meeting={"series": "S", "annex_title": "S"} | meeting)
    assert subtitle(of.meeting) == words


def test_a_rule_on_nights_says_nothing_of_an_online_meeting(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(TEXT.replace("FORMAT", "online"))
    assert [each.message for each in load(tmp_path / "s.yaml").warnings] == [
        "the meeting is online and nobody travels: the rule says nothing"
    ]


@pytest.mark.parametrize("wish", ["nights", "officer-nights"])
def test_nights_of_an_online_meeting_are_nothing_to_trade(tmp_path: Path, wish: str) -> None:
    with pytest.raises(InputError, match="the meeting is online, and nobody spends a night away"):
        _rule(read(tmp_path, "online"), wish)
    assert wish == "officer-nights" or WISHES[wish] is _rule(read(tmp_path, "hybrid"), wish)


def test_a_format_is_stored_and_left_out_where_nobody_has_said_it(tmp_path: Path) -> None:
    assert read(tmp_path, "online").document["meeting"]["format"] == "online"
    assert "format" not in scenario({"A": "1h"}).document["meeting"]


@pytest.mark.parametrize("word", ["virtual", "In person", "onlin"])
def test_another_word_is_refused_with_those_that_are_known(tmp_path: Path, word: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, word)
    (found,) = caught.value.diagnostics
    assert (found.line, found.path) == (2, "meeting.format")
    assert found.message == f"'{word}' is not one of: in_person, online, hybrid"
