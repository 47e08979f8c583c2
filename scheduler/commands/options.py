"""Options to compare, from the scenarios, timetables and workbooks that the command line names."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

import click

from exports.timetable_reading import is_document, is_timetable
from scheduler.commands.shared import echo, say, warn
from scheduler.errors import Exit, InputError, OutOfTime
from scheduler.outcome import Outcome, Status
from scheduler.wording import as_sentence, uncapital

if TYPE_CHECKING:
    from scheduler.commands.limits import Clock
    from scheduler.comparison.option import Option
    from scheduler.domain.places import HomePlace
    from scheduler.reading.loading import Loaded
    from scheduler.scenario import Scenario

MOST_OPTIONS = len(ascii_uppercase)


def options_of(paths: Sequence[str], clock: Clock, places: tuple[HomePlace, ...] = ()) -> list[Option]:
    """An option for each path, in order, named A, B, C; scenarios are solved.

    Raises:
        InputError: too many, none can be read, or a workbook whose scenario is not at hand.
    """
    if len(paths) > MOST_OPTIONS:
        raise InputError(f"{len(paths)} options: at most {MOST_OPTIONS} can be compared")
    found: dict[int, Option] = {}
    timetables = {index for index, path in enumerate(paths) if is_timetable(path)}
    without = {index for index in timetables if not is_document(paths[index])}
    to_solve = len(paths) - len(timetables)
    for index in sorted(range(len(paths)), key=lambda each: (each in timetables) + (each in without)):
        letter, path = ascii_uppercase[index], paths[index]
        if index in timetables:
            option = _read(letter, path, [known.scenario for known in found.values()])
        else:
            option = _scenario(letter, path, clock, to_solve)
            to_solve -= 1
        found[index] = replace(option, places=places)
    options = [found[index] for index in range(len(paths))]
    names = [option.name for option in options]
    return [
        replace(o, name=f"{o.name}, {Path(path).name}") if names.count(o.name) > 1 else o
        for o, path in zip(options, paths, strict=True)
    ]


def compromises(
    paths: Sequence[str], wishes: Sequence[str], clock: Clock, places: tuple[HomePlace, ...] = ()
) -> tuple[list[Option], str]:
    """An option for each compromise between wishes, of the one scenario named, and how far the list is proved.

    Raises:
        InputError: more than one scenario, or an unknown wish.
        Exit: no timetable at all.
    """
    from scheduler.alternatives.pareto import NAMES, trade_offs
    from scheduler.comparison.option import Option
    from scheduler.reading.loading import load
    from scheduler.solving.completing import events_of
    from scheduler.wording import did_you_mean

    wanted = list(dict.fromkeys(wish.strip() for wish in wishes if wish.strip()))
    for wish in wanted:
        if wish not in NAMES:
            raise InputError(f"--trade-off: there is no wish '{wish[:40]}': {did_you_mean(wish, NAMES)}")
    if len(paths) != 1 or not 2 <= len(wanted) <= 3:
        raise InputError("--trade-off: name one scenario, and two or three wishes, as in nights,remote")
    with clock.alarm():
        scenario = load(paths[0]).scenario
        front = trade_offs(scenario, wanted, most=MOST_OPTIONS, seconds=clock.left).with_events(
            events_of(scenario, clock.settings())
        )
    if not front.points:
        why = "no timetable keeps every rule" if front.complete else "the time limit was reached before one was found"
        echo(f"{paths[0]}: there is no timetable to compare: {why}", err=True)
        raise click.exceptions.Exit(Exit.INFEASIBLE if front.complete else Exit.LIMIT)
    options = []
    for letter, point in zip(ascii_uppercase, front.points, strict=False):
        name = ", ".join(f"{wish} {number}" for wish, number in zip(wanted, point.numbers, strict=True))
        options.append(Option(letter, name, scenario, point.timetable, "optimal", places=places))
    return options, front.sentence


def _scenario(letter: str, path: str, clock: Clock, to_solve: int) -> Option:
    """Solve a scenario; the ``to_solve`` scenarios that are left share the time that is left."""
    from scheduler.comparison.option import Option
    from scheduler.forecasting.planning import plan
    from scheduler.reading.loading import load

    with clock.alarm():
        loaded = load(path)
    scenario = loaded.scenario
    planned, outcome = None, Outcome(Status.UNKNOWN)
    with suppress(OutOfTime), clock.alarm():
        planned = plan(scenario, clock.settings(share=1 / to_solve))
        outcome = planned.outcome
    reasons: tuple[str, ...] = ()
    if planned is not None and planned.promises_fail:
        reasons = (as_sentence(planned.sentence),)
    elif outcome.status is Status.INFEASIBLE:
        reasons = tuple(_explained(loaded, clock, 1 / to_solve)) or (f"Why: schedule explain {shlex.quote(path)}",)
    elif outcome.timetable is None:
        reasons = ("The time limit was reached before any timetable was found.",)
    warn(loaded.warnings)
    return Option(
        letter, scenario.option or scenario.name, scenario, outcome.timetable, outcome.status.value, reasons=reasons
    )


def _explained(loaded: Loaded, clock: Clock, share: float) -> Iterator[str]:
    """Sentences: what is missing, which rules clash, and the cheapest ways out."""
    from scheduler.arithmetic.findings import Shortage
    from scheduler.explanation.impossible import explain

    try:
        with clock.alarm():
            explanation = explain(loaded.scenario, loaded.document, clock.settings(workers=1, share=share), ways=2)
    except OutOfTime:
        return
    yield from explanation.events
    for shortage in explanation.shortages:
        detail = shortage.detail if isinstance(shortage, Shortage) else ""
        yield f"{shortage.sentence}{f' Asked for: {detail}.' if detail else ''}"
    if explanation.conflict is not None and explanation.conflict.rules:
        clash = " ".join(item.sentence for item in explanation.conflict.rules)
        yield f"What clashes: {clash}"
    ways = [uncapital(way.sentence).rstrip(".") for way in explanation.repairs.ways]
    if ways:
        yield f"Cheapest ways out: {'; or '.join(ways)}."


def _read(letter: str, path: str, known: Sequence[Scenario]) -> Option:
    """A timetable. One that carries no scenario has that of another option, or of the document beside it."""
    from exports.timetable_reading import read_timetable
    from scheduler.comparison.option import Option

    stored = read_timetable(path, known=known, widen=True)
    say(note for note in stored.notes if note not in stored.disagreements)
    scenario, status = stored.scenario, "checked" if stored.outcome is None else stored.outcome.status.value
    name = scenario.option or scenario.name
    if not len(stored.timetable):
        status = str(stored.document.get("status", status))
        none = "No timetable keeps every rule that must hold."
        reasons = (none if status == Status.INFEASIBLE.value else "The file holds no session.",)
        return Option(letter, name, scenario, None, status, reasons=reasons)
    return Option(
        letter,
        name,
        scenario,
        stored.timetable,
        status,
        stored.violations,
        outside=stored.outside,
        notes=stored.disagreements,
    )
