"""A body meets in consecutive slots: it does not break off and come back later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.clock import show_moment
from scheduler.domain.occupancy import by_body
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.counting import Charge
from scheduler.rules.rule import Rule
from scheduler.rules.silence import one_session_of_a_body
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts

SPELLED_OUT = 3
"""Slots left out that are named; more are counted."""


class ConsecutiveSlots(Rule):
    """Each body for itself, with those of its sessions that are named.

    Amount: one per body that leaves out a slot between the first and the last in which it sits. Nights and breaks do
    not count, and neither does a slot that none of these sessions may use.
    """

    unit = "body with a gap"
    default_cost_to_waive = 15
    example = {"of": ["WG"]}
    monotone = False

    def silent(self, programme: Programme) -> Iterator[str]:
        """Single sessions of a body, which is never broken off."""
        return one_session_of_a_body(self, programme, "which is never broken off")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """A slot is used, or nothing before it is, or nothing after it; one relaxation for all slots of a body."""
        for members in by_body(model.programme, self.sessions(model.programme)).values():
            unless = model.relaxation(self, enforcement)
            used = [model.body_at(members, slot) for slot in _usable(model.programme, members)]
            earlier = later = model.false
            before, after = [], []
            for index, (ahead, behind) in enumerate(zip(used, reversed(used), strict=True)):
                before.append(earlier)
                after.append(later)
                earlier = model.any_of(("met by", members, index), [earlier, ahead])
                later = model.any_of(("meets within last", members, index), [later, behind])
            for here, already, still in zip(used, before, reversed(after), strict=True):
                model.clause(here, model.negated(already), model.negated(still), unless=unless)

    def count_into(self, counts: Counts) -> bool:
        """One charge for all bodies; with reserved slots, the slots that count are not the same for all."""
        slots = counts.programme.calendar.axis.slots
        if any(slot.reserved_for for slot in slots) or not counts.is_everybody(self.sessions(counts.programme)):
            return False
        counts.charge(Charge.GAPS, self.weight)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look for slots between the first and the last that the body does not use."""
        slots = programme.calendar.axis.slots
        for body, members in by_body(programme, self.sessions(programme)).items():
            placements = timetable.of(members)
            used = {slot for placement in placements for slot in placement.slots}
            usable = _usable(programme, members)
            gap = [slots[i] for i in usable if used and min(used) < i < max(used) and i not in used]
            if gap:
                out = counted(len(gap), "slot")
                if len(gap) <= SPELLED_OUT:
                    out = listed([show_moment(slot.day, slot.opens) for slot in gap])
                message = f"{programme.name_of(body)} leaves out {out} between its first and its last"
                yield self.violation(message, *(p.session for p in placements))

    def describe(self, programme: Programme) -> str:
        the = f"Of {self.names(programme)}, the" if self.of else "The"
        return f"{the} sessions of each body sit in consecutive slots."


def _usable(programme: Programme, members: Sequence[SessionId]) -> list[int]:
    """Slots that some of the sessions may use, in the order of the calendar."""
    return sorted(frozenset[int]().union(*(programme.own_slots(session) for session in members)))
