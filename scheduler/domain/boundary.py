"""What a body does when its time is over."""

from __future__ import annotations

from typing import Literal

from scheduler.domain.base import Frozen
from scheduler.domain.clock import Clock


class Boundary(Frozen):
    """What the sessions of a body do at a boundary, on the day itself; the plan does not use it."""

    at_slot_end: Literal["rolls_on", "stops", "carried_over"] = "rolls_on"
    """When the last planned slot of a session closes and work is left: the session goes on in the next slot; or it
    stops and the rest is lost; or it stops and the rest is taken up after the last session of the room."""
    no_start_after: Clock | None = None
    """A session that would start later in the day waits for the next day."""
    before_anchor: Literal["delays_it", "is_cut", "moves_after"] = "delays_it"
    """For a body with a fixed time: what still runs when that time comes delays it; or is cut, the rest lost; or is
    interrupted and goes on after it, together with whatever had not begun."""
