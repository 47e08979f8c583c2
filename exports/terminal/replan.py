"""What a replan says: moves in sentences for the covering letter, what each move buys, and all of it as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from exports.annex.changes import people_of
from exports.annex.layout import has_many_rooms
from exports.terminal.explained import print_members
from exports.terminal.screen import Screen
from scheduler.comparison.moves import Move, apart, blocks
from scheduler.comparison.option import Option
from scheduler.domain.timetable import Timetable
from scheduler.outcome import Status
from scheduler.replanning.replan import Step
from scheduler.scenario import Scenario
from scheduler.wording import counted, listed

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.explanation.impossible import Explanation


def letter_sentences(scenario: Scenario, moves: Sequence[Move]) -> list[str]:
    """A sentence for each move: what moves, from where to where, and whom it concerns."""
    return [f"{move.sentence} {concerned}".rstrip() for move in moves for concerned in [_concerned(scenario, move)]]


def block_sentences(before: Scenario, after: Scenario, moves: Sequence[Move]) -> list[str]:
    """A sentence for all that moves alike, and whom it concerns: people once, however many sessions they have."""
    said = []
    for block in blocks(moves, before, after):
        if len(block.moves) == 1:
            said += letter_sentences(after, block.moves)
        else:
            people = people_of(after, *(move.session for move in block.moves))
            said.append(f"{block.sentence} {f'This concerns {listed(people)}.' if people else ''}".rstrip())
    return said


def move_sentences(before: Scenario, after: Scenario, timetable: Timetable, moves: Sequence[Move]) -> list[str]:
    """What is said at a terminal: a sentence a move, or in a programme of many rooms one for all that moves alike."""
    return block_sentences(before, after, moves) if has_many_rooms(timetable) else letter_sentences(after, moves)


def sentences_of(before: Option, after: Option, moves: Sequence[Move]) -> list[str]:
    """The same without whom it concerns, for two options with timetables.

    What moves as a whole is told first and once, what has only gone with its slot last.
    """
    proper, whole, hours = apart(before, after, moves)
    if has_many_rooms(after.timetable or Timetable(())):
        said = [block.sentence for block in blocks(proper, before.scenario, after.scenario)]
    else:
        said = [move.sentence for move in proper]
    return [*([whole.sentence] if whole else []), *said, *(each.sentence for each in hours)]


def _concerned(scenario: Scenario, move: Move) -> str:
    if move.after is None:
        return ""
    if scenario.sessions[move.session].presenters:
        return f"This concerns {listed(people_of(scenario, move.session))}."
    admitted = scenario.audience(move.session)
    names = [audience.name for audience in scenario.audiences if audience.id in admitted]
    whom = ["all who attend"] if not scenario.restricted(move.session) else names
    for officer in map(scenario.officer.__getitem__, scenario.officers_of(move.session)):
        plain = officer.name or officer.title.lower().startswith("the ")
        whom.append(officer.title if plain else f"the {officer.title}")
    return f"This concerns {listed(whom)}." if whom else ""


def trade_sentences(scenario: Scenario, steps: Sequence[Step]) -> list[str]:
    """What 0, 1, 2 moves buy: the cost with so many at most, and what is moved for it."""
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


def printed(scenario: Scenario) -> dict[str, Any]:
    """What readers of an annex see of a scenario besides the places of its sessions: words, names, days and hours."""
    document = scenario.document
    seen = {key: document.get(key) for key in ("meeting", "calendar", "audiences", "rooms", "side_events")}
    hidden = {"duration", "officers", "source", "attendance", "equipment", "boundary", "correlation", "rooms"}
    bodies = []
    for body in document["bodies"]:
        sessions = [{key: value for key, value in s.items() if key not in hidden} for s in body.get("sessions", ())]
        bodies.append({key: value for key, value in body.items() if key not in hidden} | {"sessions": sessions})
    return seen | {"bodies": bodies}


def print_why_not(why: Explanation, console: Console) -> None:
    """Print which rules, and what of the frozen or kept, cannot stand together."""
    screen = Screen(console)
    if why.status is Status.FEASIBLE:
        screen.print(screen.text("It is the order that is kept that leaves nothing: without it a timetable exists."))
        return
    if why.conflict is None:
        screen.print(screen.text("Which of the rules and of what is frozen or kept clash was not found in the time."))
        return
    screen.print(screen.text(why.verdict))
    print_members(why.conflict.members, screen)
    for further in why.conflict.others:
        screen.print(screen.text("And then a further conflict remains:"))
        print_members(further, screen)
    for sentence in why.what_remains:
        screen.print(screen.text(sentence))
