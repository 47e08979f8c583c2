"""The small language of --require, --forbid and --set: what it means, and errors that point into it."""

from __future__ import annotations

import pytest
from support.letters import letter
from support.small import scenario as small

from scheduler.errors import InputError
from scheduler.explanation.set_values import with_settings
from scheduler.explanation.wish_language import parse_wish
from scheduler.scenario import SessionId


@pytest.mark.parametrize(
    ("text", "forbid", "rule"),
    [
        ("dief on Wed pm", False, {"rule": "only_on", "of": ["dief"], "when": ["Wed pm"]}),
        ("DIEF on 2024-02-22", False, {"rule": "only_on", "of": ["DIEF"], "when": ["2024-02-22"]}),
        ("dief on Thu", True, {"rule": "not_on", "of": ["dief"], "when": ["Thu"]}),
        ("wgtr at 15:00", False, {"rule": "pin", "of": ["wgtr"], "at": "15:00"}),
        ("wgtr at 15:00 on Thursday", False, {"rule": "pin", "of": ["wgtr"], "at": "15:00", "start": "Thursday"}),
        ("wgtr on Thursday at 15:00", False, {"rule": "pin", "of": ["wgtr"], "at": "15:00", "start": "Thursday"}),
        ("WGTU before wgtr", False, {"rule": "order", "of": ["WGTU", "wgtr"]}),
        ("WGTU after wgtr", False, {"rule": "order", "of": ["wgtr", "WGTU"]}),
        ("WGTU before wgtr", True, {"rule": "order", "of": ["wgtr", "WGTU"]}),
        ("a67 in plenary", False, {"rule": "pin", "of": ["a67"], "room": "plenary"}),
    ],
)
def test_a_wish_is_the_rule_that_says_it(text: str, forbid: bool, rule: dict[str, object]) -> None:
    found = parse_wish(letter("csp10"), text, forbid=forbid).model_dump(mode="json", exclude_none=True)
    said = {key: value for key, value in found.items() if key in ("rule", "of", "when", "at", "start", "room")}
    assert said == rule


@pytest.mark.parametrize(
    ("text", "forbid", "message"),
    [
        (
            "dif on Wed pm",
            False,
            "--require:1:1: there is no body or session 'dif'\n"
            "    1 | dif on Wed pm\n"
            "      | ^^^  did you mean 'dief'?\n"
            "1 error",
        ),
        (
            "dief upon Wed",
            False,
            "--require:1:6: 'upon' is not understood here\n"
            "    1 | dief upon Wed\n"
            "      |      ^^^^  write on, at, before, after or in\n"
            "1 error",
        ),
        (
            "dief on Sunday",
            True,
            "--forbid:1:9: nobody can meet on 'Sunday' in this series\n"
            "    1 | dief on Sunday\n"
            "      |         ^^^^^^\n"
            "1 error",
        ),
        (
            "dief at noon",
            False,
            "--require:1:9: 'noon' is not a time of day: write HH:MM between 00:00 and 24:00, as in 10:00\n"
            "    1 | dief at noon\n"
            "      |         ^^^^\n"
            "1 error",
        ),
        (
            "a67 in room-9",
            False,
            "--require:1:8: there is no room 'room-9'\n"
            "    1 | a67 in room-9\n"
            "      |        ^^^^^^  known here: plenary\n"
            "1 error",
        ),
        (
            "wgtr at 10:00",
            True,
            "--forbid:1:6: 'at' cannot be forbidden\n"
            "    1 | wgtr at 10:00\n"
            "      |      ^^  forbid a part of the calendar: 'dief on Wed pm'\n"
            "1 error",
        ),
    ],
)
def test_an_error_points_into_the_wish(text: str, forbid: bool, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_wish(letter("csp10"), text, forbid=forbid)
    assert caught.value.message == message


def test_values_are_set_by_ids_dates_and_numbers() -> None:
    scenario = with_settings(
        letter("csp10"),
        [
            "bodies.WGTU.sessions.wgtu.duration=1h30",
            "rules.dief-middle.weight=7",
            "sessions.dief.duration=2h",
            "calendar.slots.0.opens=09:00",
            "calendar.days.2024-02-23.slots=[]",
            "meeting.venue=Palais des Nations",
        ],
    )
    assert scenario.minutes(SessionId("wgtu")) == 90
    assert scenario.minutes(SessionId("dief")) == 120
    assert next(rule.weight for rule in scenario.rules if rule.name == "dief-middle") == 7
    assert [(slot.opens, slot.closes) for slot in scenario.calendar.slots] == [(540, 780), (900, 1080)]
    assert len(scenario.calendar.axis.days) == 3
    assert scenario.meeting.venue == "Palais des Nations"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "bodies.WGTU.sessions.wgtu.duraton=6h",
            "--set:1:27: unknown key\n"
            "    1 | bodies.WGTU.sessions.wgtu.duraton=6h\n"
            "      |                           ^^^^^^^  did you mean 'duration'?\n"
            "1 error",
        ),
        (
            "bodies.WGTU.sessions.wgtu.duration=6 hours and more",
            "--set:1:36: '6 hours and more' is not a duration: write 3h, 1h30 or 90 min\n"
            "    1 | bodies.WGTU.sessions.wgtu.duration=6 hours and more\n"
            "      |                                    ^^^^^^^^^^^^^^^^\n"
            "1 error",
        ),
        (
            "bodies.WGTX.sessions=[]",
            "--set:1:8: 'WGTX' leads nowhere\n"
            "    1 | bodies.WGTX.sessions=[]\n"
            "      |        ^^^^  did you mean 'WGTU'?\n"
            "1 error",
        ),
        (
            "bodies",
            "--set:1:1: 'bodies' sets nothing: write path=value, as in bodies.WGTU.sessions.wgtu.duration=6h\n"
            "    1 | bodies\n"
            "      | ^^^^^^\n"
            "1 error",
        ),
    ],
)
def test_an_error_points_into_the_path_or_the_value(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        with_settings(letter("csp10"), [text])
    assert caught.value.message == message


def test_a_room_may_be_called_by_its_name() -> None:
    scenario = small({"A": "3h"}, rooms=[{"id": "plenary"}, {"id": "annexe", "name": "Room XX"}])
    assert parse_wish(scenario, "a in room XX").room == "annexe"  # type: ignore[attr-defined]  # a pin
    with pytest.raises(InputError, match="did you mean 'Room XX'"):
        parse_wish(scenario, "a in Room YX")


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("sessions.a67", "to leave it out, write a file that extends the scenario, with remove: [sessions.a67]"),
        ("sessions.0", "to leave it out, write a file that extends the scenario, with remove: [sessions.a67]"),
        ("sessions", "name one, as in sessions.wgtu.duration=6h"),
    ],
)
def test_a_whole_session_cannot_be_set_and_the_remedy_is_told(path: str, remedy: str) -> None:
    with pytest.raises(InputError) as caught:
        with_settings(letter("csp10"), [f"{path}=null"])
    assert caught.value.message.splitlines() == [
        "--set:1:1: only what stands in a session can be set, not the whole",
        f"    1 | {path}=null",
        f"      | {'^' * len(path)}  {remedy}",
        "1 error",
    ]
