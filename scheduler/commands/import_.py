"""``schedule import``: a scenario from a file of another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands.shared import echo, force_option, json_option, out_option, print_json, tell
from scheduler.errors import InputError

if TYPE_CHECKING:
    from exports.files import Outbox, WrittenFile
    from exports.systems.talks import Schedule

FORMATS = ("cosplib", "pretalx", "frab", "sessionize")


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("--format", "form", required=True, type=click.Choice(FORMATS), help="What FILE is.")
@click.option("--sheet", metavar="NAME", help="The sheet with the list, in a workbook with several.")
@out_option
@force_option
@json_option
def command(file: str, form: str, sheet: str | None, directory: str, force: bool, as_json: bool) -> None:
    """Write the file of another program as a scenario.

    \b
    cosplib     a workbook of the benchmark library CoSPLib; its tables as CSV:
                a timetable costs the same in both, rule by rule
    pretalx     a schedule as JSON, of pretalx or c3voc
    frab        a schedule as frab XML, of frab, pretalx or others
    sessionize  a list of talks as CSV or workbook, of Sessionize or your own

    A schedule with hours gives NAME.timetable.csv too, for schedule check and
    compare. What a scenario has no place for is left out, and told.

    Example: schedule import schedule.json --format pretalx -o conferences
    """
    from exports.files import Outbox

    if sheet is not None and form != "sessionize":
        raise InputError("--sheet names the sheet of a list: it goes with --format sessionize")
    outbox = Outbox(directory, force)
    files = _cosplib(file, outbox) if form == "cosplib" else _schedule(file, form, sheet, outbox)
    if as_json:
        from exports.json.answers import written_document

        print_json(written_document(file.path for file in files))
    tell(files, err=as_json)


def _cosplib(workbook: str, outbox: Outbox) -> list[WrittenFile]:
    from exports.cosplib.conference_reading import read_conference
    from exports.cosplib.conference_scenario import CosplibScenario

    found = CosplibScenario(read_conference(workbook), Path(workbook).name)
    tables = found.tables()
    found.yaml({key: key for key in tables})  # raises for what cannot be written, before any file is
    written = {key: outbox.write(f"{found.name}.{key}.csv", data) for key, data in tables.items()}
    names = {key: file.path.name for key, file in written.items()}
    return [outbox.write(f"{found.name}.yaml", found.yaml(names)), *written.values()]


def _schedule(file: str, form: str, sheet: str | None, outbox: Outbox) -> list[WrittenFile]:
    from exports.systems.schedule_scenario import ImportedScenario

    found = ImportedScenario(_read(file, form, sheet), Path(file).name)
    scenario, timetable = found.yaml(), found.timetable()  # raises for what cannot be written, before any file is
    for note in found.notes:
        echo(f"note: {note}", err=True)
    files = [outbox.write(f"{found.name}.yaml", scenario)]
    if timetable is not None:
        files.append(outbox.write(f"{found.name}.timetable.csv", timetable))
    return files


def _read(file: str, form: str, sheet: str | None) -> Schedule:
    if form == "sessionize":
        from exports.systems.list_reading import read_list

        return read_list(file, sheet)
    from exports.systems.schedule_reading import read_frab, read_pretalx

    return read_pretalx(file) if form == "pretalx" else read_frab(file)
