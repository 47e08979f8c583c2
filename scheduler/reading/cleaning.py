"""What a text must not hold wherever it goes: characters that a terminal obeys, or that turn the direction of others.

Every door has this one rule: the loader, cells, sheet names, tables, pages and documents. A terminal shows such a
character by its number instead (``scheduler.reading.diagnostics.printable``). Letters that are written from right to
left and marks that are put on letters are ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Place: TypeAlias = tuple[str | int, ...]

OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tabs and the ends of lines
    "\u2028-\u202e\u2066-\u2069"  # other ends of lines; embeddings, overrides and isolates
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotations and tags, which hide text
)
_BREAKS = re.compile("[\t\n\r]+")


def clean(text: str) -> str:
    """The text without them; tabs and ends of lines stay."""
    return OBEYED.sub("", text)


def in_one_line(text: str) -> str:
    """The same in one line: what the ends of lines part is parted by a blank."""
    return _BREAKS.sub(" ", clean(text)).strip(" ") if _BREAKS.search(text) else clean(text)


def cleaned(value: Any) -> Any:
    """The same with every text in a value, however deep, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key) if isinstance(key, str) else key: cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value


def obeyed_in(value: Any) -> Iterator[tuple[Place, int]]:
    """Where such characters stand in a value, and how many."""
    return ((place, number) for place, text in _texts(value) if (number := len(OBEYED.findall(text))))


def lengths_in(value: Any, most: int) -> Iterator[tuple[Place, int]]:
    """Where texts of more than ``most`` characters stand in a value, and how many they have."""
    return ((place, len(text)) for place, text in _texts(value) if len(text) > most)


def _texts(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*place, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*place, index))
