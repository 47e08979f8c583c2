"""A body's sessions, or the sessions named, are not interrupted by another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations, product
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import LooksAt, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel


class Uninterrupted(Rule):
    """Each body named is one block; the single sessions named are together one more block.

    Amount: one per block and other session that starts inside it, in the same room. A session that sits only in slots
    closed to the block does not interrupt it, nor does a fixture for which every session of the block is suspended.
    """

    unit = "interruption"
    default_cost_to_waive = 15
    example = {"of": ["WG"], "allow_closed": True}
    alone = LooksAt.NOTHING
    not_adjustable = {"allow_closed": "it is no number"}
    allow_closed: bool = False
    """Whether a restricted session may stand between."""

    def _blocks(self, programme: Programme) -> Iterator[tuple[str, ...]]:
        """The names of each block: a body, or the single sessions."""
        singles = tuple(name for name in self.of if name not in programme.body)
        yield from ((name,) for name in self.of or tuple(programme.body) if name in programme.body)
        if singles:
            yield singles

    def _cases(self, programme: Programme) -> Iterator[tuple[str, tuple[SessionId, ...], list[SessionId]]]:
        for names in self._blocks(programme):
            block = programme.work(*names)
            if len(block) > 1:
                others = [s for s in programme.sessions if s not in block]
                title = listed([programme.name_of(name) for name in names])
                others = [s for s in others if not all(s in programme.gives_way.get(m, ()) for m in block)]
                yield title, block, [s for s in others if not (self.allow_closed and programme.restricted(s))]

    def silent(self, programme: Programme) -> Iterator[str]:
        """Blocks of a single session."""
        for names in self._blocks(programme) if self.of else ():
            if len(programme.work(*names)) == 1:
                hint = "" if names[0] in programme.body else "; name all sessions of the block, or their body"
                quoted = listed([f"'{name}'" for name in names])
                yield f"{quoted} is one session, and nothing comes between: the rule says nothing about it{hint}"

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """No other session starts after one of the block has started and before another one does."""
        for _, block, others in self._cases(model.programme):
            own = _own(model.programme, block)
            for other in others:
                in_the_way = model.where(other, partial(_touch, own))
                unless = (*model.relaxation(self, enforcement), model.negated(in_the_way))
                stays = [stay for session in block for stay in model.by_day(session)]
                for here, (a, b) in product(model.by_day(other), permutations(stays, 2)):
                    model.clause(
                        model.not_later(("starts", here, a), model.start(here), model.start(a)),
                        model.not_later(("starts", b, here), model.start(b), model.start(here)),
                        model.negated(model.same_room(a, here)),
                        model.negated(model.same_room(b, here)),
                        unless=unless,
                    )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look for sessions of others between the first and the last start of each block, room by room."""
        for name, block, others in self._cases(programme):
            sitting = programme.stays(*timetable.of(block))
            own = _own(programme, block)
            for other in timetable.of(others):
                if own.isdisjoint(other.slots):
                    continue
                for here in programme.stays(other):
                    starts = [p.start for p in sitting if p.room == here.room]
                    if starts and min(starts) < here.start < max(starts):
                        title = programme.title(other.session)
                        message = f"{title} interrupts {name} on {here.segments[0]}"
                        yield self.violation(message, other.session, *block)
                        break

    def describe(self, programme: Programme) -> str:
        other = "No other session, unless it is closed," if self.allow_closed else "No other session"
        blocks = [
            f"the sessions of {programme.name_of(names[0])}"
            if names[0] in programme.body
            else listed([programme.name_of(name) for name in names])
            for names in (self._blocks(programme) if self.of else ())
        ] or ["the sessions of one body"]
        return f"{other} comes between {listed(blocks, 'or between')}."


def _touch(slots: frozenset[int], segments: tuple[Segment, ...]) -> bool:
    return any(segment.slot in slots for segment in segments)


def _own(programme: Programme, block: tuple[SessionId, ...]) -> frozenset[int]:
    """Slots that some session of the block may use."""
    return frozenset[int]().union(*(programme.own_slots(session) for session in block))
