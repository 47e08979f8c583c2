"""``schedule solve -k N``: several timetables that really differ, on screen and as files."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from scheduler.commands.shared import console, echo, print_json, store
from scheduler.wording import as_sentence

if TYPE_CHECKING:
    from exports.files import Outbox
    from scheduler.alternatives.differing import Alternatives
    from scheduler.commands.limits import Clock
    from scheduler.outcome import Settings
    from scheduler.scenario import Scenario
    from scheduler.solving.formulation import Choice


def solve_several(
    scenario: Scenario, how: tuple[int, int, int], choice: Choice, settings: Settings, clock: Clock, outbox: Outbox, *,
    as_json: bool,
) -> int:  # fmt: skip
    """Find, print and write several timetables, NAME.A, NAME.B and so on; the exit status is that of the first.

    ``how``: how many timetables, how many sessions apart, and how many points above the best.
    """
    from exports.writing import solved_files
    from scheduler.alternatives.differing import alternatives
    from scheduler.commands.progress import watching
    from scheduler.solving.completing import events_of

    count, apart, within = how
    with watching() as report, clock.alarm():
        found = alternatives(
            scenario, count, apart=apart, within=within, settings=settings, report=report, choice=choice
        )
        found = found.with_events(events_of(scenario, settings))
    files = (
        (f"{scenario.name}.{letter}.{ending}", data)
        for letter, outcome in zip(ascii_uppercase, found.outcomes, strict=False)
        if outcome.timetable is not None
        for ending, data in solved_files(scenario, outcome, letter)
    )
    kept = store(outbox, files)
    if as_json:
        from exports.json.answers import alternatives_document

        print_json(alternatives_document(scenario, found))
    else:
        _print(scenario, found)
    first = found.outcomes[0]
    return kept.end(first.exit, err=as_json)


def _print(scenario: Scenario, found: Alternatives) -> None:
    from exports.annex.grid import annex_grid
    from exports.terminal.annex import print_grid
    from exports.terminal.screen import Screen
    from scheduler.comparison.moves import moves
    from scheduler.comparison.option import Option

    first = found.outcomes[0]
    if first.timetable is None:
        echo(as_sentence(first.sentence))
        return
    screen = Screen(console())
    options = [
        Option(letter, scenario.name, scenario, outcome.timetable, outcome.status.value)
        for letter, outcome in zip(ascii_uppercase, found.outcomes, strict=False)
    ]
    for option, outcome in zip(options, found.outcomes, strict=True):
        assert outcome.timetable is not None
        screen.print(screen.text(f"{option.letter}: costs {outcome.cost}", "bold"))
        print_grid(annex_grid(scenario, outcome.timetable), screen.console)
        for number, move in enumerate(moves(options[0], option), 1):
            screen.print(screen.text(f"{number}. {move.sentence}"), indent=2)
        if option is not options[0]:
            screen.print_line(screen.text(""))
    screen.print(screen.text(found.sentence))
