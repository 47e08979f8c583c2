"""Makes texts harmless: no character that a terminal obeys, and nothing that a spreadsheet would calculate.

Every door has this one rule: the loader, cells, sheet names, tables, pages and documents. A terminal shows such a
character by its number instead (``scheduler.reading.diagnostics.printable``). Letters that are written from right to
left and marks that are put on letters are ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tabs and the ends of lines
    "\u2028-\u202e\u2066-\u2069"  # other ends of lines; embeddings, overrides and isolates
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotations and tags, which hide text
)
"""A character that a terminal obeys, or that turns the direction of others."""
_BREAKS = re.compile("[\t\n\r]+")
_FORMULA = re.compile("'*(?:\\s*[=+@\uff1d\uff0b\uff0d\uff20-]| *[\t\r\n])")
"""With apostrophes before it as well: a text that has one of its own gets another, and so comes back as it was."""


def clean(text: str) -> str:
    """The text without characters that a terminal obeys; tabs and ends of lines stay."""
    return OBEYED.sub("", text)


def in_one_line(text: str) -> str:
    """The clean text in one line: a blank stands for the ends of lines."""
    return _BREAKS.sub(" ", clean(text)).strip(" ") if _BREAKS.search(text) else clean(text)


def cleaned(value: Any) -> Any:
    """The value with every text in it clean, however deep, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key) if isinstance(key, str) else key: cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value


def texts_in(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a value, however deep, with the keys and indices that lead to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, (*place, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from texts_in(item, (*place, index))


def is_taken(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula, or an apostrophe has kept it from that."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """A text for a cell of a CSV file: with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if is_taken(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith("'") and is_taken(text) else text
