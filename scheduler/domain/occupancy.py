"""Who occupies which cells of a finished timetable; a cell is one slot in one room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement

Cell: TypeAlias = tuple[int, RoomId]
"""The index of a slot, and a room."""
Occupants: TypeAlias = Mapping[BodyId, tuple[SessionId, ...]]
"""The bodies that occupy a cell, each with those of its sessions that sit there."""


def by_body(programme: Programme, sessions: Iterable[SessionId]) -> dict[BodyId, tuple[SessionId, ...]]:
    """Sessions by the body that they are written under, bodies and sessions in the order in which they come."""
    found: dict[BodyId, list[SessionId]] = {}
    for session in sessions:
        found.setdefault(BodyId(programme.body_of[session].id), []).append(session)
    return {body: tuple(members) for body, members in found.items()}


def occupied(programme: Programme, placements: Iterable[Placement]) -> dict[Cell, Occupants]:
    """The cells in which something sits, by slot and then by room in the order of the scenario."""
    found: dict[Cell, list[SessionId]] = {}
    for placement in placements:
        for cell in dict.fromkeys((segment.slot, placement.room_on(segment.day)) for segment in placement.segments):
            found.setdefault(cell, []).append(placement.session)
    place = {room: number for number, room in enumerate(programme.room)}
    cells = sorted(found, key=lambda cell: (cell[0], place.get(cell[1], len(place)), cell[1]))
    return {cell: by_body(programme, found[cell]) for cell in cells}


def occupied_by_slot(programme: Programme, placements: Iterable[Placement]) -> dict[int, dict[RoomId, Occupants]]:
    """The same, the rooms of each slot together."""
    found: dict[int, dict[RoomId, Occupants]] = {}
    for (slot, room), occupants in occupied(programme, placements).items():
        found.setdefault(slot, {})[room] = occupants
    return found


def whole_bodies(programme: Programme, sessions: Iterable[SessionId]) -> frozenset[BodyId] | None:
    """The bodies of the sessions, if these are all sessions of each body; None if one is missing."""
    chosen = by_body(programme, sessions)
    everything = by_body(programme, programme.sessions)
    if any(len(members) < len(everything[body]) for body, members in chosen.items()):
        return None
    return frozenset(chosen)
