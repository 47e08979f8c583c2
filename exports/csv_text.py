"""The timetable, and any other table, as CSV: a spreadsheet opens it, ``scheduler.reading.tables.files`` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from exports.table import segments_table, table_columns
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.reading.cleaning import clean, guarded

if TYPE_CHECKING:
    from scheduler.comparison.moves import Move
    from scheduler.side_events.moves import EventMove

REVISION_COLUMNS = ("change", "was")
"""Further columns in the table of a revision."""


def csv_bytes(
    programme: Programme, timetable: Timetable, before: Programme | None = None, moves: Sequence[Move] = (),
    events: Sequence[EventMove] = (),
) -> bytes:  # fmt: skip
    """The timetable as CSV.

    ``before`` is the programme that a revision replaces. Each row then says what has changed and how it was; sessions
    that are no longer held come last, at their old places.
    """
    from exports.annex.changes import event_marks, was_words

    header = (*table_columns(programme), *(REVISION_COLUMNS if before is not None else ()))
    changes: dict[str, dict[str, str]] = {
        **{move.session: {"change": move.kind, "was": was_words(move, dated=True)} for move in moves},
        **{move.event: {"change": move.kind, "was": event_marks([move]).get(move.event, "")} for move in events},
    }
    same = dict.fromkeys(REVISION_COLUMNS, "")
    rows = [row | changes.get(row["session"], same) for row in segments_table(programme, timetable)]
    if before is not None:
        gone = Timetable(move.before for move in moves if move.before is not None and move.after is None)
        rows += [
            row | {"change": "cancelled", "was": ""} for row in segments_table(before, gone) if row["session"] in gone
        ]
    return as_csv([header, *([str(row[name]) for name in header] for row in rows)])


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, without formulas or control characters; quotes keep blanks at the ends."""
    lines = (joined((guarded(clean(cell)) for cell in row), ",") for row in rows)
    return b"\xef\xbb\xbf" + "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def joined(values: Iterable[str], delimiter: str) -> str:
    """Values with a delimiter between them; a value that contains it stands in quotes."""
    return delimiter.join(_field(value, delimiter) for value in values)


def _field(text: str, delimiter: str) -> str:
    plain = text == text.strip() and not any(sign in text for sign in f'{delimiter}"\t\r\n')
    return text if plain else '"' + text.replace('"', '""') + '"'
