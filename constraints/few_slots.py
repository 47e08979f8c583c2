"""A body fills its slots: no paper is left over for a slot of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scheduler.domain.fewest import fewest_cells
from scheduler.domain.occupancy import by_body, occupied, whole_bodies
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Rule
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class FewSlots(Rule):
    """Each body for itself, with those of its sessions that are named.

    Amount: one per slot (in two rooms at once: two) beyond the fewest that their length needs: see ``fewest_cells``.
    """

    unit = "further slot"
    default_cost_to_waive = 15
    example = {"of": ["WG"], "weight": 3}
    monotone = False

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the cells in which any session of the body sits."""
        programme = model.programme
        for members in by_body(programme, self.sessions(programme)).values():
            cells = [cell for slot in model.axis.slots for cell in model.rooms_used(members, slot.index)]
            model.measure_beyond(self, fewest_cells(programme, members), cells, enforcement)

    def count_into(self, counts: Counts) -> bool:
        """A price of every cell, less the fewest."""
        programme = counts.programme
        bodies = whole_bodies(programme, self.sessions(programme))
        if bodies is None or self.weight is None:
            return False
        for body, members in by_body(programme, self.sessions(programme)).items():
            for slot in counts.slots:
                counts.body_slot.add(body, slot, self.weight)
            counts.discount += self.weight * fewest_cells(programme, members)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Collect the cells of each body."""
        placements = timetable.of(self.sessions(programme))
        cells = occupied(programme, placements).values()
        for body, members in by_body(programme, (p.session for p in placements)).items():
            used, few = sum(body in occupants for occupants in cells), fewest_cells(programme, members)
            if used > few:
                message = f"{programme.name_of(body)} takes {counted(used, 'slot')}; its length needs {few} at least"
                yield self.violation(message, *members, amount=used - few)

    def describe(self, programme: Programme) -> str:
        the = f"Of {self.names(programme)}, the" if self.of else "The"
        return f"{the} sessions of each body fill as few slots as their length needs."
