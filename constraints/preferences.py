"""A table says which slots and rooms suit a body or a session less, and how much less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from pydantic import model_validator

from scheduler.domain.base import BodyId, BodyRef, RoomId, RoomRef, SessionId, SessionRef, SlotRef
from scheduler.domain.clock import Minutes, show_moment
from scheduler.domain.occupancy import by_body, occupied, whole_bodies
from scheduler.domain.penalties import PenaltyTable
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Rule
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from scheduler.domain.calendar import Segment
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import BoolVar
    from scheduler.rules.counting import Counts

TABLES = {
    "bodies_by_slot": "body_slot",
    "bodies_by_room": "body_room",
    "slots_by_room": "slot_room",
    "sessions_by_slot": "session_slot",
    "sessions_by_room": "session_room",
}
"""The tables, each with the prices of a ``Counts`` that say the same."""
SPELLED_OUT = 4
"""Rows of a table that are named; more are counted."""

Entry: TypeAlias = tuple[object, object]
"""A row and a column: ids, and indices of slots."""
Penalties: TypeAlias = Counter[Entry]
"""Units of violation."""


class Preferences(Rule):
    """One table, ``{row: {column: penalty}}``; what the table leaves out costs nothing. A slot is named by its name or
    by its date and opening hour, ``2027-03-15 09:30``; a row of a body stands for its own sessions, not for bodies
    below it.

    Amount: for a body, the penalty of each slot and room in which it sits; for a slot and a room, the penalty once if
    any of the work sits there; for a session, the penalty of each slot that it touches, or of its room.
    """

    unit = "point of penalty"
    default_cost_to_waive = 20
    example = {
        "sessions_by_slot": {"report": {"Tuesday afternoon": 5}},
        "per": "30 min",
        "weight": 1,
    }
    not_adjustable = dict.fromkeys((*TABLES, "per"), "it says what counts how much")
    names_slots = True
    bodies_by_slot: PenaltyTable[BodyRef, SlotRef] | None = None
    bodies_by_room: PenaltyTable[BodyRef, RoomRef] | None = None
    slots_by_room: PenaltyTable[SlotRef, RoomRef] | None = None
    sessions_by_slot: PenaltyTable[SessionRef, SlotRef] | None = None
    sessions_by_room: PenaltyTable[SessionRef, RoomRef] | None = None
    per: Minutes | None = None
    """For tables of sessions: the penalty counts for each such length begun, in the slot or in the room."""

    @model_validator(mode="after")
    def _one_table(self) -> Preferences:
        given = [key for key in TABLES if getattr(self, key) is not None]
        if not given:
            raise ValueError(f"preferences need a table: write one of {listed([*TABLES], 'or')}")
        if len(given) > 1:
            raise ValueError(f"one table to a rule: write {listed(given)} as {counted(len(given), 'rule')}")
        if self.per is not None and not given[0].startswith("sessions"):
            raise ValueError("'per' counts minutes of sessions: it goes with sessions_by_slot or sessions_by_room")
        if self.per == 0:
            raise ValueError("'per' is a length of time: write 30 min, or leave it out")
        return self

    def bodies_in_tables(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """The rows of a table of bodies."""
        rows, _, table = self._table
        yield from (((self._key, row), row) for row in table if rows == "bodies")

    @property
    def _key(self) -> str:
        return next(key for key in TABLES if getattr(self, key) is not None)

    @property
    def _table(self) -> tuple[str, str, dict[str, dict[str, int]]]:
        """What rows are, what columns are, and the table."""
        rows, columns = self._key.split("_by_")
        return rows, columns, getattr(self, self._key)

    def _prices(self, programme: Programme) -> Penalties:
        """The penalties that are not 0; where a slot is named in two ways, both count."""
        rows, columns, table = self._table
        slots = programme.calendar.slot_named
        prices: Penalties = Counter()
        for row, penalties in table.items():
            what = slots.get(row) if rows == "slots" else row
            for column, penalty in penalties.items():
                if penalty:
                    prices[what, slots.get(column) if columns == "slot" else column] += penalty
        return prices

    def _times(self, minutes: int) -> int:
        """How often a penalty counts for these minutes of a session."""
        return -(-minutes // self.per) if self.per else 1

    def _of_cell(self, prices: Penalties, body: BodyId | None, slot: int, room: RoomId) -> int:
        """The penalty of a slot and a room, for the body where rows are bodies."""
        rows, columns, _ = self._table
        if rows == "slots":
            return prices[slot, room]
        return prices[body, slot if columns == "slot" else room]

    def _of_session(self, prices: Penalties, session: SessionId, segments: Sequence[Segment]) -> list[int]:
        """The penalties of a session's slots."""
        return [prices[session, segment.slot] * self._times(segment.minutes) for segment in segments]

    # --- to the solvers --------------------------------------------------------------------------------------

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Pay for each slot or room with a penalty that is used."""
        rows, columns, _ = self._table
        if rows != "sessions":
            places = self._cells(model)
        else:
            places = self._starts(model) if columns == "slot" else self._rooms(model)
        for taken, amount in places:
            if amount:
                model.clause(model.negated(taken), unless=model.relaxation(self, enforcement, amount))
        if rows == "sessions" and columns != "slot" and self.per is not None:
            self._post_minutes_in_rooms(model, enforcement)

    def _cells(self, model: ScheduleModel) -> Iterator[tuple[BoolVar, int]]:
        prices, sessions = self._prices(model.programme), self.sessions(model.programme)
        bodies: list[tuple[BodyId | None, tuple[SessionId, ...]]] = [(None, sessions)]
        if self._table[0] == "bodies":
            bodies = [*by_body(model.programme, sessions).items()]
        for body, members in bodies:
            for slot in range(len(model.axis.slots)):
                for room in map(RoomId, model.programme.room):
                    if penalty := self._of_cell(prices, body, slot, room):
                        yield model.body_in(members, slot, room), penalty

    def _starts(self, model: ScheduleModel) -> Iterator[tuple[BoolVar, int]]:
        prices = self._prices(model.programme)
        for session in self.sessions(model.programme):
            yield from model.by_amount(
                session,
                lambda segments, of=session: sum(self._of_session(prices, of, segments)),  # type: ignore[misc]
            )

    def _rooms(self, model: ScheduleModel) -> Iterator[tuple[BoolVar, int]]:
        prices = self._prices(model.programme)
        for session in self.sessions(model.programme):
            for room, sits in model.rooms(session).items():
                if self.per is None or session not in model.programme.may_change_room:
                    yield sits, prices[session, room] * self._times(model.programme.minutes(session))

    def _post_minutes_in_rooms(self, model: ScheduleModel, enforcement: Enforcement) -> None:
        """The same, ``per`` so many minutes, of a session that may change its room: the minutes in each."""
        prices = self._prices(model.programme)
        for session in self.sessions(model.programme):
            for room in model.programme.rooms_of(session) if session in model.programme.may_change_room else ():
                lasting = [
                    model.all_of(("lasts in", stay, room, minutes), [lasts, model.in_room(stay, room)]) * minutes
                    for stay in model.by_day(session)
                    for lasts, minutes in model.by_amount(stay, _minutes)
                ]
                if price := prices[session, room]:
                    most = self._times(model.programme.minutes(session))
                    model.measure_largest(self, [(model.total(lasting), self.per or 1)], most, enforcement, price)

    def count_into(self, counts: Counts) -> bool:
        """Price by price, where the rule is about everything that a row stands for, or about nothing of it."""
        rows, _, _ = self._table
        prices, sessions = self._prices(counts.programme), self.sessions(counts.programme)
        priced: Iterable[tuple[Entry, int]] | None = prices.items()
        if rows == "slots":
            priced = priced if counts.is_everybody(sessions) else None
        elif rows == "bodies":
            priced = self._of_whole_bodies(counts.programme, prices)
        else:
            times: dict[object, int] = {s: self._times(counts.programme.minutes(s)) for s in sessions}
            priced = [(entry, penalty * times.get(entry[0], 0)) for entry, penalty in prices.items()]
        if priced is None:
            return False
        table = getattr(counts, TABLES[self._key])
        for (row, column), amount in priced:
            if amount:
                table.add(row, column, None if self.weight is None else self.weight * amount)
        return True

    def _of_whole_bodies(self, programme: Programme, prices: Penalties) -> list[tuple[Entry, int]] | None:
        named = {row for row, _ in prices}
        sessions = [s for s in self.sessions(programme) if programme.body_of[s].id in named]
        bodies = whole_bodies(programme, sessions)
        return None if bodies is None else [(entry, price) for entry, price in prices.items() if entry[0] in bodies]

    # --- to people -------------------------------------------------------------------------------------------

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look up each slot and room in which somebody sits, or each session."""
        prices, placements = self._prices(programme), timetable.of(self.sessions(programme))
        rows, columns, _ = self._table
        if rows != "sessions":
            yield from self._check_cells(programme, prices, placements)
            return
        for placement in placements:
            session = placement.session
            if columns == "slot":
                amounts = self._of_session(prices, session, placement.segments)
                places = [f"on {segment}" for segment in placement.segments]
            else:
                minutes = {placement.room: programme.minutes(session)}
                if placement.rooms:
                    minutes = Counter()
                    for segment in placement.segments:
                        minutes[placement.room_on(segment.day)] += segment.minutes
                amounts = [prices[session, room] * self._times(long) for room, long in minutes.items()]
                places = [f"in {programme.room_title(room)}" for room in minutes]
            for amount, where in zip(amounts, places, strict=True):
                if amount:
                    yield self.violation(
                        f"{programme.title(session)} sits {where}: penalty {amount}", session, amount=amount
                    )

    def _check_cells(
        self, programme: Programme, prices: Penalties, placements: Sequence[Placement]
    ) -> Iterator[Violation]:
        for (index, room), occupants in occupied(programme, placements).items():
            found: list[tuple[BodyId | None, Sequence[SessionId]]] = [*occupants.items()]
            if self._table[0] == "slots":
                found = [(None, [session for members in occupants.values() for session in members])]
            for body, members in found:
                if penalty := self._of_cell(prices, body, index, room):
                    slot = programme.calendar.axis.slots[index]
                    where, when = programme.room_title(room), show_moment(slot.day, slot.opens)
                    use = f"{where} is used" if body is None else f"{programme.name_of(body)} sits in {where}"
                    yield self.violation(f"{use} in the slot of {when}: penalty {penalty}", *members, amount=penalty)

    def describe(self, programme: Programme) -> str:
        rows, columns, table = self._table
        if rows == "slots":
            of = f" of {self.names(programme)}" if self.of else ""
            return f"No session{of} is held in a room and slot that have a penalty in the table."
        some = len(table) > SPELLED_OUT
        who = f"{len(table)} {rows}" if some else listed([programme.name_of(row) for row in table])
        of = f"Of {self.names(programme)}, " if self.of else ""
        return f"{of}{who} {'keeps' if len(table) == 1 else 'keep'} out of {columns}s that have a penalty in the table."


def _minutes(segments: Sequence[Segment]) -> int:
    return sum(segment.minutes for segment in segments)
