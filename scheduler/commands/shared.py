"""What several commands share: options, printing, reading timetables, writing files."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from scheduler.errors import Exit, InputError, OutputError
from scheduler.reading.diagnostics import Diagnostic, printable_lines, render

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from exports.files import Outbox, WrittenFile
    from scheduler.documents.timetable_document import Stored
    from scheduler.scenario import Scenario


json_option = click.option("--json", "as_json", is_flag=True, help="Print one machine-readable document instead.")
out_option = click.option(
    "-o", "--output", "directory", default="out", show_default=True, metavar="DIR", help="Folder to write into."
)
scenario_option = click.option(
    "--scenario", "of_scenario", metavar="SCENARIO", help="Scenario of a timetable that carries none: CSV, a workbook."
)
force_option = click.option("--force", is_flag=True, help="Overwrite files that a person has edited.")


class Whole(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.2 on
    """A whole number from ``least`` to ``most``, both included."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; any other value is refused, and the message has the range."""
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            self.fail(f"write a whole number from {self.least:,} to {self.most:,}, not {value!r}", param, ctx)
        return number


def import_ahead(*modules: str) -> None:
    """Begin to import heavy modules in a thread of their own, while this one reads the scenario."""

    def work() -> None:
        for module in modules:
            with suppress(ImportError):  # the code that needs the module imports it again, and raises then
                import_module(module)

    Thread(target=work, name="imports", daemon=True).start()


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print lines; no text of a file or an argument can command the terminal."""
    click.echo(printable_lines(text), err=err, nl=nl)


def console(*, err: bool = False) -> Console:
    """A terminal, or plain text of any width when piped; no text is markup or can command the terminal."""
    from scheduler.commands.harmless import HarmlessConsole

    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else 140
    return HarmlessConsole(
        file=stream, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty(), width=width
    )


def print_json(document: Any) -> None:
    """Print one document on stdout, in UTF-8 whatever the locale."""
    from scheduler.documents.timetable_document import to_bytes

    sys.stdout.flush()
    sys.stdout.buffer.write(to_bytes(document))
    sys.stdout.buffer.flush()


def warn(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics on stderr."""
    found = list(diagnostics)
    if found:
        echo(render(found).rstrip("\n"), err=True)


def say(notes: Iterable[str]) -> None:
    """Print warnings that have no place in a file, on stderr."""
    for note in notes:
        echo(f"warning: {note}", err=True)


def read_alone(path: str, scenario: str | None, *, widen: bool = False) -> Stored:
    """Read a timetable that stands alone in a command; ``scenario`` is the path of its scenario, if one is named.

    Prints the notes of both.

    Raises:
        InputError: either cannot be read, or the timetable carries no scenario and none is named.
    """
    from exports.timetable_reading import read_timetable

    known: Scenario | None = None
    if scenario is not None:
        from scheduler.reading.loading import load

        loaded = load(scenario)
        warn(loaded.warnings)
        known = loaded.scenario
    stored = read_timetable(path, known, widen=widen)
    say(stored.notes)
    return stored


def read_complete(path: str, scenario: str | None) -> Stored:
    """The same for a forecast, which needs every session.

    Raises:
        InputError: as above, or a session is not placed.
    """
    stored = read_alone(path, scenario)
    missing = [session for session in stored.scenario.sessions if session not in stored.timetable]
    if missing:
        first = stored.violations[0].message if stored.violations else f"{missing[0]} is not placed"
        raise InputError(f"{path}: {first}: a forecast needs every session (schedule check says what is wrong)")
    return stored


@dataclass(frozen=True, slots=True)
class Kept:
    """The files that were written, and why others were not."""

    written: tuple[WrittenFile, ...] = ()
    trouble: str = ""

    def end(self, status: int, *, err: bool = False) -> int:
        """Name every file, and the trouble if there is any; then the exit status is that of an error."""
        tell(self.written, err=err)
        if not self.trouble:
            return status
        echo(self.trouble, err=True)
        return Exit.USAGE


def store(outbox: Outbox, files: Iterable[tuple[str, bytes]]) -> Kept:
    """Write files; if one cannot be written, the others are, and the command goes on."""
    from exports.files import PartlyWrittenError

    try:
        return Kept(tuple(outbox.write_all(files)))
    except PartlyWrittenError as error:
        return Kept(error.written, error.message)
    except OutputError as error:
        return Kept(trouble=error.message)


def outbox_for(directory: str | Path, force: bool) -> Outbox:
    """A folder for results; warns before the search if it cannot be written into."""
    from exports.files import Outbox

    outbox = Outbox(directory, force)
    if trouble := outbox.trouble():
        say([f"{trouble}: the result will be printed, but not kept"])
    return outbox


def tell(written: Iterable[WrittenFile], *, err: bool = False) -> None:
    """Name every file written, one a line."""
    for file in written:
        echo(file.message, err=err)


def effort() -> str:
    """What this process has used so far: seconds of computing, and memory at its peak if the system tells."""
    text = f"Computed for {time.process_time():.1f} s on all cores"
    try:
        import resource
    except ImportError:  # Windows
        return f"{text}."
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return f"{text}; memory at its peak: {peak / 1e6:,.0f} MB."
