"""What somebody attends of work that is partly held several times: each session once, at the time that suits best.

Nothing here is asked unless a session is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from scheduler.domain.base import SessionId
from scheduler.domain.people import Pair, wanted_twice
from scheduler.domain.programme import Programme

T = TypeVar("T")
Times = tuple[SessionId, ...]


@dataclass(frozen=True, slots=True)
class Choosing:
    """People who attend the same work, some of it at a time of their choice."""

    people: tuple[str, ...]
    """As ``Programme.person`` spells them."""
    items: tuple[Times, ...]
    """They attend one of each."""
    pairs: tuple[Pair, ...]
    """Sessions of which they are wanted in both, at least one of them at a time of their choice."""

    @property
    def chosen(self) -> frozenset[SessionId]:
        """Every time of which they have the choice."""
        return frozenset(time for item in self.items for time in item)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who need not attend which of several times."""

    free: Mapping[SessionId, frozenset[str]]
    """By session: those who attend another time of it, or could."""
    choosing: tuple[Choosing, ...]


NOTHING_REPEATED = Attendance({}, ())


def attendance(programme: Programme, sessions: Sequence[SessionId]) -> Attendance:
    """How those who attend some of the sessions can do so.

    Who must be at one of the times of a session anyway attends that, who wants to attend several chooses one.
    """
    items = [item for item in programme.attended(sessions) if len(item) > 1]
    elsewhere: dict[SessionId, set[str]] = {}
    choices: dict[str, list[Times]] = {}
    for item in items:
        for person in sorted(frozenset().union(*map(programme.attendees_of, item))):
            wanted = tuple(time for time in item if person in programme.attendees_of(time))
            needed = [time for time in item if person in programme.needed(time)]
            if needed:
                for time in wanted:
                    if time not in needed:
                        elsewhere.setdefault(time, set()).add(person)
            elif len(wanted) > 1:
                choices.setdefault(person, []).append(wanted)
    if not elsewhere and not choices:
        return NOTHING_REPEATED
    free = {session: set(people) for session, people in elsewhere.items()}
    for person, each in choices.items():
        for time in (time for wanted in each for time in wanted):
            free.setdefault(time, set()).add(person)
    attended_elsewhere = {session: frozenset(people) for session, people in elsewhere.items()}
    return Attendance(
        {session: frozenset(people) for session, people in free.items()},
        _alike(choices, wanted_twice(programme, sessions, interests=True, free=attended_elsewhere)),
    )


def _alike(choices: Mapping[str, Sequence[Times]], wanted: Mapping[Pair, Sequence[str]]) -> tuple[Choosing, ...]:
    """Those who choose, together where they want the same."""
    item_of = {person: {time: item for item in each for time in item} for person, each in choices.items()}
    pairs: dict[str, list[Pair]] = {person: [] for person in choices}
    for pair, people in wanted.items():
        for person in people:
            items = [item_of[person].get(session) for session in pair] if person in item_of else [None]
            if any(items) and items[0] != items[1]:
                pairs[person].append(pair)
    found: dict[tuple[tuple[Times, ...], tuple[Pair, ...]], list[str]] = {}
    for person, each in choices.items():
        if pairs[person]:
            found.setdefault((tuple(each), tuple(pairs[person])), []).append(person)
    return tuple(Choosing(tuple(people), *same) for same, people in found.items())


def best_choice(
    items: Sequence[Sequence[T]], cost: Callable[[Sequence[T]], Any], free: Callable[[T], bool]
) -> tuple[T, ...]:
    """One of each item, so that the cost is least; of several such choices the first.

    ``cost`` is a number, or what else compares so; it never falls as more is chosen. ``free`` choices cost nothing,
    whatever else is chosen.
    """
    settled = [next(filter(free, item), None) for item in items]
    open_items = [item for item, choice in zip(items, settled, strict=True) if choice is None]
    best: tuple[Any, tuple[T, ...]] | None = None

    def choose(chosen: tuple[T, ...]) -> None:
        nonlocal best
        so_far = cost(chosen)
        if best is not None and so_far >= best[0]:
            return
        if len(chosen) == len(open_items):
            best = so_far, chosen
            return
        for choice in open_items[len(chosen)]:
            choose((*chosen, choice))

    choose(())
    return (*(choice for choice in settled if choice is not None), *(best[1] if best else ()))


def least_days(items: Iterable[Sequence[frozenset[date]]]) -> list[frozenset[date]]:
    """The sets of days on which one of each item can be attended, less those that hold another such set."""
    found = [frozenset[date]()]
    for item in items:
        sets = sorted({so_far | days for so_far in found for days in item}, key=lambda days: (len(days), sorted(days)))
        found = []
        for days in sets:
            if not any(other <= days for other in found):
                found.append(days)
    return found
