"""What a spreadsheet would take for a formula: one list of signs, for all that we write and read."""

from __future__ import annotations

import re

_TAKEN = re.compile("'*(?:\\s*[=+@\uff1d\uff0b\uff0d\uff20-]| *[\t\r\n])")
"""With apostrophes before it as well: a text that has one of its own gets another, and so comes back as it was."""


def is_taken(text: str) -> bool:
    """Whether a spreadsheet may calculate a text, or has been kept from it by an apostrophe."""
    return _TAKEN.match(text) is not None


def guarded(text: str) -> str:
    """A text for a cell of a CSV file: with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if is_taken(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith("'") and is_taken(text) else text
