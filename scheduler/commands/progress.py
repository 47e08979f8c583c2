"""A progress line on a terminal: elapsed time and, of a search, best cost, bound and gap."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scheduler.outcome import gap_of

if TYPE_CHECKING:
    from scheduler.outcome import Progress


@contextmanager
def watching() -> Iterator[Callable[[Progress], None] | None]:
    """Yields the function to which the engine reports; None, and no line, when stderr is no terminal."""
    latest: list[Progress] = []

    def state() -> str:
        if not latest:
            return ""
        cost, bound = latest[-1].cost, latest[-1].bound
        gap = gap_of(cost, bound)
        return (
            ("" if cost is None else f", best {cost:.0f}")
            + ("" if bound is None else f", bound {bound:.0f}")
            + ("" if gap is None else f", gap {gap:.0%}")
        )

    with _line("solving", state) as shown:
        yield latest.append if shown else None


@contextmanager
def busy() -> Iterator[None]:
    """A line that says for how long something has been going on; none when stderr is no terminal."""
    with _line("working"):
        yield


@contextmanager
def _line(doing: str, state: Callable[[], str] = str) -> Iterator[bool]:
    """What is being done, the seconds since, and the state of it; yields whether the line is shown."""
    if not sys.stderr.isatty():
        yield False
        return
    from rich.live import Live
    from rich.text import Text

    from scheduler.commands.shared import console

    begun = time.monotonic()

    def line() -> Text:
        return Text(f"{doing}, {time.monotonic() - begun:.0f} s{state()}")

    with Live(get_renderable=line, console=console(err=True), transient=True, refresh_per_second=4):
        yield True
