"""The comparison as plain data, for ``--json``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.comparison.compare import Comparison
from scheduler.comparison.coverage import shortfalls
from scheduler.comparison.option import Option
from scheduler.documents.forms import NUMBER, TEXT, TRUTH, WHOLE, Answer, Form, Members, by_name, each, or_null
from scheduler.documents.timetable_document import EVENT_MOVES, MOVE, SCENARIO, SESSIONS, sessions_of

_TEXTS = each(TEXT)
_LEAVES_OUT = each(Members({"body": TEXT, "minutes": WHOLE, "whole": TRUTH}))


def _letters(options: Iterable[Option]) -> list[str]:
    return [option.letter for option in options]


def _broken(option: Option) -> list[str]:
    return [] if option.timetable is None else [violation.message for violation in option.report.broken]


_OPTION = Members(
    {
        "letter": TEXT,
        "name": TEXT,
        "scenario": SCENARIO,
        "status": TEXT,
        "reasons": _TEXTS,
        "notes": _TEXTS,
        "leaves_out": _LEAVES_OUT,
        "broken": (_broken, _TEXTS),
        "sessions": (lambda option: sessions_of(option.scenario, option.placements), Form(SESSIONS.schema)),
    }
)
_CRITERION = Members(
    {
        **{name: (f"criterion.{name}", TEXT) for name in ("id", "title", "unit")},
        **{name: (f"criterion.{name}", or_null(TEXT)) for name in ("better", "part_of")},
        "values": ("numbers", each(or_null(NUMBER))),
        "best": _TEXTS,
    }
)
_DOMINANCE = Members(
    {
        "better": ("better.letter", TEXT),
        "worse": ("worse.letter", TEXT),
        "in": ("criteria", _TEXTS),
        "not_weighed": _TEXTS,
    }
)
_ALIKE = Members({"options": (lambda alike: _letters(alike.options), _TEXTS), "same_timetable": ("same", TRUTH)})
_BETTER_IN = ("gains", each(_TEXTS))
_TRADE = Members({"options": (lambda trade: _letters((trade.one, trade.other)), _TEXTS), "better_in": _BETTER_IN})
_OVER = (lambda comparison: [row.criterion.id for row in comparison.over], _TEXTS)
_PARETO = Members({"over": _OVER, "options": (lambda c: _letters(c.options[index] for index in c.pareto), _TEXTS)})
COMPARISON = Answer(
    "comparison",
    {
        "options": each(_OPTION),
        "criteria": each(_CRITERION),
        "dominance": ("dominances", each(_DOMINANCE)),
        "alike": each(_ALIKE),
        "trades": each(_TRADE),
        "in_short": (lambda comparison: comparison.sentences(), _TEXTS),
        "pareto": (lambda comparison: comparison, _PARETO),
        "changes": by_name(each(MOVE)),
    },
    {"side_events": by_name(EVENT_MOVES)},
)


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Options, criteria with a number for each option (null: none), dominance, the Pareto set and all moves."""
    events = {o.letter: moves for o, moves in zip(comparison.options, comparison.events, strict=False)}
    options, changes = comparison.options, zip(comparison.options, comparison.changes, strict=True)
    return COMPARISON.of(
        comparison,
        options=[_OPTION.of(o, leaves_out=_LEAVES_OUT.write(shortfalls(o, options))) for o in options],
        criteria=[
            _CRITERION.of(row, best=_letters(options[index] for index in sorted(row.best))) for row in comparison.rows
        ],
        changes={option.letter: each(MOVE).write(moves) for option, moves in changes if moves is not None},
        **({"side_events": by_name(EVENT_MOVES).write(events)} if any(events.values()) else {}),
    )
