"""Recognises the rows of side events in a list of meetings, as this program writes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from exports.annex.side_events import SIDE_EVENT
from exports.annex.texts import one_line
from scheduler.domain.programme import Programme
from scheduler.domain.side_events import alike
from scheduler.reading.cleaning import unguarded
from scheduler.reading.tables.files import Cell
from scheduler.side_events.places import rooms_of


def is_event(programme: Programme, cells: Mapping[str, Cell]) -> bool:
    """Whether a row is one of a side event: by its id, or because that stands for the body."""
    session, body = (cells[role].text if role in cells else "" for role in ("session", "body"))
    if session:
        return session in programme.event and session not in programme.sessions
    return bool(programme.listed_events) and alike(body) == alike(SIDE_EVENT)


def event_meant(programme: Programme, cells: Mapping[str, Cell], taken: Collection[str]) -> str:
    """The id of the side event; of several with one title the first that is not taken."""
    if "session" in cells and cells["session"].text:
        return cells["session"].text
    title = next((cells[role].text for role in ("title", "what") if role in cells), "")
    called = [name for name, event in programme.event.items() if _plain(event.title) == _plain(title)]
    return next((name for name in called if name not in taken), called[-1] if called else title)


def place_meant(programme: Programme, event: str, room: str) -> str:
    """The room as the scenario writes it."""
    asked = rooms_of(programme, programme.event[event]) if event in programme.to_place else ()
    return next((r for r in asked if r and alike(one_line(programme.place_title(r))) == alike(room)), room)


def _plain(title: str) -> str:
    return alike(unguarded(one_line(title)))
