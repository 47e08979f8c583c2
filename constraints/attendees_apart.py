"""Those who want to attend several sessions can be at each."""

from __future__ import annotations

from scheduler.rules.counting import Charge
from scheduler.rules.people_apart import PeopleApart


class AttendeesApart(PeopleApart):
    """Pairs of sessions with a common attendee; or where an attendee of the one presents in the other; or, of different
    bodies, where an attendee of the one chairs the body of the other.

    Amount, by ``level``. ``slot``: one per pair and slot that both touch, in two rooms. ``minute``: one per pair that
    shares a minute, or with ``per`` one per such length begun that the pair shares. With ``by: person`` this counts
    for each person who is wanted in both.
    """

    default_cost_to_waive = 20
    example = {"level": "minute", "per": "30 min", "weight": 1}
    interests = True
    who = "wants to attend"
    wish = "wants to be at both"
    per_slot = Charge.ATTENDEES_SLOT
    per_step = Charge.ATTENDEES_STEP
