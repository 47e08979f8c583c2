"""``schedule now``: the forecast from what has happened so far."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands.shared import console, echo, json_option, print_json, read_complete, scenario_option
from scheduler.errors import Exit, InputError, OutputError

if TYPE_CHECKING:
    from scheduler.documents.timetable_document import Stored
    from scheduler.forecasting.live import Known
    from scheduler.forecasting.reports import DayReport, Windows
    from scheduler.forecasting.windows import Forecast


@click.command("now")
@click.argument("timetable", metavar="TIMETABLE")
@click.option("--at", metavar="MOMENT", help='The time now, as in "2025-02-26 11:40" or "Wednesday 11:40".')
@click.option("--done", multiple=True, metavar="SESSION@TIME", help="A session that has ended; may be repeated.")
@click.option(
    "--running",
    multiple=True,
    metavar="SESSION[@TIME]",
    help="A session that runs (since TIME); one for each room.",
)
@click.option("--undo", is_flag=True, help="Take the last report back.")
@click.option("--state", metavar="FILE", help="Where reports are kept  [default: NAME.now.json beside the timetable]")
@scenario_option
@json_option
def command(
    timetable: str, at: str | None, done: tuple[str, ...], running: tuple[str, ...], undo: bool, state: str | None,
    of_scenario: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Report what has happened and forecast the rest: new windows, what changed, what is at risk and what would help.

    Reports are kept and add up. --undo takes the last one back. A time without a day belongs to the day of --at.

    Exit status 0: nothing is at risk; 1: a promise or a fixed time is at risk, or the meeting will overrun.

    Example: schedule now out/csp11.json --at "2025-02-26 11:40" --done nip@11:20 --running cei
    """
    from exports.files import write_atomically
    from scheduler.forecasting.live import forecast_from, known_from
    from scheduler.forecasting.reports import load_state, read_report, state_bytes, state_path

    if timetable == "-" and state is None:
        raise InputError("the reports of a timetable from standard input need a file: name one with --state")
    if undo and (at is not None or done or running):
        raise InputError("--undo stands alone: take the last report back first, then report anew in another call")
    if at is None and not undo:
        raise InputError("say what time it is, as in --at 'Wednesday 11:40'; or take the last report back with --undo")
    stored = read_complete(timetable, of_scenario)
    path = state_path(timetable) if state is None else Path(state)
    digest, *others = _digests(stored)
    reports, again = load_state(path, [digest, *others], stored.scenario.sessions), False
    if undo:
        if not reports:
            raise InputError(f"{path}: there is no report to take back")
        reports.pop()
        known = known_from(stored.scenario, stored.timetable, reports)
    else:
        report, taken = read_report(stored.scenario, at or "", done, running)
        for line in taken:
            echo(line, err=True)
        known = known_from(stored.scenario, stored.timetable, [*reports, report])
        again = bool(reports) and known == known_from(stored.scenario, stored.timetable, reports)
        if not again:
            reports.append(report)
    found = forecast_from(stored.scenario, stored.timetable, known)
    before = reports[-1].windows if again else reports[-2].windows if len(reports) > 1 else _first_windows(stored)
    if reports:
        windows = {str(s): item.start.window for s, item in found.sessions.items()}
        reports[-1] = replace(reports[-1], windows=windows)
    trouble = ""
    try:
        write_atomically(path, state_bytes(reports, digest))
    except OutputError as error:
        trouble = error.message
    status = _show(known, reports, found, before, as_json)
    if trouble:
        echo(f"{trouble} This report is not kept.", err=True)
        return Exit.USAGE
    echo(f"Wrote {path} ({len(reports)} report{'' if len(reports) == 1 else 's'}).", err=as_json)
    return status


def _digests(stored: Stored) -> list[str]:
    """Of the timetable and its scenario: as it is written today, and as the version wrote it that stored it."""
    from scheduler.documents.timetable_document import sessions_of
    from scheduler.scenario import fingerprint

    places = sessions_of(stored.scenario, stored.timetable)
    scenarios = (stored.scenario.sha256, fingerprint(stored.document["scenario"]["document"]))
    return [hashlib.sha256(json.dumps([scenario, places]).encode()).hexdigest() for scenario in scenarios]


def _first_windows(stored: Stored) -> Windows:
    from scheduler.forecasting.windows import forecast

    return {str(s): f.start.window for s, f in forecast(stored.scenario, stored.timetable).sessions.items()}


def _show(known: Known, reports: list[DayReport], found: Forecast, before: Windows, as_json: bool) -> int:
    from exports.terminal.now import print_now
    from scheduler.forecasting.live import changes
    from scheduler.forecasting.outlook import at_risk, overrun_of
    from scheduler.forecasting.remedies import remedies

    moved = [(session, minutes) for session, minutes in changes(before, found) if session not in known.starts]
    risks = [(risk, remedies(found, risk)) for risk in at_risk(found)]
    overrun = overrun_of(found)
    if as_json:
        from exports.json.now import now_document

        print_json(now_document(found, known, reports, moved, risks, overrun))
    else:
        print_now(found, known, reports, moved, risks, overrun, console())
    return Exit.NO if risks or overrun else Exit.DONE
