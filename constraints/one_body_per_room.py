"""In a slot, or in a half-day, a room belongs to one body, until that closes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scheduler.domain.base import RoomId, SessionId
from scheduler.domain.clock import show_moment
from scheduler.domain.occupancy import by_body, occupied_by_slot
from scheduler.domain.programme import HeldUnit, Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, OfCells, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts


class OneBodyPerRoom(Rule):
    """Amount: for each slot and room in which some of the work sits, one per body beyond the first, named or not.

    Held by half-day: the same for each half-day, as it is reckoned for the work that sits there. Where half-days of two
    sessions differ, because slots are reserved, each counts.

    A hard rule replaces fixed boundaries: the sessions of a body follow one another within the slot, at any step of the
    grain. A wish replaces nothing.
    """

    unit = "further body"
    default_cost_to_waive = 30
    example = {"of": ["WG", "REPORT"], "holds": "half-day"}
    alone = LooksAt.NOTHING
    holds: HeldUnit | None = None
    """What a body holds of its room; None: the slot."""

    @property
    def replaces(self) -> tuple[str, ...]:
        """Fixed boundaries, unless it is a wish of the planner's."""
        return ("fixed_boundaries",) if self.weight is None or self.given_up else ()

    @property
    def of_cells(self) -> OfCells | None:
        """One body in each, where it is held by slot."""
        return OfCells.ONE_BODY if self._unit == "slot" else None

    @property
    def _unit(self) -> HeldUnit:
        return self.holds or "slot"

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Slots in place of half-days."""
        if self._unit == "half-day":
            who = self.names(adjusting.programme) if self.of else "every body"
            room = self.verb("its room", "their rooms")
            yield adjusting.number(self, "holds", [("slot", f"let {who} hold {room} by slot, not by half-day")])

    def _held(self, programme: Programme) -> Mapping[frozenset[int], tuple[SessionId, ...]]:
        """The slots that are held together, in order, each with the sessions named that hold them so."""
        alike: dict[frozenset[int], list[SessionId]] = {}
        for session in self.sessions(programme):
            alike.setdefault(programme.own_slots(session), []).append(session)
        found: dict[frozenset[int], list[SessionId]] = {}
        for own, sessions in alike.items():
            for held in {programme.held_with(sessions[0], slot, self.holds) for slot in own}:
                found.setdefault(held, []).extend(sessions)
        return {held: tuple(found[held]) for held in sorted(found, key=sorted)}

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Count the bodies in each slot or half-day and room in which some of the work sits."""
        if self._unit == "slot" and model.one_body_a_cell():
            return
        bodies = by_body(model.programme, model.programme.sessions).values()
        everybody = not self.of and self._unit == "slot"  # a half-day of one may be none of another who sits in it
        for held, named in self._held(model.programme).items():
            for room in map(RoomId, model.programme.room):
                here = [model.body_among(members, held, room) for members in bodies]
                here = [literal for literal in here if literal is not model.false]
                ours = model.body_among(named, held, room) if not everybody else model.true
                not_ours = model.negated(ours)
                if len(here) > 1 and not_ours is not model.true:
                    further = model.count(here) - 1 - len(here) * not_ours
                    model.measure(self, further, len(here) - 1, enforcement)

    def count_into(self, counts: Counts) -> bool:
        """What the counted formulation takes for granted."""
        if self.weight is not None or not counts.is_everybody(self.sessions(counts.programme)):
            return False
        if any(len(held) > 1 for held in self._held(counts.programme)):
            return False
        counts.one_body_a_cell = True
        return True

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look at each room in which somebody sits in a slot, or in the slots of a half-day."""
        slots, sitting = programme.calendar.axis.slots, occupied_by_slot(programme, timetable)
        for held, named in self._held(programme).items():
            rooms: dict[RoomId, list[SessionId]] = {}
            for index in sorted(held):
                for room, occupants in sitting.get(index, {}).items():
                    rooms.setdefault(room, []).extend(s for members in occupants.values() for s in members)
            for room, there in rooms.items():
                bodies = by_body(programme, dict.fromkeys(there))
                if len(bodies) > 1 and not set(named).isdisjoint(there):
                    who, first = listed([programme.name_of(body) for body in bodies]), slots[min(held)]
                    when = f"the {self._unit} of {show_moment(first.day, first.opens)}"
                    message = f"{who} share {programme.room_title(room)} in {when}"
                    sessions = (session for members in bodies.values() for session in members)
                    yield self.violation(message, *sessions, amount=len(bodies) - 1)

    def describe(self, programme: Programme) -> str:
        if not self.of:
            return f"In a {self._unit} a room belongs to one body."
        shares = self.verb("shares its room with no other body", "share their rooms with no other body")
        return f"In a {self._unit} {self.names(programme)} {shares}."
