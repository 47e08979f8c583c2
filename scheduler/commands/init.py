"""``schedule init``: a starter scenario and the schema for editors."""

from __future__ import annotations

import click

from scheduler.commands.shared import json_option, print_json
from scheduler.errors import InputError

SCHEMA_FILE = "schedule.schema.json"


@click.command("init")
@click.argument("name", metavar="NAME")
@click.option("--days", required=True, metavar="A..B", help="First and last day, as in 2027-02-23..2027-02-26.")
@click.option(
    "-o",
    "--output",
    "directory",
    default=".",
    show_default=True,
    metavar="DIR",
    help="Folder to write into; - prints the scenario.",
)
@json_option
def command(name: str, days: str, directory: str, as_json: bool) -> None:
    """Write a commented starter scenario NAME.yaml and the schema that editors use.

    Nothing that exists is overwritten.

    Example: schedule init csp13 --days 2027-02-23..2027-02-26
    """
    from pathlib import Path

    from exports.files import write_atomically
    from scheduler.document import to_bytes
    from scheduler.domain.base import identifier
    from scheduler.domain.when import parse_period
    from scheduler.schema import scenario_schema
    from scheduler.starter import starter

    try:
        identifier(name)
        period = parse_period(days)
        text = starter(name, period.first, period.last)
    except ValueError as error:
        raise InputError(str(error)) from None
    if directory == "-":
        click.echo(text, nl=False)
        return
    path, schema = Path(directory) / f"{name}.yaml", Path(directory) / SCHEMA_FILE
    if path.exists():
        raise InputError(f"{path} exists already and is left as it is: choose another name")
    written = [path]
    write_atomically(path, text.encode())
    if not schema.exists():
        write_atomically(schema, to_bytes(scenario_schema()))
        written.append(schema)
    if as_json:
        print_json({"written": [str(file) for file in written]})
    for file in written:
        click.echo(f"wrote {file}", err=as_json)
    click.echo(f"next: schedule solve {path}", err=True)
