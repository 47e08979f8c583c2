"""Options side by side as a workbook: a summary of criteria and moves, then the annex of each option."""

from __future__ import annotations

from typing import Any

from exports.annex.board import board_against
from exports.annex.changes import change_sentences
from exports.annex.grid import has_many_rooms
from exports.annex.marks import grid_against
from exports.terminal.compare import NOTHING
from exports.xlsx.annex import add_annex
from exports.xlsx.board import add_board
from exports.xlsx.sheets import add_table
from exports.xlsx.workbook import new_workbook, save_bytes
from scheduler.comparison.compare import Comparison
from scheduler.comparison.option import Option


def comparison_workbook(comparison: Comparison) -> bytes:
    """The sheets *Criteria*, *In short*, *Moves* and one for each option; equal comparisons give equal bytes."""
    workbook = new_workbook("Options side by side")
    footer = "options side by side"
    heads = [_head(comparison, option) for option in comparison.options]
    rows: list[list[Any]] = []
    for row in comparison.rows:
        criterion = row.criterion
        name = f"{'   ' * (criterion.part_of is not None)}{criterion.title}"
        shown = [
            f"{criterion.show(number)}{' (best)' if index in row.best else ''}"
            for index, number in enumerate(row.numbers)
        ]
        rows.append([name, criterion.better or "", *shown, criterion.definition])
    rows = rows or [[NOTHING, "", *["-" for _ in heads], ""]]
    add_table(workbook, "Criteria", ["Criterion", "Better", *heads, "Definition"], rows, footer)
    said = [[sentence] for sentence in comparison.sentences()]
    add_table(workbook, "In short", ["What can be said"], said, footer, widest=900)
    moved = [
        [option.title, number, sentence]
        for at, option in enumerate(comparison.options)
        for number, sentence in enumerate(change_sentences(comparison, at), 1)
    ]
    title = f"What moves, against {comparison.baseline.letter}" if comparison.options else "What moves"
    add_table(workbook, "Moves", ["Option", "No.", title], moved, footer, {"No."}, widest=900)
    for option in comparison.options:
        if option.timetable is None:
            reasons = [["No timetable keeps every rule that must hold."], *([reason] for reason in option.reasons)]
            add_table(workbook, option.title, ["Why there is none"], reasons, footer, widest=900)
        elif has_many_rooms(option.timetable):
            add_board(workbook, board_against(comparison.baseline, option), footer, option.title)
        else:
            add_annex(workbook, grid_against(comparison.baseline, option), footer, option.title)
    return save_bytes(workbook)


def _head(comparison: Comparison, option: Option) -> str:
    left = comparison.left_out(option)
    return f"{option.title} (leaves out {left})" if left else option.title
