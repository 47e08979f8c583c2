"""A chair of several bodies can be at each: in one slot, no two of them sit in two rooms."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from scheduler.domain.base import BodyId
from scheduler.domain.occupancy import by_body, occupied_by_slot
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.counting import Charge
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class ChairsApart(Rule):
    """Two bodies are a pair if they have an officer in common; officers of a parent body or of one session do not
    count.

    Amount: one per slot and pair of rooms in which the two bodies sit, at any minutes of the slot. So an officer need
    not change rooms within a slot. ``officer_double_booking`` holds besides.
    """

    unit = "pair of rooms"
    default_cost_to_waive = 70
    example = {}
    alone = LooksAt.NOTHING

    def _pairs(self, programme: Programme) -> dict[tuple[BodyId, BodyId], str]:
        """Bodies among the work, the earlier first, with a common officer, the first of the later's."""
        bodies = by_body(programme, self.sessions(programme))
        chairs = {body: programme.chairs_of(body) for body in bodies}
        return {
            (one, other): next(
                p for p in map(programme.person, programme.body[other].officers) if p in chairs[one] & chairs[other]
            )
            for one, other in combinations(bodies, 2)
            if chairs[one] & chairs[other]
        }

    def silent(self, programme: Programme) -> Iterator[str]:
        """No two of the bodies named share an officer."""
        if self.of and self.sessions(programme) and not self._pairs(programme):
            yield "no two of these bodies share an officer: the rule says nothing"

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """For each slot and two rooms: not the one here and the other there."""
        work = by_body(model.programme, self.sessions(model.programme))
        for one, other in self._pairs(model.programme):
            for slot in model.axis.slots:
                for here, besides in model.beside(work[one], work[other], slot.index):
                    for there in besides:
                        away = model.negated(here), model.negated(there)
                        model.clause(*away, unless=model.relaxation(self, enforcement))

    def count_into(self, counts: Counts) -> bool:
        """One price for all pairs of bodies, or one for each pair of some; a part of a body cannot be counted."""
        programme = counts.programme
        if counts.is_everybody(self.sessions(programme)):
            counts.charge(Charge.CHAIRS_SLOT, self.weight)
            return True
        mine = self._pairs(programme)
        whole = by_body(programme, programme.sessions)
        part = by_body(programme, self.sessions(programme))
        if any(part[body] != whole[body] for pair in mine for body in pair):
            return False
        for one, other in mine:
            counts.bodies_at_once.add(one, other, self.weight)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at the bodies that sit in each slot."""
        shared = self._pairs(programme)
        if not shared:
            return
        slots = programme.calendar.axis.slots
        for slot, rooms in occupied_by_slot(programme, timetable.of(self.sessions(programme))).items():
            for (here, mine), (there, theirs) in permutations(rooms.items(), 2):
                for one in mine:
                    for other in theirs:
                        if officer := shared.get((one, other)):
                            names = [programme.name_of(one), programme.room_title(here)]
                            names += [programme.name_of(other), programme.room_title(there)]
                            who = f"{as_subject(programme.persons.title(officer))} serves both {names[0]} in {names[1]}"
                            message = f"{who} and {names[2]} in {names[3]} on {slots[slot]}"
                            yield self.violation(message, *mine[one], *theirs[other])

    def describe(self, programme: Programme) -> str:
        among = f"Of {self.names(programme)}, bodies" if self.of else "Bodies"
        return f"{among} that share an officer do not sit in two rooms in the same slot."
