"""A key that stands where there is none of its name is told where it belongs, and hides no other mistake."""

from __future__ import annotations

import pytest

from constraints import KINDS
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.levels import _LEVELS, MOST_HOMES, belonging
from scheduler.reading.loading import from_document
from scheduler.reading.yamltext import parse_document

PLACES = {
    "top": "",
    "meeting": "",
    "calendar": "",
    "room": "",
    "officer": "",
    "person": "",
    "body": "",
    "session": "",
    "rule": "",
}
ORDER_HAS = "'at' belongs to the rules anchor and pin; this one has gap and night_between"
TEXT = """\
name: levels
{top}meeting: {{series: S, annex_title: T{meeting}}}
calendar: {{slots: [10:00-13:00], days: [2027-02-23]{calendar}}}
rooms: [{{id: r{room}}}]
officers: [{{id: c, post: Chair{officer}}}]
people: [{{name: Bo Ode{person}}}]
bodies:
  - {{id: WG{body}, sessions: [{{id: first, duration: 1h{session}}}, {{id: second, duration: 1h}}]}}
rules:
  - {{rule: order, of: [first, second]{rule}}}
"""


def said(**more: str) -> list[tuple[str, str, str]]:
    """Path, message and hint of each mistake."""
    with pytest.raises(ScenarioError) as caught:
        from_document(parse_document(TEXT.format(**PLACES | more).encode(), "levels.yaml"))
    return [(d.path, d.message, d.hint) for d in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("place", "key", "value", "here", "hint"),
    [
        ("body", "rooms", "[r]", "a body", "put it into its sessions"),
        ("body", "duration", "3h", "a body", "put it into its sessions"),
        ("body", "attendance", "40", "a body", "put it into its sessions"),
        ("body", "presenters", "[Bo Ode]", "a body", "put it into its sessions"),
        ("body", "room", "r", "a body", "put it into its sessions, as 'rooms'"),
        ("body", "durations", "3h", "a body", "put it into its sessions, as 'duration'"),
        ("body", "presenter", "Bo Ode", "a body", "put it into its sessions, as 'presenters'"),
        ("body", "vacant", "true", "a body", "'vacant' belongs to an officer"),
        ("body", "weight", "5", "a body", "'weight' belongs to a rule"),
        ("session", "when_vacant", "dropped", "a session", "put it into the body of the session"),
        ("session", "parent", "WG", "a session", "put it into the body of the session"),
        ("session", "absent", "[2027-02-23]", "a session", "'absent' belongs to an officer or somebody in people"),
        ("session", "clearing", "5 min", "a session", "'clearing' belongs to the rule restricted_access"),
        ("officer", "time_zone", "Asia/Tokyo", "an officer", "'time_zone' belongs to a session or the meeting"),
        ("officer", "when_vacant", "held", "an officer", "'when_vacant' belongs to a body"),
        ("person", "post", "Chair", "somebody in people", "'post' belongs to an officer"),
        ("room", "attendance", "5", "a room", "'attendance' belongs to a session"),
        ("rule", "attendance", "5", "this rule", "'attendance' belongs to a session"),
        ("rule", "at", '"10:00"', "this rule", ORDER_HAS),
        ("calendar", "time_zone", "Asia/Tokyo", "the calendar", "'time_zone' belongs to a session or the meeting"),
        ("meeting", "holidays", "[]", "the meeting", "'holidays' belongs to the calendar"),
    ],
)
def test_a_key_of_another_level_is_told_where_it_belongs(
    place: str, key: str, value: str, here: str, hint: str
) -> None:
    ((_, message, told),) = said(**{place: f", {key}: {value}"})
    assert (message, told) == (f"{here} has no '{key}'", hint)


def test_a_key_of_a_rule_at_the_top_is_told_where_it_belongs() -> None:
    assert said(top="weight: 4\n") == [
        ("weight", "the top of the scenario has no 'weight'", "'weight' belongs to a rule")
    ]


def test_it_hides_no_other_mistake() -> None:
    found = said(body=", rooms: [r], officers: [nobody]", session=", title: [a], durashun: 2h", room=", capacity: few")
    assert {message for _, message, _ in found} == {
        "'few' is not a whole number",
        "a body has no 'rooms'",
        "there is no officer 'nobody' in this scenario",
        "a text is expected here, not a list",
        "unknown key",
    }


@pytest.mark.parametrize(
    ("place", "written", "hint"),
    [
        ("session", ", room: r", "did you mean 'rooms'?"),
        ("session", ", presenter: [Bo]", "did you mean 'presenters'?"),
        ("body", ", officer: [c]", "did you mean 'officers'?"),
        ("officer", ", Absent: [2027-02-23]", "did you mean 'absent'?"),
    ],
)
def test_a_slip_of_the_pen_is_no_key_of_another_level(place: str, written: str, hint: str) -> None:
    ((_, message, told),) = said(**{place: written})
    assert (message, told) == ("unknown key", hint)


def test_every_key_finds_its_homes_from_everywhere() -> None:
    keys = {key for model in _LEVELS.values() for key in model.model_fields} - {"opens", "closes"}
    for here, model in _LEVELS.items():
        for key in keys - set(model.model_fields):
            homes = [name for name, other in _LEVELS.items() if key in other.model_fields]
            homes += ["rule"] * any(key in kind.model_fields for kind in KINDS.values())
            found = belonging(key, list(model.model_fields))
            assert (found is None) == (len(homes) > MOST_HOMES), (here, key)
            if found is not None and not found[1].startswith("put it into"):
                assert found[0] == f"{here} has no '{key}'"
                assert all(home in found[1] for home in homes), (here, key)
