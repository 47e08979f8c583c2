"""``schedule validate``: every mistake of a scenario at once."""

from __future__ import annotations

import click

from scheduler.commands.shared import json_option, print_json, warn
from scheduler.errors import Exit, ScenarioError


@click.command("validate")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@json_option
def command(scenarios: tuple[str, ...], as_json: bool) -> int:
    """Check scenarios for mistakes: each with file, line, column and remedy.

    Exit status 0: valid, perhaps with warnings; 2: errors.

    Example: schedule validate scenarios/*.yaml
    """
    from scheduler.diagnostics import Severity, as_json as json_of
    from scheduler.loading import load

    found = []
    for path in scenarios:
        try:
            loaded = load(path)
        except ScenarioError as error:
            found += error.diagnostics
        else:
            found += loaded.warnings
            if not as_json:
                click.echo(f"{path}: valid: {_size(loaded.scenario)}")
    if as_json:
        print_json({"valid": all(d.severity is not Severity.ERROR for d in found), "diagnostics": json_of(found)})
    else:
        warn(found)
    return Exit.USAGE if any(d.severity is Severity.ERROR for d in found) else Exit.DONE


def _size(scenario) -> str:  # type: ignore[no-untyped-def]
    axis = scenario.calendar.axis
    held = len({body.id for body in scenario.body_of.values()})
    return f"{held} bodies, {len(scenario.sessions)} sessions, {len(axis.days)} days of {len(axis.slots)} slots, {len(scenario.rules)} rules"
