"""A progress line on a terminal: elapsed time, best cost, bound and gap."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.outcome import Progress


@contextmanager
def watching() -> Iterator[Callable[[Progress], None] | None]:
    """Yields what the engine is to report to; None, and no line, when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.live import Live
    from rich.text import Text

    from scheduler.commands.shared import console
    from scheduler.outcome import gap_of

    latest: list[Progress] = []
    begun = time.monotonic()

    def line() -> Text:
        parts = [f"{time.monotonic() - begun:.0f} s"]
        if latest and latest[-1].cost is not None:
            parts.append(f"best {latest[-1].cost:.0f}")
        if latest and latest[-1].bound is not None:
            parts.append(f"bound {latest[-1].bound:.0f}")
        if latest and (gap := gap_of(latest[-1].cost, latest[-1].bound)) is not None:
            parts.append(f"gap {gap:.0%}")
        return Text("solving, " + ", ".join(parts))

    with Live(get_renderable=line, console=console(err=True), transient=True, refresh_per_second=4):
        yield latest.append


@contextmanager
def busy() -> Iterator[None]:
    """A line that says that something is going on, and for how long; none when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.live import Live
    from rich.text import Text

    from scheduler.commands.shared import console

    begun = time.monotonic()

    def line() -> Text:
        return Text(f"working, {time.monotonic() - begun:.0f} s")

    with Live(get_renderable=line, console=console(err=True), transient=True, refresh_per_second=4):
        yield
