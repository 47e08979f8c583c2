"""The answer of ``schedule replan`` at a terminal: what each number of moves gains, or why there is no timetable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exports.terminal.explained import print_members, print_what_remains
from exports.terminal.screen import Screen
from scheduler.outcome import Status
from scheduler.replanning.replan import Step
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.explanation.impossible import Explanation


def trade_sentences(scenario: Scenario, steps: Sequence[Step]) -> list[str]:
    """The least cost with at most 0, 1, 2 moves, and which sessions move."""
    said = []
    best: int | None = None
    for step in steps:
        allowed = f"With {counted(step.moves, 'move')}" if step.moves else "Without a move"
        if step.cost is None:
            said.append(f"{allowed}: {'impossible, proved' if step.known else 'nothing found within the limit'}.")
        elif best is not None and step.cost >= best:
            said.append(f"{allowed}: buys nothing more.")
        else:
            gain = "" if best is None else f", {best - step.cost} less"
            moved = listed([scenario.title(session) for session in step.moved]) if step.moved else "nothing"
            proof = "" if step.known else " (not proved the least)"
            points = counted(step.cost, "point") if step.cost else "0 points"
            verb = "moves" if len(step.moved) <= 1 else "move"
            said.append(f"{allowed}: {points}{gain}{proof}; {moved} {verb}.")
            best = step.cost
    return said


def print_why_not(why: Explanation, console: Console) -> None:
    """Print which rules clash with what is frozen or kept."""
    screen = Screen(console)
    if why.status is Status.FEASIBLE:
        screen.say("Only the order that is kept is in the way: without it a timetable exists.")
        return
    if why.conflict is None:
        screen.say("Some rules clash with what is frozen or kept; which ones was not found in the time allowed.")
        return
    screen.say(why.verdict)
    print_members(why.conflict.members, screen)
    print_what_remains(why, screen)
