"""``schedule compare``: options side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.options import compromises, options_of
from scheduler.commands.shared import console, force_option, json_option, outbox_for, print_json, store, warn
from scheduler.errors import Exit, InputError


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, metavar="A B...")
@click.option("--html", "html", metavar="FILE", help="Write the comparison as a page to hand over.")
@click.option("--xlsx", "xlsx", metavar="FILE", help="Write the comparison as a workbook.")
@click.option("--over", metavar="ID,ID", default="", help="Criteria for the Pareto set, as in days,nights,remote.")
@click.option(
    "--trade-off", "trade_off", metavar="ID,ID", default="",
    help="Of one scenario: all compromises between days, nights, officer-nights, waiting, split, remote, cost.",
)  # fmt: skip
@click.option("--published", is_flag=True, help="The first option is published: fewer changes against it are better.")
@click.option("--places", "places_file", metavar="CSV", help="Who follows from afar, instead of the States Parties.")
@time_limit_option
@click.option("--exit-code", is_flag=True, help="Exit with status 1 when timetables differ.")
@force_option
@json_option
def command(
    paths: tuple[str, ...], html: str | None, xlsx: str | None, over: str, trade_off: str, published: bool,
    places_file: str | None, clock: Clock, exit_code: bool, force: bool, as_json: bool,
) -> int:  # fmt: skip
    """Compare scenarios and timetables, in any mix: criteria, moves, which is nowhere worse.

    A timetable is what 'check' takes: a document, a workbook, or half-days in a table. Scenarios are solved. Changes
    are told against the first option that has a timetable.

    Exit status 0: compared; without any timetable 3 (all are impossible) or 4 (a time limit was reached).

    Example: schedule compare scenarios/options/csp11*.yaml --html out/options.html
    """
    from scheduler.api_values.risk_criteria import RISK_CRITERIA
    from scheduler.comparison.compare import compare
    from scheduler.outcome import Status
    from scheduler.reading.tables.places import read_places

    if html and html == xlsx:
        raise InputError(f"--html and --xlsx name the same file, {html}: write two names")
    notes: tuple[str, ...] = ()
    page, book = (outbox_for(Path(path).parent, force) if path else None for path in (html, xlsx))
    places = () if places_file is None else read_places(places_file, warn)
    if trade_off:
        options, said = compromises(paths, trade_off.split(","), clock, places)
        notes = (said,)
    else:
        options = options_of(paths, clock, places)
    wanted = [name.strip() for name in over.split(",") if name.strip()]
    comparison = replace(compare(options, wanted, published=published, further=RISK_CRITERIA), notes=notes)
    kept = []
    if html and page is not None:
        from exports.html.compare import html_bytes

        kept.append(store(page, [(Path(html).name, html_bytes(comparison))]))
    if xlsx and book is not None:
        from exports.xlsx.compare import comparison_workbook

        kept.append(store(book, [(Path(xlsx).name, comparison_workbook(comparison))]))
    if as_json:
        from exports.json.compare import comparison_document

        print_json(comparison_document(comparison))
    else:
        from exports.terminal.compare import print_comparison

        print_comparison(comparison, console())
    status: int = Exit.NO if exit_code and comparison.differ else Exit.DONE
    if all(option.timetable is None for option in options):
        proved = all(option.status == Status.INFEASIBLE.value for option in options)
        status = Exit.INFEASIBLE if proved else Exit.LIMIT
    for each in kept:
        status = each.end(status, err=as_json)
    return status
