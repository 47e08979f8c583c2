"""``schedule conference``: a benchmark workbook of a conference with many rooms, solved or judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.numbers import Whole
from scheduler.commands.shared import Kept, echo, force_option, json_option, out_option, outbox_for, print_json, store
from scheduler.errors import Exit

if TYPE_CHECKING:
    from scheduler.solving.counted.conference import Conference
    from scheduler.solving.counted.cost import Verdict
    from scheduler.solving.counted.engine import Result


@click.command("conference")
@click.argument("workbook", metavar="WORKBOOK")
@click.option("--check", "timetable", metavar="TIMETABLE", help="Judge this timetable instead of solving.")
@out_option
@time_limit_option()
@click.option("--seed", default=0, show_default=True, type=Whole(0, 2**31 - 1), help="Of the search.")
@click.option(
    "--workers",
    default=2,
    show_default=True,
    type=Whole(1, 2),
    help="Threads: 2 search from above and from below at once, 1 takes turns.",
)
@force_option
@json_option
def command(
    workbook: str,
    timetable: str | None,
    directory: str,
    clock: Clock,
    seed: int,
    workers: int,
    force: bool,
    as_json: bool,
) -> int:
    """Timetable a conference given as a workbook of the benchmark library CoSPLib, and write it in the same layout.

    Exit status 0: a timetable was found, or the one checked is valid; 1: the one checked is not; 3: there is none,
    proved; 4: the limit was reached before one was found; 130: interrupted (what was found is kept and written).

    Example: schedule conference N2OR.xlsx --time-limit 30
    """
    from scheduler.solving.counted.cosplib import read_conference

    with clock.alarm():
        conference = read_conference(workbook)
    if timetable is not None:
        return _check(conference, timetable, as_json)
    from exports.cosplib.workbook import solution_bytes
    from scheduler.commands.progress import watching
    from scheduler.solving.counted.cost import judge
    from scheduler.solving.counted.engine import solve_conference
    from scheduler.solving.settings import Progress

    outbox = outbox_for(directory, force)
    with watching() as report, clock.alarm():
        result = solve_conference(
            conference,
            time_limit=clock.left,
            seed=seed,
            workers=workers,
            report=None if report is None else lambda step: report(Progress(step.seconds, step.cost, step.bound)),
        )
    kept = Kept()
    verdict = None
    if result.plan is not None:
        verdict = judge(conference, result.plan)
        kept = store(outbox, [(f"{conference.name}.timetable.xlsx", solution_bytes(conference, result.plan))])
    if as_json:
        found = {"bound": result.bound, "proved": result.proved, "interrupted": result.interrupted}
        print_json({"conference": conference.name, **found, **_document(verdict)})
    else:
        if verdict is not None:
            _print(conference, verdict)
        echo(_sentence(result, clock.seconds))
    status = Exit.LIMIT if result.plan is None else Exit.DONE
    status = Exit.INTERRUPTED if result.interrupted else Exit.INFEASIBLE if result.impossible else status
    return kept.end(status, err=as_json)


def _check(conference: Conference, path: str, as_json: bool) -> int:
    from scheduler.solving.counted.cosplib import read_plan
    from scheduler.solving.counted.cost import judge

    verdict = judge(conference, read_plan(path, conference))
    if as_json:
        print_json({"conference": conference.name, **_document(verdict)})
    elif verdict.valid:
        _print(conference, verdict)
        echo(f"The timetable is valid; it costs {verdict.cost:,}.")
    else:
        from scheduler.reading.diagnostics import printable

        for fault in verdict.faults:
            echo(printable(fault))
        echo(f"The timetable is not valid: {len(verdict.faults)} faults.")
    return Exit.DONE if verdict.valid else Exit.NO


def _document(verdict: Verdict | None) -> dict[str, Any]:
    from scheduler.solving.counted.conference import Term

    if verdict is None:
        return {"valid": None, "cost": None, "terms": {}, "faults": []}
    terms = {term.name.lower(): verdict.values[term] for term in Term}
    return {
        "valid": verdict.valid,
        "cost": verdict.cost if verdict.valid else None,
        "terms": terms if verdict.valid else {},
        "faults": list(verdict.faults),
    }


def _print(conference: Conference, verdict: Verdict) -> None:
    """The terms that cost something."""
    from scheduler.solving.counted.conference import Term

    for term in Term:
        value, weight = verdict.values[term], conference.weights[term]
        if value * weight:
            echo(f"{value * weight:>12,}  {term.title} ({value:,} x {weight:,})")


def _sentence(result: Result, time_limit: float) -> str:
    if result.impossible:
        return "Infeasible: no timetable has room for every submission."
    why = "stopped by hand" if result.interrupted else f"the limit of {time_limit:g} s was reached"
    if result.cost is None:
        return f"Unknown: {why} before any timetable was found."
    if result.proved:
        return f"Optimal: it costs {result.cost:,}, and none costs less (proved in {result.seconds:.1f} s)."
    return (
        f"Feasible, not proved optimal ({why}): it costs {result.cost:,}, and none can cost less than {result.bound:,}."
    )
