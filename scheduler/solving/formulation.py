"""Which formulation solves a scenario: the working-time axis, or counts.

The *axis* formulation knows every session by name and every minute: any rule can be posted to it. The *counted* one
serves many rooms: it counts sessions of a body that nothing tells apart rather than naming them, and so it solves
hundreds of them. It needs every rule of a scenario to be counted (``Rule.count_into``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scheduler.errors import InputError
from scheduler.scenario import Scenario
from scheduler.wording import counted

if TYPE_CHECKING:
    from scheduler.solving.counted.translation import Translation

MAX_REASONS_NAMED = 3
"""Of the reasons why a scenario cannot be counted; the others are only counted."""
FEW_SESSIONS = 30
"""Up to this number of sessions the axis proves its optimum quickly, and finds the equally good timetables."""


class Formulation(StrEnum):
    """What a planner can ask for."""

    AUTO = "auto"
    AXIS = "axis"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Choice:
    """The formulation chosen, and why; ``translation`` is None for the axis."""

    translation: Translation | None
    why: str

    @property
    def name(self) -> Formulation:
        """The formulation."""
        return Formulation.AXIS if self.translation is None else Formulation.COUNTED

    @property
    def sentence(self) -> str:
        """Which formulation, and why."""
        return f"Formulation: {self.name}, {self.why}."


def choose(scenario: Scenario, wanted: Formulation = Formulation.AUTO) -> Choice:
    """Choose, or take the formulation that is ``wanted``.

    Raises:
        InputError: the counted formulation is wanted for a scenario that cannot be counted; with each reason.
    """
    if wanted is Formulation.AXIS:
        return Choice(None, "as asked")
    if wanted is Formulation.AUTO and len(scenario.sessions) <= FEW_SESSIONS:
        return Choice(None, f"because {len(scenario.sessions)} sessions are few")
    from scheduler.solving.counted.translation import translate

    translation = translate(scenario)
    if not isinstance(translation, tuple):
        many = f"{len(scenario.sessions)} sessions in {counted(len(scenario.rooms), 'room')}"
        return Choice(translation, f"because {many} are many and every rule can be counted")
    if wanted is Formulation.COUNTED:
        raise InputError("this scenario cannot be counted:\n" + "\n".join(f"  {reason}" for reason in translation))
    named, left = translation[:MAX_REASONS_NAMED], len(translation) - MAX_REASONS_NAMED
    more = f"; and {counted(left, 'more reason')}" if left > 0 else ""
    return Choice(None, f"because this cannot be counted: {'; '.join(named)}{more}")
