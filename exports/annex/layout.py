"""Which of its two layouts suits a timetable: the grid of days, or the board of rooms."""

from __future__ import annotations

from collections import Counter

from scheduler.domain.timetable import Timetable

FEW_ROOMS = 3
"""Up to so many rooms in use, the annex shows a programme best."""

MOST_IN_A_SLOT = 12
"""Of several rooms, so many sessions can stand in one cell of the annex."""


def has_many_rooms(timetable: Timetable) -> bool:
    """Whether the timetable is one for a board: with more than a few rooms, or so much side by side in one slot."""
    rooms = len({placement.room for placement in timetable})
    fullest = max(Counter(slot for placement in timetable for slot in placement.slots).values(), default=0)
    return rooms > FEW_ROOMS or (rooms > 1 and fullest > MOST_IN_A_SLOT)
