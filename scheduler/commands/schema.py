"""``schedule schema``: the JSON Schema of a scenario, or of what ``--json`` prints."""

from __future__ import annotations

import click

from scheduler.commands.shared import echo, print_json
from scheduler.errors import InputError


@click.command("schema")
@click.option(
    "--of", "name", metavar="NAME", default="scenario", is_flag=False, flag_value="",
    help="The document that the schema is of, as in --of timetable; without NAME: the names of all.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Changes nothing: a schema is JSON already.")
def command(name: str, as_json: bool) -> None:  # noqa: ARG001  one form only
    """Print the JSON Schema of a scenario, with which editors complete keys and underline mistakes.

    Put this line at the top of a scenario: # yaml-language-server: $schema=schedule.schema.json

    With --of: the schema of a document that --json prints, or that is stored.

    Example: schedule schema > schedule.schema.json
    """
    from exports.json.schemas import FILES, NAMES, SCHEMAS, schema_of

    if not name:
        echo("scenario: What a planner writes.")
        for each, (says, *_) in (SCHEMAS | FILES).items():
            echo(f"{each}: {says}")
        return
    if name not in NAMES:
        from scheduler.wording import listed, quoted, suggest

        near = suggest(name, NAMES)
        hint = f"did you mean {quoted(near)}? " if near else ""
        raise InputError(f"there is no schema of {quoted(name)}: {hint}There are {listed(NAMES)}.")
    print_json(schema_of(name))
