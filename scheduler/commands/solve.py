"""``schedule solve``: the best timetable, on screen and as files."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.shared import (
    Kept,
    Whole,
    console,
    echo,
    effort,
    force_option,
    import_ahead,
    json_option,
    out_option,
    outbox_for,
    print_json,
    store,
    warn,
)
from scheduler.errors import InputError, OutOfTime
from scheduler.outcome import Outcome, Status
from scheduler.reading.cleaning import in_one_line
from scheduler.wording import as_sentence, counted

if TYPE_CHECKING:
    from exports.files import Outbox
    from scheduler.forecasting.planning import PromisePlan
    from scheduler.scenario import Scenario


@click.command("solve")
@click.argument("scenario", metavar="SCENARIO")
@out_option
@click.option(
    "-k", "count", type=Whole(1, 26), metavar="N", help="Find up to N timetables, any two of which really differ."
)
@click.option(
    "--apart", default=2, show_default=True, type=Whole(1, 10_000), metavar="D",
    help="With -k: how many sessions at least start in different slots.",
)  # fmt: skip
@click.option(
    "--within", default=0, show_default=True, type=Whole(0, 10**9), metavar="POINTS",
    help="With -k: how many points more than the best each may cost.",
)  # fmt: skip
@time_limit_option
@click.option(
    "--seed", default=0, show_default=True, type=Whole(0, 2**31 - 1),
    help="Seed of the search; a proved answer does not depend on it.",
)  # fmt: skip
@click.option(
    "--workers", default=None, type=Whole(1, 256), metavar="N", help="Solver threads  [default: one, then all cores]"
)
@click.option(
    "--formulation", default="auto", show_default=True, type=click.Choice(["auto", "axis", "slots", "counted"]),
    help="axis: every session by name and minute; slots: by name and place, for 30 to 500 sessions; "
    "counted: for hundreds in many rooms.",
)  # fmt: skip
@click.option("--verbose", is_flag=True, help="Say which formulation was chosen and why, and what the search took.")
@force_option
@json_option
def command(
    scenario: str, directory: str, count: int | None, apart: int, within: int, clock: Clock, seed: int,
    workers: int | None, formulation: str, verbose: bool, force: bool, as_json: bool,
) -> int:  # fmt: skip
    """Find the best timetable; print it, and write the annex, the working workbook and the timetable document.

    Exit status 0: a timetable was found; 3: proved that none exists; 4: none was found within the time limit;
    130: interrupted (the best timetable so far is written).

    Example: schedule solve scenarios/csp11.yaml
    """
    import_ahead("scheduler.model.cpsat", "openpyxl")
    from scheduler.commands.progress import watching
    from scheduler.documents.timetable_document import to_document
    from scheduler.reading.loading import load
    from scheduler.solving.completing import solve_all
    from scheduler.solving.formulation import Choice, Formulation, choose

    with clock.alarm():
        loaded = load(scenario)
    warn(loaded.warnings)
    outbox = outbox_for(directory, force)
    settings = clock.settings(seed, workers)
    promised = bool(loaded.scenario.promises) and count is None
    if promised and formulation in (Formulation.SLOTS, Formulation.COUNTED):
        raise InputError(f"--formulation {formulation} does not serve a promise: leave it out")
    choice = Choice(Formulation.AXIS, "for a promise") if promised else None
    if count is not None:
        with clock.alarm():
            choice = choose(loaded.scenario, Formulation(formulation))
        if verbose:
            echo(choice.sentence, err=True)
        from scheduler.commands.several import solve_several

        return solve_several(loaded.scenario, (count, apart, within), choice, settings, clock, outbox, as_json=as_json)
    planned, outcome = None, Outcome(Status.UNKNOWN, unbuilt=True)
    with watching() as report, suppress(OutOfTime), clock.alarm():
        choice = choice or choose(loaded.scenario, Formulation(formulation))
        if verbose:
            echo(choice.sentence, err=True)
        if loaded.scenario.promises:
            from scheduler.forecasting.planning import plan

            planned = plan(loaded.scenario, settings, report)
            outcome = planned.outcome
        else:
            outcome = solve_all(loaded.scenario, settings, report, choice)
    if verbose:
        echo(effort(), err=True)
    kept = _write(loaded.scenario, outcome, outbox)
    if as_json:
        print_json(to_document(loaded.scenario, outcome))
    else:
        if planned is None or not planned.promises_fail:
            _print(loaded.scenario, outcome, scenario)
        if planned is not None:
            if planned.promises_fail:
                echo(f"Nothing is written. Files of an earlier solve in '{directory}' do not keep these promises.")
            _print_promises(planned)
    return kept.end(outcome.exit, err=as_json)


def _print_promises(planned: PromisePlan) -> None:
    for judgement in planned.judgements:
        echo(f"Promise {'kept' if judgement.kept else 'NOT KEPT'}: {judgement.message}.")
    if planned.says_more:
        echo(as_sentence(planned.sentence))


def _write(scenario: Scenario, outcome: Outcome, outbox: Outbox) -> Kept:
    """The annex, the working workbook and the timetable document; nothing when nothing was found."""
    if outcome.timetable is None:
        return Kept()
    from exports.writing import solved_files

    files = ((f"{scenario.name}.{ending}", data) for ending, data in solved_files(scenario, outcome))
    return store(outbox, files)


def _print(scenario: Scenario, outcome: Outcome, path: str) -> None:
    from exports.terminal.annex import print_rules, print_timetable

    screen = console()
    if outcome.timetable is not None:
        print_timetable(scenario, outcome.timetable, screen)
        print_rules(scenario, outcome.violations, screen)
    if scenario.implied:
        from scheduler.rules.deputies import who_stands_in

        if said := who_stands_in(scenario.implied, outcome.violations):
            echo(in_one_line(said))
    for body, officer in scenario.dropped.items():
        echo(in_one_line(f"Not held: {scenario.name_of(body)}, because a post is vacant ({officer.title})."))
    price = f" It costs {counted(outcome.cost, 'point')}." if outcome.status is Status.OPTIMAL and outcome.cost else ""
    echo(f"{as_sentence(outcome.sentence)}{price}")
    for reason in outcome.reasons:
        echo(f"  {reason}")
    if outcome.status is Status.INFEASIBLE:
        echo(f"Why, and the cheapest ways out: schedule explain {path}")
