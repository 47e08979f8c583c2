"""The comparison as plain data, for ``--json``."""

from __future__ import annotations

from typing import Any

from exports.json.family import document
from scheduler.comparison.compare import Comparison
from scheduler.comparison.coverage import shortfalls
from scheduler.comparison.moves import Move
from scheduler.documents.timetable_document import sessions_of
from scheduler.domain.clock import show_clock
from scheduler.domain.timetable import Placement


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Options, criteria with a number for each option (null: none), dominance, the Pareto set and all moves."""
    members = {
        "options": [
            {
                "letter": option.letter,
                "name": option.name,
                "scenario": {"name": option.scenario.name, "sha256": option.scenario.sha256},
                "status": option.status,
                "reasons": list(option.reasons),
                "notes": list(option.notes),
                "leaves_out": [
                    {"body": each.body, "minutes": each.minutes, "whole": each.whole}
                    for each in shortfalls(option, comparison.options)
                ],
                "broken": [] if option.timetable is None else [violation.message for violation in option.report.broken],
                "sessions": sessions_of(option.scenario, option.placements),
            }
            for option in comparison.options
        ],
        "criteria": [
            {
                "id": row.criterion.id,
                "title": row.criterion.title,
                "unit": row.criterion.unit,
                "better": row.criterion.better,
                "part_of": row.criterion.part_of,
                "values": list(row.numbers),
                "best": [comparison.options[index].letter for index in sorted(row.best)],
            }
            for row in comparison.rows
        ],
        "dominance": [
            {
                "better": each.better.letter,
                "worse": each.worse.letter,
                "in": list(each.criteria),
                "not_weighed": list(each.not_weighed),
            }
            for each in comparison.dominances
        ],
        "alike": [
            {"options": [option.letter for option in each.options], "same_timetable": each.same}
            for each in comparison.alike
        ],
        "trades": [
            {"options": [each.one.letter, each.other.letter], "better_in": [list(names) for names in each.gains]}
            for each in comparison.trades
        ],
        "in_short": comparison.sentences(),
        "pareto": {
            "over": [row.criterion.id for row in comparison.over],
            "options": [comparison.options[index].letter for index in comparison.pareto],
        },
        "changes": {
            option.letter: [move_document(move) for move in changes]
            for option, changes in zip(comparison.options, comparison.changes, strict=True)
            if changes is not None
        },
    }
    return document("comparison", **members)


def move_document(move: Move) -> dict[str, Any]:
    """A move; ``before`` and ``after`` are null for a session that is new or gone.

    ``kind``: ``moved``, ``hour`` (only with its slot, which opens at another hour), ``room``, ``length``, ``new``,
    ``cancelled``.
    """
    return {
        "session": move.session,
        "kind": move.kind,
        "sentence": move.sentence,
        "before": _place(move.before),
        "after": _place(move.after),
    }


def _place(placement: Placement | None) -> dict[str, str | int] | None:
    if placement is None:
        return None
    first = placement.segments[0]
    return {
        "date": first.day.isoformat(),
        "start": show_clock(first.start),
        "room": placement.room,
        "minutes": placement.minutes,
    }
