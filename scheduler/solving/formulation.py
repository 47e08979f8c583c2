"""Which formulation solves a scenario: the working-time axis, slots, or counts.

The *axis* formulation knows every session by name and every minute: any rule can be posted to it. The one in *slots*
knows them too, by a literal for each session and place; it serves many named sessions that have few places each. The
*counted* one serves many rooms: it counts sessions of a body that nothing tells apart rather than naming them, and so
it solves hundreds of them. It needs every rule of a scenario to be counted (``Rule.count_into``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.domain.base import SessionId
from scheduler.domain.occupancy import by_body
from scheduler.errors import InputError
from scheduler.rules.rule import OfCells, Rule
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from scheduler.solving.counted.translation import Translation

MAX_REASONS_NAMED = 3
"""Of the reasons why a scenario cannot be counted; the others are only counted."""
MAX_PLACES, MAX_PACKED = 30_000, 60_000
"""Places of all sessions together: with more of them the axis serves better; and where each body has its room in a slot
to itself.
"""
FEW_SESSIONS = 30
"""Up to this number of sessions the axis proves its optimum quickly, and finds the equally good timetables."""

MANY_BY_NAME = 200
"""Sessions up to which slots are asked before they are counted."""


class Formulation(StrEnum):
    """What a planner can ask for."""

    AUTO = "auto"
    AXIS = "axis"
    SLOTS = "slots"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Choice:
    """The formulation chosen, and why; only the counted one has a ``translation``."""

    name: Formulation
    why: str
    translation: Translation | None = None
    at_first: bool = False
    """Whether slots are asked at first if all wishes can be had."""

    @property
    def sentence(self) -> str:
        """Which formulation, and why."""
        return f"Formulation: {self.name}, {self.why}."


def choose(scenario: Scenario, wanted: Formulation = Formulation.AUTO) -> Choice:
    """Choose, or take the formulation that is ``wanted``.

    Raises:
        InputError: the counted formulation is wanted for a scenario that cannot be counted; with each reason.
    """
    many = f"{len(scenario.sessions)} sessions in {counted(len(scenario.rooms), 'room')}"
    if wanted is Formulation.AXIS:
        return Choice(Formulation.AXIS, "as asked")
    if wanted is Formulation.SLOTS:
        if reason := unsuited(scenario):
            raise InputError(f"slots do not serve this scenario: {reason}; leave out --formulation")
        return Choice(Formulation.SLOTS, f"as asked{_of_rooms(scenario)}")
    if wanted is Formulation.AUTO and len(scenario.sessions) <= FEW_SESSIONS:
        return Choice(Formulation.AXIS, f"because {len(scenario.sessions)} sessions are few")
    from scheduler.solving.counted.translation import translate

    translation = translate(scenario)
    if not isinstance(translation, tuple):
        at_first = wanted is Formulation.AUTO and _grants(scenario)
        else_ = "; slots are asked at first if every wish can be had" if at_first else ""
        why = f"because {many} are many and every rule can be counted{else_}"
        return Choice(Formulation.COUNTED, why, translation, at_first)
    if wanted is Formulation.COUNTED:
        raise InputError("this scenario cannot be counted:\n" + "\n".join(f"  {reason}" for reason in translation))
    if reason := unsuited(scenario):
        return Choice(Formulation.AXIS, f"because {reason}")
    named, left = translation[:MAX_REASONS_NAMED], len(translation) - MAX_REASONS_NAMED
    more = f"; and {counted(left, 'more reason')}" if left > 0 else ""
    why = f"because {many} are many and cannot be counted: {'; '.join(named)}{more}{_of_rooms(scenario)}"
    return Choice(Formulation.SLOTS, why)


def _of_rooms(scenario: Scenario) -> str:
    """How rooms are treated where several sessions of a body share a slot and room, and why; else nothing."""
    unsaid = missing(scenario, scenario.all_rules)
    if not unsaid:
        return "; each body has its room in a slot to itself"
    if OfCells.ONE_BODY in unsaid:
        return ""
    if unsaid == [OfCells.ONE_ROOM]:
        return "; rooms are given session by session, unless each body can have one room in a slot"
    return f"; rooms are given session by session, since no rule holds each session to {listed(unsaid)}"


def _grants(scenario: Scenario) -> bool:
    """Whether slots soon know if all wishes can be had: with them, each body has its room in a slot to itself."""
    if len(scenario.sessions) > MANY_BY_NAME or unsuited(scenario):
        return False
    unsaid = missing(scenario, [rule.changed(weight=None) if rule.weight else rule for rule in scenario.all_rules])
    return unsaid in ([], [OfCells.ONE_ROOM])


def missing(scenario: Scenario, rules: Iterable[Rule]) -> list[OfCells]:
    """What none of the rules says that must hold for every session, without exception."""
    everybody = set(scenario.sessions)
    said = {
        rule.of_cells for rule in rules
        if rule.weight is None and not rule.yields.stated and set(rule.sessions(scenario)) == everybody
    }  # fmt: skip
    if all(len(members) == 1 for members in by_body(scenario, scenario.sessions).values()):
        said.add(OfCells.ONE_ROOM)
    return [what for what in OfCells if what not in said]


def by_name(scenario: Scenario) -> Formulation:
    """The formulation that knows the sessions of a scenario by name: few on the axis, many in slots if these serve."""
    few = len(scenario.sessions) <= FEW_SESSIONS
    return Formulation.AXIS if few or unsuited(scenario) else Formulation.SLOTS


def unsuited(scenario: Scenario) -> str:
    """Why the slots do not serve; empty where they do."""
    if scenario.gives_way:
        return "some sessions are suspended for others"
    if scenario.may_change_room:
        return "some sessions may change their room overnight"
    if rolling := next((rule.name for rule in scenario.all_rules if rule.rolls), ""):
        return f"{rolling} goes by the minute"
    places, most = places_at_most(scenario), MAX_PLACES if missing(scenario, scenario.all_rules) else MAX_PACKED
    return f"sessions may start at {places:,} places together" if places > most else ""


def places_at_most(scenario: Scenario) -> int:
    """How many starts the sessions have together, before rules are asked that look at hours, days or people."""
    hard = [rule for rule in scenario.all_rules if rule.weight is None]
    opening = {session for rule in hard for session in rule.at_openings(scenario)}
    within = {s for rule in hard if rule.of_cells is OfCells.ONE_SLOT for s in rule.sessions(scenario)}
    axis, grain = scenario.calendar.axis, scenario.grain

    def starts(session: SessionId) -> int:
        if session in opening:
            return len(axis.slots)
        if session not in within:
            return axis.total // grain
        spare = (slot.minutes - scenario.minutes(session) for slot in axis.slots)
        return sum(minutes // grain + 1 for minutes in spare if minutes >= 0)

    return sum(map(starts, scenario.sessions))
