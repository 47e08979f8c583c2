"""The board at a terminal: a table for each day, with who meets in each room and how many sessions it has there."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from exports.board import Board, Meeting, Page
from exports.boxes import ASCII_LINES, LINES, Box, Strip, drawn
from exports.screen import Screen
from scheduler.rule import counted

TIME = 13
"""Screen cells for the hours."""
LEAST, MOST = 18, 34
"""The narrowest and the widest room."""
MOST_ROWS = 120
"""Nobody reads more rows than these at a terminal."""


def print_board(board: Board, console: Console) -> None:
    """Print every day; rooms that do not fit beside one another stand in further tables."""
    screen = Screen(console)
    screen.print(screen.paragraph(board.title, "bold"))
    screen.print(screen.text(board.subtitle, "dim"))
    parts = board.parts((console.width - TIME - 4) // (LEAST + 3))
    rows = len(parts) * sum(len(page.rows) for page in board.pages)
    if rows > MOST_ROWS:
        screen.print(screen.text(f"{len(board.rooms)} rooms are too many for a terminal: see the sheet Programme."))
    for page in board.pages if rows <= MOST_ROWS else ():
        screen.print(screen.text(page.label, "bold"))
        for first, last in parts:
            width = min((console.width - TIME - 4) // (last - first) - 3, MOST)
            for line in drawn(_strips(board, page, first, last, width, screen), len(page.rows) + 1, _lines(screen)):
                screen.print_line(line)
    for footnote in board.footnotes:
        screen.print(screen.paragraph(footnote))
    console.print()


def _lines(screen: Screen) -> str:
    return ASCII_LINES if screen.ascii else LINES


def _strips(board: Board, page: Page, first: int, last: int, width: int, screen: Screen) -> list[Strip]:
    def box(lines: list[Text]) -> Box:
        for line in lines:
            line.pad(1)
        return Box(tuple(lines))

    hours = [screen.text("Time", "dim"), *(screen.text(row.label, "bold") for row in page.rows)]
    strips = [Strip(TIME + 2, tuple(box(screen.broken(each, TIME, centred=True)) for each in hours))]
    for room in range(first, last):
        name = screen.text(board.rooms[room], "bold")
        cells = [_cell(row.rooms[room], width, screen) for row in page.rows]
        boxes = [box(screen.broken(name, width, centred=True)), *map(box, cells)]
        strips.append(Strip(width + 2, tuple(boxes)))
    return strips


def _cell(meetings: tuple[Meeting, ...], width: int, screen: Screen) -> list[Text]:
    """The body, and its only session or how many there are."""
    lines: list[Text] = []
    for meeting in meetings:
        lines += screen.broken(screen.text(meeting.label.text), width, centred=True)
        said = meeting.sessions[0].title if len(meeting.sessions) == 1 else counted(len(meeting.sessions), "session")
        lines += screen.broken(screen.text(said, "dim"), width, centred=True)
    return lines
