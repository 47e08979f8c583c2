"""``schedule forecast``: when each session will really start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.shared import (
    Kept,
    console,
    echo,
    force_option,
    json_option,
    outbox_for,
    print_json,
    read_complete,
    scenario_option,
    store,
    warn,
)
from scheduler.errors import Exit, InputError

if TYPE_CHECKING:
    from scheduler.domain.timetable import Timetable
    from scheduler.scenario import Scenario


@click.command("forecast")
@click.argument("path", metavar="SCENARIO|TIMETABLE")
@click.option("--plot", metavar="FILE", help="Draw a chart: FILE.svg or FILE.png (needs the extra 'plot').")
@scenario_option
@time_limit_option
@force_option
@json_option
def command(path: str, plot: str | None, of_scenario: str | None, clock: Clock, force: bool, as_json: bool) -> int:
    """Forecast when each session starts and ends in 8 of 10 cases, and how likely it overruns.

    A scenario is solved first; a timetable (or - for standard input) is taken as it is.

    Exit status 0: every promise is kept; 1: a promise is not kept; 3, 4: there is no timetable, as for solve.

    Example: schedule forecast scenarios/forecast/csp11-ranges.yaml --plot forecast.svg
    """
    from scheduler.forecasting.influence import influences
    from scheduler.forecasting.promises import judge
    from scheduler.forecasting.windows import forecast

    kind = _kind_of(plot)
    outbox = None if plot is None else outbox_for(Path(plot).parent, force)
    scenario, timetable = _read(path, of_scenario, clock)
    found = forecast(scenario, timetable)
    judgements, ranked = judge(found), influences(found)
    if as_json:
        from exports.json.forecast import forecast_document

        print_json(forecast_document(found, judgements, ranked))
    else:
        from exports.terminal.forecast import print_forecast

        print_forecast(found, judgements, ranked, console())
    kept = Kept()
    if plot is not None and outbox is not None:
        from exports.chart.forecast import chart_bytes

        target = Path(plot)
        kept = store(outbox, [(target.name, chart_bytes(found, kind))])
    return kept.end(Exit.DONE if all(j.kept for j in judgements) else Exit.NO, err=as_json)


def _kind_of(plot: str | None) -> str:
    from exports.chart.forecast import FORMATS

    kind = "" if plot is None else Path(plot).suffix.removeprefix(".").lower()
    if plot is not None and kind not in FORMATS:
        raise InputError(f"--plot {plot}: end the name in .svg or .png")
    return kind


def _read(path: str, of_scenario: str | None, clock: Clock) -> tuple[Scenario, Timetable]:
    from exports.timetable_reading import is_timetable

    if path == "-" or of_scenario is not None or is_timetable(path):
        stored = read_complete(path, of_scenario)
        return stored.scenario, stored.timetable
    from scheduler.commands.progress import watching
    from scheduler.forecasting.planning import plan
    from scheduler.reading.loading import load

    with clock.alarm():
        loaded = load(path)
    warn(loaded.warnings)
    with watching() as report, clock.alarm():
        planned = plan(loaded.scenario, clock.settings(), report)
    echo(f"Planned: {planned.sentence}.", err=True)
    timetable = planned.outcome.timetable or planned.nominal.timetable
    if timetable is None:
        raise click.exceptions.Exit(planned.outcome.exit)
    return loaded.scenario, timetable
