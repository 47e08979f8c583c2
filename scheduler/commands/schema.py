"""``schedule schema``: the JSON Schema of a scenario."""

from __future__ import annotations

import click

from scheduler.commands.shared import print_json


@click.command("schema")
@click.option("--json", "as_json", is_flag=True, help="The schema is JSON already; accepted for uniformity.")
def command(as_json: bool) -> None:  # noqa: ARG001  one form only
    """Print the JSON Schema of a scenario: editors then complete keys and underline mistakes.

    Put this line at the top of a scenario: # yaml-language-server: $schema=schedule.schema.json

    Example: schedule schema > schedule.schema.json
    """
    from scheduler.reading.schema import scenario_schema

    print_json(scenario_schema())
