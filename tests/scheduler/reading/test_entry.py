"""Whatever the door, a scenario passes every check or is refused with every mistake, each with its place."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.letters import SCENARIOS, letter

from scheduler.api_values.loaded import LoadedScenario
from scheduler.documents.stored_timetable import read_stored
from scheduler.documents.timetable_document import to_document
from scheduler.errors import InputError
from scheduler.explanation.verification import verify
from scheduler.outcome import Outcome, Status
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data
from scheduler.reading.loading import load
from scheduler.scenario import Scenario

Data = dict[str, Any]
MISTAKES: dict[str, tuple[Callable[[Data], Any], str]] = {
    "a text for a length": (
        lambda d: d["bodies"][0]["sessions"][0].update(duration="long"),
        "bodies[0].sessions[0].duration: 'long'",
    ),
    "a negative length": (
        lambda d: d["bodies"][0]["sessions"][0].update(duration="-2h"),
        "bodies[0].sessions[0].duration: '-2h' is negative",
    ),
    "two sessions of one id": (
        lambda d: d["bodies"][1]["sessions"].append(dict(d["bodies"][1]["sessions"][0])),
        "bodies[1].sessions[1].id: the id 'wgtu' is taken",
    ),
    "a body twice": (
        lambda d: d["bodies"].append(copy.deepcopy(d["bodies"][0])),
        "bodies[4].id: the id 'WGETI' is taken",
    ),
    "an unknown session": (
        lambda d: d["rules"].append({"rule": "within_day", "of": ["nobody"]}),
        "].of[0]: there is no body or session 'nobody'",
    ),
}


def through_python(data: Data, folder: Path) -> str:  # noqa: ARG001
    with pytest.raises(ScenarioError) as caught:
        from_data(data)
    return caught.value.message


def through_a_file(data: Data, folder: Path) -> str:
    path = folder / "week.yaml"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert caught.value.message.startswith(f"{path}:1:")
    return caught.value.message


def through_a_timetable(data: Data, folder: Path) -> str:
    document = to_document(letter("csp11"), Outcome(Status.UNKNOWN, None, None, None)) | {"cost": None}
    document["scenario"] = {**document["scenario"], "document": data}
    path = folder / "week.json"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(InputError) as caught:
        read_stored(path)
    assert f"{path}:1:" in caught.value.message
    assert "scenario.document." in caught.value.message
    return caught.value.message


def through_a_certificate(data: Data, folder: Path) -> str:  # noqa: ARG001
    document = {
        "format": "treaty-schedule/certificate", "version": 2, "claim": "optimal", "model": {"sha256": "", "data": ""},
        "scenario": {"name": "csp11", "sha256": "", "document": data},
    }  # fmt: skip
    with pytest.raises(InputError) as caught:
        list(verify(document, "week.certificate.json"))
    assert caught.value.message.startswith("week.certificate.json: scenario.document.")
    return caught.value.message


def through_a_copy(data: Data, folder: Path) -> str:  # noqa: ARG001
    with pytest.raises(ScenarioError) as caught:
        LoadedScenario.from_scenario(letter("csp11")).model_copy(update=data)
    return caught.value.message


DOORS = (through_python, through_a_file, through_a_timetable, through_a_certificate, through_a_copy)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_refused_at_each_door_with_its_place(
    door: Callable[[Data, Path], str], mistake: str, tmp_path: Path
) -> None:
    data = copy.deepcopy(letter("csp11").document)
    spoil, said = MISTAKES[mistake]
    spoil(data)
    message = door(data, tmp_path)
    assert said in message
    assert "Input should" not in message


def test_a_scenario_is_made_by_the_entry_alone() -> None:
    data = letter("csp11").document
    for made in (
        lambda: Scenario.model_validate(data),
        lambda: Scenario(**data),
        lambda: Scenario.model_validate_json(json.dumps(data)),
        lambda: Scenario.model_construct(**data),
        lambda: letter("csp11").model_copy(update={"bodies": ()}),
    ):
        with pytest.raises(TypeError):
            made()


def test_a_part_is_valid_however_it_was_made() -> None:
    session = letter("csp11").bodies[0].sessions[0]
    with pytest.raises(ValueError, match="is not"):
        session.model_copy(update={"duration": "long"})
    with pytest.raises(TypeError):
        type(session).model_construct(id="a", duration="long")
    assert session.model_copy(update={"duration": "2h"}).duration.likely == 120


def test_copies_are_what_they_were() -> None:
    scenario = load(SCENARIOS / "csp11.yaml").scenario
    for same in (copy.copy(scenario), copy.deepcopy(scenario), pickle.loads(pickle.dumps(scenario))):
        assert same.document == scenario.document
