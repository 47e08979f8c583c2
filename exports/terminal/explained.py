"""An explanation for people at a terminal: arithmetic, rules that clash, a timetable without each, and ways out."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from exports.terminal.screen import Screen
from exports.terminal.small_grid import print_small_grid, suits_a_grid
from scheduler.wording import capital

if TYPE_CHECKING:
    from scheduler.explanation.conflict import Witness
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.members import HeldSession, Member
    from scheduler.explanation.verification import Checked, Claim

MAX_MEMBERS_SHOWN = 16
"""Further members of a conflict are only counted."""
MAX_WITNESSES_SHOWN = 6
"""Of more witnesses only the first is printed."""
WIDE = 110
"""From this width on, in characters, a rule takes one line."""


def print_explanation(explanation: Explanation, arguments: Sequence[str], console: Console) -> None:
    """Print why there is no timetable; ``arguments`` ask ``schedule what-if`` the same question."""
    screen = Screen(console)
    conflict = explanation.conflict
    if explanation.events:
        _print_events(explanation, arguments, screen)
        if explanation.events_alone:
            return
    for shortage in explanation.shortages:
        screen.say(shortage.sentence, "bold")
        if shortage.detail:
            screen.say(shortage.detail, indent=2)
    if conflict is not None and conflict.held:
        if not explanation.shortages:
            screen.say(explanation.verdict, "bold")
            print_members(conflict.held, screen)
        screen.say(explanation.background)
    else:
        screen.say(explanation.verdict, "" if explanation.shortages else "bold")
        print_members(conflict.rules if conflict is not None else (), screen)
    print_what_remains(explanation, screen)
    console.print()
    _print_ways(explanation, arguments, screen)
    if explanation.conflict is not None and not explanation.repairs.complete:
        screen.say("Not everything could be tried in the time allowed: a cheaper way out may exist.")
    if conflict is not None and conflict.rules:
        _print_witnesses(explanation, conflict.witnesses, screen)


def _print_events(explanation: Explanation, arguments: Sequence[str], screen: Screen) -> None:
    """Print why the side events cannot all be placed, and what would be enough."""
    alone = explanation.events_alone
    screen.say(explanation.verdict if alone else "The side events cannot all be placed either:", "bold")
    for reason in explanation.events:
        screen.say(reason, indent=2)
    if explanation.events_ways:
        screen.say("With any one of these they can, each tried:", "bold")
    else:
        screen.say("No change that was tried is enough.")
    for number, way in enumerate(explanation.events_ways, 1):
        screen.hang(screen.text(f"  {number}. "), screen.text(f"{capital(way.sentence)}."))
        screen.print_line(screen.text("     " + shlex.join(["schedule", "what-if", *arguments, *way.options]), "dim"))
    if not alone:
        screen.console.print()


def print_members(members: Sequence[Member | HeldSession], screen: Screen) -> None:
    """Print the members of a conflict: rules, or sessions that are held."""
    shown = members[:MAX_MEMBERS_SHOWN]
    _print_rules([member for member in shown if not hasattr(member, "session")], screen)
    for member in shown:
        if hasattr(member, "session"):
            screen.say(member.sentence, indent=2)
    if len(members) > len(shown):
        screen.say(f"and {len(members) - len(shown)} more; --json lists them all.", indent=2)


def print_what_remains(explanation: Explanation, screen: Screen) -> None:
    """Print the conflicts that remain once the first is resolved."""
    for number, further in enumerate(explanation.conflict.others if explanation.conflict is not None else ()):
        screen.say(f"And then {'one more' if number else 'a second'} conflict remains:")
        print_members(further, screen)
    for sentence in explanation.what_remains:
        screen.say(sentence)


def _print_rules(members: Sequence[Member], screen: Screen) -> None:
    """Print rules, each with its sentence, source and place: a line each where there is room."""
    if not members:
        return
    rows = [(member.name, member.sentence, member.source or "", member.place) for member in members]
    width = screen.console.width
    if width < WIDE:
        for name, sentence, source, place in rows:
            screen.print(screen.text(name, "bold").append_text(screen.text(f"  {place}", "dim")), 2)
            screen.say(sentence, indent=6)
            if source:
                screen.say(source, "italic", indent=6)
        return
    names = min(max(len(row[0]) for row in rows), 24)
    places = max(len(row[3]) for row in rows)
    left = width - 2 - names - places - 6
    sentences = min(max(len(row[1]) for row in rows), left * 3 // 5)
    sources = min(max(len(row[2]) for row in rows), left - sentences)
    for row in rows:
        cells = [screen.text(text, style) for text, style in zip(row, ("bold", "", "italic", "dim"), strict=True)]
        screen.beside(cells, (names, sentences, sources, places), indent=2)


def _print_ways(explanation: Explanation, arguments: Sequence[str], screen: Screen) -> None:
    ways = explanation.repairs.ways
    if not ways:
        screen.say("No way out was found.")
        return
    screen.say("Cheapest ways out, each solved (points are what giving way costs):", "bold")
    longest = max(len(str(way.cost)) for way in ways)
    for number, way in enumerate(ways, 1):
        screen.hang(screen.text(f"  {number}. {way.cost:>{longest}}  "), screen.text(capital(way.sentence)))
        if more := explanation.why_more(way):
            screen.say(more, indent=longest + 7)
        if way.options:
            command = shlex.join(["schedule", "what-if", *arguments, *way.options])
            screen.print_line(screen.text(" " * (longest + 7) + command, "dim"))
        elif way.by_hand:
            screen.say(f"No option says this. In the scenario: {way.by_hand}.", "dim", indent=longest + 7)
    screen.console.print()


def _print_witnesses(explanation: Explanation, witnesses: Sequence[Witness], screen: Screen) -> None:
    for witness in witnesses if len(witnesses) <= MAX_WITNESSES_SHOWN else witnesses[:1]:
        name = witness.without.name
        broken = explanation.still_broken(witness)
        rest = f" ({broken})" if broken else ""
        if suits_a_grid(witness.timetable):
            screen.say(f"Without {name}, for example{rest}:")
            print_small_grid(explanation.scenario, witness.timetable, screen)
        else:
            screen.say(f"Without {name} there is a timetable{rest}.")


def print_verification(claim: Claim, points: Sequence[Checked], console: Console) -> None:
    """Print what a certificate claims, what was verified, what is only repeated, and the verdict."""
    screen = Screen(console)
    of = f"Scenario '{claim.name}' (sha256 {claim.sha256[:12]}...), as it stands in the certificate."
    rows = [("claims  ", "", sentence) for sentence in (of, *claim.sentences)]
    words = {True: "holds   ", False: "FAILS   ", None: "open    "}
    rows += [(words[point.holds], "" if point.holds else "bold", point.sentence) for point in points]
    rows += [("says    ", "dim", f"{sentence} This is repeated, not proved.") for sentence in claim.repeated]
    for word, style, sentence in rows:
        screen.hang(screen.text(word, style), screen.text(sentence))
    if any(point.holds is False for point in points):
        screen.say("The certificate does not hold.", "bold")
    elif any(point.holds is None for point in points):
        screen.say("The certificate is not refuted, but not everything in it could be verified.", "bold")
    else:
        screen.say("The certificate holds.", "bold")
