"""A console that obeys no text: the last door before the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.segment import Segment

from scheduler.reading.diagnostics import printable_lines


class HarmlessConsole(Console):
    """Shows by its number every character in a text that a terminal would obey; looks and moves of rich's own pass."""

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        return super()._render_buffer(
            each if each.control else Segment(printable_lines(each.text), each.style) for each in buffer
        )
