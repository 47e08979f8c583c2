"""A letter in plain text; tables have tabs or upright strokes between their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.domain.clock import WEEKDAYS
from scheduler.linting.text import Line, Text, tidy

_RULE = re.compile(r"[\s|:+=-]+")
"""A line that only rules a table."""
_DAY = re.compile(rf"(?:{'|'.join(WEEKDAYS)}).{{0,30}}")
"""The head of a grid with one day."""


def text_of_plain(text: str) -> Text:
    """The lines of a text, each row of a table with its cells."""
    return Text(tuple(_lines(text)), whole=False)


def _lines(text: str) -> Iterator[Line]:
    table, within = 0, False
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"), 1):
        cells = _cells(raw)
        if cells is None:
            within = False
            yield Line(number, tidy(raw))
            continue
        table += not within
        within = True
        if any(cells):
            yield Line(number, tidy(" ".join(cells)), cells, table)


def _cells(raw: str) -> tuple[str, ...] | None:
    """The cells of a row; None: the line is none."""
    shown = raw.strip(" ")
    if shown.startswith("|") and shown.endswith("|") and len(shown) > 2:
        if _RULE.fullmatch(shown):
            return ()
        return tuple(map(tidy, shown[1:-1].split("|")))
    if "\t" not in shown.strip() and shown.count("\t") < 2 and not _DAY.fullmatch(shown.strip()):
        return None
    return tuple(map(tidy, shown.split("\t"))) if "\t" in shown else None
