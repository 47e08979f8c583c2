"""Bodies that draw the same people do not meet in parallel: in two rooms in one slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from pydantic import field_validator

from scheduler.domain.base import BodyId, BodyRef
from scheduler.domain.clock import show_moment
from scheduler.domain.occupancy import by_body, occupied_by_slot, whole_bodies
from scheduler.domain.penalties import PenaltyTable
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts

Pairs: TypeAlias = dict[tuple[BodyId, BodyId], int]
"""Units of violation of two bodies, each pair once, in the order of the scenario."""


class SimilarBodiesApart(Rule):
    """Amount: for each slot and pair of bodies, their penalty times the number of ways to choose a room of one body and
    a different room of the other. With ``of``, a body is where its named sessions are.
    """

    unit = "point of penalty"
    default_cost_to_waive = 20
    example = {"pairs": {"WG": {"REPORT": 3}}, "weight": 1}
    not_adjustable = {"pairs": "it says what counts how much"}
    alone = LooksAt.NOTHING
    pairs: PenaltyTable[BodyRef, BodyRef] | None = None
    """Penalties of pairs, in either order; the diagonal of a square table is passed over. None: 1 for every pair."""

    @field_validator("pairs")
    @classmethod
    def _one_penalty_a_pair(cls, pairs: dict[str, dict[str, int]] | None) -> dict[str, dict[str, int]] | None:
        for one, row in (pairs or {}).items():
            for other, penalty in row.items():
                back = (pairs or {}).get(other, {}).get(one, 0)
                if penalty and back and penalty != back:
                    raise ValueError(f"'{one}' and '{other}' have two penalties, {penalty} and {back}: keep one")
        return pairs

    def bodies_in_tables(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Rows and columns."""
        for one, row in (self.pairs or {}).items():
            yield ("pairs", one), one
            yield from ((("pairs", one, other), other) for other in row)

    def _pairs(self, programme: Programme) -> Pairs:
        bodies = list(by_body(programme, self.sessions(programme)))
        if self.pairs is None:
            return dict.fromkeys(combinations(bodies, 2), 1)
        place = {body: number for number, body in enumerate(bodies)}
        found: Pairs = {}
        for one, row in self.pairs.items():
            for other, penalty in row.items():
                if penalty and one != other and one in place and other in place:
                    first, second = sorted((BodyId(one), BodyId(other)), key=place.__getitem__)
                    found[first, second] = penalty
        return found

    def silent(self, programme: Programme) -> Iterator[str]:
        """Fewer than two bodies that are to be apart."""
        if self.of and self.sessions(programme) and not self._pairs(programme):
            yield "these are no two bodies that are to be apart: the rule says nothing"

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Where the one sits in a room, as many units as the other has rooms besides."""
        bodies = by_body(model.programme, self.sessions(model.programme))
        for (one, other), penalty in self._pairs(model.programme).items():
            for slot in range(len(model.axis.slots)):
                for here, besides in model.beside(bodies[one], bodies[other], slot):
                    amount = model.count(besides) - len(besides) * model.negated(here)
                    model.measure(self, amount, len(besides), enforcement, scale=penalty)

    def count_into(self, counts: Counts) -> bool:
        """Pair by pair, where the rule is about all sessions of each body or about none."""
        if whole_bodies(counts.programme, self.sessions(counts.programme)) is None:
            return False
        for (one, other), penalty in self._pairs(counts.programme).items():
            counts.bodies_at_once.add(one, other, None if self.weight is None else self.weight * penalty)
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Collect the rooms of each body, slot by slot, and go through the pairs of bodies that meet."""
        penalties, slots = self._pairs(programme), programme.calendar.axis.slots
        place = {body: number for number, body in enumerate(by_body(programme, self.sessions(programme)))}
        for index, rooms in occupied_by_slot(programme, timetable.of(self.sessions(programme))).items():
            cells = Counter(body for occupants in rooms.values() for body in occupants)
            shared = Counter(pair for occupants in rooms.values() for pair in combinations(sorted(occupants), 2))
            for pair in combinations(sorted(cells, key=place.__getitem__), 2):
                one, other = pair
                ways = cells[one] * cells[other] - shared[min(pair), max(pair)]
                if ways and (penalty := penalties.get(pair)):
                    when = show_moment(slots[index].day, slots[index].opens)
                    names = f"{programme.name_of(one)} and {programme.name_of(other)}"
                    times = f", in {counted(ways, 'pair')} of rooms" if ways > 1 else ""
                    message = f"{names} meet in parallel in the slot of {when}{times}"
                    both = [s for occupants in rooms.values() for body in pair for s in occupants.get(body, ())]
                    yield self.violation(message, *dict.fromkeys(both), amount=ways * penalty)

    def describe(self, programme: Programme) -> str:
        similar = "two bodies" if self.pairs is None else "two bodies that the table pairs"
        return f"{f'Of {self.names(programme)}, no' if self.of else 'No'} {similar} meet in parallel."
