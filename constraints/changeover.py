"""Between two sessions in one room there is time to change over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from pydantic import model_validator

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import time_between
from scheduler.domain.clock import DAY_MINUTES, Minutes, agreeing, show_minutes
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import one_session_alone

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting


class Changeover(Rule):
    """Between two sessions in one room the clock shows at least this many minutes, in either order. The same holds
    between their parts, where one of them goes on after slots that it passes by.

    Amount: one per pair of sessions in one room that are closer, or overlap.
    """

    unit = "pair of sessions"
    default_cost_to_waive = 20
    example = {"at_least": "15 min", "same_body": False}
    alone = LooksAt.NOTHING
    at_least: Minutes
    """Minutes by the clock."""
    same_body: bool = True
    """Whether two sessions of one body count too."""

    @model_validator(mode="after")
    def _says_something(self) -> Changeover:
        if not self.at_least:
            raise ValueError("at_least is the time between two sessions in one room: write 15 min")
        if self.at_least > DAY_MINUTES:
            raise ValueError(f"at_least {show_minutes(self.at_least)} is more than a changeover: write 24h at most")
        return self

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session; sessions of one body, where these do not count."""
        yield from one_session_alone(self, programme)
        if len(self.sessions(programme)) > 1 and not any(True for _ in self._pairs(programme)):
            yield "all these sessions are of one body, and same_body is false: the rule says nothing"

    def _pairs(self, programme: Programme) -> Iterator[tuple[SessionId, SessionId]]:
        for one, other in combinations(self.sessions(programme), 2):
            if self.same_body or programme.body_of[one].id != programme.body_of[other].id:
                yield one, other

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Less time; none within a body."""
        shorter = range(self.at_least - adjusting.step, 0, -adjusting.step)
        if shorter:
            yield adjusting.number(
                self, "at_least", [(n, f"leave {show_minutes(n)} between two sessions in one room") for n in shorter]
            )
        if self.same_body:
            yield adjusting.number(self, "same_body", [(False, "let sessions of one body follow at once in one room")])

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Time between them, or two rooms."""
        for one, other in self._pairs(model.programme):
            close = []
            for stays in product(model.by_day(one), model.by_day(other)):
                far = model.changes_over(*stays, self.at_least)
                if far is not model.true and (together := model.same_room(*stays)) is not model.false:
                    close.append((far, model.negated(together)))
            unless = model.relaxation(self, enforcement) if close else ()
            for ways in close:
                model.clause(*ways, unless=unless)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare the hours of those in one room."""
        stays = {p.session: programme.stays(p) for p in timetable.of(self.sessions(programme))}
        for one, other in self._pairs(programme):
            found = [
                (time_between(here.segments, there.segments), here.room)
                for here, there in product(stays.get(one, ()), stays.get(other, ()))
                if here.room == there.room
            ]
            between, room = min(found, default=(self.at_least, None))
            if room is not None and between < self.at_least:
                left = show_minutes(between) if between > 0 else "no time"
                pair = f"between {programme.title(one)} and {programme.title(other)}"
                where = programme.room_title(room)
                message = f"{left} {pair} in {where}, not at least {show_minutes(self.at_least)}"
                yield self.violation(message, one, other)

    def describe(self, programme: Programme) -> str:
        of = f"Of {self.names(programme)}, b" if self.of else "B"
        be = agreeing(self.at_least, "is", "are")
        two = "two sessions" if self.same_body else "sessions of two bodies"
        return f"{of}etween {two} in one room there {be} at least {show_minutes(self.at_least)}."
