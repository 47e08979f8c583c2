"""``schedule check``: a timetable against every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scheduler.commands.shared import console, echo, json_option, print_json, say, warn
from scheduler.errors import Exit

if TYPE_CHECKING:
    from scheduler.documents.timetable_document import Stored
    from scheduler.domain.violations import Violation
    from scheduler.scenario import Scenario


@click.command("check")
@click.argument("scenario", metavar="SCENARIO")
@click.argument("timetable", metavar="TIMETABLE")
@json_option
def command(scenario: str, timetable: str, as_json: bool) -> int:
    """Check a timetable against every rule of a scenario, and say what it costs.

    TIMETABLE is what this program wrote, as JSON, CSV or workbook, edited or not; a list or a grid of half-days typed
    by hand (Wednesday morning: WGTU); last year's annex; or a workbook in the layout of the library CoSPLib.

    Exit status 0: every rule that must hold is kept; 1: one is broken.

    Example: schedule check scenarios/csp11.yaml out/csp11.json
    """
    from exports.terminal.annex import print_rules, print_violations
    from exports.timetable_reading import read_timetable
    from scheduler.checking import check
    from scheduler.reading.loading import load

    loaded = load(scenario)
    stored = read_timetable(timetable, loaded.scenario, widen=True)
    judged = stored.scenario  # with further slots for hours outside its own, so that rules see who sits there
    say(stored.notes)
    given = (*stored.violations, *_promises_not_kept(judged, stored))
    report = check(judged, stored.timetable, given)
    if as_json:
        from exports.json.answers import check_document

        print_json(check_document(report))
    else:
        warn(loaded.warnings)
        screen = console()
        print_rules(judged, report.violations, screen)
        print_violations(report.violations, screen)
        echo(f"The timetable {report.verdict}; it costs {report.cost}.")
    return Exit.DONE if report.keeps_all else Exit.NO


def _promises_not_kept(scenario: Scenario, stored: Stored) -> tuple[Violation, ...]:
    """Broken promises; the forecast is loaded only when there are promises."""
    if not scenario.promises:
        return ()
    from scheduler.forecasting.promises import not_kept

    return not_kept(scenario, stored.timetable)
