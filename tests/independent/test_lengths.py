"""Lengths in half-days and slots, stated a second time from ``docs/scenario.md``, on random calendars.

As many half-days, or slots, in a row last equally long wherever they begin, or the length is refused. A half is half of
the minutes of a half-day; so a length is a number of halves in a row, and may begin with either half of one.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from independent.drawing import programme
from independent.rules import half_days
from independent.world import World

from scheduler.domain.base import SessionId
from scheduler.reading.diagnostics import ScenarioError
from scheduler.reading.entry import from_data

CASES = 150


def lengths(world: World, session: str, unit: str, halves: int) -> set[Fraction]:
    """What so many halves in a row last, in minutes, from wherever they may begin."""
    own = {slot.number: slot for slot in world.own(session)}
    units = half_days(world, [session]) if unit == "half-day" else [{number} for number in own]
    cells = [len(world.cells([own[number] for number in sorted(numbers)])) for numbers in units]
    each = [Fraction(count * world.grain, 2) for count in cells for _ in range(2)]
    begins = range(len(each) - halves + 1)
    return {sum(each[first : first + halves], Fraction(0)) for first in begins if halves % 2 or first % 2 == 0}


def test_what_a_length_is_and_when_it_is_refused() -> None:
    answers: Counter[str] = Counter()
    different = []
    for number in range(CASES):
        rng = Random(f"lengths {number}")
        data = programme(rng)
        world = World(data)
        if not world.sessions:
            continue
        session, unit, halves = (
            rng.choice([name for name, said in world.sessions.items() if "repeats" not in said]),
            rng.choice(("half-day", "slot")),
            rng.choice((1, 2, 2, 3, 4)),
        )
        found = lengths(world, session, unit, halves)
        del data["calendar"]["grain"]
        world.sessions[session]["duration"] = f"{halves / 2:g} {unit}s"
        expected = "none" if not found else "several" if len(found) > 1 else str(found.pop())
        expected = "several" if "/" in expected else expected
        try:
            given = str(from_data(data).minutes(SessionId(session)))
        except ScenarioError as error:
            given = "none" if "open to" in error.message and ": write hours" not in error.message else "several"
        answers[expected if expected in ("none", "several") else "minutes"] += 1
        if given != expected:
            different.append((number, session, halves, unit, expected, given))
    assert different == []
    assert set(answers) == {"none", "several", "minutes"}
