"""Those who want to attend several sessions can be at each."""

from __future__ import annotations

from scheduler.rules.counting import Charge
from scheduler.rules.people_apart import PeopleApart


class AttendeesApart(PeopleApart):
    """Two sessions are a pair if somebody attends both, or attends one and presents in the other, or attends one and
    chairs the other body, to which the other session belongs.

    Amount at ``level: slot``: one per pair and slot that both touch, in two rooms. At ``level: minute``: one per pair
    that shares a minute; with ``per``, one per such length begun of the shared minutes. With ``by: person`` a pair
    counts once for each person who is wanted in both.
    """

    default_cost_to_waive = 20
    example = {"level": "minute", "per": "30 min", "weight": 1}
    interests = True
    who = "wants to attend"
    wish = "wants to be at both"
    per_slot = Charge.ATTENDEES_SLOT
    per_step = Charge.ATTENDEES_STEP
