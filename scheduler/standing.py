"""Standing rules: they hold without being written, and yield only to what a planner states instead."""

from __future__ import annotations

from collections.abc import Sequence

from constraints import KINDS, STANDING
from scheduler.domain.programme import Programme
from scheduler.rules.rule import GivenUp, Rule, Yields
from scheduler.wording import shortened

MOST_NAMED = 3
"""Bodies, sessions or rules that the sentence of a standing rule names."""


def standing_rules(programme: Programme, stated: Sequence[Rule]) -> tuple[Rule, ...]:
    """The standing rules that stated ones leave of a programme, in the order of their kinds."""
    found = (_standing(programme, stated, kind) for kind in STANDING)
    return tuple(rule for rule in found if rule is not None)


def _standing(programme: Programme, rules: Sequence[Rule], kind: str) -> Rule | None:
    """The standing rule of a kind; None where stated rules leave nothing of it."""
    standing_down = [r for r in rules if r.rule == kind and r.given_up is GivenUp.STANDING]
    stated = [r for r in rules if r.rule == kind and r.given_up is not GivenUp.STANDING]
    instead = [r for r in rules if kind in r.replaces]
    parts = [frozenset(rule.sessions(programme)) for rule in stated]
    gone = frozenset(s for rule in (*standing_down, *instead) for s in rule.sessions(programme))
    everybody = frozenset(programme.sessions)
    left = everybody - gone
    if not KINDS[kind].about_pairs:
        left = left.difference(*parts)
    if not left or any(part >= everybody for part in parts):
        return None
    words = _aside(programme, stated, "among" if KINDS[kind].only_pairs else "for") + _aside(programme, instead, "for")
    rule = KINDS[kind](rule=kind, id=f"standing-{kind.replace('_', '-')}", source="standing rule")
    return rule.yielding(Yields(gone, tuple(part for part in parts if part), words))


def _aside(programme: Programme, rules: Sequence[Rule], before: str) -> str:
    """What a sentence adds about rules that stand in the place of the standing one; few names, however many there are.

    A stated rule that names one session takes no pair over, and is passed over ``among`` others.
    """
    parts = []
    for rule in rules:
        if before == "for" or len(rule.sessions(programme)) > 1:
            who = shortened([programme.name_of(name) for name in rule.of], MOST_NAMED) if rule.of else "all sessions"
            parts.append(f"{before} {who} '{rule.name}' says what holds")
    return f"; {shortened(parts, MOST_NAMED)}" if parts else ""
