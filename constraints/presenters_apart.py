"""Those who present in several sessions can be at each."""

from __future__ import annotations

from scheduler.rules.counting import Charge
from scheduler.rules.people_apart import PeopleApart


class PresentersApart(PeopleApart):
    """Two sessions are a pair if somebody presents in both, or presents in one and chairs the other body, to which the
    other session belongs.

    Amount at ``level: slot``: one per pair and slot that both touch, in two rooms. At ``level: minute``: one per pair
    that shares a minute; with ``per``, one per such length begun of the shared minutes. With ``by: person`` a pair
    counts once for each person who is wanted in both.
    """

    default_cost_to_waive = 70
    example = {"level": "slot"}
    interests = False
    who = "presents in"
    wish = "cannot be at both"
    per_slot = Charge.PRESENTERS_SLOT
    per_step = Charge.PRESENTERS_STEP
