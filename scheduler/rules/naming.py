"""How rules take the names in ``of``: as they are listed, each for itself, or each session with every other."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain.base import SessionId
from scheduler.domain.occupancy import by_body
from scheduler.domain.programme import Programme
from scheduler.rules.rule import Rule


def as_listed(rule: Rule, programme: Programme) -> list[SessionId]:
    """The sessions in the order of the names, those of a body in the order of the scenario; each stands once."""
    return list(dict.fromkeys(session for name in rule.of for session in programme.work(name)))


def each_for_itself(rule: Rule, programme: Programme) -> Iterator[tuple[str, tuple[SessionId, ...]]]:
    """Each name with its sessions, a body with those of the bodies below it; names without sessions are left out.

    Without names each body, with the sessions that are written under it.
    """
    if not rule.of:
        yield from by_body(programme, programme.work()).items()
    for name in rule.of:
        if sessions := programme.work(name):
            yield name, sessions


def names_needed(rule: Rule, example: str) -> None:
    """Refuse a rule that names nobody, or somebody twice.

    Raises:
        ValueError: with the remedy.
    """
    if not rule.of:
        raise ValueError(f"{rule.rule} needs names: write {example}")
    if len(set(rule.of)) < len(rule.of):
        twice = next(name for name in rule.of if rule.of.count(name) > 1)
        raise ValueError(f"{rule.rule} names nobody twice: take out one '{twice}'")


def with_any_other(rule: Rule, programme: Programme) -> Iterator[tuple[SessionId, SessionId]]:
    """Each session that the rule is about with every other session; two that it is both about are one pair."""
    named = rule.sessions(programme)
    place = {session: number for number, session in enumerate(named)}
    for number, one in enumerate(named):
        yield from ((one, other) for other in programme.sessions if place.get(other, number + 1) > number)
