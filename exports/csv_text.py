"""CSV as a spreadsheet opens it and ``scheduler.reading.tables.files`` reads it back: one writer for every table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.reading.cleaning import clean
from scheduler.reading.tables.formulas import guarded


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, CRLF; no text that a spreadsheet would calculate, and no control characters.

    A text with blanks around it stands in quotes, which keep them.
    """
    lines = (joined((guarded(clean(cell)) for cell in row), ",") for row in rows)
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def joined(values: Iterable[str], delimiter: str) -> str:
    """Values parted by a sign, those that contain it in quotes."""
    return delimiter.join(_field(value, delimiter) for value in values)


def _field(text: str, delimiter: str) -> str:
    plain = text == text.strip() and not any(sign in text for sign in f'{delimiter}"\t\r\n')
    return text if plain else '"' + text.replace('"', '""') + '"'
