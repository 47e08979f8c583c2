"""Certificates: what a third party needs to verify an answer, with or without our solver."""

from __future__ import annotations

import base64
import hashlib
import platform
from collections.abc import Collection, Sequence
from typing import Any

from scheduler.altering import holding
from scheduler.documents.timetable_document import EVENTS, WHOLE_SCENARIO, sessions_of
from scheduler.domain.base import SessionId
from scheduler.explanation.certificate_file import FORMAT, VERSION
from scheduler.explanation.impossible import Explanation
from scheduler.explanation.members import HeldSession, Member, keeping
from scheduler.outcome import Outcome, Ties
from scheduler.scenario import Scenario
from scheduler.solving.posting import hard, on_the_axis, posted
from scheduler.solving.search import ORTOOLS, exported
from scheduler.solving.side_events.placing import EventsPlaced
from scheduler.version import __version__


def of_outcome(scenario: Scenario, outcome: Outcome, events: EventsPlaced | None = None) -> dict[str, Any]:
    """The certificate of a timetable, with its cost and the bound that no timetable goes below.

    ``events``: the same for its side events; None says nothing of them.
    """
    assert outcome.timetable is not None, "an answer without a timetable is certified by its explanation"
    return {
        **_head(scenario, outcome.status.value),
        "cost": outcome.cost,
        "bound": outcome.bound,
        "unique": outcome.ties == Ties(1, exact=True),
        "sessions": sessions_of(scenario, outcome.timetable),
        **_events(events),
        "model": _model(model_of_scenario(scenario)),
        "solver": dict(outcome.solver),
    }


def _events(placed: EventsPlaced | None) -> dict[str, Any]:
    if placed is None or placed.held is None:
        return {}
    return {"side_events": {"places": EVENTS.write(placed.held), "cost": placed.cost, "bound": placed.bound}}


def of_conflict(explanation: Explanation) -> dict[str, Any]:
    """The certificate of impossibility: the set that cannot hold together, and a timetable without each member."""
    scenario, conflict = explanation.scenario, explanation.conflict
    assert conflict is not None, "nothing was proved that could be certified"
    held = [member.session for member in conflict.held]
    return {
        **_head(scenario, "infeasible"),
        "set": [_member(member) for member in conflict.members],
        "minimal": conflict.minimal,
        "smallest": conflict.smallest,
        "witnesses": [
            {"without": conflict.members.index(w.without), "sessions": sessions_of(scenario, w.timetable)}
            for w in conflict.witnesses
        ],
        "model": _model(model_of_set(scenario, explanation.members, conflict.rules, held)),
        "solver": {"ortools": ORTOOLS, "presolve": "off and on", "workers": 1},
    }


def _head(scenario: Scenario, claim: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "claim": claim,
        "scenario": WHOLE_SCENARIO.of(scenario),
        "versions": {"treaty-schedule": __version__, "ortools": ORTOOLS, "python": platform.python_version()},
    }


def _member(member: Member | HeldSession) -> dict[str, Any]:
    if isinstance(member, HeldSession):
        return {"held": member.session, "sentence": member.sentence}
    conditions = [condition.id for condition in member.conditions]
    return {"rules": conditions, "sentence": member.sentence, "source": member.source, "place": member.place}


def model_of_scenario(scenario: Scenario, until: float | None = None) -> bytes:
    """The CP-SAT model of a scenario, as exported; the same version builds the same bytes.

    Raises:
        OutOfTime: the moment ``until``, on the monotonic clock, has passed.
    """
    return exported(posted(scenario, until).cp)


def model_of_set(
    scenario: Scenario,
    members: Sequence[Member],
    kept: Collection[Member],
    held: Collection[SessionId],
    until: float | None = None,
) -> bytes:
    """The model in which only the members ``kept`` must hold, with no sessions but those ``held`` where there are any.

    Raises:
        OutOfTime: the moment ``until``, on the monotonic clock, has passed.
    """
    changed = keeping(scenario, members, kept)
    return exported(on_the_axis(holding(changed, held) if held else changed, until, hard).cp)


def _model(data: bytes) -> dict[str, str]:
    """The model with its hash."""
    return {
        "format": "operations_research.sat.CpModelProto, binary, base64",
        "sha256": hashlib.sha256(data).hexdigest(),
        "data": base64.b64encode(data).decode("ascii"),
    }
