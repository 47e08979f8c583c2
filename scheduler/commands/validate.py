"""``schedule validate``: every mistake of a scenario at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scheduler.commands.shared import echo, json_option, print_json, warn
from scheduler.errors import Exit
from scheduler.reading.diagnostics import ScenarioError

if TYPE_CHECKING:
    from scheduler.reading.diagnostics import Diagnostic
    from scheduler.scenario import Scenario


@click.command("validate")
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@json_option
def command(scenarios: tuple[str, ...], as_json: bool) -> int:
    """Check scenarios for mistakes: each with file, line, column and remedy.

    Exit status 0: valid, perhaps with warnings; 2: errors.

    Example: schedule validate scenarios/*.yaml
    """
    from scheduler.reading.diagnostics import Severity
    from scheduler.reading.loading import load

    found: list[Diagnostic] = []
    for path in scenarios:
        try:
            loaded = load(path)
        except ScenarioError as error:
            found += error.diagnostics
        else:
            found += loaded.warnings
            if not as_json:
                echo(f"{path}: valid: {_size(loaded.scenario)}")
    if as_json:
        from exports.json.answers import validation_document

        print_json(validation_document(found))
    else:
        warn(found)
    return Exit.USAGE if any(d.severity is Severity.ERROR for d in found) else Exit.DONE


def _size(scenario: Scenario) -> str:
    from scheduler.wording import counted

    axis = scenario.calendar.axis
    held = len({body.id for body in scenario.body_of.values()})
    numbers = ((len(scenario.sessions), "session"), (len(axis.days), "day"), (len(axis.slots), "slot"))
    parts = [counted(held, "body", "bodies"), *(counted(number, noun) for number, noun in numbers)]
    return ", ".join([*parts, counted(len(scenario.rules), "rule")])
