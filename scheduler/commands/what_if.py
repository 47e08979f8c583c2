"""``schedule what-if``: what one change would cost, and what would move."""

from __future__ import annotations

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.progress import busy
from scheduler.commands.shared import console, json_option, print_json, warn
from scheduler.errors import Exit, InputError


@click.command("what-if")
@click.argument("scenario", metavar="SCENARIO")
@click.option(
    "--require", multiple=True, metavar="WISH",
    help="What must hold, as in 'dief on Wed pm', 'wgtr at 15:00', 'wgtu before wgtr'.",
)  # fmt: skip
@click.option("--forbid", multiple=True, metavar="WISH", help="What must not hold, as in 'dief on Thu'.")
@click.option(
    "--set", "values", multiple=True, metavar="PATH=VALUE",
    help="A new value, as in bodies.WGTU.sessions.wgtu.duration=6h.",
)  # fmt: skip
@click.option("--drop", multiple=True, metavar="RULE", help="A rule that becomes a wish.")
@time_limit_option
@json_option
def command(
    scenario: str, require: tuple[str, ...], forbid: tuple[str, ...], values: tuple[str, ...], drop: tuple[str, ...],
    clock: Clock, as_json: bool,
) -> int:  # fmt: skip
    """Solve a scenario with and without a change: what it costs and what moves, or why it is impossible.

    All four kinds of change may be given several times, and together.

    Exit status 0: a timetable with the change was found; 3: proved that none exists; 4: not known within the time
    limit.

    Example: schedule what-if scenarios/csp10.yaml --require 'dief on Wed pm'
    """
    from exports.json.explained import of_what_if
    from exports.terminal.answers import print_what_if
    from exports.terminal.explained import print_explanation
    from scheduler.explanation.whatif import what_if
    from scheduler.reading.loading import load
    from scheduler.replanning.replan import moving_fewest

    with clock.alarm():
        loaded = load(scenario)
    if not (require or forbid or values or drop):
        raise InputError("name a change: --require, --forbid, --set or --drop")
    warn(loaded.warnings if not as_json else ())
    with busy(), clock.alarm():
        answer = what_if(
            loaded.scenario, loaded.document, clock.settings(), require=require, forbid=forbid, values=values, drop=drop
        )
        few = None
        if not answer.nearest and answer.before.timetable is not None:
            out, was = answer.before.timetable, answer.scenario
            few = moving_fewest(answer.changed, out, was, clock.settings(), answer.days)
    if as_json:
        print_json(of_what_if(answer, few))
    else:
        screen = console()
        print_what_if(answer, few, scenario, screen)
        if answer.explanation is not None:
            named = {"--require": require, "--forbid": forbid, "--set": values, "--drop": drop}
            again = [word for option, texts in named.items() for text in texts for word in (option, text)]
            print_explanation(answer.explanation, [scenario, *again], screen)
    if answer.before.interrupted or answer.after.interrupted or (answer.explanation and answer.explanation.interrupted):
        return Exit.INTERRUPTED
    return answer.after.exit
