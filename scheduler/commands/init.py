"""``schedule init``: a starter scenario, or a starter conference with its tables, and the schema for editors."""

from __future__ import annotations

import click

from scheduler.commands.shared import echo, json_option, print_json
from scheduler.errors import InputError

SCHEMA_FILE = "schedule.schema.json"


@click.command("init")
@click.argument("name", metavar="NAME")
@click.option("--days", required=True, metavar="A..B", help="First and last day, as in 2027-02-23..2027-02-26.")
@click.option("--conference", is_flag=True, help="Many rooms at once; sessions and wishes stand in tables.")
@click.option(
    "-o", "--output", "directory", default=".", show_default=True, metavar="DIR",
    help="Folder to write into; - prints the scenario.",
)  # fmt: skip
@json_option
def command(name: str, days: str, conference: bool, directory: str, as_json: bool) -> None:
    """Write NAME.yaml, a commented scenario to start from, and the schema for editors.

    With --conference also NAME.sessions.csv and NAME.wishes.csv. No file that exists is overwritten.

    Example: schedule init csp13 --days 2027-02-23..2027-02-26
    """
    from pathlib import Path

    from exports.files import Outbox, write_atomically
    from scheduler.documents.timetable_document import to_bytes
    from scheduler.domain.base import file_stem
    from scheduler.domain.when import parse_period
    from scheduler.reading.schema import scenario_schema
    from scheduler.starters.conference import starter_conference
    from scheduler.starters.series import starter

    try:
        file_stem(name)
        period = parse_period(days)
        write = starter_conference if conference else starter
        texts = write(name, period.first, period.last)
    except ValueError as error:
        raise InputError(str(error)) from None
    if directory == "-":
        if conference:
            raise InputError("a conference is three files: write them into a folder with -o DIR")
        echo(texts[f"{name}.yaml"], nl=False)
        return
    files = {Path(directory) / file: text.encode() for file, text in texts.items()}
    schema = Path(directory) / SCHEMA_FILE
    taken = next((path for path in files if path.exists()), None)
    if taken is not None:
        raise InputError(f"{taken} exists already and is left as it is: choose another name")
    if not schema.exists():
        files[schema] = to_bytes(scenario_schema())
    Outbox(directory).make()
    for path, data in files.items():
        write_atomically(path, data)
    if as_json:
        from exports.json.answers import written_document

        print_json(written_document(files))
    for file in files:
        echo(f"wrote {file}", err=as_json)
    echo(f"next: schedule solve {next(iter(files))}", err=True)
