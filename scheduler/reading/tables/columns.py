"""Recognises the columns of a table of sessions, in the names and units that secretariats use."""

from __future__ import annotations

import re

from scheduler.domain.clock import MONTHS
from scheduler.reading.tables.absences import TIMES
from scheduler.reading.tables.files import Cell, Table
from scheduler.wording import counted, quoted, some_of, suggest

LISTS = ("access", "officers", "rooms", "equipment", "tags", "suspends_for", "presenters", "attendees", *TIMES)
"""Columns whose cells hold several values, parted by ``;``."""
PRICED = ("room_may_change",)
"""Columns in which a number is the price of what is allowed."""
COLUMNS = (
    "id", "title", "duration", "attendance", "time_zone", "position", "repeats", "starts", *PRICED, "source", *LISTS
)  # fmt: skip
"""Columns of a table of sessions."""
NEEDED = ("id", "duration")
BODY = "body"
"""The column that says whose a session is, where the table is not within a body."""
PEOPLE = ("presenters", "attendees")
UNITS = {"minutes": "min", "half-days": "half-days", "slots": "slots"}
"""What ``durations:`` may say, with what a cell says then: numbers have that unit, and times as Excel has them are
lengths."""
_OTHER_WORDS = {
    "presenters": ("speaker", "speakers", "author", "authors"),
    BODY: ("track", "stream"),
    "duration": ("length", "minutes", "half-days"),
    "id": ("code", "number", "no", "no.", "nr", "ref"),
}
"""What people call columns that are needed, or would be missed."""
_MONTHS = "|".join(month[:3] for month in MONTHS)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_AS_A_DATE = re.compile(
    rf"\d{{1,2}}-(?:{_MONTHS})[a-z]*(?:-\d{{2,4}})?|(?:{_MONTHS})[a-z]*-\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}(?: .*)?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}",
    re.IGNORECASE,
)
"""What a spreadsheet makes of ``1-5`` or ``MAR3`` when it saves a table as CSV."""
_TIME = re.compile(r"0?(\d{1,3}):(\d{2})(?::00)?")


def settle_header(table: Table, *, shared: bool) -> bool:
    """Give the columns the names of keys; whether the table can be used.

    Case, blanks, hyphens and underscores of a name do not matter. What is nearly the name of a column that is not
    there is an error, other columns lose their names, with one warning. ``shared``: the table says whose a session is.
    """
    wanted = (*NEEDED, BODY) if shared else NEEDED
    columns = (BODY, *COLUMNS) if shared else COLUMNS
    known = {_plain(name): name for name in (*columns, BODY)}
    named = [known.get(_plain(cell.text), "") for cell in table.header]
    read = f"columns that are read: {', '.join(sorted(columns, key=_needed_first))}"
    if not any(named) and not any(_near(cell.text, [*columns]) for cell in table.header):
        table.problems.clear()  # about rows of another length than this one
        remedy = "where the names stand further below, add the number of the row, as in header: 2, to {from: ...}"
        table.wrong(table.header[0], f"no column of a table of sessions is named here: {remedy}", read)
        return False
    before, meant = len(table.problems), set[str]()
    unread: list[Cell] = []
    for index, (cell, name) in enumerate(zip(table.header, named, strict=True)):
        if name in named[:index] and name:
            table.wrong(cell, f"the column {quoted(name)} is there twice")
        elif name == BODY and not shared:
            table.wrong(cell, "the body is the one that this table stands in: delete the column")
        elif name:
            table.header[index] = Cell(name, cell.span)
        elif near := _near(cell.text, [column for column in columns if column not in named]):
            meant.add(near)
            table.wrong(cell, f"unknown column {quoted(cell.text)}", f"did you mean {quoted(near)}?")
        else:
            unread.append(cell)
            table.header[index] = Cell("", cell.span)
    for name in wanted:
        if name not in named and name not in meant:
            table.wrong(table.header[0], f"the column {quoted(name)} is missing")
    usable = len(table.problems) == before
    if unread:
        shown = some_of([quoted(cell.text) for cell in unread])
        message = f"column {shown} is not read" if len(unread) == 1 else f"columns {shown} are not read"
        table.doubt(unread[0], message, read)
    return usable


def settle_durations(table: Table, unit: str | None) -> None:
    """Lengths without a unit: read where ``unit`` says what they are, else refused once for the whole column.

    A single one is left to the reading of its session.
    """
    column = [cell.text for cell in table.header].index("duration")
    numbers = [row for row in table.rows if _NUMBER.fullmatch(row[column].text)]
    times = [row for row in table.rows if _TIME.fullmatch(row[column].text)]
    if unit is None and len(numbers) + len(times) > 1:
        first = (numbers or times)[0][column].text
        right = f"{first[:20].replace(',', '.')} min" if numbers else _TIME.sub(r"\1h\2", first)
        told = [(numbers, "numbers without a unit"), (times, "times of day, not lengths")]
        found = " and ".join(f"{counted(len(rows), 'cell')}: {what}" for rows, what in told if rows)
        message = f"column duration, {found}; write {right}, or add durations: minutes to {{from: ...}}"
        table.wrong(table.header[column], message)
    elif unit is None:
        return
    for row in (*numbers, *times):
        row[column] = Cell(_length(row[column].text, unit), row[column].span)


def _length(text: str, unit: str | None) -> str:
    """A number or a time as a length; without a unit some length: the column has been refused."""
    if unit is None:
        return "1 min"
    time = _TIME.fullmatch(text)
    if time:
        return f"{60 * int(time[1]) + int(time[2])} min"
    return f"{text} {UNITS[unit]}" if text.isdecimal() or unit != "minutes" else text


def refuse_dates(table: Table) -> None:
    """Ids, bodies and names that a spreadsheet has turned into dates: what was typed cannot be known any more."""
    for column, head in enumerate(table.header):
        if head.text in ("id", "title", BODY, *PEOPLE):
            for row in table.rows:
                if row[column].dated:
                    message = f"{quoted(row[column].text)} is a date or a time to the spreadsheet, not a word"
                    table.wrong(row[column], message, "format the column as text, and type it anew")


def doubt_dates(table: Table) -> None:
    """The same in a CSV, where nothing tells what a cell was: one warning for each column of ids or people."""
    for column, head in enumerate(table.header):
        if head.text in ("id", BODY, *PEOPLE):
            doubtful = [row[column] for row in table.rows if _AS_A_DATE.fullmatch(row[column].text.strip())]
            if doubtful:
                left = len(doubtful) - 1
                more = f"; so do {left:,} more of this column" if left > 1 else "; so does one more" if left else ""
                message = f"{quoted(doubtful[0].text)} looks like a date that a spreadsheet has made of a word{more}"
                table.doubt(doubtful[0], message)


def doubt_commas(table: Table) -> None:
    """Cells of people that look like a list of them, with one warning for each column."""
    for column, head in enumerate(table.header):
        if head.text in PEOPLE:
            doubtful = [row[column] for row in table.rows if row[column].text.count(",") > 1]
            doubtful = [cell for cell in doubtful if ";" not in cell.text and '"' not in cell.text]
            if doubtful:
                left = len(doubtful) - 1
                more = f"; the same in {left:,} more cell{'s' * (left > 1)} of this column" if left else ""
                message = f"{quoted(doubtful[0].text)} is one person? Several are parted by ';'{more}"
                table.doubt(doubtful[0], message)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def _near(name: str, absent: list[str]) -> str | None:
    """The column that is not there and is probably meant."""
    same = next((column for column, words in _OTHER_WORDS.items() if name.casefold() in words), None)
    return same if same in absent else suggest(name, absent)


def _needed_first(name: str) -> int:
    order = (*NEEDED, BODY, "title", *PEOPLE)
    return order.index(name) if name in order else len(order)
