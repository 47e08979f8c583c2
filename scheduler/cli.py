"""The ``schedule`` command: finds the command asked for, and turns every error into one message and an exit status.

Commands are imported only when they are called, so that ``schedule --help`` loads neither solver nor tables.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import stat
import sys
from contextlib import suppress
from keyword import iskeyword
from typing import Any

import click

from scheduler.errors import Exit, InputError, OutOfTime, ScheduleError
from scheduler.version import __version__

COMMANDS = {
    "init": "Write a commented starter scenario.",
    "validate": "Check scenarios for mistakes, all at once.",
    "solve": "Find the best timetable and write the annex workbook.",
    "check": "Check a timetable against every rule.",
    "explain": "Say why nothing fits, why a session is where it is, or what rules cost.",
    "what-if": "Say what a change would cost, and what would move.",
    "verify": "Prove a certificate again, without the solver.",
    "compare": "Compare options: criteria, moves, which is nowhere worse.",
    "replan": "Change a published timetable as little as possible.",
    "forecast": "Say when each session will really start, and how likely it overruns.",
    "now": "Forecast the rest of the day from what has happened so far.",
    "fit": "Turn the durations of past sessions into ranges.",
    "export": "Write a timetable as workbook, CSV or JSON.",
    "letter": "Write the invitation as a Word file, with its annex, message and deadlines.",
    "lint": "Hold dates, hours, bodies, text and annex of a letter against one another.",
    "import": "Write a workbook of another program as a scenario.",
    "schema": "Print the JSON Schema of a scenario or of an answer of --json.",
}
"""Every command with its one-line help. Each is ``command`` in the module of its name in ``scheduler.commands``, with
``_`` after a keyword of Python."""

GONE = {
    "conference": "schedule import WORKBOOK.xlsx --format cosplib makes a scenario of it, for solve, check and export",
}
"""Commands that were removed, with what replaces them."""

FEW_COLLECTIONS = (500_000, 20, 20)
"""Thresholds of garbage collection: nearly all 110,000 objects of a small solve stay, and a pass costs a tenth."""


class Commands(click.Group):
    """Lists commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """In the order of a planner's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_") + "_" * iskeyword(cmd_name)
        module = importlib.import_module(f"scheduler.commands.{name}")
        found: click.Command = module.command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Suggest the nearest command for one that does not exist."""
        if args and args[0] in GONE:
            raise InputError(f"there is no command '{args[0]}' any more: {GONE[args[0]]}")
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from scheduler.reading.diagnostics import printable
            from scheduler.wording import did_you_mean

            hint = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f"there is no command '{printable(args[0][:60])}': {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        """Names and one-line helps, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="schedule")
def program() -> None:
    """Timetables for treaty meetings: from a scenario in YAML to the annex that goes out with the letter.

    Example: schedule solve scenarios/csp11.yaml
    """


def main() -> None:
    """Run the command and exit with its status."""
    gc.set_threshold(*FEW_COLLECTIONS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none may change what a scenario means
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: SIM115, PTH123  for good
    _write_into_pipes_that_close()
    try:
        for argument in sys.argv:
            if any("\ud800" <= character <= "\udfff" for character in argument):
                raise InputError("an argument is not UTF-8 text: type it anew")
        status = program.main(standalone_mode=False)
    except ScheduleError as error:
        _say(error.message)
        status = error.exit_status
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        _say(shown.getvalue())
        status = Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        _say("stopped")
        status = Exit.INTERRUPTED
    except OutOfTime:
        _say("The time limit was reached before there was an answer: allow more with --time-limit.")
        status = Exit.LIMIT
    except OSError as error:
        _say(f"{error.filename or 'output'}: {error.strerror or error}")
        status = Exit.USAGE
    except Exception as error:  # the last resort: no planner is shown a traceback
        if os.environ.get("SCHEDULE_TRACEBACK"):
            raise
        _say(
            f"internal error: {type(error).__name__}: {error}\nThis is a fault of the program. "
            "Set SCHEDULE_TRACEBACK=1 to see where, and report it with the scenario."
        )
        status = Exit.INTERNAL
    try:
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  for good; Python would flush once more
        _say(f"the output cannot be written: {error.strerror or error}")
        status = status or Exit.USAGE
    sys.exit(int(status or 0))


def run() -> None:
    """The process: ``main``, without taking everything apart at the end, which takes a twentieth of a solve.

    Nor does it wait, as Python would, for a solver that still runs or for libraries that are being loaded.
    """
    try:
        main()
    except SystemExit as end:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(end.code if isinstance(end.code, int) else 0)


class _Patient(io.FileIO):
    """A pipe that may be closed, as after ``| head``: the work goes on, and keeps its exit status."""

    def write(self, data: Any) -> int:
        """Write; a closed pipe swallows everything."""
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


def _write_into_pipes_that_close() -> None:
    """Let standard output and error outlive their readers; streams that a caller has replaced stay."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or stream is not getattr(sys, f"__{name}__") or not isinstance(stream, io.TextIOWrapper):
            continue
        try:
            mode = os.fstat(stream.fileno()).st_mode
            patient = io.BufferedWriter(_Patient(stream.fileno(), "w", closefd=False))
        except (OSError, ValueError):
            continue
        if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
            stream.flush()
            text = io.TextIOWrapper(patient, stream.encoding, stream.errors, line_buffering=stream.line_buffering)
            setattr(sys, name, text)


def _say(message: str) -> None:
    from scheduler.reading.diagnostics import printable_lines

    click.echo(printable_lines(message.rstrip("\n")), err=True)
