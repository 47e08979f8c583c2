"""Those who present in several sessions can be at each."""

from __future__ import annotations

from scheduler.rules.counting import Charge
from scheduler.rules.people_apart import PeopleApart


class PresentersApart(PeopleApart):
    """Pairs of sessions with a common presenter; or, of different bodies, where a presenter of the one chairs the body
    of the other.

    Amount, by ``level``. ``slot``: one per pair and slot that both touch, in two rooms. ``minute``: one per pair that
    shares a minute, or with ``per`` one per such length begun that the pair shares. With ``by: person`` this counts
    for each person who is wanted in both.
    """

    default_cost_to_waive = 70
    example = {"level": "slot"}
    interests = False
    who = "presents in"
    wish = "cannot be at both"
    per_slot = Charge.PRESENTERS_SLOT
    per_step = Charge.PRESENTERS_STEP
