"""``schedule export``: a timetable in other formats."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.shared import (
    force_option,
    json_option,
    out_option,
    print_json,
    read_alone,
    say,
    scenario_option,
    store,
)
from scheduler.errors import Exit, InputError

ALL = "all"
"""Stands for every format."""


@click.command("export")
@click.argument("timetable", metavar="TIMETABLE")
@click.option("--to", "formats", required=True, metavar="xlsx,csv,...", help="Formats, separated by commas.")
@click.option("--fonts", metavar="DIR", help="Set a PDF in the fonts of this folder, and no others.")
@scenario_option
@out_option
@force_option
@json_option
def command(
    timetable: str, formats: str, fonts: str | None, of_scenario: str | None, directory: str, force: bool,
    as_json: bool,
) -> int:  # fmt: skip
    """Write a timetable in other formats.

    \b
    xlsx      the annex; of a revision with marks, and a clean copy
    services  interpreters, rooms, people, deadlines, the order of each day; stays in the house
    working   the working workbook
    docx      the annex as a Word file; needs the extra [word]
    pdf       the annex as a PDF, readable by screen readers; needs the extra [pdf]
    html      the annex as a web page: one file, also in the time zone of the reader
    ics       calendars: of all, of each audience and each body; need the extra [calendar]
    csv       a table of segments
    json      the timetable document
    frab      XML for conference programs and apps
    pretalx   the same in the JSON of pretalx
    indico    contributions for Indico: CSV without a header
    odoo      tracks for Odoo: CSV
    cosplib   the layout of the benchmark library CoSPLib, for its checker
    all       all of these; without those whose extra is not installed, and that cannot hold this timetable

    Example: schedule export out/csp11.json --to xlsx,csv
    """
    from exports.extras import MissingExtraError
    from exports.files import Outbox
    from exports.revision import revision_in
    from exports.writing import FONTS, FORMATS, render, stem
    from scheduler.checking import check
    from scheduler.wording import did_you_mean

    wanted = list(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))
    for name in wanted:
        if name not in (*FORMATS, ALL):
            raise InputError(f"there is no format '{name[:40]}': {did_you_mean(name, (*FORMATS, ALL))}")
    everything = ALL in wanted
    if fonts is not None:
        if not Path(fonts).is_dir():
            raise InputError(f"{fonts}: there is no such folder")
        FONTS.set(Path(fonts).absolute())
    stored = read_alone(timetable, of_scenario, widen=True)
    revision = revision_in(stored)
    say(revision.doubts if revision is not None else ())
    report = check(stored.scenario, stored.timetable, stored.violations)
    rendered: dict[str, bytes] = {}
    for name in FORMATS if everything else wanted:
        try:
            rendered |= dict(render(name, stored, report, revision))
        except (MissingExtraError, InputError) as error:  # not installed, or it cannot hold this timetable
            if not everything:
                raise
            say([f"{name} is left out: {error.message}"])
    kept = store(Outbox(directory, force), ((f"{stem(stored)}.{ending}", data) for ending, data in rendered.items()))
    if as_json:
        from exports.json.answers import written_document

        print_json(written_document(file.path for file in kept.written))
    return kept.end(Exit.DONE, err=as_json)
