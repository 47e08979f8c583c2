"""The comparison at a terminal: options by letter, the table of criteria, moves in words."""

from __future__ import annotations

from rich.console import Console

from exports.annex.changes import change_sentences
from exports.terminal.screen import Screen
from scheduler.comparison.compare import Comparison

NOTHING = "No option has a timetable, so there are no figures."
MIN_COLUMN_WIDTH = 10
GAP = 2


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print everything; on a narrow console, the table of criteria is split by options."""
    screen = Screen(console)
    for option in comparison.options:
        no = {"infeasible": "  (impossible)", "unknown": "  (no timetable)"}.get(option.status, "")
        screen.print(screen.text(option.title, "bold").append_text(screen.text(no if option.timetable is None else "")))
    console.print()
    if comparison.rows:
        _print_criteria(comparison, screen)
    else:
        screen.say(NOTHING)
    for sentence in comparison.sentences():
        screen.say(sentence)
    for at, option in enumerate(comparison.options):
        if said := change_sentences(comparison, at):
            console.print()
            screen.say(f"From {comparison.baseline.letter} to {option.letter}", "bold")
            for number, sentence in enumerate(said, 1):
                screen.say(f"{number}. {sentence}", indent=2)


def _print_criteria(comparison: Comparison, screen: Screen) -> None:
    console = screen.console
    titles = [f"{'  ' * (row.criterion.part_of is not None)}{row.criterion.title}" for row in comparison.rows]
    first = min(max(screen.text(title).cell_len for title in titles), max(console.width // 2, 20))
    shown = [
        [
            f"{row.criterion.show(number)}{' *' if index in row.best else '  '}"
            for index, number in enumerate(row.numbers)
        ]
        for row in comparison.rows
    ]
    widths = [
        max(MIN_COLUMN_WIDTH, *(len(row[index]) for row in shown)) + GAP for index in range(len(comparison.options))
    ]
    start = 0
    while start < len(widths):
        end = start + 1
        while end < len(widths) and first + sum(widths[start : end + 1]) <= console.width:
            end += 1
        sizes = [first, *(width - GAP for width in widths[start:end])]
        letters = [
            f"{option.letter + '  ':>{size}}"
            for option, size in zip(comparison.options[start:end], sizes[1:], strict=True)
        ]
        screen.beside([screen.text(head, "dim") for head in ("Criterion", *letters)], sizes)
        for title, cells in zip(titles, shown, strict=True):
            figures = [f"{cell:>{size}}" for cell, size in zip(cells[start:end], sizes[1:], strict=True)]
            hang = title[: len(title) - len(title.lstrip())]
            screen.beside(list(map(screen.text, (title.strip(), *figures))), sizes, hang=hang)
        console.print()
        start = end
    screen.say("* best of the row. Definitions: docs/criteria.md", "dim")
