"""A chair of several bodies can be at each: in one slot, no two of them sit in two rooms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from scheduler.domain.base import BodyId, RoomId, SessionId
from scheduler.domain.occupancy import by_body, occupied_by_slot
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.counting import Charge
from scheduler.rules.rule import LooksAt, PeopleIn, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import BoolVar
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

    def _pairs(self, programme: Programme) -> dict[tuple[BodyId, BodyId], tuple[str, ...]]:
        """Bodies among the work, the earlier first, with everybody who is, or may be, an officer of both."""
        chairs: dict[BodyId, dict[str, None]] = {}
        for body, sessions in by_body(programme, self.sessions(programme)).items():
            named = (person for session in sessions for person in programme.perhaps_there(session, Role.CHAIR))
            chairs[body] = dict.fromkeys(named)
        pairs = {(a, b): tuple(p for p in chairs[b] if p in chairs[a]) for a, b in combinations(chairs, 2)}
        return {pair: people for pair, people in pairs.items() if people}

    def people_in(self, programme: Programme) -> PeopleIn:  # noqa: ARG002
        """The bodies that they serve in a slot."""
        return PeopleIn.BODIES

    def silent(self, programme: Programme) -> Iterator[str]:
        """No two of the bodies named share an officer."""
        if self.of and self.sessions(programme) and not self._pairs(programme):
            yield "no two of these bodies share an officer: the rule says nothing"

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """For each slot and two rooms: not the one here and the other there, while somebody serves both."""
        work = by_body(model.programme, self.sessions(model.programme))
        for (one, other), people in self._pairs(model.programme).items():
            sure = [p for p in people if _always(model, p, work[one]) and _always(model, p, work[other])]
            for slot in model.axis.slots:
                if not sure:
                    self._post_chosen(model, people, work[one], work[other], slot.index, enforcement)
                    continue
                for here, besides in model.beside(work[one], work[other], slot.index):
                    for there in besides:
                        away = model.negated(here), model.negated(there)
                        model.clause(*away, unless=model.relaxation(self, enforcement))

    def _post_chosen(
        self, model: ScheduleModel, people: Sequence[str], one: Sequence[SessionId], other: Sequence[SessionId],
        slot: int, enforcement: Enforcement,
    ) -> None:  # fmt: skip
        """The same while it depends on who is chosen whether somebody serves both: paid for once."""
        for here, there in permutations(map(RoomId, model.programme.room), 2):
            sitting = [
                (_serves_in(model, p, one, slot, here), _serves_in(model, p, other, slot, there)) for p in people
            ]
            sitting = [pair for pair in sitting if not any(literal is model.false for literal in pair)]
            unless = model.relaxation(self, enforcement) if sitting else ()
            for pair in sitting:
                model.clause(*(model.negated(literal) for literal in pair), unless=unless)

    def count_into(self, counts: Counts) -> bool:
        """One price for all pairs of bodies, or one for each pair of some; a part of a body cannot be counted."""
        programme = counts.programme
        if programme.open_seats:
            return False
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
        slots = programme.calendar.axis.slots
        for slot, rooms in occupied_by_slot(programme, timetable.of(self.sessions(programme))).items():
            for (here, mine), (there, theirs) in permutations(rooms.items(), 2):
                for one in mine:
                    for other in theirs:
                        people = shared.get((one, other), ())
                        if officer := next(
                            (p for p in people if _serves(programme, p, mine[one], theirs[other])), None
                        ):
                            names = [programme.name_of(one), programme.room_title(here)]
                            names += [programme.name_of(other), programme.room_title(there)]
                            who = f"{as_subject(programme.persons.title(officer))} serves both {names[0]} in {names[1]}"
                            message = f"{who} and {names[2]} in {names[3]} on {slots[slot]}"
                            yield self.violation(message, *mine[one], *theirs[other])

    def describe(self, programme: Programme) -> str:
        among = f"Of {self.names(programme)}, bodies" if self.of else "Bodies"
        return f"{among} that share an officer do not sit in two rooms in the same slot."


def _serves(programme: Programme, person: str, *bodies: Sequence[SessionId]) -> bool:
    """Whether somebody is an officer at some session of each body."""
    return all(any(person in programme.chairs_at(session) for session in sessions) for sessions in bodies)


def _always(model: ScheduleModel, person: str, sessions: Sequence[SessionId]) -> bool:
    """Whether an officer of the body serves at all of its sessions, in every choice of the others."""
    return all(model.is_there(session, person, Role.CHAIR) is model.true for session in sessions)


def _serves_in(model: ScheduleModel, person: str, sessions: Sequence[SessionId], slot: int, room: RoomId) -> BoolVar:
    """True exactly when a body sits in the slot, in the room, with somebody as its officer."""
    day = model.axis.slots[slot].day
    sits = [
        model.all_of(
            ("serves in", s, slot, room, person),
            [model.touches(s, slot), model.in_room(s, room, day), model.is_there(s, person, Role.CHAIR)],
        )
        for s in sessions
    ]
    return model.any_of(("serves some in", person, *sessions, slot, room), sits)
