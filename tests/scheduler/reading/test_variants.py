"""Scenarios that extend another: what they say, and where their mistakes are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.letters import SCENARIOS, letter

from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.loading import load
from scheduler.reading.schema import scenario_schema
from scheduler.scenario import Scenario

BASE = """\
name: base
meeting: {series: Base, annex_title: BASE}
calendar:
  slots: [10:00-13:00]
  days: [Tuesday 2025-02-25, Wednesday 2025-02-26]
officers:
  - {id: chair, post: Chair, vacant: true}
bodies:
  - id: ONE
    sessions:
      - {id: first, duration: 1h}
      - {id: second, duration: 1h}
  - id: TWO
    sessions: [{id: third, duration: 1h}]
rules:
  - {id: in-order, rule: order, of: [ONE, TWO]}
  - {id: plenary, rule: one_at_a_time}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE)
    return tmp_path


def variant(folder: Path, text: str, name: str = "variant") -> Scenario:
    (folder / f"{name}.yaml").write_text(f"extends: base.yaml\nname: {name}\n{text}")
    return load(folder / f"{name}.yaml").scenario


def refusal(folder: Path, text: str, name: str = "variant") -> list[tuple[str, int, str, str]]:
    with pytest.raises(ScenarioError) as caught:
        variant(folder, text, name)
    return [(Path(d.file).name, d.line, d.message, d.hint) for d in caught.value.diagnostics]


def test_a_variant_that_changes_nothing_is_its_base_under_another_name(folder: Path) -> None:
    assert variant(folder, "").document == load(folder / "base.yaml").scenario.document | {"name": "variant"}


def test_values_are_set_by_id_by_date_and_below_sessions(folder: Path) -> None:
    scenario = variant(
        folder,
        "option: Changed\nset:\n  officers.chair.vacant: false\n  sessions.third.duration: 2h\n"
        "  bodies.ONE.sessions.first.title: New\n"
        "  calendar.days.2025-02-26: {date: 2025-02-27}\n  meeting.venue: Here\n",
    )
    assert scenario.option == "Changed"
    assert (scenario.officers[0].vacant, scenario.meeting.venue) == (False, "Here")
    assert [scenario.minutes(session) for session in scenario.sessions] == [60, 60, 120]
    assert scenario.bodies[0].sessions[0].title == "New"
    assert [day.day for day in scenario.calendar.dates] == [25, 27]


def test_people_without_an_id_are_named_in_a_path(folder: Path) -> None:
    people = "people: [{id: lee, name: Ann Lee}, {name: Dr. Bo Ode, absent: [2025-02-25]}]\n"
    (folder / "base.yaml").write_text(BASE + people)
    scenario = variant(folder, "set:\n  people.Dr. Bo Ode.absent: []\n  people.lee.absent: [2025-02-26]\n")
    assert [len(person.absent) for person in scenario.people or ()] == [1, 0]
    assert refusal(folder, "set: {people.Bo.absent: []}\n", "other")[0][2].endswith("there is no 'Bo'")


def test_items_are_added_and_removed_by_id(folder: Path) -> None:
    scenario = variant(
        folder,
        "remove: [rules.in-order, sessions.second]\nadd:\n  rules: [{id: once, rule: within_day, of: [ONE]}]\n"
        "  bodies.TWO.sessions: [{id: fourth, duration: 1h}]\n  rooms: [{id: hall}]\n",
    )
    assert [rule.name for rule in scenario.rules] == ["plenary", "once"]
    assert list(scenario.sessions) == ["first", "third", "fourth"]
    assert [room.id for room in scenario.rooms] == ["hall"]


def test_an_item_can_be_removed_and_added_anew(folder: Path) -> None:
    scenario = variant(
        folder, "remove: [rules.plenary]\nadd: {rules: [{id: plenary, rule: parallel_limit, at_most: 2}]}\n"
    )
    assert [(rule.name, rule.rule) for rule in scenario.rules] == [("in-order", "order"), ("plenary", "parallel_limit")]


def test_a_chain_applies_one_file_after_another(folder: Path) -> None:
    variant(folder, "set: {sessions.first.duration: 2h, meeting.venue: Here}\n", "middle")
    (folder / "last.yaml").write_text("extends: middle.yaml\nname: last\nset: {sessions.first.duration: 3h}\n")
    scenario = load(folder / "last.yaml").scenario
    assert (scenario.name, scenario.meeting.venue, scenario.minutes(next(iter(scenario.sessions)))) == (
        "last",
        "Here",
        180,
    )


def test_a_mistake_in_a_value_is_shown_where_it_was_set(folder: Path) -> None:
    assert refusal(folder, "set:\n  sessions.third.duration: 4 hrs and a bit\n") == [
        ("variant.yaml", 4, "'4 hrs and a bit' is not a duration: write 3h, 1h30 or 90 min", "")
    ]
    assert refusal(folder, "set:\n  officers.chair.vacnat: true\n") == [
        ("variant.yaml", 4, "unknown key", "did you mean 'vacant'?")
    ]


def test_a_mistake_that_is_caused_in_the_base_is_shown_in_the_base(folder: Path) -> None:
    assert [found[:3] for found in refusal(folder, "remove: [bodies.TWO]\n")] == [
        ("base.yaml", 16, "there is no body or session 'TWO' in this scenario")
    ]


def test_a_mistake_in_the_middle_of_a_chain_is_shown_in_the_middle(folder: Path) -> None:
    (folder / "middle.yaml").write_text("extends: base.yaml\nname: middle\nset:\n  sessions.first.duration: 5\n")
    (folder / "variant.yaml").write_text("extends: middle.yaml\nname: variant\n")
    with pytest.raises(ScenarioError) as caught:
        load(folder / "variant.yaml")
    assert [(Path(d.file).name, d.line) for d in caught.value.diagnostics] == [("middle.yaml", 4)]


def test_an_id_that_is_taken_names_the_file_that_has_it(folder: Path) -> None:
    found = refusal(folder, "add:\n  rules:\n    - {id: plenary, rule: within_day}\n")
    assert [(file, line) for file, line, _, _ in found] == [("variant.yaml", 5)]
    assert found[0][2].startswith("the id 'plenary' is taken on line 17 of ")
    assert found[0][2].endswith("base.yaml: choose another")


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        (
            "set:\n  sessions.frist.duration: 1h\n",
            4,
            "the path leads nowhere: there is no 'frist'",
            "did you mean 'first'?",
        ),
        (
            "set:\n  officer.chair.vacant: false\n",
            4,
            "the path leads nowhere: there is no 'officer'",
            "did you mean 'officers'?",
        ),
        ("remove:\n  - rules.plenari\n", 4, "the path leads nowhere: there is no 'plenari'", "did you mean 'plenary'?"),
        ("set:\n  name.first: x\n", 4, "the path leads nowhere: 'name' has nothing below it", ""),
        ("add:\n  rules: {id: x}\n", 4, "a list is expected here: write the items that are added as '- ...' lines", ""),
        ("add:\n  meeting: [x]\n", 4, "'meeting' is no list: put a value there with set", ""),
        ("remove: rules.plenary\n", 3, "'remove' is written as '- path' lines", ""),
        ("rules: []\n", 3, "unknown key in a scenario that extends another", "write set: {rules: ...}"),
    ],
)
def test_a_path_that_leads_nowhere_is_shown_with_a_remedy(
    folder: Path, text: str, line: int, message: str, hint: str
) -> None:
    assert refusal(folder, text) == [("variant.yaml", line, message, hint)]


@pytest.mark.parametrize(
    "written", ["/etc/passwd", "/base.yaml", "http://example.org/base.yaml", "..", "base.json", "C:\\base.yaml"]
)
def test_what_is_no_relative_path_to_a_scenario_is_refused(folder: Path, written: str) -> None:
    (folder / "variant.yaml").write_text(f"extends: '{written}'\nname: variant\n")
    with pytest.raises(ScenarioError) as caught:
        load(folder / "variant.yaml")
    assert [d.message for d in caught.value.diagnostics] == [
        f"'{written}' is no relative path to a scenario: write one, as in ../csp11.yaml"
    ]


def test_a_circle_and_a_missing_file_are_refused(folder: Path) -> None:
    (folder / "one.yaml").write_text("extends: two.yaml\nname: one\n")
    (folder / "two.yaml").write_text("extends: ./one.yaml\nname: two\n")
    (folder / "self.yaml").write_text("extends: self.yaml\nname: self\n")
    (folder / "lost.yaml").write_text("extends: nowhere.yaml\nname: lost\n")
    said = {}
    for name in ("one", "self", "lost"):
        with pytest.raises(ScenarioError) as caught:
            load(folder / f"{name}.yaml")
        said[name] = [(Path(d.file).name, d.line, d.message.split(": ")[0]) for d in caught.value.diagnostics]
    assert said == {
        "one": [("two.yaml", 1, "the chain of scenarios closes here")],
        "self": [("self.yaml", 1, "the chain of scenarios closes here")],
        "lost": [("lost.yaml", 1, f"{folder / 'nowhere.yaml'}")],
    }


def test_a_variant_needs_a_name_of_its_own(folder: Path) -> None:
    (folder / "variant.yaml").write_text("extends: base.yaml\n")
    with pytest.raises(ScenarioError) as caught:
        load(folder / "variant.yaml")
    assert [d.message for d in caught.value.diagnostics] == ["'name' is missing here: a variant has a name of its own"]


def test_the_option_sets_are_valid_and_one_is_the_letter_itself() -> None:
    names = sorted(path.stem for path in (SCENARIOS / "options").glob("*.yaml"))
    assert [load(SCENARIOS / "options" / f"{name}.yaml").scenario.name for name in names] == names
    published = load(SCENARIOS / "options" / "csp11-a-published.yaml").scenario
    assert published.rules == letter("csp11").rules


def test_halved_items_are_marked_as_estimates_and_fill_one_day() -> None:
    scenario = load(SCENARIOS / "options" / "csp12-b-one-day.yaml").scenario
    assert sum(scenario.minutes(session) for session in scenario.sessions) == 360
    assert {str(session.source)[:8] for session in scenario.sessions.values()} == {"estimate"}
    assert "estimate" in str(scenario.option)


def test_the_schema_for_editors_knows_both_kinds_of_file() -> None:
    schema = scenario_schema()
    assert set(schema["then"]["propertyNames"]["enum"]) == {"extends", "name", "option", "set", "add", "remove"}
    assert schema["else"]["required"] == ["name", "meeting", "calendar", "bodies"]
    assert {"extends", "set", "add", "remove", "rules"} <= set(schema["properties"])
