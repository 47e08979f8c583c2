"""A restricted session shares no slot with a session of another audience, unless the room is cleared in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import Minutes, show_minutes
from scheduler.domain.people import Pair
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.rules.silence import open_to_everybody
from scheduler.wording import shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, Relaxation, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts
    from scheduler.rules.splitting import KeyPath, SingleCondition, Splitting


class RestrictedAccess(Rule):
    """Amount: one per pair of sessions that share a slot of one room.

    The standing rule leaves out each pair with a restricted session that a stated rule names: the clearing time of that
    rule is meant for that pair.
    """

    unit = "pair of sessions"
    default_cost_to_waive = 90
    example = {"of": ["FORUM"], "clearing": "30 min"}
    standing = True
    splits = "standing"
    about_pairs = True
    alone = LooksAt.NOTHING
    clearing: Minutes | None = None
    """The least minutes between the two in a shared slot; None: they share no slot."""

    def steps(self, programme: Programme) -> Sequence[int]:  # noqa: ARG002  the clearing time is the rule's own
        """The clearing time."""
        return (self.clearing or 0,)

    def clearings(self, programme: Programme) -> Mapping[SessionId, int | None]:
        """The clearing time, for each restricted session."""
        return {s: self.clearing for s in self.sessions(programme) if programme.restricted(s)}

    def _pairs(self, programme: Programme) -> Iterator[Pair]:
        stated = {s for part in self.yields.stated for s in part if s in programme.sessions and programme.restricted(s)}
        closed = {s for s in self.sessions(programme) if programme.restricted(s)} - stated
        for one, other in combinations(programme.sessions, 2):
            guarded = (one in closed or other in closed) and one not in stated and other not in stated
            if guarded and programme.audience(one) != programme.audience(other):
                yield one, other

    def slots_apart(self, programme: Programme) -> Iterator[Pair]:
        """Its pairs, where it must hold and no clearing time lets them share a slot."""
        return self._pairs(programme) if self.weight is None and self.clearing is None else iter(())

    def lifts(self, programme: Programme) -> str:
        """Which closed sessions may share a slot with others."""
        strict = {s for s in programme.sessions if programme.restricted(s) and self.yields.names(s)}
        closed = [s for s in self.sessions(programme) if programme.restricted(s) and s not in strict]
        others = [
            other
            for other in programme.sessions
            if other not in strict
            and any(other != s and programme.audience(other) != programme.audience(s) for s in closed)
        ]
        if not closed or not others:
            return ""
        titles = [shortened([programme.title(s) for s in closed])]
        titles.append(shortened([programme.title(s) for s in others], last="or"))
        return f"{titles[0]} may now share a slot with {titles[1]}"

    def silent(self, programme: Programme) -> Iterator[str]:
        """Names that are open to everybody."""
        return open_to_everybody(self, programme)

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Less time to clear the room."""
        if self.clearing:
            yield adjusting.shorter(self, "clearing", "clear the room in {}")

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """For each slot: not both, or one has ended early enough."""
        for one, other in self._pairs(model.programme):
            if not model.may_share_a_room(one, other):
                continue
            unless = model.relaxation(self, enforcement)
            cleared = []
            suspended = [s for s in (model.stops(one, other), model.stops(other, one)) if s is not model.false]
            if self.clearing is not None:
                cleared = [model.before(one, other, self.clearing), model.before(other, one, self.clearing)]
            for slot in model.axis.slots:
                touching = model.touches(one, slot.index), model.touches(other, slot.index)
                if not any(literal is model.false for literal in touching):
                    negated = [model.negated(literal) for literal in touching]
                    separate = model.negated(model.share_a_room(one, other, slot.index))
                    model.clause(*negated, *cleared, *suspended, separate, unless=unless)
            if suspended and self.weight is not None:  # the rules that must hold say what a fixture closes
                separate = model.negated(model.same_room(one, other))
                for session, fixture in ((one, other), (other, one)):
                    self._post_parts(model, session, fixture, (separate, *unless))

    def _post_parts(self, model: ScheduleModel, session: SessionId, fixture: SessionId, unless: Relaxation) -> None:
        """The same between a fixture and the parts of a session that is suspended for it."""
        for start, segments in model.placements(fixture).items():
            place = model.programme.place(fixture, start)
            if place is None or not model.programme.stops_for(session, place):
                continue
            near = model.where(session, partial(self._near, segments))
            model.clause(model.negated(model.starts_among(fixture, [start])), model.negated(near), unless=unless)

    def _near(self, fixture: tuple[Segment, ...], parts: tuple[Segment, ...]) -> bool:
        """Whether some part sits in a slot of the fixture with less time between than clears the room."""
        gaps = [max(b.start - a.end, a.start - b.end) for a in parts for b in fixture if a.slot == b.slot]
        return bool(gaps) and (self.clearing is None or min(gaps) < self.clearing)

    def conditions(self, splitting: Splitting) -> Iterator[SingleCondition]:
        """One condition for each closed body, and for each session that is closed by itself."""
        programme = splitting.programme
        closed: dict[tuple[str, KeyPath, str | None], list[SessionId]] = {}
        for session in self.sessions(programme):
            if not programme.restricted(session) or self.yields.names(session):
                continue
            own, body = programme.sessions[session], programme.body_of[session]
            if own.access is not None:
                work, place, source = str(session), splitting.place_of(session), own.source
            else:
                body = next(above for above in programme.line_of(body) if above.access is not None)
                work, place, source = str(body.id), splitting.place_of_body(body.id), body.source
            closed.setdefault((work, (*place, "access"), source), []).append(session)
        for (work, loc, source), sessions in closed.items():
            name = programme.name_of(work)
            yield splitting.part(
                self,
                sessions,
                key=f"access/{work}",
                name=f"{work} closed",
                sentence=f"{name} is closed: it shares no slot with a session for another audience.",
                source=source,
                loc=loc,
                wish=f"shared-{work}",
                waived=f"let {name} share a slot with sessions for another audience",
            )

    def count_into(self, counts: Counts) -> bool:
        """Only when nobody is kept out: rooms are cleared by the minute."""
        return not any(self._pairs(counts.programme))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look for shared slots of one room, and measure the time between."""
        for one, other in self._pairs(programme):
            if one not in timetable or other not in timetable:
                continue
            a, b = timetable[one], timetable[other]
            rooms = {segment.slot: b.room_on(segment.day) for segment in b.segments}
            shared = [segment for segment in a.segments if rooms.get(segment.slot) == a.room_on(segment.day)]
            if not shared:
                continue
            gap = max(b.start - a.end, a.start - b.end)
            if programme.stops_for(one, b) or programme.stops_for(other, a):
                gap = _between_parts(a, b)
            if self.clearing is None or gap < self.clearing:
                need = (
                    "" if self.clearing is None else f", with less than {show_minutes(self.clearing)} to clear the room"
                )
                slot = programme.calendar.axis.slots[shared[0].slot]
                message = f"{programme.title(one)} and {programme.title(other)} share {slot}{need}"
                yield self.violation(message, one, other)

    def describe(self, programme: Programme) -> str:
        who = self.names(programme) if self.of else "A closed session"
        share = f"{who} {self.verb('shares', 'share')} no slot with a session for another audience"
        if self.clearing is None:
            return f"{share}{self.yields.words}."
        return f"{share} unless the room is cleared for {show_minutes(self.clearing)} in between."


def _between_parts(one: Placement, other: Placement) -> int:
    """The fewest minutes between parts of two sessions that sit in one slot."""
    return min(max(b.start - a.end, a.start - b.end) for a in one.segments for b in other.segments if a.slot == b.slot)
