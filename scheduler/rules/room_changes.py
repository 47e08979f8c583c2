"""The prices of changes of room as a wish, which a scenario states where it allows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from scheduler.domain.clock import show_day
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class PricesOfRoomChanges(Rule):
    """Sessions keep their room overnight; one that goes on in another room costs the price.

    Amount: for each session and each night after which it goes on in another room, the price declared there.
    """

    unit = "point of a price"
    default_cost_to_waive = 40
    example: ClassVar[Mapping[str, Any]] = {}
    alone = LooksAt.NOTHING
    rule: str = "room_changes"

    @classmethod
    def of_programme(cls, programme: Programme) -> tuple[PricesOfRoomChanges, ...]:
        """One for all prices; none where no change costs anything."""
        priced = tuple(session for session, price in programme.may_change_room.items() if price)
        return (cls(id="prices-of-room-changes", weight=1, of=priced),) if priced else ()

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """For each night: it is not there the next day, or in the same room."""
        for session in self.sessions(model.programme):
            price = model.programme.may_change_room[session]
            for before, after in pairwise(model.by_day(session)):
                unless = model.relaxation(self, enforcement, price)
                for room in model.programme.rooms_of(session):
                    was, there = model.in_room(before, room), model.in_room(after, room)
                    model.clause(model.negated(was), model.negated(model.sits(after)), there, unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare each day with the day before."""
        for placement in timetable.of(self.sessions(programme)):
            was = placement.room
            for day, room in placement.moves:
                rooms = f"from {programme.room_title(was)} to {programme.room_title(room)}"
                message = f"{programme.title(placement.session)} moves {rooms} on {show_day(day)}"
                price = programme.may_change_room[placement.session]
                yield self.violation(message, placement.session, amount=price)
                was = room

    def describe(self, programme: Programme) -> str:  # noqa: ARG002
        """The same for every scenario."""
        return "Sessions that may change their room overnight keep it; a change costs the price declared."
