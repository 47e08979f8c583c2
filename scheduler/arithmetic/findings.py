"""What does not add up, in words: how much is asked for, how much there is, and of what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.domain.base import SessionId
from scheduler.domain.calendar import Segment, Slot
from scheduler.domain.clock import agreeing, show_minutes
from scheduler.wording import counted, listed

MAX_SESSIONS_NAMED = 20
"""Of more sessions the last ones are added up."""


@dataclass(frozen=True)
class Unit:
    """What is counted."""

    show: Callable[[int], str]
    """A number of them, in words."""
    remark: str = ""
    """What a reader must know to understand the number."""


@dataclass(frozen=True, kw_only=True)
class Measure(Unit):
    """How much of a slot there is, and how much of it a segment takes; whole numbers."""

    slot: Callable[[Slot], int]
    segment: Callable[[Slot, Segment], int]


MINUTES = Measure(show_minutes, slot=lambda slot: slot.minutes, segment=lambda _, segment: segment.minutes)
OPENINGS = Measure(
    lambda number: counted(number, "place at the opening of a slot", "places at the opening of a slot"),
    "each place is for one session only",
    slot=lambda _: 1,
    segment=lambda slot, segment: int(segment.start == slot.opens),
)
DAYS = Unit(lambda number: counted(number, "day"))
ROOMS = Unit(lambda number: counted(number, "room"))


def places_of(length: int) -> Measure:
    """Marks in a slot, a length apart: a session of that length covers at least one."""
    return Measure(
        lambda number: counted(number, f"place of {show_minutes(length)}", f"places of {show_minutes(length)}"),
        f"a slot has as many places as it holds sessions of {show_minutes(length)} one after the other",
        slot=lambda slot: slot.minutes // length,
        segment=lambda slot, segment: _marks(slot, segment.end, length) - _marks(slot, segment.start, length),
    )


def _marks(slot: Slot, clock: int, length: int) -> int:
    return (slot.position(clock) - slot.begins) // length


@dataclass(frozen=True, slots=True)
class Shortage:
    """More is asked of a resource in a window than there is."""

    whom: str
    """``of one room``, ``of the Chair of WGTR``, ``with one meeting at a time``; empty for the calendar as a whole."""
    window: str
    """``""`` for the whole series, or ``on Thursday 27 February``."""
    asked: int
    there: int
    sessions: tuple[tuple[str, int], ...]
    """Titles, each with what the session needs in the window."""
    because: tuple[str, ...]
    """Names of the rules and people that cause it; none: calendar and rooms alone do."""
    reasons: tuple[str, ...] = ()
    """What those rules say, the standing ones too."""
    whole_slots: tuple[str, ...] = ()
    """Names of the rules by which sessions are counted with the rest of their slots; none: they are not."""
    everything: bool = True
    """Whether all of the window can be used."""
    measure: Unit = MINUTES
    needs: tuple[tuple[SessionId, int], ...] = ()
    """The same as ``sessions``, by id."""
    rules: tuple[str, ...] = ()
    """Names of all rules that cause it, the standing ones too."""

    @property
    def minutes(self) -> int:
        """How many minutes are missing; 0 where it is not minutes that are counted."""
        return self.asked - self.there if self.measure is MINUTES else 0

    @property
    def sentence(self) -> str:
        """``27 h are asked for, 24 h exist: 3 h too much.``"""
        show = self.measure.show
        whom = f" {self.whom}" if self.whom else ""
        where = f" {self.window}" if self.window else ""
        exist = self._agreeing(self.there, "exists", "exist") if self.everything else "can be used"
        be = self._agreeing(self.asked, "is", "are")
        there = f"{show(self.there)} {exist}" if self.there else "nothing is there"
        if self.measure is MINUTES:
            asked = (
                f"{show(self.asked)} {be} asked{whom}{where}" if whom or where else f"{show(self.asked)} {be} asked for"
            )
            return f"{asked}, {there}: {show(self.asked - self.there)} too much."
        there = f"{self.there or 'none'} {exist}"
        return f"{show(self.asked)} {be} needed{whom}{where}, {there}: {self.asked - self.there} too few."

    def _agreeing(self, number: int, one: str, several: str) -> str:
        return agreeing(number, one, several) if self.measure is MINUTES or number == 1 else several

    @property
    def detail(self) -> str:
        """The sessions with what each needs, and how it is counted."""
        shown = self.sessions if len(self.sessions) <= MAX_SESSIONS_NAMED else self.sessions[: MAX_SESSIONS_NAMED - 1]
        if self.measure is MINUTES:
            words = [f"{title} {show_minutes(minutes)}" for title, minutes in shown]
        else:
            words = [title if number == 1 else f"{title} ({number})" for title, number in shown]
        if left := self.sessions[len(shown) :]:
            total = sum(number for _, number in left)
            words.append(f"{show_minutes(total) if self.measure is MINUTES else total} of {len(left)} others")
        text = " + ".join(words)
        if self.whole_slots:
            text += " (sessions that share their slots with no other take the whole of them)"
        return text + (f" ({self.measure.remark})" if self.measure.remark else "")


@dataclass(frozen=True, slots=True)
class Homeless:
    """A session that fits nowhere, whatever else is placed."""

    title: str
    minutes: int
    because: tuple[str, ...]
    """Names of the planner's rules that keep it out; none although there are ``reasons``: only standing rules do."""
    reasons: tuple[str, ...] = ()
    """What the rules that keep it out say, the standing ones too; none: its slots are too short."""
    left: int = 0
    """How long its slots last together, in minutes."""

    @property
    def sentence(self) -> str:
        """One sentence."""
        if self.because or self.reasons:
            return f"{self.title} ({show_minutes(self.minutes)}) fits nowhere."
        have = f"the slots that it may use last {show_minutes(self.left)} together" if self.left else "it has no slots"
        return f"{self.title} takes {show_minutes(self.minutes)}, and {have}."

    @property
    def detail(self) -> str:
        """What the rules that keep it out say."""
        return " ".join(self.reasons)


def said(shortages: Sequence[Shortage | Homeless]) -> tuple[str, ...]:
    """What does not add up, as lines for a planner."""
    lines = []
    for shortage in shortages:
        lines.append(shortage.sentence)
        if shortage.detail:
            lines.append(shortage.detail)
        names = [name for name in shortage.because if name]
        if names and isinstance(shortage, Shortage):
            lines.append(f"What makes it so: {listed(names)}.")
    return tuple(lines)
