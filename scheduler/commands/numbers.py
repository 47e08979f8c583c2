"""Whole numbers on the command line, refused in words."""

from __future__ import annotations

from typing import Any

import click


class Whole(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.2 on
    """A whole number from ``least`` to ``most``, both included."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; what is none, or out of range, is refused with the range."""
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            self.fail(f"write a whole number from {self.least:,} to {self.most:,}, not {value!r}", param, ctx)
        return number
