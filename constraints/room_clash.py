"""No room holds two sessions at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Exclusive, LooksAt, Rule
from scheduler.rules.silence import one_session_alone
from scheduler.wording import shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts


class RoomClash(Rule):
    """Amount: one per pair of sessions that share a minute in one room.

    Likewise one that sits between the first and the last minute of another, in slots of that one's own, where it is
    suspended for others and not for this one.
    """

    unit = "pair of sessions"
    default_cost_to_waive = 200
    example = {"of": ["WG", "REPORT"], "source": "one plenary"}
    standing = True
    about_pairs = True
    alone = LooksAt.NOTHING
    exclusive = Exclusive.ROOM
    only_pairs = True

    def lifts(self, programme: Programme) -> str:
        """Which sessions may meet another in a room."""
        work = self.sessions(programme)

        def meets_another(session: SessionId) -> bool:
            others = (s for s in work if s != session and not self.yields.pair(session, s))
            return any(set(programme.rooms_of(session)) & set(programme.rooms_of(other)) for other in others)

        titles = [programme.title(session) for session in work if meets_another(session)]
        return f"{shortened(titles)} may now sit in one room at the same time" if titles else ""

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session: it has nobody to meet. Of a wish another warning says so."""
        return one_session_alone(self, programme) if self.weight is None else iter(())

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """One no-overlap per room; soft, pair by pair."""
        sessions = self.sessions(model.programme)
        if self.weight is None:
            model.no_clash(sessions, model.relaxation(self, enforcement), self.yields.stated)
            return
        for one, other in combinations(sessions, 2):
            meeting = [
                stays
                for stays in product(model.by_day(one), model.by_day(other))
                if model.same_room(*stays) is not model.false
            ]
            unless = model.relaxation(self, enforcement) if meeting else ()
            for stays in meeting:
                model.clause(model.negated(model.same_room(*stays)), model.in_nobodys_way(*stays), unless=unless)

    def count_into(self, counts: Counts) -> bool:
        """What the counted formulation takes for granted, so nothing less can be counted."""
        everybody = counts.is_everybody(self.sessions(counts.programme))
        return self.weight is None and everybody and not self.yields.stated

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare clock times of sessions in one room, pair by pair."""
        for one, other in combinations(timetable.of(self.sessions(programme)), 2):
            meeting = [(one, other)] if one.room == other.room else []
            if one.rooms or other.rooms:
                stays = product(programme.stays(one), programme.stays(other))
                meeting = [pair for pair in stays if pair[0].room == pair[1].room]
            if not meeting or self.yields.pair(one.session, other.session):
                continue
            if message := _clash(programme, meeting):
                yield self.violation(message, one.session, other.session)

    def describe(self, programme: Programme) -> str:
        two = f"Of {self.names(programme)}, no two sessions" if self.of else "No two sessions"
        return f"{two} sit in one room at the same time{self.yields.words}."


def _clash(programme: Programme, meeting: Sequence[tuple[Placement, Placement]]) -> str:
    """How two sessions are in each other's way, given what they sit in one room; empty where they are not."""
    for one, other in meeting:
        if one.overlaps(other):
            both = f"{programme.title(one.session)} and {programme.title(other.session)}"
            return f"{both} are in {programme.room_title(one.room)} at the same time"
    for inner, outer in (pair for one, other in meeting for pair in ((one, other), (other, one))):
        if programme.sits_within(inner, outer):
            names = programme.title(inner.session), programme.title(outer.session)
            return f"{names[0]} sits amid {names[1]}, which is not suspended for it"
    return ""
