"""An explanation for people at a terminal: arithmetic, rules that clash, a timetable without each, and ways out."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from exports.terminal.screen import Screen
from exports.terminal.small_grid import print_small_grid, suits_a_grid
from scheduler.wording import capital

if TYPE_CHECKING:
    from scheduler.explanation.conflict import Held, Witness
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.members import Member
    from scheduler.explanation.verification import Claim, Point

MOST_SHOWN = 16
"""Members of a set that are printed; a hundred rules say no more than these."""
MOST_WITNESSES = 6
"""Where more timetables show the same, one of them is printed."""
WIDE = 110
"""Screen columns from which rules stand in one line each."""


def print_explanation(explanation: Explanation, arguments: Sequence[str], console: Console) -> None:
    """Print why nothing fits; ``arguments`` are what ``schedule what-if`` is to be given for the same question."""
    screen = Screen(console)
    conflict = explanation.conflict
    for shortage in explanation.shortages:
        screen.print(screen.text(shortage.sentence, "bold"))
        if shortage.detail:
            screen.print(screen.text(shortage.detail), 2)
    if conflict is not None and conflict.held:
        if not explanation.shortages:
            screen.print(screen.text(explanation.verdict, "bold"))
            print_members(conflict.held, screen)
        screen.print(screen.text(explanation.background))
    else:
        screen.print(screen.text(explanation.verdict, "" if explanation.shortages else "bold"))
        print_members(conflict.rules if conflict is not None else (), screen)
    for number, further in enumerate(conflict.others if conflict is not None else ()):
        screen.print(screen.text(f"And then {'a second' if not number else 'one more'} conflict remains:"))
        print_members(further, screen)
    for sentence in explanation.what_remains:
        screen.print(screen.text(sentence))
    console.print()
    _print_ways(explanation, arguments, screen)
    if explanation.conflict is not None and not explanation.repairs.complete:
        screen.print(screen.text("Not everything could be tried in the time allowed: a cheaper way out may exist."))
    if conflict is not None and conflict.rules:
        _print_witnesses(explanation, conflict.witnesses, screen)


def print_members(members: Sequence[Member | Held], screen: Screen) -> None:
    """Print what cannot hold together: rules, or sessions that are held."""
    shown = members[:MOST_SHOWN]
    print_items([member for member in shown if not hasattr(member, "session")], screen)
    for member in shown:
        if hasattr(member, "session"):
            screen.print(screen.text(member.sentence), 2)
    if len(members) > len(shown):
        screen.print(screen.text(f"and {len(members) - len(shown)} more; --json lists them all."), 2)


def print_items(members: Sequence[Member], screen: Screen, indent: int = 2) -> None:
    """Print rules, each with its sentence, source and place: a line each where there is room."""
    if not members:
        return
    rows = [(member.name, member.sentence, member.source or "", member.place) for member in members]
    width = screen.console.width
    if width < WIDE:
        for name, sentence, source, place in rows:
            screen.print(screen.text(name, "bold").append_text(screen.text(f"  {place}", "dim")), indent)
            screen.print(screen.text(sentence), indent + 4)
            if source:
                screen.print(screen.text(source, "italic"), indent + 4)
        return
    names = min(max(len(row[0]) for row in rows), 24)
    places = max(len(row[3]) for row in rows)
    left = width - indent - names - places - 6
    sentences = min(max(len(row[1]) for row in rows), left * 3 // 5)
    sources = min(max(len(row[2]) for row in rows), left - sentences)
    widths = [names, sentences, sources, places]
    for row in rows:
        styles = ("bold", "", "italic", "dim")
        columns = [screen.broken(screen.text(t, s), w) for t, s, w in zip(row, styles, widths, strict=True)]
        for number in range(max(len(column) for column in columns)):
            line = Text(" " * indent, end="")
            for column, space in zip(columns, widths, strict=True):
                line.append_text(column[number] if number < len(column) else Text(" " * space)).append("  ")
            screen.print_line(line)


def _print_ways(explanation: Explanation, arguments: Sequence[str], screen: Screen) -> None:
    ways = explanation.repairs.ways
    if not ways:
        screen.print(screen.text("No way out was found."))
        return
    screen.print(screen.text("Cheapest ways out, each solved (points are what giving way costs):", "bold"))
    longest = max(len(str(way.cost)) for way in ways)
    for number, way in enumerate(ways, 1):
        before = screen.text(f"  {number}. {way.cost:>{longest}}  ")
        for line in screen.broken(screen.text(capital(way.sentence)), max(screen.console.width - before.cell_len, 20)):
            screen.print_line(before.append_text(line))
            before = screen.text(" " * (longest + 7))
        if more := explanation.why_more(way):
            screen.print(screen.text(more), longest + 7)
        if way.options:
            command = shlex.join(["schedule", "what-if", *arguments, *way.options])
            screen.print_line(screen.text(" " * (longest + 7) + command, "dim"))
        elif way.by_hand:
            screen.print(screen.text(f"No option says this. In the scenario: {way.by_hand}.", "dim"), longest + 7)
    screen.console.print()


def _print_witnesses(explanation: Explanation, witnesses: Sequence[Witness], screen: Screen) -> None:
    for witness in witnesses if len(witnesses) <= MOST_WITNESSES else witnesses[:1]:
        name = witness.without.name
        rest = "" if witness.keeps_the_rest else " (it keeps the other rules above, but not all of the scenario)"
        if suits_a_grid(witness.timetable):
            screen.print(screen.text(f"Without {name}, for example{rest}:"))
            print_small_grid(explanation.scenario, witness.timetable, screen)
        else:
            screen.print(screen.text(f"Without {name} there is a timetable{rest}."))


def print_verification(claim: Claim, points: Sequence[Point], console: Console) -> None:
    """Print what is claimed, what was verified, a line each, what is only repeated, and the verdict."""
    screen = Screen(console)
    of = f"Scenario '{claim.name}' (sha256 {claim.sha256[:12]}...), as it stands in the certificate."
    rows = [("claims  ", "", sentence) for sentence in (of, *claim.sentences)]
    words = {True: "holds   ", False: "FAILS   ", None: "open    "}
    rows += [(words[point.holds], "" if point.holds else "bold", point.sentence) for point in points]
    rows += [("says    ", "dim", f"{sentence} This is repeated, not proved.") for sentence in claim.repeated]
    for word, style, sentence in rows:
        before = screen.text(word, style)
        for line in screen.broken(screen.text(sentence), max(console.width - 8, 20)):
            screen.print_line(before.append_text(line))
            before = screen.text(" " * 8)
    if any(point.holds is False for point in points):
        screen.print(screen.text("The certificate does not hold.", "bold"))
    elif any(point.holds is None for point in points):
        screen.print(screen.text("The certificate is not refuted, but not everything in it could be verified.", "bold"))
    else:
        screen.print(screen.text("The certificate holds.", "bold"))
