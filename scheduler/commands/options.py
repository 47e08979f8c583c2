"""Turns what is named on the command line, scenarios, timetables and workbooks, into options to compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from scheduler.commands.shared import warn
from scheduler.commands.timetables import is_workbook
from scheduler.errors import InputError

if TYPE_CHECKING:
    from scheduler.comparison.option import Option
    from scheduler.domain.places import Place
    from scheduler.engine import Settings
    from scheduler.loading import Loaded
    from scheduler.scenario import Scenario

MOST_OPTIONS = len(ascii_uppercase)


def options_of(paths: Sequence[str], settings: Settings, places: tuple[Place, ...] = ()) -> list[Option]:
    """An option for each path, in order, named A, B, C; scenarios are solved.

    Raises:
        InputError: too many, none can be read, or a workbook whose scenario is not at hand.
    """
    if len(paths) > MOST_OPTIONS:
        raise InputError(f"{len(paths)} options: at most {MOST_OPTIONS} stand side by side")
    found: dict[int, Option] = {}
    workbooks = [index for index, path in enumerate(paths) if is_workbook(path)]
    for index in [*(i for i in range(len(paths)) if i not in workbooks), *workbooks]:
        letter, path = ascii_uppercase[index], paths[index]
        if index in workbooks:
            option = _workbook(letter, path, [known.scenario for known in found.values()])
        elif Path(path).suffix.lower() == ".json":
            option = _timetable(letter, path)
        else:
            option = _scenario(letter, path, settings)
        found[index] = replace(option, places=places)
    options = [found[index] for index in range(len(paths))]
    names = [option.name for option in options]
    return [
        replace(o, name=f"{o.name}, {Path(path).name}") if names.count(o.name) > 1 else o
        for o, path in zip(options, paths, strict=True)
    ]


def compromises(
    paths: Sequence[str], wishes: Sequence[str], time_limit: float, places: tuple[Place, ...] = ()
) -> tuple[list[Option], str]:
    """An option for each compromise between wishes, of the one scenario named, and how far the list is proved.

    Raises:
        InputError: more than one scenario, an unknown wish, or no timetable at all.
    """
    from scheduler.alternatives.pareto import NAMES, trade_offs
    from scheduler.comparison.option import Option
    from scheduler.diagnostics import did_you_mean
    from scheduler.loading import load

    wanted = list(dict.fromkeys(wish.strip() for wish in wishes if wish.strip()))
    for wish in wanted:
        if wish not in NAMES:
            raise InputError(f"--trade-off: there is no wish '{wish[:40]}': {did_you_mean(wish, NAMES)}")
    if len(paths) != 1 or not 2 <= len(wanted) <= 3:
        raise InputError("--trade-off: name one scenario, and two or three wishes, as in nights,remote")
    scenario = load(paths[0]).scenario
    front = trade_offs(scenario, wanted, most=MOST_OPTIONS, seconds=time_limit)
    if not front.points:
        raise InputError(f"{paths[0]}: no timetable was found to trade with: see 'schedule solve {paths[0]}'")
    options = []
    for letter, point in zip(ascii_uppercase, front.points, strict=False):
        name = ", ".join(f"{wish} {number}" for wish, number in zip(wanted, point.numbers, strict=True))
        options.append(Option(letter, name, scenario, point.timetable, "optimal", places=places))
    return options, front.sentence


def _scenario(letter: str, path: str, settings: Settings) -> Option:
    from scheduler.comparison.option import Option
    from scheduler.forecast.planning import plan
    from scheduler.loading import load
    from scheduler.outcome import Status

    loaded = load(path)
    scenario = loaded.scenario
    planned = plan(scenario, settings)
    outcome = planned.outcome
    reasons: tuple[str, ...] = ()
    if planned.promises_fail:
        reasons = (_sentence(planned.sentence),)
    elif outcome.status is Status.INFEASIBLE:
        reasons = (*(_sentence(warning.message) for warning in loaded.warnings), *_explained(loaded, settings))
    elif outcome.timetable is None:
        reasons = ("The time limit was reached before any timetable was found.",)
    else:
        warn(loaded.warnings)
    return Option(
        letter, scenario.option or scenario.name, scenario, outcome.timetable, outcome.status.value, reasons=reasons
    )


def _explained(loaded: Loaded, settings: Settings) -> Iterator[str]:
    """Which rules clash, and the cheapest ways out."""
    from scheduler.explanation.impossible import explain

    explanation = explain(loaded.scenario, loaded.document, replace(settings, workers=1), ways=2)
    if explanation.conflict is not None and explanation.conflict.items:
        clash = " ".join(item.sentence for item in explanation.conflict.items)
        yield f"What clashes: {clash}"
    ways = [way.sentence[:1].lower() + way.sentence[1:].rstrip(".") for way in explanation.repairs.ways]
    if ways:
        yield f"Cheapest ways out: {'; or '.join(ways)}."


def _timetable(letter: str, path: str) -> Option:
    from scheduler.comparison.option import Option
    from scheduler.document import read_stored

    stored = read_stored(path, widen=True)
    scenario = stored.scenario
    if not len(stored.timetable):
        status = stored.document.get("status")
        reason = (
            "No timetable keeps every rule that must hold." if status == "infeasible" else "The file holds no session."
        )
        return Option(letter, scenario.option or scenario.name, scenario, None, str(status), reasons=(reason,))
    status = stored.outcome.status.value if stored.outcome else "checked"
    name = scenario.option or scenario.name
    return Option(letter, name, scenario, stored.timetable, status, stored.findings, outside=stored.outside)


def _workbook(letter: str, path: str, known: Sequence[Scenario]) -> Option:
    """The scenario of a workbook is that of another option, or of the timetable document beside it."""
    from scheduler.commands.timetables import read_timetable
    from scheduler.comparison.option import Option

    stored = read_timetable(path, known=known, widen=True)
    scenario = stored.scenario
    name = scenario.option or scenario.name
    return Option(
        letter,
        name,
        scenario,
        stored.timetable,
        "checked",
        stored.findings,
        outside=stored.outside,
        notes=stored.notes,
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"
