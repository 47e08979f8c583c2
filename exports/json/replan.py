"""A timetable that was changed as little as possible, as plain data, for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exports.json.compare import move_document
from exports.json.explained import of_explanation
from exports.json.family import document
from scheduler.comparison.moves import Move
from scheduler.documents.timetable_document import to_document
from scheduler.replanning.replan import Replan, Step
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from scheduler.explanation.impossible import Explanation


def replan_document(
    scenario: Scenario, answer: Replan, moves: Sequence[Move], sentences: Sequence[str], steps: Sequence[Step],
    why: Explanation | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The answer; ``proved`` says whether disturbance and number of moves are the least."""
    members = {
        "moves": [move_document(m) | {"sentence": said} for m, said in zip(moves, sentences, strict=True)],
        "moved": list(answer.moved),
        "moved_days": answer.days,
        "why_not": None if why is None else of_explanation(why)["set"],
        "disturbance": answer.disturbance,
        "fewest_moves": answer.fewest_moves,
        "proved": answer.proved,
        "trade_offs": [{"moves": s.moves, "cost": s.cost, "moved": list(s.moved), "proved": s.known} for s in steps],
        "timetable": to_document(scenario, answer.outcome),
    }
    return document("replan", **members)
