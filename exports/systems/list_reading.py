"""Lists of talks as Sessionize or a call for papers gives them out, in CSV or a workbook: a row for each talk.

The names of columns are those of Sessionize, or plain ones: ``title``, ``track``, ``speakers``, ``duration``, ``room``,
``start``. A talk with several rows, one for each speaker, is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from exports.systems.talks import Hours, Schedule, Talk
from scheduler.domain.clock import parse_minutes
from scheduler.errors import InputError
from scheduler.reading.diagnostics import ScenarioError, printable
from scheduler.reading.tables.files import Cell, Table, read_table
from scheduler.wording import counted, quoted

COLUMNS = {
    "id": ("session id", "id", "code"),
    "title": ("title", "session title", "session name", "session", "talk"),
    "track": ("track", "body", "stream", "category", "theme"),
    "length": ("scheduled duration", "duration", "length", "minutes"),
    "format": ("session format", "format", "session type"),
    "begins": ("scheduled at", "starts at", "start", "start time", "begins"),
    "day": ("date", "day"),
    "room": ("room", "location"),
    "speakers": ("speakers", "speaker", "presenters", "presenter", "speaker names", "authors"),
    "first": ("firstname", "first name"),
    "family": ("lastname", "last name", "family name"),
    "owner": ("owner",),
    "status": ("status",),
}
"""What is taken, and what its column may be called; the first that is there is taken."""
REFUSED = frozenset({"declined", "decline queue", "rejected", "withdrawn", "cancelled", "canceled"})
"""The status of what is not held."""
_FORMAT = re.compile(r"(\d{1,3})\s*-?\s*(min|m\b|h\b|hour)", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(.*)", re.DOTALL)
_CLOCK = re.compile(r"[\s,T]*(\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?")
_WORDS = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")


def read_list(path: str, sheet: str | None = None) -> Schedule:
    """The talks of a list; ``sheet`` None: the only sheet of a workbook.

    Raises:
        InputError: it cannot be read, or has no column of titles.
        ScenarioError: single cells cannot be understood; with a diagnostic for each.
    """
    table = read_table(path, sheet)
    at = _columns(table)
    if "title" not in at:
        names = ", ".join(COLUMNS["title"])
        table.wrong(table.header[0], f"no column names the titles: one of them must be called {names}")
        raise ScenarioError(*table.problems)
    talks, notes, left_out = _talks(table, at)
    if table.mistakes:
        raise ScenarioError(*table.problems)
    if not talks:
        raise InputError(printable(f"{path}: no row of this list is a talk that is held"))
    unused = [cell.text for number, cell in enumerate(table.header) if cell.text and number not in at.values()]
    if unused:
        notes.append(f"columns that are left out: {', '.join(map(quoted, unused))}")
    stem = Path(path).stem if path != "-" else "programme"
    rooms = dict.fromkeys(hours.room for talk in talks for hours in talk.held if hours.room)
    return Schedule(stem, stem, None, rooms, tuple(talks), left_out, tuple(notes))


def _columns(table: Table) -> dict[str, int]:
    """Where each thing stands."""
    names = [re.sub(r"[\s_-]+", " ", cell.text).strip().lower() for cell in table.header]
    found: dict[str, int] = {}
    for what, known in COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None and place not in found.values():
            found[what] = place
    return found


def _talks(table: Table, at: dict[str, int]) -> tuple[list[Talk], list[str], Counter[str]]:
    day_first = _day_first(table, at)
    found: dict[str, Talk] = {}
    refused, left_out = 0, Counter[str]()
    for number, row in enumerate(table.rows):
        said = {what: row[place] for what, place in at.items()}
        text = {what: " ".join(cell.text.split()) for what, cell in said.items()}
        if text.get("status", "").lower() in REFUSED:
            refused += 1
            continue
        if not text["title"]:
            table.doubt(said["title"], "this row has no title, and is left out")
            continue
        people = tuple(_people(text))
        key = text.get("id") or f"row {number}"
        if key in found:
            both = dict.fromkeys((*found[key].people, *people))
            found[key] = replace(found[key], people=tuple(both))
            continue
        minutes = _length(table, said)
        hours = _hours(table, said, minutes, day_first=day_first)
        room = text.get("room", "")
        if room and hours is None:
            left_out["room of a talk without hours"] += 1
        held = (replace(hours, room=room),) if hours is not None else ()
        found[key] = Talk(text["title"], text.get("track", ""), people, minutes, held)
    notes = [f"{counted(refused, 'row')} with a status such as Declined: left out"] if refused else []
    return list(found.values()), notes, left_out


def _people(text: dict[str, str]) -> Iterator[str]:
    """The speakers of a row; who has submitted the talk is one where nobody else is named."""
    if "first" in text or "family" in text:
        name = " ".join(part for part in (text.get("first"), text.get("family")) if part)
        yield from [name] if name else []
        return
    said = text.get("speakers") or text.get("owner", "")
    names = (part.strip() for part in said.split(";" if ";" in said else ","))
    yield from dict.fromkeys(name for name in names if name)


def _length(table: Table, said: dict[str, Cell]) -> int | None:
    """Minutes; of a talk without a length those that its format names, such as *Talk (45 min)*."""
    cell = said.get("length")
    if cell is not None and cell.text:
        if cell.text.isdecimal() and 0 < int(cell.text[:9]) <= 24 * 60:
            return int(cell.text)
        try:
            return parse_minutes(cell.text)
        except ValueError as error:
            table.wrong(cell, str(error))
            return None
    named = _FORMAT.search(said["format"].text) if "format" in said else None
    if named is None or not int(named[1]):
        return None
    return int(named[1]) * (60 if named[2].lower().startswith("h") else 1)


def _hours(table: Table, said: dict[str, Cell], minutes: int | None, *, day_first: bool | None) -> Hours | None:
    """When a talk begins; without a length nobody knows when it ends, so that it has no hours."""
    begins, day = said.get("begins"), said.get("day")
    text = " ".join(cell.text for cell in (day, begins) if cell is not None and cell.text)
    if not text or begins is None or not begins.text or minutes is None:
        return None
    moment = _moment(text, day_first=day_first)
    if moment is None:
        ambiguous = day_first is None and _SLASHED.match(text)
        why = "can be read in two ways" if ambiguous else "is no date with a time of day"
        table.wrong(begins, f"{quoted(text)} {why}: write it as 2027-03-01 10:00")
        return None
    return Hours(*moment, minutes, "")


def _day_first(table: Table, at: dict[str, int]) -> bool | None:
    """Whether dates with slashes begin with the day, as some row shows; None: no row does."""
    cells = [row[at[what]].text for row in table.rows for what in ("day", "begins") if what in at]
    dates = [found for text in cells if (found := _SLASHED.match(text))]
    if any(int(found[1]) > 12 for found in dates):
        return True
    american = any(int(found[2]) > 12 or re.search("[ap]m", found[4], re.IGNORECASE) for found in dates)
    return False if american else None


def _moment(text: str, *, day_first: bool | None) -> tuple[date, int] | None:
    """The day and the minute that a text names."""
    clock = _CLOCK.search(text)
    if clock is None:
        return None
    day = _day(text[: clock.start()].strip(" ,T"), day_first=day_first)
    hour, minute, half = int(clock[1]), int(clock[2]), (clock[3] or "").lower()
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    return (day, hour * 60 + minute) if day and hour < 24 and minute < 60 else None


def _day(text: str, *, day_first: bool | None) -> date | None:
    if slashed := _SLASHED.fullmatch(text):
        one, other, year = int(slashed[1]), int(slashed[2]), int(slashed[3])
        if day_first is None and one != other and "/" in text:
            return None
        day, month = (other, one) if day_first is False and "/" in text else (one, other)
        return _date(year, month, day)
    with_words = text.replace(",", "")
    for form in ("%Y-%m-%d", *_WORDS):
        try:
            return datetime.strptime(with_words, form).date()  # noqa: DTZ007  a date alone
        except ValueError:
            continue
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
