"""``schedule import``: a scenario from a workbook of another program."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.shared import force_option, json_option, out_option, print_json, tell


@click.command("import")
@click.argument("workbook", metavar="WORKBOOK")
@click.option("--format", "form", required=True, type=click.Choice(["cosplib"]), help="Layout of the workbook.")
@out_option
@force_option
@json_option
def command(workbook: str, form: str, directory: str, force: bool, as_json: bool) -> None:  # noqa: ARG001  one form so far
    """Write a workbook of the benchmark library CoSPLib as a scenario: YAML, and its tables as CSV.

    A timetable costs the same in both, rule by rule.

    Example: schedule import N2OR.xlsx --format cosplib -o conferences
    """
    from exports.cosplib.conference_reading import read_conference
    from exports.cosplib.conference_scenario import CosplibScenario
    from exports.files import Outbox

    found = CosplibScenario(read_conference(workbook), Path(workbook).name)
    tables = found.tables()
    found.yaml({key: key for key in tables})  # raises for what cannot be written, before any file is
    outbox = Outbox(directory, force)
    written = {key: outbox.write(f"{found.name}.{key}.csv", data) for key, data in tables.items()}
    names = {key: file.path.name for key, file in written.items()}
    scenario = outbox.write(f"{found.name}.yaml", found.yaml(names))
    files = [scenario, *written.values()]
    if as_json:
        from exports.json.answers import written_document

        print_json(written_document(file.path for file in files))
    tell(files, err=as_json)
