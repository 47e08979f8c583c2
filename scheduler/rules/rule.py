"""The contract of ``constraints/``: one rule, one file, one class, one sentence.

A rule says its condition three times: ``post`` to CP-SAT, ``check`` in plain Python on a finished timetable, and
``describe`` in words. ``post`` and ``check`` are written apart on purpose, and a property test holds them together:
with every session fixed, the model is feasible exactly when the check is silent, and costs exactly what it finds.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, PrivateAttr

from scheduler.domain.base import Frozen, Identifier, SessionId, WorkRef, altered
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.wording import listed

if TYPE_CHECKING:
    from scheduler.domain.people import Pair
    from scheduler.domain.when import PartOfCalendar
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts
    from scheduler.rules.limits import DayLimit, Limit, Together


@dataclass(frozen=True, slots=True)
class Yields:
    """What a standing rule leaves to others."""

    replaced: frozenset[SessionId] = frozenset()
    """Sessions that it is not about: another kind stands in its place for them, or it was given up for them."""
    stated: tuple[frozenset[SessionId], ...] = ()
    """The sessions of each stated rule of its kind."""
    words: str = ""
    """How its sentence says so; empty when it leaves nothing."""

    def names(self, session: SessionId) -> bool:
        """Whether some stated rule names the session."""
        return any(session in part for part in self.stated)

    def pair(self, one: SessionId, other: SessionId) -> bool:
        """Whether some stated rule names both, so that the pair is left to it."""
        return any(one in part and other in part for part in self.stated)


_NOTHING = Yields()


class GivenUp(StrEnum):
    """Why a hard rule has become a wish. Explanations give rules up to find reasons and ways out."""

    STATED = "stated"
    """A stated rule was given up. It still replaces standing rules, so that giving it up tightens nothing."""
    STANDING = "standing"
    """A standing rule was given up, for the sessions named."""


class LooksAt(StrEnum):
    """What a rule looks at if only one session is placed."""

    NOTHING = "nothing"
    """One session alone never breaks it."""
    START = "start"
    """Its room makes no difference."""
    ROOM = "room"
    """Its start makes no difference."""
    PLACE = "place"
    """Its start and its room."""


class Exclusive(StrEnum):
    """What serves one session at a time, because a rule says so."""

    ROOM = "room"
    """A room: no two of the sessions share a minute of it."""
    PERSON = "person"
    """Somebody who is wanted in several sessions."""
    MEETING = "meeting"
    """The whole meeting: no two of the sessions share a minute."""


class OfCells(StrEnum):
    """What a rule says of cells, each of which is one slot in one room."""

    ONE_BODY = "no other body in its slot and room"
    """A cell holds sessions of one body."""
    ONE_ROOM = "the room that its body has in its slot"
    """The sessions of a body have one cell in a slot."""
    ONE_SLOT = "one slot"
    """A session lies within one cell."""
    ONE_SITTING = "minutes of its room that no other takes"
    """No two sessions share a minute of a cell."""


class PeopleIn(StrEnum):
    """What a rule looks at together, of all that the same people must be at."""

    SESSION = "session"
    """Each session by itself."""
    SLOT = "slot"
    """Sessions that share a slot."""
    BODIES = "bodies"
    """Bodies that sit in one slot."""
    SERIES = "series"
    """All their sessions."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a rule says of interpreters."""

    sessions: tuple[SessionId, ...]
    """The interpreted work."""
    meetings_per_day: int
    """Meetings that one team does in a day."""
    teams: int = 1
    meetings_per_week: int | None = None
    """Meetings that one team does in a week; None: nothing is said."""


class FixedTime(NamedTuple):
    """When sessions are to start."""

    at: int
    """Minutes after midnight."""
    part: "PartOfCalendar | None"
    """Where in the calendar; None: anywhere."""


class Rule(Frozen, ABC):
    """A condition on timetables, hard or soft."""

    unit: ClassVar[str]
    """What one unit of violation is, for the cost table: ``session``, ``pair of sessions``, ``idle minute``."""
    default_cost_to_waive: ClassVar[int]
    """Points for giving it up, where the planner has not said it with ``cost_to_waive``."""
    example: ClassVar[Mapping[str, Any]]
    """Keys and values, besides ``rule``, of one that is valid in the scenario at the top of ``docs/rules.md``."""
    not_adjustable: ClassVar[Mapping[str, str]] = {}
    """Keys that no way out changes, each with the reason. ``adjustable`` changes all other keys."""
    splits: ClassVar[Literal["never", "standing", "always"]] = "never"
    """When ``conditions`` splits it: never, only while nobody has stated it, or always. Unsplit it is one condition."""
    standing: ClassVar[bool] = False
    """Whether it holds even when the scenario does not state it. A stated rule of its kind replaces it for what that
    names.
    """
    about_pairs: ClassVar[bool] = False
    """Of a standing kind: whether a stated rule replaces it only for pairs of sessions that are both named there."""
    only_pairs: ClassVar[bool] = False
    """Of a standing kind about pairs: whether a stated rule replaces nothing else of it."""
    alone: ClassVar[LooksAt] = LooksAt.PLACE
    """What it looks at if only one session is placed; see ``looks_at``."""
    exclusive: ClassVar[Exclusive | None] = None
    """What serves one session at a time because of this rule; None: nothing."""
    chained: ClassVar[bool] = False
    """Whether the names in ``of`` follow one another."""
    names_slots: ClassVar[bool] = False
    """Whether its keys name slots, so that reading it needs what slots are called."""
    names_tags: ClassVar[bool] = False
    """Whether its keys name tags of sessions, so that reading it needs which there are."""
    from_afar: ClassVar[bool] = False
    """Whether it is about those who follow the meeting from afar."""
    fixes_time: ClassVar[bool] = False
    """Whether it makes its sessions anchors, where it must hold."""
    rolls: ClassVar[bool] = False
    """Whether it puts its sessions into a sequence: a closed one among them is no fixture to wait for."""
    counted_last: ClassVar[bool] = False
    """Whether it can be counted only if rules counted before it imply it."""
    monotone: ClassVar[bool] = True
    """Whether placing more sessions never removes a violation, and never makes it cheaper."""
    by_minute: ClassVar[bool] = False
    """Whether it only says, minute by minute, in which slots and rooms a session may sit."""

    rule: str = ""
    """The word after ``rule:`` in a scenario; a kind accepts one alone, the name of its file."""
    id: Identifier | None = None
    """The planner's name for it; derived from the kind when absent."""
    weight: int | None = Field(default=None, ge=1, le=1_000_000)
    """None: must hold. n: n points per unit of violation."""
    source: str | None = None
    """Whose rule: a decision, a letter and its paragraph, an estimate."""
    cost_to_waive: int | None = Field(default=None, ge=1, le=1_000_000)
    """What giving way costs, for the ways out of an impossible scenario; None: the default of its kind."""
    of: tuple[WorkRef, ...] = ()
    """Bodies or sessions it is about; empty: all."""
    _yields: Yields | None = PrivateAttr(default=None)
    _given_up: GivenUp | None = PrivateAttr(default=None)

    def __init_subclass__(cls, **settings: Any) -> None:
        """Give each kind its word: ``rule: Literal["not_on"] = "not_on"`` in ``constraints/not_on.py``."""
        super().__init_subclass__(**settings)
        package, _, word = cls.__module__.rpartition(".")
        if package == "constraints":
            cls.__annotations__["rule"] = Literal[word]
            cls.rule = word

    @property
    def name(self) -> str:
        """Its id; a scenario gives every rule one."""
        return self.id or self.rule

    @property
    def replaces(self) -> tuple[str, ...]:
        """Other kinds of standing rule that it replaces for the sessions it names."""
        return ()

    @property
    def yields(self) -> Yields:
        """What it leaves to others; nothing, unless it is a standing rule that nobody has stated."""
        return self._yields or _NOTHING

    def yielding(self, yields: Yields) -> Self:
        """The same rule, leaving this to others."""
        changed = self.changed()
        changed._yields = yields
        return changed

    @property
    def given_up(self) -> GivenUp | None:
        """How it became a wish; None: it is as the planner wrote it."""
        return self._given_up

    def giving_up(self, how: GivenUp, weight: int) -> Self:
        """The same rule as a wish."""
        changed = self.changed(weight=weight)
        changed._given_up = how
        return changed

    def changed(self, **values: Any) -> Self:
        """The same rule with other values, known to be valid; ``yields`` and ``given_up`` stay."""
        found = altered(self, **values)
        found._yields, found._given_up = self._yields, self._given_up
        return found

    @property
    def shapes(self) -> bool:
        """Whether other rules build on it: on its anchors, its order, its clearing times. They do not on a wish.

        On one that was given up they do, so that giving up tightens nothing.
        """
        return self.weight is None or self._given_up is GivenUp.STATED

    def part(self, sessions: Sequence[SessionId]) -> Self:
        """What a standing rule says of some of its sessions."""
        part = type(self)(rule=self.rule, id=self.id, of=tuple(sessions), source=self.source)
        return part.yielding(self.yields)

    @property
    def waiving_costs(self) -> int:
        """Points for giving it up: as the planner has it, or else its kind."""
        return self.default_cost_to_waive if self.cost_to_waive is None else self.cost_to_waive

    # The two modules named below build on this one, so their classes cannot be named here, nor in a type.

    def adjustable(self, adjusting: Any) -> Iterable[Any]:  # noqa: ARG002  overridden by the rules with numbers
        """Its numbers that a planner may change, each with looser settings, the nearest first.

        From an ``Adjusting`` of ``scheduler.rules.adjusting`` its ``AdjustableNumber``.
        """
        return ()

    def conditions(self, splitting: Any) -> Iterable[Any]:  # noqa: ARG002  overridden by the rules that split
        """The single conditions that it consists of, each of which can be given up; see ``splits``.

        From a ``Splitting`` of ``scheduler.rules.splitting`` each a ``SingleCondition``.
        """
        return ()

    def background(self, programme: Programme) -> Iterable["Rule"]:  # noqa: ARG002  overridden by one rule
        """The part of a standing rule that is no single condition, so that nobody can give it up."""
        return (self,) if self.splits == "never" else ()

    @classmethod
    def exempt(cls, programme: Programme) -> tuple[frozenset[SessionId], str]:  # noqa: ARG003  overridden by one rule
        """Of a standing kind: sessions that the scenario itself frees from it, and how its sentence says so."""
        return frozenset(), ""

    def sessions(self, programme: Programme) -> tuple[SessionId, ...]:
        """The sessions it is about; of a standing rule those that it does not leave to others."""
        work, left = programme.work(*self.of), self.yields
        if left.replaced or (left.stated and not self.about_pairs):
            work = tuple(s for s in work if s not in left.replaced and (self.about_pairs or not left.names(s)))
        return work

    @property
    def fixed_time(self) -> FixedTime | None:
        """When its sessions are to start, where it names the minute."""
        return None

    @property
    def of_cells(self) -> OfCells | None:
        """What it says of cells, where it holds without exception."""
        return OfCells.ONE_SITTING if self.exclusive is Exclusive.ROOM else None

    def bodies_in_tables(self) -> Iterable[tuple[tuple[str, ...], str]]:
        """Bodies in its tables that stand for their own sessions, each with the keys that lead to its name."""
        return ()

    def steps(self, programme: Programme) -> Sequence[int]:
        """Lengths in minutes that the grain of the calendar must divide: from each opening to a fixed time."""
        if self.fixed_time is None:
            return ()
        at, part = self.fixed_time
        slots = programme.calendar.axis.slots
        meant = range(len(slots)) if part is None else part.slots(programme.calendar)
        clocks = [(slots[index], clock) for index in sorted(meant) if (clock := slots[index].minute_of(at)) is not None]
        return [slot.position(clock) - slot.begins for slot, clock in clocks]

    def clearings(self, programme: Programme) -> Mapping[SessionId, int | None]:  # noqa: ARG002  overridden by one rule
        """Minutes that clear the room around each restricted session it is about; None: its slots are not shared."""
        return {}

    def precedences(self, programme: Programme) -> Iterable[tuple[SessionId, SessionId]]:  # noqa: ARG002  one rule's
        """Pairs of sessions of which the first has ended before the second starts."""
        return ()

    def looks_at(self, programme: Programme, session: SessionId) -> LooksAt:  # noqa: ARG002  overridden by one rule
        """What it looks at if this session alone is placed."""
        return self.alone

    def people_in(self, programme: Programme) -> PeopleIn | None:  # noqa: ARG002  of rules on people
        """What it looks at together, of what people must be at; None: who must be there makes no difference to it.

        The more people must be at a session, the more it is violated.
        """
        return None

    def at_openings(self, programme: Programme) -> Collection[SessionId]:  # noqa: ARG002  overridden by one rule
        """Sessions that may start only when a slot opens."""
        return ()

    # Answers of a rule that must hold, for proofs that only add up.

    def limits(self, programme: Programme) -> Iterable["Limit | DayLimit"]:  # noqa: ARG002  of rules that limit numbers
        """Groups of sessions of which few sit at one minute, or on one day."""
        return ()

    def together(self, programme: Programme) -> Iterable[tuple["Together", tuple[SessionId, ...]]]:  # noqa: ARG002
        """Groups of sessions that sit on one day, or start at the same time."""
        return ()

    def beside_nobody(self, programme: Programme) -> Collection[SessionId]:  # noqa: ARG002  overridden by one rule
        """Sessions beside which no other sits at any minute."""
        return ()

    def slots_apart(self, programme: Programme) -> Iterable["Pair"]:  # noqa: ARG002  overridden by two rules
        """Pairs of sessions that never share a slot of one room."""
        return ()

    def people_apart(self, programme: Programme) -> Mapping["Pair", Sequence[str]]:  # noqa: ARG002  of rules on people
        """Pairs of sessions that both need somebody, with those people, which it keeps apart."""
        return {}

    def lifts(self, programme: Programme) -> str:  # noqa: ARG002  overridden by standing kinds
        """Of a standing kind, in words: what a timetable may do if it need not hold; empty if nothing new."""
        return ""

    def interpretation(self, programme: Programme) -> Interpretation | None:  # noqa: ARG002  overridden by one rule
        """What it says of interpreters, if anything."""
        return None

    def violation(self, message: str, *sessions: SessionId, amount: int = 1) -> Violation:
        """A violation of this rule."""
        return Violation(self.rule, self.name, message, amount, self.weight, sessions)

    @abstractmethod
    def post(self, model: "ScheduleModel", enforcement: "Enforcement" = None) -> None:
        """Put the condition into the model: hard, or as a cost of ``weight`` points per unit of violation.

        ``enforcement`` is a literal only when explaining: the condition need hold only where the literal is true.
        """

    def count_into(self, counts: "Counts") -> bool:  # noqa: ARG002  overridden by the rules that can be counted
        """Put the condition into the counted formulation, which knows slots, rooms and bodies but no minutes.

        False, and nothing is added, where it cannot be counted. What is added must mean the same as ``check``: every
        timetable costs the same in both.
        """
        return False

    @abstractmethod
    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Every violation in a finished timetable; sessions that are not placed are passed over."""

    @abstractmethod
    def describe(self, programme: Programme) -> str:
        """One sentence, as it would be read out in the room."""

    def silent(self, programme: Programme) -> Iterator[str]:  # noqa: ARG002  overridden where a name can mean nothing
        """Why some of its names, or all of it, say nothing in this programme; each a sentence for validation."""
        return iter(())

    def names_without(self, programme: Programme, about: Callable[[SessionId], object]) -> list[str]:
        """The names in ``of``, quoted, whose sessions the rule is not about; names without sessions are left out."""
        return [f"'{name}'" for name in self.of if (work := programme.work(name)) and not any(map(about, work))]

    def names(self, programme: Programme) -> str:
        """The work it is about, in words."""
        if not self.of:
            return "every session"
        return listed([programme.name_of(work) for work in self.of])

    def subject(self, programme: Programme) -> str:
        """The work it is about, at the beginning of a sentence."""
        return self.names(programme) if self.of else "Every session"

    def verb(self, one: str, several: str) -> str:
        """The form that agrees with ``subject``: of one, or of several."""
        return one if len(self.of) <= 1 else several


def says_nothing(names: Sequence[str], singular: str, plural: str) -> Iterator[str]:
    """A sentence on the names that a rule says nothing about, if any: ``'WG' has no position: ...``."""
    if names:
        about, them = (singular, "it") if len(names) == 1 else (plural, "them")
        yield f"{listed(names)} {about}: the rule says nothing about {them}"
