"""What ``repeats`` may name, what a repeat is like, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.altering import holding, leaving_out
from scheduler.domain.base import SessionId
from scheduler.explanation.set_values import with_settings
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

SCENARIO = """\
name: again
meeting: {series: Again, annex_title: AGAIN}
calendar: {slots: [10:00-12:00, 15:00-17:00], days: [2027-02-23, 2027-02-24]}
officers: [{id: chair, post: Chair}, {id: deputy, post: Deputy}]
bodies:
  - id: WG
    sessions:
      - {id: one, title: Item 1, duration: 2h, officers: [chair], presenters: [Ada], position: 1, attendance: 20}
      - {id: again, REPEAT}
  - {id: TR, sessions: [{id: tr, duration: 1h}]}
"""


def read(folder: Path, repeat: str) -> Scenario:
    path = folder / "again.yaml"
    path.write_text(SCENARIO.replace("REPEAT", repeat), "utf-8")
    loaded = load(path)
    assert loaded.warnings == ()
    return loaded.scenario


def ids(*names: str) -> tuple[SessionId, ...]:
    return tuple(map(SessionId, names))


def test_a_repeat_is_as_what_it_repeats_but_its_position(tmp_path: Path) -> None:
    of = read(tmp_path, "repeats: one")
    one, again = (of.sessions[session] for session in ids("one", "again"))
    assert again == one.model_copy(update={"id": "again", "repeats": "one", "position": None})
    assert of.minutes(SessionId("again")) == 120
    assert of.held_again == {"one": ("one", "again")}
    assert [of.title(session) for session in of.sessions] == ["WG Item 1", "WG Item 1 (repeated)", "TR"]


def test_what_a_repeat_says_itself_counts(tmp_path: Path) -> None:
    of = read(tmp_path, "repeats: one, duration: 1h, officers: [deputy], presenters: [], title: For the Pacific")
    again = of.sessions[SessionId("again")]
    assert (again.duration.likely, again.officers, again.presenters, again.attendance) == (60, ("deputy",), (), 20)
    assert of.title(SessionId("again")) == "WG For the Pacific"


def test_a_longer_session_is_longer_each_time(tmp_path: Path) -> None:
    of = read(tmp_path, "repeats: one")
    longer = with_settings(of, ["bodies.WG.sessions.one.duration=1h"])
    assert [longer.minutes(session) for session in ids("one", "again")] == [60, 60]
    assert from_data(of.document) == of
    again = of.document["bodies"][0]["sessions"][1]
    assert {key: value for key, value in again.items() if value} == {"id": "again", "repeats": "one"}


THIRD = "}\n      - {id: third, repeats: again"


@pytest.mark.parametrize(
    ("repeat", "place", "message", "hint"),
    [
        ("repeats: oen", ":9:30", "there is no session 'oen' in this scenario", "did you mean 'one'?"),
        ("repeats: WG", ":9:30", "there is no session 'WG' in this scenario", "known here: one, again, tr"),
        ("repeats: tr", ":9:30", "'tr' is no session of 'WG'", "move it there"),
        ("repeats: again", ":9:30", "'again' cannot repeat itself", "name the session that is held first"),
        ("repeats: [one]", ":9:30", "a text is expected here, not a list", "write repeats: one"),
        ("repeats: 2", ":9:30", "there is no session '2' in this scenario", "known here: one, again, tr"),
        ("repeat: one", ":9:21", "unknown key", "did you mean 'repeats'?"),
        ("title: Again", ":9:9", "'duration' is missing here", ""),
        ("repeats: one, duration: 1:30", ":9:45", "'1:30' is a time of day, not a length", "write 1h30"),
        (f"repeats: one{THIRD}", ":10:30", "'again' itself repeats 'one'", "write repeats: one"),
        (f"repeats: third{THIRD}", ":9:30", "'third' itself repeats 'again'", "leave one of the two"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(tmp_path: Path, repeat: str, place: str, message: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, repeat)
    (told,) = error.value.diagnostics
    assert f":{told.line}:{told.column}" == place
    assert message in told.message
    assert hint in (told.message if "write 1h30" in told.message else told.hint)


def test_an_id_of_another_family_is_no_reference(tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(SCENARIO.replace("REPEAT", "duration: 1h, officers: [TR]"), "utf-8")
    with pytest.raises(ScenarioError, match="there is no officer 'TR'"):
        load(path)


def test_a_row_of_a_table_may_leave_the_length_open(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("id,duration,repeats,title\none,2h,,Item 1\nagain,,one,\n", "utf-8")
    path = tmp_path / "table.yaml"
    head = SCENARIO.partition("bodies:")[0]
    path.write_text(head + "bodies:\n  - {id: WG, sessions: {from: items.csv}}\n", "utf-8")
    of = load(path).scenario
    assert of.held_again == {"one": ("one", "again")}
    (tmp_path / "items.csv").write_text("id,duration,repeats\none,2h,\nagain,,two\nthird,,\n", "utf-8")
    with pytest.raises(ScenarioError) as error:
        load(path)
    assert [(d.line, d.message) for d in error.value.diagnostics] == [
        (3, "there is no session 'two' in this scenario"),
        (4, "'duration' is missing here"),
    ]


def three_times(tmp_path: Path) -> Scenario:
    return read(tmp_path, "repeats: one}\n      - {id: third, repeats: one")


def test_an_empty_list_is_told_to_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(SCENARIO.replace("REPEAT", "repeats: one, officers: [], rooms: []"), "utf-8")
    loaded = load(path)
    (told,) = loaded.warnings
    assert (told.line, told.path) == (9, "bodies[0].sessions[1].officers")
    assert told.message == "an empty list says nothing here: officers are as in 'one', chair"
    assert loaded.scenario.sessions[SessionId("again")].officers == ("chair",)


@pytest.mark.parametrize(
    ("left", "attended"),
    [
        (("one", "again", "third", "tr"), [("one", "again", "third"), ("tr",)]),
        (("again", "third", "tr"), [("tr",)]),
        (("one", "tr"), [("tr",)]),
        (("third",), []),
    ],
)
def test_what_is_held_at_some_times_alone_can_be_attended_at_the_others(
    tmp_path: Path, left: tuple[str, ...], attended: list[tuple[str, ...]]
) -> None:
    held = holding(three_times(tmp_path), ids(*left))
    assert tuple(held.sessions) == left
    assert [held.minutes(session) for session in held.sessions if session != "tr"] == [120] * (
        len(left) - ("tr" in left)
    )
    assert held.attended(held.sessions) == attended


@pytest.mark.parametrize(
    ("out", "attended"),
    [
        (("one",), [("again", "third"), ("tr",)]),
        (("again",), [("one", "third"), ("tr",)]),
        (("one", "third"), [("again",), ("tr",)]),
        (("one", "again", "third"), [("tr",)]),
    ],
)
def test_what_is_left_out_is_attended_at_the_times_that_are_left(
    tmp_path: Path, out: tuple[str, ...], attended: list[tuple[str, ...]]
) -> None:
    left = leaving_out(three_times(tmp_path), ids(*out))
    assert left.attended(left.sessions) == attended
