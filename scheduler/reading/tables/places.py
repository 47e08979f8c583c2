"""Places of those who follow from afar, from a table with the columns state, region, capital and zone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.domain.places import HomePlace
from scheduler.errors import InputError
from scheduler.reading.diagnostics import Diagnostic, ScenarioError
from scheduler.reading.files import shown_name
from scheduler.reading.tables.files import Cell, read_table

COLUMNS = ("state", "region", "capital", "zone")


def read_places(path: str, tell: Callable[[Sequence[Diagnostic]], None] | None = None) -> tuple[HomePlace, ...]:
    """The places of a file; lines of a CSV file that begin with ``#`` are notes. ``tell`` takes its warnings.

    Raises:
        InputError: it cannot be read, a column is missing, a field is empty, a zone is unknown, a state stands twice,
            or there is none; every mistake with its place.
    """
    table = read_table(path, notes=True)
    columns = table.positions(COLUMNS)
    places: dict[str, HomePlace] = {}
    for row in table.rows:
        fields = [row[column] for column in columns]
        try:
            place = HomePlace(*(cell.text for cell in fields))
        except ValueError as error:
            table.wrong(_guilty(fields), str(error))
            continue
        if place.state in places:
            table.wrong(fields[0], f"'{place.state[:60]}' stands twice")
        places[place.state] = place
    if table.mistakes:
        raise ScenarioError(*table.problems)
    if tell is not None:
        tell(table.problems)
    if not places:
        raise InputError(f"{shown_name(path)}: no place stands in this table: the columns are {', '.join(COLUMNS)}")
    return tuple(places.values())


def _guilty(fields: list[Cell]) -> Cell:
    """The cell that is empty, or else the zone."""
    return next((cell for cell in fields if not cell.text), fields[-1])
