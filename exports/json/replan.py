"""A timetable that was changed as little as possible, as plain data, for ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exports.json.explained import CONFLICT, of_conflict
from scheduler.documents.forms import TEXT, TRUTH, WHOLE, Answer, Members, each, or_null
from scheduler.documents.timetable_document import EVENT_MOVES, MOVE, TIMETABLE, to_document

if TYPE_CHECKING:
    from scheduler.comparison.moves import Move
    from scheduler.explanation.impossible import Explanation
    from scheduler.replanning.replan import Replan, Step
    from scheduler.scenario import Scenario

_TRADES = each(Members({"moves": WHOLE, "cost": or_null(WHOLE), "moved": each(TEXT), "proved": ("known", TRUTH)}))
REPLAN = Answer(
    "replan",
    {
        "moves": each(MOVE),
        "moved": each(TEXT),
        "moved_days": ("days", WHOLE),
        "why_not": or_null(CONFLICT),
        "disturbance": WHOLE,
        "fewest_moves": or_null(WHOLE),
        "proved": TRUTH,
        "trade_offs": _TRADES,
        "timetable": TIMETABLE,
    },
    {"side_events": EVENT_MOVES},
)


def replan_document(
    scenario: Scenario, answer: Replan, moves: Sequence[Move], sentences: Sequence[str], steps: Sequence[Step],
    why: Explanation | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The answer; ``proved`` says whether disturbance and number of moves are the least."""
    return REPLAN.of(
        answer,
        moves=[MOVE.of(move, sentence=said) for move, said in zip(moves, sentences, strict=True)],
        why_not=None if why is None else of_conflict(why),
        trade_offs=_TRADES.write(steps),
        timetable=to_document(scenario, answer.outcome),
        **({"side_events": EVENT_MOVES.write(answer.events)} if scenario.to_place else {}),
    )
