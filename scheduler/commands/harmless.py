"""A console on which no text of a file or an argument can command the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.segment import Segment

from scheduler.reading.diagnostics import printable_lines


class HarmlessConsole(Console):
    """Shows control characters in a text by their numbers; rich's own colours and cursor moves pass."""

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        return super()._render_buffer(
            each if each.control else Segment(printable_lines(each.text), each.style) for each in buffer
        )
