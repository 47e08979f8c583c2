"""Reads what a planner asks of a replan: what is frozen, announced or a draft, what is kept, what a move weighs."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain.base import SessionId
from scheduler.domain.clock import parse_clock, parse_date
from scheduler.errors import InputError
from scheduler.replanning.wishes import DEFAULT_WEIGHTS, Keep, Standing, Wishes
from scheduler.scenario import Scenario
from scheduler.wording import did_you_mean


def wishes_of(
    scenario: Scenario, frozen_before: str | None, announced: Sequence[str], draft: Sequence[str],
    keep: Sequence[str], weight: Sequence[str],
) -> Wishes:  # fmt: skip
    """What is frozen, announced, a draft, kept or weighed otherwise, each written as after ``schedule replan``.

    Raises:
        InputError: a text cannot be read, or names what is not there.
    """
    try:
        day, _, hour = (frozen_before or "").strip().replace("T", " ").partition(" ")
        frozen = parse_date(day) if frozen_before is not None else None
        clock = parse_clock(hour) if hour.strip() else 0
    except ValueError as error:
        raise InputError(f"--frozen-before: {error}") from None
    standings = {
        session: standing
        for standing, names in ((Standing.ANNOUNCED, announced), (Standing.DRAFT, draft))
        for name in names
        for session in _work(scenario, name)
    }
    keeps: dict[Keep, frozenset[SessionId]] = {}
    for text in keep:
        what, _, name = text.partition(":")
        if what not in list(Keep) or not name:
            raise InputError(
                f"--keep {text[:60]}: write what is kept and of whom, as in day:WGTR, slot:dief, order:all"
            )
        kept = tuple(scenario.sessions) if name == "all" else _work(scenario, name)
        keeps[Keep(what)] = keeps.get(Keep(what), frozenset()) | frozenset(kept)
    weights = dict(DEFAULT_WEIGHTS)
    for text in weight:
        name, _, number = text.partition("=")
        if name not in weights or not number.isdigit() or int(number) > 1000:
            known = ", ".join(weights)
            raise InputError(
                f"--weight {text[:60]}: write a name and a number from 0 to 1000, as in officer=3; names: {known}"
            )
        weights[name] = int(number)
    return Wishes(frozen, clock, standings, keeps, weights)


def _work(scenario: Scenario, name: str) -> tuple[SessionId, ...]:
    found = scenario.work(name)
    if not found:
        hint = did_you_mean(name, [*scenario.body, *scenario.sessions])
        raise InputError(f"there is no body or session '{name[:60]}' that is held in this scenario: {hint}")
    return found
