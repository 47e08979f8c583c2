"""A session starts when a slot opens, and no other body starts in what is left of its last slot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.programme import HeldUnit, Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.adjusting import AdjustableNumber, Adjusting
    from scheduler.rules.counting import Counts
    from scheduler.rules.splitting import SingleCondition, Splitting


class FixedBoundaries(Rule):
    """Anchors are exempt, and so is the rest of a slot in which the room is cleared.

    The standing rule leaves out the sessions of rolling rules and of a hard ``one_body_per_room``, and those with
    ``starts: anywhere``. These may start within a slot and leave the rest of it to others; but they may not start in a
    rest that another session keeps. A stated rule of this kind replaces the standing one for the starts of its
    sessions, and for the rests of slots among them.

    Amount: one per session that does not start at an opening; one per session of another body that starts in the rest
    of the slot, in the same room; held by half-day, in the rest of the half-day, as it is reckoned for the session that
    keeps it.
    """

    unit = "session"
    default_cost_to_waive = 30
    example = {"of": ["REPORT"], "holds": "half-day", "source": "the annex"}
    standing = True
    splits = "standing"
    about_pairs = True
    alone = LooksAt.START
    holds: HeldUnit | None = None
    """Of what a session keeps the rest; None: of its last slot."""

    @classmethod
    def exempt(cls, programme: Programme) -> tuple[frozenset[SessionId], str]:
        """Those that declare that they start anywhere."""
        free = programme.starting_anywhere
        titles = [programme.title(session) for session in programme.sessions if session in free]
        return free, f"; {shortened(titles)} may start anywhere in a slot" if titles else ""

    @property
    def _unit(self) -> HeldUnit:
        return self.holds or "slot"

    def _keepers(self, programme: Programme) -> list[SessionId]:
        """Those that keep the rest of their last slot."""
        return [s for s in self.sessions(programme) if s not in programme.anchored]

    def _starts(self, session: SessionId) -> bool:
        """Whether one of these has to start when a slot opens."""
        return not self.yields.names(session)

    def at_openings(self, programme: Programme) -> list[SessionId]:
        """Those that have to start when a slot opens, where the rule must hold."""
        return [] if self.weight else list(filter(self._starts, self._keepers(programme)))

    def lifts(self, programme: Programme) -> str:
        """Which sessions may start at any time."""
        titles = [programme.title(session) for session in filter(self._starts, self._keepers(programme))]
        return f"{shortened(titles)} may now start at any time within a slot" if titles else ""

    def _others(self, programme: Programme, session: SessionId, among: Iterable[SessionId]) -> list[SessionId]:
        """Those that must not start in what the session leaves of its last slot."""
        stated = self.yields.names(session)
        body = programme.body_of[session].id
        return [
            other
            for other in among
            if programme.body_of[other].id != body
            and not (stated and self.yields.pair(session, other))
            and other not in programme.anchored
            and programme.clearing(session) is None
            and programme.clearing(other) is None
        ]

    def adjustable(self, adjusting: Adjusting) -> Iterator[AdjustableNumber]:
        """Slots in place of half-days."""
        if self.holds == "half-day":
            rest = self.verb("its last slot, not of its half-day", "their last slots, not of their half-days")
            sentence = f"let {self.names(adjusting.programme)} keep the rest of {rest}"
            yield adjusting.number(self, "holds", [("slot", sentence)])

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """At an opening; and not (ends in a slot, another starts later in that slot, or in that half-day).

        A session that has to start at an opening starts in no rest of a slot, so it is left out there: with 140
        sessions that saves 900,000 conditions.
        """
        keepers = self._keepers(model.programme)
        for session in filter(self._starts, keepers):
            model.clause(model.at_opening(session), unless=model.relaxation(self, enforcement))
        at_openings = frozenset(self.at_openings(model.programme)) if self._unit == "slot" else ()
        late = [session for session in model.programme.sessions if session not in at_openings]
        for session in keepers:
            rests = list(self._rests(model.programme, session))
            for other in self._others(model.programme, session, late):
                if not model.may_share_a_room(session, other):
                    continue
                unless = model.relaxation(self, enforcement)
                for last, first in rests:
                    ends, starts = model.ends_in(session, last), model.starts_in(other, first)
                    here, there = model.stay_in(session, last), model.stay_in(other, first)
                    if ends is not model.false and starts is not model.false and here and there:
                        ways = ends, starts, model.before(session, other), model.same_room(here, there)
                        model.clause(*map(model.negated, ways), unless=unless)

    def _rests(self, programme: Programme, session: SessionId) -> Iterator[tuple[int, int]]:
        """Pairs of slots: where it ends in the one, nobody starts after it in the other."""
        for last in sorted(programme.own_slots(session)):
            for first in sorted(programme.held_with(session, last, self.holds)):
                if first >= last:
                    yield last, first

    def conditions(self, splitting: Splitting) -> Iterator[SingleCondition]:
        """By body, of those that no rolling rule names."""
        programme = splitting.programme
        named = {s for s in self._keepers(programme) if self._starts(s)}
        for body in programme.bodies:
            sessions = [SessionId(session.id) for session in body.sessions if session.id in named]
            if sessions:
                name = programme.name_of(body.id)
                yield splitting.part(
                    self,
                    sessions,
                    key=f"boundaries/{body.id}",
                    name=f"{body.id} fixed slots",
                    sentence=f"{name}, held on no rolling basis, starts when a slot opens and keeps the rest of its "
                    "last slot.",
                    source="standing rule",
                    loc=splitting.place_of_body(body.id),
                    wish=f"free-{body.id}",
                    waived=f"let {name} start at any time within a slot",
                )

    def background(self, programme: Programme) -> Iterator[Rule]:
        """The rests of slots that a stated rule leaves guarded against sessions that it does not name."""
        if named := [s for s in self.sessions(programme) if self.yields.names(s)]:
            yield self.part(named)

    def count_into(self, counts: Counts) -> bool:
        """Only when it is about nobody: the start of a session in its slot is not known."""
        return not self._keepers(counts.programme)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare starts with openings, and with what ends earlier in the same slot, or half-day, and room."""
        opens = {slot.index: slot.opens for slot in programme.calendar.axis.slots}
        placed = [placement.session for placement in timetable.of(programme.sessions)]
        keepers = timetable.of(self._keepers(programme))
        for placement in keepers:
            if not self._starts(placement.session):
                continue
            first, title = placement.segments[0], programme.title(placement.session)
            if first.start != opens[first.slot]:
                yield self.violation(f"{title} starts on {first.starts_on}, not when a slot opens", placement.session)
        for placement in keepers:
            last, title = placement.segments[-1], programme.title(placement.session)
            held, room = programme.held_with(placement.session, last.slot, self.holds), placement.room_on(last.day)
            for other in timetable.of(self._others(programme, placement.session, placed)):
                beginning = other.segments[0]
                later = (beginning.slot, beginning.start) >= (last.slot, last.end)
                if other.room == room and beginning.slot in held and later:
                    message = f"{programme.title(other.session)} starts in what {title} leaves of its last {self._unit}"
                    yield self.violation(message, placement.session, other.session)

    def describe(self, programme: Programme) -> str:
        start = self.verb("starts when a slot opens", "start when a slot opens")
        keep = self.verb(f"keeps the rest of its last {self._unit}", f"keep the rest of their last {self._unit}s")
        fixed = [programme.title(s) for s in self.sessions(programme) if s in programme.anchored]
        besides = f"; {listed(fixed)} at a fixed time instead" if fixed else ""
        return f"{self.subject(programme)} {start} and {keep}{besides}{self.yields.words}."
