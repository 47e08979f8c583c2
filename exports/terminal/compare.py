"""The comparison at a terminal: options by letter, the table of criteria, moves in words."""

from __future__ import annotations

from rich.console import Console

from exports.annex.changes import sentences_of
from exports.terminal.screen import Screen
from scheduler.comparison.compare import Comparison

NOTHING = "No option has a timetable, so there are no figures."
NARROWEST = 10
GAP = 2


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print everything; where the console is narrow, options stand below one another in groups."""
    screen = Screen(console)
    for option in comparison.options:
        no = {"infeasible": "  (impossible)", "unknown": "  (no timetable)"}.get(option.status, "")
        screen.print(screen.text(option.title, "bold").append_text(screen.text(no if option.timetable is None else "")))
    console.print()
    if comparison.rows:
        _print_criteria(comparison, screen)
    else:
        screen.print(screen.text(NOTHING))
    for sentence in comparison.sentences():
        screen.print(screen.text(sentence))
    for option, changes in zip(comparison.options, comparison.changes, strict=True):
        if changes:
            console.print()
            screen.print(screen.text(f"From {comparison.baseline.letter} to {option.letter}", "bold"))
            for number, sentence in enumerate(sentences_of(comparison.baseline, option, changes), 1):
                screen.print(screen.text(f"{number}. {sentence}"), indent=2)


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
    widths = [max(NARROWEST, *(len(row[index]) for row in shown)) + GAP for index in range(len(comparison.options))]
    start = 0
    while start < len(widths):
        end = start + 1
        while end < len(widths) and first + sum(widths[start : end + 1]) <= console.width:
            end += 1
        letters = "".join(f"{comparison.options[i].letter + '  ':>{widths[i]}}" for i in range(start, end))
        screen.print_line(screen.text(f"{'Criterion':<{first}}{letters}", "dim"))
        for title, cells in zip(titles, shown, strict=True):
            name, *rest = screen.broken(
                screen.text(title.strip()), first, hang=title[: len(title) - len(title.lstrip())]
            )
            name.append("".join(f"{cells[i]:>{widths[i]}}" for i in range(start, end)))
            screen.print_line(name)
            for more in rest:
                screen.print_line(more)
        console.print()
        start = end
    screen.print(screen.text("* best of the row. Definitions: docs/criteria.md", "dim"))
