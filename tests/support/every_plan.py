"""Every timetable of a conference small enough to try them all."""

from __future__ import annotations

from collections.abc import Iterator

from support.cosplib_judge import judge

from exports.cosplib.conference_values import Conference
from scheduler.solving.counted.problem import CellPlan


def timetables(conference: Conference) -> Iterator[CellPlan]:
    """Every timetable there is."""
    spots = [
        (s, r, k)
        for s, p in enumerate(conference.periods)
        for r in range(len(conference.rooms))
        for k in range(p.slots)
    ]
    standing: dict[tuple[int, int, int], int] = {}
    cells: dict[tuple[int, int], int] = {}

    def place(talk: int) -> Iterator[CellPlan]:
        if talk == len(conference.submissions):
            rows = {c: tuple(standing.get((*c, k)) for k in range(conference.periods[c[0]].slots)) for c in cells}
            yield CellPlan(dict(cells), rows)
            return
        track, need = conference.submissions[talk].track, conference.submissions[talk].need
        for s, r, k in spots:
            cell, taken = (s, r), [(s, r, k + step) for step in range(need)]
            fits = k + need <= conference.periods[s].slots and standing.keys().isdisjoint(taken)
            if fits and cells.get(cell, track) == track:
                opened = cell not in cells
                standing.update(dict.fromkeys(taken, talk))
                cells[cell] = track
                yield from place(talk + 1)
                for spot in taken:
                    del standing[spot]
                if opened:
                    del cells[cell]

    return place(0)


def cheapest(conference: Conference) -> int | None:
    """By trying all; None when there is none."""
    costs = [verdict.cost for plan in timetables(conference) if (verdict := judge(conference, plan)).valid]
    return min(costs, default=None)
