"""What the rules on people in several sessions share: pairs of sessions that must not share a slot, or a minute."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import model_validator

from scheduler.domain.attending import NOTHING_REPEATED, Attendance, Choosing, attendance, best_choice
from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment
from scheduler.domain.clock import Minutes, show_minutes
from scheduler.domain.people import Pair, wanted_twice
from scheduler.domain.persons import as_subject
from scheduler.domain.programme import Programme
from scheduler.domain.seats import Role
from scheduler.domain.timetable import Placement, Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.counting import Charge
from scheduler.rules.pigeonholes import pairs_that_start_together
from scheduler.rules.rule import Exclusive, LooksAt, PeopleIn, Rule
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.model.views import Amount, BoolVar
    from scheduler.rules.counting import Counts


class PeopleApart(Rule):
    """A rule on people who are wanted in two sessions: the sessions share no slot, or no minute."""

    unit: ClassVar[str] = "overlap"
    not_adjustable: ClassVar[Mapping[str, str]] = {
        "level": "it is no number",
        "per": "it says what counts how much",
        "by": "it says what counts how much",
    }
    alone: ClassVar[LooksAt] = LooksAt.NOTHING
    exclusive: ClassVar[Exclusive | None] = Exclusive.PERSON
    interests: ClassVar[bool]
    """Whether it is about attendees, not presenters."""
    who: ClassVar[str]
    """Whom the rule is about: the verb before ``several sessions``."""
    wish: ClassVar[str]
    """The verb between a person's name and the names of two sessions."""
    per_slot: ClassVar[Charge]
    """What the counted formulation charges for at ``level: slot``."""
    per_step: ClassVar[Charge]
    """The same at ``level: minute``."""
    level: Literal["slot", "minute"] = "minute"
    """``slot``: two rooms in one slot count; ``minute``: only shared minutes count."""
    per: Minutes | None = None
    """At ``level: minute``: one unit for each such length of shared minutes begun; None: for each pair once."""
    by: Literal["pair", "person"] | None = None
    """``person``: a pair of sessions counts once for each person who is wanted in both; else once in all."""

    @model_validator(mode="after")
    def _one_measure(self) -> PeopleApart:
        if self.per is not None and self.level == "slot":
            raise ValueError(
                "per counts shared minutes, and level: slot does not look at minutes: leave one of them out"
            )
        if self.per == 0:
            raise ValueError("per counts shared minutes: write the length of one unit of violation, as in 30 min")
        return self

    def pairs(self, programme: Programme) -> dict[Pair, tuple[str, ...]]:
        """Pairs of sessions, each with everybody who is wanted in both; those who have a choice are left out."""
        sessions = self.sessions(programme)
        return wanted_twice(programme, sessions, interests=self.interests, free=self._attendance(programme).free)

    def _attendance(self, programme: Programme) -> Attendance:
        """Who attends one of several times; who presents is wanted at each."""
        if self.interests and programme.held_again:
            return attendance(programme, self.sessions(programme))
        return NOTHING_REPEATED

    def _possible(self, programme: Programme) -> dict[Pair, tuple[str, ...]]:
        """The same with everybody who may be chosen."""
        sessions, free = self.sessions(programme), self._attendance(programme).free
        return wanted_twice(programme, sessions, interests=self.interests, perhaps=True, free=free)

    def _named(self, programme: Programme, session: SessionId) -> Collection[str]:
        """Whom it is about at one session."""
        presenting = programme.perhaps_there(session, Role.PRESENTER)
        return programme.attendees_of(session) if self.interests else presenting

    def people_apart(self, programme: Programme) -> Mapping[Pair, Sequence[str]]:
        """Its pairs; none for attendees, who need not be there."""
        return {} if self.interests else self.pairs(programme)

    def silent(self, programme: Programme) -> Iterator[str]:
        """With names: nobody is wanted in two of the sessions; without: nobody is named in any session."""
        sessions = self.sessions(programme)
        if not sessions or (self._possible(programme) if self.of else any(self._named(programme, s) for s in sessions)):
            return
        if self._attendance(programme).choosing:
            return
        many = f"nobody {self.who} two of these sessions" if self.of else f"no session says who {self.who} it"
        yield f"{many}: the rule says nothing"

    def people_in(self, programme: Programme) -> PeopleIn:  # noqa: ARG002
        """Sessions that may share a slot."""
        return PeopleIn.SLOT

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Pair by pair: never in one slot and two rooms; or the minutes that both sit."""
        charged: dict[Pair, list[Amount]] = {}
        for pair, but, amount in self._charges(model):
            before = len(model.costs)
            self._post_pair(model, pair, amount, enforcement, *but)
            if not but and self._pays_at_once(model, pair):
                charged[pair] = [what for _, what in model.costs[before:]]
        if self.weight is not None and enforcement is None:
            self._post_fewest(model, charged)
        for number, each in enumerate(self._attendance(model.programme).choosing):
            elsewhere: dict[SessionId, BoolVar] = {}
            for item in each.items:
                attends = {time: model.choice(f"{self.name} {number} attends {time}") for time in item}
                model.clause(*attends.values())
                elsewhere |= {time: model.negated(literal) for time, literal in attends.items()}
            for pair in each.pairs:
                missed = [elsewhere[time] for time in pair if time in elsewhere]
                self._post_pair(model, pair, len(each.people), enforcement, *missed)

    def _pays_at_once(self, model: ScheduleModel, pair: Pair) -> bool:
        """Whether two that start together always cost something, whatever their rooms."""
        return self.level == "minute" or model.share_a_room(*pair) is model.false

    def _post_fewest(self, model: ScheduleModel, charged: Mapping[Pair, Sequence[Amount]]) -> None:
        """The pairs of each person of which some must start together."""
        wanted: dict[str, dict[SessionId, None]] = {}
        for pair, people in self.pairs(model.programme).items():
            for person in people if pair in charged else ():
                wanted.setdefault(person, {}).update(dict.fromkeys(pair))
        for sessions in wanted.values():
            among = {pair: own for pair, own in charged.items() if set(pair) <= sessions.keys()}
            pairs_that_start_together(model, list(sessions), among)

    def _post_pair(
        self, model: ScheduleModel, pair: Pair, amount: int, enforcement: Enforcement, *but: BoolVar
    ) -> None:
        """Nothing where a literal of ``but`` is true."""
        one, other = pair
        if self.level == "minute":
            model.charge_overlap(self, one, other, self.per, enforcement, *but, amount=amount)
            return
        for slot in model.axis.slots:
            together = model.share_a_room(one, other, slot.index)
            touching = model.touches(one, slot.index), model.touches(other, slot.index)
            if together is not model.true and not any(literal is model.false for literal in touching):
                away = [model.negated(literal) for literal in touching]
                model.clause(*away, together, *but, unless=model.relaxation(self, enforcement, amount))

    def _charges(self, model: ScheduleModel) -> Iterator[tuple[Pair, tuple[BoolVar, ...], int]]:
        """Pairs with amounts, each void where a literal is true: where nobody is chosen who is wanted in both."""
        programme = model.programme
        certain = self.pairs(programme)
        for pair, people in self._possible(programme).items():
            sure = certain.get(pair, ())
            if sure:
                yield pair, (), self._times(sure)
            chosen = [self._wanted_in_both(model, pair, person) for person in people if person not in sure]
            if self.by == "person":
                for literal in chosen:
                    yield pair, (model.negated(literal),), 1
            elif chosen and not sure:
                anybody = model.any_of(("somebody in both", self.interests, *pair), chosen)
                yield pair, (model.negated(anybody),), 1

    def _wanted_in_both(self, model: ScheduleModel, pair: Pair, person: str) -> BoolVar:
        """True exactly when somebody follows one of the two sessions and is wanted in the other."""
        programme = model.programme
        bodies = {programme.body_of[session].id for session in pair}
        roles = (Role.PRESENTER, Role.CHAIR) if len(bodies) == 2 else (Role.PRESENTER,)
        follows = [model.is_there(session, person, Role.PRESENTER) for session in pair]
        if self.interests:
            follows = [model.true if person in programme.attendees_of(session) else model.false for session in pair]
        wanted = [
            model.any_of(("wanted", self.interests, s, person, *roles), [follow, model.is_there(s, person, *roles)])
            for s, follow in zip(pair, follows, strict=True)
        ]
        ways = [
            model.all_of(("follows", self.interests, *pair, person), [follows[0], wanted[1]]),
            model.all_of(("follows", self.interests, *reversed(pair), person), [follows[1], wanted[0]]),
        ]
        return model.any_of(("in both", self.interests, *pair, person), ways)

    def count_into(self, counts: Counts) -> bool:
        """One price for all pairs, so it can be counted only when it is about all of them, and of one person each.

        Shared minutes are counted in steps: each further step must cost as much as the first.
        """
        programme, sessions = counts.programme, self.sessions(counts.programme)
        if programme.open_seats or self._attendance(programme).free:
            return False
        each = self.by == "person" and self.weight is not None
        if each and any(len(people) > 1 for people in self.pairs(programme).values()):
            return False
        if not counts.is_everybody(sessions):
            everywhere = wanted_twice(programme, programme.work(), interests=self.interests)
            if len(self.pairs(programme)) < len(everywhere):
                return False
        if self.level == "slot":
            counts.charge(self.per_slot, self.weight)
            return True
        first, longest = self._units(programme.grain), max(map(counts.units, sessions), default=0)
        if self.weight is not None and not self._proportional(counts, longest):
            # Only then it matters which sessions have somebody in common: it takes long where many people attend much.
            longest = max((min(map(counts.units, pair)) for pair in self.pairs(programme)), default=0)
            if not self._proportional(counts, longest):
                return False
        counts.charge(self.per_step, None if self.weight is None else self.weight * first)
        return True

    def _proportional(self, counts: Counts, steps: int) -> bool:
        """Whether each shared step, up to this number, counts as much as the first."""
        grain = counts.programme.grain
        return all(self._units(n * grain) == n * self._units(grain) for n in range(2, steps + 1))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Look among the sessions of each slot."""
        sitting: dict[int, list[SessionId]] = {}
        attending = self._attendance(programme)
        for placement in timetable.of(self.sessions(programme)):
            for slot in placement.slots:
                sitting.setdefault(slot, []).append(placement.session)
        seen: set[Pair] = set()
        for slot in sorted(sitting):
            wanted = wanted_twice(programme, sitting[slot], interests=self.interests, free=attending.free)
            for pair, people in wanted.items():
                if pair not in seen:
                    seen.add(pair)
                    for where, amount in self._clashes(programme, timetable, pair):
                        yield self._found(programme, pair, people, where, amount)
        for each in attending.choosing:
            yield from self._of_choice(programme, timetable, each)

    def _clashes(self, programme: Programme, timetable: Timetable, pair: Pair) -> Iterator[tuple[str, int]]:
        """Where somebody cannot be at both, in words, each with the amount for one person; nothing of what is not
        placed.
        """
        if not all(session in timetable for session in pair):
            return
        one, other = (timetable[session] for session in pair)
        if self.level == "slot":
            slots = [programme.calendar.axis.slots[index] for index in sorted({*one.slots} & {*other.slots})]
            for slot in (slot for slot in slots if one.room_on(slot.day) != other.room_on(slot.day)):
                yield f"they sit in two rooms on {slot}", 1
        elif shared := _shared(one, other):
            minutes = sum(segment.minutes for segment in shared)
            yield f"they share {show_minutes(minutes)} from {shared[0].starts_on}", self._units(minutes)

    def _of_choice(self, programme: Programme, timetable: Timetable, each: Choosing) -> Iterator[Violation]:
        """What people miss who attend some of their work at the time that suits best.

        What is not yet placed at all its times can still be attended.
        """
        found = {pair: list(self._clashes(programme, timetable, pair)) for pair in each.pairs}
        amounts = {pair: sum(amount for _, amount in clashes) for pair, clashes in found.items() if clashes}
        items = [item for item in each.items if all(time in timetable for time in item)]

        def attended(chosen: Sequence[SessionId]) -> list[Pair]:
            there = {*chosen}
            return [pair for pair in amounts if all(s in there or s not in each.chosen for s in pair)]

        def free(time: SessionId) -> bool:
            return not any(time in pair for pair in amounts)

        chosen = best_choice(items, lambda times: sum(amounts[pair] for pair in attended(times)), free)
        for pair in attended(chosen):
            for where, amount in found[pair]:
                yield self._found(programme, pair, each.people, where, amount, each=True)

    def _units(self, minutes: int) -> int:
        """The amount for one person, of shared minutes, more than 0."""
        return 1 if self.per is None else -(-minutes // self.per)

    def _times(self, people: Sequence[str]) -> int:
        """How many times the amount of a pair counts."""
        return len(people) if self.by == "person" else 1

    def _found(
        self, programme: Programme, pair: Pair, people: Sequence[str], where: str, amount: int, *, each: bool = False
    ) -> Violation:
        """``each``: every person counts, whatever ``by`` says."""
        one, other = (programme.title(session) for session in pair)
        counting = people if each or self.by == "person" else people[:1]
        who = listed([programme.persons.title(person) for person in counting])
        wish = self.wish if len(counting) == 1 else self.wish.replace("wants", "want")
        message = f"{as_subject(who)} {wish} {one} and {other}: {where}"
        if each:
            message += "; no other time suits better"
        return self.violation(message, *pair, amount=amount * len(counting))

    def describe(self, programme: Programme) -> str:
        """One sentence."""
        who = f"Of {self.names(programme)}, everybody who" if self.of else "Everybody who"
        without = " without changing rooms within a slot" if self.level == "slot" else ""
        each = "; each person counts" if self.by == "person" and self.weight is not None else ""
        once = "; of what is repeated once is enough" if self._attendance(programme).free else ""
        return f"{who} {self.who} several sessions can be at each{without}{each}{once}."


def _shared(one: Placement, other: Placement) -> list[Segment]:
    """The segments that both share."""
    pairs = [(a, b) for a in one.segments for b in other.segments if a.slot == b.slot]
    both = [
        Segment(a.slot, a.day, max(first, start), min(last, end))
        for a, b in pairs
        for (first, last), (start, end) in product(a.stretches, b.stretches)
    ]
    return [shared for shared in both if shared.start < shared.end]
