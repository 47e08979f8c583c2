"""What several commands have in common: arguments, printing, writing files."""

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

from scheduler.errors import Exit, OutputError
from scheduler.reading.diagnostics import Diagnostic, printable_lines, render

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from exports.files import Outbox, WrittenFile


json_option = click.option("--json", "as_json", is_flag=True, help="Print one machine-readable document instead.")
out_option = click.option(
    "-o", "--output", "directory", default="out", show_default=True, metavar="DIR", help="Folder to write into."
)
force_option = click.option("--force", is_flag=True, help="Overwrite files that a person has edited.")


def import_ahead(*modules: str) -> None:
    """Begin to import heavy modules in a thread, while this one reads the scenario: the disk serves both at once."""

    def work() -> None:
        for module in modules:
            with suppress(ImportError):  # whoever needs the module imports it again, and then is told
                import_module(module)

    Thread(target=work, name="imports", daemon=True).start()


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print lines; whatever a text of a file or an argument holds, the terminal obeys nothing in it."""
    click.echo(printable_lines(text), err=err, nl=nl)


def console(*, err: bool = False) -> Console:
    """A terminal, or plain text of any width when piped; never interprets markup, and obeys no text."""
    from scheduler.commands.harmless import HarmlessConsole

    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else 140
    return HarmlessConsole(
        file=stream, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty(), width=width
    )


def print_json(document: Any) -> None:
    """One document on stdout, in UTF-8 whatever the locale."""
    from scheduler.timetable_document import to_bytes

    sys.stdout.flush()
    sys.stdout.buffer.write(to_bytes(document))
    sys.stdout.buffer.flush()


def warn(diagnostics: Iterable[Diagnostic]) -> None:
    """Diagnostics on stderr."""
    found = list(diagnostics)
    if found:
        echo(render(found).rstrip("\n"), err=True)


def say(notes: Iterable[str]) -> None:
    """Warnings without a line of their own, on stderr."""
    for note in notes:
        echo(f"warning: {note}", err=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of results: the files written, and why others are not."""

    written: tuple[WrittenFile, ...] = ()
    trouble: str = ""

    def end(self, status: int, *, err: bool = False) -> int:
        """Tell of every file and of what is not kept; the status, or where something is not kept that of an error."""
        tell(self.written, err=err)
        if not self.trouble:
            return status
        echo(self.trouble, err=True)
        return Exit.USAGE


def store(outbox: Outbox, files: Iterable[tuple[str, bytes]]) -> Kept:
    """Write files; one that cannot be written takes nothing from the others, nor from what is printed."""
    from exports.files import PartlyWrittenError

    try:
        return Kept(tuple(outbox.write_all(files)))
    except PartlyWrittenError as error:
        return Kept(error.written, error.message)
    except OutputError as error:
        return Kept(trouble=error.message)


def outbox_for(directory: str | Path, force: bool) -> Outbox:
    """A folder for results; that it cannot be written into is told before they are looked for."""
    from exports.files import Outbox

    outbox = Outbox(directory, force)
    if trouble := outbox.trouble():
        say([f"{trouble}: what is found will be printed, and not kept"])
    return outbox


def tell(written: Iterable[WrittenFile], *, err: bool = False) -> None:
    """Every path written, one a line."""
    for file in written:
        echo(file.message, err=err)


def effort() -> str:
    """What this process has taken so far: seconds of computing, and memory at its peak where the system tells."""
    text = f"Computed for {time.process_time():.1f} s on all cores"
    try:
        import resource
    except ImportError:  # Windows
        return f"{text}."
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return f"{text}; memory at its peak: {peak / 1e6:,.0f} MB."
